/* derive/restore: the order in which everything is brought back after a loss of it all.
 *
 * Whatever is used comes before its users; of what could come next, what is asked for soonest.
 * A step's wave is the length of the longest chain under it, from 1: all of a wave can be
 * worked on at the same time. Members of a circle do not wait for each other, since none could
 * ever start; the checks report circles (DP7). Live activities, IT services, resources and
 * suppliers that somebody asks for. n log n in nodes and needs. */
#ifndef DERIVE_RESTORE_H
#define DERIVE_RESTORE_H

#include "model/recovery.h"

struct restore_step {
    size_t node, wave;
};

/* The same nodes and those nobody asks for: what is asked soonest first, then by number. */
const size_t *recovery_by_urgency(struct arena *a, const struct model *m, size_t *count);

const struct restore_step *restore_order(struct arena *a, const struct model *m, size_t *count);

#endif
