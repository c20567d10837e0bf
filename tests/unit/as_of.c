/* unit/as_of: a model, and a figure, as of an earlier day is what would have been then. */
#include <unistd.h>

#include "unit.h"

#include "base/file.h"
#include "derive/derive.h"
#include "derive/figures.h"
#include "load/load.h"
#include "model/later.h"
#include "model/recovery.h"

enum { ARENA_BYTES_MAX = 1 << 28 };

static struct arena *memory;

/* The example organisation, which has years of dated records. */
static struct model *load(const char *day)
{
    int content;
    struct model *m = model_new(memory);
    assert_int_equal(dir_open("content", &content), 0);
    load_content(m, diags_new(memory), content, S("content"));
    close(content);
    assert_true(date_parse(S("2026-06-30"), &m->known_until));
    assert_true(date_parse(str_from(day), &m->as_of));
    model_look_back(m);
    derive_settle(m);
    derive_facts(m);
    return m;
}

static void same_record(const struct record *one, const struct record *other);

static void same_value(const struct field_def *f, const struct field_value *one,
                       const struct field_value *other)
{
    assert_int_equal(one->state, other->state);
    if (one->state == FV_PRESENT && f->kind == FIELD_PART)
        same_record(one->record, other->record);
    else if (one->state == FV_PRESENT)
        assert_true(str_eq(value_data(memory, f, one), value_data(memory, f, other)));
}

static void same_record(const struct record *one, const struct record *other)
{
    assert_true(str_eq(one->id, other->id));
    assert_int_equal(one->is_later, other->is_later);
    assert_int_equal(one->back_count, other->back_count);
    assert_int_equal(one->class_level, other->class_level);
    for (size_t i = 0; i < one->type->field_count; i++) {
        const struct field_def *f = &one->type->fields[i];
        const struct field_value *v = &one->values[i], *w = &other->values[i];
        if (f->count == FIELD_ONE || v->state != FV_PRESENT) {
            same_value(f, v, w);
            continue;
        }
        assert_int_equal(w->state, FV_PRESENT);
        assert_int_equal(v->list.count, w->list.count);
        for (size_t j = 0; j < v->list.count; j++)
            same_value(f, &v->list.items[j], &w->list.items[j]);
    }
}

static void same_facts(const struct model *one, const struct model *other)
{
    assert_int_equal(one->recovery->count, other->recovery->count);
    for (size_t i = 0; i < one->recovery->count; i++) {
        const struct node *v = &one->recovery->nodes[i], *w = &other->recovery->nodes[i];
        assert_int_equal(v->asked[TIME_RTO].value, w->asked[TIME_RTO].value);
        assert_int_equal(v->able[TIME_RTO].value, w->able[TIME_RTO].value);
        assert_int_equal(v->proven[TIME_RTO].value, w->proven[TIME_RTO].value);
    }
}

static void is_as_if_loaded_then(void **state)
{
    (void)state;
    static const char *const days[] = {"2026-06-30", "2025-12-31", "2024-06-30"};
    memory = arena_new("unit", ARENA_BYTES_MAX);
    const struct model *now = load("2026-06-30");
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        const struct model *then = load(days[i]);
        struct model *past = derive_as_of(now, then->as_of);
        assert_int_equal(past->all.count, then->all.count);
        for (size_t j = 0; j < then->all.count; j++)
            same_record(then->all.items[j], past->all.items[j]);
        same_facts(then, past);
        derive_as_of_free(past);
    }
    arena_free(memory);
}

static void leaves_the_whole_as_it_was(void **state)
{
    (void)state;
    memory = arena_new("unit", ARENA_BYTES_MAX);
    const struct model *now = load("2026-06-30"), *again = load("2026-06-30");
    derive_as_of_free(derive_as_of(now, again->as_of - 365));
    for (size_t i = 0; i < now->all.count; i++)
        same_record(now->all.items[i], again->all.items[i]);
    arena_free(memory);
}

/* -- Figures --------------------------------------------------------------------------------- */

