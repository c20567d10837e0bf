/* derive/figures: the series of every KPI, from what was measured and what the records give. */
#include "derive/figures.h"

#include <stdlib.h>

#include "derive/derive.h"
#include "derive/kpi.h"

enum { SCRATCH_BYTES_MAX = 1 << 30 };

/* -- Period ends ----------------------------------------------------------------------------- */

/* In months; 0: no period of the calendar. */
static int months_of(duration every)
{
    static const struct {
        long long from, to;
        int months;
    } period[] = {{28, 31, 1}, {89, 92, 3}, {180, 184, 6}, {360, 366, 12}};
    long long days = every / MINUTES_PER_DAY;
    if (every == DURATION_NONE)
        return 3;
    for (size_t i = 0; i < COUNT_OF(period); i++)
        if (days >= period[i].from && days <= period[i].to)
            return period[i].months;
    return 0;
}

size_t figure_ends(date as_of, duration every, date ends[FIGURE_PERIODS])
{
    enum { FIRST_YEAR = 1900 }; /* of dates that can be read */
    int months = months_of(every);
    long long days = every / MINUTES_PER_DAY < 1 ? 1 : every / MINUTES_PER_DAY;
    struct ymd d = date_ymd(as_of);
    date first = date_from((struct ymd){d.year, d.month, 1});
    size_t count = 0;
    first = months != 0 ? date_add_months(first, -((d.month - 1) % months)) : first;
    for (; count < FIGURE_PERIODS; count++) {
        long long back = (long long)count * (months != 0 ? months : days);
        if (months == 0 && as_of - back - days < date_from((struct ymd){FIRST_YEAR, 1, 1}))
            break;
        ends[count] =
            months != 0 ? date_add_months(first, -(int)back) - 1 : as_of - (date)(back + days);
    }
    return count;
}

/* -- Which days ------------------------------------------------------------------------------ */

struct days {
    date items[FIGURE_DAYS_MAX];
    size_t count;
};

static void add_day(struct days *d, date day)
{
    for (size_t i = 0; i < d->count; i++)
        if (d->items[i] == day)
            return;
    if (d->count < FIGURE_DAYS_MAX)
        d->items[d->count++] = day;
}

struct making {
    struct arena *scratch;
    struct model *model;
    struct figure *figures; /* by number of the KPI */
    struct days days;
    bool *is_used;               /* by place in kpi_def */
    struct figure_value *values; /* by day, then by place in kpi_def */
};

static const struct record_list *kpis(const struct making *x)
{
    return model_list(x->model, TYPE_KPI);
}

static bool is_computed(const struct making *x, size_t kpi)
{
    return x->figures[kpi].def != NULL && rec_is_live(kpis(x)->items[kpi]);
}

static void add_ends(struct making *x, const struct record *kpi)
{
    date ends[FIGURE_PERIODS];
    size_t count = figure_ends(x->model->as_of, rec_duration(kpi, KPI_FREQUENCY), ends);
    add_day(&x->days, x->model->as_of);
    for (size_t i = 0; i < count; i++)
        add_day(&x->days, ends[i]);
}

static const struct record *measurement_of(const struct field_value *v)
{
    bool has_day = v->state == FV_PRESENT && rec_has(v->record, MEASUREMENT_DATE);
    return has_day && rec_has(v->record, MEASUREMENT_VALUE) ? v->record : NULL;
}

/* What was measured is compared with what the records give for the day. */
static void add_measured_days(struct making *x, const struct record *kpi)
{
    size_t count;
    const struct field_value *v = rec_items(kpi, KPI_MEASUREMENTS, &count);
    for (size_t i = count; i-- > 0;)
        if (measurement_of(&v[i]) != NULL)
            add_day(&x->days, rec_date(v[i].record, MEASUREMENT_DATE));
}

/* Ends of periods come first: if there is no room for all, the trend has it. */
static void find_days(struct making *x)
{
    for (int measured = 0; measured < 2; measured++)
        for (size_t i = 0; i < kpis(x)->count; i++) {
            if (!is_computed(x, i))
                continue;
            (measured ? add_measured_days : add_ends)(x, kpis(x)->items[i]);
            x->is_used[x->figures[i].def - kpi_def] = true;
        }
}

/* -- What the records give ------------------------------------------------------------------- */

static void compute(struct making *x, struct figure_value *values, const struct model *m)
{
    struct arena *a = arena_new("figures", SCRATCH_BYTES_MAX);
    struct kpi_day *day = kpi_day_new(a, m);
    for (size_t i = 0; i < kpi_def_count; i++)
        if (x->is_used[i])
            values[i] = kpi_compute(day, &kpi_def[i]);
    arena_free(a);
}

static void compute_all(struct making *x)
{
    x->values = NEW_ARRAY(x->scratch, struct figure_value, x->days.count * kpi_def_count + 1);
    for (size_t i = 0; i < x->days.count; i++) {
        struct figure_value *values = &x->values[i * kpi_def_count];
        if (x->days.items[i] == x->model->as_of) {
            compute(x, values, x->model);
            continue;
        }
        struct model *past = derive_as_of(x->model, x->days.items[i]);
        compute(x, values, past);
        derive_as_of_free(past);
    }
}

/* -- The series ------------------------------------------------------------------------------ */

struct series {
    struct figure_point *points;
    size_t count, cap;
};

