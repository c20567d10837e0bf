/* model/figures: what a KPI was measured at, and how good that is. */
#ifndef MODEL_FIGURES_H
#define MODEL_FIGURES_H

#include "model/model.h"

struct measured {
    const struct record *first, *last; /* by date, parts of the KPI; NULL: nothing measured */
};
struct measured kpi_measured(const struct record *kpi);

enum rating {
    RATING_NONE, /* no value, no limit, or nobody says which way is better */
    RATING_GREEN,
    RATING_AMBER,
    RATING_RED,
};
/* A value on a limit has reached it. Without an amber limit what misses green is red. */
enum rating kpi_rating(const struct record *kpi, const struct record *measurement);
/* The limit that must not be passed: amber, or green where there is no other. */
enum field_id kpi_last_limit(const struct record *kpi);

#endif
