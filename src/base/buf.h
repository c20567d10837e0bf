/* base/buf: text that grows in an arena.
 *
 * Appending cannot fail, so writers have no error branches. The bytes belong
 * to the arena; buf_str borrows them until the next append. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/str.h"

struct buf {
    struct arena *arena;
    char *p;
    size_t n, cap;
};

struct buf buf_in(struct arena *a, size_t start_bytes);
void buf_add(struct buf *b, str s);
void buf_char(struct buf *b, char c);
void buf_fmt(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A number without locale, rounded to `decimals` (0 to 6), no trailing zeros;
 * never "-0". Not finite is a bug of the caller. */
void buf_number(struct buf *b, double value, int decimals);
char *buf_room(struct buf *b, size_t bytes); /* space to write into; then add to n */
str buf_str(const struct buf *b);

#define buf_lit(b, literal) buf_add((b), S(literal))

#endif
