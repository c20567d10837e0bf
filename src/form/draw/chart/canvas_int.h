/* form/draw/chart/canvas_int: a chart under construction, drawn straight along its axes.
 *
 * Unlike a graph it needs no layout: whoever draws it knows where everything goes. */
#ifndef FORM_DRAW_CHART_CANVAS_INT_H
#define FORM_DRAW_CHART_CANVAS_INT_H

#include "form/draw/draw_int.h"

struct canvas {
    struct pen pen;
    struct ruler ruler;
};

#define CANVAS_EDGE 6.0 /* free around a chart */

/* Its drawing needs its table on paper, too. */
struct canvas canvas_new(const struct request *q, const struct graph_caption *caption);
/* Gives it its size, and the legend below. The drawing is finished. */
const struct drawing *canvas_close(const struct canvas *c, double width, double height,
                                   const struct legend_entry *legend, size_t legend_count);
/* Without shapes, since there is nothing to draw. */
const struct drawing *canvas_empty(const struct canvas *c, const struct graph_caption *caption);

/* On one line, cleaned, cut with an ellipsis where it would be wider. */
str canvas_fit(const struct canvas *c, str text, double size, bool bold, double width);
/* The text cut to the width, its capitals in the middle of a line at y. */
void canvas_words(const struct canvas *c, const struct lettering *how, double x, double y,
                  double width, str text);
double canvas_width(const struct canvas *c, str text, double size, bool bold);
void canvas_line(const struct canvas *c, enum ink ink, double line_width, struct point from,
                 struct point to);

extern const struct lettering words_name, words_plain, words_detail, words_alarm, words_axis;

#endif
