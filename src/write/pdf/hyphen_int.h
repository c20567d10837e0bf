/* write/pdf/hyphen_int: where words may be divided. */
#ifndef WRITE_PDF_HYPHEN_INT_H
#define WRITE_PDF_HYPHEN_INT_H

#include "base/str.h"

enum { HYPHEN_WORD_MAX = 60 }; /* letters; longer words are broken anywhere */

struct pdf_hyphens;
/* Loads the patterns of the language; NULL when none are installed. Loading is
 * slow in large languages (German takes seconds), so once a process. */
struct pdf_hyphens *hyphen_open(struct arena *a, str language);
void hyphen_close(struct pdf_hyphens *h);

/* The byte offsets in the word behind which a hyphen may stand, ascending;
 * returns their number, at most HYPHEN_WORD_MAX. The word is letters only. */
size_t hyphen_find(const struct pdf_hyphens *h, str word, unsigned short at[HYPHEN_WORD_MAX]);

#endif
