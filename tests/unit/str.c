/* unit/str: slices, UTF-8, orders. */
#include "unit.h"

static struct arena *memory;

static void equality(void **state)
{
    (void)state;
    assert_true(str_eq(S("a"), S("a")));
    assert_false(str_eq(S("a"), S("ab")));
    assert_false(str_eq(S("a"), S("b")));
    assert_true(str_eq(S(""), (str){NULL, 0}));
    assert_true(str_eq(str_from(NULL), S("")));
    assert_true(str_cmp(S("a"), S("ab")) < 0);
    assert_true(str_cmp(S("b"), S("ab")) > 0);
    assert_int_equal(str_cmp((str){NULL, 0}, S("")), 0);
    assert_true(str_cmp(S("z"), S("\xC3\xA9")) < 0); /* bytes are unsigned */
}

static void natural_order(void **state)
{
    (void)state;
    static const char *const ascending[] = {
        "",       "ACT-1",   "ACT-9", "ACT-10", "ACT-10a", "ACT-10b2", "ACT-10b10",
        "ACT-11", "BCP-001", "BCP-1", "BCP-2",  "a",       "\xC3\xA9"};
    enum { COUNT = sizeof ascending / sizeof *ascending };
    for (size_t i = 0; i < COUNT; i++)
        for (size_t j = 0; j < COUNT; j++) {
            int order = str_cmp_natural(str_from(ascending[i]), str_from(ascending[j]));
            assert_int_equal((order > 0) - (order < 0), (i > j) - (i < j));
        }
    assert_true(str_cmp_natural(S("9"), S("99999999999999999999999")) < 0);
}

static void cutting(void **state)
{
    (void)state;
    str head, rest = str_cut(S("a=b=c"), '=', &head), line;
    assert_str(head, "a");
    assert_str(rest, "b=c");
    rest = str_cut(S("abc"), '=', &head);
    assert_str(head, "abc");
    assert_null(rest.p);
    rest = S("one\r\n\ntwo");
    assert_true(str_line(&rest, &line));
    assert_str(line, "one");
    assert_true(str_line(&rest, &line));
    assert_str(line, "");
    assert_true(str_line(&rest, &line));
    assert_str(line, "two");
    assert_false(str_line(&rest, &line));
}

static void finding(void **state)
{
    (void)state;
    assert_int_equal(str_find(S("abcabc"), S("ca"), 0), 2);
    assert_int_equal(str_find(S("abcabc"), S("abc"), 1), 3);
    assert_true(str_find(S("abc"), S("abcd"), 0) == SIZE_MAX);
    assert_true(str_find(S("abc"), S("a"), 9) == SIZE_MAX);
    assert_int_equal(str_find(S("abc"), S(""), 3), 3);
    assert_true(str_find(S("abc"), S(""), 4) == SIZE_MAX);
    assert_true(str_find_char((str){NULL, 0}, 'a', 0) == SIZE_MAX);
    assert_true(str_starts(S("abc"), S("ab")) && str_starts(S("abc"), S("")));
    assert_false(str_starts(S("a"), S("ab")));
    assert_true(str_ends(S("abc"), S("bc")) && !str_ends(S("c"), S("bc")));
    assert_str(str_trim(S(" \t\r\n a b \f\v")), "a b");
    assert_true(str_is_blank(S(" \n")) && str_is_blank(S("")) && !str_is_blank(S(" x")));
    assert_str(str_skip(S("abc"), 9), "");
    assert_str(str_from_to(S("abcd"), 1, 3), "bc");
}

static void making(void **state)
{
    (void)state;
    struct arena *a = memory;
    str parts[] = {S("a"), S(""), S("c")};
    assert_str(str_join(a, parts, 3, S(", ")), "a, , c");
    assert_str(str_join(a, parts, 0, S(", ")), "");
    assert_str(str_fmt(a, "%s-%03d", "R", 7), "R-007");
    assert_str(str_lower(a, S("ABC \xC3\x89")), "abc \xC3\x89");
    assert_string_equal(str_c(a, S("abc")), "abc");
    assert_string_equal(str_c(a, (str){NULL, 0}), "");
    assert_str(str_dup(a, S("abc")), "abc");
}

static void distance(void **state)
{
    (void)state;
    assert_int_equal(str_distance(S("owner"), S("owner"), 2), 0);
    assert_int_equal(str_distance(S("owner"), S("onwer"), 2), 1);
    assert_int_equal(str_distance(S("owner"), S("ower"), 2), 1);
    assert_int_equal(str_distance(S("owner"), S("owners"), 2), 1);
    assert_int_equal(str_distance(S("owner"), S("title"), 2), 3);
    assert_int_equal(str_distance(S(""), S("ab"), 2), 2);
    char wide[65];
    for (size_t i = 0; i < sizeof wide; i++)
        wide[i] = 'x';
    assert_int_equal(str_distance((str){wide, 64}, (str){wide, 64}, 2), 0);
    assert_int_equal(str_distance((str){wide, 65}, (str){wide, 65}, 2), 3);
}

static void utf8_round_trip(void **state)
{
    (void)state;
    for (uint32_t c = 0; c < 0x110000; c++) {
        if (c >= 0xD800 && c < 0xE000)
            continue;
        char bytes[4];
        size_t at = 0;
        str s = {bytes, utf8_put(bytes, c)};
        assert_int_equal(utf8_next(s, &at), c);
        assert_int_equal(at, s.n);
        assert_int_equal(utf8_count(s), 1);
    }
}

static void utf8_broken(void **state)
{
    (void)state;
    static const struct {
        str text;
        size_t at;
    } row[] = {
        {S_INIT("abc"), SIZE_MAX},
        {S_INIT("a\xC3\xA9z"), SIZE_MAX},
        {S_INIT("\xF4\x8F\xBF\xBF"), SIZE_MAX},
        {S_INIT("\xEF\xBF\xBD"), SIZE_MAX},
        {S_INIT("a\x80"), 1}, /* a continuation alone */
        {S_INIT("\xC3"), 0},  /* cut short */
        {S_INIT("\xE2\x82"), 0},
        {S_INIT("\xF0\x9F\x98"), 0},
        {S_INIT("\xC0\xAF"), 0}, /* overlong '/' */
        {S_INIT("\xC1\xBF"), 0},
        {S_INIT("\xE0\x9F\xBF"), 0},
        {S_INIT("\xF0\x8F\xBF\xBF"), 0},
        {S_INIT("ab\xED\xA0\x80"), 2},   /* a surrogate */
        {S_INIT("\xF4\x90\x80\x80"), 0}, /* beyond U+10FFFF */
        {S_INIT("\xF5\x80\x80\x80"), 0},
        {S_INIT("\xFF"), 0},
        {S_INIT("\xE2(\xA1"), 0},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        assert_true(utf8_invalid_at(row[i].text) == row[i].at);
        if (row[i].at == SIZE_MAX)
            continue;
        size_t at = row[i].at;
        assert_int_equal(utf8_next(row[i].text, &at), 0xFFFD);
        assert_int_equal(at, row[i].at + 1);
    }
}

int unit_str(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(equality),        cmocka_unit_test(natural_order),
        cmocka_unit_test(cutting),         cmocka_unit_test(finding),
        cmocka_unit_test(making),          cmocka_unit_test(distance),
        cmocka_unit_test(utf8_round_trip), cmocka_unit_test(utf8_broken),
    };
    memory = arena_new("unit", 1 << 20);
    int failed = unit_run("str", cases);
    arena_free(memory);
    return failed;
}
