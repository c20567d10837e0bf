/* check/cycle/updates: whether what a change or an action announced has come. */
#ifndef CHECK_CYCLE_UPDATES_H
#define CHECK_CYCLE_UPDATES_H

#include "check/check_int.h"

/* Reports every item of the list of updates whose record has not got there: a version that is
 * named counts once it is in force, of records without versions a review since the day. What
 * is over, and what says nothing of either, is passed over. */
void check_updates(struct checker *c, enum check_rule_id rule, const struct record *about,
                   enum field_id updates, date since);
/* The version of a document that holds; "" when none does. */
str version_in_force(const struct record *document);

#endif
