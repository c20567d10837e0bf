/* verify/scan: a cursor over bytes that must be as expected. */
#include "verify/scan_int.h"

#include <string.h>

void scan_fail(struct scan *s, const char *what)
{
    if (s->what != NULL)
        return;
    s->what = what;
    s->fault_line = s->line;
}

static str rest_of(const struct scan *s)
{
    return s->what != NULL ? S("") : str_skip(s->text, s->at);
}

static void advance(struct scan *s, size_t count)
{
    for (size_t i = 0; i < count; i++)
        s->line += s->text.p[s->at + i] == '\n';
    s->at += count;
}

bool scan_has(struct scan *s, str expected)
{
    if (!str_starts(rest_of(s), expected))
        return false;
    advance(s, expected.n);
    return true;
}

void scan_literal(struct scan *s, str expected)
{
    if (!scan_has(s, expected))
        scan_fail(s, "a key, its place or the marks around it are not as they must be");
}

str scan_until(struct scan *s, char end)
{
    str rest = rest_of(s);
    size_t n = str_find_char(rest, end, 0);
    if (n == SIZE_MAX) {
        scan_fail(s, "a line is cut off");
        return S("");
    }
    advance(s, n + 1);
    return str_from_to(rest, 0, n);
}

/* The escape behind a backslash: its length, or 0 when there is a shorter spelling. */
static size_t escape(str rest, char *out)
{
    if (rest.n >= 2 && (rest.p[1] == '"' || rest.p[1] == '\\')) {
        *out = rest.p[1];
        return 2;
    }
    if (rest.n < 6 || !str_starts(rest, S("\\u00")) || (rest.p[4] != '0' && rest.p[4] != '1'))
        return 0;
    const char *digit = memchr("0123456789abcdef", rest.p[5], 16);
    *out = digit == NULL ? 0 : (char)((rest.p[4] - '0') * 16 + (digit - "0123456789abcdef"));
    if (digit == NULL)
        return 0;
    return *out == 0 ? 0 : 6;
}

static const char hex_digit[] = "0123456789abcdef";

/* -1: not a lower-case hex digit. */
static int hex_value(char c)
{
    const char *found = c == 0 ? NULL : strchr(hex_digit, c);
    return found == NULL ? -1 : (int)(found - hex_digit);
}

static str unescaped(struct scan *s, str raw)
{
    char *out = NEW_ARRAY(s->arena, char, raw.n + 1);
    size_t n = 0;
    while (raw.n != 0) {
        size_t used = 1;
        out[n] = raw.p[0];
        if (raw.p[0] == '\\')
            used = escape(raw, &out[n]);
        else if ((unsigned char)raw.p[0] < 0x20)
            used = 0;
        if (used == 0) {
            scan_fail(s, "a character is escaped that need not be, or not as it must be");
            return S("");
        }
        n++;
        raw = str_skip(raw, used);
    }
    return (str){out, n};
}

str scan_string(struct scan *s, size_t bytes_max)
{
    scan_literal(s, S("\""));
    str rest = rest_of(s);
    size_t n = 0;
    while (n < rest.n && rest.p[n] != '"')
        n += rest.p[n] == '\\' ? 2 : 1;
    if (n >= rest.n) {
        scan_fail(s, "a text has no end");
        return S("");
    }
    str text = unescaped(s, str_from_to(rest, 0, n));
    if (text.n > bytes_max)
        scan_fail(s, "a text is longer than its limit");
    if (utf8_invalid_at(text) != SIZE_MAX)
        scan_fail(s, "a text is not UTF-8");
    if (s->what != NULL)
        return S("");
    advance(s, n + 1);
    return text;
}

bool format_number(str s, uint64_t max, uint64_t *out)
{
    uint64_t value = 0;
    if (s.n == 0 || (s.n > 1 && s.p[0] == '0'))
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (!ascii_is_digit(s.p[i]))
            return false;
        uint64_t digit = (uint64_t)(s.p[i] - '0');
        if (value > (max - digit) / 10 || digit > max)
            return false;
        value = value * 10 + digit;
    }
    *out = value;
    return true;
}

uint64_t scan_number(struct scan *s, uint64_t max)
{
    str rest = rest_of(s);
    size_t n = 0;
    uint64_t value = 0;
    while (n < rest.n && ascii_is_digit(rest.p[n]))
        n++;
    if (!format_number(str_from_to(rest, 0, n), max, &value))
        scan_fail(s, "a number is missing, over its limit or not in its shortest form");
    else
        advance(s, n);
    return value;
}

bool format_hex(str s, struct sha256 *out)
{
    if (s.n != 2 * sizeof out->byte)
        return false;
    for (size_t i = 0; i < sizeof out->byte; i++) {
        int high = hex_value(s.p[2 * i]), low = hex_value(s.p[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        out->byte[i] = (unsigned char)(high * 16 + low);
    }
    return true;
}

struct sha256 scan_hex(struct scan *s)
{
    struct sha256 h = {{0}};
    str rest = rest_of(s), digits = str_from_to(rest, 0, rest.n < 64 ? rest.n : 64);
    if (!format_hex(digits, &h))
        scan_fail(s, "a fingerprint is not 64 lower-case hex digits");
    else
        advance(s, 64);
    return h;
}

date scan_date(struct scan *s)
{
    date day = DATE_NONE;
    str rest = rest_of(s);
    if (!date_parse(str_from_to(rest, 0, rest.n < 10 ? rest.n : 10), &day))
        scan_fail(s, "a day is not YYYY-MM-DD");
    else
        advance(s, 10);
    return day;
}

str scan_id(struct scan *s)
{
    str id = scan_string(s, EDITION_ID_BYTES_MAX);
    if (!format_id(id))
        scan_fail(s, "the name of an edition or audience is not allowed");
    return id;
}

bool scan_end(struct scan *s, struct format_fault *fault)
{
    if (s->what == NULL && s->at != s->text.n)
        scan_fail(s, "there is more than there may be");
    *fault = (struct format_fault){s->fault_line, s->what};
    return s->what == NULL;
}
