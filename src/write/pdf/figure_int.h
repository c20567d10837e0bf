/* write/pdf/figure_int: pictures and drawings on paper. */
#ifndef WRITE_PDF_FIGURE_INT_H
#define WRITE_PDF_FIGURE_INT_H

#include "write/pdf/layout_int.h"
#include "write/pdf/picture_int.h"

struct figure_size {
    double width, height; /* points, as large as its dots per inch make it */
};

/* The picture that an MD_IMAGE shows, read once a document; NULL after a report. */
const struct pdf_picture *figure_picture(struct pdf_layout *l, const struct md_node *image,
                                         struct figure_size *size);
/* The same for a picture that stands between words: no higher than fits on a sheet, turned or not.
 */
struct figure_size figure_among_words(const struct pdf_layout *l, struct figure_size size);

/* The logo of the house; NULL: there is none, or none that can be printed. */
const struct pdf_picture *figure_logo(struct pdf_layout *l, struct figure_size *size);

/* A picture that these words stand for. Without words it is decoration (TAG_NONE),
 * as it is on the screen. */
unsigned figure_tag(struct pdf_layout *l, unsigned parent, str words);

/* The operations of a drawing, scaled, from its top left corner; `tag` is that of its
 * figure. Its links follow in a paragraph of their own, since readers' programs say
 * the words of a figure instead of what is in it. */
void figure_drawing(struct pdf_layout *l, const struct drawing *drawing, double scale, unsigned tag,
                    struct pdf_ops *ops);

#endif
