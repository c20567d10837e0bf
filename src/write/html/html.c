/* write/html/html: elements on a stack, and three doors for what authors wrote. */
#include "write/html/html_int.h"

#include <assert.h>
#include <string.h>

#include "text/mustache.h"

struct html html_into(struct buf *out)
{
    return (struct html){.out = out};
}

static str end_of_tag(const struct html *h)
{
    return h->plain && h->is_void ? S(" />") : S(">");
}

static void tag_end(struct html *h)
{
    if (!h->in_tag)
        return;
    buf_add(h->out, end_of_tag(h));
    h->in_tag = false;
}

/* Three pieces at once: most of what is written is tags. */
static void put3(struct buf *out, str a, str b, str c)
{
    char *room = buf_room(out, a.n + b.n + c.n);
    memcpy(room, a.p, a.n);
    memcpy(room + a.n, b.p, b.n);
    memcpy(room + a.n + b.n, c.p, c.n);
    out->n += a.n + b.n + c.n;
}

static void tag_begin(struct html *h, const char *element, bool is_void)
{
    put3(h->out, h->in_tag ? end_of_tag(h) : S(""), S("<"), str_from(element));
    h->in_tag = true;
    h->is_void = is_void;
}

void html_open(struct html *h, const char *element)
{
    tag_begin(h, element, false);
    PUSH(h->out->arena, h->open, h->depth, h->cap, const char *) = element;
}

void html_close(struct html *h, const char *element)
{
    assert(h->depth != 0);
    const char *innermost = h->open[h->depth - 1];
    assert(innermost == element || strcmp(innermost, element) == 0);
    tag_end(h);
    h->depth--;
    put3(h->out, S("</"), str_from(element), S(">"));
}

void html_void(struct html *h, const char *element)
{
    tag_begin(h, element, true);
}

void html_element(struct html *h, const char *element, const char *css_class, str text)
{
    html_open(h, element);
    if (css_class != NULL)
        html_attr(h, "class", str_from(css_class));
    html_text(h, text);
    html_close(h, element);
}

void html_done(struct html *h)
{
    tag_end(h);
    assert(h->depth == 0);
}

void html_newline(struct html *h)
{
    tag_end(h);
    if (h->out->n != 0 && h->out->p[h->out->n - 1] != '\n')
        buf_char(h->out, '\n');
}

/* -- The doors -------------------------------------------------------------- */

void html_text(struct html *h, str text)
{
    tag_end(h);
    escape_html(h->out, text);
}

void html_raw(struct html *h, str markup)
{
    tag_end(h);
    buf_add(h->out, markup);
}

static bool holds_address(const char *name)
{
    static const char *const address[] = {"href",   "src",        "srcset", "srcdoc",
                                          "action", "formaction", "data",   "poster",
                                          "cite",   "background", "ping"};
    if (strchr("hsafdpcb", name[0]) == NULL)
        return false;
    for (size_t i = 0; i < COUNT_OF(address); i++)
        if (strcmp(name, address[i]) == 0)
            return true;
    return false;
}

static void attr_begin(struct html *h, const char *name)
{
    assert(h->in_tag);
    put3(h->out, S(" "), str_from(name), S(""));
}

void html_attr(struct html *h, const char *name, str value)
{
    assert(!holds_address(name) && strcmp(name, "style") != 0 && strncmp(name, "on", 2) != 0);
    attr_begin(h, name);
    buf_lit(h->out, "=\"");
    escape_html(h->out, value);
    buf_char(h->out, '"');
}

void html_attr_number(struct html *h, const char *name, long long value)
{
    attr_begin(h, name);
    buf_fmt(h->out, "=\"%lld\"", value);
}

void html_flag(struct html *h, const char *name)
{
    attr_begin(h, name);
    if (h->plain)
        buf_lit(h->out, "=\"\"");
}

/* -- Addresses -------------------------------------------------------------- */

static bool starts_caseless(str s, str lower)
{
    if (s.n < lower.n)
        return false;
    for (size_t i = 0; i < lower.n; i++)
        if (ascii_lower(s.p[i]) != lower.p[i])
            return false;
    return true;
}

bool html_url_has_scheme(str url)
{
    for (size_t i = 0; i < url.n; i++) {
        if (url.p[i] == ':')
            return true;
        if (url.p[i] == '/' || url.p[i] == '?' || url.p[i] == '#')
            return false;
    }
    return false;
}

bool html_url_is_external(str url)
{
    return starts_caseless(url, S("http://")) || starts_caseless(url, S("https://"));
}

/* Browsers drop blanks and controls at the front and take '\' for '/', so an
 * address that begins with any of them is no relative one. */
bool html_url_is_safe(str url)
{
    if (url.n == 0)
        return false;
    if (html_url_is_external(url) || starts_caseless(url, S("mailto:")) ||
        starts_caseless(url, S("tel:")))
        return true;
    return (unsigned char)url.p[0] > ' ' && url.p[0] != '/' && url.p[0] != '\\' &&
           !html_url_has_scheme(url);
}

/* What an address may hold as it is: letters, digits and these. '&' and "'" are
 * escaped as in text. */
static const bool url_sign[256] = {
    ['-'] = true, ['_'] = true, ['.'] = true,  ['+'] = true, ['!'] = true, ['*'] = true,
    ['('] = true, [')'] = true, [','] = true,  ['%'] = true, ['#'] = true, ['@'] = true,
    ['?'] = true, ['='] = true, [';'] = true,  [':'] = true, ['/'] = true, ['$'] = true,
    ['~'] = true, ['&'] = true, ['\''] = true,
};

static void put_url(struct buf *out, str url)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t done = 0;
    for (size_t i = 0; i < url.n; i++) {
        unsigned char c = (unsigned char)url.p[i];
        if (url_sign[c] || ascii_is_alnum(url.p[i]))
            continue;
        escape_html(out, str_from_to(url, done, i));
        buf_char(out, '%');
        buf_char(out, hex[c >> 4]);
        buf_char(out, hex[c & 15]);
        done = i + 1;
    }
    escape_html(out, str_skip(url, done));
}

bool html_url(struct html *h, const char *name, str url)
{
    assert(holds_address(name) && strcmp(name, "srcdoc") != 0);
    if (!h->plain && !html_url_is_safe(url))
        return false;
    attr_begin(h, name);
    buf_lit(h->out, "=\"");
    put_url(h->out, url);
    buf_char(h->out, '"');
    return true;
}
