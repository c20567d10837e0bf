/* model/actions: which actions are open, by when they are to be done, and whether they worked. */
#ifndef MODEL_ACTIONS_H
#define MODEL_ACTIONS_H

#include "model/model.h"

/* The last date that it was moved to, else the first one; a date when it is there. */
const struct field_value *action_due(const struct record *action);
date action_due_day(const struct record *action); /* DATE_NONE: not known */
/* Neither done nor closed, and that day is past. */
bool action_is_overdue(const struct model *m, const struct record *action);

/* It was checked, and worked at least in part. */
enum truth action_has_worked(const struct record *action);
/* One of its actions has worked; without any, it was closed. */
enum truth finding_is_settled(const struct record *finding);
/* It is closed; of an earlier day than that of the content nobody wrote when, so of one that has
 * been closed since, its actions tell: none of them was open then. */
enum truth finding_is_closed(const struct model *m, const struct record *finding);
/* The first day of what it mends; DATE_NONE: of no finding, or not known. */
date action_found_on(const struct record *action);

/* The same; of an earlier day than that of the content it is unknown between the first due day and
 * the one now agreed, since nobody wrote when that was moved. */
enum truth action_was_overdue(const struct model *m, const struct record *action);
/* Neither done, closed nor withdrawn; what is of a later day is not open yet. */
bool action_is_open(const struct record *action);
/* It cannot be seen whether it was done, and it is not closed. */
bool action_may_be_open(const struct record *action);
/* Since it was created; what is created later than today is new. -1: not known. */
long long action_age_days(const struct model *m, const struct record *action);

#endif
