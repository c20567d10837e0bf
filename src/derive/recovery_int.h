/* derive/recovery_int: what the steps of the recovery analysis share. */
#ifndef DERIVE_RECOVERY_INT_H
#define DERIVE_RECOVERY_INT_H

#include "derive/recovery.h"

/* The analysis while it is made: the same as model->recovery, but not yet const. */
struct analysis {
    const struct model *model;
    struct arena *arena; /* the model's */
    struct node *nodes;
    struct need *needs;
    size_t *order;
    size_t count, need_count, need_cap;
    size_t first[TYPE_COUNT];
};

size_t analysis_number(const struct analysis *x, const struct record *r); /* NODE_NONE */
bool analysis_is(const struct analysis *x, size_t node, enum type_id type);

void analysis_needs(struct analysis *x);   /* nodes, needs, users, spares */
void analysis_circles(struct analysis *x); /* circle, order */
void analysis_asked(struct analysis *x);   /* asked, is_prioritised */
void analysis_able(struct analysis *x);    /* able */
void analysis_proven(struct analysis *x);  /* proven */
void analysis_single_points(struct analysis *x, const struct recovery *r); /* stops */

#endif
