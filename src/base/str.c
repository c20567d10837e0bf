/* base/str: text as a slice. */
#include "base/str.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

str str_from(const char *c_string)
{
    return c_string ? (str){c_string, strlen(c_string)} : (str){NULL, 0};
}

bool str_eq(str a, str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

int str_cmp(str a, str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n ? memcmp(a.p, b.p, n) : 0;
    if (order != 0)
        return order;
    return (a.n > b.n) - (a.n < b.n);
}

static str digits_at(str s, size_t at)
{
    size_t end = at;
    while (end < s.n && ascii_is_digit(s.p[end]))
        end++;
    while (at + 1 < end && s.p[at] == '0')
        at++;
    return str_from_to(s, at, end);
}

static size_t digits_end(str s, size_t at)
{
    while (at < s.n && ascii_is_digit(s.p[at]))
        at++;
    return at;
}

int str_cmp_natural(str a, str b)
{
    size_t i = 0, j = 0;
    while (i < a.n && j < b.n) {
        if (ascii_is_digit(a.p[i]) && ascii_is_digit(b.p[j])) {
            str x = digits_at(a, i), y = digits_at(b, j);
            int order = x.n != y.n ? (x.n > y.n ? 1 : -1) : str_cmp(x, y);
            if (order != 0)
                return order;
            i = digits_end(a, i);
            j = digits_end(b, j);
        } else if (a.p[i] != b.p[j]) {
            return (unsigned char)a.p[i] - (unsigned char)b.p[j];
        } else {
            i++;
            j++;
        }
    }
    if (i < a.n || j < b.n)
        return i < a.n ? 1 : -1;
    return str_cmp(a, b);
}

bool str_starts(str s, str prefix)
{
    return s.n >= prefix.n && str_eq((str){s.p, prefix.n}, prefix);
}

bool str_ends(str s, str suffix)
{
    return s.n >= suffix.n && str_eq(str_skip(s, s.n - suffix.n), suffix);
}

str str_trim(str s)
{
    while (s.n && ascii_is_space(s.p[0]))
        s = str_skip(s, 1);
    while (s.n && ascii_is_space(s.p[s.n - 1]))
        s.n--;
    return s;
}

bool str_is_blank(str s)
{
    return str_trim(s).n == 0;
}

str str_from_to(str s, size_t from, size_t to)
{
    assert(from <= to && to <= s.n);
    return from == 0 && to == 0 ? (str){s.p, 0} : (str){s.p + from, to - from};
}

str str_skip(str s, size_t count)
{
    return count >= s.n ? (str){s.n ? s.p + s.n : s.p, 0} : (str){s.p + count, s.n - count};
}

size_t str_find_char(str s, char c, size_t from)
{
    if (from >= s.n)
        return SIZE_MAX;
    const char *hit = memchr(s.p + from, c, s.n - from);
    return hit ? (size_t)(hit - s.p) : SIZE_MAX;
}

size_t str_find(str s, str what, size_t from)
{
    if (what.n == 0)
        return from <= s.n ? from : SIZE_MAX;
    while ((from = str_find_char(s, what.p[0], from)) != SIZE_MAX && s.n - from >= what.n) {
        if (memcmp(s.p + from, what.p, what.n) == 0)
            return from;
        from++;
    }
    return SIZE_MAX;
}

str str_cut(str s, char c, str *head)
{
    size_t at = str_find_char(s, c, 0);
    if (at == SIZE_MAX) {
        *head = s;
        return (str){NULL, 0};
    }
    *head = (str){s.p, at};
    return str_skip(s, at + 1);
}

bool str_line(str *rest, str *line)
{
    if (rest->n == 0)
        return false;
    *rest = str_cut(*rest, '\n', line);
    if (line->n && line->p[line->n - 1] == '\r')
        line->n--;
    return true;
}

uint64_t str_hash(str s)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 1099511628211u;
    return h;
}

str str_dup(struct arena *a, str s)
{
    if (s.n == 0)
        return (str){"", 0};
    char *copy = NEW_ARRAY(a, char, s.n);
    memcpy(copy, s.p, s.n);
    return (str){copy, s.n};
}

