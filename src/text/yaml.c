/* text/yaml: a strict subset of YAML 1.1, read as libyaml events. */
#include "text/yaml_int.h"

#include <assert.h>
#include <string.h>

#include "base/fatal.h"
#include "base/map.h"
#include "text/rules.h"

/* A value that waits for its list or map to end. */
struct pending {
    struct key key; /* in a map */
    struct value value;
};

/* A list or map that is not yet closed. */
struct frame {
    struct value head; /* its kind and place */
    size_t first;      /* its items are pending from here */
    struct key key;    /* in a map: of the value that comes next */
    bool has_key;
    bool drop; /* that key was refused, so its value has no place */
};

struct reader {
    struct arena *arena, *scratch;
    struct diags *diags;
    uint32_t file;
    struct yaml_cursor cursor;
    struct pending *pending;
    size_t pending_count, pending_cap;
    struct frame frames[YAML_DEPTH_MAX];
    size_t depth, event_count;
    struct value root;
};

/* From this many keys on, repeats are found through a hash map. */
enum { KEYS_COMPARED_MAX = 16 };

/* What waits for its list to end, twice over for the way arrays grow. */
enum { SCRATCH_BYTES_MAX = 1024 * 1024 * 1024 };

size_t yaml_offset(struct yaml_cursor *c, size_t index)
{
    str s = c->text;
    while (c->index < index && c->off < s.n) {
        c->off++;
        while (c->off < s.n && ((unsigned char)s.p[c->off] & 0xC0) == 0x80)
            c->off++;
        c->index++;
    }
    while (c->index > index && c->off > 0) {
        c->off--;
        while (c->off > 0 && ((unsigned char)s.p[c->off] & 0xC0) == 0x80)
            c->off--;
        c->index--;
    }
    return c->off;
}

static struct span span_of(const struct reader *r, size_t from, size_t to)
{
    return (struct span){r->file, (uint32_t)from, (uint32_t)(to - from)};
}

/* The word at `off`, to underline an anchor, an alias or a tag. */
static struct span word_at(const struct reader *r, size_t off)
{
    size_t end = off;
    while (end < r->cursor.text.n && memchr(" \t\r\n,[]{}", r->cursor.text.p[end], 10) == NULL)
        end++;
    return span_of(r, off, end);
}

static bool in_key_place(const struct reader *r)
{
    return r->depth != 0 && r->frames[r->depth - 1].head.kind == VALUE_MAP &&
           !r->frames[r->depth - 1].has_key;
}

/* -- Keys ------------------------------------------------------------------------------------ */

static bool key_is_fine(struct reader *r, const struct value *v)
{
    if (v->kind == VALUE_LIST || v->kind == VALUE_MAP) {
        diag(r->diags, TEXT_RULE(YAML_FEATURE), v->span, "a key is a %s, not a name",
             v->kind == VALUE_LIST ? "list" : "map");
        diag_hint(r->diags, "write a name before ':'; quote text that begins with '[' or '{'");
    } else if (v->kind == VALUE_SCALAR && v->text.n == 0) {
        diag(r->diags, TEXT_RULE(YAML_SYNTAX), v->span, "a key is missing before ':'");
    } else if (v->plain && str_eq(v->text, S("<<"))) {
        diag(r->diags, TEXT_RULE(YAML_FEATURE), v->span, "'<<' merges another map into this one");
        diag_hint(r->diags, "write the values out");
    } else {
        return v->kind == VALUE_SCALAR; /* else it was refused before */
    }
    return false;
}

static void take_key(struct reader *r, const struct value *v)
{
    struct frame *f = &r->frames[r->depth - 1];
    f->drop = !key_is_fine(r, v);
    f->key = (struct key){v->text, v->span};
    f->has_key = true;
}

/* A finished value goes to the list or map around it, or is the whole. */
static void put(struct reader *r, struct value v)
{
    if (r->depth == 0) {
        r->root = v;
        return;
    }
    if (in_key_place(r)) {
        take_key(r, &v);
        return;
    }
    struct frame *f = &r->frames[r->depth - 1];
    if (!f->drop)
        PUSH(r->scratch, r->pending, r->pending_count, r->pending_cap, struct pending) =
            (struct pending){f->key, v};
    f->has_key = false;
}

/* -- Lists and maps -------------------------------------------------------------------------- */

static const struct key *first_of(const struct key *keys, size_t count, str text)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(keys[i].text, text))
            return &keys[i];
    return NULL;
}

