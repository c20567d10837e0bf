/* model/practice: which plans and activities were exercised within the months of the house.
 *
 * A plan was when an exercise that was held names it; an activity when one names it, or when a
 * plan that was exercised covers it or what stands for it (model/cover). */
#ifndef MODEL_PRACTICE_H
#define MODEL_PRACTICE_H

#include "model/model.h"

struct practice;

/* Looks at every exercise and plan once, in linear time; lives in `a`. */
struct practice *practice_of(struct arena *a, const struct model *m);
/* The day is no longer ago than a plan may go without an exercise. */
bool practice_is_recent(const struct model *m, date day);
bool practice_has_plan(const struct practice *p, const struct record *plan);
bool practice_has_activity(const struct practice *p, const struct record *activity);

#endif
