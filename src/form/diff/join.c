/* form/diff/join: two sequences of words as one, with what is gone and what is new. */
#include "form/diff/redline_int.h"

enum { AROUND_MAX = 2 * MD_INLINES_DEPTH_MAX + MD_DEPTH_MAX };

/* Where the next word is written. The open elements are those around the last one. */
struct writer {
    struct redline_pass *pass;
    struct md_node *to;
    const struct md_node *source[AROUND_MAX]; /* the open elements, outermost first, */
    struct md_node *open[AROUND_MAX];         /* and their copies */
    size_t depth;
    enum fate fate;        /* of the last word */
    struct md_node *inner; /* what its text is appended to: a copy, `to` or a mark */
    struct buf text;       /* not yet written */
    bool has_words;
    bool last_is_word;
};

struct md_node *shallow_copy(struct arena *a, const struct md_node *n)
{
    struct md_node *copy = md_new(a, n->kind, n->span);
    *copy = *n;
    copy->parent = copy->prev = copy->next = copy->first = copy->last = NULL;
    return copy;
}

static void flush(struct writer *w)
{
    if (w->text.n == 0)
        return;
    struct arena *a = w->pass->arena;
    struct md_node *last = w->inner->last;
    if (last != NULL && last->kind == MD_TEXT) { /* the blank before or behind a change */
        last->text = str_fmt(a, STR_FMT STR_FMT, STR_ARG(last->text), STR_ARG(buf_str(&w->text)));
    } else {
        struct md_node *text = md_new(a, MD_TEXT, (struct span){0, 0, 0});
        text->text = buf_str(&w->text);
        md_append(w->inner, text);
    }
    w->text = buf_in(a, 64);
}

/* The elements around a leaf, outermost first. */
static size_t around(const struct md_node *leaf, const struct md_node **list)
{
    size_t count = 0;
    const struct md_node *n = leaf->parent;
    while (n != NULL && n->kind >= MD_TEXT && count < AROUND_MAX) {
        list[count++] = n;
        n = n->parent;
    }
    for (size_t i = 0; i < count / 2; i++) {
        const struct md_node *swap = list[i];
        list[i] = list[count - 1 - i];
        list[count - 1 - i] = swap;
    }
    return count;
}

static bool look_same(const struct md_node *one, const struct md_node *other)
{
    return one == other || (one->kind == other->kind && str_eq(one->url, other->url) &&
                            one->target == other->target && str_eq(one->title, other->title) &&
                            (one->kind != MD_ELEMENT || one->element == other->element));
}

/* Two elements that follow each other stay two, unless one is the other's old self. */
static bool goes_on(const struct writer *w, const struct md_node *open, const struct md_node *next,
                    enum fate fate)
{
    return open == next || (w->fate != fate && look_same(open, next));
}

static struct md_node *innermost(const struct writer *w)
{
    return w->depth > 0 ? w->open[w->depth - 1] : w->to;
}

/* Closes what is not around the next word, then opens what is. The blank between two words
 * stands where both are in. */
static void move_to(struct writer *w, const struct md_node *leaf, enum fate fate, bool has_space)
{
    const struct md_node *list[AROUND_MAX];
    size_t count = around(leaf, list), shared = 0;
    while (shared < w->depth && shared < count && goes_on(w, w->source[shared], list[shared], fate))
        shared++;
    bool stays = shared == w->depth && shared == count && w->fate == fate;
    if (!stays) {
        flush(w);
        w->depth = shared;
        w->inner = innermost(w);
    }
    if (has_space)
        buf_char(&w->text, ' ');
    if (stays)
        return;
    flush(w);
    for (; w->depth < count; w->depth++) {
        w->source[w->depth] = list[w->depth];
        w->open[w->depth] = shallow_copy(w->pass->arena, list[w->depth]);
        md_append(w->inner, w->open[w->depth]);
        w->inner = w->open[w->depth];
    }
    w->fate = fate;
    if (fate == FATE_KEPT)
        return;
    struct md_node *mark =
        md_new(w->pass->arena, fate == FATE_IN ? MD_INSERTED : MD_DELETED, (struct span){0, 0, 0});
    md_append(w->inner, mark);
    w->inner = mark;
}

/* `has_space` is what its own text says; where the word before was taken out or put in, the
 * blank of either side will do. */
static void put(struct writer *w, const struct word *word, enum fate fate, bool has_space)
{
    bool is_exchange = w->fate == FATE_OUT && fate == FATE_IN && w->last_is_word && word->is_word;
    move_to(w, word->leaf, fate, w->has_words && (has_space || is_exchange));
    if (word->leaf->kind == MD_TEXT) {
        buf_add(&w->text, word->text);
    } else {
        flush(w);
        md_append(w->inner, shallow_copy(w->pass->arena, word->leaf));
    }
    w->has_words = true;
    w->last_is_word = word->is_word;
    w->pass->out.is_changed = w->pass->out.is_changed || fate != FATE_KEPT;
    w->pass->out.words_in += fate == FATE_IN && word->is_word;
    w->pass->out.words_out += fate == FATE_OUT && word->is_word;
}

