/* publish/in_force: the texts that hold, in place of those at hand.
 *
 * The working text of a document may be a draft of the next version, changed, or newer
 * than the as-of day. What is issued is the last version that was approved and valid on
 * that day: the working text if it is that one, else the copy that was kept of it
 * (content/approved/, see load/load.h), with its front matter, its body and its pictures.
 *
 * Comes after derive_lifecycle and before anything is filtered or linked, and derives the
 * statuses anew. */
#ifndef PUBLISH_IN_FORCE_H
#define PUBLISH_IN_FORCE_H

#include "model/model.h"

/* A document of which the working text is not issued. */
struct not_issued {
    const struct record *document;
    str reason; /* in words, without a full stop: "no approval is recorded" */
};

/* Both in the order of loading. */
struct in_force {
    struct not_issued *exchanged; /* they stand as copies now */
    size_t exchanged_count, exchanged_cap;
    struct not_issued *left; /* for the caller to refuse, or to mark */
    size_t left_count, left_cap;
};

/* `content` is the open folder, `name` how its path begins in messages. A copy that is
 * missing or is not what was approved is reported, and its document is left. */
struct in_force in_force_take(struct model *m, struct diags *d, int content, str name);

/* Reports every approval whose copy is missing (a warning) or differs. */
void in_force_check_copies(struct model *m, struct diags *d, int content, str name);

#endif
