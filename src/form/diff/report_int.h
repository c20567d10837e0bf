/* form/diff/report_int: what the documents about changes are made of. */
#ifndef FORM_DIFF_REPORT_INT_H
#define FORM_DIFF_REPORT_INT_H

#include "form/diff/changes.h"
#include "form/doc/report.h"

/* -- fields.c -------------------------------------------------------------------------------- */

/* The record's fields that are different, as a table; false, and nothing is added: none are. */
bool report_fields(struct arena *a, const struct changes *c, const struct change *change,
                   struct md_node *to);

#endif
