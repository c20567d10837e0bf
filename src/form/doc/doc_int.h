/* form/doc/doc_int: what the passes over a document's tree share. */
#ifndef FORM_DOC_INT_H
#define FORM_DOC_INT_H

#include "check/rules.h"
#include "form/doc/doc.h"

struct lose;

struct doc_pass {
    struct arena *arena;
    struct diags *diags;
    const struct doc_world *world; /* model NULL: no workspace */
    struct doc *doc;
    str text;                 /* the Markdown, after its template */
    bool is_approved;         /* then a gap is an error */
    bool is_frozen;           /* what it names may be gone: that is no fault of it */
    bool has_gap_words;       /* a placeholder word stands somewhere */
    struct map anchors;       /* of the document, once a link asked for one */
    const struct map *around; /* anchors of the whole that this is a part of; NULL: it is whole */
    struct map pictures;      /* file → the node that shows it first */
    struct map picture_paths; /* taken in the output */
    size_t picture_cap;
    struct lose *lose; /* once a block asked what a loss does */
};

/* Each pass walks the tree once. */
void doc_directives(struct doc_pass *p); /* fenced blocks → tables and drawings */
void doc_links(struct doc_pass *p);      /* ids, anchors, files, addresses, pictures */
void doc_gaps(struct doc_pass *p);       /* placeholders and guidance */
void doc_headings(struct doc_pass *p);   /* levels, numbers, the list of headings */
void doc_control(struct doc_pass *p);    /* cover, history, signatures */

/* What a fenced block stands for: false when its argument names nothing; then it was reported.
 * Each is a row of the table in directives.c. */
bool doc_fill_reach(struct doc_pass *p, struct md_node *n, str argument);
bool doc_fill_calls(struct doc_pass *p, struct md_node *n, str argument);
bool doc_fill_steps(struct doc_pass *p, struct md_node *n, str argument);
bool doc_fill_ticks(struct doc_pass *p, struct md_node *n, str argument);
bool doc_fill_box(struct doc_pass *p, struct md_node *n, str argument);
bool doc_fill_copies(struct doc_pass *p, struct md_node *n, str argument);
bool doc_fill_prose(struct doc_pass *p, struct md_node *n, str argument);
bool doc_fill_lose(struct doc_pass *p, struct md_node *n, str argument);

/* For these: the node becomes the table; the words that say that `id` is not in this copy;
 * nothing, after a report with how it is used. The last two give what fill functions give. */
bool doc_put_table(struct md_node *n, const struct table *t);
bool doc_put_notice(struct doc_pass *p, struct md_node *n, str id);
bool doc_unknown(struct doc_pass *p, const struct md_node *n, str argument, const char *usage);

#endif
