/* model/later: what was done after the as-of date, and so has not been done yet.
 *
 * All is judged as of one day. What the records say of a later one is no evidence of it. After the
 * day of the content itself it is a slip: rule X6 reports it, and model_forget_later takes it out
 * before anything is judged, so that no rule has to think of it. Between an earlier as-of date and
 * that day it is what happened since: model_look_back takes it out before anything is linked.
 * Planned and due dates stay; they are about later days.
 *
 * A date that is written anew each time (of a review, a check, an approval) has lost what it
 * said before: on the earlier day it is not missing, it is unknown. Statuses have no date: one
 * of 'closed' goes with the date that closed it, any other may come from a later day. What was
 * found of an action's effect has none either: it is unknown before the day for which the check
 * was planned. */
#ifndef MODEL_LATER_H
#define MODEL_LATER_H

#include "model/model.h"

/* Fields that say when something was done, and what is left when that was later. */
enum done_kind {
    DONE_DATE,  /* all but the date: it was not done yet (FV_ABSENT) */
    DONE_WHOLE, /* nothing of the record or part: before that day there was none */
    DONE_AGAIN, /* all, but nobody knows when it was done before (FV_UNKNOWN) */
};
struct done_field {
    enum field_id field;
    enum done_kind kind;
};
extern const struct done_field model_done_field[];
extern const size_t model_done_count;

/* A date or a moment that lies after a day; not so when that is DATE_NONE. */
bool value_is_after(date day, const struct field_def *f, const struct field_value *v);

/* The as-of date in words; of one that looks back it says so: "31 December 2025, looking back". */
str model_day_words(struct arena *a, const struct model *m);
/* The last day on which the content says that something was done; DATE_NONE: it says none. */
date model_last_day(const struct model *m);

/* Before model_link, when the as-of date lies before m->known_until: makes the content what it was
 * on that day, as far as it has dates. Records and parts that came later are left out, what came
 * of an event (RESULT in days.def) waits for it, and what is written anew each time (AGAIN, SINCE)
 * is unknown and says so. Counts the dates in m->later_count. What lies after known_until stays:
 * it is a slip, which X6 reports. */
void model_look_back(struct model *m);

/* Marks records that are events of later days (is_later), takes parts that are out of their
 * lists, and the dates out of all others. */
void model_forget_later(struct model *m);

/* A copy of all that the model holds, to be judged as of a day that is not later than its own:
 * to be derived, linked and forgotten in like any other (derive/derive.h does it). `kept`, unless
 * it is NULL, is in it though it was written down later. In `a`, of which it takes a size and a
 * time that are linear in the content. */
struct model *model_as_of(const struct model *whole, struct arena *a, date day,
                          const struct record *kept);

#endif