static void add_point(struct making *x, struct series *s, const struct figure_point *p)
{
    PUSH(x->model->arena, s->points, s->count, s->cap, struct figure_point) = *p;
}

static void add_computed(struct making *x, struct series *s, const struct figure *f, date day)
{
    for (size_t i = 0; i < x->days.count; i++)
        if (x->days.items[i] == day)
            add_point(x, s,
                      &(struct figure_point){
                          .day = day,
                          .computed = x->values[i * kpi_def_count + (size_t)(f->def - kpi_def)]});
}

/* Computed before measured, and that as it is written. */
static int by_day(const void *one, const void *other)
{
    const struct figure_point *a = one, *b = other;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    uint32_t x = a->measurement != NULL ? a->measurement->span.off + 1 : 0;
    uint32_t y = b->measurement != NULL ? b->measurement->span.off + 1 : 0;
    return x < y ? -1 : x > y;
}

/* What was computed and measured on one day is one point. */
static size_t join(struct figure_point *p, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept != 0 && p[kept - 1].day == p[i].day) {
            if (p[i].measurement != NULL)
                p[kept - 1].measurement = p[i].measurement;
            else
                p[kept - 1].computed = p[i].computed;
        } else {
            p[kept++] = p[i];
        }
    }
    return kept;
}

/* Nobody measured, and there was nothing to be counted yet. */
static bool is_empty(const struct figure_point *p)
{
    return p->measurement == NULL && p->computed.of == 0;
}

static void choose_value(struct figure_point *p)
{
    p->is_measured = p->measurement != NULL && p->computed.is != VALUE_KNOWN;
    p->value = p->computed;
    if (!p->is_measured)
        return;
    double value = rec_value(p->measurement, MEASUREMENT_VALUE)->decimal;
    p->value = (struct figure_value){.is = VALUE_KNOWN, .low = value, .high = value};
}

static void add_measured(struct making *x, struct series *s, const struct record *kpi)
{
    size_t count;
    const struct field_value *v = rec_items(kpi, KPI_MEASUREMENTS, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *one = measurement_of(&v[i]);
        if (one != NULL)
            add_point(
                x, s,
                &(struct figure_point){.day = rec_date(one, MEASUREMENT_DATE), .measurement = one});
    }
}

static void add_all_computed(struct making *x, struct series *s, const struct figure *f,
                             const struct record *kpi)
{
    date ends[FIGURE_PERIODS];
    size_t measured = s->count;
    size_t count = figure_ends(x->model->as_of, rec_duration(kpi, KPI_FREQUENCY), ends);
    for (size_t i = 0; i < measured; i++)
        add_computed(x, s, f, s->points[i].day);
    for (size_t i = 0; i < count; i++)
        add_computed(x, s, f, ends[i]);
    add_computed(x, s, f, x->model->as_of);
}

/* Of a computed one the end of a period or the as-of day when that is one; else when it was
 * measured. */
static date looked_at(const struct making *x, const struct figure *f, const struct record *kpi)
{
    date ends[FIGURE_PERIODS];
    if (f->def == NULL)
        return f->count != 0 ? f->points[f->count - 1].day : DATE_NONE;
    size_t count = figure_ends(x->model->as_of + 1, rec_duration(kpi, KPI_FREQUENCY), ends);
    return count != 0 ? ends[0] : DATE_NONE;
}

static void make_series(struct making *x, size_t kpi)
{
    const struct record *r = kpis(x)->items[kpi];
    struct figure *f = &x->figures[kpi];
    struct series s = {0};
    size_t empty = 0;
    add_measured(x, &s, r);
    if (is_computed(x, kpi))
        add_all_computed(x, &s, f, r);
    if (s.count != 0)
        qsort(s.points, s.count, sizeof *s.points, by_day);
    s.count = join(s.points, s.count);
    while (empty + 1 < s.count && is_empty(&s.points[empty]))
        empty++;
    f->points = s.points + empty;
    f->count = s.count - empty;
    for (size_t i = 0; i < f->count; i++)
        choose_value(&f->points[i]);
    f->looked = looked_at(x, f, r);
}

static void name_figures(struct making *x)
{
    bool is_whole = !model_is_partial(x->model) && x->model->as_of != DATE_NONE;
    for (size_t i = 0; i < kpis(x)->count; i++) {
        const struct record *r = kpis(x)->items[i];
        x->figures[i].def = is_whole ? kpi_def_find(rec_text(r, KPI_COMPUTED)) : NULL;
        x->figures[i].is_withheld = model_is_partial(x->model) && !rec_lacks(r, KPI_COMPUTED);
    }
}

void derive_figures(struct model *m)
{
    size_t count = model_list(m, TYPE_KPI)->count;
    struct figures *all = NEW(m->arena, struct figures);
    struct making x = {.scratch = arena_new("figures", SCRATCH_BYTES_MAX),
                       .model = m,
                       .figures = NEW_ARRAY(m->arena, struct figure, count + 1)};
    x.is_used = NEW_ARRAY(x.scratch, bool, kpi_def_count);
    name_figures(&x);
    find_days(&x);
    compute_all(&x);
    for (size_t i = 0; i < count; i++)
        make_series(&x, i);
    all->of = x.figures;
    m->figures = all;
    arena_free(x.scratch);
}
