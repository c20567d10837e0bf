/* write/html/page_report: packs and reports that are made from one record. */
#include "write/html/portal_int.h"

#include "base/path.h"
#include "form/table/record_tables.h"

str page_link_report(struct page *pg, const struct report_def *def, const struct record *r)
{
    return page_link(pg,
                     str_fmt(pg->arena, STR_FMT ".html", STR_ARG(report_path(pg->arena, def, r))));
}

/* Empty where only HTML is made. */
static str link_of_paper(struct page *pg, const struct report_def *def, const struct record *r)
{
    if (pg->portal->world.only_html)
        return S("");
    return page_link(pg,
                     str_fmt(pg->arena, STR_FMT ".pdf", STR_ARG(report_path(pg->arena, def, r))));
}

void fill_REPORT(struct page *pg)
{
    const struct record *r = pg->ref->record;
    const struct doc *doc = pg->ref->doc;
    pg->title = doc->title;
    put_text(pg->data, S("code"), id_and_type(pg->arena, r));
    put_text(pg->data, S("kind"), pg->ref->report->title);
    put_fields(pg, pg->data, S("panel"), doc->cover);
    put_text(pg->data, S("hash"), doc->hash);
    put_text(pg->data, S("pdf"), link_of_paper(pg, pg->ref->report, r));
    put_link(pg, S("own"), page_link_record(pg, r),
             str_fmt(pg->arena, "The record " STR_FMT, STR_ARG(r->id)));
    put_contents(pg, doc);
    put_tree(pg, pg->data, S("body"), doc->body);
}

static void add_report(struct page *pg, struct items *entries, const struct report_def *def,
                       const struct record *r, str label)
{
    struct tmap *m = items_add_link(pg, entries, page_link_report(pg, def, r), label, r->id);
    put_text(m, S("pdf"), link_of_paper(pg, def, r));
}

void put_reports(struct page *pg)
{
    const struct record *r = pg->ref->record;
    struct items reports = items_new(pg);
    for (size_t i = 0; i < report_count(); i++)
        if (report_is_there(pg->portal->reports, report_at(i), r))
            add_report(pg, &reports, report_at(i), r, report_at(i)->title);
    put_items(pg, pg->data, S("reports"), &reports);
}

/* Tables of a record that are no part of a report of its own. */
static const struct {
    str name;
    bool is_of_all; /* it is about the whole system, and stands on one page only */
} on_record_page[] = {
    {S_INIT("kinds-by-year"), false}, {S_INIT("coverage"), true}, {S_INIT("unexercised"), true}};

static bool runs(const struct model *m, const struct record *programme)
{
    int year = m->as_of == DATE_NONE ? 0 : date_ymd(m->as_of).year;
    return rec_is_live(programme) && rec_int(programme, EXERCISE_PROGRAMME_FROM_YEAR, 0) <= year &&
           rec_int(programme, EXERCISE_PROGRAMME_TO_YEAR, 0) >= year;
}

/* The first one that runs. */
static bool speaks_for_all(const struct model *m, const struct record *r)
{
    const struct record_list *list = model_list(m, TYPE_EXERCISE_PROGRAMME);
    size_t i = 0;
    if (!runs(m, r))
        return false;
    while (!runs(m, list->items[i]))
        i++;
    return list->items[i] == r;
}

void add_record_tables(struct page *pg, struct items *sections)
{
    const struct record *r = pg->ref->record;
    for (size_t i = 0; i < COUNT_OF(on_record_page); i++) {
        const struct record_table_def *def = record_table_find(on_record_page[i].name);
        if (!record_table_fits(def, r) ||
            (on_record_page[i].is_of_all && !speaks_for_all(pg->model, r)))
            continue;
        struct tmap *m = items_add(pg, sections);
        put_text(m, S("id"), str_fmt(pg->arena, "table-" STR_FMT, STR_ARG(def->name)));
        put_text(m, S("heading"), def->title);
        struct table *t = NEW(pg->arena, struct table);
        *t = *page_first_rows(pg, record_table_make(pg->arena, pg->model, def, r));
        t->caption = def->title;
        put_table(pg, m, S("content"), t, NULL);
    }
}

/* The last ones first: with the order of ids they are mostly the newest. */
static void add_kind(struct page *pg, struct items *kinds, const struct report_def *def)
{
    const struct record_list *list = model_list(pg->model, def->type);
    struct items entries = items_new(pg);
    size_t count = 0;
    for (size_t i = list->count; i-- > 0;) {
        const struct record *r = list->items[i];
        if (!record_has_page(pg->portal, r) || !report_is_there(pg->portal->reports, def, r))
            continue;
        if (count++ < REPORTS_SHOWN_MAX)
            add_report(pg, &entries, def, r, r->title.n != 0 ? r->title : r->id);
    }
    if (count == 0)
        return;
    struct tmap *m = items_add(pg, kinds);
    put_text(m, S("id"), path_slug(pg->arena, def->key));
    put_text(m, S("heading"), def->title);
    put_items(pg, m, S("entries"), &entries);
    put_nothing(m, S("rest"));
    if (count > REPORTS_SHOWN_MAX) {
        const struct type_def *t = pg->model->schema->types[def->type];
        struct tmap *rest = tmap_new(pg->arena);
        put_text(rest, S("href"), page_link_register(pg, t));
        put_text(rest, S("label"),
                 str_fmt(pg->arena, "and %zu more: see the register", count - REPORTS_SHOWN_MAX));
        tmap_put(m, S("rest"), tmap_value(rest));
    }
}

void fill_REPORTS(struct page *pg)
{
    struct items kinds = items_new(pg);
    for (size_t i = 0; i < report_count(); i++)
        add_kind(pg, &kinds, report_at(i));
    put_items(pg, pg->data, S("kinds"), &kinds);
}
