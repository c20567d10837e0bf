/* form/doc/headings: levels, numbers and the list of headings. */
#include "form/doc/doc_int.h"

enum { LEVEL_MAX = 6, NUMBERED_LEVELS = 3 }; /* 4.2.1 is as deep as people cite */

static bool is_title(struct doc_pass *p, struct md_node *n)
{
    return n->kind == MD_HEADING && n->heading.level == 1 &&
           str_eq(md_text(p->arena, n), p->doc->title);
}

static int highest_level(struct md_node *body)
{
    int highest = LEVEL_MAX;
    for (struct md_node *n = body->first; n != NULL; n = n->next)
        if (n->kind == MD_HEADING && n->heading.level < highest)
            highest = n->heading.level;
    return highest;
}

/* The page's only first-level heading is the document's title, so the body's
 * own begin at level two; the cover says the title already. */
static void settle_levels(struct doc_pass *p)
{
    struct md_node *first = p->doc->body->first;
    if (first != NULL && is_title(p, first))
        md_remove(first);
    if (highest_level(p->doc->body) != 1)
        return;
    for (struct md_walk w = md_walk(p->doc->body); md_step(&w);)
        if (w.enter && w.node->kind == MD_HEADING && w.node->heading.level < LEVEL_MAX)
            w.node->heading.level++;
}

void doc_list_headings(struct arena *a, struct doc *doc)
{
    size_t cap = 0;
    doc->headings = NULL;
    doc->heading_count = 0;
    for (struct md_walk w = md_walk(doc->body); md_step(&w);)
        if (w.enter && w.node->kind == MD_HEADING && w.node->id.n > 0)
            PUSH(a, doc->headings, doc->heading_count, cap, struct doc_heading) =
                (struct doc_heading){.node = w.node,
                                     .level = w.node->heading.level,
                                     .text = md_text(a, w.node),
                                     .id = w.node->id};
}

static bool numbers_itself(str text)
{
    return text.n != 0 && (ascii_is_digit(text.p[0]) || str_starts(text, S("Appendix")));
}

static str number_text(struct arena *a, const int *counter, int depth)
{
    struct buf b = buf_in(a, 12);
    for (int i = 0; i < depth; i++)
        buf_fmt(&b, i ? ".%d" : "%d", counter[i]);
    return buf_str(&b);
}

static str next_number(struct doc_pass *p, int *counter, int depth, str text)
{
    if (depth < 1 || depth > NUMBERED_LEVELS || numbers_itself(text))
        return S("");
    counter[depth - 1]++;
    for (int i = depth; i < NUMBERED_LEVELS; i++)
        counter[i] = 0;
    for (int i = 0; i < depth; i++)
        if (counter[i] == 0)
            return S(""); /* a level was skipped: no number is better than 4.0.1 */
    return number_text(p->arena, counter, depth);
}

void doc_headings(struct doc_pass *p)
{
    struct doc *doc = p->doc;
    bool numbered =
        doc->record != NULL && rec_bool(p->world->model->workspace, WORKSPACE_NUMBERED_HEADINGS);
    int counter[NUMBERED_LEVELS] = {0};
    size_t cap = 0;
    if (doc->record != NULL)
        settle_levels(p);
    int top = highest_level(doc->body);
    for (struct md_walk w = md_walk(doc->body); md_step(&w);) {
        if (!w.enter || w.node->kind != MD_HEADING)
            continue;
        struct doc_heading h = {.node = w.node,
                                .level = w.node->heading.level,
                                .text = md_text(p->arena, w.node),
                                .id = w.node->id};
        bool top_flow = w.node->parent == doc->body; /* not inside a quote or list */
        h.number =
            numbered && top_flow ? next_number(p, counter, h.level - top + 1, h.text) : S("");
        w.node->title = h.number;
        PUSH(p->arena, doc->headings, doc->heading_count, cap, struct doc_heading) = h;
    }
}
