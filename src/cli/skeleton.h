/* cli/skeleton: what a new record or document begins as.
 *
 * A record has every field of its type: what must be filled in, then as comments what may be.
 * Nothing is invented: a value that nobody gave stays empty, and the check asks for it. A document
 * is an outline from templates/documents/. */
#ifndef CLI_SKELETON_H
#define CLI_SKELETON_H

#include "cli/cli.h"

struct skeleton_def {
    str name, prefix, folder, about; /* see skeletons.def */
};
size_t skeleton_count(void);
const struct skeleton_def *skeleton_at(size_t index);
const struct skeleton_def *skeleton_find(str name); /* NULL: there is none */

/* Values for single fields, as `--set field=value` gave them. */
struct skeleton_value {
    const struct field_def *field;
    str text;
};
struct skeleton {
    const struct model *model;
    str id, title;
    const struct skeleton_value *values;
    size_t value_count;
};

/* The record as YAML; `empty` lists the keys that must still be filled in, with blanks. */
str skeleton_record(struct arena *a, const struct skeleton *s, const struct type_def *type,
                    str *empty);
/* The document, from `text` of its template; false after a report. */
bool skeleton_document(struct arena *a, struct diags *d, const struct skeleton *s, uint32_t file,
                       str text, struct buf *out);

#endif
