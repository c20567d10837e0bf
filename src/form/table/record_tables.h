/* form/table/record_tables: tables that are computed about one record.
 *
 * Rows of record_tables.def: what a report says of an exercise, an incident, a meeting beyond
 * its own fields. Authors ask for one with ```table NAME ID```. */
#ifndef FORM_TABLE_RECORD_TABLES_H
#define FORM_TABLE_RECORD_TABLES_H

#include "form/table/table.h"
#include "model/model.h"

struct record_table_def {
    str name;  /* in ```table NAME ID```: "learnt" */
    str types; /* keys of record types: "exercise|incident" */
    str title;
    str about; /* one sentence */
    const struct table *(*make)(struct arena *a, const struct model *m, const struct record *r);
};

size_t record_table_count(void);
const struct record_table_def *record_table_at(size_t index);
const struct record_table_def *record_table_find(str name); /* NULL: unknown */
/* The record is of a type that has such a table. */
bool record_table_fits(const struct record_table_def *def, const struct record *r);
/* Of a record that fits. Never NULL; without rows its note says so. */
const struct table *record_table_make(struct arena *a, const struct model *m,
                                      const struct record_table_def *def, const struct record *r);

#endif
