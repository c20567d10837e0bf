/* text/csv: RFC 4180 through libcsv; the first row names the columns.
 *
 * Comma or semicolon, told by the head. A byte-order mark is skipped, empty
 * lines too. Every data row becomes a map; a dotted column name makes nested
 * maps (`commitment.rto`). An empty cell is an absent key. */
#ifndef TEXT_CSV_H
#define TEXT_CSV_H

#include "text/value.h"

enum { CSV_COLUMNS_MAX = 256 };

/* A list of maps; never NULL. A broken row is left out after a report. (libcsv
 * itself owns the name csv_parse.) */
struct value *csv_parse_rows(struct arena *a, struct diags *d, uint32_t file);

#endif
