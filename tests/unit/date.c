/* unit/date: calendar days and moments. */
#include "unit.h"

#include "base/date.h"

static struct arena *memory;

static date day_of(const char *iso)
{
    date d = DATE_NONE;
    assert_true(date_parse(str_from(iso), &d));
    return d;
}

static void known_days(void **state)
{
    (void)state;
    assert_int_equal(day_of("1970-01-01"), 0);
    assert_int_equal(day_of("1969-12-31"), -1);
    assert_int_equal(day_of("2000-03-01"), 11017);
    assert_int_equal(day_of("1900-01-01"), -25567);
    assert_int_equal(day_of("2199-12-31"), 84005);
    assert_int_equal(date_weekday(day_of("1970-01-01")), 3);
    assert_int_equal(date_weekday(day_of("1900-01-01")), 0);
    assert_int_equal(date_weekday(day_of("2026-11-22")), 6);
    assert_int_equal(date_weekday(day_of("1969-12-28")), 6);
}

/* Every day there is, counted by hand: the arithmetic has no other referee. */
static void every_day(void **state)
{
    (void)state;
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    date expected = -25567;
    int weekday = 0;
    for (int year = 1900; year < 2200; year++)
        for (int month = 1; month <= 12; month++) {
            bool leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
            int last = days[month - 1] + (leap && month == 2);
            for (int day = 1; day <= last; day++, expected++, weekday = (weekday + 1) % 7) {
                struct ymd x = {year, month, day}, back = date_ymd(expected);
                assert_int_equal(date_from(x), expected);
                assert_true(back.year == year && back.month == month && back.day == day);
                assert_int_equal(date_weekday(expected), weekday);
            }
        }
}

static void refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",           "2026",        "2026-1-1",    "2026-01-1",   "2026-01-011", "20026-01-05",
        "2026-13-01", "2026-00-01",  "2026-01-00",  "2026-01-32",  "2026-04-31",  "2026-02-29",
        "1900-02-29", "2100-02-29",  "1899-12-31",  "2200-01-01",  "2026/01/01",  "2026-01-0a",
        "+026-01-01", " 2026-01-01", "2026-01-01 ", "2026-01-01T", "2026-0-101",  "01.02.2026",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        date d = 77;
        assert_false(date_parse(str_from(bad[i]), &d));
        assert_int_equal(d, 77);
    }
    assert_int_equal(day_of("2000-02-29") + 1, day_of("2000-03-01"));
    assert_int_equal(day_of("2096-02-29") + 1, day_of("2096-03-01"));
    assert_int_equal(day_of("2100-02-28") + 1, day_of("2100-03-01"));
}

static void months(void **state)
{
    (void)state;
    static const struct {
        const char *from;
        int months;
        const char *to;
    } row[] = {
        {"2026-01-31", 1, "2026-02-28"},   {"2024-01-31", 1, "2024-02-29"},
        {"2026-01-31", 12, "2027-01-31"},  {"2024-02-29", 12, "2025-02-28"},
        {"2026-12-15", 1, "2027-01-15"},   {"2026-01-15", -1, "2025-12-15"},
        {"2026-03-31", -1, "2026-02-28"},  {"2026-11-30", 0, "2026-11-30"},
        {"2026-05-31", -18, "2024-11-30"}, {"2000-02-29", 1200, "2100-02-28"},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        assert_int_equal(date_add_months(day_of(row[i].from), row[i].months), day_of(row[i].to));
}

static void printed(void **state)
{
    (void)state;
    assert_str(date_iso(memory, day_of("2026-02-05")), "2026-02-05");
    assert_str(date_long(memory, day_of("2026-02-05")), "5 February 2026");
    assert_str(date_iso(memory, DATE_NONE), "");
    assert_str(date_long(memory, DATE_NONE), "");
}

static void moments(void **state)
{
    (void)state;
    int64_t m = 0;
    assert_true(date_parse_moment(S("2026-11-21 09:30"), &m));
    assert_str(date_moment_iso(memory, m), "2026-11-21 09:30");
    assert_true(date_parse_moment(S("2026-11-21T23:59"), &m));
    assert_str(date_moment_iso(memory, m), "2026-11-21 23:59");
    assert_true(date_parse_moment(S("2026-11-21"), &m));
    assert_str(date_moment_iso(memory, m), "2026-11-21 00:00");
    assert_true(date_parse_moment(S("1969-12-31 23:59"), &m));
    assert_int_equal(m, -1);
    assert_int_equal(date_of_moment(m), -1);
    assert_int_equal(date_of_moment(0), 0);
    assert_int_equal(date_of_moment(MINUTES_PER_DAY - 1), 0);
    assert_int_equal(date_of_moment(-MINUTES_PER_DAY), -1);
    assert_int_equal(date_of_moment(-MINUTES_PER_DAY - 1), -2);
    assert_str(date_moment_iso(memory, m), "1969-12-31 23:59");
    static const char *const bad[] = {
        "2026-11-21 24:00", "2026-11-21 12:60",    "2026-11-21 9:30",  "2026-11-21_09:30",
        "2026-02-30 09:30", "2026-11-21 09:30:00", "2026-11-21 -1:30", "09:30"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(date_parse_moment(str_from(bad[i]), &m));
}

int unit_date(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(known_days), cmocka_unit_test(every_day), cmocka_unit_test(refused),
        cmocka_unit_test(months),     cmocka_unit_test(printed),   cmocka_unit_test(moments),
    };
    memory = arena_new("unit", 1 << 20);
    int failed = unit_run("date", cases);
    arena_free(memory);
    return failed;
}
