/* text/md_token: HTML as tags, comments and text. */
#include "text/md_int.h"

const char *const md_tag_name[TAG_COUNT] = {
    [TAG_BR] = "br",       [TAG_IMG] = "img",         [TAG_SUB] = "sub",
    [TAG_SUP] = "sup",     [TAG_KBD] = "kbd",         [TAG_MARK] = "mark",
    [TAG_ABBR] = "abbr",   [TAG_DETAILS] = "details", [TAG_SUMMARY] = "summary",
    [TAG_TABLE] = "table", [TAG_THEAD] = "thead",     [TAG_TBODY] = "tbody",
    [TAG_TFOOT] = "tfoot", [TAG_TR] = "tr",           [TAG_TH] = "th",
    [TAG_TD] = "td",       [TAG_COL] = "col",         [TAG_COLGROUP] = "colgroup",
    [TAG_UL] = "ul",       [TAG_OL] = "ol",           [TAG_LI] = "li",
};

static char byte_at(str s, size_t at)
{
    return at < s.n ? s.p[at] : 0;
}

static size_t skip_space(str s, size_t at)
{
    while (ascii_is_space(byte_at(s, at)))
        at++;
    return at;
}

static size_t name_end(str s, size_t at)
{
    if (!ascii_is_alpha(byte_at(s, at)))
        return at;
    while (ascii_is_alnum(byte_at(s, at)) || byte_at(s, at) == '-')
        at++;
    return at;
}

static enum md_tag tag_named(str name)
{
    for (enum md_tag t = TAG_OTHER + 1; t < TAG_PARA; t++) {
        const char *known = md_tag_name[t];
        size_t i = 0;
        while (i < name.n && known[i] != 0 && ascii_lower(name.p[i]) == known[i])
            i++;
        if (i == name.n && known[i] == 0)
            return t;
    }
    return TAG_OTHER;
}

struct attribute {
    str name, value;
};

static bool is_name_char(char c)
{
    return ascii_is_alnum(c) || c == '_' || c == ':' || c == '.' || c == '-';
}

static bool is_bare_value_char(char c)
{
    return c != 0 && !ascii_is_space(c) && c != '"' && c != '\'' && c != '=' && c != '<' &&
           c != '>' && c != '`';
}

/* Reads `= value` at `at`; gives where it ends, or 0 when it is broken. */
static size_t value_end(str s, size_t at, str *value)
{
    size_t from = skip_space(s, at + 1);
    char quote = byte_at(s, from);
    if (quote == '"' || quote == '\'') {
        size_t to = str_find_char(s, quote, from + 1);
        if (to == SIZE_MAX)
            return 0;
        *value = str_from_to(s, from + 1, to);
        return to + 1;
    }
    size_t to = from;
    while (is_bare_value_char(byte_at(s, to)))
        to++;
    *value = str_from_to(s, from, to);
    return to > from ? to : 0;
}

/* Reads one attribute at *at, which moves behind it; false when none is there. */
static bool attribute_next(str s, size_t *at, struct attribute *a)
{
    size_t from = skip_space(s, *at), to = from;
    char first = byte_at(s, from);
    if (from == *at || !(ascii_is_alpha(first) || first == '_' || first == ':'))
        return false;
    while (is_name_char(byte_at(s, to)))
        to++;
    *a = (struct attribute){.name = str_from_to(s, from, to)};
    size_t sign = skip_space(s, to);
    if (byte_at(s, sign) == '=') {
        to = value_end(s, sign, &a->value);
        if (to == 0)
            return false;
    }
    *at = to;
    return true;
}

/* The tag at `at`, where '<' stands: its end, or 0 when it is none. */
static size_t tag_end(str s, size_t at, struct md_token *t)
{
    bool closes = byte_at(s, at + 1) == '/';
    size_t name = at + 1 + closes, end = name_end(s, name);
    if (end == name)
        return 0;
    t->kind = closes ? TOKEN_CLOSE : TOKEN_OPEN;
    t->tag = tag_named(str_from_to(s, name, end));
    struct attribute a;
    while (!closes && attribute_next(s, &end, &a))
        ;
    end = skip_space(s, end);
    if (!closes && byte_at(s, end) == '/')
        end++;
    return byte_at(s, end) == '>' ? end + 1 : 0;
}

size_t md_comments_end(str html)
{
    for (size_t end = html.n; end >= 3; end--)
        if (str_eq(str_from_to(html, end - 3, end), S("-->")))
            return end;
    return 0;
}

static size_t comment_end(str s, size_t at, size_t comments_end)
{
    if (at + 7 > comments_end || !str_starts(str_skip(s, at), S("<!--")))
        return 0;
    return str_find(s, S("-->"), at + 4) + 3;
}

/* Instructions, declarations, CDATA and comments that never end, up to the next
 * angle bracket: they are shown. */
static size_t other_end(str s, size_t at)
{
    char next = byte_at(s, at + 1);
    if (next != '!' && next != '?')
        return 0;
    size_t end = at + 1;
    while (end < s.n && s.p[end] != '<' && s.p[end] != '>')
        end++;
    if (byte_at(s, end) == '>')
        return end + 1;
    while (ascii_is_space(s.p[end - 1]))
        end--;
    return end;
}

struct md_token md_token_at(str html, size_t at, size_t comments_end)
{
    struct md_token t = {.kind = TOKEN_COMMENT};
    size_t end = 0;
    if (html.p[at] == '<')
        end = comment_end(html, at, comments_end);
    if (html.p[at] == '<' && end == 0)
        end = tag_end(html, at, &t);
    if (html.p[at] == '<' && end == 0) {
        t = (struct md_token){.kind = TOKEN_OPEN, .tag = TAG_OTHER};
        end = other_end(html, at);
    }
    if (end == 0) {
        t = (struct md_token){.kind = TOKEN_TEXT};
        end = str_find_char(html, '<', at + 1);
        if (end == SIZE_MAX)
            end = html.n;
    }
    t.raw = str_from_to(html, at, end);
    return t;
}

bool md_token_attribute(const struct md_token *t, struct arena *a, str name, str *value)
{
    size_t at = name_end(t->raw, 1);
    struct attribute found;
    while (attribute_next(t->raw, &at, &found)) {
        if (!str_eq(str_lower(a, found.name), name))
            continue;
        *value = md_unescape(a, found.value);
        return true;
    }
    return false;
}
