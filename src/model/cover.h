/* model/cover: through what an activity is in scope, and covered by plans.
 *
 * A unit stands for all that is done in it and in the units below it, a product for what
 * serves it, a site for what takes place there. All of it reads linked records; units that
 * are part of each other in a circle (X3) do no harm. */
#ifndef MODEL_COVER_H
#define MODEL_COVER_H

#include "model/model.h"

struct cover {
    const struct record **items;
    size_t count;
};

/* The unit of an activity, and all that it is part of, from below. */
struct cover units_of(struct arena *a, const struct record *activity);
/* All that stands for an activity: itself, its units, its products and its sites. A product
 * that is named from both sides is there twice. */
struct cover cover_of(struct arena *a, const struct record *activity);

/* Whether what a plan's scope names is brought back by it: what it names itself is. Through a
 * unit, product or site only plans that continue or recover the work are; one of a crisis
 * leads, one of communication tells, one of a site looks after the place, and those of
 * restart and restoration begin when the work goes on again. */
bool plan_covers(const struct record *plan, const struct record *named);
/* It brings something back in time: all but those of restart and restoration (8.4.5). */
bool plan_brings_back(const struct record *plan);

#endif
