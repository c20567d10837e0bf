/* model/practice: what was exercised, how and when (8.5).
 *
 * What was held counts: exercises with a day on which they were, that are not withdrawn. A plan
 * was rehearsed when such an exercise names it; an activity when one of the months that the
 * house sets (LIMITS_EXERCISE_MONTHS) names it, or when a plan that was rehearsed within them
 * covers it (model/cover). Of a copy that does not hold everything it is of that copy. */
#ifndef MODEL_PRACTICE_H
#define MODEL_PRACTICE_H

#include "model/model.h"

/* How a plan was rehearsed. */
struct rehearsal {
    bool is_talked, is_done; /* as a discussion, or with hands on */
    bool is_recent;          /* within the months of the house */
    date last;               /* DATE_NONE: never */
};

struct practice;

/* Looks at every exercise, plan and call tree once; lives in `a`. */
struct practice *practice_of(struct arena *a, const struct model *m);
const struct rehearsal *practice_plan(const struct practice *p, const struct record *plan);
/* The exercise or plan through which the activity was exercised within the months; NULL. */
const struct record *practice_activity(const struct practice *p, const struct record *activity);

/* Exercises of a programme, of one kind and year: of the day on which they were held, else of
 * that for which they are planned. */
struct practice_count {
    size_t held, planned; /* planned: not held yet, not over, and the day is still to come */
    size_t missed;        /* not held, and the day has passed */
};
struct practice_count practice_count(const struct practice *p, const struct record *programme,
                                     str kind, int year);

/* Adds one exercise to the counts; of those that are withdrawn none. */
void practice_add(struct practice_count *n, const struct model *m, const struct record *exercise);
/* The day on which it was held, else that for which it is planned; DATE_NONE. */
date exercise_day(const struct record *exercise);

/* When warning and informing were last exercised, by a call, a call tree or a plan of
 * communication; DATE_NONE: never. */
date practice_warned(const struct practice *p, const struct record **by);

/* The day is no longer ago than a plan may go without an exercise. */
bool practice_is_recent(const struct model *m, date day);
/* The exercise is a discussion: nobody lays hands on. */
bool exercise_is_talk(const struct record *exercise);
/* Planned and not held yet; one that is over is not. */
bool exercise_is_to_come(const struct record *exercise);

#endif
