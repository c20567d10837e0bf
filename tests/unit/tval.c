/* unit/tval: maps and lists for templates. */
#include "unit.h"

#include "text/tval.h"

static struct arena *memory;

static struct tval get(struct tval map, str name)
{
    return map.of.ops->get(map.of.self, name_of(name), memory);
}

static void maps(void **state)
{
    (void)state;
    struct tmap *m = tmap_new(memory);
    struct tval v = tmap_value(m);
    assert_int_equal(v.kind, TV_MAP);
    assert_int_equal(get(v, S("title")).kind, TV_UNKNOWN);
    tmap_put(m, S("title"), tval_text(S("Plan")));
    tmap_put(m, S("draft"), tval_bool(true));
    tmap_put(m, S("none"), (struct tval){.kind = TV_NULL});
    assert_str(get(v, S("title")).text, "Plan"); /* a value sees what comes later */
    assert_true(get(v, S("draft")).yes);
    assert_int_equal(get(v, S("none")).kind, TV_NULL);
    assert_int_equal(get(v, S("titl")).kind, TV_UNKNOWN);
    tmap_put(m, S("title"), tval_markup(S("<b>Plan</b>")));
    assert_int_equal(get(v, S("title")).kind, TV_MARKUP);
    assert_str(get(v, S("title")).text, "<b>Plan</b>");
}

static void names_in_order(void **state)
{
    (void)state;
    struct tmap *m = tmap_new(memory);
    for (int i = 0; i < 40; i++)
        tmap_put(m, str_fmt(memory, "name%d", i), tval_bool(false));
    tmap_put(m, S("name7"), tval_bool(true));
    struct tval v = tmap_value(m);
    for (size_t i = 0; i < 40; i++)
        assert_str(name_text(v.of.ops->name_at(v.of.self, i)),
                   str_fmt(memory, "name%zu%c", i, 0).p);
    assert_int_equal(v.of.ops->name_at(v.of.self, 40), NAME_NONE);
    assert_null(v.of.ops->text);
}

static void lists(void **state)
{
    (void)state;
    struct tlist *l = tlist_new(memory);
    struct tval v = tlist_value(l);
    assert_int_equal(v.kind, TV_LIST);
    assert_int_equal(v.of.ops->count(v.of.self), 0);
    for (int i = 0; i < 100; i++)
        tlist_add(l, tval_text(str_fmt(memory, "%d", i)));
    assert_int_equal(v.of.ops->count(v.of.self), 100);
    assert_str(v.of.ops->at(v.of.self, 0, memory).text, "0");
    assert_str(v.of.ops->at(v.of.self, 99, memory).text, "99");
}

int unit_tval(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(maps),
        cmocka_unit_test(names_in_order),
        cmocka_unit_test(lists),
    };
    memory = arena_new("unit", 1 << 20);
    int failed = unit_run("tval", cases);
    arena_free(memory);
    return failed;
}
