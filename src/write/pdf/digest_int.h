/* write/pdf/digest_int: what each page says, as a hash. */
#ifndef WRITE_PDF_DIGEST_INT_H
#define WRITE_PDF_DIGEST_INT_H

#include "write/pdf/layout_int.h"

/* Of one page; `b` is room to work in. */
struct sha256 digest_page(struct pdf_layout *l, const struct pdf_pages *pages,
                          const struct pdf_page *page, struct buf *b);
/* After layout_pages. */
void digest_pages(struct pdf_layout *l, const struct pdf_pages *pages, struct pdf_sheets *sheets);

#endif
