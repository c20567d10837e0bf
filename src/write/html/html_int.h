/* write/html/html_int: what the writers of documents and tables share. */
#ifndef WRITE_HTML_HTML_INT_H
#define WRITE_HTML_HTML_INT_H

#include "write/html/html.h"

/* Opens <a> to a record; false, and nothing is written, when it is not seen.
 * `text` is what stands in the link: if it does not say the record's id, paper
 * shows that beside it. */
bool html_record_open(struct html *h, const struct html_context *ctx, const struct record *r,
                      str anchor, str text);

/* The region around a table; close with html_scroll_close. */
void html_scroll_open(struct html *h, str label);
void html_scroll_close(struct html *h);

#endif
