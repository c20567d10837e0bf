/* write/pdf/digest_int: what each page says, as a hash. */
#ifndef WRITE_PDF_DIGEST_INT_H
#define WRITE_PDF_DIGEST_INT_H

#include "write/pdf/layout_int.h"

/* After layout_pages. */
void digest_pages(struct pdf_layout *l, const struct pdf_pages *pages, struct pdf_sheets *sheets);

#endif
