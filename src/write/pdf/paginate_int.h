/* write/pdf/paginate_int: the vertical list becomes pages. */
#ifndef WRITE_PDF_PAGINATE_INT_H
#define WRITE_PDF_PAGINATE_INT_H

#include "write/pdf/layout_int.h"

/* At least one page, even for an empty list. */
void paginate(struct pdf_layout *l, const struct vlist *list, struct pdf_pages *pages);

/* furniture.c: head and foot of every page, once it is known how many there are. */
void furniture_add(struct pdf_layout *l, struct pdf_pages *pages);

#endif
