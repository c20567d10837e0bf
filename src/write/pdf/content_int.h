/* write/pdf/content_int: operations of a page as a PDF content stream. */
#ifndef WRITE_PDF_CONTENT_INT_H
#define WRITE_PDF_CONTENT_INT_H

#include "write/pdf/page_int.h"
#include "write/pdf/subset_int.h"
#include "write/pdf/tag_int.h"

struct pdf_content;

struct pdf_content *content_new(struct arena *a, struct font_shaper *shaper,
                                struct pdf_subsets *subsets, struct pdf_tags *tags,
                                const struct pdf_pages *pages);
/* The stream of one page; the bytes are valid until the next page. Pages are
 * asked for in order, which is the order of the structure tree. */
str content_page(struct pdf_content *c, size_t page, bool is_marked);
/* A word like DRAFT as outlines, from the origin on, as large as a sheet lets it
 * be: no reader's program takes it for text of the page. */
str content_watermark(struct arena *a, const struct fonts *faces, str word, double *width,
                      double *size);

#endif
