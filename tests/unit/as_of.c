/* unit/as_of: a model as of an earlier day is what would have been loaded as of that day. */
#include <unistd.h>

#include "unit.h"

#include "base/file.h"
#include "derive/derive.h"
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

int unit_as_of(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(is_as_if_loaded_then),
        cmocka_unit_test(leaves_the_whole_as_it_was),
    };
    return unit_run("as_of", cases);
}
