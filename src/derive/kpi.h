/* derive/kpi: the figures that are computed from the records, as of one day.
 *
 * Each row of model/kpi.def is one function over a model with its recovery derived. All of them
 * together look at each record a few times: linear in content. */
#ifndef DERIVE_KPI_H
#define DERIVE_KPI_H

#include "model/figures.h"

/* What several figures share, worked out once. */
struct kpi_day;
struct kpi_day *kpi_day_new(struct arena *a, const struct model *m);
struct figure_value kpi_compute(struct kpi_day *d, const struct kpi_def *def);

#endif
