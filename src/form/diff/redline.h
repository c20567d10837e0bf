/* form/diff/redline: two texts as one document that shows what changed.
 *
 * Both are Markdown as its readers see it. Blocks that are the same on both sides are found
 * first, then those that are alike, in their order; within a pair words are compared, in tables
 * rows, columns and cells, in lists items, in code lines. Blanks and line breaks of the source
 * don't count. What moved is shown as taken out at one place and put in at the other.
 *
 * The answer is a document tree of text/md.h in which MD_INSERTED and MD_DELETED mark words: read
 * without what is deleted it is the later text, without what is inserted the earlier one. They
 * stand innermost, below emphasis and links. Headings have no ids, pictures and footnote marks are
 * words, links lead to records or out of the tree; so several can stand on one page. */
#ifndef FORM_DIFF_REDLINE_H
#define FORM_DIFF_REDLINE_H

#include "form/diff/state.h"
#include "text/md.h"

/* A gap between equal blocks (rows, items) with more pairs than this to compare is paired by
 * looking only PAIR_WINDOW further; it bounds the time and never the truth. */
enum { PAIR_CELLS_MAX = 4096, PAIR_WINDOW = 24 };

struct redline {
    struct md_node *body;
    size_t words_in, words_out; /* without punctuation */
    bool is_changed;            /* false: only blanks and line breaks of the source differ */
    bool is_coarse; /* some stretch is too different to be compared: replaced as a whole */
};

struct redline_request {
    str before, after;                        /* Markdown */
    const struct state *before_in, *after_in; /* whose records give links their titles; or NULL */
    const struct model *model;                /* whose records links lead to; or NULL */
    bool is_whole; /* show also what is far from any change, else "12 parts unchanged" */
};

/* The tree and its texts are in `a`. */
struct redline redline_make(struct arena *a, const struct redline_request *r);

/* Two short texts, words compared: appends to `before` what the earlier one says with its lost
 * words marked, to `after` the same for the later one. Either text may be empty. */
void redline_words(struct arena *a, str old_text, str new_text, struct md_node *before,
                   struct md_node *after);

#endif
