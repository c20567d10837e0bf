/* publish/pdf_hole: the bytes of a PDF that its signature fills in.
 *
 * The writer leaves them open: the `<…>` token after /Contents of the signature
 * dictionary, and its /ByteRange with the blanks that pad it. Two PDFs
 * that differ there only say the same; then the old signature serves. */
#ifndef PUBLISH_PDF_HOLE_H
#define PUBLISH_PDF_HOLE_H

#include "base/str.h"

struct pdf_hole {
    size_t contents, contents_end; /* with < and > */
    size_t range, range_end;       /* with [ and ], and the blanks after it */
};

/* False unless there is exactly one signature dictionary. */
bool pdf_hole_find(str pdf, struct pdf_hole *hole);
/* Both have a hole at the same place, and all other bytes are equal. */
bool pdf_hole_same_outside(str a, str b);

#endif
