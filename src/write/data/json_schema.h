/* write/data/json_schema: JSON Schema (draft 7) by which editors check and complete content.
 *
 * One schema describes a file of one record type: a record, or a list of them; that of `document`
 * the front matter, that of `workspace` continuo.yaml. It accepts what load/ accepts in YAML,
 * where `yes` is a word for some readers and true for others. A reference offers the ids that
 * exist, and takes any other of the right form, which may be of a record that is still to come. */
#ifndef WRITE_DATA_JSON_SCHEMA_H
#define WRITE_DATA_JSON_SCHEMA_H

#include "model/model.h"

/* Not for parts; a description of every field stands in it. */
str data_json_schema(struct arena *a, const struct model *m, const struct type_def *type);

#endif
