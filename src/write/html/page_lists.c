/* write/html/page_lists: registers, A to Z, and the page of all pages. */
#include "write/html/portal_int.h"

#include "form/table/cells.h"

/* -- A register ------------------------------------------------------------------------ */

static str count_of(struct arena *a, size_t count, const struct type_def *t)
{
    str name = text_inside_sentence(a, count == 1 ? t->singular : t->plural);
    return str_fmt(a, "%zu " STR_FMT, count, STR_ARG(name));
}

static void put_parts(struct page *pg, const struct register_view *view)
{
    size_t rows = register_row_count(view), step = register_rows_per_page(view);
    struct items parts = items_new(pg);
    for (size_t from = 0; from < rows && rows > step; from += step) {
        if (!page_shows_part(from / step, pg->ref->from / step, (rows + step - 1) / step))
            continue;
        struct tmap *m = items_add(pg, &parts);
        size_t last = from + step < rows ? from + step : rows;
        put_text(m, S("href"),
                 page_link(pg, register_path(pg->arena, pg->ref->type, from / step)));
        put_text(m, S("label"), str_fmt(pg->arena, "%zu–%zu", from + 1, last));
        put_flag(m, S("is_here"), from == pg->ref->from);
    }
    put_items(pg, pg->data, S("parts"), &parts);
}

void fill_REGISTER(struct page *pg)
{
    const struct type_def *t = pg->ref->type;
    const struct register_view *view = pg->portal->registers[t->number];
    struct arena *a = pg->arena;
    size_t rows = register_row_count(view);
    pg->title = t->plural;
    str as_of = date_long(a, pg->model->as_of);
    str summary = str_fmt(a, STR_FMT ", as of " STR_FMT ".", STR_ARG(count_of(a, rows, t)),
                          STR_ARG(as_of));
    if (pg->ref->count < rows)
        summary = str_fmt(a, STR_FMT " Rows %zu to %zu are on this page.", STR_ARG(summary),
                          pg->ref->from + 1, pg->ref->from + pg->ref->count);
    put_text(pg->data, S("summary"), summary);
    str csv = str_fmt(a, "data/" STR_FMT ".csv", STR_ARG(t->key));
    str json = str_fmt(a, "data/" STR_FMT ".json", STR_ARG(t->key));
    put_text(pg->data, S("csv"), page_link(pg, csv));
    put_text(pg->data, S("json"), page_link(pg, json));
    put_text(pg->data, S("pdf"),
             pg->portal->world.only_html ? S("") : str_fmt(a, STR_FMT ".pdf", STR_ARG(t->key)));
    put_map_link(pg, S("map"), t);
    put_parts(pg, view);
    put_table(pg, pg->data, S("table"), register_rows(a, view, pg->ref->from, pg->ref->count),
              "sortable asc n-last");
}

/* -- A to Z ---------------------------------------------------------------------------- */

static void add_entry(struct page *pg, struct items *entries, const struct titled *t)
{
    const struct record *r = t->record;
    str label = r->title.n > 0 ? r->title : r->id;
    if (t->report == NULL)
        items_add_link(pg, entries, page_link_record(pg, r), label, id_and_type(pg->arena, r));
    else
        items_add_link(pg, entries, page_link_report(pg, t->report, r), label,
                       str_fmt(pg->arena, STR_FMT " · " STR_FMT, STR_ARG(r->id),
                               STR_ARG(t->report->title)));
}

static str letter_anchor(struct arena *a, int letter)
{
    return str_fmt(a, "letter-%d", letter);
}

static void put_groups(struct page *pg)
{
    const struct titled *t = pg->portal->titled;
    size_t i = pg->ref->from, end = pg->ref->from + pg->ref->count;
    struct items groups = items_new(pg);
    while (i < end) {
        int letter = t[i].letter;
        struct items entries = items_new(pg);
        for (; i < end && t[i].letter == letter; i++)
            add_entry(pg, &entries, &t[i]);
        struct tmap *m = items_add(pg, &groups);
        put_text(m, S("id"), letter_anchor(pg->arena, letter));
        put_text(m, S("heading"), str_from(letter_name(letter)));
        put_items(pg, m, S("entries"), &entries);
    }
    put_items(pg, pg->data, S("groups"), &groups);
}

