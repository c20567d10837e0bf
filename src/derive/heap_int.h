/* derive/heap_int: nodes that wait for their turn, the soonest first, then by number. */
#ifndef DERIVE_HEAP_INT_H
#define DERIVE_HEAP_INT_H

#include "model/recovery.h"

struct waiting {
    duration time;
    size_t node;
};

struct heap {
    struct arena *arena;
    struct waiting *items;
    size_t count, cap;
};

void heap_put(struct heap *h, duration time, size_t node);
/* The heap must not be empty. */
struct waiting heap_take(struct heap *h);

#endif
