/* write/pdf/vlist_int: the document as one long column, before it is cut into pages.
 *
 * Boxes are never cut. A page may end between two boxes, the less gladly the
 * greater the penalty of the second is; spaces at the top and the end of a
 * page vanish. */
#ifndef WRITE_PDF_VLIST_INT_H
#define WRITE_PDF_VLIST_INT_H

#include "write/pdf/page_int.h"

enum vkind {
    V_BOX,
    V_SPACE,
    V_SHEET,   /* a new page of the given orientation begins, unless one just has */
    V_COLUMNS, /* lines in two columns: as much of them as fits becomes a box */
};

enum {
    PENALTY_FORCED = -10000, /* a page ends here */
    PENALTY_NEVER = 10000,
    PENALTY_ORPHAN = 3000, /* one line of a paragraph alone */
    PENALTY_LEAD = 2500,   /* a heading and its few lines, without the table they lead to */
    PENALTY_ROW = 200,     /* next to the first or last row of a table, item of a list */
    PENALTY_HYPHEN = 60,   /* a page that ends within a word */
};

/* Something painted behind all boxes of a stretch: the bar of a quotation, the
 * ground of code. Stands in as many pieces as pages. */
struct vframe {
    const struct vframe *outer;
    double x, width;
    enum pdf_color color;
    double above, below; /* painted beyond the first and the last box */
};

/* The head of a table, set again on each further page that its rows reach. */
struct vhead {
    const struct pdf_op *ops;
    size_t count;
    double height;
};

struct vlist {
    struct arena *arena;
    struct vitem *v;
    size_t n, cap;
};

/* A footnote: stands at the foot of the page of the box that refers to it. */
struct vnote {
    struct vnote *next; /* of the same box */
    struct vlist lines;
};
/* Appends one note, or a list of them. */
void vnote_append(struct vnote **list, struct vnote *notes);

struct vitem {
    unsigned char kind; /* enum vkind */
    bool is_landscape;  /* V_SHEET: the new page is turned, */
    bool is_right;      /* is a right-hand one, */
    unsigned part;      /* and begins this part, from 1; 0: none */
    short penalty;      /* V_BOX: of ending the page before it */
    float x, height;
    const struct pdf_op *ops;
    size_t count;
    const struct vframe *frame; /* innermost; NULL: none */
    const struct vhead *head;
    const struct vnote *notes;
    const struct vcolumns *columns;
};

/* What is left of a list in two columns: the lines of one, and how far to the
 * right the second stands. */
struct vcolumns {
    struct vlist lines;
    double first, second;
};

void vlist_box(struct vlist *l, struct vitem box);
void vlist_columns(struct vlist *l, struct vitem columns);
void vlist_space(struct vlist *l, double height, const struct vframe *frame);
void vlist_sheet(struct vlist *l, struct vitem sheet);
void vlist_append(struct vlist *l, const struct vlist *more);
double vlist_height(const struct vlist *l, size_t from, size_t to);

/* Appends an operation; grows in the arena. */
struct pdf_op *op_add(struct arena *a, struct pdf_ops *ops, struct pdf_op op);
/* Copies operations, moved. */
void op_copy(struct arena *a, struct pdf_ops *to, const struct pdf_op *ops, size_t count, double x,
             double y);

#endif