static void same_figure(const struct figure_point *trend, const struct figure_point *then)
{
    assert_int_equal(trend->day, then->day);
    assert_int_equal(trend->computed.is, then->computed.is);
    assert_int_equal(trend->computed.of, then->computed.of);
    assert_int_equal(trend->computed.unknown, then->computed.unknown);
    assert_true(trend->computed.low == then->computed.low);
    assert_true(trend->computed.high == then->computed.high);
}

/* Every figure that can be computed, whatever the example asks for. */
static void compute_all(struct model *m, struct figure *figures)
{
    struct record_list *kpis = &m->by_type[TYPE_KPI];
    assert_true(kpis->count * 3 >= kpi_def_count);
    for (size_t round = 0; round < 3; round++) {
        for (size_t i = 0; i < kpis->count; i++) {
            struct record *kpi = kpis->items[i];
            size_t def = (round * kpis->count + i) % kpi_def_count;
            kpi->values[schema_slot(kpi->type, KPI_COMPUTED)] =
                (struct field_value){.state = FV_PRESENT, .text = kpi_def[def].name};
        }
        derive_figures(m);
        for (size_t i = 0; i < kpis->count; i++) {
            const struct figure *f = kpi_figure(m, kpis->items[i]);
            figures[f->def - kpi_def] = *f;
        }
    }
}

static const struct figure_point *point_of(const struct figure *f, date day)
{
    for (size_t i = 0; i < f->count; i++)
        if (f->points[i].day == day)
            return &f->points[i];
    return NULL;
}

static void a_trend_is_what_was_computed_then(void **state)
{
    (void)state;
    static const char *const days[] = {"2026-03-31", "2025-12-31", "2025-03-31", "2024-12-31"};
    memory = arena_new("unit", ARENA_BYTES_MAX);
    struct figure *now = NEW_ARRAY(memory, struct figure, kpi_def_count);
    compute_all(load("2026-06-30"), now);
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        struct figure *then = NEW_ARRAY(memory, struct figure, kpi_def_count);
        struct model *m = load(days[i]);
        size_t compared = 0;
        compute_all(m, then);
        for (size_t k = 0; k < kpi_def_count; k++) {
            const struct figure_point *trend = point_of(&now[k], m->as_of);
            if (trend != NULL)
                same_figure(trend, point_of(&then[k], m->as_of));
            compared += trend != NULL;
        }
        assert_true(compared > kpi_def_count / 4);
    }
    arena_free(memory);
}

static void ends(const char *as_of, const char *every, const char *first, const char *last)
{
    date day, found[FIGURE_PERIODS];
    duration period = DURATION_NONE;
    assert_true(date_parse(str_from(as_of), &day));
    assert_true(every[0] == 0 || duration_parse(str_from(every), &period));
    assert_int_equal(figure_ends(day, period, found), FIGURE_PERIODS);
    assert_str(date_iso(memory, found[0]), first);
    assert_str(date_iso(memory, found[FIGURE_PERIODS - 1]), last);
}

static void periods_end_with_the_calendar(void **state)
{
    (void)state;
    memory = arena_new("unit", ARENA_BYTES_MAX);
    ends("2026-06-30", "90d", "2026-03-31", "2024-06-30");
    ends("2026-07-01", "90d", "2026-06-30", "2024-09-30");
    ends("2026-06-30", "13w", "2026-03-31", "2024-06-30");
    ends("2026-06-30", "", "2026-03-31", "2024-06-30");
    ends("2026-03-30", "30d", "2026-02-28", "2025-07-31");
    ends("2024-03-31", "31d", "2024-02-29", "2023-07-31");
    ends("2026-06-30", "182d", "2025-12-31", "2022-06-30");
    ends("2026-06-30", "365d", "2025-12-31", "2018-12-31");
    ends("2026-06-30", "10d", "2026-06-20", "2026-04-11");
    ends("2026-06-30", "15m", "2026-06-29", "2026-06-22");
    arena_free(memory);
}

int unit_as_of(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(is_as_if_loaded_then),
        cmocka_unit_test(leaves_the_whole_as_it_was),
        cmocka_unit_test(a_trend_is_what_was_computed_then),
        cmocka_unit_test(periods_end_with_the_calendar),
    };
    return unit_run("as_of", cases);
}
