/* base/buf: text that grows in an arena. */
#include "base/buf.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct buf buf_in(struct arena *a, size_t start_bytes)
{
    struct buf b = {.arena = a};
    buf_room(&b, start_bytes);
    return b;
}

char *buf_room(struct buf *b, size_t bytes)
{
    if (b->cap - b->n < bytes) {
        size_t cap = b->cap * 2 > b->n + bytes ? b->cap * 2 : b->n + bytes;
        char *grown = NEW_ARRAY(b->arena, char, cap);
        if (b->n != 0)
            memcpy(grown, b->p, b->n);
        b->p = grown;
        b->cap = cap;
    }
    return b->p + b->n;
}

void buf_add(struct buf *b, str s)
{
    if (s.n == 0)
        return;
    memcpy(buf_room(b, s.n), s.p, s.n);
    b->n += s.n;
}

void buf_char(struct buf *b, char c)
{
    *buf_room(b, 1) = c;
    b->n++;
}

void buf_fmt(struct buf *b, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    assert(n >= 0);
    vsnprintf(buf_room(b, (size_t)n + 1), (size_t)n + 1, format, again);
    b->n += (size_t)n;
    va_end(again);
    va_end(args);
}

/* Digits by hand: a sheet of paper holds a thousand numbers, and printf twice
 * for each would be a third of the time it takes. */
static void digits_add(struct buf *b, unsigned long long value, int width)
{
    char digit[20]; /* of the largest 64-bit number */
    int n = 0;
    do {
        digit[n++] = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0 || n < width);
    for (char *out = buf_room(b, sizeof digit); n > 0; b->n++)
        *out++ = digit[--n];
}

void buf_number(struct buf *b, double value, int decimals)
{
    assert(isfinite(value) && decimals >= 0 && decimals <= 6);
    static const double scale[] = {1, 10, 100, 1000, 10000, 100000, 1000000};
    double scaled = round(fabs(value) * scale[decimals]);
    assert(scaled < 9e15);
    unsigned long long whole = (unsigned long long)scaled;
    unsigned long long unit = (unsigned long long)scale[decimals];
    if (value < 0 && whole != 0)
        buf_char(b, '-');
    digits_add(b, whole / unit, 1);
    unsigned long long part = whole % unit;
    if (part == 0)
        return;
    while (part % 10 == 0) {
        part /= 10;
        decimals--;
    }
    buf_char(b, '.');
    digits_add(b, part, decimals);
}

str buf_str(const struct buf *b)
{
    return (str){b->p, b->n};
}
