/* unit/html_check: reads HTML as strictly as our writers must write it. */
#include "html_check.h"

#include "base/buf.h"
#include "base/map.h"

enum { DEPTH_MAX = 512 };

struct check {
    struct arena *arena;
    str html;
    size_t at;
    str open[DEPTH_MAX];
    size_t depth;
    struct map ids;
    const char *fault;
};

static bool is_one_of(str name, const char *const *list)
{
    for (; *list != NULL; list++)
        if (str_eq(name, str_from(*list)))
            return true;
    return false;
}

static const char *const void_element[] = {"br", "hr", "img", "input", NULL};
static const char *const known_element[] = {
    "a",     "abbr",    "blockquote", "br",     "caption", "code",    "del", "details", "div",
    "em",    "h1",      "h2",         "h3",     "h4",      "h5",      "h6",  "hr",      "img",
    "input", "ins",     "kbd",        "label",  "li",      "mark",    "ol",  "p",       "pre",
    "s",     "section", "span",       "strong", "sub",     "summary", "sup", "table",   "tbody",
    "td",    "th",      "thead",      "tr",     "ul",      NULL};
static const char *const known_attribute[] = {
    "alt",       "aria-hidden", "aria-label", "checked",  "class",   "colspan", "data-id",
    "data-sort", "for",         "href",       "id",       "loading", "rel",     "role",
    "scope",     "src",         "start",      "tabindex", "title",   "type",    NULL};

static bool is_name_char(char c)
{
    return ascii_is_alnum(c) || c == '-';
}

static str name_at(struct check *c)
{
    size_t from = c->at;
    while (c->at < c->html.n && is_name_char(c->html.p[c->at]))
        c->at++;
    return str_from_to(c->html, from, c->at);
}

static char peek(const struct check *c)
{
    return c->at < c->html.n ? c->html.p[c->at] : 0;
}

static void fail(struct check *c, const char *why)
{
    if (c->fault == NULL)
        c->fault = why;
}

static void fail_name(struct check *c, const char *why, str name)
{
    fail(c, str_c(c->arena, str_fmt(c->arena, "%s '" STR_FMT "'", why, STR_ARG(name))));
}

/* -- Addresses -------------------------------------------------------------- */

static bool is_harmless(str url)
{
    static const char *const scheme[] = {"http", "https", "mailto", "tel", NULL};
    for (size_t i = 0; i < url.n; i++) {
        char x = url.p[i];
        if (x == '/' || x == '?' || x == '#')
            return i != 0 || x != '/';
        if (x == ':')
            return is_one_of(str_from_to(url, 0, i), scheme);
    }
    return url.n != 0;
}

static void check_url(struct check *c, str value, struct arena *a)
{
    str url = str_lower(a, html_visible(a, value));
    for (size_t i = 0; i < url.n; i++)
        if ((unsigned char)url.p[i] <= ' ' || (unsigned char)url.p[i] >= 0x7F)
            fail(c, "an address holds a character that must be encoded");
    if (!is_harmless(url))
        fail_name(c, "an address leads where it must not", url);
}

/* -- Tags ------------------------------------------------------------------- */

static void check_value(struct check *c, str name, str value)
{
    if (str_find_char(value, '<', 0) != SIZE_MAX || str_find_char(value, '>', 0) != SIZE_MAX)
        fail_name(c, "a bare angle bracket in attribute", name);
    if (str_eq(name, S("href")) || str_eq(name, S("src")))
        check_url(c, value, c->arena);
    static int there;
    if (str_eq(name, S("id")) && map_put(&c->ids, value, &there) != NULL)
        fail_name(c, "an id stands twice:", value);
}

static void attribute(struct check *c)
{
    str name = name_at(c), value = S("");
    if (!is_one_of(name, known_attribute)) {
        fail_name(c, "an unexpected attribute", name);
        return;
    }
    if (peek(c) == '=') {
        size_t from = c->at + 2, to = str_find_char(c->html, '"', from);
        if (from > c->html.n || c->html.p[c->at + 1] != '"' || to == SIZE_MAX) {
            fail_name(c, "no quotes around attribute", name);
            return;
        }
        value = str_from_to(c->html, from, to);
        c->at = to + 1;
    }
    check_value(c, name, value);
}

static void close_tag(struct check *c)
{
    c->at++;
    str name = name_at(c);
    if (peek(c) != '>')
        fail_name(c, "a broken end tag", name);
    else if (c->depth == 0 || !str_eq(c->open[c->depth - 1], name))
        fail_name(c, "an end tag without a start", name);
    else
        c->depth--;
    c->at++;
}

static void open_tag(struct check *c)
{
    str name = name_at(c);
    if (!is_one_of(name, known_element))
        fail_name(c, "an unexpected element", name);
    while (c->fault == NULL && peek(c) == ' ') {
        c->at++;
        attribute(c);
    }
    if (peek(c) != '>')
        fail_name(c, "a broken start tag", name);
    c->at++;
    if (is_one_of(name, void_element))
        return;
    if (c->depth == DEPTH_MAX)
        fail(c, "elements are nested too deep");
    else
        c->open[c->depth++] = name;
}

const char *html_fault(struct arena *a, str html)
{
    struct check *c = NEW(a, struct check);
    c->arena = a;
    c->html = html;
    c->ids = map_in(a);
    while (c->fault == NULL && c->at < html.n) {
        char x = html.p[c->at++];
        if (x == '>')
            fail(c, "a bare '>'");
        else if (x == '<' && peek(c) == '/')
            close_tag(c);
        else if (x == '<')
            open_tag(c);
    }
    if (c->fault == NULL && c->depth != 0)
        fail_name(c, "not closed:", c->open[c->depth - 1]);
    return c->fault;
}

/* -- What is seen ----------------------------------------------------------- */

static const struct {
    str name, text;
} entity[] = {
    {S_INIT("&amp;"), S_INIT("&")},   {S_INIT("&lt;"), S_INIT("<")},  {S_INIT("&gt;"), S_INIT(">")},
    {S_INIT("&quot;"), S_INIT("\"")}, {S_INIT("&#39;"), S_INIT("'")},
};

static size_t resolve(str html, size_t at, struct buf *out)
{
    for (size_t e = 0; e < sizeof entity / sizeof *entity; e++)
        if (str_starts(str_skip(html, at), entity[e].name)) {
            buf_add(out, entity[e].text);
            return at + entity[e].name.n;
        }
    buf_char(out, '&');
    return at + 1;
}

str html_visible(struct arena *a, str html)
{
    struct buf out = buf_in(a, html.n + 1);
    for (size_t at = 0; at < html.n;) {
        if (html.p[at] == '<') {
            size_t end = str_find_char(html, '>', at);
            at = end == SIZE_MAX ? html.n : end + 1;
        } else if (html.p[at] == '&') {
            at = resolve(html, at, &out);
        } else {
            buf_char(&out, html.p[at++]);
        }
    }
    return buf_str(&out);
}

static bool is_word_char(char c)
{
    return ascii_is_alnum(c) || (unsigned char)c >= 0x80;
}

bool words_survive(str part, str whole, str *missing)
{
    size_t found = 0;
    for (size_t i = 0; i < part.n; i++) {
        if (!is_word_char(part.p[i]))
            continue;
        while (found < whole.n && whole.p[found] != part.p[i])
            found++;
        if (found++ == whole.n) {
            *missing = str_skip(part, i);
            return false;
        }
    }
    return true;
}