static void add_letter(struct page *pg, struct items *letters, str href, str label, bool is_here)
{
    struct tmap *m = items_add(pg, letters);
    put_text(m, S("href"), href);
    put_text(m, S("label"), label);
    put_flag(m, S("is_here"), is_here);
}

/* One page: a link to each letter that is there. */
static void add_letters(struct page *pg, struct items *letters)
{
    const struct portal *p = pg->portal;
    for (size_t i = 0; i < p->titled_count; i++)
        if (i == 0 || p->titled[i].letter != p->titled[i - 1].letter) {
            int letter = p->titled[i].letter;
            str anchor = letter_anchor(pg->arena, letter);
            add_letter(pg, letters, str_fmt(pg->arena, "#" STR_FMT, STR_ARG(anchor)),
                       str_from(letter_name(letter)), false);
        }
}

/* Many pages: a link to each, named by its first and last letter. */
static void add_runs(struct page *pg, struct items *letters)
{
    const struct portal *p = pg->portal;
    struct arena *a = pg->arena;
    size_t here = pg->ref->from / INDEX_ENTRIES_MAX;
    size_t count = (p->titled_count + INDEX_ENTRIES_MAX - 1) / INDEX_ENTRIES_MAX;
    for (size_t from = 0, part = 1; from < p->titled_count; from += INDEX_ENTRIES_MAX, part++) {
        if (!page_shows_part(part - 1, here, count))
            continue;
        size_t last = from + INDEX_ENTRIES_MAX - 1;
        if (last >= p->titled_count)
            last = p->titled_count - 1;
        const char *first_name = letter_name(p->titled[from].letter);
        const char *last_name = letter_name(p->titled[last].letter);
        str label = p->titled[from].letter == p->titled[last].letter
                        ? str_fmt(a, "%s (%zu)", first_name, part)
                        : str_fmt(a, "%s–%s", first_name, last_name);
        str path = part == 1 ? S("a-z.html") : str_fmt(a, "a-z-%zu.html", part);
        add_letter(pg, letters, page_link(pg, path), label, from == pg->ref->from);
    }
}

void fill_INDEX(struct page *pg)
{
    struct items letters = items_new(pg);
    if (pg->portal->titled_count <= INDEX_ENTRIES_MAX)
        add_letters(pg, &letters);
    else
        add_runs(pg, &letters);
    pg->title = pg->ref->from == 0 ? S("A–Z")
                                   : str_fmt(pg->arena, "A–Z, from %zu", pg->ref->from + 1);
    put_items(pg, pg->data, S("letters"), &letters);
    put_groups(pg);
}

/* -- All pages ------------------------------------------------------------------------- */

static void put_more(struct page *pg, struct tmap *m, const struct type_def *t, size_t left)
{
    if (left == 0) {
        put_nothing(m, S("more"));
        return;
    }
    struct tmap *more = tmap_new(pg->arena);
    put_text(more, S("href"), page_link_register(pg, t));
    put_text(more, S("label"), str_fmt(pg->arena, "and %zu more in the register", left));
    tmap_put(m, S("more"), tmap_value(more));
}

struct twig {
    str label;
    const struct record *const *records;
    size_t count;
    const struct type_def *type;
};

static void add_twig(struct page *pg, struct items *twigs, const struct twig *t, size_t shown_max)
{
    struct items entries = items_new(pg);
    for (size_t i = 0; i < t->count && i < shown_max; i++)
        if (record_has_page(pg->portal, t->records[i]))
            items_add_link(pg, &entries, page_link_record(pg, t->records[i]), t->records[i]->title,
                           t->records[i]->id);
    struct tmap *m = items_add(pg, twigs);
    put_text(m, S("label"), t->label);
    put_text(m, S("count"), str_fmt(pg->arena, "%zu", t->count));
    put_flag(m, S("is_open"), t->type->number == TYPE_DOCUMENT);
    put_items(pg, m, S("entries"), &entries);
    put_more(pg, m, t->type, t->count > shown_max ? t->count - shown_max : 0);
}

