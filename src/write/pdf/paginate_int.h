/* write/pdf/paginate_int: the vertical list becomes pages. */
#ifndef WRITE_PDF_PAGINATE_INT_H
#define WRITE_PDF_PAGINATE_INT_H

#include "write/pdf/layout_int.h"

/* At least one page, even for an empty list. Columns in the list are cut on the way. */
void paginate(struct pdf_layout *l, struct vlist *list, struct pdf_pages *pages);

/* columns_cut.c: turns the head of the columns at `at` into a box no higher than
 * `room`, and all of them if they fit; what is left stands behind it. False: nothing
 * worth it fits. */
bool columns_cut(struct pdf_layout *l, struct vlist *list, size_t at, double room, bool is_first);

/* label.c: what pages are called; all pages are there. */
void label_pages(struct pdf_layout *l, struct pdf_pages *pages);

/* tab.c: the dark block at the outer edge that shows the part. */
void tab_add(struct pdf_layout *l, struct pdf_pages *pages);

/* furniture.c: head and foot of every page, once it has its label. */
void furniture_add(struct pdf_layout *l, struct pdf_pages *pages);
/* How many lines the note of all sheets takes. */
int furniture_note_lines(struct pdf_layout *l, const struct pdf_paper *paper);

#endif