/* Copies keys and values to where they stay; of keys with one text the first. */
static void keep_map(struct reader *r, struct value *v, const struct pending *p, size_t count)
{
    struct map seen = map_in(r->scratch);
    v->keys = NEW_ARRAY(r->arena, struct key, count);
    v->items = NEW_ARRAY(r->arena, struct value, count);
    for (size_t i = 0; i < count; i++) {
        struct key *slot = &v->keys[v->count];
        const struct key *first = count <= KEYS_COMPARED_MAX
                                      ? first_of(v->keys, v->count, p[i].key.text)
                                      : map_put(&seen, p[i].key.text, slot);
        if (first != NULL) {
            str key = diag_quote(p[i].key.text);
            diag(r->diags, TEXT_RULE(YAML_DUPLICATE), p[i].key.span,
                 "the key '" STR_FMT "' stands here again", STR_ARG(key));
            diag_related(r->diags, first->span, "it stands here first");
            continue;
        }
        *slot = p[i].key;
        v->items[v->count++] = p[i].value;
    }
}

static void keep_list(struct reader *r, struct value *v, const struct pending *p, size_t count)
{
    v->items = NEW_ARRAY(r->arena, struct value, count);
    for (size_t i = 0; i < count; i++)
        v->items[i] = p[i].value;
    v->count = count;
}

static void close_frame(struct reader *r)
{
    assert(r->depth != 0);
    const struct frame *f = &r->frames[--r->depth];
    struct value v = f->head;
    const struct pending *items = r->pending + f->first;
    size_t count = r->pending_count - f->first;
    if (count != 0 && v.kind == VALUE_MAP)
        keep_map(r, &v, items, count);
    else if (count != 0)
        keep_list(r, &v, items, count);
    r->pending_count = f->first;
    put(r, v);
}

static bool open_frame(struct reader *r, enum value_kind kind, size_t off)
{
    struct span at = span_of(r, off, off);
    if (r->depth == YAML_DEPTH_MAX) {
        diag(r->diags, TEXT_RULE(YAML_DEPTH), at, "this is nested more than %d deep",
             YAML_DEPTH_MAX);
        return false;
    }
    r->frames[r->depth++] =
        (struct frame){.head = {.kind = kind, .span = at}, .first = r->pending_count};
    return true;
}

/* -- Scalars --------------------------------------------------------------------------------- */

/* Escapes can make what the file itself must not hold. */
static size_t control_at(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool c1 = c == 0xC2 && i + 1 < s.n && (unsigned char)s.p[i + 1] < 0xA0;
        if ((c < 0x20 && c != '\n' && c != '\t' && c != '\r') || c == 0x7F || c1)
            return i;
    }
    return SIZE_MAX;
}

/* Without the quotes, or without the head of a block: where the text itself is. */
static struct span text_span(const struct reader *r, yaml_scalar_style_t style, size_t from,
                             size_t to)
{
    str s = r->cursor.text;
    size_t start = from;
    if (style == YAML_SINGLE_QUOTED_SCALAR_STYLE || style == YAML_DOUBLE_QUOTED_SCALAR_STYLE)
        return to - from < 2 ? span_of(r, from, to) : span_of(r, from + 1, to - 1);
    if (style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE) {
        while (start < to && s.p[start] != '\n')
            start++;
        while (start < to && ascii_is_space(s.p[start]))
            start++;
        start = start == to ? from : start;
    }
    while (to > start && ascii_is_space(s.p[to - 1]))
        to--;
    return span_of(r, start, to);
}

static str borrow_or_dup(const struct reader *r, struct span at, str text)
{
    str s = r->cursor.text;
    if (text.n <= s.n - at.off && memcmp(s.p + at.off, text.p, text.n) == 0)
        return str_from_to(s, at.off, at.off + text.n);
    return str_dup(r->arena, text);
}

static bool means_nothing(str text)
{
    return text.n == 0 || str_eq(text, S("~")) || str_eq(text, S("null"));
}

