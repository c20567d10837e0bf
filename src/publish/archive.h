/* publish/archive: editions that never change, and which of them is current.
 *
 *     site/ledger.jsonl, site/ledger/<number>.p7s    one line, one signature an edition
 *     site/<audience>/<edition>/                     frozen
 *     site/<audience>/to/, current.css, index.html    pointers: lead to the current edition
 *
 * A publish runs in this order; a reader meets the old edition or the new one:
 *
 *     archive_open      locks the folder, heals what a killed publish left, and
 *                       refuses to build on an archive that was changed
 *     archive_begin     says what will be published; nothing is written yet
 *     archive_stage     for each audience; put files, also in forked workers
 *     archive_pointer   for each file beside the editions
 *     archive_seal      after the workers ended: signs, lists, syncs, reads back
 *     archive_commit    moves all into place; the ledger's new line is the point
 *                       after which the next run finishes what was not
 *
 * After archive_open exactly one of archive_commit and archive_abandon follows.
 * True from archive_commit means: all of it is synced, read back and compared with
 * what was meant. False anywhere has been reported: the machine's faults through
 * diag_os, the rest as a rule of publish/rules.def.
 *
 * What is staged: the pointers in `to.new/<edition>/`, which also marks what belongs to an
 * edition that is not yet committed, and `<edition>.new/` beside the editions. `draft`
 * and `draft.new` are the build's and never touched.
 *
 * The lock lives on the open folder: it is gone when this process and its workers
 * are, however they ended. */
#ifndef PUBLISH_ARCHIVE_H
#define PUBLISH_ARCHIVE_H

#include "base/date.h"
#include "publish/outputs.h"

struct archive;

/* Who seals; the functions report and answer false when they cannot. */
struct archive_signer {
    void *self;
    struct sha256 certificate; /* of its DER */
    bool is_demo;
    /* Fills the hole of one PDF in place. The name is for messages. */
    bool (*sign_pdf)(void *self, struct arena *a, struct diags *d, str name, char *pdf,
                     size_t size_bytes);
    bool (*sign_detached)(void *self, struct arena *a, struct diags *d, str name, str data,
                          str *der);
};

/* Borrowed until the archive is closed. */
struct archive_edition {
    str id;
    date as_of;
    str tool; /* "continuo 0.2" */
    const struct archive_signer *signer;
};

struct archive_last {
    str edition;
    uint64_t number;
    date as_of;
    struct sha256 record;      /* of its edition.json */
    struct sha256 certificate; /* that signed it */
    uint64_t size_bytes;       /* of the files it lists */
};

/* The folder is made when absent. NULL after a report. The arena must outlive it. */
struct archive *archive_open(struct arena *a, struct diags *d, const char *folder);
/* The edition before, of one audience: NULL when there is none. */
const struct archive_last *archive_last(const struct archive *ar, str audience);
/* Editions of all audiences so far, and whether one of them has this id. */
uint64_t archive_count(const struct archive *ar);
bool archive_has(const struct archive *ar, str edition);

bool archive_begin(struct archive *ar, struct diags *d, const struct archive_edition *e);
/* The organisation is named as this audience knows it. NULL after a report. The outputs belong
 * to the archive. */
struct outputs *archive_stage(struct archive *ar, struct diags *d, str audience, str organisation);
/* The audience has been staged. Paths: "to/<id>/index.html", "current.css", "index.html".
 * Without any in to/, the old to/ stays. */
bool archive_pointer(struct archive *ar, struct diags *d, str audience, str path, str data);
bool archive_seal(struct archive *ar, struct diags *d);
/* Closes the archive, whatever the answer. After false the edition before is current
 * and whole; `continuo publish` again either publishes or says that this edition is
 * taken because all but its pointers had been done. */
bool archive_commit(struct archive *ar, struct diags *d);
void archive_abandon(struct archive *ar); /* removes what was staged, closes */

#endif
