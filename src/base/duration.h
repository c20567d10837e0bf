/* base/duration: how long, in minutes.
 *
 * Written as `15m 4h 2d 1w`, one or several parts, largest first or not, each
 * unit once. A day is 24 hours and a week 7 days: recovery times run on the
 * clock, not on office hours. */
#ifndef BASE_DURATION_H
#define BASE_DURATION_H

#include "base/str.h"

typedef int64_t duration; /* minutes */
#define DURATION_NONE INT64_MIN
/* Ten years: longer is a slip of the pen. */
#define DURATION_MAX ((duration)10 * 366 * 1440)

bool duration_parse(str s, duration *out);
str duration_short(struct arena *a, duration d); /* "1d 4h", "0m"; "" for DURATION_NONE */
str duration_words(struct arena *a, duration d); /* "1 day 4 hours" */

#endif
