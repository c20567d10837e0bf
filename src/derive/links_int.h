/* derive/links_int: needs as seen from what is used.
 *
 * Small, and side by side for each node: all of a loss is walking over these. */
#ifndef DERIVE_LINKS_INT_H
#define DERIVE_LINKS_INT_H

#include "model/recovery.h"

struct link {
    uint32_t user, need;
    bool stops;    /* else its loss only degrades the user */
    bool is_plain; /* stops its user, and nothing at all stands in */
};

struct links {
    struct link *items;     /* by used, those that matter */
    size_t *first;          /* where those of a node begin; one more at the end */
    uint32_t *hand_user;    /* by spare: whose at_hand it is in, each time it is */
    size_t *hand_first;     /* where those of a node begin; one more at the end */
    uint32_t *brought_used; /* by spare: whose brought_in it is in, each time it is */
    size_t *brought_first;  /* where those of a node begin; one more at the end */
};

struct links links_of(struct arena *a, const struct recovery *r);

#endif
