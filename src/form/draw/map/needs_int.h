/* form/draw/map/needs_int: some of the needs of the model, as boxes, arrows and rows. */
#ifndef FORM_DRAW_MAP_NEEDS_INT_H
#define FORM_DRAW_MAP_NEEDS_INT_H

#include "form/draw/draw_int.h"
#include "model/recovery.h"

enum { LOSSES = LOSS_MINOR + 1 };

/* What happens to who needs something when that is lost, by enum loss. */
struct loss_look {
    str word, letter;
    enum ink ink;
    enum tone tone;
    str legend;
};
extern const struct loss_look loss_look[LOSSES];

struct needs_map {
    const struct request *q;
    const struct recovery *recovery;
    size_t *place; /* of each node of the model: its box + 1; 0: none */
    size_t *nodes; /* of each box */
    size_t count, cap;
    const struct need **items; /* the arrows */
    size_t item_count, item_cap;
    bool *added;   /* of each need of the model */
    size_t *group; /* of each unit of the model, and of no unit: its group; 0: none */
};

/* The model must have its recovery. */
struct needs_map needs_new(const struct request *q);
/* The box of a node, a new one where there is none yet. */
size_t needs_place(struct needs_map *n, size_t node);
/* With the boxes of both ends, once. */
void needs_add(struct needs_map *n, const struct need *need);
const struct record *needs_record(const struct needs_map *n, size_t node);

/* Name, kind, times and the letter of a gap. */
struct graph_node *needs_box(const struct needs_map *n, struct graph *g, size_t node);
/* The group of an activity's unit, or of all that is none. */
size_t needs_group(struct needs_map *n, struct graph *g, const struct record *r);
const struct table *needs_table(const struct needs_map *n, str id, str caption);

#endif
