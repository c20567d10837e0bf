/* check/cycle/updates: whether what a change or an action announced has come. */
#ifndef CHECK_CYCLE_UPDATES_H
#define CHECK_CYCLE_UPDATES_H

#include "check/check_int.h"
#include "model/updates.h"

/* Reports every item of the list of updates whose record has not got there (model/updates). */
void check_updates(struct checker *c, enum check_rule_id rule, const struct record *about,
                   enum field_id updates, date since);

#endif
