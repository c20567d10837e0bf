/* write/svg: a drawing as SVG, inside a page or as a file of its own.
 *
 * In a page it has no colours, only classes for the style sheet: `fill-INK`
 * and `stroke-INK`, INK being text muted line surface sunken accent accent-fill
 * good warn bad good-fill warn-fill bad-fill; boxes that lead somewhere are
 * `a.node`. The page puts all in an element of the class `drawing`, which the
 * sheet asks for. Without a style sheet everything is drawn in outlines of the
 * text colour. No style attribute and no script, so a strict
 * Content-Security-Policy holds.
 *
 * One point is one unit of the viewBox; width and height say how many CSS
 * pixels that is, so text of 9 points shows at 12 pixels. */
#ifndef WRITE_SVG_SVG_H
#define WRITE_SVG_SVG_H

#include "base/buf.h"
#include "form/draw/drawing.h"

/* Where boxes lead: a link inside the tree, relative to the page; empty for no
 * link. `href` may be NULL. */
struct svg_links {
    void *self;
    str (*href)(void *self, struct arena *a, const struct record *r);
};

/* Appends <svg>…</svg>, or nothing when the drawing has no shapes. `id` begins
 * the ids inside, which must be unique in the page; empty: that of the drawing. */
void svg_inline(struct buf *out, const struct drawing *d, const struct svg_links *links, str id);
/* A whole file, in colours that survive a black-and-white printer. */
void svg_file(struct buf *out, const struct drawing *d, const struct svg_links *links);

#endif
