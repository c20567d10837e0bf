/* form/draw/qr: an address as a code that telephones read (a QR code, ISO/IEC 18004). */
#ifndef FORM_DRAW_QR_H
#define FORM_DRAW_QR_H

#include "form/draw/drawing.h"

/* More makes fields that cheap printers and cameras do not tell apart on a sheet of paper. */
enum { QR_BYTES_MAX = 250 };

/* A quarter of an inch of coffee does not spoil it: error correction level M. One point a field,
 * with the four empty fields around it that readers ask for. NULL when the text is empty or
 * longer than QR_BYTES_MAX. */
const struct drawing *draw_qr(struct arena *a, str text);

#endif
