/* text/mustache_scan: where tags are in a template and what they say. */
#include "text/mustache_int.h"

/* Of both new delimiters with their blanks; a later `=}}` is not meant. */
enum { DELIMITERS_BYTES_MAX = 4 * TEMPLATE_DELIMITER_BYTES_MAX };

static void set_delimiters(struct scanner *s, str open, str close)
{
    s->open = open;
    s->close = (struct needle){.word = close};
    s->close_raw = (struct needle){.word = str_fmt(s->arena, "}" STR_FMT, STR_ARG(close))};
    s->close_delimiters = (struct needle){.word = str_fmt(s->arena, "=" STR_FMT, STR_ARG(close))};
}

struct scanner scanner_on(struct arena *a, str text)
{
    struct scanner s = {.arena = a, .text = text};
    set_delimiters(&s, S("{{"), S("}}"));
    return s;
}

/* `from` never goes back, so a place that is still ahead is still the next. */
static size_t needle_find(struct needle *n, str text, size_t from)
{
    if (!n->known || (n->at != SIZE_MAX && n->at < from)) {
        n->at = str_find(text, n->word, from);
        n->known = true;
    }
    return n->at;
}

static size_t skip_blanks(str s, size_t from, size_t to)
{
    while (from < to && ascii_is_space(s.p[from]))
        from++;
    return from;
}

/* The opening delimiter becomes text, and the scan goes on behind it. */
static void broken(struct scanner *s, struct tag *tag, const char *fault)
{
    tag->kind = TAG_BROKEN;
    tag->len = s->open.n;
    tag->fault = fault;
    s->at = tag->off + tag->len;
}

static bool holds(str s, str word)
{
    return str_find(s, word, 0) != SIZE_MAX;
}

static void finish(struct scanner *s, struct tag *tag, size_t end)
{
    s->at = end;
    tag->len = end - tag->off;
}

static bool is_delimiter(str s)
{
    if (s.n == 0 || s.n > TEMPLATE_DELIMITER_BYTES_MAX)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '=' || ascii_is_space(s.p[i]))
            return false;
    }
    return true;
}

/* {{=<% %>=}}, from behind the first `=`. */
static void scan_delimiters(struct scanner *s, struct tag *tag, size_t from)
{
    size_t end = needle_find(&s->close_delimiters, s->text, from);
    if (end == SIZE_MAX || end - from > DELIMITERS_BYTES_MAX) {
        broken(s, tag, "new delimiters must stand between two '='");
        return;
    }
    str both = str_trim(str_from_to(s->text, from, end));
    size_t gap = 0;
    while (gap < both.n && !ascii_is_space(both.p[gap]))
        gap++;
    str open = str_from_to(both, 0, gap), close = str_trim(str_skip(both, gap));
    finish(s, tag, end + s->close_delimiters.word.n);
    tag->kind = TAG_SILENT;
    if (is_delimiter(open) && is_delimiter(close)) {
        set_delimiters(s, open, close);
    } else {
        tag->kind = TAG_BROKEN;
        tag->fault = "new delimiters are two short words with a blank between them, without '='";
    }
}

static enum tag_kind kind_of(char sigil)
{
    switch (sigil) {
    case '#':
        return TAG_SECTION;
    case '^':
        return TAG_INVERTED;
    case '/':
        return TAG_END;
    case '>':
        return TAG_PARTIAL;
    case '<':
        return TAG_PARENT;
    case '$':
        return TAG_BLOCK;
    case '&':
        return TAG_RAW;
    case '!':
        return TAG_SILENT;
    default:
        return TAG_VALUE;
    }
}

/* Partials, parents and the ends of parents may be named by a value. */
static void take_name(struct tag *tag, str name)
{
    tag->name = str_trim(name);
    bool may = tag->kind == TAG_PARTIAL || tag->kind == TAG_PARENT || tag->kind == TAG_END;
    if (may && tag->name.n != 0 && tag->name.p[0] == '*') {
        tag->dynamic = true;
        tag->name = str_trim(str_skip(tag->name, 1));
    }
}

bool scanner_next(struct scanner *s, struct tag *tag)
{
    size_t off = str_find(s->text, s->open, s->at);
    if (off == SIZE_MAX)
        return false;
    size_t body = off + s->open.n;
    *tag = (struct tag){.off = off};
    bool raw = body < s->text.n && s->text.p[body] == '{';
    struct needle *close = raw ? &s->close_raw : &s->close;
    size_t end = needle_find(close, s->text, raw ? body + 1 : body);
    if (end == SIZE_MAX) {
        broken(s, tag, "the tag is not closed");
        if (!raw)
            s->at = s->text.n; /* nothing behind it can be closed either */
        return true;
    }
    size_t at = raw ? body : skip_blanks(s->text, body, end);
    if (at < end && s->text.p[at] == '=') {
        scan_delimiters(s, tag, at + 1);
        return true;
    }
    tag->kind = raw ? TAG_RAW : at < end ? kind_of(s->text.p[at]) : TAG_VALUE;
    str content = str_from_to(s->text, tag->kind == TAG_VALUE ? at : at + 1, end);
    if (tag->kind != TAG_SILENT && (holds(content, s->open) || holds(content, s->close.word))) {
        broken(s, tag, "the tag is not closed where it should be");
        return true;
    }
    take_name(tag, content);
    finish(s, tag, end + close->word.n);
    return true;
}
