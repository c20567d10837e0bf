/* derive/recovery: fills model->recovery from the records.
 *
 * After model_link, and again for every copy of a model. The work is linear in records and
 * needs but for one sort (n log n); single points of failure cost a walk over what is lost
 * with each node, all of them together within a bound. Cannot fail: what is unreadable is
 * unknown. */
#ifndef DERIVE_RECOVERY_H
#define DERIVE_RECOVERY_H

#include "model/recovery.h"

void derive_recovery(struct model *m);

#endif
