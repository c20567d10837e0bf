/* publish/pdf_hole: the bytes of a PDF that its signature fills in. */
#include "publish/pdf_hole.h"

#include <string.h>

static size_t skip_blanks(str pdf, size_t at)
{
    while (at < pdf.n && ascii_is_space(pdf.p[at]))
        at++;
    return at;
}

/* Offset behind `key`, blanks and `open`, or SIZE_MAX: the first such in [from, to). */
static size_t find_value(str pdf, str key, char open, size_t from, size_t to)
{
    for (size_t at = from; (at = str_find(pdf, key, at)) != SIZE_MAX && at < to; at += key.n) {
        size_t value = skip_blanks(pdf, at + key.n);
        if (value < to && pdf.p[value] == open)
            return value + 1;
    }
    return SIZE_MAX;
}

static size_t find_last(str pdf, str what, size_t before)
{
    size_t last = SIZE_MAX;
    for (size_t at = 0; (at = str_find(pdf, what, at)) != SIZE_MAX && at < before; at += what.n)
        last = at;
    return last;
}

static bool is_hex(char c)
{
    return ascii_is_digit(c) || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

bool pdf_hole_find(str pdf, struct pdf_hole *hole)
{
    size_t range = find_value(pdf, S("/ByteRange"), '[', 0, pdf.n);
    if (range == SIZE_MAX || find_value(pdf, S("/ByteRange"), '[', range, pdf.n) != SIZE_MAX)
        return false;
    size_t range_end = str_find_char(pdf, ']', range), object = find_last(pdf, S(" obj"), range);
    size_t end = str_find(pdf, S("endobj"), range);
    if (range_end == SIZE_MAX || object == SIZE_MAX || end == SIZE_MAX || range_end > end)
        return false;
    size_t contents = find_value(pdf, S("/Contents"), '<', object, end);
    if (contents == SIZE_MAX || find_value(pdf, S("/Contents"), '<', contents, end) != SIZE_MAX)
        return false;
    size_t at = contents;
    while (at < end && is_hex(pdf.p[at]))
        at++;
    if (at == contents || at >= end || pdf.p[at] != '>')
        return false;
    *hole = (struct pdf_hole){contents - 1, at + 1, range - 1, skip_blanks(pdf, range_end + 1)};
    return true;
}

static bool same_between(str a, str b, size_t from, size_t to)
{
    return from <= to && memcmp(a.p + from, b.p + from, to - from) == 0;
}

bool pdf_hole_same_outside(str a, str b)
{
    struct pdf_hole x, y;
    if (a.n != b.n || !pdf_hole_find(a, &x) || !pdf_hole_find(b, &y))
        return false;
    if (x.contents != y.contents || x.contents_end != y.contents_end || x.range != y.range ||
        x.range_end != y.range_end)
        return false;
    bool range_first = x.range < x.contents;
    size_t first = range_first ? x.range : x.contents;
    size_t first_end = range_first ? x.range_end : x.contents_end;
    size_t second = range_first ? x.contents : x.range;
    size_t second_end = range_first ? x.contents_end : x.range_end;
    return same_between(a, b, 0, first) && same_between(a, b, first_end, second) &&
           same_between(a, b, second_end, a.n);
}
