/* form/doc/gaps: placeholders and guidance left in the text (DC7). */
#include "form/doc/doc_int.h"

enum { GAP_BYTES_MAX = 120 }; /* longer brackets are prose */

static bool is_word_char(char c)
{
    return ascii_is_alnum(c) || c == '_';
}

/* "[Organization name]" at `at`: its length, or 0. Links and footnotes are
 * nodes of their own by now, so a bracket in text is one that leads nowhere. */
static size_t bracket_at(str s, size_t at)
{
    bool inner = at > 0 && s.p[at - 1] == '['; /* [[ID]] is a link, or reported as one */
    if (inner || at + 2 >= s.n || !ascii_is_alpha(s.p[at + 1]))
        return 0;
    for (size_t i = at + 1; i < s.n && i - at <= GAP_BYTES_MAX; i++) {
        if (s.p[i] == '[')
            return 0;
        if (s.p[i] == ']')
            return i - at > 3 ? i + 1 - at : 0;
    }
    return 0;
}

/* What authors write for "still to do". */
static const str placeholder[] = {
    S_INIT("TODO"), S_INIT("TBD"), S_INIT("TBC"), S_INIT("tbd"), S_INIT("FIXME"), /* placeholders */
};
enum { PLACEHOLDER_COUNT = COUNT_OF(placeholder) };

static size_t word_at(str s, size_t at)
{
    if (at > 0 && is_word_char(s.p[at - 1]))
        return 0;
    for (size_t w = 0; w < PLACEHOLDER_COUNT; w++) {
        size_t end = at + placeholder[w].n;
        if (str_starts(str_skip(s, at), placeholder[w]) && (end == s.n || !is_word_char(s.p[end])))
            return placeholder[w].n;
    }
    return 0;
}

static bool holds_words(str text)
{
    for (size_t w = 0; w < PLACEHOLDER_COUNT; w++)
        if (str_find(text, placeholder[w], 0) != SIZE_MAX)
            return true;
    return false;
}

/* The first gap at or after `from`; its place in *at, its length returned, 0
 * for none. Most documents have no placeholder word at all, which is seen once
 * for the whole text; then only brackets are looked for. */
static size_t next_gap(const struct doc_pass *p, str s, size_t from, size_t *at)
{
    for (*at = from; *at < s.n; ++*at) {
        if (!p->has_gap_words && (*at = str_find_char(s, '[', *at)) == SIZE_MAX)
            return 0;
        size_t length = s.p[*at] == '[' ? bracket_at(s, *at) : word_at(s, *at);
        if (length != 0)
            return length;
    }
    return 0;
}

static void report(struct doc_pass *p, struct span at, str gap)
{
    const struct rule *rule =
        p->is_approved ? CHECK_RULE(PLACEHOLDER) : CHECK_RULE(PLACEHOLDER_DRAFT);
    p->doc->gap_count++;
    if (p->doc->record != NULL)
        diag(p->diags, rule, at, "'" STR_FMT "' is left to fill in", STR_ARG(gap));
}

static void insert_text(struct doc_pass *p, struct md_node *n, enum md_kind kind, struct span span,
                        str text)
{
    if (text.n == 0)
        return;
    struct md_node *added = md_new(p->arena, kind, span);
    added->text = text;
    md_insert_before(n, added);
}

/* Cuts a text node at its gaps; what stands after the last stays in it. */
static void split_text(struct doc_pass *p, struct md_node *n)
{
    size_t done = 0, at = 0, length;
    while ((length = next_gap(p, n->text, at, &at)) != 0) {
        str gap = str_from_to(n->text, at, at + length);
        struct span span = n->span;
        if (span.len == n->text.n) /* the text stands in the source as it is */
            span = (struct span){span.file, span.off + (uint32_t)at, (uint32_t)length};
        report(p, span, gap);
        insert_text(p, n, MD_TEXT, n->span, str_from_to(n->text, done, at));
        insert_text(p, n, MD_GAP, span, gap);
        at += length;
        done = at;
    }
    n->text = str_skip(n->text, done);
}

/* A placeholder that the author's line break cuts in two: the open end of n, the
 * break, and the text up to the bracket on the next line. */
static void join_lines(struct doc_pass *p, struct md_node *n)
{
    size_t open = SIZE_MAX;
    for (size_t at = 0; (at = str_find_char(n->text, '[', at)) != SIZE_MAX; at++)
        open = at;
    struct md_node *line_end = n->next;
    if (open == SIZE_MAX || line_end == NULL || line_end->kind != MD_SOFTBREAK ||
        line_end->next == NULL || line_end->next->kind != MD_TEXT)
        return;
    struct md_node *rest = line_end->next;
    size_t close = str_find_char(rest->text, ']', 0);
    str whole = str_fmt(p->arena, STR_FMT " " STR_FMT, STR_ARG(n->text), STR_ARG(rest->text));
    if (close == SIZE_MAX || bracket_at(whole, open) == 0)
        return;
    n->text = whole;
    n->span.len = 0; /* no longer the source's own words */
    md_remove(line_end);
    md_remove(rest);
}

static bool is_guidance(struct doc_pass *p, struct md_node *n)
{
    return str_starts(md_text(p->arena, n), S("Guidance:"));
}

/* A draft may be issued, marked as one and with its gaps; what was said to its author
 * is in no issued copy. */
static void report_guidance(struct doc_pass *p, struct md_node *n)
{
    if (p->doc->record == NULL)
        return;
    bool is_fault = p->is_approved || p->world->is_edition;
    const struct rule *rule = is_fault ? CHECK_RULE(PLACEHOLDER) : CHECK_RULE(PLACEHOLDER_DRAFT);
    p->doc->gap_count++;
    diag(p->diags, rule, n->span, "guidance for the author is left in the text");
    diag_hint(p->diags, "remove the quotation that begins with 'Guidance:'");
}

void doc_gaps(struct doc_pass *p)
{
    p->has_gap_words = holds_words(p->text);
    for (struct md_walk w = md_walk(p->doc->body); md_step(&w);) {
        if (!w.enter)
            continue;
        if (w.node->kind == MD_QUOTE && is_guidance(p, w.node))
            report_guidance(p, w.node);
        if (w.node->kind == MD_TEXT) {
            join_lines(p, w.node);
            split_text(p, w.node);
        }
    }
}
