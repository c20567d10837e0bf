/* form/draw/chart/bars_int: how many of what, as bars from left to right.
 *
 * A bar has parts, told apart by letters and darkness, and behind it says in words what they
 * add up to. */
#ifndef FORM_DRAW_CHART_BARS_INT_H
#define FORM_DRAW_CHART_BARS_INT_H

#include "form/draw/chart/canvas_int.h"

enum { BAR_PARTS_MAX = 4 };

/* What a part stands for. */
struct bar_part {
    struct mark mark;
    str word;   /* behind a number: "overdue" */
    str legend; /* in full */
};

struct bar {
    str label;
    const struct record *link; /* NULL: none */
    str target;                /* else a part of the drawing; may be empty */
    size_t counts[BAR_PARTS_MAX];
};

struct bars {
    const struct bar_part *parts;
    size_t part_count;
    struct bar *items;
    size_t count, cap;
};

#define BARS_WIDTH 580.0 /* of the drawing */

/* The bar of that label, a new one at the end when there is none. */
struct bar *bars_find(struct arena *a, struct bars *b, str label, const struct record *link);
size_t bar_total(const struct bar *b);
/* Below y, which moves on; `longest` is the total that fills the room for bars. */
void bars_draw(const struct canvas *c, const struct bars *b, str heading, size_t longest,
               double *y);
/* Closes the canvas at y, with a legend of the parts that occur. */
const struct drawing *bars_close(const struct canvas *c, const struct bars *b, double y);

#endif
