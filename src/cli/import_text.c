/* cli/import_text: bytes of unknown origin as our text; days and times as people write them. */
#include "cli/import_int.h"

#include <string.h>

/* What Windows-1252 has where Latin-1 has control characters; 0: nothing. */
static const uint16_t windows[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static void put_code_point(struct buf *out, uint32_t c)
{
    char bytes[4];
    bool is_odd = (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7F && c < 0xA0);
    size_t n = utf8_put(bytes, is_odd ? 0xFFFD : c);
    buf_add(out, (str){bytes, n});
}

static str from_windows(struct arena *a, str bytes)
{
    struct buf out = buf_in(a, bytes.n + bytes.n / 8 + 16);
    for (size_t i = 0; i < bytes.n; i++) {
        unsigned char c = (unsigned char)bytes.p[i];
        put_code_point(&out, c >= 0x80 && c < 0xA0 ? windows[c - 0x80] : c);
    }
    return buf_str(&out);
}

static uint32_t unit_at(str bytes, size_t i, bool is_big)
{
    uint32_t first = (unsigned char)bytes.p[i], second = (unsigned char)bytes.p[i + 1];
    return is_big ? first << 8 | second : second << 8 | first;
}

static str from_utf16(struct arena *a, str bytes, bool is_big)
{
    struct buf out = buf_in(a, bytes.n + 16);
    for (size_t i = 0; i + 1 < bytes.n; i += 2) {
        uint32_t c = unit_at(bytes, i, is_big);
        uint32_t low =
            c >= 0xD800 && c < 0xDC00 && i + 3 < bytes.n ? unit_at(bytes, i + 2, is_big) : 0;
        if (low >= 0xDC00 && low < 0xE000) {
            c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
            i += 2;
        }
        put_code_point(&out, c >= 0xD800 && c < 0xE000 ? 0xFFFD : c);
    }
    return buf_str(&out);
}

/* Control characters become marks that show: no reader of ours takes them. */
static str without_controls(struct arena *a, str text)
{
    struct buf out = buf_in(a, text.n + 16);
    for (size_t at = 0; at < text.n;)
        put_code_point(&out, utf8_next(text, &at));
    return buf_str(&out);
}

static str with_plain_lines(struct arena *a, str text)
{
    struct buf out = buf_in(a, text.n + 1);
    if (str_find_char(text, '\r', 0) == SIZE_MAX)
        return text;
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] != '\r')
            buf_char(&out, text.p[i]);
        else if (i + 1 == text.n || text.p[i + 1] != '\n')
            buf_char(&out, '\n');
    return buf_str(&out);
}

static bool has_controls(str text)
{
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F ||
            (c == 0xC2 && i + 1 < text.n && (unsigned char)text.p[i + 1] < 0xA0))
            return true;
    }
    return false;
}

str import_text(struct arena *a, str bytes, str *encoding)
{
    *encoding = S("");
    if (str_starts(bytes, S("\xEF\xBB\xBF")))
        bytes = str_skip(bytes, 3);
    if (str_starts(bytes, S("\xFF\xFE")) || str_starts(bytes, S("\xFE\xFF"))) {
        *encoding = S("UTF-16");
        bytes = from_utf16(a, str_skip(bytes, 2), bytes.p[0] == '\xFE');
    } else if (utf8_invalid_at(bytes) != SIZE_MAX) {
        *encoding = S("Windows-1252");
        bytes = from_windows(a, with_plain_lines(a, bytes));
    }
    bytes = with_plain_lines(a, bytes);
    return has_controls(bytes) ? without_controls(a, bytes) : bytes;
}

uint32_t import_lines(str text)
{
    uint32_t lines = 0;
    for (size_t at = 0; (at = str_find_char(text, '\n', at)) != SIZE_MAX; at++)
        lines++;
    return lines;
}

/* -- Days ----------------------------------------------------------------------------- */

enum { TOKENS_MAX = 3 };

struct token {
    str word;  /* of letters; else empty */
    int value; /* of digits */
    size_t digits;
};

/* Up to three numbers and names of months; anything else between them parts them. False: there
 * is more. */
static bool cut_day(str s, struct token *t, size_t *count, char *between)
{
    *count = 0;
    *between = '\0';
    for (size_t i = 0; i < s.n;) {
        size_t from = i;
        while (i < s.n && ascii_is_digit(s.p[i]))
            i++;
        size_t digits = i - from;
        while (digits == 0 && i < s.n && ascii_is_alpha(s.p[i]))
            i++;
        if (i == from) {
            *between = *count == 1 ? s.p[i] : *between;
            if (s.p[i] != '.' && s.p[i] != '/' && s.p[i] != '-' && s.p[i] != ' ' && s.p[i] != ',')
                return false;
            i++;
            continue;
        }
        if (*count == TOKENS_MAX || digits > 4)
            return false;
        struct token *one = &t[(*count)++];
        *one = (struct token){.digits = digits};
        if (digits == 0)
            one->word = str_from_to(s, from, i);
        for (size_t k = from; k < from + digits; k++)
            one->value = one->value * 10 + (s.p[k] - '0');
    }
    return *count == TOKENS_MAX;
}

