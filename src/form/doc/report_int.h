/* form/doc/report_int: what the steps of making a report share. */
#ifndef FORM_DOC_REPORT_INT_H
#define FORM_DOC_REPORT_INT_H

#include "base/hash.h"
#include "form/doc/reports.h"

/* report_day.c: the day that a report is of: the pack of a review of when that was held, all else
 * of the model's own. */
date report_day(const struct model *m, const struct report_def *def, const struct record *r);
/* A world whose model is that of the day, in `a` and judged like the one at hand; the world
 * itself when the day is its own. The record of the wish is exchanged for the one of then. */
struct doc_world report_world(struct arena *a, const struct diags *d, const struct doc_world *world,
                              struct report_wish *wish);
/* What it names leads to the records of `m`, by their ids, and to nothing that is gone. */
void report_relink(struct arena *a, const struct model *m, struct doc *doc);

/* report_frozen.c: the blocks that ask for data, before they are filled; what stands in them once
 * they are; the same put back; and the rows by which two of the same report differ. */
struct md_node **report_blocks(struct arena *a, struct md_node *body, size_t *count);
void report_take_apart(struct arena *a, struct md_node *const *nodes, size_t count,
                       struct report_parts *parts);
void report_put_together(struct arena *a, struct md_node *const *nodes, size_t count,
                         const struct report_parts *parts);
/* The rows of a table as its hash takes them, tabs between cells; then its note. */
void report_hash_table(struct arena *a, struct sha256_run *run, const struct table *t);
/* Each table with its rows and their hash, so that one that was copied out can be told to be it. */
const struct table *report_manifest(struct arena *a, struct md_node *const *nodes, size_t count);
const struct table *report_since(struct arena *a, const struct model *m,
                                 const struct report_parts *then, const struct report_parts *now);

/* report_review.c: what the templates of reviews see beside their record. */
void report_review_data(struct arena *a, const struct model *m, const struct record *review,
                        struct tmap *own);

#endif
