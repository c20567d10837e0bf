/* form/draw/mark: letters in fields, bars, ticks, and the legend. */
#include "form/draw/mark.h"

#include <math.h>

#define CORNER       3.0 /* radius of a field's corners */
#define LEGEND_SIZE  9.0
#define LEGEND_ROW   18.0
#define LEGEND_KEY   18.0  /* room for a square */
#define LEGEND_LONG  26.0  /* and for what is longer than high */
#define LEGEND_GAP   18.0  /* between entries */
#define LEGEND_WIDTH 420.0 /* it may make a narrow picture this wide */
#define LEGEND_EDGE  6.0   /* to the sides of the picture */

void mark_letters(const struct pen *pen, const struct mark *m, double x, double y, double width,
                  double size)
{
    bool is_solid = m->kind == MARK_LETTER, is_soft = m->kind == MARK_SOFT;
    const struct look look = {is_solid || is_soft ? m->ink : INK_SURFACE,
                              is_solid  ? INK_NONE
                              : is_soft ? INK_LINE
                                        : m->ink,
                              is_solid ? 0 : 1, m->dashed};
    shape_rect(pen, &look, x, y, width, MARK_SIDE, CORNER);
    if (m->letters.n == 0)
        return;
    const struct lettering how = {size, true,
                                  is_solid  ? INK_SURFACE
                                  : is_soft ? INK_TEXT
                                            : m->ink,
                                  ANCHOR_MIDDLE};
    shape_text(pen, &how, x + width / 2, y + MARK_SIDE / 2 + size * TEXT_ASCENT / 2, m->letters);
}

static void line(const struct pen *pen, const struct look *look, struct point from, struct point to)
{
    struct point *points = NEW_ARRAY(pen->arena, struct point, 2);
    points[0] = from;
    points[1] = to;
    shape_line(pen, DRAW_LINE, look, points, 2);
}

static void diamond(const struct pen *pen, enum ink ink, double x, double y)
{
    const double half = 4.5;
    struct point *points = NEW_ARRAY(pen->arena, struct point, 4);
    points[0] = (struct point){x, y - half};
    points[1] = (struct point){x + half, y};
    points[2] = (struct point){x, y + half};
    points[3] = (struct point){x - half, y};
    shape_polygon(pen, ink, points, 4);
}

void mark_shape(const struct pen *pen, const struct mark *m, double x, double y, double width)
{
    double middle = y + MARK_SIDE / 2;
    const struct look drawn = {INK_NONE, m->ink, m->line_width > 0 ? m->line_width : 1, m->dashed};
    const struct look filled = {m->ink, INK_NONE, 0, false};
    const struct look hollow = {INK_ACCENT_FILL, m->ink, 1, m->dashed};
    switch (m->kind) {
    case MARK_BAR:
        shape_rect(pen, &hollow, x, middle - 3.5, width, 7, 0);
        break;
    case MARK_BEAM:
        shape_rect(pen, &filled, x, middle - 2, width, 4, 0);
        break;
    case MARK_TICK:
        line(pen, &drawn, (struct point){x + width / 2, y}, (struct point){x + width / 2, y + 12});
        break;
    case MARK_DIAMOND:
        diamond(pen, m->ink, x + width / 2, middle);
        break;
    case MARK_LINE:
    case MARK_LETTER:
    case MARK_OUTLINE:
    case MARK_SOFT:
        line(pen, &drawn, (struct point){x, middle}, (struct point){x + width, middle});
        break;
    }
}

static bool is_lettered(const struct mark *m)
{
    return m->kind == MARK_LETTER || m->kind == MARK_OUTLINE || m->kind == MARK_SOFT;
}

static bool is_long(const struct mark *m)
{
    return m->kind == MARK_LINE || m->kind == MARK_BAR || m->kind == MARK_BEAM;
}

static void draw_key(const struct pen *pen, const struct mark *m, double x, double y)
{
    if (is_lettered(m))
        mark_letters(pen, m, x, y, MARK_SIDE, MARK_SIZE);
    else
        mark_shape(pen, m, x, y, is_long(m) ? LEGEND_LONG - 6 : MARK_SIDE);
}

void legend_draw(const struct pen *pen, const struct ruler *ruler,
                 const struct legend_entry *entries, size_t count)
{
    struct drawing *d = pen->drawing;
    const struct lettering how = {LEGEND_SIZE, false, INK_MUTED, ANCHOR_START};
    double x = LEGEND_EDGE, y = d->height + 4, width = fmax(d->width, LEGEND_WIDTH);
    if (count == 0)
        return;
    for (size_t i = 0; i < count; i++) {
        const struct legend_entry *e = &entries[i];
        double key = is_long(&e->mark) ? LEGEND_LONG : LEGEND_KEY;
        double words = ruler->width(ruler->self, e->text, LEGEND_SIZE, false) * TEXT_SLACK;
        if (x > LEGEND_EDGE && x + key + words > width - LEGEND_EDGE) {
            x = LEGEND_EDGE;
            y += LEGEND_ROW;
        }
        draw_key(pen, &e->mark, x, y);
        shape_text(pen, &how, x + key, y + MARK_SIDE / 2 + LEGEND_SIZE * TEXT_ASCENT / 2, e->text);
        x += key + words + LEGEND_GAP;
        d->width = fmax(d->width, x - LEGEND_GAP + LEGEND_EDGE);
    }
    d->height = y + LEGEND_ROW;
}
