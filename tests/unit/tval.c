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

static struct tval words_of(const void *self, struct arena *a)
{
    (void)a;
    return tval_text(str_from(self));
}

static struct tval nothing_of(const void *self, name_id name, struct arena *a)
{
    (void)self, (void)a;
    return name == name_of(S("base")) ? tval_text(S("below")) : (struct tval){.kind = TV_UNKNOWN};
}

/* Its own names first, also where they say nothing; the rest and the words of the base. */
static void one_over_another(void **state)
{
    (void)state;
    static const struct tval_ops ops = {.get = nothing_of, .text = words_of};
    struct tval base = {.kind = TV_MAP, .of = {&ops, "Plan B"}};
    struct tmap *own = tmap_new(memory);
    struct tval v = tval_over(memory, own, base);
    assert_str(get(v, S("base")).text, "below");
    assert_str(v.of.ops->text(v.of.self, memory).text, "Plan B");
    tmap_put(own, S("base"), (struct tval){.kind = TV_NULL});
    tmap_put(own, S("more"), tval_text(S("own")));
    assert_int_equal(get(v, S("base")).kind, TV_NULL);
    assert_str(get(v, S("more")).text, "own");
    assert_int_equal(get(v, S("none")).kind, TV_UNKNOWN);
    assert_true(v.of.ops->name_at(v.of.self, 1) == name_of(S("more")));
    assert_int_equal(v.of.ops->name_at(v.of.self, 2), NAME_NONE);
    struct tval both = tval_over(memory, own, tmap_value(own));
    assert_null(both.of.ops->text); /* as the base */
    assert_true(both.of.ops->name_at(both.of.self, 3) == name_of(S("more")));
}

int unit_tval(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(maps),
        cmocka_unit_test(names_in_order),
        cmocka_unit_test(lists),
        cmocka_unit_test(one_over_another),
    };
    memory = arena_new("unit", 1 << 20);
    int failed = unit_run("tval", cases);
    arena_free(memory);
    return failed;
}
