/* derive/review: all that belongs to an input of management reviews, by day. */
#ifndef DERIVE_REVIEW_H
#define DERIVE_REVIEW_H

#include "model/review.h"

/* Fills m->reviews, after model_forget_later. What was withdrawn or is of a later day is left
 * out. The time grows with the records and sorts what has a day. */
void derive_review(struct model *m);

#endif
