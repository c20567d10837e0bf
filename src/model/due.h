/* model/due: by when things are due.
 *
 * The rules say what is late and the calendar what is to come, by the same days: those that a
 * record sets, and those that follow from when something was done last and the limits of the
 * house (model/limits). A day is overdue when it lies before the as-of date.
 *
 * derive/due puts all of them together. */
#ifndef MODEL_DUE_H
#define MODEL_DUE_H

#include "model/model.h"

enum due_state {
    DUE_NOT,     /* it is done, or nobody has to */
    DUE_ON,      /* on `day` */
    DUE_AT_ONCE, /* it was never done, and there was time enough: overdue, since no certain day */
    DUE_OPEN,    /* it is to be done, and no day is set */
    DUE_UNKNOWN, /* what is written does not tell, or is not in this copy */
};
struct due_day {
    enum due_state state;
    date day; /* DATE_NONE but for DUE_ON */
};

/* On the day, which is unknown when it is DATE_NONE. */
struct due_day due_on(date day);
bool due_is_past(const struct model *m, struct due_day due);

/* -- Of one record. Whether it is in use is for the caller to ask, but of reviews -------------- */

struct due_day due_review(const struct model *m, const struct record *r); /* of any record */
/* Its text was submitted: by the day from which it is to hold. */
struct due_day due_approval(const struct model *m, const struct record *document);
struct due_day due_action(const struct model *m, const struct record *action);
struct due_day due_bia_review(const struct model *m, const struct record *bia);
struct due_day due_assumption(const struct model *m, const struct record *assumption);
struct due_day due_verified(const struct model *m, const struct record *r); /* person, contact */
struct due_day due_obligation(const struct model *m, const struct record *obligation);
struct due_day due_feedback(const struct model *m, const struct record *party);
struct due_day due_call_test(const struct model *m, const struct record *call_tree);
struct due_day due_box_check(const struct model *m, const struct record *box);
/* Of a critical one. */
struct due_day due_supplier_review(const struct model *m, const struct record *supplier);
struct due_day due_measurement(const struct model *m, const struct record *kpi);
struct due_day due_exercise_report(const struct model *m, const struct record *exercise);
struct due_day due_incident_review(const struct model *m, const struct record *incident);
struct due_day due_change(const struct model *m, const struct record *change);
struct due_day due_effect(const struct model *m, const struct record *action);
struct due_day due_strategy(const struct model *m, const struct record *option);
/* After the last steering meeting; after the last review by top management. */
struct due_day due_steering(const struct model *m, const struct record *last);
struct due_day due_top_review(const struct model *m, const struct record *last);
struct due_day due_training(const struct record *training); /* the last day on which it counts */
/* Of who holds the role and has never taken a course that it asks for. */
struct due_day due_first_training(const struct model *m, const struct record *role);

/* -- What these ask --------------------------------------------------------------------------- */

/* Of an impact analysis: in use, no draft any more, and of an activity in use. */
bool bia_is_submitted(const struct record *bia);
/* Of what was put right, not of what was made better or otherwise. */
bool action_must_prove_effect(const struct record *action);
/* Chosen is chosen, in place or not. */
bool strategy_is_selected(const struct record *option);

/* What was judged last, and by whom: an evaluation, a review, an exercise (clause 8.6). Of a
 * strategy in place or a risk. */
struct judgement {
    date day;                /* DATE_NONE is before every day */
    const struct record *by; /* NULL: nobody yet; `day` is then since when it is in use */
};
struct judgement last_judgement(const struct model *m, const struct record *r);
/* By the day that is set for it; where none is, after the months of the house. */
struct due_day due_judgement(const struct model *m, const struct record *r);

#endif
