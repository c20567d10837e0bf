/* write/pdf/subset_int: the glyphs that a document uses, as embedded fonts.
 *
 * A character code of the file (CID) stands for a glyph together with the text
 * it was made from: two texts that share a glyph get two codes, so what is
 * copied or read aloud is always the author's text. Codes are given in the
 * order of first use. */
#ifndef WRITE_PDF_SUBSET_INT_H
#define WRITE_PDF_SUBSET_INT_H

#include "text/font.h"
#include "write/pdf/file_int.h"

struct pdf_subsets;
struct pdf_subsets *subset_new(struct arena *a, const struct fonts *faces);
/* Empty text: the glyph belongs to the text of its neighbour. */
uint16_t subset_code(struct pdf_subsets *s, unsigned face, unsigned glyph, str text);
/* The width that the file will state for it, thousandths. */
double subset_width(const struct pdf_subsets *s, unsigned face, uint16_t code);
bool subset_is_used(const struct pdf_subsets *s, unsigned face);
/* Writes the fonts and adds "F0", "F7", … (by face) to the resources. */
void subset_embed(struct pdf_subsets *s, struct pdf_file *f, HPDF_Dict resources);

#endif