static void take_scalar(struct reader *r, const yaml_event_t *e, size_t from, size_t to)
{
    str text = {(const char *)e->data.scalar.value, e->data.scalar.length};
    yaml_scalar_style_t style = e->data.scalar.style;
    struct span at = text_span(r, style, from, to);
    bool plain = style == YAML_PLAIN_SCALAR_STYLE;
    struct value v = {.kind = VALUE_NULL, .span = at, .plain = plain};
    size_t control = style == YAML_DOUBLE_QUOTED_SCALAR_STYLE ? control_at(text) : SIZE_MAX;
    if (text.n > YAML_SCALAR_BYTES_MAX) {
        diag(r->diags, TEXT_RULE(YAML_SIZE), at, "this text has %zu bytes, more than %d", text.n,
             YAML_SCALAR_BYTES_MAX);
        diag_hint(r->diags, "move it into a document, or split it");
    } else if (control != SIZE_MAX) {
        diag(r->diags, TEXT_RULE(YAML_SYNTAX), at, "an escape makes the control character U+%04X",
             (unsigned)utf8_next(text, &control));
        diag_hint(r->diags, "remove the escape; of control characters only \\n and \\t are text");
    } else if (!plain || in_key_place(r) || !means_nothing(text)) {
        v.kind = VALUE_SCALAR;
        v.text = borrow_or_dup(r, at, text);
    }
    put(r, v);
}

/* -- Events ---------------------------------------------------------------------------------- */

static void refuse_properties(struct reader *r, const yaml_char_t *anchor, const yaml_char_t *tag,
                              size_t off)
{
    if (anchor == NULL && tag == NULL)
        return;
    struct span at = word_at(r, off);
    str word = diag_quote(str_from_to(r->cursor.text, at.off, at.off + at.len));
    bool is_tag = word.n != 0 && word.p[0] == '!';
    diag(r->diags, TEXT_RULE(YAML_FEATURE), at, "'" STR_FMT "' is %s", STR_ARG(word),
         is_tag ? "a tag" : "an anchor");
    diag_hint(r->diags, "remove it; put text that begins with '%c' in quotes", is_tag ? '!' : '&');
}

static void refuse_alias(struct reader *r, size_t off)
{
    struct span at = word_at(r, off);
    str word = diag_quote(str_from_to(r->cursor.text, at.off, at.off + at.len));
    diag(r->diags, TEXT_RULE(YAML_FEATURE), at, "'" STR_FMT "' stands for a value elsewhere",
         STR_ARG(word));
    diag_hint(r->diags, "write the value out; put text that begins with '*' in quotes");
    put(r, (struct value){.kind = VALUE_NULL, .span = at});
}

/* One document is all: whatever follows its end is refused without asking
 * libyaml, which is quadratic in directives. */
static void check_end(struct reader *r, size_t off)
{
    str rest = str_skip(r->cursor.text, off), line;
    bool ended = false;
    while (str_line(&rest, &line)) {
        str text = str_trim(line);
        if (text.n == 0 || text.p[0] == '#')
            continue;
        size_t at = (size_t)(text.p - r->cursor.text.p);
        if (str_starts(line, S("..."))) {
            ended = true;
        } else if (ended || str_starts(text, S("---"))) {
            diag(r->diags, TEXT_RULE(YAML_FEATURE), span_of(r, at, at + text.n),
                 "a second document begins here");
            diag_hint(r->diags, "put it into a file of its own");
            return;
        } else {
            diag(r->diags, TEXT_RULE(YAML_SYNTAX), span_of(r, at, at + text.n),
                 "the value has ended before this");
            return;
        }
    }
}

/* False when nothing more is to be read. */
static bool take_event(struct reader *r, const yaml_event_t *e)
{
    size_t from = yaml_offset(&r->cursor, e->start_mark.index);
    switch (e->type) {
    case YAML_ALIAS_EVENT:
        refuse_alias(r, from);
        return true;
    case YAML_SCALAR_EVENT:
        refuse_properties(r, e->data.scalar.anchor, e->data.scalar.tag, from);
        take_scalar(r, e, from, yaml_offset(&r->cursor, e->end_mark.index));
        return true;
    case YAML_SEQUENCE_START_EVENT:
        refuse_properties(r, e->data.sequence_start.anchor, e->data.sequence_start.tag, from);
        return open_frame(r, VALUE_LIST, from);
    case YAML_MAPPING_START_EVENT:
        refuse_properties(r, e->data.mapping_start.anchor, e->data.mapping_start.tag, from);
        return open_frame(r, VALUE_MAP, from);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        close_frame(r);
        return true;
    case YAML_DOCUMENT_END_EVENT:
        check_end(r, from);
        return false;
    case YAML_STREAM_END_EVENT:
        return false;
    default:
        return true;
    }
}

