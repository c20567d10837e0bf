/* write/pdf/seal_int: the words of the seal: at the end of a document, in front of one in parts. */
#ifndef WRITE_PDF_SEAL_INT_H
#define WRITE_PDF_SEAL_INT_H

#include "write/pdf/layout_int.h"

/* Nothing for a document without a seal. */
void seal_set(struct pdf_layout *l);

#endif
