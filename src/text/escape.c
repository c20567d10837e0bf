/* text/escape: author text made harmless for HTML and for Markdown. */
#include "text/mustache.h"

static const str html_entity[256] = {
    ['&'] = S_INIT("&amp;"),  ['<'] = S_INIT("&lt;"),   ['>'] = S_INIT("&gt;"),
    ['"'] = S_INIT("&quot;"), ['\''] = S_INIT("&#39;"),
};

void escape_html(struct buf *out, str text)
{
    size_t done = 0;
    for (size_t i = 0; i < text.n; i++) {
        const str *entity = &html_entity[(unsigned char)text.p[i]];
        if (entity->n == 0)
            continue;
        buf_add(out, str_from_to(text, done, i));
        buf_add(out, *entity);
        done = i + 1;
    }
    buf_add(out, str_skip(text, done));
}

/* What each character can do in Markdown. */
enum { PLAIN, MARKS, MARKS_FIRST, BREAKS };
static const unsigned char markdown_class[256] = {
    /* Emphasis, code, links, pictures, HTML, entities, table cells, the end of
     * a heading, of a link's title or of its address: anywhere. */
    ['\\'] = MARKS, ['`'] = MARKS, ['*'] = MARKS, ['_'] = MARKS, ['~'] = MARKS, ['['] = MARKS,
    [']'] = MARKS,  ['('] = MARKS, [')'] = MARKS, ['!'] = MARKS, ['<'] = MARKS, ['>'] = MARKS,
    ['&'] = MARKS,  ['|'] = MARKS, ['#'] = MARKS, ['"'] = MARKS,
    /* List items, rules, underlines of headings, the second row of a table:
     * only where a line begins, and within a value no line does. */
    ['-'] = MARKS_FIRST, ['+'] = MARKS_FIRST, ['='] = MARKS_FIRST, [':'] = MARKS_FIRST,
    ['.'] = MARKS_FIRST,
    ['\n'] = BREAKS, ['\r'] = BREAKS,
};

static bool is_break(char c)
{
    return markdown_class[(unsigned char)c] == BREAKS;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static str without_outer_breaks(str s)
{
    while (s.n != 0 && is_break(s.p[0]))
        s = str_skip(s, 1);
    while (s.n != 0 && is_break(s.p[s.n - 1]))
        s.n--;
    return s;
}

/* How many bytes of the digits at the head are followed by a full stop: the
 * mark of a numbered list. SIZE_MAX when there is none. */
static size_t list_mark_at(str s)
{
    size_t i = 0;
    while (i < s.n && ascii_is_digit(s.p[i]))
        i++;
    return i != 0 && i < s.n && s.p[i] == '.' ? i : SIZE_MAX;
}

void escape_markdown(struct buf *out, str text)
{
    text = without_outer_breaks(text);
    size_t done = 0, list_mark = list_mark_at(text);
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        unsigned char class = markdown_class[(unsigned char)c];
        bool outer_blank = is_blank(c) && (i == 0 || i == text.n - 1);
        bool marks = class == MARKS || (class == MARKS_FIRST && (i == 0 || i == list_mark));
        if (!marks && !outer_blank && class != BREAKS)
            continue;
        buf_add(out, str_from_to(text, done, i));
        done = marks ? i : i + 1;
        if (outer_blank)
            buf_lit(out, "&#32;"); /* a real one could indent code or break a line */
        else if (marks)
            buf_char(out, '\\');
        else if (c == '\n' || text.p[i + 1] != '\n')
            buf_char(out, ' ');
    }
    buf_add(out, str_skip(text, done));
}
