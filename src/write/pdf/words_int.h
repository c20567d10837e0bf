/* write/pdf/words_int: words of ours at a place of a sheet, in no flow. */
#ifndef WRITE_PDF_WORDS_INT_H
#define WRITE_PDF_WORDS_INT_H

#include "write/pdf/para_int.h"

struct words {
    struct pdf_font_size size;
    enum font_style style;
    enum pdf_color color;
    enum para_align align; /* PARA_LEFT: the side where lines begin */
    unsigned tag;
    size_t lines_max; /* more are cut, with an ellipsis; 0: all */
};

/* Appends the lines from the top left x y, at most `width` wide; gives their height. Resets the
 * scratch arena. */
double words_put(struct pdf_layout *l, struct pdf_ops *ops, str text, const struct words *how,
                 double x, double y, double width);
/* How wide they are without a break, and the widest part that never breaks. */
double words_width(struct pdf_layout *l, str text, const struct words *how, double *narrowest);

#endif
