/* model/task_path: when each task of a plan can begin, and which of them decide how long it takes.
 *
 * The critical path method (Kelley and Walker, 1959) over the tasks of one plan that take place
 * in a real event: in use, and not for exercises only. What comes before is said by `after`;
 * what has no such task begins when the plan is activated, and everything that may run side
 * by side does. Tasks of single scenarios all count, as if everything had happened at
 * once: the answer is the worst case.
 *
 * All times are minutes from the activation. What the records do not say stays unknown:
 *
 *   - A task without a duration counts as nothing, so all times after it, and the total, are
 *     lower bounds.
 *   - So they are after a task that is waited for and is not among these: of another plan, out
 *     of use, for exercises only, or not in this copy.
 *   - Tasks that wait for each other in a circle, and what comes after them, have no times.
 *
 * Of a copy that does not hold everything (model_is_partial) all of it is of that copy: tasks
 * may be missing without a trace, and whoever prints a total must say so. */
#ifndef MODEL_TASK_PATH_H
#define MODEL_TASK_PATH_H

#include "model/model.h"

struct task_time {
    const struct record *task;
    const size_t *after; /* places in task_path.tasks; each link as often as it is written */
    size_t after_count;
    duration start;      /* at the earliest; DURATION_NONE: in a circle, or after one */
    duration latest;     /* when it must begin, or the total grows; DURATION_NONE likewise */
    duration length;     /* DURATION_NONE: not recorded */
    duration slack;      /* latest - start; DURATION_NONE likewise */
    bool is_critical;    /* it has no slack, as far as lengths are known */
    bool is_in_circle;   /* or between two circles */
    bool is_lower_bound; /* something before it is unknown */
};

struct task_path {
    struct task_time *tasks; /* in order of their numbers */
    size_t count;
    duration total;      /* until the last task is done; DURATION_NONE: no task has a time */
    bool is_lower_bound; /* of the total */
    const size_t *chain; /* one critical path from its first task to its last; places in tasks */
    size_t chain_count;
    size_t unknown_count; /* tasks without a length */
    size_t circle_count;  /* tasks in circles */
};

/* After model_link; never NULL, and without an error: a plan without tasks has none. Linear
 * in tasks and links, but for their sorting. All of it is in the arena. */
struct task_path *model_task_path(struct arena *a, const struct model *m,
                                  const struct record *plan);

/* Does the task take place when the plan is activated in earnest? */
bool task_is_real(const struct record *task);

#endif
