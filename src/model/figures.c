/* model/figures: what a KPI was measured at, and how good that is. */
#include "model/figures.h"

struct measured kpi_measured(const struct record *kpi)
{
    struct measured m = {0};
    size_t count;
    const struct field_value *items = rec_items(kpi, KPI_MEASUREMENTS, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *one = items[i].state == FV_PRESENT ? items[i].record : NULL;
        date day = one ? rec_date(one, MEASUREMENT_DATE) : DATE_NONE;
        if (day == DATE_NONE)
            continue;
        if (m.first == NULL || day < rec_date(m.first, MEASUREMENT_DATE))
            m.first = one;
        if (m.last == NULL || day >= rec_date(m.last, MEASUREMENT_DATE))
            m.last = one;
    }
    return m;
}

enum field_id kpi_last_limit(const struct record *kpi)
{
    return rec_has(kpi, KPI_AMBER) ? KPI_AMBER : KPI_GREEN;
}

static bool reaches(const struct record *kpi, double value, enum field_id limit)
{
    const struct field_value *v = rec_value(kpi, limit);
    bool is_up = str_eq(rec_text(kpi, KPI_DIRECTION), S("up"));
    return v->state == FV_PRESENT && (is_up ? value >= v->decimal : value <= v->decimal);
}

enum rating kpi_rating(const struct record *kpi, const struct record *measurement)
{
    const struct field_value *value = rec_value(measurement, MEASUREMENT_VALUE);
    if (value->state != FV_PRESENT || !rec_has(kpi, kpi_last_limit(kpi)) ||
        !rec_has(kpi, KPI_DIRECTION))
        return RATING_NONE;
    if (reaches(kpi, value->decimal, KPI_GREEN))
        return RATING_GREEN;
    return reaches(kpi, value->decimal, kpi_last_limit(kpi)) ? RATING_AMBER : RATING_RED;
}
