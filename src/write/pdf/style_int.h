/* write/pdf/style_int: the look of paper, in one place.
 *
 * Lengths are points. Text stands in a column to the right of a margin that
 * section numbers hang in; tables use the whole width between the margins. */
#ifndef WRITE_PDF_STYLE_INT_H
#define WRITE_PDF_STYLE_INT_H

#include "form/doc/doc.h"
#include "write/pdf/page_int.h"

struct pdf_rgb {
    unsigned char r, g, b;
};
extern const struct pdf_rgb color_rgb[COLOR_COUNT];
extern const enum pdf_color color_of_ink[INK_COUNT];

/* What all sheets of a document have in common. */
struct pdf_paper {
    enum doc_paper size;
    bool is_duplex, is_large;
    bool is_bound_right; /* the holes of a front page are at its right */
    bool has_tabs;       /* of parts, at the outer edge */
    int note_lines;      /* that the foot has besides its usual three */
};

/* A sheet in the points of its layout: large type is laid out on a smaller
 * sheet, and the page is scaled when it is written. */
struct pdf_sheet {
    double width, height;
    double left, right, top, bottom; /* margins of the text, inside head and foot */
    double hang;                     /* for section numbers; 0: text begins at the margin */
    double head, foot; /* from the edge to the baseline of the head, of the foot's first line */
};

/* Text of one size; leading is the distance of its baselines. */
struct pdf_font_size {
    float size, leading;
};

enum pdf_text_size { SIZE_BODY, SIZE_TABLE, SIZE_SMALL, SIZE_CODE, SIZE_COUNT };
extern const struct pdf_font_size text_size[SIZE_COUNT];

/* By rank from the document's highest level: 0 to 5. */
struct pdf_heading_style {
    float size, leading, before, after;
    enum font_style style;
    enum pdf_color color;
};
enum { HEADING_RANKS = 6 };
extern const struct pdf_heading_style heading_style[HEADING_RANKS];

#define HANG        34.0
#define PARA_GAP    6.5 /* between paragraphs */
#define TIGHT_GAP   2.0 /* between the items of a tight list */
#define BLOCK_GAP   9.0 /* around tables, code and pictures */
#define CELL_Y      3.2
#define RULE_HAIR   0.35f
#define RULE_LIGHT  0.6f
#define RULE_STRONG 1.2f

#define LARGE_SCALE 1.25

double style_scale(const struct pdf_paper *p);
/* is_back: printed on the back of a sheet, so its margins are mirrored; the room
 * for text is the same. */
struct pdf_sheet style_sheet(const struct pdf_paper *p, bool is_landscape, bool is_back);

#endif
