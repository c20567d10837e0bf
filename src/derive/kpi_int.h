/* derive/kpi_int: what the functions behind kpi.def count with. */
#ifndef DERIVE_KPI_INT_H
#define DERIVE_KPI_INT_H

#include "derive/kpi.h"

struct learning;
struct practice;

struct kpi_day {
    struct arena *arena;
    const struct model *model;
    const struct learning *learning; /* NULL until somebody asks */
    const struct practice *practice;
};

/* Of so many so many are good, and of so many nobody can tell. A mean has its sum instead. */
struct tally {
    size_t good, of, unknown;
    double sum;
};

void tally_add(struct tally *t, enum truth one);

/* The day is one of the twelve months that end with the as-of date. */
bool kpi_is_in_year(const struct model *m, date day);

#define KPI(name, function, word, kind, better, words)                                             \
    struct tally kpi_##function(struct kpi_day *d, str about);
#include "model/kpi.def"

#endif
