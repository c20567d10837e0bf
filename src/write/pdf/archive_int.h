/* write/pdf/archive_int: what an archive asks of a file beyond its pages.
 *
 * Every file claims PDF/A-3B (ISO 19005-3) and PDF/UA-1 (ISO 14289-1), sealed or
 * not: all fonts are embedded and know their characters, colours are those of the
 * profile below, nothing acts, hides, is encrypted or comes from elsewhere, and the
 * structure tree names everything that is no decoration. tests/pdf/judge.mjs looks at
 * each of these rules that a program can judge. */
#ifndef WRITE_PDF_ARCHIVE_INT_H
#define WRITE_PDF_ARCHIVE_INT_H

#include "write/pdf/emit_int.h"

/* Title, author, subject and dates, in /Info and, the same, as XMP; the claims. */
void archive_facts(struct pdf_file *f, struct arena *a, const struct pdf_emission *e);
/* The colours of the file are sRGB: an output intent with its profile. */
void archive_colors(struct pdf_file *f, struct arena *a);

/* An ICC profile of version 4 for sRGB (IEC 61966-2-1), 508 bytes, made here from
 * the standard's numbers: always the same bytes and nobody's property. */
str archive_profile(struct arena *a);

#endif
