/* model/figures: what each KPI stands at, over time, and how good that is. */
#include "model/figures.h"

#include <math.h>

/* -- The figures that can be computed -------------------------------------------------------- */

const struct kpi_def kpi_def[] = {
#define KPI(name, function, word, kind, better, words)                                             \
    {S_INIT(#name), KPI_KIND_##kind, KPI_##better, S_INIT(words)},
#define KPI_UP   true
#define KPI_DOWN false
#include "model/kpi.def"
};
const size_t kpi_def_count = COUNT_OF(kpi_def);

const struct kpi_def *kpi_def_find(str name)
{
    for (size_t i = 0; i < kpi_def_count; i++)
        if (str_eq(kpi_def[i].name, name))
            return &kpi_def[i];
    return NULL;
}

str kpi_unit(const struct kpi_def *def)
{
    return def->kind == KPI_KIND_COUNT  ? S("count")
           : def->kind == KPI_KIND_MEAN ? S("days")
                                        : S("%");
}

/* -- Series ---------------------------------------------------------------------------------- */

const struct figure *kpi_figure(const struct model *m, const struct record *kpi)
{
    return &m->figures->of[kpi->number];
}

static const struct figure_point *last_until(const struct figure *f, size_t count)
{
    while (count-- > 0)
        if (f->points[count].value.is >= VALUE_RANGE)
            return &f->points[count];
    return NULL;
}

const struct figure_point *figure_last(const struct figure *f)
{
    return last_until(f, f->count);
}

const struct figure_point *figure_before(const struct figure *f)
{
    const struct figure_point *last = figure_last(f);
    return last != NULL ? last_until(f, (size_t)(last - f->points)) : NULL;
}

const struct figure_point *figure_first(const struct record *kpi, const struct figure *f)
{
    date created = rec_date(kpi, COMMON_CREATED);
    for (size_t i = 0; i < f->count; i++) {
        const struct figure_point *p = &f->points[i];
        bool is_kept = p->is_measured || (created != DATE_NONE && p->day >= created);
        if (is_kept && p->value.is >= VALUE_RANGE)
            return p;
    }
    return NULL;
}

/* -- In words -------------------------------------------------------------------------------- */

str figure_number(struct arena *a, double value)
{
    double tenths = round(value * 10);
    bool is_whole = fmod(tenths, 10) == 0;
    return is_whole ? str_fmt(a, "%.0f", tenths / 10) : str_fmt(a, "%.1f", tenths / 10);
}

str figure_value_words(struct arena *a, const struct figure_value *v)
{
    str low = figure_number(a, v->low), high = figure_number(a, v->high);
    return v->is == VALUE_KNOWN ? low
                                : str_fmt(a, STR_FMT " to " STR_FMT, STR_ARG(low), STR_ARG(high));
}

str figure_bare(struct arena *a, const struct figure_point *p)
{
    return p->is_measured ? rec_text(p->measurement, MEASUREMENT_VALUE)
                          : figure_value_words(a, &p->value);
}

str figure_words(struct arena *a, const struct record *kpi, const struct figure_point *p)
{
    str unit = rec_text(kpi, KPI_UNIT);
    if (p->value.is == VALUE_NONE)
        return S("nothing to count");
    if (p->value.is == VALUE_UNKNOWN)
        return str_fmt(a, "not known (%zu of %zu)", p->value.unknown, p->value.of);
    str words = figure_bare(a, p);
    bool is_plain = unit.n == 0 || str_eq(unit, S("count"));
    return is_plain ? words : str_fmt(a, STR_FMT "\u00a0" STR_FMT, STR_ARG(words), STR_ARG(unit));
}

/* Half a unit of the last digit that was written. */
static double fineness(str number)
{
    double half = 0.5;
    bool is_behind = false;
    for (size_t i = 0; i < number.n; i++) {
        half = is_behind ? half / 10 : half;
        is_behind |= number.p[i] == '.';
    }
    return half;
}

bool figure_agrees(const struct figure_point *p)
{
    const struct field_value *v = rec_value(p->measurement, MEASUREMENT_VALUE);
    double room = fineness(v->text) + 1e-9;
    return v->state != FV_PRESENT || p->computed.is < VALUE_RANGE ||
           (v->decimal >= p->computed.low - room && v->decimal <= p->computed.high + room);
}

/* -- How good that is ------------------------------------------------------------------------ */

enum field_id kpi_last_limit(const struct record *kpi)
{
    return rec_has(kpi, KPI_AMBER) ? KPI_AMBER : KPI_GREEN;
}

static bool is_up(const struct record *kpi)
{
    return str_eq(rec_text(kpi, KPI_DIRECTION), S("up"));
}

static bool reaches(const struct record *kpi, double value, enum field_id limit)
{
    const struct field_value *v = rec_value(kpi, limit);
    return v->state == FV_PRESENT && (is_up(kpi) ? value >= v->decimal : value <= v->decimal);
}

static enum rating rate(const struct record *kpi, double value)
{
    if (reaches(kpi, value, KPI_GREEN))
        return RATING_GREEN;
    return reaches(kpi, value, kpi_last_limit(kpi)) ? RATING_AMBER : RATING_RED;
}

enum rating figure_rating(const struct record *kpi, const struct figure_point *p)
{
    if (p == NULL || p->value.is < VALUE_RANGE || !rec_has(kpi, kpi_last_limit(kpi)) ||
        !rec_has(kpi, KPI_DIRECTION))
        return RATING_NONE;
    enum rating low = rate(kpi, p->value.low);
    return low == rate(kpi, p->value.high) ? low : RATING_NONE;
}

/* So far the values of two days can be told apart: a measured one as finely as it was written,
 * others by the digit that is shown. */
static double room_of(const struct figure_point *p)
{
    return p->is_measured ? fineness(rec_text(p->measurement, MEASUREMENT_VALUE)) : 0.05;
}

enum trend figure_trend(const struct record *kpi, const struct figure *f)
{
    const struct figure_point *last = figure_last(f), *before = figure_before(f);
    if (before == NULL || last->value.is != VALUE_KNOWN || before->value.is != VALUE_KNOWN ||
        !rec_has(kpi, KPI_DIRECTION))
        return TREND_NONE;
    bool is_alike = last->is_measured == before->is_measured;
    double room = is_alike ? 0.05 : fmax(room_of(last), room_of(before));
    double moved = last->value.low - before->value.low;
    if (is_alike && last->is_measured ? moved == 0 : fabs(moved) <= room)
        return TREND_SAME;
    return (moved > 0) == is_up(kpi) ? TREND_BETTER : TREND_WORSE;
}
