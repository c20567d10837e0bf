/* unit/arena: memory that dies together. */
#include <string.h>

#if defined ARENA_DEBUG && defined __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#endif

#include "unit.h"

#include "base/fatal.h"

static struct arena *memory;

static void objects_are_apart(void **state)
{
    (void)state;
    enum { COUNT = 5000 };
    static unsigned char *object[COUNT];
    arena_reset(memory);
    for (size_t i = 0; i < COUNT; i++) {
        object[i] = arena_alloc(memory, 1 + i % 97, 1, 1);
        for (size_t b = 0; b < 1 + i % 97; b++)
            assert_int_equal(object[i][b], 0);
        memset(object[i], (int)(i & 0xFF), 1 + i % 97);
    }
    for (size_t i = 0; i < COUNT; i++)
        for (size_t b = 0; b < 1 + i % 97; b++)
            assert_int_equal(object[i][b], i & 0xFF);
}

static void alignment(void **state)
{
    (void)state;
    for (size_t align = 1; align <= _Alignof(max_align_t); align *= 2)
        for (size_t size = 1; size < 40; size++) {
            arena_alloc(memory, 1, 1, 1);
            assert_int_equal((uintptr_t)arena_alloc(memory, 1, size, align) % align, 0);
        }
}

static void large_objects(void **state)
{
    (void)state;
    arena_reset(memory);
    unsigned char *small = arena_alloc(memory, 10, 1, 1);
    unsigned char *large = arena_alloc(memory, 6, 1024 * 1024, 8); /* more than any chunk */
    memset(small, 1, 10);
    memset(large, 2, (size_t)6 * 1024 * 1024);
    assert_int_equal(small[9], 1);
    assert_int_equal(arena_used_bytes(memory), 10 + 6 * 1024 * 1024);
}

static void reset_clears(void **state)
{
    (void)state;
    for (int round = 0; round < 3; round++) {
        arena_reset(memory);
        assert_int_equal(arena_used_bytes(memory), 0);
        for (size_t i = 0; i < 300; i++) {
            unsigned char *p = arena_alloc(memory, 1000, 1, 1);
            for (size_t b = 0; b < 1000; b++)
                assert_int_equal(p[b], 0);
            memset(p, 0xEE, 1000);
        }
    }
}

static void growing_arrays(void **state)
{
    (void)state;
    int *v = NULL;
    size_t n = 0, cap = 0;
    for (int i = 0; i < 10000; i++)
        PUSH(memory, v, n, cap, int) = i;
    assert_int_equal(n, 10000);
    assert_true(cap >= n);
    for (int i = 0; i < 10000; i++)
        assert_int_equal(v[i], i);
}

static void exceed_limit(void *self)
{
    (void)self;
    struct arena *a = arena_new("tiny", 1000);
    arena_alloc(a, 1000, 1, 1);
    arena_alloc(a, 1, 1, 1);
}

static void exceed_at_once(void *self)
{
    (void)self;
    arena_alloc(arena_new("tiny", 1000), 1001, 1, 1);
}

static void overflow(void *self)
{
    (void)self;
    arena_alloc(arena_new("huge", SIZE_MAX), SIZE_MAX / 4, 16, 1);
}

static void limits(void **state)
{
    (void)state;
    char said[200];
    assert_int_equal(unit_dies(exceed_limit, NULL, said, sizeof said), EXIT_MACHINE);
    assert_string_equal(said, "continuo: arena 'tiny' is over its limit of 1000 bytes\n");
    assert_int_equal(unit_dies(exceed_at_once, NULL, said, sizeof said), EXIT_MACHINE);
    assert_string_equal(said, "continuo: arena 'tiny' is over its limit of 1000 bytes\n");
    assert_int_equal(unit_dies(overflow, NULL, said, sizeof said), EXIT_MACHINE);
    assert_non_null(strstr(said, "is too much"));
}

/* With -DARENA_DEBUG a sanitizer must see the first byte behind every object. */
static void debug_edges(void **state)
{
    (void)state;
#if defined ARENA_DEBUG && defined __SANITIZE_ADDRESS__
    for (size_t size = 1; size < 64; size++)
        for (size_t align = 1; align <= 16; align *= 2) {
            char *p = arena_alloc(memory, size, 1, align);
            assert_false(__asan_address_is_poisoned(p + size - 1));
            assert_true(__asan_address_is_poisoned(p + size));
        }
#elif !defined ARENA_DEBUG
    char *p = arena_alloc(memory, 1, 1, 1), *q = arena_alloc(memory, 1, 1, 1);
    assert_ptr_equal(p + 1, q); /* no book-keeping between objects */
#endif
}

static void free_of_nothing(void **state)
{
    (void)state;
    arena_free(NULL);
    arena_free(arena_new("unused", 1));
}

int unit_arena(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(objects_are_apart), cmocka_unit_test(alignment),
        cmocka_unit_test(large_objects),     cmocka_unit_test(reset_clears),
        cmocka_unit_test(growing_arrays),    cmocka_unit_test(limits),
        cmocka_unit_test(debug_edges),       cmocka_unit_test(free_of_nothing),
    };
    memory = arena_new("unit", (size_t)64 << 20);
    int failed = unit_run("arena", cases);
    arena_free(memory);
    return failed;
}
