/* unit/unit: what every unit test file needs.
 *
 * A file tests one module: static cases, and at the end
 *
 *     int unit_str(void)
 *     {
 *         static const struct CMUnitTest cases[] = {cmocka_unit_test(eq), …};
 *         return unit_run("str", cases);
 *     }
 *
 * plus a line in units.def. */
#ifndef UNIT_UNIT_H
#define UNIT_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"

#define UNIT(name) int unit_##name(void);
#include "units.def"

/* Runs the cases and counts them; returns how many failed. */
#define unit_run(name, cases) unit_run_group((name), (cases), sizeof(cases) / sizeof *(cases))
int unit_run_group(const char *name, const struct CMUnitTest *cases, size_t count);

#define assert_str(got, expected) unit_assert_str((got), (expected), __FILE__, __LINE__)
void unit_assert_str(str got, const char *expected, const char *file, int line);

/* Takes away a folder that mkdtemp made in /tmp, with all in it; 0 or the errno. */
int unit_remove(const char *folder);

/* Runs `act` in a child process with stderr caught in `said`; gives its exit
 * status, or 128 + the signal that killed it. For what ends the process. */
int unit_dies(void (*act)(void *self), void *self, char *said, size_t said_bytes);

#endif
