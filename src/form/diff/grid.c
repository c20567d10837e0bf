/* form/diff/grid: two tables as one: columns, then rows, then cells. */
#include "form/diff/redline_int.h"

/* A column of the joined table: its place on either side, or NO_PARTNER. */
struct column_pair {
    long before, after;
};

struct grids {
    struct redline_pass *pass;
    struct md_node *before, *after;
    struct column_pair *columns;
    size_t count, cap;
};

static struct md_node *head_of(const struct md_node *table)
{
    return table->first != NULL && table->first->row.is_head ? table->first : NULL;
}

static struct md_node *cell_at(const struct md_node *row, long column)
{
    struct md_node *n = row != NULL && column >= 0 ? row->first : NULL;
    while (n != NULL && n->cell.column != column)
        n = n->next;
    return n;
}

static void add_column(struct grids *g, long before, long after)
{
    PUSH(g->pass->arena, g->columns, g->count, g->cap, struct column_pair) =
        (struct column_pair){before, after};
}

/* -- Columns --------------------------------------------------------------------------------- */

static uint32_t *heads_of(struct redline_pass *p, const struct md_node *table, size_t *count)
{
    *count = (size_t)table->grid.columns;
    uint32_t *v = NEW_ARRAY(p->arena, uint32_t, *count);
    for (size_t i = 0; i < *count; i++) {
        const struct md_node *cell = cell_at(head_of(table), (long)i);
        v[i] = cell != NULL ? thing_number(p, cell) : 0;
    }
    return v;
}

static size_t run_of(const bool *flags, size_t from, size_t count)
{
    size_t to = from;
    while (to < count && flags[to])
        to++;
    return to - from;
}

/* Where as many columns came as went, they have new heads; else they came and went. */
static void add_changed(struct grids *g, size_t i, size_t out, size_t j, size_t in)
{
    for (size_t k = 0; k < out || k < in; k++) {
        if (out == in)
            add_column(g, (long)(i + k), (long)(j + k));
        else if (k < out)
            add_column(g, (long)(i + k), NO_PARTNER);
    }
    for (size_t k = 0; k < in && out != in; k++)
        add_column(g, NO_PARTNER, (long)(j + k));
}

static void pair_columns(struct grids *g)
{
    size_t n, m, i = 0, j = 0;
    uint32_t *a = heads_of(g->pass, g->before, &n), *b = heads_of(g->pass, g->after, &m);
    struct edits e = edits_between(g->pass->desk, g->pass->arena, a, n, b, m);
    while (i < n || j < m) {
        size_t out = run_of(e.is_deleted, i, n), in = run_of(e.is_inserted, j, m);
        add_changed(g, i, out, j, in);
        i += out;
        j += in;
        if (i < n && j < m)
            add_column(g, (long)i++, (long)j++);
    }
}

/* -- Rows ------------------------------------------------------------------------------------ */

/* Only cells of columns that both have are compared: a new column makes no new rows. */
static struct things rows_of(struct grids *g, const struct md_node *table, bool is_before)
{
    struct things t = {0};
    struct buf canon = buf_in(g->pass->arena, 256);
    for (struct md_node *row = table->first; row != NULL; row = row->next) {
        struct thing *thing = thing_add(g->pass, &t, row);
        canon.n = 0;
        thing->kind = row->row.is_head;
        thing->is_container = row->row.is_head;
        for (size_t i = 0; i < g->count; i++) {
            const struct column_pair *c = &g->columns[i];
            const struct md_node *cell = cell_at(row, is_before ? c->before : c->after);
            if (c->before == NO_PARTNER || c->after == NO_PARTNER || cell == NULL)
                continue;
            thing_canon(&canon, cell);
            if (thing->key == 0 && cell->first != NULL)
                thing->key = 1 + thing_number(g->pass, cell);
        }
        thing->number = redline_number_copied(g->pass, buf_str(&canon));
    }
    return t;
}

/* One cell of the joined row; either row may be NULL. */
static void add_cell(struct grids *g, struct md_node *to, const struct md_node *before,
                     const struct md_node *after, size_t column)
{
    const struct column_pair *c = &g->columns[column];
    const struct md_node *old_cell = cell_at(before, c->before);
    const struct md_node *new_cell = cell_at(after, c->after);
    struct md_node *cell = md_new(g->pass->arena, MD_CELL, to->span);
    cell->cell.column = (int)column;
    md_append(to, cell);
    join_inlines(g->pass, cell, old_cell, new_cell);
}

static void add_row(struct grids *g, struct md_node *to, const struct md_node *before,
                    const struct md_node *after)
{
    struct md_node *row = shallow_copy(g->pass->arena, after != NULL ? after : before);
    row->row.is_head = row->row.is_head && to->first == NULL;
    md_append(to, row);
    for (size_t i = 0; i < g->count; i++)
        add_cell(g, row, before, after, i);
}

static void add_rows(struct grids *g, struct md_node *to)
{
    struct things a = rows_of(g, g->before, true), b = rows_of(g, g->after, false);
    match(g->pass, &a, &b);
    size_t i = 0, j = 0;
    while (i < a.n || j < b.n) {
        if (i < a.n && a.v[i].partner == NO_PARTNER)
            add_row(g, to, a.v[i++].node, NULL);
        else if (j < b.n && b.v[j].partner == NO_PARTNER)
            add_row(g, to, NULL, b.v[j++].node);
        else
            add_row(g, to, a.v[i++].node, b.v[j++].node);
    }
}

static enum md_align align_of(const struct grids *g, const struct column_pair *c)
{
    return c->after != NO_PARTNER ? g->after->grid.align[c->after]
                                  : g->before->grid.align[c->before];
}

void join_tables(struct redline_pass *p, struct md_node *to, struct md_node *before,
                 struct md_node *after)
{
    struct grids g = {.pass = p, .before = before, .after = after};
    pair_columns(&g);
    struct md_node *table = shallow_copy(p->arena, after);
    table->grid.columns = (int)g.count;
    table->grid.align = NEW_ARRAY(p->arena, enum md_align, g.count);
    for (size_t i = 0; i < g.count; i++)
        table->grid.align[i] = align_of(&g, &g.columns[i]);
    md_append(to, table);
    add_rows(&g, table);
}
