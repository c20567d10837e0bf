/* unit/task_path: the order of a plan's tasks in time, by hand. */
#include "unit.h"

#include "model/task_path.h"

enum { ARENA_BYTES_MAX = 1 << 28 };

static struct arena *memory;
static struct model *model;
static struct record *plan;

/* -- A plan of a few tasks ------------------------------------------------------------------ */

static struct field_value *field(struct record *r, enum field_id id)
{
    return &r->values[schema_slot(r->type, id)];
}

static void put_text(struct record *r, enum field_id id, const char *text)
{
    *field(r, id) = (struct field_value){.state = FV_PRESENT, .text = str_from(text)};
}

static struct record *add(enum type_id type, const char *id)
{
    struct record *r = record_new(model, model->schema->types[type], (struct span){0, 0, 0});
    r->id = str_from(id);
    model_add(model, r);
    return r;
}

/* `length` and `after` ("T1 T2") may be NULL. */
static struct record *task(long long no, const char *length, const char *after)
{
    struct record *r = add(TYPE_TASK, str_c(memory, str_fmt(memory, "T%lld", no)));
    put_text(r, TASK_PLAN, "P1");
    *field(r, TASK_NO) = (struct field_value){.state = FV_PRESENT, .number = no};
    if (length != NULL) {
        put_text(r, TASK_DURATION, length);
        assert_true(duration_parse(str_from(length), &field(r, TASK_DURATION)->minutes));
    }
    struct field_value *list = NEW_ARRAY(memory, struct field_value, 100);
    size_t count = 0;
    str rest = str_from(after), id;
    while (rest.n != 0) {
        rest = str_cut(rest, ' ', &id);
        list[count++] = (struct field_value){.state = FV_PRESENT, .text = id};
    }
    if (count != 0)
        *field(r, TASK_AFTER) =
            (struct field_value){.state = FV_PRESENT, .list = {.items = list, .count = count}};
    return r;
}

static struct task_path *path(void)
{
    model_link(model);
    return model_task_path(memory, model, plan);
}

/* "1: 0 to 10, slack 5" for each task, '*' for critical ones. */
static str times(const struct task_path *p)
{
    struct buf b = buf_in(memory, 256);
    for (size_t i = 0; i < p->count; i++) {
        const struct task_time *t = &p->tasks[i];
        buf_fmt(&b, STR_FMT, STR_ARG(t->task->id));
        if (t->start == DURATION_NONE) {
            assert_true(t->latest == DURATION_NONE && t->slack == DURATION_NONE);
            buf_add(&b, t->is_in_circle ? S(" circle\n") : S(" behind\n"));
            continue;
        }
        assert_int_equal(t->latest - t->start, t->slack);
        buf_fmt(&b, " %lld+%lld%s%s\n", (long long)t->start, (long long)t->slack,
                t->is_critical ? " *" : "", t->is_lower_bound ? " at least" : "");
    }
    return buf_str(&b);
}

static str chain(const struct task_path *p)
{
    struct buf b = buf_in(memory, 64);
    for (size_t i = 0; i < p->chain_count; i++)
        buf_fmt(&b, "%s" STR_FMT, i ? " " : "", STR_ARG(p->tasks[p->chain[i]].task->id));
    return buf_str(&b);
}

static int set_up(void **state)
{
    (void)state;
    memory = arena_new("unit", ARENA_BYTES_MAX);
    model = model_new(memory);
    model_open(model);
    plan = add(TYPE_PLAN, "P1");
    add(TYPE_PLAN, "P2");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(memory);
    return 0;
}

/* -- Cases ---------------------------------------------------------------------------------- */

static void no_tasks(void **state)
{
    (void)state;
    struct task_path *p = path();
    assert_int_equal(p->count, 0);
    assert_true(p->total == DURATION_NONE && !p->is_lower_bound);
    assert_int_equal(p->chain_count, 0);
}

/* Two ways from 1 to 4, and a task on its own. */
static void the_longest_way_counts(void **state)
{
    (void)state;
    task(4, "5m", "T2 T3");
    task(1, "10m", NULL);
    task(2, "20m", "T1");
    task(3, "1h", "T1");
    task(5, "15m", "");
    struct task_path *p = path();
    assert_str(times(p), "T1 0+0 *\nT2 10+40\nT3 10+0 *\nT4 70+0 *\nT5 0+60\n");
    assert_int_equal(p->total, 75);
    assert_false(p->is_lower_bound);
    assert_str(chain(p), "T1 T3 T4");
    assert_int_equal(p->tasks[3].after_count, 2);
    assert_int_equal(p->tasks[3].after[1], 2);
}

