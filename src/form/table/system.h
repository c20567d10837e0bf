/* form/table/system: lists of the management system that are put together from many records.
 *
 * Rows of lists.def; each is one function in a file of its name. In `a`, never NULL. */
#ifndef FORM_TABLE_SYSTEM_H
#define FORM_TABLE_SYSTEM_H

#include "form/table/table.h"
#include "model/learning.h"
#include "model/model.h"

/* What changed, how it was assessed, what it forced and whether that has come. */
const struct table *change_log(struct arena *a, const struct model *m);
/* Every unit, product, activity, site and technology against the scope, with the chain that
 * shows why it is needed. */
const struct table *scope_coverage(struct arena *a, const struct model *m);
/* Suppliers: who needs them, what is required and promised, and how they are looked after. */
const struct table *supplier_continuity(struct arena *a, const struct model *m);
/* What each activity needs from when on: people, seats, kit, ICT, records, suppliers. */
const struct table *needs_over_time(struct arena *a, const struct model *m);
/* Every finding with its action, how far that is and what was changed by it; then actions that
 * come from no finding. The newest first. */
const struct table *improvement(struct arena *a, const struct model *m);
/* What the processes of the system are given: competences, tools, days. */
const struct table *process_means(struct arena *a, const struct model *m);
/* Holders and deputies against the courses that their roles ask for, gaps first. */
const struct table *training_matrix(struct arena *a, const struct model *m);
/* Every training record, by course and year: who, when, with what result. */
const struct table *attendance(struct arena *a, const struct model *m);
/* Awareness events with their reach against the target. */
const struct table *awareness(struct arena *a, const struct model *m);
/* The same of one role, or of one person in it, behind the rows that are there. */
struct table *training_table(struct arena *a, str id, str caption);
void training_add(struct arena *a, const struct model *m, const struct learning *learning,
                  struct table *t, const struct record *role, const struct record *only);
/* Objectives and services with success factors, figures, the last value and its rating. */
const struct table *measurements(struct arena *a, const struct model *m);
/* Figures whose last value misses a limit, and those that were never taken. */
const struct table *figures_out(struct arena *a, const struct model *m);
/* The limits and frequencies that are in force, and who set them. */
const struct table *agreed_limits(struct arena *a, const struct model *m);

/* Each update of a change or action with how far it is; *open counts those to come. `since` is
 * its day. */
struct cell updates_cell(struct arena *a, const struct model *m, const struct record *r,
                         enum field_id updates, date since, size_t *open);

/* What a supplier is asked to keep, as tables of a sheet that can be handed to it. */
struct flow_down {
    const struct table *particulars; /* labels and values: services, contract, contact, owner */
    const struct table *terms;       /* required, promised, gap */
    const struct table *users;       /* what of ours needs it, and how soon */
};
struct flow_down flow_down(struct arena *a, const struct model *m, const struct record *supplier);
/* Has a sheet: somebody needs it or it is marked as critical, and it is in use. */
/* "flowdown/sup-003.html" */
str flow_down_path(struct arena *a, const struct record *supplier);
bool flow_down_has(const struct model *m, const struct record *supplier);

#endif
