/* form/table/about: the functions behind record_tables.def.
 *
 * Each is about one record of the types that its row names; in `a`, never NULL, and without rows
 * the caller says that nothing is recorded. What cannot be known is no number: it is said in
 * words, or the cell is empty. */
#ifndef FORM_TABLE_ABOUT_H
#define FORM_TABLE_ABOUT_H

#include "form/table/table.h"
#include "model/model.h"

/* Findings that it led to with their actions, and actions that were decided there (improvement.c).
 */
const struct table *learnt_table(struct arena *a, const struct model *m, const struct record *r);

#endif
