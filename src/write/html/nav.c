/* write/html/nav: the way from home to a page, and what stands beside it. */
#include "write/html/portal_int.h"

#include "form/table/cells.h"
#include "model/clauses.h"

str register_path(struct arena *a, const struct type_def *t, size_t part)
{
    if (part == 0)
        return type_path(a, t);
    return str_fmt(a, "registers/" STR_FMT "-%zu.html", STR_ARG(t->key), part + 1);
}

size_t register_rows_per_page(const struct register_view *v)
{
    size_t rows = REGISTER_CELLS_MAX / register_column_count(v);
    return rows < REGISTER_ROWS_MAX ? rows : REGISTER_ROWS_MAX;
}

const char *letter_name(int letter)
{
    static const char *const name[LETTER_COUNT] = {
        "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N",
        "O", "P", "Q", "R", "S", "T", "U", "V", "W", "X", "Y", "Z", "0–9", "Other",
    };
    return name[letter];
}

str kind_heading(struct arena *a, str kind)
{
    if (kind.n == 0)
        return S("Other documents");
    return str_fmt(a, STR_FMT " documents", STR_ARG(word_for_people(a, kind)));
}

/* -- The way --------------------------------------------------------------------------- */

static void add_step(struct page *pg, struct items *way, str path, str label)
{
    struct tmap *m = items_add(pg, way);
    put_text(m, S("href"), page_link(pg, path));
    put_text(m, S("label"), label);
}

/* From home down to a page of its own. */
static void add_above(struct page *pg, struct items *way, enum page_kind kind)
{
    const struct page_def *def = page_def_of(kind);
    if (kind != PAGE_HOME)
        add_above(pg, way, def->above);
    add_step(pg, way, def->path, def->title);
}

static str clause_label(struct arena *a, const struct clause *c)
{
    return str_fmt(a, STR_FMT " " STR_FMT, STR_ARG(c->number), STR_ARG(c->title));
}

/* The chapters that it is in, the outermost first. */
static void add_chapters(struct page *pg, struct items *way, size_t clause)
{
    size_t above = clause_above(clause);
    if (above == SIZE_MAX)
        return;
    add_chapters(pg, way, above);
    const struct clause *c = clause_at(above);
    add_step(pg, way, clause_path(pg->arena, c), clause_label(pg->arena, c));
}

static void put_way(struct page *pg)
{
    const struct page_ref *ref = pg->ref;
    struct items way = items_new(pg);
    if (ref->kind != PAGE_HOME)
        add_above(pg, &way, page_def_of(ref->kind)->above);
    if (ref->kind == PAGE_PART)
        add_step(pg, &way, people_path(pg->arena, 0), S("People and roles"));
    if (ref->kind == PAGE_CLAUSE)
        add_chapters(pg, &way, ref->clause);
    if (ref->kind == PAGE_RECORD || ref->kind == PAGE_DOCUMENT) {
        const struct type_def *t = ref->record->type;
        add_step(pg, &way, register_path(pg->arena, t, 0), t->plural);
    }
    put_items(pg, pg->data, S("crumbs"), &way);
}

/* -- Beside it ------------------------------------------------------------------------- */

static void add_near(struct page *pg, struct items *links, str href, str label, bool is_here)
{
    struct tmap *m = items_add(pg, links);
    put_text(m, S("href"), href);
    put_text(m, S("label"), label);
    put_flag(m, S("is_here"), is_here);
}

static void add_group(struct page *pg, struct items *near, str heading, const struct items *links)
{
    struct tmap *m = items_add(pg, near);
    put_text(m, S("heading"), heading);
    put_items(pg, m, S("links"), links);
}

/* The first of a run of NEAR_LINKS_MAX that has `at` in its middle, within
 * [from, to). */
