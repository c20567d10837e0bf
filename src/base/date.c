/* base/date: calendar days, ISO 8601, proleptic Gregorian. */
#include "base/date.h"

#include <assert.h>

enum { YEAR_MIN = 1900, YEAR_MAX = 2199 };

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

date date_from(struct ymd d)
{
    int year = d.year - (d.month <= 2);
    int era = (year >= 0 ? year : year - 399) / 400;
    int of_era = year - era * 400;
    int of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
    int day_of_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    return era * 146097 + day_of_era - 719468;
}

struct ymd date_ymd(date d)
{
    assert(d != DATE_NONE);
    int z = d + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int of_era = z - era * 146097;
    int year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * year + year / 4 - year / 100);
    int shifted = (5 * of_year + 2) / 153;
    int month = shifted + (shifted < 10 ? 3 : -9);
    return (struct ymd){year + era * 400 + (month <= 2), month,
                        of_year - (153 * shifted + 2) / 5 + 1};
}

/* Exactly `count` digits at `at`, or -1. */
static int digits(str s, size_t at, size_t count)
{
    int value = 0;
    for (size_t i = at; i < at + count; i++) {
        if (i >= s.n || !ascii_is_digit(s.p[i]))
            return -1;
        value = value * 10 + (s.p[i] - '0');
    }
    return value;
}

bool date_parse(str s, date *out)
{
    if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-')
        return false;
    struct ymd d = {digits(s, 0, 4), digits(s, 5, 2), digits(s, 8, 2)};
    if (d.year < YEAR_MIN || d.year > YEAR_MAX || d.month < 1 || d.month > 12)
        return false;
    if (d.day < 1 || d.day > month_days(d.year, d.month))
        return false;
    *out = date_from(d);
    return true;
}

date date_add_months(date d, int months)
{
    struct ymd x = date_ymd(d);
    int total = x.year * 12 + (x.month - 1) + months;
    x.year = total / 12;
    x.month = total % 12 + 1;
    int last = month_days(x.year, x.month);
    x.day = x.day > last ? last : x.day;
    return date_from(x);
}

int date_weekday(date d)
{
    int day = (d + 3) % 7; /* 1970-01-01 was a Thursday */
    return day < 0 ? day + 7 : day;
}

str date_iso(struct arena *a, date d)
{
    if (d == DATE_NONE)
        return S("");
    struct ymd x = date_ymd(d);
    return str_fmt(a, "%04d-%02d-%02d", x.year, x.month, x.day);
}

str date_month_name(int month)
{
    static const str name[] = {S_INIT("January"), S_INIT("February"), S_INIT("March"),
                               S_INIT("April"),   S_INIT("May"),      S_INIT("June"),
                               S_INIT("July"),    S_INIT("August"),   S_INIT("September"),
                               S_INIT("October"), S_INIT("November"), S_INIT("December")};
    return name[month - 1];
}

str date_long(struct arena *a, date d)
{
    if (d == DATE_NONE)
        return S("");
    struct ymd x = date_ymd(d);
    return str_fmt(a, "%d " STR_FMT " %d", x.day, STR_ARG(date_month_name(x.month)), x.year);
}

bool date_parse_moment(str s, int64_t *minutes)
{
    date day;
    if (s.n == 10 && date_parse(s, &day)) {
        *minutes = (int64_t)day * MINUTES_PER_DAY;
        return true;
    }
    if (s.n != 16 || (s.p[10] != ' ' && s.p[10] != 'T') || s.p[13] != ':' ||
        !date_parse(str_from_to(s, 0, 10), &day))
        return false;
    int hour = digits(s, 11, 2), minute = digits(s, 14, 2);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59)
        return false;
    *minutes = (int64_t)day * MINUTES_PER_DAY + hour * 60 + minute;
    return true;
}

date date_of_moment(int64_t minutes)
{
    return (date)(minutes / MINUTES_PER_DAY - (minutes % MINUTES_PER_DAY < 0));
}

str date_moment_iso(struct arena *a, int64_t minutes)
{
    date day = date_of_moment(minutes);
    int rest = (int)(minutes - (int64_t)day * MINUTES_PER_DAY);
    return str_fmt(a, STR_FMT " %02d:%02d", STR_ARG(date_iso(a, (date)day)), rest / 60, rest % 60);
}
