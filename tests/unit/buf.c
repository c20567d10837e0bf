/* unit/buf: text that grows, numbers without locale. */
#include <string.h>

#include "unit.h"

#include "base/buf.h"

static struct arena *memory;

static void appending(void **state)
{
    (void)state;
    struct buf b = buf_in(memory, 0);
    assert_str(buf_str(&b), "");
    buf_add(&b, (str){NULL, 0});
    buf_add(&b, S("ab"));
    buf_char(&b, 'c');
    buf_lit(&b, "de");
    buf_fmt(&b, "%s-%d", "f", 7);
    buf_fmt(&b, "%s", "");
    assert_str(buf_str(&b), "abcdef-7");
    memcpy(buf_room(&b, 3), "xyz", 3);
    b.n += 3;
    assert_str(buf_str(&b), "abcdef-7xyz");
}

static void growing(void **state)
{
    (void)state;
    struct buf b = buf_in(memory, 1);
    for (int i = 0; i < 100000; i++)
        buf_char(&b, (char)('a' + i % 26));
    assert_int_equal(b.n, 100000);
    for (size_t i = 0; i < b.n; i++)
        assert_int_equal(b.p[i], 'a' + i % 26);
    buf_fmt(&b, "%*s", 5000, "x");
    assert_int_equal(b.n, 105000);
    assert_int_equal(b.p[b.n - 1], 'x');
}

static void itself(void **state)
{
    (void)state;
    struct buf b = buf_in(memory, 4);
    buf_lit(&b, "abcd");
    for (int i = 0; i < 5; i++)
        buf_add(&b, buf_str(&b)); /* the source may be what is being grown */
    assert_int_equal(b.n, 128);
    assert_true(str_ends(buf_str(&b), S("abcdabcd")));
}

static void numbers(void **state)
{
    (void)state;
    static const struct {
        double value;
        int decimals;
        const char *text;
    } row[] = {
        {0, 2, "0"},
        {-0.0, 2, "0"},
        {-0.004, 2, "0"},
        {-0.005, 2, "-0.01"},
        {1.5, 0, "2"},
        {2.5, 0, "3"},
        {1, 3, "1"},
        {1.10, 2, "1.1"},
        {0.05, 2, "0.05"},
        {-12.345, 2, "-12.35"},
        {100, 0, "100"},
        {1e9, 6, "1000000000"},
        {0.000001, 6, "0.000001"},
        {123456.789, 3, "123456.789"},
        {0.1 + 0.2, 6, "0.3"},
        {9.999, 2, "10"},
        {-9.999, 2, "-10"},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct buf b = buf_in(memory, 0);
        buf_number(&b, row[i].value, row[i].decimals);
        assert_str(buf_str(&b), row[i].text);
    }
}

int unit_buf(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(appending),
        cmocka_unit_test(growing),
        cmocka_unit_test(itself),
        cmocka_unit_test(numbers),
    };
    memory = arena_new("unit", (size_t)64 << 20);
    int failed = unit_run("buf", cases);
    arena_free(memory);
    return failed;
}