/* -- Which words ----------------------------------------------------------------------------- */

static uint32_t *numbers_of(struct arena *a, const struct words *w)
{
    uint32_t *v = NEW_ARRAY(a, uint32_t, w->n);
    for (size_t i = 0; i < w->n; i++)
        v[i] = w->v[i].number;
    return v;
}

static size_t run_of(const bool *flags, size_t from, size_t count)
{
    size_t to = from;
    while (to < count && flags[to])
        to++;
    return to - from;
}

/* One word, or mere signs, that stayed between two longer changes: it is easier to read as one
 * change. `least` is the shorter of the two. */
enum { LONG_FOR_WORD = 3, LONG_FOR_SIGNS = 2, ISLAND_MAX = 3 };

static bool is_island(const struct words *w, size_t from, size_t count, size_t least)
{
    size_t words = 0;
    for (size_t i = from; i < from + count; i++)
        words += w->v[i].is_word;
    return count <= ISLAND_MAX && words <= 1 &&
           least >= (words == 0 ? LONG_FOR_SIGNS : LONG_FOR_WORD);
}

static void drop_islands(struct edits *e, const struct words *before, const struct words *after)
{
    size_t i = 0, j = 0, change = 0;
    while (i < before->n && j < after->n) {
        size_t out = run_of(e->is_deleted, i, before->n), in = run_of(e->is_inserted, j, after->n);
        change = out + in;
        i += out;
        j += in;
        size_t kept = 0;
        while (i + kept < before->n && j + kept < after->n && !e->is_deleted[i + kept] &&
               !e->is_inserted[j + kept])
            kept++;
        size_t next =
            run_of(e->is_deleted, i + kept, before->n) + run_of(e->is_inserted, j + kept, after->n);
        if (is_island(after, j, kept, change < next ? change : next))
            for (size_t k = 0; k < kept; k++)
                e->is_deleted[i + k] = e->is_inserted[j + k] = true;
        i += kept;
        j += kept;
    }
}

static void put_all(struct writer *w, const struct edits *e, const struct words *before,
                    const struct words *after)
{
    size_t i = 0, j = 0;
    while (i < before->n || j < after->n) {
        if (i < before->n && e->is_deleted[i]) {
            put(w, &before->v[i], FATE_OUT, before->v[i].has_space);
            i++;
        } else if (j < after->n && e->is_inserted[j]) {
            put(w, &after->v[j], FATE_IN, after->v[j].has_space);
            j++;
        } else {
            bool has_space =
                after->v[j].has_space || (w->fate == FATE_OUT && before->v[i].has_space);
            put(w, &after->v[j], FATE_KEPT, has_space);
            i++;
            j++;
        }
    }
    flush(w);
}

void join_inlines(struct redline_pass *p, struct md_node *to, const struct md_node *before,
                  const struct md_node *after)
{
    struct words a = {0}, b = {0};
    if (before != NULL)
        words_of(p, before, &a);
    if (after != NULL)
        words_of(p, after, &b);
    struct edits e = edits_between(p->desk, p->arena, numbers_of(p->arena, &a), a.n,
                                   numbers_of(p->arena, &b), b.n);
    p->out.is_coarse = p->out.is_coarse || e.is_coarse;
    drop_islands(&e, &a, &b);
    struct writer w = {.pass = p, .to = to, .inner = to, .text = buf_in(p->arena, 64)};
    put_all(&w, &e, &a, &b);
}

/* Each side has a paragraph of its own here; kept words are written to both. */
static struct md_node *para_of(struct arena *a, str text)
{
    struct md_node *para = md_new(a, MD_PARA, (struct span){0, 0, 0});
    struct md_node *leaf = md_new(a, MD_TEXT, para->span);
    leaf->text = text;
    md_append(para, leaf);
    return para;
}

static void put_side(struct redline_pass *p, struct md_node *to, const struct words *w,
                     const bool *changed, enum fate fate)
{
    struct writer writer = {.pass = p, .to = to, .inner = to, .text = buf_in(p->arena, 64)};
    for (size_t i = 0; i < w->n; i++)
        put(&writer, &w->v[i], changed[i] ? fate : FATE_KEPT, w->v[i].has_space);
    flush(&writer);
}

void redline_words(struct arena *a, str old_text, str new_text, struct md_node *before,
                   struct md_node *after)
{
    struct redline_pass p = redline_pass_in(a);
    struct words old_words = {0}, new_words = {0};
    words_of(&p, para_of(a, old_text), &old_words);
    words_of(&p, para_of(a, new_text), &new_words);
    struct edits e = edits_between(p.desk, a, numbers_of(a, &old_words), old_words.n,
                                   numbers_of(a, &new_words), new_words.n);
    drop_islands(&e, &old_words, &new_words);
    put_side(&p, before, &old_words, e.is_deleted, FATE_OUT);
    put_side(&p, after, &new_words, e.is_inserted, FATE_IN);
}
