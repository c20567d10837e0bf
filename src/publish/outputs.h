/* publish/outputs: what was made, on its way to the disk: the one door.
 *
 * A build writes into a sibling folder, `<tree>.new`, and swaps it in whole when
 * everything went well: a reader meets the old tree or the new one. A file
 * equal to the one of the old tree becomes a hard link to it. When anything
 * failed the sibling is removed and the old tree stays untouched.
 *
 * A durable tree is the archive's (see publish/archive): each file is synced by
 * who wrote it and noted with the hash of what was meant; moving it into place
 * is the archive's business. */
#ifndef PUBLISH_OUTPUTS_H
#define PUBLISH_OUTPUTS_H

#include "base/diag.h"
#include "base/hash.h"
#include "publish/made.h"

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

struct outputs_durable {
    str tree;      /* where the files go, below the folder; must not exist */
    str before;    /* files equal to those of this tree become links; "": there is none */
    bool resigns;  /* the PDFs of `before` are signed by another certificate: link none */
    unsigned mode; /* of every file, whatever the umask says */
};
struct outputs *outputs_open_durable(struct arena *a, struct diags *d, const char *folder,
                                     const struct outputs_durable *how);
/* What was put so far, by all workers; after they ended. */
bool outputs_made(struct outputs *o, struct diags *d, struct made **all, size_t *count);
void outputs_close(struct outputs *o); /* leaves the tree where it is */

#endif
