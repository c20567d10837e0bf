/* form/table/steering: what those who steer the system look at in every meeting (5.1, 9.3).
 *
 * Rows of lists.def; in `a`, never NULL. */
#ifndef FORM_TABLE_STEERING_H
#define FORM_TABLE_STEERING_H

#include "derive/due.h"
#include "form/table/table.h"

/* Actions that are not done, the oldest first. */
const struct table *open_actions(struct arena *a, const struct model *m);
/* What waits for somebody's word: options, versions of documents, waivers that run out. */
const struct table *decisions_due(struct arena *a, const struct model *m);
/* What was to be reviewed before the as-of date, the longest overdue first. */
const struct table *overdue_table(struct arena *a, const struct model *m);
/* The same, and the rows of at most so many. */
struct due_run overdue_reviews(struct arena *a, const struct model *m);
struct table *overdue_rows(struct arena *a, const struct due_run *items, size_t max);

#endif
