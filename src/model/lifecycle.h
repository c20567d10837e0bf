/* model/lifecycle: where a document stands, and why.
 *
 * derive/ works it out before model_link, from approvals, dates and hashes; check/
 * judges it and the writers show it. It speaks of one day, the model's as-of date:
 * approvals of a later day do not count. Whatever is said in words here is for
 * people and ends without a full stop.
 *
 * An approval is of one version and binds the canonical text (model/canonical.h)
 * and every embedded file that it names. */
#ifndef MODEL_LIFECYCLE_H
#define MODEL_LIFECYCLE_H

#include "model/model.h"

/* In the order of the words of the field `status` in schema.def. */
enum life_status {
    LIFE_DRAFT,
    LIFE_IN_REVIEW, /* submitted_on has come */
    LIFE_APPROVED,
    LIFE_NOT_YET_VALID, /* approved, valid_from is still to come */
    LIFE_CHANGED,       /* this version was approved with another text or file */
    LIFE_SUPERSEDED,    /* by another document, or by a later version of itself */
    LIFE_WITHDRAWN,
};

/* Of one document up to the as-of day, in the order they were given. */
struct approvals {
    const struct record **items;
    size_t count, cap;
};

struct lifecycle {
    enum life_status status;
    enum life_status text; /* where the text at hand stands by its approvals alone */
    struct approvals approvals;
    const struct record *approval;  /* the last of this version, whatever the text is now; NULL */
    const struct record *issued;    /* the last of any version that is valid by now; NULL */
    const struct record *in_force;  /* the same while the document is not over; NULL */
    const struct record *successor; /* the document that supersedes this one; NULL */
    str text_sha256;                /* of the canonical text as it is now */
    str changed_file; /* text is LIFE_CHANGED: the embedded file that differs; "": it is the text */
    str reason;       /* why it is not approved, in words; "" when it is */
    bool is_copy;     /* here stands the copy that was kept when it was approved */
};

/* From the code of a document to its struct approvals. */
struct map model_approvals(struct arena *a, const struct model *m);

/* May its text be shown as the one that holds: approved, valid or not yet, and not changed. */
bool life_is_approved(const struct lifecycle *life);

/* Somebody approved this very text with its files, whatever became of the document since. */
bool life_is_bound(const struct lifecycle *life);
/* It is withdrawn, or something else has taken its place. */
bool life_is_over(const struct lifecycle *life);
/* Nobody has approved any version, nor been asked to. */
bool life_is_first_draft(const struct lifecycle *life);
/* Does the approval bind the embedded file of this path below content/? */
bool approval_names(const struct record *approval, str path);

/* Documents of which only a later version is on record (model_look_back left it out), while its
 * change history has one of the as-of day: something was in force, and nobody can tell what it
 * said. The next one from `*at` on; NULL: no more. Its references lead nowhere. */
const struct record *document_left_out(const struct model *m, size_t *at);

#endif
