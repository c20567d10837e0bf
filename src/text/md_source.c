/* text/md_source: what the parser gets to see, and where that stands in the source. */
#include "text/md_int.h"

#include <string.h>

#include "text/rules.h"

size_t md_after_line_end(str text, size_t at)
{
    if (at + 1 < text.n && text.p[at] == '\r' && text.p[at + 1] == '\n')
        return at + 2;
    return at < text.n ? at + 1 : at;
}

/* What was printed by a template has the span of its tag, whatever part of it
 * is meant. */
static struct span place(const struct md_source *s, size_t at, size_t bytes)
{
    if (s->map == NULL)
        return (struct span){s->file, (uint32_t)(s->off + at), (uint32_t)bytes};
    struct span span = template_map_find(s->map, at);
    if (span.len == 0 && bytes != 0) {
        struct span last = template_map_find(s->map, at + bytes - 1);
        if (last.file == span.file && last.off - span.off == bytes - 1)
            span.len = (uint32_t)bytes;
    }
    return span;
}

/* -- Putting together ------------------------------------------------------- */

enum { MARK_FIRST = 0x2E00, MARK_COUNT = 0x2F };

/* The character that "&#11822;" or "&#x2E2E;" at `at` stands for, or 0. */
static uint32_t entity_character(str text, size_t at)
{
    uint32_t value = 0;
    size_t i = at + 2;
    bool hex = i < text.n && ascii_lower(text.p[i]) == 'x';
    for (i += hex; i < text.n && value < 0x110000; i++) {
        char c = ascii_lower(text.p[i]);
        bool letter = hex && c >= 'a' && c <= 'f';
        if (!letter && !ascii_is_digit(c))
            break;
        value = value * (hex ? 16 : 10) + (uint32_t)(letter ? c - 'a' + 10 : c - '0');
    }
    return value;
}

/* A mark that the text does not hold, nor an entity in it stand for: one of
 * U+2E00 to U+2E2E, or empty when all are taken. They are punctuation, so that
 * emphasis around a footnote mark ends as it does around brackets. */
static str choose_mark(struct arena *a, str text)
{
    bool is_taken[MARK_COUNT] = {false};
    for (size_t at = 0; (at = str_find(text, S("\xE2\xB8"), at)) != SIZE_MAX; at += 2) {
        unsigned char last = at + 2 < text.n ? (unsigned char)text.p[at + 2] : 0;
        if (last >= 0x80 && last < 0x80 + MARK_COUNT)
            is_taken[last - 0x80] = true;
    }
    for (size_t at = 0; (at = str_find(text, S("&#"), at)) != SIZE_MAX; at += 2) {
        uint32_t c = entity_character(text, at);
        if (c >= MARK_FIRST && c < MARK_FIRST + MARK_COUNT)
            is_taken[c - MARK_FIRST] = true;
    }
    for (int i = MARK_COUNT - 1; i >= 0; i--)
        if (!is_taken[i])
            return str_fmt(a, "\xE2\xB8%c", 0x80 + i);
    return (str){NULL, 0};
}

static void put_piece(struct buf *out, const struct md_source *s, size_t held)
{
    buf_add(out, s->mark);
    buf_fmt(out, "%zu", held);
    buf_add(out, s->mark);
}

/* Paragraphs before the text, which are left out of the tree. The parser forgets
 * a note that nothing refers to, so one refers to each; and they tell which
 * references it took for definitions, because it doesn't show those. */
static void put_preamble(struct md_source *s, struct buf *out)
{
    for (size_t i = 0; i < s->held_count; i++) {
        if (s->held[i].kind != HELD_DEFINITION)
            continue;
        buf_lit(out, "[^");
        put_piece(out, s, i);
        buf_lit(out, "]\n\n");
        s->preamble_lines += 2;
    }
    for (size_t i = 0; i < s->reference_count; i++) {
        buf_char(out, '[');
        buf_add(out, s->references[i].label);
        buf_lit(out, "]\n\n");
        s->preamble_lines += 2;
    }
    s->preamble_bytes = out->n;
}

static void put_together(struct md_source *s)
{
    struct buf out = buf_in(s->arena, s->text.n + 32 * s->edit_count + 64);
    size_t done = 0;
    put_preamble(s, &out);
    for (size_t i = 0; i < s->edit_count; i++) {
        struct md_edit *e = &s->edits[i];
        bool is_block = s->held[e->held].kind == HELD_BLOCK;
        buf_add(&out, str_from_to(s->text, done, e->at));
        e->fed_at = out.n;
        if (is_block)
            buf_lit(&out, "\n\n");
        put_piece(&out, s, e->held);
        if (is_block)
            buf_lit(&out, "\n\n");
        e->fed_bytes = out.n - e->fed_at;
        done = e->at + e->bytes;
    }
    buf_add(&out, str_skip(s->text, done));
    s->fed = buf_str(&out);
}

