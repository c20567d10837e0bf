/* verify/verify_int: what the parts of verifying share. */
#ifndef VERIFY_VERIFY_INT_H
#define VERIFY_VERIFY_INT_H

#include "base/file.h"
#include "base/map.h"
#include "verify/format.h"
#include "verify/verify.h"

struct verifying {
    struct arena *a;       /* results, the ledger, one edition's list */
    struct arena *scratch; /* one file; reset by who uses it */
    const struct verify_request *q;
    struct verify_result r;
    size_t finding_cap, edition_cap, note_cap;
    struct ledger_line *lines; /* as they stand; one that cannot be read has number 0 */
    size_t line_count;
    struct ledger_line **by_number; /* the first of each number, or NULL */
    uint32_t number_max;
    struct map published; /* folder that the ledger names -> its line */
};

/* -- findings --------------------------------------------------------------------- */

void found(struct verifying *v, enum damage damage, str path, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void note(struct verifying *v, const char *words); /* what could not be judged; once each */
/* What went wrong with reading a file that should be there. */
void found_unread(struct verifying *v, str path, const struct file_read *r);
/* A file of the archive itself, into the arena; false after a finding. */
bool read_own(struct verifying *v, struct arena *a, str path, size_t size_bytes_max, str *text);

/* One detached signature beside what it signs. */
struct signed_file {
    str content, content_path;
    str signature_path;
    date as_of;
    const struct sha256 *certificate; /* that it must be by; NULL: any */
    const struct ledger_line *line;   /* that is signed, where it is one */
    /* Whether something else vouches for the content; asked only after a mismatch. */
    bool (*is_known)(struct verifying *v, const struct signed_file *f);
    bool (*is_elsewhere)(struct verifying *v, struct sha256 content, str *where);
};
/* Reports; false after a finding. The verdict tells who signed. */
bool judge_signed(struct verifying *v, const struct signed_file *f, struct cms_verdict *verdict);
/* Whether the signer is one of those whom the caller trusts, where a list is given. */
bool judge_signer(struct verifying *v, str path, const struct cms_verdict *verdict,
                  const struct sha256 *certificate);
str short_hex(struct verifying *v, struct sha256 h); /* the first 16 digits */

/* -- ledger ----------------------------------------------------------------------- */

/* Reads and judges ledger.jsonl and ledger/. False: there is no ledger. */
bool judge_ledger(struct verifying *v);
const struct ledger_line *line_of_number(const struct verifying *v, uint32_t number);

/* -- editions --------------------------------------------------------------------- */

struct expected_edition {
    str folder;                     /* "staff/2026.2", or "" for the root */
    str edition, audience;          /* "": any */
    const struct ledger_line *line; /* NULL: no ledger */
    const struct sha256 *hash;      /* of its edition.json; NULL: unknown */
    const struct sha256 *previous;  /* NULL: unknown */
};
/* Judges the whole folder and adds it to the results. */
void judge_edition(struct verifying *v, const struct expected_edition *e);
/* Its files against its list, and every PDF. */
void judge_files(struct verifying *v, str folder, const struct edition_record *record,
                 const struct sums *sums);
void judge_approvals(struct verifying *v, str folder, const struct sums *sums);
str below(struct verifying *v, str folder, str name); /* "folder/name", or the name */

/* -- memory ----------------------------------------------------------------------- */

void judge_expected(struct verifying *v);
void judge_state(struct verifying *v);

#endif