static size_t window_start(size_t from, size_t to, size_t at)
{
    if (to - from <= NEAR_LINKS_MAX || at - from < NEAR_LINKS_MAX / 2)
        return from;
    size_t last = to - NEAR_LINKS_MAX;
    size_t start = at - NEAR_LINKS_MAX / 2;
    return start < last ? start : last;
}

static void add_records(struct page *pg, struct items *links, const struct record *const *records,
                        size_t start, size_t end)
{
    for (size_t i = start; i < end && i < start + NEAR_LINKS_MAX; i++) {
        const struct record *r = records[i];
        if (record_has_page(pg->portal, r))
            add_near(pg, links, page_link_record(pg, r), r->title, r == pg->ref->record);
    }
}

static bool is_same_kind(const struct record *one, const struct record *other)
{
    return rec_int(one, DOCUMENT_KIND, -1) == rec_int(other, DOCUMENT_KIND, -1);
}

static void near_document(struct page *pg, struct items *near)
{
    const struct portal *p = pg->portal;
    const struct record *r = pg->ref->record;
    size_t all = model_list(p->model, TYPE_DOCUMENT)->count, at = p->kind_place[r->number];
    size_t from = at, to = at;
    while (from > 0 && at - from < NEAR_LINKS_MAX && is_same_kind(p->by_kind[from - 1], r))
        from--;
    while (to < all && to - at < NEAR_LINKS_MAX && is_same_kind(p->by_kind[to], r))
        to++;
    struct items links = items_new(pg);
    add_records(pg, &links, p->by_kind, window_start(from, to, at), to);
    add_group(pg, near, kind_heading(pg->arena, rec_text(r, DOCUMENT_KIND)), &links);
}

static void near_record(struct page *pg, struct items *near)
{
    const struct record *r = pg->ref->record;
    const struct record_list *list = &pg->model->by_type[r->type->number];
    struct items links = items_new(pg);
    size_t start = window_start(0, list->count, r->number);
    add_records(pg, &links, (const struct record *const *)list->items, start, list->count);
    add_group(pg, near, r->type->plural, &links);
}

static void near_register(struct page *pg, struct items *near)
{
    const struct schema *s = pg->model->schema;
    struct items links = items_new(pg);
    for (size_t t = 0; t < s->type_count; t++)
        if (type_has_register(pg->portal, s->types[t]) &&
            str_eq(s->types[t]->group, pg->ref->type->group))
            add_near(pg, &links, page_link_register(pg, s->types[t]), s->types[t]->plural,
                     s->types[t] == pg->ref->type && pg->ref->from == 0);
    str group = pg->ref->type->group;
    add_group(pg, near, group.n > 0 ? group : S("Other registers"), &links);
}

/* What is in the same chapter. */
static void near_clause(struct page *pg, struct items *near)
{
    size_t top = pg->ref->clause, above;
    while ((above = clause_above(top)) != SIZE_MAX)
        top = above;
    size_t start = window_start(top, clause_end(top), pg->ref->clause);
    struct items links = items_new(pg);
    for (size_t i = start; i < clause_end(top) && i < start + NEAR_LINKS_MAX; i++)
        add_near(pg, &links, page_link(pg, clause_path(pg->arena, clause_at(i))),
                 clause_label(pg->arena, clause_at(i)), i == pg->ref->clause);
    add_group(pg, near, standard_title(clause_at(top)->standard), &links);
}

void nav_fill(struct page *pg)
{
    struct items near = items_new(pg);
    if (pg->ref->kind == PAGE_DOCUMENT)
        near_document(pg, &near);
    else if (pg->ref->kind == PAGE_RECORD)
        near_record(pg, &near);
    else if (pg->ref->kind == PAGE_REGISTER)
        near_register(pg, &near);
    else if (pg->ref->kind == PAGE_CLAUSE)
        near_clause(pg, &near);
    put_items(pg, pg->data, S("near"), &near);
    put_text(pg->data, S("near_class"),
             pg->ref->kind == PAGE_REGISTER ? S(" wide-table") : S(" with-near"));
    put_way(pg);
}
