/* cli/record_write: records that commands write, and the files that go with them.
 *
 * A record is evidence: what is there is never written over. Each file is written beside its
 * place, synced and renamed, and its folders are synced; a command writes the record last of
 * all, so that a crash leaves none of it, or all. */
#ifndef CLI_RECORD_WRITE_H
#define CLI_RECORD_WRITE_H

#include "base/diag.h"
#include "cli/cli.h"

/* A text in double quotes, on one line, as YAML reads it. */
void record_put_quoted(struct buf *out, str text);
/* `key: "value"` and a line end; nothing for an empty value. */
void record_put_line(struct buf *out, const char *key, str value);
/* The next free number of a type ("APV-027"); ids are never reused, so also behind gaps. */
str record_next_id(struct arena *a, const struct model *m, enum type_id type);

/* The same for a prefix of the caller's: documents follow the house's own coding scheme. */
str record_next_of_prefix(struct arena *a, const struct model *m, enum type_id type, str prefix);

/* A file below content/. False after a report. */
bool content_put(struct arena *a, struct diags *d, int content, str path, str bytes);
/* False after a report: there is something. */
bool content_is_free(struct arena *a, struct diags *d, int content, str path);
/* Two commands at once would take the same number: the second waits. False: the folder could not
 * be locked. */
bool content_lock(const struct options *o, int *fd);

#endif
