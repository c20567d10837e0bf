/* form/diff/blocks: the blocks of two trees as one tree. */
#include "form/diff/redline_int.h"

/* -- What came or went as a whole ------------------------------------------------------------ */

static struct md_node *new_mark(struct arena *a, enum fate fate)
{
    return md_new(a, fate == FATE_IN ? MD_INSERTED : MD_DELETED, (struct span){0, 0, 0});
}

static void count_words(struct redline_pass *p, const struct md_node *block, enum fate fate)
{
    struct words w = {0};
    words_of(p, block, &w);
    for (size_t i = 0; i < w.n; i++) {
        p->out.words_in += fate == FATE_IN && w.v[i].is_word;
        p->out.words_out += fate == FATE_OUT && w.v[i].is_word;
    }
}

static void mark_inlines(struct redline_pass *p, struct md_node *block, enum fate fate)
{
    if (block->first == NULL)
        return;
    p->out.is_changed = true;
    count_words(p, block, fate);
    struct md_node *mark = new_mark(p->arena, fate);
    while (block->first != NULL) {
        struct md_node *child = block->first;
        md_remove(child);
        md_append(mark, child);
    }
    md_append(block, mark);
}

static void mark_code(struct redline_pass *p, struct md_node *code, enum fate fate);

void mark_all(struct redline_pass *p, struct md_node *node, enum fate fate)
{
    for (struct md_walk w = md_walk(node); md_step(&w);) {
        if (!w.enter)
            continue;
        if (words_are_inline(w.node)) {
            mark_inlines(p, w.node, fate);
            w.enter = false;
        } else if (w.node->kind == MD_CODE_BLOCK) {
            mark_code(p, w.node, fate);
            w.enter = false;
        }
    }
}

/* -- Code: line by line ---------------------------------------------------------------------- */

struct lines {
    str *v;
    uint32_t *numbers;
    size_t n, cap, number_cap;
};

static struct lines lines_of(struct redline_pass *p, str text)
{
    struct lines l = {0};
    str line;
    size_t count = 0;
    while (str_line(&text, &line)) {
        PUSH(p->arena, l.v, l.n, l.cap, str) = line;
        PUSH(p->arena, l.numbers, count, l.number_cap, uint32_t) =
            redline_number(p, str_fmt(p->arena, "\x04" STR_FMT, STR_ARG(line)));
    }
    return l;
}

static size_t words_in_line(str line)
{
    size_t words = 0;
    for (size_t i = 0; i < line.n; i++)
        words += !ascii_is_space(line.p[i]) && (i == 0 || ascii_is_space(line.p[i - 1]));
    return words;
}

static void put_line(struct redline_pass *p, struct md_node *to, str line, enum fate fate)
{
    struct md_node *text = md_new(p->arena, MD_TEXT, to->span), *place = to;
    text->text = str_fmt(p->arena, STR_FMT "\n", STR_ARG(line));
    if (fate != FATE_KEPT && !str_is_blank(line)) {
        place = new_mark(p->arena, fate);
        md_append(to, place);
        p->out.is_changed = true;
        p->out.words_in += fate == FATE_IN ? words_in_line(line) : 0;
        p->out.words_out += fate == FATE_OUT ? words_in_line(line) : 0;
    }
    md_append(place, text);
}

static void join_code(struct redline_pass *p, struct md_node *to, const struct md_node *before,
                      const struct md_node *after)
{
    struct lines a = lines_of(p, before->text), b = lines_of(p, after->text);
    struct edits e = edits_between(p->desk, p->arena, a.numbers, a.n, b.numbers, b.n);
    struct md_node *code = shallow_copy(p->arena, after);
    code->text = S("");
    size_t i = 0, j = 0;
    while (i < a.n || j < b.n) {
        if (i < a.n && e.is_deleted[i]) {
            put_line(p, code, a.v[i++], FATE_OUT);
        } else if (j < b.n && e.is_inserted[j]) {
            put_line(p, code, b.v[j++], FATE_IN);
        } else {
            put_line(p, code, b.v[j++], FATE_KEPT);
            i++;
        }
    }
    p->out.is_coarse = p->out.is_coarse || e.is_coarse;
    md_append(to, code);
}

