/* unit/map: from a name to a pointer, and from a name to a number. */
#include "unit.h"

#include "base/map.h"
#include "base/name.h"

static struct arena *memory;

static void put_and_find(void **state)
{
    (void)state;
    struct map m = map_in(memory);
    int one, two;
    assert_null(map_find(&m, S("a")));
    assert_null(map_put(&m, S("a"), &one));
    assert_ptr_equal(map_put(&m, S("a"), &two), &one); /* the first stays */
    assert_ptr_equal(map_find(&m, S("a")), &one);
    assert_null(map_put(&m, S(""), &two));
    assert_ptr_equal(map_find(&m, (str){NULL, 0}), &two);
    assert_int_equal(m.count, 2);
}

static void many_in_order(void **state)
{
    (void)state;
    enum { COUNT = 20000 };
    struct map m = map_in(memory);
    for (size_t i = 0; i < COUNT; i++)
        assert_null(map_put(&m, str_fmt(memory, "KEY-%zu", i * 7919 % COUNT), &m));
    assert_int_equal(m.count, COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        str key = str_fmt(memory, "KEY-%zu", i * 7919 % COUNT);
        assert_true(str_eq(m.entries[i].key, key));
        assert_ptr_equal(map_find(&m, key), &m);
    }
    assert_null(map_find(&m, S("KEY-")));
    assert_null(map_find(&m, S("KEY-20000")));
}

static void names(void **state)
{
    (void)state;
    assert_int_equal(name_find(S("never used before")), NAME_NONE);
    char text[] = "one name";
    name_id one = name_of((str){text, sizeof text - 1});
    text[0] = 'X'; /* the table keeps a copy */
    assert_true(one != NAME_NONE);
    assert_int_equal(name_of(S("one name")), one);
    assert_int_equal(name_find(S("one name")), one);
    assert_true(name_of(S("other name")) != one);
    assert_str(name_text(one), "one name");
    assert_str(name_text(NAME_NONE), "");
}

int unit_map(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(put_and_find),
        cmocka_unit_test(many_in_order),
        cmocka_unit_test(names),
    };
    memory = arena_new("unit", (size_t)64 << 20);
    int failed = unit_run("map", cases);
    arena_free(memory);
    return failed;
}
