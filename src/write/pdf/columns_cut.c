/* write/pdf/columns_cut: lines in two columns, cut where the page ends. */
#include <math.h>

#include "write/pdf/paginate_int.h"

enum { HEIGHT_MIN = 72 }; /* points: what is lower does not make a column */

static size_t next_line(const struct vlist *lines, size_t at)
{
    while (at < lines->n && lines->v[at].kind != V_BOX)
        at++;
    return at;
}

/* Where a column that begins at `from` ends: what fits, without a space at its end
 * and without tearing an entry. */
static size_t column_end(const struct vlist *lines, size_t from, double room)
{
    double used = 0;
    size_t end = from;
    for (size_t i = from; i < lines->n; i++) {
        used += (double)lines->v[i].height;
        if (used > room + 0.01)
            break;
        size_t next = next_line(lines, i + 1);
        bool may_end = next == lines->n || lines->v[next].penalty < PENALTY_NEVER;
        if (lines->v[i].kind == V_BOX && may_end)
            end = i + 1;
    }
    return end;
}

/* Or a little more than `most`, when they are higher: an index may be long. */
static double height_up_to(const struct vlist *lines, double most)
{
    double height = 0;
    for (size_t i = 0; i < lines->n && height < most; i++)
        height += (double)lines->v[i].height;
    return height;
}

/* The least height at which all that is left fits into two columns, or `room`. */
static double balanced(const struct vlist *lines, double room)
{
    enum { STEP = 2 };
    double height = fmin(room, height_up_to(lines, 2 * room) / 2);
    for (; height < room; height += STEP) {
        size_t second = next_line(lines, column_end(lines, 0, height));
        if (column_end(lines, second, height) == lines->n)
            return height;
    }
    return room;
}

/* Copies a column to the box; gives its height. */
static double copy_column(struct pdf_layout *l, const struct vlist *lines, size_t from, size_t to,
                          double x, struct pdf_ops *ops, struct vitem *box)
{
    double y = 0;
    struct vnote *notes = (struct vnote *)box->notes;
    for (size_t i = from; i < to; i++) {
        const struct vitem *line = &lines->v[i];
        op_copy(l->arena, ops, line->ops, line->count, x + (double)line->x, y);
        if (line->notes)
            vnote_append(&notes, (struct vnote *)line->notes);
        y += (double)line->height;
    }
    box->notes = notes;
    return y;
}

static void put_rest(struct pdf_layout *l, struct vlist *list, size_t at,
                     const struct vcolumns *columns, size_t from)
{
    struct vcolumns *rest = NEW(l->arena, struct vcolumns);
    *rest = *columns;
    rest->lines.v += from;
    rest->lines.n -= from;
    rest->lines.cap = rest->lines.n;
    PUSH(list->arena, list->v, list->n, list->cap, struct vitem) = (struct vitem){0};
    for (size_t i = list->n - 1; i > at + 1; i--)
        list->v[i] = list->v[i - 1];
    list->v[at + 1] = (struct vitem){.kind = V_COLUMNS, .columns = rest};
}

bool columns_cut(struct pdf_layout *l, struct vlist *list, size_t at, double room, bool is_first)
{
    const struct vcolumns *columns = list->v[at].columns;
    const struct vlist *lines = &columns->lines;
    double height = balanced(lines, room);
    size_t middle = column_end(lines, 0, height);
    if (middle == 0 && is_first)
        middle = 1;
    size_t second = next_line(lines, middle), end = column_end(lines, second, height);
    bool is_whole = next_line(lines, end) == lines->n;
    bool is_low = vlist_height(lines, 0, middle) < HEIGHT_MIN;
    if (middle == 0 || (!is_first && !is_whole && is_low))
        return false;
    struct vitem box = {.kind = V_BOX, .penalty = list->v[at].penalty};
    struct pdf_ops ops = {0};
    double left = copy_column(l, lines, 0, middle, columns->first, &ops, &box);
    double right = copy_column(l, lines, second, end, columns->second, &ops, &box);
    box.height = (float)fmax(left, right);
    box.ops = ops.v;
    box.count = ops.n;
    list->v[at] = box;
    if (!is_whole)
        put_rest(l, list, at, columns, next_line(lines, end));
    return true;
}
