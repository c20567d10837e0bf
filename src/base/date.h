/* base/date: calendar days, ISO 8601, proleptic Gregorian.
 *
 * A date is the number of days since 1970-01-01; DATE_NONE means absent. Years
 * 1900 to 2199 are read, which catches slips like 20026-01-05. Source of the
 * day arithmetic: Howard Hinnant, "chrono-Compatible Low-Level Date
 * Algorithms", 2013. */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include "base/str.h"

typedef int32_t date;
#define DATE_NONE INT32_MIN

struct ymd {
    int year, month, day; /* month and day from 1 */
};

bool date_parse(str s, date *out); /* exactly YYYY-MM-DD */
date date_from(struct ymd d);
struct ymd date_ymd(date d);
date date_add_months(date d, int months); /* the last day when the month is shorter */
int date_weekday(date d);                 /* 0 Monday to 6 Sunday */
str date_iso(struct arena *a, date d);    /* "2026-11-21"; "" for DATE_NONE */
str date_long(struct arena *a, date d);   /* "21 November 2026"; "" for DATE_NONE */
str date_month_name(int month);           /* 1: "January" */

/* A moment: minutes since 1970-01-01T00:00, local to the place it speaks of. */
enum { MINUTES_PER_DAY = 1440 };
date date_of_moment(int64_t minutes);
bool date_parse_moment(str s, int64_t *minutes); /* YYYY-MM-DD[T ]hh:mm, or a date */
str date_moment_iso(struct arena *a, int64_t minutes); /* "2026-11-21 09:30" */

#endif
