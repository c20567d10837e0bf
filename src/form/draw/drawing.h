/* form/draw: a diagram or chart as a list of shapes, drawn by every writer.
 *
 * Units are points (1/72 inch), y grows downwards, the origin is top left.
 * Colours are named by meaning; SVG maps them to the style sheet (light, dark,
 * print), PDF to inks that survive black-and-white. A group may lead to a
 * record, or to a part of the same whole, and carries the words a screen reader
 * says. Every drawing brings the table that says the same in words. */
#ifndef FORM_DRAWING_H
#define FORM_DRAWING_H

#include "base/str.h"
#include "form/table/table.h"

enum ink {
    INK_NONE, /* not filled, or not stroked */
    INK_TEXT,
    INK_MUTED,
    INK_LINE,
    INK_SURFACE, /* the fill of a box */
    INK_SUNKEN,  /* the fill of a cluster */
    INK_ACCENT,
    INK_ACCENT_FILL,
    INK_GOOD,
    INK_WARN,
    INK_BAD,
    INK_GOOD_FILL, /* light, for words to stand on */
    INK_WARN_FILL,
    INK_BAD_FILL,
    INK_COUNT
};

enum draw_kind {
    DRAW_GROUP, /* until DRAW_END: label, link; without a label it is decoration, which screen
                   readers pass over. Groups may hold groups, at most four deep */
    DRAW_END,
    DRAW_RECT,    /* x y w h, radius */
    DRAW_PATH,    /* points: begins at [0]; then cubic curves, three points each */
    DRAW_POLYGON, /* points, closed */
    DRAW_LINE,    /* points, open */
    DRAW_TEXT,    /* at x y (baseline), anchor, size, bold */
};

enum anchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END };

struct point {
    double x, y;
};

struct draw_op {
    enum draw_kind kind;
    enum ink fill, stroke;
    double line_width; /* points; 0 with INK_NONE */
    bool dashed;
    double x, y, w, h, radius;
    const struct point *points;
    size_t point_count;
    str text; /* DRAW_TEXT: what; DRAW_GROUP: its accessible name */
    enum anchor anchor;
    double size; /* of text, in points */
    bool bold;
    const struct record *link; /* DRAW_GROUP; NULL: none */
    str target;                /* DRAW_GROUP without a link: the id of a part; may be empty */
};

struct drawing {
    str id; /* file name and anchor: "map-bcms" */
    str title, description;
    double width, height;
    struct draw_op *ops;
    size_t count, cap;
    const struct table *table; /* the same in words; NULL only of a part: its whole has it */
    bool needs_table;          /* on paper too: the picture names things by their ids alone */
    str note;                  /* what is left out; why there is no picture, when count is 0 */
    /* Of what would be too much for one picture this one is an overview, whose boxes lead to
     * these. Parts have none. */
    const struct drawing *const *parts;
    size_t part_count;
};

#endif
