/* form/table: rows and cells. */
#include "form/table/table.h"

#include <assert.h>
#include <string.h>

#include "base/buf.h"

/* Room is taken for this many rows, then always doubled: how much there is
 * follows from row_count alone, so a table carries no book-keeping. */
enum { ROWS_AT_FIRST = 8 };

struct table *table_new(struct arena *a, str id, str caption, const struct column *columns,
                        size_t column_count)
{
    assert(column_count > 0);
    struct table *t = NEW(a, struct table);
    t->id = id;
    t->caption = caption;
    t->columns = NEW_ARRAY(a, struct column, column_count);
    memcpy(t->columns, columns, column_count * sizeof *columns);
    t->column_count = column_count;
    return t;
}

static bool is_full(size_t row_count)
{
    bool is_power_of_two = (row_count & (row_count - 1)) == 0;
    return row_count == 0 || (row_count >= ROWS_AT_FIRST && is_power_of_two);
}

struct cell *table_row(struct arena *a, struct table *t)
{
    if (is_full(t->row_count)) {
        size_t rows = t->row_count == 0 ? ROWS_AT_FIRST : t->row_count * 2;
        assert(rows <= SIZE_MAX / t->column_count);
        struct cell *cells = NEW_ARRAY(a, struct cell, rows * t->column_count);
        if (t->row_count > 0)
            memcpy(cells, t->cells, t->row_count * t->column_count * sizeof *cells);
        t->cells = cells;
    }
    return &t->cells[t->row_count++ * t->column_count];
}

bool table_has_column(const struct table *t, str key)
{
    for (size_t i = 0; i < t->column_count; i++)
        if (str_eq(t->columns[i].key, key))
            return true;
    return false;
}

const struct cell *table_cell(const struct table *t, size_t row, size_t column)
{
    assert(row < t->row_count && column < t->column_count);
    return &t->cells[row * t->column_count + column];
}

static struct cell one_piece(struct arena *a, struct piece piece)
{
    struct piece *p = NEW(a, struct piece);
    *p = piece;
    return (struct cell){.pieces = p, .count = 1};
}

struct table *table_pick(struct arena *a, const struct table *t, str id, const size_t *shown,
                         size_t count)
{
    struct column *columns = NEW_ARRAY(a, struct column, count);
    for (size_t i = 0; i < count; i++)
        columns[i] = t->columns[shown[i]];
    struct table *picked = table_new(a, id, S(""), columns, count);
    for (size_t row = 0; row < t->row_count; row++) {
        struct cell *cells = table_row(a, picked);
        for (size_t i = 0; i < count; i++)
            cells[i] = *table_cell(t, row, shown[i]);
    }
    return picked;
}

struct cell cell_text(struct arena *a, str text)
{
    return text.n == 0 ? (struct cell){0} : one_piece(a, (struct piece){.text = text});
}

struct cell cell_link(struct arena *a, const struct record *r, str text)
{
    return one_piece(a, (struct piece){.text = text, .link = r});
}

struct cell cell_chip(struct arena *a, str text, enum tone tone)
{
    return one_piece(a, (struct piece){.text = text, .tone = tone});
}

str cell_plain(struct arena *a, const struct cell *c)
{
    if (c->count == 1)
        return c->pieces[0].text;
    struct buf out = buf_in(a, 64);
    for (size_t i = 0; i < c->count; i++) {
        if (i > 0 && !c->is_text)
            buf_lit(&out, ", ");
        buf_add(&out, c->pieces[i].text);
    }
    return buf_str(&out);
}

bool table_has_heads(const struct table *t)
{
    for (size_t i = 0; i < t->column_count; i++)
        if (t->columns[i].head.n != 0)
            return true;
    return false;
}
