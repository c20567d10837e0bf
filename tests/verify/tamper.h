/* verify/tamper: damage done on purpose, and whether verifying notices.
 *
 * Each part says what failed and counts; an untouched archive is verified
 * before each damage, so that what is always red cannot pass. */
#ifndef VERIFY_TAMPER_H
#define VERIFY_TAMPER_H

#include "archive.h"
#include "verify/verify.h"

struct world {
    struct arena *arena; /* for all of the run */
    struct arena *one;   /* for one judgement */
    int root;            /* an empty folder of our own */
    const char *folder;
    struct forger *publisher, *stranger, *approver, *stamper;
    struct trust *trust;           /* publisher and approver */
    struct test_archive *archive;  /* as it should be */
    struct test_archive *long_ago; /* only the first edition, as it was then */
    bool all;                      /* every byte, not a sample */
    size_t passed, failed;
};

struct look {
    const struct trust *trust;
    const char *path;   /* below the folder; NULL: all of it */
    const char *expect; /* a checkpoint */
    str state;          /* p == NULL: none */
};
/* Verifies what is on disk; the results live until the next look. */
struct verify_result look_at(struct world *w, const struct look *look);

enum { CLEAN = -1, ANY = -2 }; /* beside classes of damage */
/* Counts one test: the first damage must be of this class, at this path (NULL: any). */
void expect_first(struct world *w, const char *what, const struct verify_result *r, int damage,
                  const char *path);
void expect_true(struct world *w, const char *what, bool fine);

void run_flips(struct world *w);
void run_history(struct world *w);
void run_attacks(struct world *w);

#endif
