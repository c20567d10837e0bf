/* base/str: text as a slice.
 *
 * A str borrows its bytes: from a loaded file (which lives as long as the site
 * arena), from a literal, or from an arena. It is UTF-8 once loaded, is not
 * zero-terminated and may be empty; p may be NULL only when n is 0. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

typedef struct {
    const char *p;
    size_t n;
} str;

#define S(literal) ((str){"" literal, sizeof(literal) - 1})
#define S_INIT(literal) {"" literal, sizeof(literal) - 1} /* for static tables */
#define STR_FMT "%.*s"
#define STR_ARG(s) (int)(s).n, (s).p

str str_from(const char *c_string); /* NULL gives the empty str */
bool str_eq(str a, str b);
int str_cmp(str a, str b); /* by bytes, shorter first: the order of every list */
int str_cmp_natural(str a, str b); /* digits by value: ACT-9 before ACT-10 */
bool str_starts(str s, str prefix);
bool str_ends(str s, str suffix);
bool str_is_blank(str s); /* nothing but ASCII white space */
str str_trim(str s);      /* ASCII white space off both ends */
str str_from_to(str s, size_t from, size_t to);
str str_skip(str s, size_t count); /* without its first bytes; may become empty */
/* Offset of the first match at or after `from`, or SIZE_MAX. */
size_t str_find(str s, str what, size_t from);
size_t str_find_char(str s, char c, size_t from);
/* Cuts at the first `c`: *head gets what stands before, the rest after it is
 * returned; without a `c` *head is all and the rest empty with p == NULL. */
str str_cut(str s, char c, str *head);
/* Takes the next line without its end (\n or \r\n) off *rest; false at the end. */
bool str_line(str *rest, str *line);
uint64_t str_hash(str s); /* FNV-1a: stable, for tables only, never for trust */

str str_dup(struct arena *a, str s);
char *str_c(struct arena *a, str s); /* a C string for the libc border */
str str_fmt(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
str str_lower(struct arena *a, str s); /* ASCII only */
str str_join(struct arena *a, const str *parts, size_t count, str between);

/* Edit distance for "did you mean": counts bytes inserted, removed, changed or
 * swapped; gives limit + 1 as soon as it must be more than limit. */
size_t str_distance(str a, str b, size_t limit);

/* Decodes the code point at *at and moves *at behind it; a broken byte gives
 * U+FFFD and moves by one. at must be below s.n. */
uint32_t utf8_next(str s, size_t *at);
size_t utf8_put(char out[4], uint32_t code_point); /* returns the bytes written */
size_t utf8_count(str s);                          /* code points */
/* Offset of the first byte that is not well-formed UTF-8, or SIZE_MAX. */
size_t utf8_invalid_at(str s);

bool ascii_is_space(char c);
bool ascii_is_digit(char c);
bool ascii_is_alpha(char c);
bool ascii_is_alnum(char c);
char ascii_lower(char c);

#endif