static void mark_code(struct redline_pass *p, struct md_node *code, enum fate fate)
{
    struct lines l = lines_of(p, code->text);
    for (size_t i = 0; i < l.n; i++)
        put_line(p, code, l.v[i], fate);
    code->text = S("");
}

/* -- Pairs ----------------------------------------------------------------------------------- */

static void move(struct md_node *to, struct md_node *node)
{
    md_remove(node);
    md_append(to, node);
}

/* A rule or a page break has no words that could be marked. */
static void put_whole(struct redline_pass *p, struct md_node *to, struct md_node *node,
                      enum fate fate)
{
    if (fate == FATE_OUT && (node->kind == MD_RULE || node->kind == MD_PAGE_BREAK))
        return;
    move(to, node);
    if (fate != FATE_KEPT)
        mark_all(p, node, fate);
}

static void join_pair(struct redline_pass *p, struct md_node *to, struct md_node *before,
                      struct md_node *after)
{
    if (after->kind == MD_TABLE) {
        join_tables(p, to, before, after);
        return;
    }
    if (after->kind == MD_CODE_BLOCK) {
        join_code(p, to, before, after);
        return;
    }
    struct md_node *joined = shallow_copy(p->arena, after);
    md_append(to, joined);
    if (words_are_inline(after))
        join_inlines(p, joined, before, after);
    else
        join_blocks(p, joined, before, after);
}

/* Things of different kinds are never paired: what has no words of its own (a level, a number, a
 * tick) is part of the kind, so that its change shows as taken out and put in. */
static int kind_of(const struct md_node *n)
{
    enum { STEP = 16 };
    int more = 0;
    if (n->kind == MD_HEADING)
        more = n->heading.level;
    else if (n->kind == MD_LIST)
        more = n->list.ordered;
    else if (n->kind == MD_ITEM)
        more = (int)n->item.task;
    else if (n->kind == MD_BLOCK_ELEMENT)
        more = (int)n->element;
    return (int)n->kind * STEP + more;
}

static bool is_container(const struct md_node *n)
{
    return n->kind == MD_TABLE || n->kind == MD_LIST || n->kind == MD_QUOTE ||
           (n->kind == MD_BLOCK_ELEMENT && n->element == ELEMENT_DETAILS);
}

static struct things children_of(struct redline_pass *p, struct md_node *parent)
{
    struct things t = {0};
    for (struct md_node *n = parent->first; n != NULL; n = n->next) {
        struct thing *child = thing_add(p, &t, n);
        child->number = thing_number(p, n);
        child->kind = kind_of(n);
        child->is_container = is_container(n);
    }
    return t;
}

static void put_pair(struct redline_pass *p, struct md_node *to, struct thing *before,
                     struct thing *after)
{
    if (before->number == after->number)
        put_whole(p, to, after->node, FATE_KEPT);
    else
        join_pair(p, to, before->node, after->node);
}

void join_blocks(struct redline_pass *p, struct md_node *to, struct md_node *before,
                 struct md_node *after)
{
    struct things a = children_of(p, before), b = children_of(p, after);
    match(p, &a, &b);
    size_t i = 0, j = 0;
    while (i < a.n || j < b.n) {
        if (i < a.n && a.v[i].partner == NO_PARTNER)
            put_whole(p, to, a.v[i++].node, FATE_OUT);
        else if (j < b.n && b.v[j].partner == NO_PARTNER)
            put_whole(p, to, b.v[j++].node, FATE_IN);
        else
            put_pair(p, to, &a.v[i++], &b.v[j++]);
    }
}

struct redline redline_make(struct arena *a, const struct redline_request *r)
{
    struct redline_pass p = redline_pass_in(a);
    struct md_node *before = prepare(a, r, true), *after = prepare(a, r, false);
    p.out.body = md_new(a, MD_DOCUMENT, after->span);
    join_blocks(&p, p.out.body, before, after);
    if (!r->is_whole)
        fold(a, p.out.body);
    return p.out;
}
