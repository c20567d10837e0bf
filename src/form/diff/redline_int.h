/* form/diff/redline_int: what the steps of comparing two trees share. */
#ifndef FORM_DIFF_REDLINE_INT_H
#define FORM_DIFF_REDLINE_INT_H

#include "base/buf.h"
#include "base/edits.h"
#include "base/map.h"
#include "form/diff/redline.h"

enum fate { FATE_KEPT, FATE_OUT, FATE_IN };

struct redline_pass {
    struct arena *arena;
    struct edits_desk *desk;
    struct map numbers;   /* what is compared → its number + 1 */
    struct buf desk_text; /* room to write one key */
    struct redline out;
};

/* Equal texts have equal numbers. The key must stay. */
struct redline_pass redline_pass_in(struct arena *a);
uint32_t redline_number(struct redline_pass *p, str key);
/* The same for a key that will not stay: it is copied when it is new. */
uint32_t redline_number_copied(struct redline_pass *p, str key);

/* -- words.c: inline nodes as a sequence of words -------------------------------------------- */

struct word {
    uint32_t number;
    bool has_space; /* before it */
    bool is_word;   /* letters or digits, and no punctuation */
    str text;       /* of MD_TEXT, a part of it */
    const struct md_node *leaf;
};

struct words {
    struct word *v;
    size_t n, cap;
    bool ends_in_space;
};

/* Appends the words below `block`, which holds inlines. */
void words_of(struct redline_pass *p, const struct md_node *block, struct words *w);
bool words_are_inline(const struct md_node *block); /* does it hold inlines? */

/* -- join.c: two sequences of words as inline nodes ------------------------------------------ */

/* Appends the comparison of what stands below `before` and `after` (one may be NULL) to `to`. */
void join_inlines(struct redline_pass *p, struct md_node *to, const struct md_node *before,
                  const struct md_node *after);

/* -- match.c: which things belong together --------------------------------------------------- */

enum { ALIKE_WORDS_MAX = 96, NO_PARTNER = -1 };

/* A block, item or row, as it is compared with others. */
struct thing {
    struct md_node *node;
    uint32_t number;   /* equal: the same */
    uint32_t key;      /* equal, and not 0: the same thing with other words (first cell of a row) */
    int kind;          /* things of different kinds are never paired */
    bool is_container; /* table, list, …: paired when only little is alike */
    uint32_t *words;   /* a sorted sample of the numbers of its words */
    size_t word_count;
    long partner; /* place on the other side, or NO_PARTNER */
};

struct things {
    struct thing *v;
    size_t n, cap;
};

/* The children of a node; `canon` is what is compared. */
struct thing *thing_add(struct redline_pass *p, struct things *t, struct md_node *node);
/* Fills in the sample of words below its node. */
void thing_sample(struct redline_pass *p, struct thing *t);
/* Appends what a node says and how, without its blanks: equal for what is the same to a reader. */
void thing_canon(struct buf *b, const struct md_node *node);
uint32_t thing_number(struct redline_pass *p, const struct md_node *node);
void match(struct redline_pass *p, struct things *before, struct things *after);

/* -- blocks.c, grid.c ------------------------------------------------------------------------ */

/* Appends the comparison of the children of both to `to`. */
void join_blocks(struct redline_pass *p, struct md_node *to, struct md_node *before,
                 struct md_node *after);
/* Marks all words below a node as put in or taken out. */
void mark_all(struct redline_pass *p, struct md_node *node, enum fate fate);
void join_tables(struct redline_pass *p, struct md_node *to, struct md_node *before,
                 struct md_node *after);
struct md_node *shallow_copy(struct arena *a, const struct md_node *n);

/* -- prepare.c, fold.c ----------------------------------------------------------------------- */

struct md_node *prepare(struct arena *a, const struct redline_request *r, bool is_before);
/* Replaces what is far from any change by a note that counts it. */
void fold(struct arena *a, struct md_node *body);

#endif
