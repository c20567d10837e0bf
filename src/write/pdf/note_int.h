/* write/pdf/note_int: footnotes. */
#ifndef WRITE_PDF_NOTE_INT_H
#define WRITE_PDF_NOTE_INT_H

#include "write/pdf/layout_int.h"

/* The note that a mark refers to, set in lines, at its first mention; later
 * mentions give NULL, since the note stands on a page already. */
struct vnote *note_first_mention(struct pdf_layout *l, const struct md_node *mark);
/* At the end: notes that nothing mentioned. No word of an author is lost. */
void note_rest(struct pdf_layout *l);
/* Learns the notes of the document, MD_FOOTNOTE nodes at the end of its body. */
void note_collect(struct pdf_layout *l, struct md_node *body);

#endif
