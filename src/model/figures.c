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
const size_t kpi_def_count = sizeof kpi_def / sizeof *kpi_def;

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

date figure_since(const struct record *kpi, const struct figure *f)
{
    date created = rec_date(kpi, COMMON_CREATED);
    for (size_t i = 0; i < f->count; i++)
        if (f->points[i].value.is >= VALUE_RANGE &&
            (f->points[i].is_measured || created == DATE_NONE || f->points[i].day >= created))
            return f->points[i].day;
    return DATE_NONE;
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
    return is_plain ? words : str_fmt(a, STR_FMT " " STR_FMT, STR_ARG(words), STR_ARG(unit));
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

/* What reads alike is the same, though it differs behind the last digit. */
enum trend figure_trend(struct arena *a, const struct record *kpi, const struct figure *f)
{
    const struct figure_point *last = figure_last(f), *before = figure_before(f);
    if (before == NULL || last->value.is != VALUE_KNOWN || before->value.is != VALUE_KNOWN ||
        !rec_has(kpi, KPI_DIRECTION))
        return TREND_NONE;
    if (str_eq(figure_number(a, last->value.low), figure_number(a, before->value.low)))
        return TREND_SAME;
    return (last->value.low > before->value.low) == is_up(kpi) ? TREND_BETTER : TREND_WORSE;
}
