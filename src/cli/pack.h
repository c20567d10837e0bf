/* cli/pack: an evidence pack, for an auditor or a customer's due diligence.
 *
 *     evidence.pdf            by clause: what must be shown, what shows it, what is missing
 *     documents/<code>.pdf    the documents that are named, as they are in force
 *     files/<id>/…            the files that records name as their evidence
 *     data/…                  both lists, whole, as CSV
 *     SHA256SUMS, SHA256SUMS.p7s
 *
 * It holds what one audience may see, and of that what belongs to the clauses. PDFs are sealed
 * like those of an edition. */
#ifndef CLI_PACK_H
#define CLI_PACK_H

#include "cli/cli.h"

struct pack_plan {
    const char *folder;
    size_t from, to; /* clauses */
};
/* Gives the exit status; everything has been reported. */
int pack_make(const struct options *o, const struct pack_plan *plan);

#endif
