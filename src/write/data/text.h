/* write/data/text: a table as plain text, for a terminal or a mail.
 *
 * Columns stand side by side within `width` characters (code points; wide scripts are counted
 * as one) and wrap at blanks; a word that is longer than its column is broken. A table that
 * cannot fit, with less than TEXT_COLUMN_MIN for each column, is as wide as it must be. */
#ifndef WRITE_DATA_TEXT_H
#define WRITE_DATA_TEXT_H

#include "base/buf.h"
#include "form/table/table.h"

enum { TEXT_COLUMN_MIN = 6 };

/* Heads, rows and the note, each line ended. */
void data_table_text(struct arena *a, struct buf *out, const struct table *t, size_t width);

#endif
