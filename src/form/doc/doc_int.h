/* form/doc/doc_int: what the passes over a document's tree share. */
#ifndef FORM_DOC_INT_H
#define FORM_DOC_INT_H

#include "check/rules.h"
#include "form/doc/doc.h"

struct doc_pass {
    struct arena *arena;
    struct diags *diags;
    const struct doc_world *world; /* model NULL: no workspace */
    struct doc *doc;
    str text;         /* the Markdown, after its template */
    bool is_approved; /* then a gap is an error */
    bool has_gap_words; /* some TODO or the like stands somewhere */
    struct map anchors; /* of the document, once a link asked for one */
    struct map pictures;      /* file → the node that shows it first */
    struct map picture_paths; /* taken in the output */
    size_t picture_cap;
};

/* Each pass walks the tree once. */
void doc_directives(struct doc_pass *p); /* fenced blocks → tables and drawings */
void doc_links(struct doc_pass *p);      /* ids, anchors, files, addresses, pictures */
void doc_gaps(struct doc_pass *p);       /* placeholders and guidance */
void doc_headings(struct doc_pass *p);   /* levels, numbers, the list of headings */
void doc_control(struct doc_pass *p);    /* cover, history, signatures */

#endif
