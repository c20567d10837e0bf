/* model/figures: what each KPI stands at, over time, and how good that is.
 *
 * A KPI is measured (`measurements:`, by somebody) or computed (`computed:`, from the dated
 * records); both may stand. derive/figures fills one series for each KPI, with at most one point
 * a day. Where the records say what a figure was, that is its value; where they were written
 * over since, what was measured on that day; where nobody measured, a range or nothing, never a
 * guess. Whoever judges or shows a KPI reads the series and need not ask where it comes from.
 *
 * In a copy that does not hold everything nothing is computed: what is not in it would falsify
 * every figure. Measured values are shown there as they are. */
#ifndef MODEL_FIGURES_H
#define MODEL_FIGURES_H

#include "model/model.h"

/* -- The figures that can be computed (kpi.def) ---------------------------------------------- */

enum kpi_kind { KPI_KIND_SHARE, KPI_KIND_REACH, KPI_KIND_MEAN, KPI_KIND_COUNT };

struct kpi_def {
    str name; /* "bia_completion" */
    enum kpi_kind kind;
    bool is_up; /* better */
    str words;  /* what is counted, of what; without a full stop */
};
extern const struct kpi_def kpi_def[];
extern const size_t kpi_def_count;

const struct kpi_def *kpi_def_find(str name); /* NULL: there is none */
str kpi_unit(const struct kpi_def *def);      /* "%", "days", "count" */

/* -- Values ---------------------------------------------------------------------------------- */

enum value_is {
    VALUE_NONE,    /* nothing there to be counted, or not on that day */
    VALUE_UNKNOWN, /* too much of it was written over since */
    VALUE_RANGE,   /* from low to high */
    VALUE_KNOWN,   /* low and high are the same */
};

struct figure_value {
    enum value_is is;
    double low, high;
    size_t of, unknown; /* of so many it is not known of so many; of a measured value 0 */
};

struct figure_point {
    date day;
    struct figure_value value;        /* that counts */
    struct figure_value computed;     /* what the records give */
    const struct record *measurement; /* what was written for that day, a part of the KPI; NULL */
    bool is_measured;                 /* the value is the measurement's */
};

struct figure {
    const struct kpi_def *def;   /* NULL: it is not computed, or not here */
    bool is_withheld;            /* it is computed, but not in this copy */
    struct figure_point *points; /* by day */
    size_t count;
    date looked; /* the last day on which it was due to be looked at; DATE_NONE: no such day */
};

struct figures {
    const struct figure *of; /* by number of the KPI */
};

const struct figure *kpi_figure(const struct model *m, const struct record *kpi);
/* The last point with a value, known or a range; NULL: there is none. */
const struct figure_point *figure_last(const struct figure *f);
/* The one before that. */
const struct figure_point *figure_before(const struct figure *f);
/* The first with a value since the KPI is kept: what the records give of days before they would
 * give of any figure. NULL: there is none, or nobody says since when it is kept. */
const struct figure_point *figure_first(const struct record *kpi, const struct figure *f);

/* "98.1", "90 to 97", "not known (3 of 32)", "nothing to count"; with the unit where there is one.
 */
str figure_words(struct arena *a, const struct record *kpi, const struct figure_point *p);
/* Of a point with a value: "98.1", "90 to 97", without the unit. */
str figure_bare(struct arena *a, const struct figure_point *p);
/* At most one digit behind the point. */
str figure_number(struct arena *a, double value);
/* The same of a value that is known or a range. */
str figure_value_words(struct arena *a, const struct figure_value *v);
/* What is measured and what the records give are the same, as finely as it was written. */
bool figure_agrees(const struct figure_point *p);

/* -- How good that is ------------------------------------------------------------------------ */

enum rating {
    RATING_NONE, /* no value, no limit, nobody says which way is better, or a range over a limit */
    RATING_GREEN,
    RATING_AMBER,
    RATING_RED,
};
/* A value on a limit has reached it. Without an amber limit what misses green is red. */
enum rating figure_rating(const struct record *kpi, const struct figure_point *p);
/* The limit that must not be passed: amber, or green where there is no other. */
enum field_id kpi_last_limit(const struct record *kpi);

enum trend { TREND_NONE, TREND_BETTER, TREND_SAME, TREND_WORSE };
/* From the value before to the last one, where they can be told apart. */
enum trend figure_trend(const struct record *kpi, const struct figure *f);

#endif
