/* write/pdf/content_state_int: what a content stream has set so far.
 *
 * Shared by the writers of text and of shapes; nobody else looks inside. */
#ifndef WRITE_PDF_CONTENT_STATE_INT_H
#define WRITE_PDF_CONTENT_STATE_INT_H

#include "write/pdf/content_int.h"

/* A word in the codes of the file, to be put into an open string: most words
 * come again and again. Only for words that need no operators inside. */
struct encoded {
    str bytes;
    double advance; /* as the reader's program computes it, thousandths */
};

struct pdf_content {
    struct arena *arena;
    struct font_shaper *shaper;
    struct pdf_subsets *subsets;
    struct pdf_tags *tags;
    const struct pdf_pages *pages;
    struct encoded *encoded; /* by number of the word */
    size_t encoded_cap;
    struct buf out;

    size_t page;
    double height, scale; /* of the page, in the points of its layout */
    enum pdf_color fill, stroke;
    double line_width;
    unsigned face;
    double size;
    bool in_text;  /* between BT and ET */
    bool is_plain; /* no operator was written since this was set */
    bool is_marked;
    unsigned tag;
    bool is_decoration;
    enum pdf_strip strip, marked_strip; /* of the group, of the mark that is open */
};

void content_number(struct pdf_content *c, double value);
void content_point(struct pdf_content *c, double x, double y);
void content_color(struct pdf_content *c, enum pdf_color color, bool is_stroke);
void content_mark(struct pdf_content *c, unsigned tag);

void content_text(struct pdf_content *c, const struct pdf_op *op, double x, double y);
void content_folio(struct pdf_content *c, const struct pdf_op *op, double x, double y);
void content_end_text(struct pdf_content *c);

#endif
