/* cli/history: what was published before, as the ledger tells it.
 *
 * For lists that people read: verify and archive_open judge what it says. */
#ifndef CLI_HISTORY_H
#define CLI_HISTORY_H

#include "base/hash.h"
#include "write/html/portal.h"

struct history {
    struct portal_edition *editions; /* of one audience, newest first, with checkpoints */
    size_t count;
};

/* `folder` is the output folder ("site"). Without a ledger nothing was published; one that
 * cannot be read is reported, and then the history is empty. */
struct history history_read(struct arena *a, struct diags *d, const char *folder, str audience);

/* "2026.1:0f3a9c0123456789": what a reader keeps to know the edition again. */
str history_checkpoint(struct arena *a, str edition, struct sha256 record);

#endif
