/* derive/evidence: by clause what shows it, the minimum evidence, and whether the system lives.
 *
 * After model_link, so that lists are in order. Fills model.evidence; cannot fail. The work grows
 * with the number of records and of the clauses that they are evidence of. */
#ifndef DERIVE_EVIDENCE_H
#define DERIVE_EVIDENCE_H

#include "model/evidence.h"

void derive_evidence(struct model *m);

#endif
