/* form/draw/chart/canvas: words and lines of charts. */
#include "form/draw/chart/canvas_int.h"

#include "base/buf.h"

const struct lettering words_name = {9, true, INK_TEXT, ANCHOR_START};
const struct lettering words_plain = {9, false, INK_TEXT, ANCHOR_START};
const struct lettering words_detail = {9, false, INK_MUTED, ANCHOR_START};
const struct lettering words_alarm = {9, true, INK_BAD, ANCHOR_START};
const struct lettering words_axis = {9, false, INK_MUTED, ANCHOR_MIDDLE};

struct canvas canvas_new(const struct request *q, const struct graph_caption *caption)
{
    struct drawing *d = NEW(q->arena, struct drawing);
    *d = (struct drawing){.id = caption->id, .title = caption->title, .needs_table = true};
    d->description = caption->description;
    d->note = caption->note;
    d->table = caption->table;
    return (struct canvas){{q->arena, d}, q->ruler};
}

const struct drawing *canvas_close(const struct canvas *c, double width, double height,
                                   const struct legend_entry *legend, size_t legend_count)
{
    struct drawing *d = c->pen.drawing;
    d->width = width;
    d->height = height;
    shape_open(&c->pen, S(""), NULL);
    legend_draw(&c->pen, &c->ruler, legend, legend_count);
    shape_close(&c->pen);
    return d;
}

const struct drawing *canvas_empty(const struct canvas *c, const struct graph_caption *caption)
{
    struct drawing *d = c->pen.drawing;
    d->count = 0;
    d->note = graph_nothing(caption);
    return d;
}

double canvas_width(const struct canvas *c, str text, double size, bool bold)
{
    return c->ruler.width(c->ruler.self, text, size, bold) * TEXT_SLACK;
}

str canvas_fit(const struct canvas *c, str text, double size, bool bold, double width)
{
    str clean = graph_clean(c->pen.arena, text);
    if (canvas_width(c, clean, size, bold) <= width)
        return clean;
    double room = width - canvas_width(c, S("…"), size, bold);
    size_t end = 0;
    for (size_t at = 0; at < clean.n;) {
        utf8_next(clean, &at);
        if (canvas_width(c, str_from_to(clean, 0, at), size, bold) > room)
            break;
        end = at;
    }
    return str_fmt(c->pen.arena, STR_FMT "…", STR_ARG(str_trim(str_from_to(clean, 0, end))));
}

void canvas_words(const struct canvas *c, const struct lettering *how, double x, double y,
                  double width, str text)
{
    shape_text(&c->pen, how, x, y + how->size * TEXT_ASCENT / 2,
               canvas_fit(c, text, how->size, how->bold, width));
}

void canvas_line(const struct canvas *c, enum ink ink, double line_width, struct point from,
                 struct point to)
{
    struct point *points = NEW_ARRAY(c->pen.arena, struct point, 2);
    const struct look look = {INK_NONE, ink, line_width, false};
    points[0] = from;
    points[1] = to;
    shape_line(&c->pen, DRAW_LINE, &look, points, 2);
}
