/* model/actions: by when an action is to be done, and whether it is. */
#ifndef MODEL_ACTIONS_H
#define MODEL_ACTIONS_H

#include "model/model.h"

/* The last date that it was moved to, else the first one; a date when it is there. */
const struct field_value *action_due(const struct record *action);
date action_due_day(const struct record *action); /* DATE_NONE: not known */

/* Not done, and neither closed nor withdrawn. */
bool action_is_open(const struct record *action);

#endif