static void add_branch(struct page *pg, struct items *branches, str heading,
                       const struct items *twigs)
{
    struct tmap *m = items_add(pg, branches);
    put_text(m, S("id"), str_fmt(pg->arena, "branch-%zu", branches->count));
    put_text(m, S("heading"), heading);
    put_items(pg, m, S("twigs"), twigs);
}

static void add_documents(struct page *pg, struct items *branches, size_t shown_max)
{
    const struct portal *p = pg->portal;
    const struct record_list *documents = model_list(p->model, TYPE_DOCUMENT);
    struct items twigs = items_new(pg);
    for (size_t from = 0, to; from < documents->count; from = to) {
        str kind = rec_text(p->by_kind[from], DOCUMENT_KIND);
        to = from;
        while (to < documents->count && str_eq(rec_text(p->by_kind[to], DOCUMENT_KIND), kind))
            to++;
        struct twig t = {.label = kind_heading(pg->arena, kind), .records = p->by_kind + from,
                         .count = to - from, .type = p->model->schema->types[TYPE_DOCUMENT]};
        add_twig(pg, &twigs, &t, shown_max);
    }
    if (twigs.count > 0)
        add_branch(pg, branches, S("Documents"), &twigs);
}

static void add_group(struct page *pg, struct items *branches, str group, size_t shown_max)
{
    const struct schema *s = pg->model->schema;
    struct items twigs = items_new(pg);
    for (size_t t = 0; t < s->type_count; t++) {
        if (t == TYPE_DOCUMENT || !type_has_register(pg->portal, s->types[t]) ||
            !str_eq(s->types[t]->group, group))
            continue;
        const struct record_list *list = &pg->model->by_type[t];
        struct twig twig = {.label = s->types[t]->plural,
                            .records = (const struct record *const *)list->items,
                            .count = list->count, .type = s->types[t]};
        add_twig(pg, &twigs, &twig, shown_max);
    }
    if (twigs.count > 0)
        add_branch(pg, branches, group.n > 0 ? group : S("Other records"), &twigs);
}

/* All entries when they are few; else each branch gets its share. */
static size_t shown_of_each(const struct page *pg)
{
    enum { LEAST = 5 };
    if (pg->portal->titled_count <= INDEX_ENTRIES_MAX)
        return SIZE_MAX;
    size_t twigs = 0;
    for (size_t t = 0; t < pg->model->schema->type_count; t++)
        twigs += pg->portal->registers[t] != NULL;
    size_t share = INDEX_ENTRIES_MAX / (twigs + 1);
    return share < LEAST ? LEAST : share;
}

static void add_report_twig(struct page *pg, struct items *twigs, const struct report_def *def,
                            size_t shown_max)
{
    const struct record_list *list = model_list(pg->model, def->type);
    struct items entries = items_new(pg);
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct record *r = list->items[i];
        if (!record_has_page(pg->portal, r) || !report_is_there(pg->portal->reports, def, r))
            continue;
        if (count++ < shown_max)
            items_add_link(pg, &entries, page_link_report(pg, def, r), r->title, r->id);
    }
    if (count == 0)
        return;
    struct tmap *m = items_add(pg, twigs);
    put_text(m, S("label"), def->title);
    put_text(m, S("count"), str_fmt(pg->arena, "%zu", count));
    put_flag(m, S("is_open"), false);
    put_items(pg, m, S("entries"), &entries);
    put_more(pg, m, pg->model->schema->types[def->type], count > shown_max ? count - shown_max : 0);
}

static void add_reports(struct page *pg, struct items *branches, size_t shown_max)
{
    struct items twigs = items_new(pg);
    for (size_t i = 0; i < report_count(); i++)
        add_report_twig(pg, &twigs, report_at(i), shown_max);
    if (twigs.count > 0)
        add_branch(pg, branches, S("Packs and reports"), &twigs);
}

void fill_ALL(struct page *pg)
{
    size_t shown_max = shown_of_each(pg);
    struct items branches = items_new(pg);
    add_documents(pg, &branches, shown_max);
    for (size_t g = 0; g < pg->portal->group_count; g++)
        add_group(pg, &branches, pg->portal->groups[g], shown_max);
    add_reports(pg, &branches, shown_max);
    put_items(pg, pg->data, S("branches"), &branches);
}
