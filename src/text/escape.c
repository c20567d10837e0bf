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
enum { PLAIN, MARKS, MARKS_FIRST, BLANK, BREAKS };
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
    [' '] = BLANK,   ['\t'] = BLANK,
    ['\n'] = BREAKS, ['\r'] = BREAKS,
};

static int class_of(char c)
{
    return markdown_class[(unsigned char)c];
}

static str without_outer_breaks(str s)
{
    while (s.n != 0 && class_of(s.p[0]) == BREAKS)
        s = str_skip(s, 1);
    while (s.n != 0 && class_of(s.p[s.n - 1]) == BREAKS)
        s.n--;
    return s;
}

/* The full stop behind digits at the head, the mark of a numbered list, or
 * SIZE_MAX. */
static size_t list_mark_at(str s)
{
    size_t i = 0;
    while (i < s.n && ascii_is_digit(s.p[i]))
        i++;
    return i < s.n && s.p[i] == '.' ? i : SIZE_MAX;
}

/* What to write before the byte at i; *keep says whether it follows itself. The
 * first and the last byte are no line break. */
static str guard(str text, size_t i, size_t list_mark, bool *keep)
{
    char c = text.p[i];
    bool first = i == 0, last = i == text.n - 1;
    *keep = false;
    switch (class_of(c)) {
    case BREAKS:
        return c == '\r' && text.p[i + 1] == '\n' ? S("") : S(" ");
    case BLANK: /* a real one could indent code or break a line */
        *keep = !first && !last;
        return *keep ? S("") : S("&#32;");
    case MARKS: /* two backslashes before the edge of a cell are misread */
        *keep = c != '\\' || !(last || text.p[i + 1] == '|');
        return *keep ? S("\\") : S("&#92;");
    default:
        *keep = true;
        return first || i == list_mark ? S("\\") : S("");
    }
}

void escape_markdown(struct buf *out, str text)
{
    text = without_outer_breaks(text);
    size_t done = 0, list_mark = list_mark_at(text);
    for (size_t i = 0; i < text.n; i++) {
        bool keep;
        if (class_of(text.p[i]) == PLAIN)
            continue;
        str put = guard(text, i, list_mark, &keep);
        if (keep && put.n == 0)
            continue;
        buf_add(out, str_from_to(text, done, i));
        buf_add(out, put);
        done = keep ? i : i + 1;
    }
    buf_add(out, str_skip(text, done));
}
