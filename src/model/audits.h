/* model/audits: when audits are planned, what was audited, and whether that was impartial. */
#ifndef MODEL_AUDITS_H
#define MODEL_AUDITS_H

#include "base/map.h"
#include "model/model.h"

/* "2026-Q2": its first day and the last. False when it is written otherwise, or is no quarter. */
struct quarter {
    date first, last;
};
bool quarter_parse(str text, struct quarter *out);

/* Whether the person held the role on that day (DATE_NONE: now). Of who did before the holder
 * of today nothing is known. */
bool role_is_held_by(const struct record *role, const struct record *person, date day);
/* The auditor (a person, contact or role) answered on that day for what is audited: it is the
 * same role, or a role that the same person held. */
bool audit_is_of_own(const struct record *auditor, const struct record *subject, date held);
/* From a clause to the audit that looked at it last, of those held within the months of the house.
 * An audit of a supplier looks at the supplier. */
struct map audits_held(struct arena *a, const struct model *m);
/* An audit of 8.4 is one of 8.4.1, and not the other way round. NULL: it was not audited. */
const struct record *audit_of(const struct map *held, str clause);

#endif
