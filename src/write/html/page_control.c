/* write/html/page_control: the control of documents on one page, for auditors. */
#include "write/html/portal_int.h"

static void add_register(struct page *pg, struct items *registers, enum type_id type, str aside)
{
    const struct type_def *t = pg->model->schema->types[type];
    if (type_has_register(pg->portal, t))
        items_add_link(pg, registers, page_link_register(pg, t), t->plural, aside);
}

void fill_CONTROL(struct page *pg)
{
    struct items registers = items_new(pg);
    add_register(pg, &registers, TYPE_DOCUMENT, S("Versions, approvals, owners, reviews"));
    add_register(pg, &registers, TYPE_APPROVAL, S("Who approved which text, and when"));
    add_register(pg, &registers, TYPE_RETENTION, S("What is kept where, for how long"));
    add_register(pg, &registers, TYPE_DISPOSITION, S("What has been disposed of"));
    add_register(pg, &registers, TYPE_ACKNOWLEDGEMENT, S("Every confirmation of every version"));
    put_items(pg, pg->data, S("registers"), &registers);
    put_lists(pg, LIST_CONTROL);
}