static void two_critical_ways_and_tasks_of_no_time(void **state)
{
    (void)state;
    task(1, "0m", NULL);
    task(2, "10m", "T1");
    task(3, "10m", "T1 T1");
    task(4, "0m", "T3 T2");
    struct task_path *p = path();
    assert_str(times(p), "T1 0+0 *\nT2 0+0 *\nT3 0+0 *\nT4 10+0 *\n");
    assert_int_equal(p->total, 10);
    assert_str(chain(p), "T1 T3 T4");
}

static void what_is_unknown_makes_lower_bounds(void **state)
{
    (void)state;
    task(1, "10m", NULL);
    task(2, NULL, "T1");
    task(3, "5m", "T2");
    task(4, "5m", "T1");
    struct task_path *p = path();
    assert_str(times(p), "T1 0+0 *\nT2 10+0 *\nT3 10+0 * at least\nT4 10+0 *\n");
    assert_int_equal(p->total, 15);
    assert_true(p->is_lower_bound);
    assert_int_equal(p->unknown_count, 1);
}

/* Of another plan, out of use, for exercises, unknown: nobody knows when they are done. */
static void what_is_not_among_the_tasks_is_unknown(void **state)
{
    (void)state;
    put_text(task(1, "9h", NULL), TASK_PLAN, "P2");
    put_text(task(2, "9h", NULL), COMMON_STATUS, "withdrawn");
    put_text(task(3, "9h", NULL), TASK_MODE, "exercise");
    put_text(task(4, "1m", NULL), TASK_MODE, "real");
    task(5, "1m", "T4");
    task(6, "1m", "T1");
    task(7, "1m", "T2");
    task(8, "1m", "T3");
    task(9, "1m", "T99 T4");
    struct task_path *p = path();
    assert_str(times(p), "T4 0+0 *\nT5 1+0 *\nT6 0+1 at least\nT7 0+1 at least\nT8 0+1 at least\n"
                         "T9 1+0 * at least\n");
    assert_true(p->is_lower_bound);
    assert_int_equal(p->unknown_count, 0);
}

/* 3 and 4 wait for each other, 6 for itself; 5 comes after both circles, 7 lies between. */
static void circles_have_no_times(void **state)
{
    (void)state;
    task(1, "10m", NULL);
    task(2, "10m", "T1");
    task(3, "10m", "T1 T4");
    task(4, "10m", "T3");
    task(5, "10m", "T4 T6");
    task(6, "10m", "T6 T7");
    task(7, "10m", "T4");
    struct task_path *p = path();
    assert_str(times(p), "T1 0+0 *\nT2 10+0 *\nT3 circle\nT4 circle\nT5 behind\nT6 circle\n"
                         "T7 circle\n");
    assert_int_equal(p->total, 20);
    assert_true(p->is_lower_bound);
    assert_int_equal(p->circle_count, 4);
    assert_str(chain(p), "T1 T2");
}

static void nothing_but_a_circle(void **state)
{
    (void)state;
    task(1, "10m", "T2");
    task(2, "10m", "T1");
    struct task_path *p = path();
    assert_str(times(p), "T1 circle\nT2 circle\n");
    assert_true(p->total == DURATION_NONE && p->is_lower_bound);
    assert_int_equal(p->chain_count, 0);
}

/* Longer than any recursion would bear, and with as many links again. */
static void a_long_chain(void **state)
{
    (void)state;
    enum { COUNT = 20000 };
    task(1, "1m", NULL);
    task(2, "1m", "T1");
    for (long long no = 3; no <= COUNT; no++)
        task(no, "1m", str_c(memory, str_fmt(memory, "T%lld T%lld", no - 1, no - 2)));
    struct task_path *p = path();
    assert_int_equal(p->total, COUNT);
    assert_int_equal(p->chain_count, COUNT);
}

int unit_task_path(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test_setup_teardown(no_tasks, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_longest_way_counts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(two_critical_ways_and_tasks_of_no_time, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_unknown_makes_lower_bounds, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_not_among_the_tasks_is_unknown, set_up, tear_down),
        cmocka_unit_test_setup_teardown(circles_have_no_times, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_but_a_circle, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_long_chain, set_up, tear_down),
    };
    return unit_run("task_path", cases);
}
