/* derive/lifecycle: the status of every document, from approvals, dates and hashes.
 *
 * After loading and before model_link, so that the roles which approved something
 * know of it. Fills record.life of every document and its derived fields: status,
 * approved_by, approved_on, content_sha256. May run again after the records of
 * documents have been exchanged (load_in_force). Cannot fail: what is unreadable
 * counts as not approved, and the checks say so. */
#ifndef DERIVE_LIFECYCLE_H
#define DERIVE_LIFECYCLE_H

#include "model/lifecycle.h"

void derive_lifecycle(struct model *m);

#endif
