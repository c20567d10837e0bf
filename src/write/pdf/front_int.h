/* write/pdf/front_int: what stands before the text and after it. */
#ifndef WRITE_PDF_FRONT_INT_H
#define WRITE_PDF_FRONT_INT_H

#include "write/pdf/block_int.h"

/* Organisation, title, control data, change history; and the contents when the
 * body is long enough to need them. */
void front_set(struct pdf_layout *l, double body_height);
/* Where people sign. */
void front_signatures(struct pdf_layout *l);

/* contents.c */
bool contents_are_wanted(const struct pdf_layout *l, double body_height);
void contents_set(struct pdf_layout *l);

#endif
