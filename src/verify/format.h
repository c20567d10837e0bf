/* verify/format: the bytes of an archive's own files, read strictly.
 *
 * Each reader accepts exactly one spelling of a value: fixed keys in a fixed
 * order, decimal numbers without leading zeros, lower-case hex, the shortest
 * escapes. The same value written otherwise is a fault, so nobody can change a
 * byte and claim that nothing changed. Readers copy nothing but strings that
 * hold escapes; every other str points into the bytes. They never report: a
 * fault says at which line, in words, and the caller names the file.
 *
 * Strings hold valid UTF-8 without NUL; in JSON only `"`, `\` and the control
 * characters below U+0020 are escaped (\", \\ and \u00xx in lower-case hex). */
#ifndef VERIFY_FORMAT_H
#define VERIFY_FORMAT_H

#include "base/date.h"
#include "base/hash.h"

enum {
    EDITION_ID_BYTES_MAX = 32,           /* short enough for every file system, with ".new" */
    EDITION_BYTES_MAX = 16 * 1024,       /* edition.json has 14 short lines */
    EDITION_STRING_BYTES_MAX = 1000,     /* an organisation's name, the tool's version */
    LEDGER_BYTES_MAX = 64 * 1024 * 1024, /* 100,000 editions; read into memory whole */
    LEDGER_LINE_BYTES_MAX = 16 * 1024,   /* 64 audiences fit */
    LEDGER_AUDIENCES_MAX = 64,           /* more trees than any organisation keeps apart */
    SUMS_BYTES_MAX = 128 * 1024 * 1024,  /* a million files of an edition */
    SUMS_PATH_BYTES_MAX = 1000,          /* PATH_MAX less room for the folders above */
    APPROVAL_BYTES_MAX = 256 * 1024,     /* 1,000 embedded files */
    APPROVAL_FILES_MAX = 1000,           /* pictures of one document */
    SOURCE_BYTES_MAX = 16 * 1024 * 1024, /* the text of one document */
    APPROVAL_VALUE_BYTES_MAX = 200,      /* ids and version numbers are short */
};
#define EDITION_NUMBER_MAX 999999u             /* one edition a minute for two years */
#define EDITION_TOTAL_MAX  ((uint64_t)1 << 53) /* what every JSON reader keeps exactly */

struct format_fault {
    size_t line;      /* from 1; 0: the whole */
    const char *what; /* words, static */
};

/* `[a-z0-9][a-z0-9._-]{0,31}`, neither ".." inside nor ".new" at the end, and no
 * name that the archive itself uses: for editions and audiences. */
bool format_id(str s);
bool format_hex(str s, struct sha256 *out);             /* exactly 64 lower-case digits */
bool format_number(str s, uint64_t max, uint64_t *out); /* "0", "7", "12"; never "07" */
/* Does a file of an edition carry a seal? All PDFs do but blank forms, below forms/: they are
 * there to be filled in, and only the list of files vouches for them. */
bool format_is_sealed(str path);
bool hash_eq(struct sha256 a, struct sha256 b);
bool hash_is_zero(struct sha256 h);

/* -- edition.json ----------------------------------------------------------------------------- */

struct edition_record {
    str edition, audience, organisation, tool;
    uint32_t number; /* from 1 */
    date as_of;
    uint64_t files, bytes, pdfs; /* of what SHA256SUMS lists; PDFs that are sealed */
    struct sha256 manifest, previous, certificate;
    bool demo;
};
bool edition_read(struct arena *a, str bytes, struct edition_record *out,
                  struct format_fault *fault);

/* -- ledger.jsonl ----------------------------------------------------------------------------- */

struct ledger_edition {
    str audience;
    struct sha256 hash; /* of its edition.json */
};
struct ledger_line {
    str bytes; /* with its "\n": what is hashed and signed */
    struct sha256 hash;
    uint32_t number;
    str edition;
    date as_of;
    struct sha256 previous, certificate;
    struct ledger_edition *editions; /* audiences ascend */
    size_t edition_count;
};
/* One line with its "\n". The hash is that of the bytes even when it cannot be read. */
bool ledger_line_read(struct arena *a, str line, struct ledger_line *out,
                      struct format_fault *fault);
/* Takes the next line with its "\n" off *rest; what has none comes without one, which
 * ledger_line_read refuses. False at the end. */
bool ledger_next(str *rest, str *line);
/* NULL: this edition has no tree for them. */
const struct ledger_edition *ledger_find(const struct ledger_line *l, str audience);

/* -- SHA256SUMS ------------------------------------------------------------------------------- */

struct sums_entry {
    str path;
    struct sha256 hash;
};
struct sums {
    struct sums_entry *entries; /* paths ascend bytewise */
    size_t count;
};
/* Also refused: names that not every system can store (path_name_fault), hidden ones,
 * folders that are listed as files, and the three files that a manifest cannot list. */
bool sums_read(struct arena *a, str bytes, struct sums *out, struct format_fault *fault);
const struct sums_entry *sums_find(const struct sums *s, str path); /* NULL: not listed */

/* -- approvals/<id>.txt ----------------------------------------------------------------------- */

struct approval_statement {
    str document, version, role, person;
    date day;
    struct sha256 text;       /* of the canonical text */
    struct sums_entry *files; /* embedded ones; paths below content/ ascend */
    size_t file_count;
};
bool approval_read(struct arena *a, str bytes, struct approval_statement *out,
                   struct format_fault *fault);
/* The bytes that approval_read accepts, if the values keep their limits. */
str approval_text(struct arena *a, const struct approval_statement *s);

/* -- source/<id>.md --------------------------------------------------------------------------- */

/* What stands above the text of a document; empty when absent, and then its line
 * ends at the colon. */
struct canonical_head {
    str code, title, version, class, language;
};
/* The text that an approval binds: head and body in one spelling. Line breaks in a value
 * of the head become blanks. An empty body gives nothing below the head. */
str canonical_text(struct arena *a, const struct canonical_head *head, str body);
/* Accepts exactly what canonical_text gives. */
bool canonical_read(struct arena *a, str bytes, struct canonical_head *head,
                    struct format_fault *fault);

#endif
