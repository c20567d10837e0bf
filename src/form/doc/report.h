/* form/doc/report: documents that are made, and not written.
 *
 * Each function makes a node and puts it behind what `to` has already. */
#ifndef FORM_DOC_REPORT_H
#define FORM_DOC_REPORT_H

#include "form/table/table.h"
#include "text/md.h"

struct md_node *report_node(struct arena *a, enum md_kind kind); /* put nowhere */
struct md_node *report_text(struct arena *a, struct md_node *to, str text);
struct md_node *report_heading(struct arena *a, struct md_node *to, int level, str text);
struct md_node *report_para(struct arena *a, struct md_node *to, str text);
/* A table whose first row holds these heads. */
struct md_node *report_table(struct arena *a, struct md_node *to, const str *heads, size_t count);
/* Adds a row of empty cells; gives the first, the others are its neighbours. */
struct md_node *report_row(struct arena *a, struct md_node *table);
/* A table of ours as it is. */
void report_form_table(struct arena *a, struct md_node *to, const struct table *t);
/* A line to be typed, set like code. */
void report_code(struct arena *a, struct md_node *to, str text);

#endif
