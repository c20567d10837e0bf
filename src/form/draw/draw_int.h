/* form/draw/draw_int: what the functions behind drawings.def share. */
#ifndef FORM_DRAW_DRAW_INT_H
#define FORM_DRAW_DRAW_INT_H

#include "form/draw/draw.h"
#include "form/draw/graph.h"
#include "form/draw/layout.h"

/* A drawing that was asked for. */
struct request {
    struct arena *arena;
    struct diags *diags;
    const struct model *model;
    struct ruler ruler;
    struct span at;
    const struct drawing_def *def;
    str subject; /* what stands behind the name */
};

/* One function for each row; NULL after a report. */
#define DRAWING(function, kind, name, subject, summary)                                            \
    const struct drawing *function(const struct request *q);
#include "form/draw/drawings.def"

/* Begins the caption of its drawing. */
struct graph_caption request_caption(const struct request *q);
/* For tables and notes that count: "" or that a partial copy counts what it holds. */
str request_scope(const struct request *q);
/* The record that the subject names, if it is of one of the types; NULL after a
 * report. */
const struct record *request_record(const struct request *q, const enum type_id *types,
                                    size_t type_count);
void request_refuse(const struct request *q, const char *what);

bool is_of(const struct record *r, enum type_id type); /* false for NULL */
/* The title, or the id when it has none. */
str record_name(const struct record *r);

/* Measures with the fonts of paper. */
struct ruler ruler_of(struct arena *a, struct fonts *fonts);

/* How words in boxes look. */
extern const struct graph_style style_title, style_detail, style_alarm;

/* Cells of several pieces. */
void cell_add(struct arena *a, struct cell *c, str text, const struct record *link, enum tone tone);

/* A role with who holds it: in a box "vacant" when nobody does. */
void say_role(const struct graph *g, struct graph_node *n, const struct record *role);
struct cell cell_holder(struct arena *a, const struct record *role);

#endif
