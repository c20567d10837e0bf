/* form/draw/shape: adds one shape after the other to a drawing. */
#include "form/draw/shape.h"

#include <assert.h>

static struct draw_op *add(const struct pen *pen, enum draw_kind kind)
{
    struct drawing *d = pen->drawing;
    struct draw_op *op = &PUSH(pen->arena, d->ops, d->count, d->cap, struct draw_op);
    *op = (struct draw_op){.kind = kind};
    return op;
}

void shape_open(const struct pen *pen, str label, const struct record *link)
{
    struct draw_op *op = add(pen, DRAW_GROUP);
    op->text = label;
    op->link = link;
}

void shape_open_to(const struct pen *pen, str label, str target)
{
    struct draw_op *op = add(pen, DRAW_GROUP);
    op->text = label;
    op->target = target;
}

void shape_close(const struct pen *pen)
{
    add(pen, DRAW_END);
}

static void apply(struct draw_op *op, const struct look *look)
{
    op->fill = look->fill;
    op->stroke = look->stroke;
    op->line_width = look->stroke == INK_NONE ? 0 : look->line_width;
    op->dashed = look->dashed;
}

void shape_rect(const struct pen *pen, const struct look *look, double x, double y, double w,
                double h, double radius)
{
    struct draw_op *op = add(pen, DRAW_RECT);
    apply(op, look);
    op->x = x;
    op->y = y;
    op->w = w;
    op->h = h;
    op->radius = radius;
}

void shape_polygon(const struct pen *pen, enum ink fill, const struct point *points, size_t count)
{
    struct draw_op *op = add(pen, DRAW_POLYGON);
    op->fill = fill;
    op->points = points;
    op->point_count = count;
}

void shape_line(const struct pen *pen, enum draw_kind line_or_path, const struct look *look,
                const struct point *points, size_t count)
{
    assert(line_or_path == DRAW_LINE || (line_or_path == DRAW_PATH && count % 3 == 1));
    struct draw_op *op = add(pen, line_or_path);
    apply(op, look);
    op->points = points;
    op->point_count = count;
}

void shape_text(const struct pen *pen, const struct lettering *how, double x, double baseline,
                str text)
{
    struct draw_op *op = add(pen, DRAW_TEXT);
    op->fill = how->ink;
    op->anchor = how->anchor;
    op->size = how->size;
    op->bold = how->bold;
    op->x = x;
    op->y = baseline;
    op->text = text;
}
