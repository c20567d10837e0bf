/* write/pdf/input_int: fields to type in, as objects of the file.
 *
 * Each is a widget that paints nothing until something is typed: what is printed
 * empty is the content of the page. A field's name is that of its group, a dot
 * and its key; inputs of a group come one after the other. The font they are
 * typed with is in the file, so nothing depends on the machine. A file with such
 * fields is never sealed. */
#ifndef WRITE_PDF_INPUT_INT_H
#define WRITE_PDF_INPUT_INT_H

#include "text/font.h"
#include "write/pdf/page_int.h"
#include "write/pdf/subset_int.h"

struct inputs;
struct inputs *inputs_new(struct arena *a, struct pdf_file *f);
/* Fills in the widget (from file_dict) for the area left, bottom, right, top of its page; `key`
 * is its own in the parent tree of tags. */
void inputs_add(struct inputs *all, HPDF_Dict widget, HPDF_Dict page, const struct pdf_input *input,
                const double corners[4], unsigned key);
/* After the last one: what the catalog says of them. */
void inputs_catalog(struct inputs *all, const struct fonts *faces, struct buf *out);

/* latin.c */
/* A simple font with the characters of WinAnsiEncoding, embedded. */
HPDF_Dict latin_font(struct pdf_file *f, struct arena *a, const struct fonts *faces);

#endif
