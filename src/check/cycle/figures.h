/* check/cycle/figures: whether what a KPI says of itself fits together (OB5-OB7). */
#ifndef CHECK_CYCLE_FIGURES_H
#define CHECK_CYCLE_FIGURES_H

#include "check/check_int.h"
#include "model/figures.h"

void check_figure(struct checker *c, const struct record *kpi, const struct figure *f);

#endif
