/* form/draw/mark: the small signs that maps and charts share, and what explains them.
 *
 * A sign is never told from another by its colour alone: it holds letters or has a shape of its
 * own, so that paper without colour says the same. */
#ifndef FORM_DRAW_MARK_H
#define FORM_DRAW_MARK_H

#include "form/draw/shape.h"

/* How wide text is, in points. */
struct ruler {
    const void *self;
    double (*width)(const void *self, str text, double size, bool bold);
};

enum mark_kind {
    MARK_LETTER,  /* letters on a field of the ink */
    MARK_OUTLINE, /* letters in an outline of the ink */
    MARK_SOFT,    /* letters on a field of a light ink */
    MARK_LINE,    /* this and the next have no letters */
    MARK_BAR,     /* a hollow bar */
    MARK_BEAM,    /* a thin bar of the ink */
    MARK_TICK,    /* an upright line */
    MARK_DIAMOND,
};

struct mark {
    enum mark_kind kind;
    str letters; /* one or two, or an id where there is room; may be empty */
    enum ink ink;
    bool dashed;       /* an outline or a line */
    double line_width; /* of a line */
};

#define MARK_SIDE   12.5 /* height of a mark with letters, and its width when it is a square */
#define MARK_SIZE   9.0  /* of letters in a square, in points */
#define TEXT_ASCENT 0.72 /* height of capitals, in sizes: they stand in the middle of a line */
#define TEXT_SLACK  1.10 /* browsers show other fonts than we measure with, a tenth wider */

/* One with letters, its corner at x y. Letters are made to fit nothing: the caller measures. */
void mark_letters(const struct pen *pen, const struct mark *m, double x, double y, double width,
                  double size);
/* One without letters, in the middle of a field of that width and MARK_SIDE high. */
void mark_shape(const struct pen *pen, const struct mark *m, double x, double y, double width);

struct legend_entry {
    struct mark mark;
    str text;
};

/* Below what is drawn so far, as many entries in a row as fit; the drawing grows by it. */
void legend_draw(const struct pen *pen, const struct ruler *ruler,
                 const struct legend_entry *entries, size_t count);

#endif
