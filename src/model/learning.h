/* model/learning: what those in a role must have learnt, and when they did.
 *
 * A role asks for the courses that name it in `required_by:`, and for those that give a
 * competence which it names or which names it. A person has learnt from the newest record of
 * a course that was not failed; it counts for as long as the course says, or for good. What is
 * not in use asks for nothing. Of a copy that does not hold everything it is of that copy.
 *
 * Nobody can take more courses than LEARNING_COURSES_MAX for one role, and lists of thousands of
 * roles and of courses are not to be multiplied: further ones are not looked at. */
#ifndef MODEL_LEARNING_H
#define MODEL_LEARNING_H

#include "model/model.h"

enum { LEARNING_COURSES_MAX = 100 };

struct learning;

/* In use, and has not left by the as-of date. */
bool person_is_here(const struct model *m, const struct record *person);

/* Taken and not failed, on some day. */
bool learning_is_taken(const struct record *training);

/* Looks at every record once; lives in `a`. */
struct learning *learning_of(struct arena *a, const struct model *m);
/* Each course once, in the order in which they are found; at most LEARNING_COURSES_MAX. */
const struct record *const *learning_courses(const struct learning *l, const struct record *role,
                                             size_t *count);
/* It asks for more of them. */
bool learning_is_cut(const struct learning *l, const struct record *role);
/* The newest record of success; NULL: there is none. */
const struct record *learning_taken(const struct learning *l, const struct record *person,
                                    const struct record *course);
/* The newest record of failure, where no success is as new; NULL: there is none. */
const struct record *learning_failed(const struct learning *l, const struct record *person,
                                     const struct record *course);
/* The day after which a training record counts no longer; DATE_NONE: it counts for good. */
date learning_until(const struct record *training);
bool learning_counts(const struct model *m, const struct record *training); /* today */
/* It was only taken on a later day: that may have been to renew it, and nobody can tell. */
bool learning_is_unknown(const struct learning *l, const struct record *person,
                         const struct record *course);
/* All courses that the role asks for were taken, and all of them count today. Of one that was
 * only taken on a later day nobody can tell: that may have been to renew it. */
enum truth learning_is_able(const struct learning *l, const struct model *m,
                            const struct record *role, const struct record *person);

/* Of each audience the newest awareness event that says how many it reached. */
const struct record **awareness_newest(struct arena *a, const struct model *m, size_t *count);

#endif