void md_line_add(struct md_source *s, size_t at)
{
    if (s->lines == NULL) {
        s->line_cap = s->text.n / 32 + 16;
        s->lines = NEW_ARRAY(s->arena, uint32_t, s->line_cap);
    }
    PUSH(s->arena, s->lines, s->line_count, s->line_cap, uint32_t) = (uint32_t)at;
}

/* With every mark taken there is no way to hold a piece back but to hold all. */
static void hold_all(struct md_source *s)
{
    s->is_held = true;
    diag(s->diags, TEXT_RULE(MD_LIMIT), place(s, 0, 0),
         "all characters from U+2E00 to U+2E2E are in use; one must be free");
}

void md_feed(struct md_source *s)
{
    bool edited = (s->edit_count != 0 || s->reference_count != 0) && !s->is_held;
    if (edited) {
        s->mark = choose_mark(s->arena, s->text);
        if (s->mark.n == 0)
            hold_all(s);
    }
    s->fed = s->is_held ? S("") : s->text;
    if (edited && !s->is_held)
        put_together(s);
    if (s->line_count != 0 && !edited && !s->is_held)
        return;
    s->line_count = 0;
    for (size_t at = 0; at < s->fed.n;) {
        md_line_add(s, at);
        while (at < s->fed.n && !md_is_line_end(s->fed.p[at]))
            at++;
        at = md_after_line_end(s->fed, at);
    }
}

/* -- Held pieces ------------------------------------------------------------ */

/* The piece whose first mark is at `at`; *end is behind its second. NULL when it
 * lost its second mark, as in a footnote label that the parser cut short. */
static struct md_held *piece_at(const struct md_source *s, str text, size_t at, size_t *end)
{
    size_t i = at + s->mark.n, number = 0;
    while (i < text.n && ascii_is_digit(text.p[i]) && number < s->held_count)
        number = number * 10 + (size_t)(text.p[i++] - '0');
    if (number >= s->held_count || !str_starts(str_skip(text, i), s->mark))
        return NULL;
    *end = i + s->mark.n;
    return &s->held[number];
}

struct md_held *md_held_next(const struct md_source *s, str *rest, str *before)
{
    size_t at = s->held_count != 0 ? str_find(*rest, s->mark, 0) : SIZE_MAX;
    while (at != SIZE_MAX) {
        size_t end;
        struct md_held *held = piece_at(s, *rest, at, &end);
        if (held != NULL) {
            *before = str_from_to(*rest, 0, at);
            *rest = str_skip(*rest, end);
            return held;
        }
        at = str_find(*rest, s->mark, at + s->mark.n);
    }
    *before = *rest;
    *rest = (str){NULL, 0};
    return NULL;
}

str md_unhold(const struct md_source *s, str text)
{
    if (s->held_count == 0 || str_find(text, s->mark, 0) == SIZE_MAX)
        return text;
    struct buf out = buf_in(s->arena, text.n);
    str rest = text, before;
    struct md_held *held;
    do {
        held = md_held_next(s, &rest, &before);
        buf_add(&out, before);
        if (held != NULL)
            buf_add(&out, held->text);
    } while (held != NULL);
    return buf_str(&out);
}

/* -- Places ----------------------------------------------------------------- */

/* From an offset in what the parser got to one in the source. */
static size_t source_offset(const struct md_source *s, size_t fed_at)
{
    size_t low = 0, high = s->edit_count; /* edits below low begin at or before */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->edits[middle].fed_at <= fed_at)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return fed_at > s->preamble_bytes ? fed_at - s->preamble_bytes : 0;
    const struct md_edit *e = &s->edits[low - 1];
    if (fed_at < e->fed_at + e->fed_bytes)
        return e->at;
    return e->at + e->bytes + (fed_at - e->fed_at - e->fed_bytes);
}

size_t md_offset(const struct md_source *s, int line, int col)
{
    if (s->line_count == 0)
        return 0;
    size_t l = line > 0 ? (size_t)line - 1 : 0;
    if (l >= s->line_count)
        l = s->line_count - 1;
    size_t at = s->lines[l] + (col > 0 ? (size_t)col - 1 : 0);
    size_t end = l + 1 < s->line_count ? s->lines[l + 1] : s->fed.n;
    return source_offset(s, at < end ? at : s->lines[l]);
}

struct span md_line_span(const struct md_source *s, int line, int col)
{
    size_t l = line > 0 ? (size_t)line : 1;
    size_t from = md_offset(s, line, col), to = s->fed.n;
    if (l < s->line_count)
        to = s->lines[l];
    while (to > 0 && md_is_line_end(s->fed.p[to - 1]))
        to--;
    to = source_offset(s, to);
    return place(s, from, to > from ? to - from : 0);
}

struct span md_words_span(const struct md_source *s, size_t at, size_t to, str words)
{
    if (to > s->text.n)
        to = s->text.n;
    if (at > to || words.n == 0)
        return place(s, at < s->text.n ? at : s->text.n, 0);
    str area = str_from_to(s->text, 0, to);
    if (str_starts(str_skip(area, at), words))
        return place(s, at, words.n);
    size_t found = str_find(area, words, at);
    return found == SIZE_MAX ? place(s, at, 0) : place(s, found, words.n);
}
