/* derive/standing: of every record, whether it proves something, and of which day. */
#ifndef DERIVE_STANDING_H
#define DERIVE_STANDING_H

#include "model/evidence.h"

/* By type number, then record number; after model_link. */
const struct standing *const *derive_standings(const struct model *m);

#endif