char *str_c(struct arena *a, str s)
{
    char *copy = NEW_ARRAY(a, char, s.n + 1);
    if (s.n != 0)
        memcpy(copy, s.p, s.n);
    return copy;
}

str str_fmt(struct arena *a, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    assert(n >= 0);
    char *text = NEW_ARRAY(a, char, (size_t)n + 1);
    vsnprintf(text, (size_t)n + 1, format, again);
    va_end(again);
    va_end(args);
    return (str){text, (size_t)n};
}

str str_lower(struct arena *a, str s)
{
    char *copy = str_c(a, s);
    for (size_t i = 0; i < s.n; i++)
        copy[i] = ascii_lower(copy[i]);
    return (str){copy, s.n};
}

str str_join(struct arena *a, const str *parts, size_t count, str between)
{
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        n += parts[i].n + (i ? between.n : 0);
    char *text = NEW_ARRAY(a, char, n + 1), *at = text;
    for (size_t i = 0; i < count; i++) {
        if (i != 0 && between.n != 0)
            at = (char *)memcpy(at, between.p, between.n) + between.n;
        if (parts[i].n != 0)
            at = (char *)memcpy(at, parts[i].p, parts[i].n) + parts[i].n;
    }
    return (str){text, n};
}

/* Longer words are never near enough to be worth a suggestion. */
enum { DISTANCE_WORD_MAX = 64 };

size_t str_distance(str a, str b, size_t limit)
{
    if (a.n > DISTANCE_WORD_MAX || b.n > DISTANCE_WORD_MAX)
        return limit + 1;
    size_t row[3][DISTANCE_WORD_MAX + 1];
    for (size_t j = 0; j <= b.n; j++)
        row[0][j] = j;
    for (size_t i = 1; i <= a.n; i++) {
        size_t *now = row[i % 3], *before = row[(i - 1) % 3], *earlier = row[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= b.n; j++) {
            size_t best = before[j - 1] + (a.p[i - 1] != b.p[j - 1]);
            if (before[j] + 1 < best)
                best = before[j] + 1;
            if (now[j - 1] + 1 < best)
                best = now[j - 1] + 1;
            bool swapped = i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1];
            if (swapped && earlier[j - 2] + 1 < best)
                best = earlier[j - 2] + 1;
            now[j] = best;
        }
    }
    size_t d = row[a.n % 3][b.n];
    return d > limit ? limit + 1 : d;
}

/* Length of the well-formed sequence at p (Unicode table 3-7), or 0. */
static size_t utf8_length(const unsigned char *p, size_t left)
{
    unsigned char c = p[0];
    if (c < 0x80)
        return 1;
    size_t n = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
    if (c < 0xC2 || c > 0xF4 || left < n)
        return 0;
    unsigned char low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
    unsigned char high = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
    if (p[1] < low || p[1] > high)
        return 0;
    for (size_t i = 2; i < n; i++)
        if (p[i] < 0x80 || p[i] > 0xBF)
            return 0;
    return n;
}

uint32_t utf8_next(str s, size_t *at)
{
    assert(*at < s.n);
    const unsigned char *p = (const unsigned char *)s.p + *at;
    size_t n = utf8_length(p, s.n - *at);
    *at += n ? n : 1;
    switch (n) {
    case 1:
        return p[0];
    case 2:
        return (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
    case 3:
        return (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
    case 4:
        return (p[0] & 0x07u) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
    default:
        return 0xFFFD;
    }
}

size_t utf8_put(char out[4], uint32_t c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = n - 1; i > 0; i--, c >>= 6)
        out[i] = (char)(0x80 | (c & 0x3F));
    out[0] = (char)(lead[n] | c);
    return n;
}

size_t utf8_count(str s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.n; i++)
        count += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return count;
}

size_t utf8_invalid_at(str s)
{
    for (size_t at = 0; at < s.n;) {
        size_t n = utf8_length((const unsigned char *)s.p + at, s.n - at);
        if (n == 0)
            return at;
        at += n;
    }
    return SIZE_MAX;
}

bool ascii_is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool ascii_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool ascii_is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool ascii_is_alnum(char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c);
}

char ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}
