/* derive/circles: what needs itself, and an order in which everything can be brought back.
 *
 * R. Tarjan, "Depth-first search and linear graph algorithms", 1972, without recursion. */
#include "derive/recovery_int.h"

struct walk {
    struct analysis *x;
    size_t *index; /* 1 + when it was met; 0: not yet */
    size_t *low;   /* the earliest still open that it leads to */
    size_t *next;  /* which need is looked at next */
    size_t *path;  /* of the walk */
    size_t *open;  /* met, circle not yet known */
    bool *is_open;
    size_t met, path_count, open_count, done;
};

static struct walk walk_new(struct analysis *x)
{
    return (struct walk){.x = x,
                         .index = NEW_ARRAY(x->arena, size_t, x->count + 1),
                         .low = NEW_ARRAY(x->arena, size_t, x->count + 1),
                         .next = NEW_ARRAY(x->arena, size_t, x->count + 1),
                         .path = NEW_ARRAY(x->arena, size_t, x->count + 1),
                         .open = NEW_ARRAY(x->arena, size_t, x->count + 1),
                         .is_open = NEW_ARRAY(x->arena, bool, x->count + 1)};
}

static void enter(struct walk *w, size_t node)
{
    w->index[node] = w->low[node] = ++w->met;
    w->path[w->path_count++] = node;
    w->open[w->open_count++] = node;
    w->is_open[node] = true;
}

static void lower(size_t *value, size_t other)
{
    if (other < *value)
        *value = other;
}

/* All that is open from `node` on is one circle, or the node alone. */
static void close_circle(struct walk *w, size_t node)
{
    size_t first = w->open_count, smallest = node;
    do
        lower(&smallest, w->open[--first]);
    while (w->open[first] != node);
    bool is_circle = w->open_count - first > 1;
    for (size_t i = first; i < w->open_count; i++) {
        w->is_open[w->open[i]] = false;
        w->x->order[w->done++] = w->open[i];
        if (is_circle)
            w->x->nodes[w->open[i]].circle = smallest;
    }
    w->open_count = first;
}

static void leave(struct walk *w, size_t node)
{
    w->path_count--;
    if (w->path_count != 0)
        lower(&w->low[w->path[w->path_count - 1]], w->low[node]);
    if (w->low[node] == w->index[node])
        close_circle(w, node);
}

static void step(struct walk *w)
{
    size_t node = w->path[w->path_count - 1];
    const struct node *n = &w->x->nodes[node];
    if (w->next[node] == n->need_count) {
        leave(w, node);
        return;
    }
    const struct need *need = &n->needs[w->next[node]++];
    if (!need_matters(need))
        return;
    if (w->index[need->used] == 0)
        enter(w, need->used);
    else if (w->is_open[need->used])
        lower(&w->low[node], w->index[need->used]);
}

void analysis_circles(struct analysis *x)
{
    struct walk w = walk_new(x);
    x->order = NEW_ARRAY(x->arena, size_t, x->count + 1);
    for (size_t i = 0; i < x->count; i++) {
        if (w.index[i] != 0)
            continue;
        enter(&w, i);
        while (w.path_count != 0)
            step(&w);
    }
}
