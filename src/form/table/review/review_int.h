/* form/table/review/review_int: what the tables of a review pack share. */
#ifndef FORM_TABLE_REVIEW_REVIEW_INT_H
#define FORM_TABLE_REVIEW_REVIEW_INT_H

#include "form/table/table.h"
#include "model/review.h"

/* says.c: what an item says, in a sentence or two, and how it stands. */
struct cell review_says(struct arena *a, const struct model *m, const struct review_item *item);
struct cell review_state(struct arena *a, const struct model *m, const struct review_item *item);

/* The first words of a text, at most `max` code points and an ellipsis. */
str review_short(struct arena *a, str text, size_t max);

/* How an action stands on the as-of day: done, late, in hand, and whether its effect was
 * checked (form/table/improvement.c). NULL: there is none. */
struct cell review_action_state(struct arena *a, const struct model *m,
                                const struct record *action);

/* decisions.c: how far a decision of a review is, by what effects it. */
struct cell review_decision_state(struct arena *a, const struct model *m,
                                  const struct record *output);

/* "Figures, input c1": what tables of one kind are called apart, input by input. */
str review_called(struct arena *a, const char *what, enum review_input input);

/* figures.c: "3 of 12"; "" when there is none. */
str review_share(struct arena *a, size_t some, size_t of);

#endif
