/* form/draw/shape: adds one shape after the other to a drawing. */
#ifndef FORM_DRAW_SHAPE_H
#define FORM_DRAW_SHAPE_H

#include "form/draw/drawing.h"

/* A drawing under construction and where its memory comes from. */
struct pen {
    struct arena *arena;
    struct drawing *drawing;
};

/* What a closed shape looks like. */
struct look {
    enum ink fill, stroke;
    double line_width;
    bool dashed;
};

/* An empty label: decoration, which screen readers pass over. */
void shape_open(const struct pen *pen, str label, const struct record *link);
void shape_open_to(const struct pen *pen, str label, str target);
void shape_close(const struct pen *pen);
void shape_rect(const struct pen *pen, const struct look *look, double x, double y, double w,
                double h, double radius);
/* Both borrow the points. */
void shape_polygon(const struct pen *pen, enum ink fill, const struct point *points, size_t count);
void shape_line(const struct pen *pen, enum draw_kind line_or_path, const struct look *look,
                const struct point *points, size_t count);

struct lettering {
    double size;
    bool bold;
    enum ink ink;
    enum anchor anchor;
};
void shape_text(const struct pen *pen, const struct lettering *how, double x, double baseline,
                str text);

#endif
