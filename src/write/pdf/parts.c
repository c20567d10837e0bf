/* write/pdf/parts: tables that are too wide for any sheet, in parts. */
#include "write/pdf/table_int.h"

/* Which column of the whole stands at that place of the part. */
static size_t column_of(size_t from, size_t place)
{
    return from == 0 || place > 0 ? from + place - (from > 0) : 0;
}

static const struct table *table_part(const struct grid *g, size_t from, size_t columns)
{
    const struct table *whole = g->table;
    struct arena *a = g->layout->arena;
    struct table *t = NEW(a, struct table);
    *t = *whole;
    t->column_count = columns;
    t->columns = NEW_ARRAY(a, struct column, columns);
    t->cells = NEW_ARRAY(a, struct cell, columns * whole->row_count);
    for (size_t i = 0; i < columns; i++) {
        t->columns[i] = whole->columns[column_of(from, i)];
        for (size_t row = 0; row < whole->row_count; row++)
            t->cells[row * columns + i] = *table_cell(whole, row, column_of(from, i));
    }
    return t;
}

static struct md_node **cells_part(const struct grid *g, size_t from, size_t columns)
{
    struct md_node **cells = NEW_ARRAY(g->layout->arena, struct md_node *, columns * g->rows);
    for (size_t row = 0; row < g->rows; row++)
        for (size_t i = 0; i < columns; i++)
            cells[row * columns + i] = g->cells[row * g->columns + column_of(from, i)];
    return cells;
}

struct grid grid_part(const struct grid *g, size_t from, size_t to)
{
    struct arena *a = g->layout->arena;
    struct grid part = *g;
    part.columns = to - from + (from > 0);
    part.table = g->table ? table_part(g, from, part.columns) : NULL;
    part.cells = g->cells ? cells_part(g, from, part.columns) : NULL;
    part.align = NEW_ARRAY(a, enum para_align, part.columns);
    part.is_fixed = NEW_ARRAY(a, bool, part.columns);
    part.is_date = NEW_ARRAY(a, bool, part.columns);
    for (size_t i = 0; i < part.columns; i++) {
        part.align[i] = g->align[column_of(from, i)];
        part.is_fixed[i] = g->is_fixed[column_of(from, i)];
        part.is_date[i] = g->is_date ? g->is_date[column_of(from, i)] : false;
    }
    return part;
}
