/* cli/approval_write: an approval, put on disk.
 *
 * First the text as it was approved, content/approved/crp-001/4.0.md and the files it
 * embeds below content/approved/crp-001/4.0/; last of all the record that speaks of them,
 * content/records/approval/crp-001-4.0.yaml: a crash leaves no approval, or all of it. */
#ifndef CLI_APPROVAL_WRITE_H
#define CLI_APPROVAL_WRITE_H

#include "base/diag.h"
#include "model/model.h"

struct approved_picture {
    str path; /* below content/ */
    str bytes;
    str sha256; /* in hex */
};

struct new_approval {
    const struct record *document, *role, *person;
    str id; /* "APV-027" */
    date on;
    str note;      /* what was looked at; may be empty */
    str paper;     /* where the sheet signed on paper is kept; may be empty */
    str signature; /* CMS over the statement, DER; empty: not signed */
    str source;    /* the whole source file */
    const struct approved_picture *pictures; /* in order of path */
    size_t picture_count;
};

/* What the approver says, and a key signs: see model/canonical.h. */
str new_approval_statement(struct arena *a, const struct new_approval *n);
/* Where the record is put, below content/. */
str new_approval_path(struct arena *a, const struct new_approval *n);
/* False after a report; then there is no record. */
bool new_approval_write(struct arena *a, struct diags *d, int content,
                        const struct new_approval *n);

#endif
