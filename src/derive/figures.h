/* derive/figures: the series of every KPI, from what was measured and what the records give.
 *
 * The records are read as they were at each period end.
 * After all other facts. Fills m.figures; cannot fail. Each day that a KPI asks for costs one copy
 * of the model (derive_as_of), which serves all of them and is given back at once; without a
 * computed KPI there is none. Linear in content, times at most FIGURE_DAYS_MAX. */
#ifndef DERIVE_FIGURES_H
#define DERIVE_FIGURES_H

#include "model/figures.h"

enum {
    FIGURE_PERIODS = 8,   /* ends of periods before the as-of day that a series goes back to */
    FIGURE_DAYS_MAX = 48, /* days in all; odd frequencies and measured days beyond are left out */
};

void derive_figures(struct model *m);
/* The ends of periods before the as-of day, the latest first, at most FIGURE_PERIODS of them.
 * Months, quarters, half-years and years end with the calendar; any other period is counted back
 * from the as-of day; who says none looks every quarter. */
size_t figure_ends(date as_of, duration every, date ends[FIGURE_PERIODS]);

#endif
