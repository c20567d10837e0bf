/* publish/outputs: what was made, on its way to the disk.
 *
 * A build writes into a sibling folder, `<tree>.new`, and swaps it in whole when
 * everything went well: a reader meets the old tree or the new one. A file
 * equal to the one of the old tree becomes a hard link to it. When anything
 * failed the sibling is removed and the old tree stays untouched. */
#ifndef PUBLISH_OUTPUTS_H
#define PUBLISH_OUTPUTS_H

#include "base/diag.h"
#include "base/hash.h"

struct outputs;

/* folder is made with its parents; tree is below it: ("site", "staff/draft").
 * NULL after a report when the machine refuses. */
struct outputs *outputs_open(struct arena *a, struct diags *d, const char *folder, str tree);
/* In the parent or in a worker: writes one file of the new tree. Paths follow
 * the rules of what a stick can store (asserted). False after a report. */
bool outputs_put(struct outputs *o, struct diags *d, str path, str data);
/* Swaps the new tree in and removes the old one. */
bool outputs_commit(struct outputs *o, struct diags *d);
void outputs_abandon(struct outputs *o);

#endif
