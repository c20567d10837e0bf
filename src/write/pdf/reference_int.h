/* write/pdf/reference_int: what says on which page something is.
 *
 * A label is known only when all pages are. So the layout is made with the labels
 * of the pass before; each reference leaves a mark where it stands, from which the
 * next pass knows whether it is on the page that it names. What is painted is
 * looked up when the page is written, and so always right. */
#ifndef WRITE_PDF_REFERENCE_INT_H
#define WRITE_PDF_REFERENCE_INT_H

#include "write/pdf/layout_int.h"

/* Begins the marks of references, which are no anchors of the author. */
enum { REFERENCE_MARK = 1 };

struct pdf_reference {
    str anchor;    /* of what it names */
    str mark;      /* the anchor where it stands itself */
    str label;     /* as far as is known */
    long page;     /* in the pass before; below 0: nowhere */
    size_t group;  /* the reference that is the first in its entry of an index */
    bool is_index; /* is all that there is to say; else it is not needed on the same page */
    bool is_shown;
};

/* The next reference of this pass. `group`: the number of the first of its entry. */
const struct pdf_reference *reference_next(struct pdf_layout *l, str anchor, bool is_index,
                                           size_t group);
/* True: the pages may stay as they are. Else what they say is learnt for the next pass. */
bool reference_settle(struct pdf_layout *l, const struct pdf_pages *pages, unsigned pass);

#endif
