/* text/md_words: running text: words become nodes, footnote marks and bare links among them. */
#include "text/md_int.h"

#include "text/rules.h"

enum { WINDOW_BYTES = 256 }; /* how far words may stand from where the parser thinks */

bool md_may_report(struct md_build *b)
{
    enum { REPORTS_MAX = 100 };
    if (b->source->diags == NULL || b->reports == REPORTS_MAX)
        return false;
    b->reports++;
    return true;
}

struct md_node *md_put(struct md_build *b, enum md_kind kind, struct span span)
{
    md_words_end(b);
    struct md_node *n = md_new(b->arena, kind, span);
    md_append(b->at, n);
    return n;
}

void md_put_words(struct md_build *b, str words, size_t at)
{
    if (b->words.n == 0)
        b->words_at = at;
    buf_add(&b->words, words);
}

static void put_text_node(struct md_build *b, str text, size_t at)
{
    if (text.n == 0)
        return;
    struct md_node *n =
        md_new(b->arena, MD_TEXT, md_words_span(b->source, at, at + text.n + WINDOW_BYTES, text));
    n->text = text;
    md_append(b->at, n);
}

static void put_link(struct md_build *b, str text, str prefix, size_t at)
{
    struct md_node *link =
        md_new(b->arena, MD_LINK, md_words_span(b->source, at, at + text.n + WINDOW_BYTES, text));
    link->url = text;
    if (prefix.n != 0)
        link->url = str_fmt(b->arena, STR_FMT STR_FMT, STR_ARG(prefix), STR_ARG(text));
    md_append(b->at, link);
    struct md_node *outer = b->at;
    b->at = link;
    put_text_node(b, text, at);
    b->at = outer;
}

void md_words_end(struct md_build *b)
{
    if (b->words.n == 0)
        return;
    str all = str_dup(b->arena, buf_str(&b->words));
    size_t done = 0, at = b->words_at;
    b->words.n = 0;
    struct md_bare_link link;
    bool may_link = b->bare_links && b->source->may_link && b->links_open == 0;
    while (may_link && md_bare_link_next(all, done, &link)) {
        put_text_node(b, str_from_to(all, done, link.from), at + done);
        put_link(b, str_from_to(all, link.from, link.to), link.prefix, at + link.from);
        done = link.to;
    }
    put_text_node(b, str_skip(all, done), at + done);
}

void md_words_trim(struct md_build *b)
{
    while (b->words.n != 0 && b->words.p[b->words.n - 1] == ' ')
        b->words.n--;
    struct md_node *last = b->at->last;
    if (b->words.n == 0 && last != NULL && last->kind == MD_SOFTBREAK)
        md_remove(last);
}

/* -- Footnote marks --------------------------------------------------------- */

/* The note that "[^label]" means, in any case of ASCII letters; or NULL. */
static struct md_note *note_find(struct md_build *b, str label)
{
    return b->notes.count ? map_find(&b->notes, str_lower(b->source->arena, label)) : NULL;
}

static void put_note_mark(struct md_build *b, const struct md_held *held)
{
    struct md_note *note = note_find(b, str_from_to(held->text, 2, held->text.n - 1));
    if (note == NULL && md_may_report(b))
        diag(b->source->diags, TEXT_RULE(MD_FOOTNOTE),
             md_words_span(b->source, held->at, held->at + held->text.n, held->text),
             "no note is written for '" STR_FMT "'", STR_ARG(held->text));
    if (note == NULL || b->links_open != 0) {
        md_put_words(b, held->text, held->at);
        return;
    }
    if (note->number == 0)
        note->number = ++b->note_number;
    struct md_node *mark =
        md_put(b, MD_FOOTNOTE_REF,
               md_words_span(b->source, held->at, held->at + held->text.n, held->text));
    mark->note.number = note->number;
    mark->note.nth = ++note->marks;
    mark->id = note->marks == 1 ? str_fmt(b->arena, "fn-%d", note->number) : note->node->id;
    note->node->id = mark->id;
}

void md_put_text(struct md_build *b, str text, size_t at)
{
    if (b->source->held_count == 0) {
        md_put_words(b, text, at);
        return;
    }
    str rest = text, before;
    struct md_held *held;
    do {
        held = md_held_next(b->source, &rest, &before);
        if (before.n != 0)
            md_put_words(b, before, at);
        if (held == NULL)
            break;
        at = held->at + held->text.n;
        if (held->kind == HELD_NOTE)
            put_note_mark(b, held);
        else
            md_put_words(b, held->text, held->at);
    } while (rest.n != 0);
}
