/* write/pdf/vlist: the document as one long column, before it is cut into pages. */
#include "write/pdf/vlist_int.h"

#include <assert.h>

void vlist_box(struct vlist *l, struct vitem box)
{
    box.kind = V_BOX;
    PUSH(l->arena, l->v, l->n, l->cap, struct vitem) = box;
}

void vlist_columns(struct vlist *l, struct vitem columns)
{
    columns.kind = V_COLUMNS;
    PUSH(l->arena, l->v, l->n, l->cap, struct vitem) = columns;
}

void vlist_space(struct vlist *l, double height, const struct vframe *frame)
{
    PUSH(l->arena, l->v, l->n, l->cap, struct vitem) =
        (struct vitem){.kind = V_SPACE, .height = (float)height, .frame = frame};
}

void vlist_sheet(struct vlist *l, struct vitem sheet)
{
    sheet.kind = V_SHEET;
    PUSH(l->arena, l->v, l->n, l->cap, struct vitem) = sheet;
}

void vlist_append(struct vlist *l, const struct vlist *more)
{
    struct vitem *all = NEW_ARRAY(l->arena, struct vitem, l->n + more->n);
    for (size_t i = 0; i < l->n + more->n; i++)
        all[i] = i < l->n ? l->v[i] : more->v[i - l->n];
    l->v = all;
    l->n = l->cap = l->n + more->n;
}

double vlist_height(const struct vlist *l, size_t from, size_t to)
{
    assert(from <= to && to <= l->n);
    double height = 0;
    for (size_t i = from; i < to; i++)
        height += (double)l->v[i].height;
    return height;
}

void vnote_append(struct vnote **list, struct vnote *notes)
{
    while (*list)
        list = &(*list)->next;
    *list = notes;
}

struct pdf_op *op_add(struct arena *a, struct pdf_ops *ops, struct pdf_op op)
{
    struct pdf_op *added = &PUSH(a, ops->v, ops->n, ops->cap, struct pdf_op);
    *added = op;
    return added;
}

void op_copy(struct arena *a, struct pdf_ops *to, const struct pdf_op *ops, size_t count, double x,
             double y)
{
    for (size_t i = 0; i < count; i++) {
        struct pdf_op *op = op_add(a, to, ops[i]);
        op->x += (float)x;
        op->y += (float)y;
    }
}
