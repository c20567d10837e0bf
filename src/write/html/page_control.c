/* write/html/page_control: pages of lists: the control of documents, the recovery analysis. */
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

static void put_lists(struct page *pg, enum list_group group)
{
    struct items lists = items_new(pg);
    for (size_t i = 0; i < list_count(); i++)
        if (list_at(i)->group == group)
            add_list(pg, &lists, list_at(i));
    put_items(pg, pg->data, S("lists"), &lists);
}

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

/* What all pages of the recovery analysis have. */
static void put_analysis(struct page *pg, enum list_group group)
{
    put_flag(pg->data, S("is_partial"), model_is_partial(pg->model));
    put_losses(pg);
    put_lists(pg, group);
}

void fill_RECOVERY(struct page *pg)
{
    struct items ways = items_new(pg);
    items_add_link(pg, &ways, page_link(pg, S("manage/capabilities.html")),
                   S("What can be back in time"), S("Services, resources and suppliers"));
    items_add_link(pg, &ways, page_link(pg, S("manage/restore.html")),
                   S("Order of bringing everything back"), S("What comes first, what waits"));
    add_register(pg, &ways, TYPE_ACTIVITY, S("What each activity says and depends on"));
    add_register(pg, &ways, TYPE_BIA, S("Impact analyses behind the times"));
    put_items(pg, pg->data, S("registers"), &ways);
    put_analysis(pg, LIST_RECOVERY);
}

void fill_CAPABILITY(struct page *pg)
{
    struct items ways = items_new(pg);
    add_register(pg, &ways, TYPE_RESOURCE, S("Resources with their commitments"));
    add_register(pg, &ways, TYPE_SUPPLIER, S("Suppliers with what they promise"));
    put_items(pg, pg->data, S("registers"), &ways);
    put_analysis(pg, LIST_CAPABILITY);
}

void fill_RESTORE(struct page *pg)
{
    struct items ways = items_new(pg);
    put_items(pg, pg->data, S("registers"), &ways);
    put_analysis(pg, LIST_RESTORE);
}
