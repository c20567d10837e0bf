/* cli/pointers: what leads readers into the edition in force.
 *
 * Beside the editions of an audience: index.html, current.css, and a permanent
 * address to/<id>/ for each document and record. An id that the edition has no
 * more keeps its address: it then says so and leads to the last edition that had
 * it. */
#ifndef CLI_POINTERS_H
#define CLI_POINTERS_H

#include "cli/tree.h"
#include "publish/archive.h"

/* The audience has been staged in `archive`, which is open on `folder`. */
bool pointers_put(struct workspace *w, struct archive *archive, const char *folder,
                  const struct tree_plan *plan, const struct portal *portal);

#endif
