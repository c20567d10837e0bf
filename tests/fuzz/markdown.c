/* fuzz/markdown: parses Markdown, walks the tree and writes it as HTML.
 *
 * Besides surviving: the tree hangs together and is not deep, places lie in the
 * source, the HTML is balanced and harmless, and where neither HTML nor footnotes
 * move words about, every word of the reference's output is in ours. */
#include "fuzz.h"

#include <stdlib.h>

#include "../unit/html_check.h"
#include "text/md.h"
#include "write/html/html.h"

enum { DEPTH_MAX = 3 * MD_DEPTH_MAX + MD_INLINES_DEPTH_MAX + 16 };

static void must(bool kept, const char *promise, str shown)
{
    if (kept)
        return;
    fprintf(stderr, "not kept: %s\n" STR_FMT "\n", promise, STR_ARG(shown));
    abort();
}

static str no_page(void *self, struct arena *a, const struct record *r)
{
    (void)self;
    (void)a;
    (void)r;
    return S("");
}

static str written(struct arena *a, const struct md_node *root, bool plain)
{
    struct html_context context = {.page_path = S("d/fuzz.html"), .href = no_page, .arena = a};
    struct buf out = buf_in(a, 1024);
    struct html h = html_into(&out);
    h.plain = plain;
    html_tree(&h, &context, root);
    html_done(&h);
    return buf_str(&out);
}

static void check_node(const struct md_node *n, str text)
{
    must(n->span.off <= text.n && n->span.len <= text.n - n->span.off, "places lie in the text",
         text);
    must(n->first == NULL || n->first->prev == NULL, "the first has none before it", text);
    must(n->last == NULL || n->last->next == NULL, "the last has none behind it", text);
    must(n->next == NULL || (n->next->prev == n && n->next->parent == n->parent),
         "neighbours know each other", text);
    must(utf8_invalid_at(n->text) == SIZE_MAX && utf8_invalid_at(n->url) == SIZE_MAX,
         "text stays UTF-8", text);
    must(n->kind != MD_ROW || n->last == NULL ||
             n->last->cell.column + 1 == n->parent->grid.columns,
         "rows have as many cells as their table has columns", text);
}

static void check_tree(const struct md_node *root, str text)
{
    size_t depth = 0;
    for (struct md_walk w = md_walk(root); md_step(&w);) {
        depth = w.enter ? depth + 1 : depth - 1;
        must(depth <= DEPTH_MAX, "the tree is not deep", text);
        if (w.enter)
            check_node(w.node, text);
    }
}

static void check_words(struct arena *a, const struct diags *d, str text, str html)
{
    bool moves = str_find_char(text, '<', 0) != SIZE_MAX ||
                 str_find(text, S("[^"), 0) != SIZE_MAX || diags_count(d, SEVERITY_ERROR) != 0;
    if (moves)
        return;
    str missing, reference = written(a, md_parse_plain(a, text, false), true);
    must(words_survive(html_visible(a, reference), html_visible(a, html), &missing),
         "no word is lost", text);
}

void fuzz_markdown(struct arena *a, struct diags *d, uint32_t file, str text)
{
    size_t from, to, body;
    if (!md_front_matter(text, &from, &to, &body))
        body = 0;
    must(from <= to && to <= body && body <= text.n, "front matter lies in the text", text);
    str rest = str_skip(text, body);
    const struct md_node *root = md_parse(a, d, rest, file, body, NULL);
    check_tree(root, text);
    md_text(a, root);
    str html = written(a, root, false);
    const char *fault = html_fault(a, html);
    must(fault == NULL, fault, text);
    check_words(a, d, rest, html);
}
