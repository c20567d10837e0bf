/* model/changes: by when a change is to be assessed, and whether it was. */
#ifndef MODEL_CHANGES_H
#define MODEL_CHANGES_H

#include "model/model.h"

/* Its trigger's, else those of the house. */
long long change_days_allowed(const struct model *m, const struct record *change);
/* It has been assessed, or its days are over. */
bool change_is_due(const struct model *m, const struct record *change);
/* Within the days allowed, counted from its own. */
enum truth change_is_assessed_in_time(const struct model *m, const struct record *change);

#endif
