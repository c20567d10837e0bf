/* model/actions: which actions are open, since when, and by when they are to be done. */
#ifndef MODEL_ACTIONS_H
#define MODEL_ACTIONS_H

#include "model/model.h"

/* The last date that it was moved to, else the first one; a date when it is there. */
const struct field_value *action_due(const struct record *action);
date action_due_day(const struct record *action); /* DATE_NONE: not known */

/* Neither withdrawn nor of a later day. */
bool action_counts(const struct record *action);
/* Neither done, closed nor withdrawn; what is of a later day is not open yet. */
bool action_is_open(const struct record *action);
/* It cannot be seen whether it was done, and it is not closed. */
bool action_may_be_open(const struct record *action);
/* Since it was created; what is created later than today is new. -1: not known. */
long long action_age_days(const struct model *m, const struct record *action);

#endif
