/* unit/edits: the way from one sequence to another: true, short where it can be, and fast. */
#include "unit.h"

#include <time.h>

#include "base/edits.h"

static struct arena *memory, *desk_memory;
static struct edits_desk *desk;
static uint64_t dice = 88172645463325252u;

static uint32_t next(uint32_t limit)
{
    dice ^= dice << 13;
    dice ^= dice >> 7;
    dice ^= dice << 17;
    return (uint32_t)(dice % limit);
}

/* What stays of both is the same. */
static void assert_true_edits(const struct edits *e, const uint32_t *a, size_t n, const uint32_t *b,
                              size_t m)
{
    size_t j = 0, deleted = 0, inserted = 0;
    for (size_t i = 0; i < n; i++) {
        deleted += e->is_deleted[i];
        if (e->is_deleted[i])
            continue;
        for (; j < m && e->is_inserted[j]; j++)
            inserted++;
        assert_true(j < m && a[i] == b[j]);
        j++;
    }
    for (; j < m; j++) {
        assert_true(e->is_inserted[j]);
        inserted++;
    }
    assert_int_equal(deleted, e->deleted);
    assert_int_equal(inserted, e->inserted);
}

static struct edits between(const uint32_t *a, size_t n, const uint32_t *b, size_t m)
{
    struct edits e = edits_between(desk, memory, a, n, b, m);
    assert_true_edits(&e, a, n, b, m);
    return e;
}

static void small(void **state)
{
    (void)state;
    const uint32_t a[] = {1, 2, 3, 1, 2, 2, 1}, b[] = {3, 2, 1, 2, 1, 3};
    struct edits e = between(a, 7, b, 6);
    e = between(a, 0, b, 0);
    assert_int_equal(e.deleted + e.inserted, 0);
    e = between(a, 0, b, 6);
    assert_int_equal(e.inserted, 6);
    e = between(a, 7, b, 0);
    assert_int_equal(e.deleted, 7);
    e = between(a, 7, a, 7);
    assert_int_equal(e.deleted + e.inserted, 0);
}

static void random_ones(void **state)
{
    (void)state;
    for (int round = 0; round < 3000; round++) {
        uint32_t a[60], b[60], kinds = 1 + next(30);
        size_t n = next(60), m = next(60);
        for (size_t i = 0; i < n; i++)
            a[i] = next(kinds);
        for (size_t i = 0; i < m; i++)
            b[i] = next(kinds);
        between(a, n, b, m);
        arena_reset(memory);
    }
}

/* Nothing is unique, so that the way is the shortest there is. */
static void shortest(void **state)
{
    (void)state;
    const uint32_t a[] = {1, 2, 3, 1, 2, 2, 1}, b[] = {3, 2, 1, 2, 1, 3}; /* of Myers' paper */
    struct edits e = between(a, 7, b, 6);
    if (!e.is_coarse) /* with its small limits the sanitizers' build may not get that far */
        assert_int_equal(e.deleted + e.inserted, 5);
}

/* More steps apart than the bound: the whole stretch, and said so. */
static void coarse(void **state)
{
    (void)state;
    enum { COUNT = 2 * EDITS_SEARCH_MAX };
    uint32_t *a = NEW_ARRAY(memory, uint32_t, COUNT), *b = NEW_ARRAY(memory, uint32_t, COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        a[i] = next(2);
        b[i] = 2 + next(2);
    }
    struct edits e = between(a, COUNT, b, COUNT);
    assert_true(e.is_coarse);
    assert_int_equal(e.deleted, COUNT);
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double time_of(size_t count, uint32_t kinds, unsigned changed_percent)
{
    double best = 1e9;
    uint32_t *a = NEW_ARRAY(memory, uint32_t, count), *b = NEW_ARRAY(memory, uint32_t, count);
    for (size_t i = 0; i < count; i++) {
        a[i] = next(kinds);
        b[i] = next(100) < changed_percent ? next(kinds) : a[i];
    }
    for (int i = 0; i < 4; i++) { /* the first one makes room */
        double start = seconds();
        between(a, count, b, count);
        double took = seconds() - start;
        best = took < best ? took : best;
    }
    return best;
}

/* Twice the words take at most 2.6 times as long, whatever they are. */
static void grows_evenly(void **state)
{
    (void)state;
    static const struct {
        uint32_t kinds;
        unsigned changed_percent;
    } shape[] = {{2, 100}, {2, 30}, {50, 100}, {5000, 5}, {5000, 100}, {1000000, 20}};
    enum { WORDS = 100000 };
    for (size_t i = 0; i < sizeof shape / sizeof *shape; i++) {
        double one = time_of(WORDS, shape[i].kinds, shape[i].changed_percent);
        double two = time_of(2 * WORDS, shape[i].kinds, shape[i].changed_percent);
        if (two > 2.6 * one + 0.05)
            fail_msg("shape %zu: %.4f s, then %.4f s", i, one, two);
        arena_reset(memory);
    }
}

int unit_edits(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(small),  cmocka_unit_test(random_ones),  cmocka_unit_test(shortest),
        cmocka_unit_test(coarse), cmocka_unit_test(grows_evenly),
    };
    memory = arena_new("test", (size_t)1 << 30);
    desk_memory = arena_new("desk", (size_t)1 << 30);
    desk = edits_desk_new(desk_memory);
    int failed = unit_run("edits", cases);
    arena_free(desk_memory);
    arena_free(memory);
    return failed;
}
