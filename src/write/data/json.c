/* write/data/json: JSON, written in order, also safe inside a script element. */
#include "write/data/json.h"

#include <assert.h>

struct json json_in(struct buf *out)
{
    return (struct json){.out = out};
}

static void line_break(struct json *j)
{
    if (j->depth == 1)
        buf_char(j->out, '\n');
}

/* What stands before a value or a key. */
static void separate(struct json *j)
{
    if (j->has_key) {
        j->has_key = false;
        return;
    }
    if (j->has_items)
        buf_char(j->out, ',');
    line_break(j);
    j->has_items = true;
}

static void open(struct json *j, char opening, char closing)
{
    assert(j->depth < JSON_DEPTH_MAX);
    separate(j);
    buf_char(j->out, opening);
    j->close[j->depth++] = closing;
    j->has_items = false;
}

void json_open_map(struct json *j)
{
    open(j, '{', '}');
}

void json_open_list(struct json *j)
{
    open(j, '[', ']');
}

void json_close(struct json *j)
{
    assert(j->depth != 0 && !j->has_key);
    if (j->has_items)
        line_break(j);
    buf_char(j->out, j->close[--j->depth]);
    j->has_items = true;
    if (j->depth == 0)
        buf_char(j->out, '\n');
}

static void put_character(struct buf *b, str s, size_t start, size_t end, uint32_t c)
{
    switch (c) {
    case '"':
    case '\\':
        buf_char(b, '\\');
        buf_char(b, (char)c);
        break;
    case '\n':
        buf_lit(b, "\\n");
        break;
    case '\t':
        buf_lit(b, "\\t");
        break;
    default:
        if (c < 0x20 || c == 0x7F || c == '<' || c == '>' || c == '&' || c == 0x2028 || c == 0x2029)
            buf_fmt(b, "\\u%04x", (unsigned)c);
        else if (c == 0xFFFD)
            buf_lit(b, "\xEF\xBF\xBD"); /* a broken byte decodes to it as well */
        else
            buf_add(b, str_from_to(s, start, end));
    }
}

static void put_text(struct buf *b, str s)
{
    buf_char(b, '"');
    for (size_t at = 0; at < s.n;) {
        size_t start = at;
        uint32_t c = utf8_next(s, &at);
        put_character(b, s, start, at, c);
    }
    buf_char(b, '"');
}

void json_key(struct json *j, str key)
{
    assert(j->depth != 0 && j->close[j->depth - 1] == '}' && !j->has_key);
    separate(j);
    put_text(j->out, key);
    buf_char(j->out, ':');
    j->has_key = true;
}

static void put_value(struct json *j, str s)
{
    assert(j->depth == 0 || j->close[j->depth - 1] == ']' || j->has_key);
    separate(j);
    buf_add(j->out, s);
}

void json_text(struct json *j, str text)
{
    put_value(j, S(""));
    put_text(j->out, text);
}

void json_int(struct json *j, long long number)
{
    put_value(j, S(""));
    buf_fmt(j->out, "%lld", number);
}

void json_number(struct json *j, str digits)
{
    assert(json_is_number(digits));
    put_value(j, digits);
}

void json_bool(struct json *j, bool yes)
{
    put_value(j, yes ? S("true") : S("false"));
}

void json_nothing(struct json *j)
{
    put_value(j, S("null"));
}

bool json_is_number(str text)
{
    size_t digits = 0, points = 0;
    text = str_skip(text, str_starts(text, S("-")));
    if (text.n > 1 && text.p[0] == '0' && text.p[1] != '.')
        return false;
    for (size_t i = 0; i < text.n; i++) {
        bool inner_point = text.p[i] == '.' && i != 0 && i + 1 < text.n;
        if (!ascii_is_digit(text.p[i]) && !inner_point)
            return false;
        digits += ascii_is_digit(text.p[i]);
        points += text.p[i] == '.';
    }
    return digits != 0 && points <= 1;
}
