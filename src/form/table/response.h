/* form/table/response: what a team has in its hands while it works.
 *
 * Tables of paper above all: narrow, in the order of use, with columns to be written in by
 * hand. Private numbers are not in the model any more (model_withhold). In `a`, never NULL;
 * without rows the note says so. */
#ifndef FORM_TABLE_RESPONSE_H
#define FORM_TABLE_RESPONSE_H

#include "form/table/table.h"
#include "model/model.h"

#define TICK_BOX "\u2610"

/* Who is reached where: a line for each person that stands behind the roles, teams, persons and
 * contacts, holders before deputies; a role that nobody holds says so. */
const struct table *reach_table(struct arena *a, const struct record *const *who, size_t count);
/* The numbers of one person, "mobile +44 …, work +44 …"; empty: none is known. */
str person_numbers(struct arena *a, const struct record *person);

/* The tasks of a plan in the order of their numbers, with a box to tick, who does them, when
 * they can begin and how long they take, what shows that they are done, and blanks for the time
 * and a signature. Tasks of exercises only are left out. */
const struct table *steps_table(struct arena *a, const struct model *m, const struct record *plan);
/* A table of things to do: a box, the words, blanks. */
const struct table *ticks_table(struct arena *a, const struct record *r, enum field_id field);

/* What must be in a battle box, to be ticked off; what is past its day by then says so. */
const struct table *box_table(struct arena *a, const struct record *box, date as_of);
/* The calls of a call tree: who calls whom, at which numbers. */
const struct table *calls_table(struct arena *a, const struct record *tree);

/* Rows of lists.def. */
const struct table *deadlines(struct arena *a, const struct model *m);
const struct table *outside_numbers(struct arena *a, const struct model *m);
const struct table *notification_clocks(struct arena *a, const struct model *m);

#endif