static bool read_event(struct reader *r, yaml_parser_t *p)
{
    yaml_event_t event;
    if (!yaml_parser_parse(p, &event)) {
        if (p->error == YAML_MEMORY_ERROR)
            fatal("out of memory while reading YAML");
        size_t open_off = r->depth ? r->frames[r->depth - 1].head.span.off : SIZE_MAX;
        yaml_report(r->diags, r->file, &r->cursor, open_off, p);
        return false;
    }
    bool more = take_event(r, &event);
    yaml_event_delete(&event);
    if (more && ++r->event_count > YAML_EVENTS_MAX) {
        diag(r->diags, TEXT_RULE(YAML_SIZE), span_of(r, r->cursor.off, r->cursor.off),
             "there are more than %d values", YAML_EVENTS_MAX);
        return false;
    }
    return more;
}

/* -- What libyaml need not see --------------------------------------------------------------- */

/* libyaml ends a line at these as well, though no editor shows it: text could
 * become keys that nobody sees. */
static size_t odd_line_end(str s, size_t at)
{
    for (; at < s.n; at++) {
        unsigned char c = (unsigned char)s.p[at];
        if (c == '\r' && at + 1 < s.n && s.p[at + 1] != '\n')
            return at;
        if (c == 0xC2 && at + 1 < s.n && (unsigned char)s.p[at + 1] == 0x85)
            return at;
        if (c == 0xE2 && s.n - at > 2 && (unsigned char)s.p[at + 1] == 0x80 &&
            ((unsigned char)s.p[at + 2] & 0xFE) == 0xA8)
            return at;
    }
    return SIZE_MAX;
}

static void refuse_odd_line_ends(struct reader *r)
{
    size_t at = odd_line_end(r->cursor.text, r->cursor.from), after = at;
    if (at == SIZE_MAX)
        return;
    unsigned c = utf8_next(r->cursor.text, &after);
    diag(r->diags, TEXT_RULE(YAML_SYNTAX), span_of(r, at, after),
         "the character U+%04X ends a line here, unseen", c);
    diag_hint(r->diags,
              "save the file with LF or CRLF line ends, or write \"\\u%04x\" if it is meant", c);
}

/* Lines before the document that begin with '%': the first is reported, none is
 * shown to libyaml. */
static void refuse_directives(struct reader *r)
{
    str rest = str_skip(r->cursor.text, r->cursor.from), line;
    bool reported = false;
    while (str_line(&rest, &line)) {
        str text = str_trim(line);
        if (text.n != 0 && text.p[0] != '#' && line.p[0] != '%')
            return;
        if (line.n == 0 || line.p[0] != '%')
            continue;
        size_t at = (size_t)(line.p - r->cursor.text.p);
        if (!reported) {
            diag(r->diags, TEXT_RULE(YAML_FEATURE), span_of(r, at, at + text.n),
                 "a line that begins with '%%' is a directive");
            diag_hint(r->diags, "remove the line");
        }
        reported = true;
        r->cursor.from = rest.n ? (size_t)(rest.p - r->cursor.text.p) : r->cursor.text.n;
    }
}

static void read_all(struct reader *r)
{
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser))
        fatal("out of memory while reading YAML");
    str text = str_skip(r->cursor.text, r->cursor.from);
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)(text.n ? text.p : ""), text.n);
    r->cursor.off = r->cursor.from;
    while (read_event(r, &parser))
        ;
    while (r->depth != 0) /* only after a fault: what was read counts */
        close_frame(r);
    yaml_parser_delete(&parser);
}

struct value *yaml_parse(struct arena *a, struct diags *d, uint32_t file, size_t from, size_t to)
{
    str source = diags_source_text(d, file);
    assert(from <= to && to <= source.n);
    struct reader r = {.arena = a, .diags = d, .file = file};
    r.cursor = (struct yaml_cursor){.text = str_from_to(source, 0, to), .from = from};
    r.root = (struct value){.kind = VALUE_NULL, .span = span_of(&r, from, from), .plain = true};
    if (to - from > YAML_BYTES_MAX) {
        diag(d, TEXT_RULE(YAML_SIZE), r.root.span, "there are %zu bytes of YAML, more than %d",
             to - from, YAML_BYTES_MAX);
    } else {
        if (from == 0 && str_starts(r.cursor.text, S("\xEF\xBB\xBF")))
            r.cursor.from = 3;
        r.scratch = arena_new("yaml", SCRATCH_BYTES_MAX);
        refuse_odd_line_ends(&r);
        refuse_directives(&r);
        read_all(&r);
        arena_free(r.scratch);
    }
    struct value *root = NEW(a, struct value);
    *root = r.root;
    return root;
}
