/* form/table/figures: KPIs over time, as cells and as lists. */
#ifndef FORM_TABLE_FIGURES_H
#define FORM_TABLE_FIGURES_H

#include "form/table/table.h"
#include "model/figures.h"

/* "98.1 %", "90 to 97 %", "not known (3 of 32)"; NULL: empty. Its data is the bare number. */
struct cell figure_cell(struct arena *a, const struct record *kpi, const struct figure_point *p);
struct cell figure_rating_cell(struct arena *a, const struct record *kpi,
                               const struct figure_point *p);
/* How many values a line of last values holds. */
enum { FIGURE_LINE_MAX = 5 };
/* The last of them, the oldest first: "86.7 → 92.9 → 93.3", which needs no drawing to be read. */
struct cell figure_line_cell(struct arena *a, const struct figure *f);
struct cell figure_trend_cell(struct arena *a, const struct record *kpi, const struct figure *f);

/* Lists of lists.def. */
const struct table *kpi_board(struct arena *a, const struct model *m);
const struct table *kpi_values(struct arena *a, const struct model *m);
const struct table *objective_board(struct arena *a, const struct model *m);

/* One KPI by day: of its own page, and beside its chart. */
const struct table *figure_table(struct arena *a, const struct model *m, const struct record *kpi,
                                 str id, str caption);

#endif
