/* write/data/csv: a table as CSV, in two ways that must not be mixed up.
 *
 * For machines: lossless, heads are the keys of the columns, no byte-order mark.
 * For spreadsheets: heads for people, a byte-order mark so that UTF-8 is seen,
 * and an apostrophe before whatever a spreadsheet would run as a formula.
 * Both are RFC 4180: comma, CRLF, quotes where needed. A cell says its data,
 * or its text when it has none. */
#ifndef WRITE_DATA_CSV_H
#define WRITE_DATA_CSV_H

#include "form/table/table.h"

str data_csv(struct arena *a, const struct table *t);
str data_csv_spreadsheet(struct arena *a, const struct table *t);

#endif
