/* form/diff/match: which blocks, rows or items of two lists belong together. */
#include "form/diff/redline_int.h"

#include <stdlib.h>

/* How much of their words two things must share, of all that both have. A table or a list is
 * never replaced as a whole because of its words. */
#define ALIKE           0.35
#define ALIKE_CONTAINER 0.05
#define SAME_KEY        0.30 /* and more, for what has the same key */

/* -- What a thing says ----------------------------------------------------------------------- */

/* Signs below a blank are ours: those of a text are written otherwise, so that no text reads like
 * a structure. */
static void put_byte(struct buf *b, char c)
{
    if ((unsigned char)c < ' ' && c != '\n' && c != '\t') {
        buf_char(b, '\x1b');
        c = (char)(c + '@');
    }
    buf_char(b, c);
}

static void put_raw(struct buf *b, str text)
{
    for (size_t i = 0; i < text.n; i++)
        put_byte(b, text.p[i]);
}

static void put_text(struct buf *b, str text, bool *has_space)
{
    for (size_t i = 0; i < text.n; i++) {
        if (ascii_is_space(text.p[i])) {
            *has_space = true;
            continue;
        }
        if (*has_space)
            buf_char(b, ' ');
        *has_space = false;
        put_byte(b, text.p[i]);
    }
}

static int number_in(const struct md_node *n)
{
    switch (n->kind) {
    case MD_HEADING:
        return n->heading.level;
    case MD_LIST:
        return n->list.ordered;
    case MD_ITEM:
        return (int)n->item.task;
    case MD_ELEMENT:
    case MD_BLOCK_ELEMENT:
        return (int)n->element;
    default:
        return 0;
    }
}

/* What a node is, besides its words and what stands in it. */
static void put_node(struct buf *b, const struct md_node *n, bool enter)
{
    if (!enter) {
        buf_char(b, '\x02');
        return;
    }
    buf_fmt(b, "\x01%d,%d\x03", (int)n->kind, number_in(n));
    put_raw(b, n->kind == MD_CODE_BLOCK ? n->code.info : n->url);
    buf_char(b, '\x03');
    put_raw(b, n->title);
    buf_char(b, '\x03');
    put_raw(b, n->text); /* of code: blanks count */
}

void thing_canon(struct buf *b, const struct md_node *node)
{
    bool has_space = false;
    for (struct md_walk w = md_walk(node); md_step(&w);) {
        const struct md_node *n = w.node;
        if (n->kind == MD_SOFTBREAK)
            has_space = true;
        if (n->kind == MD_SOFTBREAK || (!w.enter && n->kind == MD_TEXT))
            continue;
        if (n->kind == MD_TEXT) {
            put_text(b, n->text, &has_space);
            continue;
        }
        has_space = has_space && n->kind > MD_TEXT;
        put_node(b, n, w.enter);
    }
}

uint32_t thing_number(struct redline_pass *p, const struct md_node *node)
{
    p->desk_text.n = 0;
    thing_canon(&p->desk_text, node);
    return redline_number_copied(p, buf_str(&p->desk_text));
}

/* -- A sample of its words ------------------------------------------------------------------- */

/* Mixed, so that the lowest are a fair sample of a long text. */
static uint32_t mixed(uint32_t number)
{
    number ^= number >> 16;
    number *= 0x7FEB352Du;
    number ^= number >> 15;
    number *= 0x846CA68Bu;
    return number ^ number >> 16;
}

static int by_number(const void *one, const void *other)
{
    uint32_t x = *(const uint32_t *)one, y = *(const uint32_t *)other;
    return x < y ? -1 : x > y;
}

static void keep_sample(struct arena *a, struct thing *t, const struct words *w)
{
    uint32_t *v = NEW_ARRAY(a, uint32_t, w->n);
    size_t n = 0, kept = 0;
    for (size_t i = 0; i < w->n; i++)
        if (w->v[i].is_word)
            v[n++] = mixed(w->v[i].number);
    qsort(v, n, sizeof *v, by_number);
    for (size_t i = 0; i < n && kept < ALIKE_WORDS_MAX; i++)
        if (kept == 0 || v[i] != v[kept - 1])
            v[kept++] = v[i];
    t->words = v;
    t->word_count = kept;
}

static void code_words(struct redline_pass *p, const struct md_node *n, struct words *w)
{
    str rest = n->text, line;
    while (str_line(&rest, &line)) {
        str words = str_trim(line);
        if (words.n > 0)
            PUSH(p->arena, w->v, w->n, w->cap, struct word) =
                (struct word){.number = redline_number(p, words), .is_word = true};
    }
}

void thing_sample(struct redline_pass *p, struct thing *t)
{
    struct words w = {0};
    for (struct md_walk walk = md_walk(t->node); md_step(&walk);) {
        if (!walk.enter)
            continue;
        if (walk.node->kind == MD_CODE_BLOCK)
            code_words(p, walk.node, &w);
        if (!words_are_inline(walk.node))
            continue;
        words_of(p, walk.node, &w);
        walk.enter = false;
    }
    keep_sample(p->arena, t, &w);
}

struct thing *thing_add(struct redline_pass *p, struct things *t, struct md_node *node)
{
    struct thing *added = &PUSH(p->arena, t->v, t->n, t->cap, struct thing);
    *added = (struct thing){.node = node, .partner = NO_PARTNER};
    return added;
}

