/* write/html/page_control: the control of documents on one page, for auditors. */
#include "write/html/portal_int.h"

#include "form/table/lists.h"

static void add_list(struct page *pg, struct items *lists, const struct list_def *l)
{
    struct arena *a = pg->arena;
    struct tmap *m = items_add(pg, lists);
    put_text(m, S("id"), str_fmt(a, "list-of-" STR_FMT, STR_ARG(l->name)));
    put_text(m, S("heading"), l->title);
    put_text(m, S("about"), l->about);
    put_text(m, S("csv"),
             page_link(pg, str_fmt(a, "data/lists/" STR_FMT ".csv", STR_ARG(l->name))));
    put_text(m, S("json"),
             page_link(pg, str_fmt(a, "data/lists/" STR_FMT ".json", STR_ARG(l->name))));
    put_table(pg, m, S("content"), page_first_rows(pg, list_table(a, pg->model, l)), NULL);
}

static void add_register(struct page *pg, struct items *registers, enum type_id type, str aside)
{
    const struct type_def *t = pg->model->schema->types[type];
    if (type_has_register(pg->portal, t))
        items_add_link(pg, registers, page_link_register(pg, t), t->plural, aside);
}

void fill_CONTROL(struct page *pg)
{
    struct items registers = items_new(pg), lists = items_new(pg);
    add_register(pg, &registers, TYPE_DOCUMENT, S("Versions, approvals, owners, reviews"));
    add_register(pg, &registers, TYPE_APPROVAL, S("Who approved which text, and when"));
    add_register(pg, &registers, TYPE_RETENTION, S("What is kept where, for how long"));
    add_register(pg, &registers, TYPE_DISPOSITION, S("What has been disposed of"));
    add_register(pg, &registers, TYPE_ACKNOWLEDGEMENT, S("Every confirmation of every version"));
    put_items(pg, pg->data, S("registers"), &registers);
    for (size_t i = 0; i < list_count(); i++)
        if (!list_at(i)->is_of_results) /* these have pages of their own */
            add_list(pg, &lists, list_at(i));
    put_items(pg, pg->data, S("lists"), &lists);
}
