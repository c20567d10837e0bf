/* unit/duration: how long, in minutes. */
#include "unit.h"

#include "base/duration.h"

static struct arena *memory;

static void read_and_printed(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        duration minutes;
        const char *brief, *words;
    } row[] = {
        {"0m", 0, "0m", "0 minutes"},
        {"15m", 15, "15m", "15 minutes"},
        {"1m", 1, "1m", "1 minute"},
        {"4h", 240, "4h", "4 hours"},
        {"4h 15m", 255, "4h 15m", "4 hours 15 minutes"},
        {"15m4h", 255, "4h 15m", "4 hours 15 minutes"},
        {"  2d  1h ", 2940, "2d 1h", "2 days 1 hour"},
        {"90m", 90, "1h 30m", "1 hour 30 minutes"},
        {"24h", 1440, "1d", "1 day"},
        {"7d", 10080, "1w", "1 week"},
        {"8d", 11520, "8d", "8 days"},
        {"2w", 20160, "2w", "2 weeks"},
        {"1w 1m", 10081, "7d 1m", "7 days 1 minute"},
        {"522w", 5261760, "522w", "522 weeks"},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        duration d = -1;
        assert_true(duration_parse(str_from(row[i].text), &d));
        assert_int_equal(d, row[i].minutes);
        assert_str(duration_short(memory, d), row[i].brief);
        assert_str(duration_words(memory, d), row[i].words);
    }
    assert_str(duration_short(memory, DURATION_NONE), "");
    assert_str(duration_words(memory, DURATION_NONE), "");
}

static void refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        " ",
        "4",
        "h",
        "4 h",
        "-4h",
        "+4h",
        "4h4h",
        "4h 1d 2h",
        "1.5h",
        "4H",
        "4x",
        "4hx",
        "4h,1d",
        "1h30",
        "523w",
        "3661d",
        "5270401m",
        "1m 522w 7d",
        "99999999999999999999h",
        "18446744073709551617m",
        "4\thh",
        "PT4H",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        duration d = 77;
        assert_false(duration_parse(str_from(bad[i]), &d));
        assert_int_equal(d, 77);
    }
    duration longest;
    assert_true(duration_parse(S("3660d"), &longest));
    assert_int_equal(longest, DURATION_MAX);
}

/* What is printed reads back as the same length. */
static void round_trip(void **state)
{
    (void)state;
    for (duration d = 0; d < 30000; d += 7) {
        duration back = -1;
        assert_true(duration_parse(duration_short(memory, d), &back));
        assert_int_equal(back, d);
    }
}

int unit_duration(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(read_and_printed),
        cmocka_unit_test(refused),
        cmocka_unit_test(round_trip),
    };
    memory = arena_new("unit", (size_t)64 << 20);
    int failed = unit_run("duration", cases);
    arena_free(memory);
    return failed;
}
