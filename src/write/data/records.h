/* write/data/records: tables and records as JSON, for other programs.
 *
 * A list of maps in the order of the table or of the model. */
#ifndef WRITE_DATA_RECORDS_H
#define WRITE_DATA_RECORDS_H

#include "form/table/table.h"
#include "model/model.h"
#include "write/data/json.h"

/* Every column in every row, by key. A cell says its data, or its text when it
 * has none; numbers of number columns are numbers, empty cells null. */
str data_table_json(struct arena *a, const struct table *t);
/* The same as one value of a larger whole. */
void data_table_put(struct json *j, struct arena *a, const struct table *t);

/* Every field that is filled in, by key: id and title first, then in the order
 * of the type. References are ids, parts maps, fields of many values lists;
 * dates, moments and durations are text as in the sources. What is broken is
 * the text that was written. */
void data_record_put(struct json *j, struct arena *a, const struct record *r); /* one of them */
str data_records_json(struct arena *a, const struct model *m, const struct type_def *type);

#endif