/* Of all words that both have, how many stand in both: twice over, so that 1 is all. */
static double shared_words(const struct thing *a, const struct thing *b)
{
    size_t i = 0, j = 0, both = 0, seen = 0;
    while (i < a->word_count && j < b->word_count && seen < ALIKE_WORDS_MAX) {
        uint32_t x = a->words[i], y = b->words[j];
        both += x == y;
        i += x <= y;
        j += y <= x;
        seen++;
    }
    bool is_cut = a->word_count == ALIKE_WORDS_MAX || b->word_count == ALIKE_WORDS_MAX;
    size_t all = is_cut ? seen : a->word_count + b->word_count - both;
    return all == 0 ? 0 : 2 * (double)both / (double)(all + both);
}

/* 0: they don't belong together. */
static double likeness(const struct thing *a, const struct thing *b)
{
    if (a->kind != b->kind)
        return 0;
    double shared = shared_words(a, b);
    if (a->key != 0 && a->key == b->key)
        return SAME_KEY + shared;
    if (a->is_container)
        return shared + ALIKE_CONTAINER;
    return shared >= ALIKE ? shared : 0;
}

/* -- Pairs ----------------------------------------------------------------------------------- */

/* A run without partners on both sides. */
struct gap {
    struct thing *a, *b;
    size_t a_at, b_at; /* their places in the lists */
    size_t n, m;
};

static void pair(const struct gap *g, size_t i, size_t j)
{
    g->a[i].partner = (long)(g->b_at + j);
    g->b[j].partner = (long)(g->a_at + i);
}

/* The pairs, in order, that are alike most of all: a table of best sums. */
static void pair_best(struct arena *a, const struct gap *g)
{
    size_t width = g->m + 1;
    double *best = NEW_ARRAY(a, double, (g->n + 1) * width);
    double *alike = NEW_ARRAY(a, double, g->n * g->m);
    for (size_t i = g->n; i-- > 0;)
        for (size_t j = g->m; j-- > 0;) {
            double like = alike[i * g->m + j] = likeness(&g->a[i], &g->b[j]);
            double here = like > 0 ? like + best[(i + 1) * width + j + 1] : 0;
            double skip_a = best[(i + 1) * width + j], skip_b = best[i * width + j + 1];
            double rest = skip_a > skip_b ? skip_a : skip_b;
            best[i * width + j] = here > rest ? here : rest;
        }
    for (size_t i = 0, j = 0; i < g->n && j < g->m;) {
        double like = alike[i * g->m + j], sum = best[i * width + j];
        if (like > 0 && sum <= like + best[(i + 1) * width + j + 1])
            pair(g, i++, j++);
        else if (sum <= best[(i + 1) * width + j])
            i++;
        else
            j++;
    }
}

/* The first that is alike, not far away. */
static void pair_near(const struct gap *g)
{
    size_t from = 0;
    for (size_t i = 0; i < g->n; i++)
        for (size_t j = from; j < g->m && j < from + PAIR_WINDOW; j++)
            if (likeness(&g->a[i], &g->b[j]) > 0) {
                pair(g, i, j);
                from = j + 1;
                break;
            }
}

static void pair_gap(struct redline_pass *p, const struct gap *g)
{
    for (size_t i = 0; i < g->n; i++)
        thing_sample(p, &g->a[i]);
    for (size_t j = 0; j < g->m; j++)
        thing_sample(p, &g->b[j]);
    if (g->n <= PAIR_CELLS_MAX / g->m)
        pair_best(p->arena, g);
    else
        pair_near(g);
}

/* Pairs what edits_between left in place, between two places without partners. */
static void pair_equal(struct redline_pass *p, const struct gap *g, const uint32_t *a,
                       const uint32_t *b)
{
    struct edits e = edits_between(p->desk, p->arena, a, g->n, b, g->m);
    size_t i = 0, j = 0;
    while (i < g->n && j < g->m) {
        if (e.is_deleted[i])
            i++;
        else if (e.is_inserted[j])
            j++;
        else
            pair(g, i++, j++);
    }
}

/* Calls act for each gap between pairs. */
static void each_gap(struct redline_pass *p, const struct gap *all,
                     void (*act)(struct redline_pass *p, const struct gap *g))
{
    size_t i = 0, j = 0;
    while (i < all->n || j < all->m) {
        struct gap g = {all->a + i, all->b + j, all->a_at + i, all->b_at + j, 0, 0};
        while (i < all->n && all->a[i].partner == NO_PARTNER) {
            i++;
            g.n++;
        }
        while (j < all->m && all->b[j].partner == NO_PARTNER) {
            j++;
            g.m++;
        }
        if (g.n > 0 && g.m > 0)
            act(p, &g);
        i += i < all->n;
        j += j < all->m;
    }
}

/* By their keys, where every thing has one; keys that are 0 on both sides would be equal. */
static void pair_keys(struct redline_pass *p, const struct gap *g)
{
    uint32_t *a = NEW_ARRAY(p->arena, uint32_t, g->n), *b = NEW_ARRAY(p->arena, uint32_t, g->m);
    for (size_t i = 0; i < g->n; i++)
        if ((a[i] = g->a[i].key) == 0)
            return;
    for (size_t j = 0; j < g->m; j++)
        if ((b[j] = g->b[j].key) == 0)
            return;
    pair_equal(p, g, a, b);
}

void match(struct redline_pass *p, struct things *before, struct things *after)
{
    struct gap all = {before->v, after->v, 0, 0, before->n, after->n};
    uint32_t *a = NEW_ARRAY(p->arena, uint32_t, before->n);
    uint32_t *b = NEW_ARRAY(p->arena, uint32_t, after->n);
    for (size_t i = 0; i < before->n; i++)
        a[i] = before->v[i].number;
    for (size_t j = 0; j < after->n; j++)
        b[j] = after->v[j].number;
    pair_equal(p, &all, a, b);
    each_gap(p, &all, pair_keys);
    each_gap(p, &all, pair_gap);
}