static bool begins(str name, str word)
{
    if (word.n < 3 || word.n > name.n)
        return false;
    for (size_t i = 0; i < word.n; i++)
        if (ascii_lower(word.p[i]) != ascii_lower(name.p[i]))
            return false;
    return true;
}

/* By its name, or the beginning of it; 0: none. */
static int month_of(str word)
{
    int month = 12;
    while (month > 0 && !begins(date_month_name(month), word))
        month--;
    return month;
}

static bool day_from(int year, int month, int day, date *out)
{
    char text[16];
    snprintf(text, sizeof text, "%04d-%02d-%02d", year % 10000, month % 100, day % 100);
    return day < 32 && month < 13 && date_parse(str_from(text), out);
}

static enum import_date all_numbers(const struct token *t, char between, date *day)
{
    if (t[0].digits == 4)
        return day_from(t[0].value, t[1].value, t[2].value, day) ? IMPORT_DATE : IMPORT_NO_DATE;
    if (t[2].digits != 4)
        return IMPORT_NO_DATE;
    date first, second; /* day first, month first */
    bool is_first = day_from(t[2].value, t[1].value, t[0].value, &first);
    bool is_second = between != '.' && day_from(t[2].value, t[0].value, t[1].value, &second);
    if (is_first && is_second && first != second)
        return IMPORT_AMBIGUOUS;
    if (is_first || is_second)
        *day = is_first ? first : second;
    return is_first || is_second ? IMPORT_DATE : IMPORT_NO_DATE;
}

enum import_date import_date(str text, date *day)
{
    struct token t[TOKENS_MAX];
    size_t count;
    char between;
    text = str_trim(text);
    if (text.n > 10 && (text.p[10] == 'T' || text.p[10] == ' ') &&
        date_parse(str_from_to(text, 0, 10), day))
        return IMPORT_DATE;
    if (!cut_day(text, t, &count, &between))
        return IMPORT_NO_DATE;
    bool is_named_first = t[0].word.n != 0, is_named = is_named_first || t[1].word.n != 0;
    int month = is_named ? month_of(t[is_named_first ? 0 : 1].word) : 0;
    if (!is_named)
        return t[2].word.n != 0 ? IMPORT_NO_DATE : all_numbers(t, between, day);
    bool is_fine = month != 0 && t[2].digits == 4 &&
                   day_from(t[2].value, month, t[is_named_first ? 1 : 0].value, day);
    return is_fine ? IMPORT_DATE : IMPORT_NO_DATE;
}

/* -- Times ---------------------------------------------------------------------------- */

static char unit_of(str word)
{
    static const struct {
        str word;
        char unit;
    } known[] = {{S_INIT("m"), 'm'},      {S_INIT("min"), 'm'},     {S_INIT("mins"), 'm'},
                 {S_INIT("minute"), 'm'}, {S_INIT("minutes"), 'm'}, {S_INIT("h"), 'h'},
                 {S_INIT("hr"), 'h'},     {S_INIT("hrs"), 'h'},     {S_INIT("hour"), 'h'},
                 {S_INIT("hours"), 'h'},  {S_INIT("d"), 'd'},       {S_INIT("day"), 'd'},
                 {S_INIT("days"), 'd'},   {S_INIT("w"), 'w'},       {S_INIT("week"), 'w'},
                 {S_INIT("weeks"), 'w'}};
    for (size_t i = 0; i < COUNT_OF(known); i++)
        if (str_eq(known[i].word, word))
            return known[i].unit;
    return '\0';
}

bool import_duration(struct arena *a, str text, str *out)
{
    struct buf b = buf_in(a, 32);
    str s = str_lower(a, str_trim(text));
    duration minutes;
    for (size_t i = 0; i < s.n;) {
        size_t from = i;
        while (i < s.n && ascii_is_digit(s.p[i]))
            i++;
        str number = str_from_to(s, from, i);
        while (i < s.n && s.p[i] == ' ')
            i++;
        size_t word = i;
        while (i < s.n && ascii_is_alpha(s.p[i]))
            i++;
        char unit = unit_of(str_from_to(s, word, i));
        if (number.n == 0 || unit == '\0')
            return false;
        buf_fmt(&b, "%s" STR_FMT "%c", b.n != 0 ? " " : "", STR_ARG(number), unit);
        while (i < s.n && (s.p[i] == ' ' || s.p[i] == ','))
            i++;
    }
    *out = buf_str(&b);
    return duration_parse(*out, &minutes);
}
