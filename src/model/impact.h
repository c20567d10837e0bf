/* model/impact: what impact analyses say, and which of them holds.
 *
 * The method (bia_method) names time buckets and impact categories. The grid of an analysis
 * has one row for each category: the levels, from 0, that an outage as long as each bucket
 * would cause. A category is unacceptable from the level that the method names for it; one
 * for which it names none takes no part.
 *
 * The MTPD of a grid is the time of the first bucket in which any category is unacceptable.
 * A grid that never becomes unacceptable has none: neither zero nor the last bucket.
 *
 * What the grid does not say stays unknown. A cell is unknown when it cannot be read, when its
 * category has no row or several, and in all of a row that has not one level for each bucket:
 * a level left out in the middle would move the ones after it. All is unknown without a
 * method, buckets or a category to judge by. An unknown cell matters up to its own bucket
 * only, so a grid with gaps behind its MTPD still has it.
 *
 * All of it reads the records as they are linked; an answer costs the cells of one grid. Of a
 * copy that does not hold everything it is of that copy. */
#ifndef MODEL_IMPACT_H
#define MODEL_IMPACT_H

#include "model/model.h"

/* Times are in minutes. */
struct impact {
    bool is_known;     /* false: unknown beyond `bearable` */
    duration mtpd;     /* DURATION_NONE: not known or, when is_known, never unacceptable */
    duration at_most;  /* the first cell known to be unacceptable; DURATION_NONE: there is none */
    duration bearable; /* the last bucket up to which all is known and acceptable; DURATION_NONE */
    const struct record
        *category;  /* of the method, unacceptable at at_most; of several the first */
    struct span at; /* its cell */
};

/* Of a record of type bia, whatever its status. The arena is for the way to the answer. */
struct impact model_impact(struct arena *a, const struct model *m, const struct record *bia);

/* The method in use: active or without a status, of several the one approved last. NULL: none. */
const struct record *model_bia_method(const struct model *m);
/* Once, by model_link. */
void model_choose_bia_method(struct model *m);

/* Approved by somebody, on a day that is not after the as-of date. */
bool model_bia_is_approved(const struct model *m, const struct record *bia);
/* The analysis of an activity that holds: of the approved ones the last. NULL: none. */
const struct record *model_bia(const struct model *m, const struct record *activity);

/* Of an activity: its analysis was approved and is in date. */
enum truth activity_is_analysed(const struct model *m, const struct record *activity);
/* None that holds is known, but one has been approved again since. */
bool activity_analysis_is_unknown(const struct record *activity);

#endif
