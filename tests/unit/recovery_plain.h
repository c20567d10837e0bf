/* unit/recovery_plain: the recovery analysis in the plainest way, to compare with.
 *
 * Round after round over all needs until nothing changes; slow, and easy to believe. */
#ifndef UNIT_RECOVERY_PLAIN_H
#define UNIT_RECOVERY_PLAIN_H

#include "derive/what_if.h"

struct plain_back {
    duration value;
    bool is_unknown;
};

void plain_asked(const struct recovery *r, duration *asked);
duration plain_able(struct arena *a, const struct recovery *r, size_t node);
void plain_stops(const struct recovery *r, bool all_spares, duration *stops);
void plain_backs(const struct model *m, const duration *stops, const bool *is_lost,
                 struct plain_back *backs);
size_t plain_count(const struct recovery *r, size_t lost, const duration *stops);

#endif
