/* verify/verify: is an archive what was published.
 *
 * Judges a whole site (its ledger, every edition of every audience), the folder of one
 * audience, or one edition's folder, whichever it is given. Everything is read
 * once, below one open folder, without following links. What lies is named in the order
 * of the ledger and of paths: the first finding is the one to look at, later
 * ones may follow from it.
 *
 * What it cannot see: pages under draft/ and to/ and the two pointers of an audience are
 * signed by nobody (only where the pointers lead is checked); and an archive
 * that is older than it should be, or written anew by the holder of the key,
 * differs from the right one only for those who remember: that is what states and
 * checkpoints are for. */
#ifndef VERIFY_VERIFY_H
#define VERIFY_VERIFY_H

#include "verify/cms.h"
#include "verify/rules.h"

enum {
    VERIFY_FINDINGS_MAX = 200,     /* kept; the rest is counted */
    STATE_BYTES_MAX = 1024 * 1024, /* some thousand remembered archives */
    CHECKPOINT_HEX = 16,           /* digits of an edition's hash on paper: 64 bits */
    VERIFY_DEPTH_MAX = 32,         /* folders in folders of an edition; ours have 3 */
};
/* Arenas for verifying: results and the ledger in one, one file at a time in the other. */
#define VERIFY_SCRATCH_BYTES_MAX ((size_t)4 * 1024 * 1024 * 1024)

enum verify_scope { VERIFY_SITE, VERIFY_AUDIENCE, VERIFY_EDITION };

/* "2026.2:0f3a9c0011223344": the edition and the beginning of its edition.json's hash. */
struct checkpoint {
    str edition;
    str hex; /* 16 lower-case digits */
};
bool checkpoint_parse(str text, struct checkpoint *out);

struct verify_request {
    int root;                  /* open folder: what is judged */
    str place;                 /* its absolute path; what the state remembers it by */
    const struct trust *trust; /* NULL: signers are compared with nobody */
    date today;
    const struct checkpoint *expected;
    size_t expected_count;
    /* The state: text as read ("" when new), or p == NULL for none. */
    str state;
};

struct verify_finding {
    enum damage damage;
    str path; /* below the root; a line of the ledger is "ledger.jsonl:2" */
    str words;
};

struct verify_edition {
    str edition, audience, signer;
    uint32_t number;
    date as_of;
    uint64_t files, bytes, pdfs;
    struct sha256 hash, certificate;
    enum signer_state state;
    bool demo;
    date expires;    /* last day of the certificate */
    size_t findings; /* of this edition */
};

struct verify_result {
    enum verify_scope scope;
    struct verify_finding *findings;    /* up to VERIFY_FINDINGS_MAX */
    size_t finding_count;               /* kept */
    size_t damage_count;                /* all, also those not kept; leftovers are none */
    const struct verify_finding *first; /* first damage; NULL: nothing lies */
    struct verify_edition *editions;
    size_t edition_count;
    const char **notes; /* what could not be judged, in words */
    size_t note_count;
    uint64_t bytes_read;
    bool machine_failed;    /* a finding says why: the disk, memory, too many open files */
    bool nothing_published; /* a site without ledger and editions; no finding says so */
    str state;              /* what to remember after a good run; p == NULL: nothing to remember */
};
/* Results live in `a`. Never fails: what cannot be read is a finding. */
struct verify_result verify_folder(struct arena *a, const struct verify_request *q);

#endif
