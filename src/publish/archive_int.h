/* publish/archive_int: what the parts of the archive share. */
#ifndef PUBLISH_ARCHIVE_INT_H
#define PUBLISH_ARCHIVE_INT_H

#include "publish/archive.h"
#include "publish/rules.h"

#include "base/map.h"
#include "verify/format.h"

enum { ARCHIVE_FILE_MODE = 0444, POINTER_FILE_MODE = 0644 };

struct ledger {
    str text;
    struct ledger_line *lines;
    size_t count, cap;
    struct sha256 last; /* of the last line with its end; zeros when there is none */
};

/* All files below a staged folder, as they are to be. */
struct staged {
    struct made *files;
    size_t count;
};

/* One audience of the edition that is being published. */
struct stage {
    str audience;
    str organisation; /* as the audience knows it */
    str tree, final; /* "staff/2026.2.new", "staff/2026.2" */
    str marker;      /* "staff/to.new/2026.2": the pointers wait there */
    struct outputs *outputs, *pointers;
    struct staged files, leads; /* what both were given, once listed */
    const struct archive_last *before; /* NULL: the first of this audience */
    struct sha256 record;
};

struct archive {
    struct arena *arena;
    str folder; /* as the user named it: for messages */
    int root;
    struct ledger ledger;
    struct map last; /* audience -> struct archive_last */
    struct archive_edition edition;
    struct stage *stages;
    size_t stage_count, stage_cap;
    str line, line_signature; /* of the ledger, once sealed */
    bool may_be_committed;
};

/* -- What verify/format reads ----------------------------------------------------------------- */

str edition_write(struct arena *a, const struct edition_record *r);
str ledger_line_write(struct arena *a, const struct ledger_line *l); /* bytes, hash: ignored */
str manifest_write(struct arena *a, const struct made *files, size_t count);
/* The sizes stay unknown. */
bool manifest_read(struct arena *a, str text, struct made **files, size_t *count);

/* -- Small things ----------------------------------------------------------------------------- */

str archive_path(const struct archive *ar, str folder, str name);
bool archive_os(const struct archive *ar, struct diags *d, str path, int error_number,
                const char *doing); /* reports, false */
__attribute__((format(printf, 5, 6))) bool archive_report(const struct archive *ar, struct diags *d,
                                                          const struct rule *rule, str path,
                                                          const char *format, ...);
const struct ledger_line *archive_newest(const struct archive *ar); /* NULL: none */
/* Of a file as it lies there; what cannot be one is reported with this rule. */
bool archive_hash(const struct archive *ar, struct diags *d, const struct rule *rule, str path,
                  struct sha256 *hash);
/* All files below a folder, also hidden ones, sorted by path, and all folders, parents first (""
 * itself). */
struct tree {
    str *files, *folders;
    size_t file_count, file_cap, folder_count, folder_cap;
};
int tree_list(struct arena *a, int root, str folder, struct tree *t);
/* The files below the folder are exactly these, byte for byte; reports each that isn't
 * with this rule. */
bool tree_is(const struct archive *ar, struct diags *d, const struct rule *rule, str folder,
             const struct made *files, size_t count);

/* -- The steps -------------------------------------------------------------------------------- */

/* archive_check */
bool archive_read_ledger(struct archive *ar, struct diags *d);
bool archive_check(struct archive *ar, struct diags *d);
/* archive_heal: also undoes what this process staged and moved but did not commit. */
bool archive_heal(struct archive *ar, struct diags *d);
/* archive_point: puts the pointers of the newest edition into place, each audience's
 * index.html after all else. May be repeated at any time. */
bool archive_point(struct archive *ar, struct diags *d);

#endif
