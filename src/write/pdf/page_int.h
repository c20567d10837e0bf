/* write/pdf/page_int: a page is a list of drawing operations.
 *
 * Lengths are points; x grows to the right and y downwards from the top left
 * corner, of the page or of the group that the operation stands in. A group is
 * a line, a table row or a picture, made once and placed on a page with an
 * offset. Nothing here knows PDF; emit.c is the only reader that does. */
#ifndef WRITE_PDF_PAGE_INT_H
#define WRITE_PDF_PAGE_INT_H

#include "base/map.h"
#include "form/draw/drawing.h"
#include "text/font.h"

/* Named by use; style.c has the inks, which stay apart in black and white. */
enum pdf_color {
    COLOR_NONE,
    COLOR_TEXT,
    COLOR_MUTED,
    COLOR_FAINT, /* watermark, leaders */
    COLOR_LINE,
    COLOR_PAPER,
    COLOR_TINT, /* code, notes */
    COLOR_ACCENT,
    COLOR_ACCENT_TINT,
    COLOR_MARK, /* highlighter */
    COLOR_GOOD,
    COLOR_GOOD_TINT,
    COLOR_WARN,
    COLOR_WARN_TINT,
    COLOR_BAD,
    COLOR_BAD_TINT,
    COLOR_COUNT
};

enum pdf_op_kind {
    OP_TEXT,    /* words on the baseline y, from x */
    OP_RECT,    /* x y w h, radius; filled, then stroked */
    OP_LINE,    /* from x y to w h away; stroke, line_width, dotted */
    OP_PATH,    /* points */
    OP_PICTURE, /* x y w h */
    OP_LINK,    /* the area x y w h leads to uri or, in this document, to anchor */
    OP_TARGET,  /* y is where anchor is */
    OP_FOLIO,   /* the label of the page of anchor, ends at x on the baseline y */
    OP_TOUCH,   /* paints nothing; its tag exists (an empty cell) and, with a size, covers
                   the area x y w h (a figure) */
    OP_FIELD,   /* the area x y w h is the signature's */
    OP_INPUT,   /* the area x y w h is there to be typed in */
};

enum pdf_path { PATH_CURVE, PATH_OPEN, PATH_CLOSED };

struct pdf_word {
    const struct font_text *text;
    float x; /* from the operation's x */
};

struct pdf_picture;

/* A field to be filled in on a screen; see input_int.h. */
struct pdf_input {
    str group, key; /* "row-3", "decision": together the name of the field, unique in the file */
    str label;      /* "Row 3, Decision" */
    bool has_lines; /* what is typed may have several */
};

struct pdf_op {
    unsigned char kind; /* enum pdf_op_kind */
    unsigned char fill; /* enum pdf_color: of text, too */
    unsigned char stroke;
    unsigned char style; /* enum font_style, of OP_TEXT and OP_FOLIO */
    unsigned tag;        /* structure element, 0: decoration */
    float x, y, w, h;
    float size; /* of text; of lines their width */
    float radius;
    union {
        struct {
            const struct pdf_word *words;
            size_t count;
        } text;
        struct {
            const struct point *points; /* curves: first point, then three each */
            size_t count;
            enum pdf_path path;
            bool is_dashed;
        } shape;
        const struct pdf_picture *picture;
        const struct pdf_input *input;
        struct {
            const str *uri; /* NULL: anchor says where */
            str anchor;
        } link; /* also OP_TARGET and OP_FOLIO */
    };
};

/* Operations under construction. */
struct pdf_ops {
    struct pdf_op *v;
    size_t n, cap;
};

/* Decoration that comes again on each page, as readers' programs tell it apart. */
enum pdf_strip { STRIP_NONE, STRIP_HEAD, STRIP_FOOT };

/* A group on its page. As decoration it repeats what was said before (the head
 * of a table on its second page), so its tags do not count again. */
struct pdf_placed {
    const struct pdf_op *ops;
    size_t count;
    double x, y;
    bool is_decoration;
    enum pdf_strip strip; /* head or foot of the page */
    double turned_width, turned_height; /* not 0: upside down, in an area of this size; for what
                                           has no annotations */
};

struct pdf_page {
    double width, height;
    double scale;  /* of all its lengths, when it is written */
    bool is_back;  /* printed on the back of a sheet */
    double dx, dy; /* from where a front page has its text to where this one has it */
    size_t part;   /* from 1; 0: before the first */
    size_t number; /* within the part, or the document */
    str prefix;    /* of the label: "C-" */
    str label, of; /* "C-4" and "12": how many there are of its kind */
    struct pdf_placed *placed;
    size_t count, cap;
};

struct pdf_target {
    size_t page; /* from 0 */
    double y;
};

struct pdf_pages {
    struct pdf_page **v;
    size_t n, cap;
    struct map targets; /* anchor to struct pdf_target */
};

struct pdf_page *page_add(struct arena *a, struct pdf_pages *pages, double width, double height);
/* Places the group and learns its targets; the page must be the last. */
void page_place(struct arena *a, struct pdf_pages *pages, struct pdf_placed group);
const struct pdf_target *page_target(const struct pdf_pages *pages, str anchor); /* NULL: none */

/* The pages in words, one operation a line: what tests compare. */
void page_dump(const struct pdf_pages *pages, struct buf *out);

#endif
