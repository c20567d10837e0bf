/* form/draw/chart/rows_int: charts with a row for each activity, cut by unit when they are long.
 *
 * What fits one picture is drawn as it comes. More than that becomes bars, one for each unit,
 * that count how its activities stand and lead to a chart of the unit. */
#ifndef FORM_DRAW_CHART_ROWS_INT_H
#define FORM_DRAW_CHART_ROWS_INT_H

#include "form/draw/chart/bars_int.h"

enum {
    ROWS_MAX = 40,      /* of one picture: a sheet of paper */
    ROW_PARTS_MAX = 40, /* pictures; beyond, only the table is left */
};

struct row {
    const struct record *activity;
    size_t state; /* which part of its unit's bar it counts for */
};

struct rows {
    const struct request *q;
    const struct graph_caption *caption;
    const struct row *items;
    size_t count;
    const struct bar_part *states;
    size_t state_count;
    /* Draws those of the items whose places are listed. */
    const struct drawing *(*draw)(const void *self, const struct graph_caption *caption,
                                  const size_t *places, size_t count);
    const void *self;
};

const struct drawing *rows_draw(const struct rows *r);
/* The unit of an activity; NULL: none is known here. */
const struct record *row_unit(const struct record *activity);

#endif
