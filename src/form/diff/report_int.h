/* form/diff/report_int: what the documents about changes are made of. */
#ifndef FORM_DIFF_REPORT_INT_H
#define FORM_DIFF_REPORT_INT_H

#include "form/diff/changes.h"

struct md_node *report_node(struct arena *a, enum md_kind kind);
struct md_node *report_text(struct arena *a, struct md_node *to, str text);
struct md_node *report_heading(struct arena *a, struct md_node *to, int level, str text);
struct md_node *report_para(struct arena *a, struct md_node *to, str text);
/* A table whose first row holds these heads. */
struct md_node *report_table(struct arena *a, struct md_node *to, const str *heads, size_t count);
/* Adds a row of empty cells; gives the first, the others are its neighbours. */
struct md_node *report_row(struct arena *a, struct md_node *table);

/* -- fields.c -------------------------------------------------------------------------------- */

/* The record's fields that are different, as a table; false, and nothing is added: none are. */
bool report_fields(struct arena *a, const struct changes *c, const struct change *change,
                   struct md_node *to);

#endif
