/* verify/scan_int: a cursor over bytes that must be as expected.
 *
 * The first mismatch sticks: later steps do nothing and return nothing, so a
 * reader is a list of what must come, with one question at the end. */
#ifndef VERIFY_SCAN_INT_H
#define VERIFY_SCAN_INT_H

#include "verify/format.h"

struct scan {
    struct arena *arena;
    str text;
    size_t at;
    size_t line;      /* of the cursor, from 1 */
    const char *what; /* the first fault, or NULL */
    size_t fault_line;
};

void scan_fail(struct scan *s, const char *what);
void scan_literal(struct scan *s, str expected); /* exactly these bytes */
bool scan_has(struct scan *s, str expected);     /* takes them if they are there */
str scan_until(struct scan *s, char end);        /* without end, which is taken */
/* The bytes between two quotes, unescaped; both quotes are taken. */
str scan_string(struct scan *s, size_t bytes_max);
uint64_t scan_number(struct scan *s, uint64_t max); /* digits up to anything else */
struct sha256 scan_hex(struct scan *s);             /* 64 digits */
date scan_date(struct scan *s);                     /* 10 bytes */
str scan_id(struct scan *s);                        /* in quotes, by format_id */
/* True when all is read and nothing was wrong. */
bool scan_end(struct scan *s, struct format_fault *fault);

#endif
