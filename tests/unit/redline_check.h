/* unit/redline_check: the promise of a redline, for unit tests and the fuzzer. */
#ifndef UNIT_REDLINE_CHECK_H
#define UNIT_REDLINE_CHECK_H

#include "base/str.h"

/* Compares two Markdown texts, then reads the redline without what was put in and without what was
 * taken out: NULL when that gives the words of both texts, all of them and in order; else says
 * which it does not. */
const char *redline_lie(struct arena *a, str before, str after);

#endif
