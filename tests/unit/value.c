/* unit/value: parsed data as templates see it. */
#include "unit.h"

#include "text/value.h"
#include "text/yaml.h"

static struct arena *memory;

static const struct value *parse(str text)
{
    struct diags *d = diags_new(memory);
    return yaml_parse(memory, d, diags_source(d, S("f"), text), 0, text.n);
}

static struct tval get(struct tval v, str name)
{
    assert_int_equal(v.kind, TV_MAP);
    return v.of.ops->get(v.of.self, name_of(name), memory);
}

static void found(void **state)
{
    (void)state;
    const struct value *v = parse(S("a: 1\nb: {c: 2}\n"));
    assert_str(value_get(v, S("a"))->text, "1");
    assert_str(value_get(value_get(v, S("b")), S("c"))->text, "2");
    assert_null(value_get(v, S("c")));
    assert_null(value_get(v, S("")));
    assert_null(value_get(value_get(v, S("a")), S("x")));
    assert_null(value_get(NULL, S("a")));
}

static void kinds(void **state)
{
    (void)state;
    struct tval v = value_tval(parse(S("t: true\nf: false\nn: ~\ne:\nq: 'true'\ns: ''\nx: True\n"
                                       "i: 007\n")));
    assert_int_equal(get(v, S("t")).kind, TV_BOOL);
    assert_true(get(v, S("t")).yes);
    assert_int_equal(get(v, S("f")).kind, TV_BOOL);
    assert_false(get(v, S("f")).yes);
    assert_int_equal(get(v, S("n")).kind, TV_NULL);
    assert_int_equal(get(v, S("e")).kind, TV_NULL);
    assert_int_equal(get(v, S("none")).kind, TV_UNKNOWN);
    static const char *const text[][2] = {{"q", "true"}, {"s", ""}, {"x", "True"}, {"i", "007"}};
    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        struct tval t = get(v, str_from(text[i][0]));
        assert_int_equal(t.kind, TV_TEXT);
        assert_str(t.text, text[i][1]);
    }
}

static void lists(void **state)
{
    (void)state;
    struct tval v = get(value_tval(parse(S("l: [a, [b], {c: d}]\n"))), S("l"));
    assert_int_equal(v.kind, TV_LIST);
    assert_int_equal(v.of.ops->count(v.of.self), 3);
    assert_str(v.of.ops->at(v.of.self, 0, memory).text, "a");
    struct tval inner = v.of.ops->at(v.of.self, 1, memory);
    assert_int_equal(inner.kind, TV_LIST);
    assert_int_equal(inner.of.ops->count(inner.of.self), 1);
    assert_str(get(v.of.ops->at(v.of.self, 2, memory), S("c")).text, "d");
    struct tval empty = value_tval(parse(S("[]")));
    assert_int_equal(empty.of.ops->count(empty.of.self), 0);
}

int unit_value(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(found),
        cmocka_unit_test(kinds),
        cmocka_unit_test(lists),
    };
    memory = arena_new("unit", 1 << 20);
    int failed = unit_run("value", cases);
    arena_free(memory);
    return failed;
}
