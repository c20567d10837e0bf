/* form/doc/binder/index: where each name of the binder has a place of its own.
 *
 * Headings are entered under their words; people, and those who are called outside, under their
 * names at each row with their numbers; blank forms under theirs. A name with several places has
 * all of them. */
#include "form/doc/binder/binder_int.h"

#include <stdlib.h>

#include "form/doc/report.h"
#include "form/table/blank.h"

struct place {
    str name, anchor;
    size_t order; /* in the binder */
};

struct places {
    struct binding *b;
    struct place *items;
    size_t count, cap;
    size_t rows; /* that have a place */
};

static void add_place(struct places *p, str name, str anchor)
{
    if (name.n != 0)
        PUSH(p->b->arena, p->items, p->count, p->cap, struct place) =
            (struct place){name, anchor, p->count};
}

/* -- Rows ----------------------------------------------------------------------------------- */

/* Whom a row names: people with their numbers, or who is called outside. */
static void add_row(struct places *p, const struct table *t, size_t row, bool is_people, str anchor)
{
    for (size_t i = 0; i < t->column_count; i++) {
        const struct cell *c = table_cell(t, row, i);
        for (size_t k = 0; k < c->count; k++) {
            const struct record *r = c->pieces[k].link;
            if (r != NULL && (r->type->number == TYPE_PERSON || (!is_people && i == 1)))
                add_place(p, r->title, anchor);
        }
    }
}

/* A table that names people, or those outside, gets a place for each of its rows. */
static void add_rows(struct places *p, struct md_node *n)
{
    struct arena *a = p->b->arena;
    const struct table *t = n->table;
    bool is_people = table_has_column(t, S("reached")),
         is_outside = str_eq(t->id, S("list-numbers"));
    if (!is_people && !is_outside)
        return;
    struct table *anchored = NEW(a, struct table);
    str *anchors = NEW_ARRAY(a, str, t->row_count + 1);
    for (size_t i = 0; i < t->row_count; i++) {
        anchors[i] = str_fmt(a, "row-%zu", ++p->rows);
        add_row(p, t, i, is_people, anchors[i]);
    }
    *anchored = *t;
    anchored->row_anchors = anchors;
    n->table = anchored;
}

/* -- The index ------------------------------------------------------------------------------ */

static int by_name(const void *x, const void *y)
{
    const struct place *a = x, *b = y;
    int order = str_cmp_natural(a->name, b->name);
    if (order != 0)
        return order;
    return a->order < b->order ? -1 : a->order > b->order;
}

static void add_link(struct places *p, struct md_node *para, const struct place *place)
{
    struct md_node *link = report_node(p->b->arena, MD_LINK);
    link->url = str_fmt(p->b->arena, "#" STR_FMT, STR_ARG(place->anchor));
    link->is_folio = true;
    report_text(p->b->arena, link, place->name);
    md_append(para, link);
}

/* Titles of sections and what stands directly below them. */
enum { LEVEL_MAX = 2 };

static void collect(struct places *p)
{
    for (struct md_walk w = md_walk(p->b->doc->body); md_step(&w);) {
        struct md_node *n = w.node;
        if (!w.enter)
            continue;
        if (n->kind == MD_FORM_TABLE)
            add_rows(p, n);
        else if (n->kind == MD_FORM_BLANK)
            add_place(p, n->blank->title, n->id);
        else if (n->kind == MD_HEADING && n->id.n != 0 && n->heading.level <= LEVEL_MAX)
            add_place(p, md_text(p->b->arena, n), n->id);
    }
}

void binder_index(struct binding *b)
{
    struct places p = {.b = b};
    collect(&p);
    if (p.count == 0)
        return;
    qsort(p.items, p.count, sizeof *p.items, by_name);
    binder_break(b, true); /* what stands before may be cut out */
    report_heading(b->arena, b->doc->body, 1, S("Index"))->id = S("index");
    struct md_node *index = report_node(b->arena, MD_INDEX), *para = NULL;
    md_append(b->doc->body, index);
    for (size_t i = 0; i < p.count; i++) {
        if (i == 0 || !str_eq(p.items[i].name, p.items[i - 1].name))
            para = report_para(b->arena, index, p.items[i].name);
        if (i == 0 || !str_eq(p.items[i].anchor, p.items[i - 1].anchor) ||
            !str_eq(p.items[i].name, p.items[i - 1].name))
            add_link(&p, para, &p.items[i]);
    }
}
