/* load/load_int: what the readers of one workspace share. */
#ifndef LOAD_INT_H
#define LOAD_INT_H

#include "load/load.h"
#include "text/value.h"

struct loader {
    struct model *model;
    struct diags *diags;
    int content;           /* open folder */
    str name;              /* how its path begins in messages */
    struct arena *scratch; /* what is read from one file, until it is in the model */
};

/* Reads and registers content/`path`; 0 after a report. A file that does not
 * exist is an error unless `missing_is_fine`. */
uint32_t load_source(struct loader *l, str path, size_t size_bytes_max, bool missing_is_fine);

/* Reports that content/`folder` cannot be listed: what is in it would be missing. */
void report_folder(struct loader *l, str folder, int error_number);

/* Parses a source that is YAML all through; the values live until the next. */
const struct value *load_yaml(struct loader *l, uint32_t file, size_t from, size_t to);

/* Fills a record (or part) from a map; what does not fit is kept as broken. */
void load_fields(struct loader *l, struct record *r, const struct value *map);
/* A whole record: id and title too. NULL when the value is no map. */
struct record *load_record(struct loader *l, const struct type_def *t, const struct value *v);

/* A source as a document, not in the model yet; `place` has its path and files. */
struct record *load_document_record(struct loader *l, uint32_t file, struct document place);

void load_types(struct loader *l);          /* content/types.yaml */
void load_records(struct loader *l);        /* content/records/ */
void load_documents(struct loader *l);      /* content/documents/ */
void load_approved_files(struct loader *l); /* what approvals of the working texts name */
void load_frozen_files(struct loader *l);   /* what packs of reviews name */

#endif
