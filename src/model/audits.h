/* model/audits: which clauses were audited, and the slots of an audit programme. */
#ifndef MODEL_AUDITS_H
#define MODEL_AUDITS_H

#include "model/model.h"

/* From a clause to the audit that looked at it last, of those held within the months of the house.
 * An audit of a supplier looks at the supplier. */
struct map audits_held(struct arena *a, const struct model *m);
/* An audit of 8.4 is one of 8.4.1, and not the other way round. NULL: it was not audited. */
const struct record *audit_of(const struct map *held, str clause);
/* The first day of "2026-Q2"; DATE_NONE for what is no quarter. */
date quarter_first(struct arena *a, str quarter);

#endif
