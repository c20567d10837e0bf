/* model/later: what was done after the as-of date, and so has not been done yet.
 *
 * All is judged as of one day. What the records say of a later one is no evidence of it: rule
 * X6 reports it, and model_forget_later takes it out before anything is judged, so that no
 * rule has to think of it. Planned and due dates stay; they are about later days.
 *
 * Statuses have no date. One of 'closed' goes with the date that closed it; any other may
 * come from a later day, and a record that is overwritten has lost what it said before. */
#ifndef MODEL_LATER_H
#define MODEL_LATER_H

#include "model/model.h"

/* Fields that say when something was done. */
struct done_field {
    enum field_id field;
    bool is_event; /* nothing is left of the record or part when that was later */
};
extern const struct done_field model_done_field[];
extern const size_t model_done_count;

/* A date or a moment that lies after the as-of date. */
bool value_is_later(const struct model *m, const struct field_def *f, const struct field_value *v);

/* Events of later days: records are marked (is_later), parts go. Of all others the date goes. */
void model_forget_later(struct model *m);

#endif
