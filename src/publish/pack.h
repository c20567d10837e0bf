/* publish/pack: a folder to hand out: files, their hashes, a signature over these.
 *
 *     DIR/…               what was put, also by forked workers
 *     DIR/SHA256SUMS      in the format of coreutils
 *     DIR/SHA256SUMS.p7s  a detached CMS over it
 *
 * It stands beside its place, as `.NAME.making`, until it is whole, and is moved there in one
 * step: DIR is all of it or was never there. What a killed run left is removed by the next one.
 * After pack_open exactly one of pack_seal and pack_abandon follows. */
#ifndef PUBLISH_PACK_H
#define PUBLISH_PACK_H

#include "publish/outputs.h"
#include "sign/sign.h"

struct pack;

/* The folder must be empty or not be there. NULL after a report. */
struct pack *pack_open(struct arena *a, struct diags *d, const char *folder);
struct outputs *pack_outputs(const struct pack *p);
/* False after a report, and then nothing is left. */
bool pack_seal(struct pack *p, struct diags *d, struct signer *s);
void pack_abandon(struct pack *p);

#endif
