/* form/diff/words: inline nodes as a sequence of words, each with its look. */
#include "form/diff/redline_int.h"

enum { FIRST_IDEOGRAPH = 0x2E80, LAST_IDEOGRAPH = 0xFAFF, FIRST_RARE_IDEOGRAPH = 0x20000 };

bool words_are_inline(const struct md_node *block)
{
    return block->kind == MD_PARA || block->kind == MD_HEADING || block->kind == MD_CELL ||
           (block->kind == MD_BLOCK_ELEMENT && block->element == ELEMENT_SUMMARY);
}

/* -- Where a word ends ----------------------------------------------------------------------- */

enum sort { SORT_SPACE, SORT_LETTER, SORT_SIGN };

static enum sort sort_of(uint32_t c)
{
    if (c < 128)
        return ascii_is_space((char)c)   ? SORT_SPACE
               : ascii_is_alnum((char)c) ? SORT_LETTER
                                         : SORT_SIGN;
    if (c == 0xA0 || c == 0x202F || c == 0x3000)
        return SORT_SPACE;
    bool is_punctuation = (c >= 0x2010 && c <= 0x205E) || c == 0xAB || c == 0xBB || c == 0xB7 ||
                          (c >= 0x2190 && c <= 0x2BFF) || (c >= 0x3001 && c <= 0x303F);
    bool is_ideograph = (c >= FIRST_IDEOGRAPH && c <= LAST_IDEOGRAPH) || c >= FIRST_RARE_IDEOGRAPH;
    return is_punctuation || is_ideograph ? SORT_SIGN : SORT_LETTER;
}

/* Dates, times, numbers, ids and addresses are one word: 2026-11-25, 09:30, SUP-004, a@b.org. */
static bool joins_letters(uint32_t c)
{
    return c == '-' || c == '.' || c == ':' || c == '/' || c == '@' || c == '_' || c == ',' ||
           c == '\'' || c == 0x2019;
}

static bool letter_follows(str text, size_t at)
{
    return at < text.n && sort_of(utf8_next(text, &at)) == SORT_LETTER;
}

/* The end of the word or sign that begins at `from`, which is no blank. */
static size_t word_end(str text, size_t from, bool *is_word)
{
    size_t at = from;
    *is_word = sort_of(utf8_next(text, &at)) == SORT_LETTER;
    while (*is_word && at < text.n) {
        size_t next = at;
        uint32_t c = utf8_next(text, &next);
        if (sort_of(c) != SORT_LETTER && !(joins_letters(c) && letter_follows(text, next)))
            break;
        at = next;
    }
    return at;
}

/* -- Their looks ----------------------------------------------------------------------------- */

struct redline_pass redline_pass_in(struct arena *a)
{
    return (struct redline_pass){
        .arena = a, .desk = edits_desk_new(a), .numbers = map_in(a), .desk_text = buf_in(a, 256)};
}

uint32_t redline_number_copied(struct redline_pass *p, str key)
{
    const void *there = map_find(&p->numbers, key);
    return there != NULL ? (uint32_t)(uintptr_t)there : redline_number(p, str_dup(p->arena, key));
}

uint32_t redline_number(struct redline_pass *p, str key)
{
    uintptr_t next = p->numbers.count + 1;
    const void *there = map_put(&p->numbers, key, (void *)next);
    return (uint32_t)(there != NULL ? (uintptr_t)there : next);
}

static bool is_plain(const struct md_node *leaf, const struct md_node *block)
{
    return leaf->parent == block;
}

/* What is around a leaf and says more than its words: emphasis, addresses. Sizes stand before
 * texts, so that no two looks read the same. */
static void put_look(struct buf *b, const struct md_node *leaf, const struct md_node *block)
{
    for (const struct md_node *n = leaf->parent; n != block; n = n->parent) {
        buf_fmt(b, "%d,%d,%p %zu:" STR_FMT "%zu:" STR_FMT " ", (int)n->kind,
                n->kind == MD_ELEMENT ? (int)n->element : 0, (const void *)n->target, n->url.n,
                STR_ARG(n->url), n->title.n, STR_ARG(n->title));
    }
}

static struct word *add(struct redline_pass *p, struct words *w, const struct md_node *leaf)
{
    struct word *added = &PUSH(p->arena, w->v, w->n, w->cap, struct word);
    *added = (struct word){.leaf = leaf, .has_space = w->ends_in_space};
    w->ends_in_space = false;
    return added;
}

static void add_text(struct redline_pass *p, const struct md_node *leaf,
                     const struct md_node *block, struct words *w)
{
    str text = leaf->text;
    struct buf look = buf_in(p->arena, 32);
    if (!is_plain(leaf, block))
        put_look(&look, leaf, block);
    for (size_t at = 0, next; at < text.n; at = next) {
        next = at;
        if (sort_of(utf8_next(text, &next)) == SORT_SPACE) {
            w->ends_in_space = true;
            continue;
        }
        struct word *word = add(p, w, leaf);
        next = word_end(text, at, &word->is_word);
        word->text = str_from_to(text, at, next);
        word->number =
            redline_number(p, look.n == 0 ? word->text
                                          : str_fmt(p->arena, STR_FMT "\x01" STR_FMT,
                                                    STR_ARG(buf_str(&look)), STR_ARG(word->text)));
    }
}

/* A leaf that is compared as a whole. */
static void add_whole(struct redline_pass *p, const struct md_node *leaf,
                      const struct md_node *block, struct words *w)
{
    struct buf key = buf_in(p->arena, 32);
    buf_fmt(&key, "\x02%d,%d %zu:" STR_FMT, (int)leaf->kind,
            leaf->kind == MD_ELEMENT ? (int)leaf->element : 0, leaf->text.n, STR_ARG(leaf->text));
    put_look(&key, leaf, block);
    struct word *word = add(p, w, leaf);
    word->is_word = leaf->text.n > 0;
    word->number = redline_number(p, buf_str(&key));
}

void words_of(struct redline_pass *p, const struct md_node *block, struct words *w)
{
    for (struct md_walk walk = md_walk(block); md_step(&walk);) {
        const struct md_node *n = walk.node;
        if (!walk.enter || n == block)
            continue;
        if (n->kind == MD_TEXT)
            add_text(p, n, block, w);
        else if (n->kind == MD_SOFTBREAK)
            w->ends_in_space = true;
        else if (n->first == NULL && (n->kind < MD_EMPH || n->kind > MD_LINK))
            add_whole(p, n, block, w);
    }
}
