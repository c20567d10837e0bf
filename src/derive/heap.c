/* derive/heap: nodes that wait for their turn. */
#include "derive/heap_int.h"

static bool is_sooner(struct waiting one, struct waiting other)
{
    return one.time != other.time ? one.time < other.time : one.node < other.node;
}

static void swap(struct waiting *one, struct waiting *other)
{
    struct waiting kept = *one;
    *one = *other;
    *other = kept;
}

void heap_put(struct heap *h, duration time, size_t node)
{
    PUSH(h->arena, h->items, h->count, h->cap, struct waiting) = (struct waiting){time, node};
    for (size_t i = h->count - 1; i != 0 && is_sooner(h->items[i], h->items[(i - 1) / 2]);
         i = (i - 1) / 2)
        swap(&h->items[i], &h->items[(i - 1) / 2]);
}

struct waiting heap_take(struct heap *h)
{
    struct waiting first = h->items[0];
    h->items[0] = h->items[--h->count];
    for (size_t i = 0, child; (child = 2 * i + 1) < h->count; i = child) {
        if (child + 1 < h->count && is_sooner(h->items[child + 1], h->items[child]))
            child++;
        if (!is_sooner(h->items[child], h->items[i]))
            break;
        swap(&h->items[child], &h->items[i]);
    }
    return first;
}
