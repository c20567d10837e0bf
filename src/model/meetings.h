/* model/meetings: which meetings took place, which are to come, and which went before (5.1). */
#ifndef MODEL_MEETINGS_H
#define MODEL_MEETINGS_H

#include "model/model.h"

/* Its day has come, and nobody says that it is only planned, or withdrawn. One that has taken
 * place is closed in many houses, so that says nothing. */
bool meeting_was_held(const struct model *m, const struct record *meeting);
/* Its day is still to come, or is today. */
bool meeting_is_to_come(const struct model *m, const struct record *meeting);
/* The last one of its kind that was held on an earlier day; NULL. */
const struct record *meeting_before(const struct model *m, const struct record *meeting);

#endif
