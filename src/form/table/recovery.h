/* form/table/recovery: what the recovery analysis found, as tables.
 *
 * Priorities of activities, what everything can do against what is asked of it, the order in
 * which all is brought back, seats over time, and one record's own figures. Times read in words;
 * the data has them short ("1d 4h") and a sort key. Lists of lists.h are made here. */
#ifndef FORM_TABLE_RECOVERY_H
#define FORM_TABLE_RECOVERY_H

#include "form/table/table.h"
#include "model/recovery.h"

const struct table *recovery_priorities(struct arena *a, const struct model *m);
const struct table *recovery_capabilities(struct arena *a, const struct model *m);
const struct table *recovery_restore(struct arena *a, const struct model *m);
const struct table *recovery_seats(struct arena *a, const struct model *m);

/* The same: a table without rows, and the rows of some sites that are lost at once. */
struct table *seat_table(struct arena *a, const char *id);
void seat_table_add(struct arena *a, const struct model *m, struct table *t,
                    const struct record *const *sites, size_t count);

/* Impact categories against time buckets of the method in use, with the MTPD that follows in the
 * note; NULL without a method. */
const struct table *impact_grid(struct arena *a, const struct model *m, const struct record *bia);

/* How soon it can be back, and who commits to nothing; the newest time that was shown. */
struct cell recovery_able_cell(struct arena *a, const struct recovery *r, size_t node,
                               enum recovery_time time);
struct cell recovery_proven_cell(struct arena *a, const struct proof *p);

/* Labels and values of one record; NULL when it is nothing that can be lost. */
const struct table *recovery_of(struct arena *a, const struct model *m, const struct record *r);

#endif
