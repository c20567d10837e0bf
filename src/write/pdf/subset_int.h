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

/* -- For latin.c, which embeds one more font --------------------------------------------- */

struct hb_subset_input_t;
struct hb_face_t;
/* What a PDF reader needs of a font program: outlines and metrics, so far of no glyph. */
struct hb_subset_input_t *subset_input(void);
str subset_bytes(struct arena *a, struct hb_face_t *cut);
/* "KDJQWX+NotoSans-Bold": six letters that differ whenever the glyphs do. */
const char *subset_name(struct arena *a, const struct font_face *face, str font);

struct subset_font {
    const struct font_face *face;
    const char *name;
    str bytes;
    int flag; /* 4 symbolic, 32 not */
};
HPDF_Dict subset_descriptor(struct pdf_file *f, struct arena *a, const struct subset_font *font);

/* From codes to characters: begin, sections of "<code> <UTF-16>" lines (emptied and counted
 * from 0 afterwards), end. */
enum { CMAP_LINES_MAX = 100 }; /* as the format asks */
void subset_begin_cmap(struct buf *b, str range);
void subset_cmap_section(struct buf *b, struct buf *lines, size_t *line_count);
void subset_end_cmap(struct buf *b);

#endif
