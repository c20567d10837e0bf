/* verify/archive: a little site for tests, two audiences and two editions, as it should be.
 *
 * Made in memory; put on disk as often as needed. What a plan says otherwise
 * is done otherwise, and properly signed: for history that its key holder rewrote. */
#ifndef VERIFY_ARCHIVE_H
#define VERIFY_ARCHIVE_H

#include "forge.h"
#include "paper.h"

enum { EDITIONS = 2, AUDIENCES = 2, FILES_MAX = 200 };
extern const char *const audience_name[AUDIENCES]; /* in order */

struct plan {
    const char *id, *as_of;
    uint32_t number;
    const struct forger *publisher; /* who signs */
    const struct forger *named;     /* whose certificate is named; NULL: the publisher's */
    const char *text;               /* of one page */
    bool other_previous, other_ledger_previous, says_demo, counts_wrong, other_manifest;
    bool unsorted_list, other_text;
    bool unsigned_pdf; /* one PDF is not signed at all */
    const struct forger *pdf_publisher;
};

struct archive_file {
    str path, data;
};
struct test_archive {
    struct arena *arena;
    const struct forger *approver;
    struct plan plan[EDITIONS];
    struct archive_file file[FILES_MAX];
    size_t file_count;
};

/* Who publishes; all plans are as they should be. */
struct test_archive *archive_plan(struct arena *a, const struct forger *publisher,
                                  const struct forger *approver);
void archive_make(struct test_archive *t);                        /* fills the files by the plans */
str archive_data(const struct test_archive *t, const char *path); /* must be there */
/* Into an empty folder, or what is there is removed first. */
void archive_write(const struct test_archive *t, int root);

#endif
