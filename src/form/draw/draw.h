/* form/draw: the maps and charts that a document or page can ask for by name.
 *
 * Each is one row in drawings.def and one file. A drawing never stands alone:
 * its table says the same in words and shows the gaps. */
#ifndef FORM_DRAW_DRAW_H
#define FORM_DRAW_DRAW_H

#include "form/draw/drawing.h"
#include "model/model.h"

struct fonts;

/* One row of drawings.def: how it is asked for, and what it shows. */
struct drawing_def {
    str kind;    /* "map" */
    str name;    /* "deps"; empty: the kind alone names it */
    str subject; /* how the usage line says what follows: "ACT-001"; empty: nothing */
    str summary;
};
extern const struct drawing_def drawing_def[];
extern const size_t drawing_def_count;

/* "map", "deps ACT-001". NULL after a report at `at` when there is no such
 * drawing or its subject is missing or of the wrong type; without one when the
 * subject is not in this copy of the model. A drawing without
 * shapes (nothing recorded, layout failed) has a note and still its table. */
const struct drawing *draw_by_name(struct arena *a, struct diags *d, const struct model *m,
                                   struct fonts *fonts, struct span at, str kind, str argument);

/* An author's own graph, in DOT: its boxes, arrows, clusters, their words and
 * direction, nothing else of the language. A box named by the id of a record
 * leads to it, and without words of its own shows its title. NULL after a
 * report when it cannot be read. */
const struct drawing *draw_dot(struct arena *a, struct diags *d, const struct model *m,
                               struct fonts *fonts, struct span at, str text);

#endif
