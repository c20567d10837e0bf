/* derive/single_points: how many prioritised activities stop when one node alone is lost.
 *
 * Whatever can be brought in is, and how long anybody can wait does not matter: what is left
 * is who stops for good. One walk over all that is lost with a node, for each node; no way is
 * known to count what can be reached in less. Where much hangs on many this is quadratic, so
 * a walk looks at so many links, and what lies behind makes its count "at least". */
#include "derive/links_int.h"
#include "derive/recovery_int.h"

/* Of 5,000 nodes with 25,000 needs everything is counted to the end, in a third of a second. */
enum { LINKS_OF_ALL = 130 * 1000 * 1000, LINKS_OF_ONE = 1000 };

struct losing {
    const struct analysis *x;
    const struct recovery *r;
    struct links links;
    uint32_t run;      /* the walk at hand, from 1 */
    uint32_t *lost_in; /* by node: the last walk in which it stopped */
    uint32_t *hand_in; /* by node: the walk for which hand_left counts */
    uint32_t *brought_in;
    uint32_t *hand_left, *brought_left; /* by node: spares in its lists that do not stop */
    uint32_t *queue;
    size_t count;
    size_t seen; /* links that were looked at in this walk */
};

static bool is_lost(const struct losing *l, size_t node)
{
    return l->lost_in[node] == l->run;
}

static void stop(struct losing *l, size_t node)
{
    if (is_lost(l, node))
        return;
    l->lost_in[node] = l->run;
    l->queue[l->count++] = (uint32_t)node;
}

/* How many of a list are left, counted down from all of it in each walk anew. */
static uint32_t *left(const struct losing *l, uint32_t *in, uint32_t *left, size_t node,
                      size_t count)
{
    if (in[node] != l->run)
        left[node] = (uint32_t)count;
    in[node] = l->run;
    return &left[node];
}

static uint32_t *hand_left(struct losing *l, size_t node)
{
    return left(l, l->hand_in, l->hand_left, node, l->r->nodes[node].at_hand.count);
}

static uint32_t *brought_left(struct losing *l, size_t node)
{
    return left(l, l->brought_in, l->brought_left, node, l->r->nodes[node].brought_in.count);
}

static void try_need(struct losing *l, const struct need *n)
{
    bool has_spare = (n->moves && *hand_left(l, n->user) != 0) ||
                     (!n->is_fixed && *brought_left(l, n->used) != 0);
    if (n->loss == LOSS_STOPS && is_lost(l, n->used) && !has_spare)
        stop(l, n->user);
}

static void try_users(struct losing *l, size_t node)
{
    size_t end = l->links.first[node + 1];
    for (size_t i = l->links.first[node]; i < end; i++) {
        const struct link *link = &l->links.items[i];
        if (link->is_plain)
            stop(l, link->user);
        else if (link->stops && !is_lost(l, link->user))
            try_need(l, &l->r->needs[link->need]);
    }
    l->seen += end - l->links.first[node];
}

/* It no longer stands in for others. */
static void try_as_spare(struct losing *l, size_t spare)
{
    for (size_t i = l->links.hand_first[spare]; i < l->links.hand_first[spare + 1]; i++) {
        size_t user = l->links.hand_user[i];
        const struct node *n = &l->r->nodes[user];
        if (--*hand_left(l, user) != 0)
            continue;
        for (size_t k = 0; k < n->need_count; k++)
            try_need(l, &n->needs[k]);
        l->seen += n->need_count;
    }
    for (size_t i = l->links.brought_first[spare]; i < l->links.brought_first[spare + 1]; i++) {
        size_t used = l->links.brought_used[i];
        if (--*brought_left(l, used) == 0 && is_lost(l, used))
            try_users(l, used);
    }
    l->seen += l->links.hand_first[spare + 1] - l->links.hand_first[spare];
    l->seen += l->links.brought_first[spare + 1] - l->links.brought_first[spare];
}

static bool is_needed(const struct losing *l, size_t node)
{
    return l->links.first[node] != l->links.first[node + 1] ||
           l->links.hand_first[node] != l->links.hand_first[node + 1] ||
           l->links.brought_first[node] != l->links.brought_first[node + 1];
}

static void count_stops(struct losing *l, size_t node, size_t links_max)
{
    struct node *n = &l->x->nodes[node];
    l->run++;
    l->count = l->seen = 0;
    stop(l, node);
    for (size_t at = 0; at < l->count; at++) {
        if (l->seen >= links_max) {
            n->stops_at_least |= is_needed(l, l->queue[at]);
            continue;
        }
        try_as_spare(l, l->queue[at]);
        try_users(l, l->queue[at]);
    }
    n->stops = 0;
    for (size_t i = 1; i < l->count; i++)
        n->stops += l->r->nodes[l->queue[i]].is_prioritised;
}

void analysis_single_points(struct analysis *x, const struct recovery *r)
{
    struct arena *a = arena_new("single points", SIZE_MAX / 2);
    size_t count = r->count + 1;
    struct losing l = {.x = x,
                       .r = r,
                       .links = links_of(a, r),
                       .lost_in = NEW_ARRAY(a, uint32_t, count),
                       .hand_in = NEW_ARRAY(a, uint32_t, count),
                       .brought_in = NEW_ARRAY(a, uint32_t, count),
                       .hand_left = NEW_ARRAY(a, uint32_t, count),
                       .brought_left = NEW_ARRAY(a, uint32_t, count),
                       .queue = NEW_ARRAY(a, uint32_t, count)};
    size_t each = LINKS_OF_ALL / count > LINKS_OF_ONE ? LINKS_OF_ALL / count : LINKS_OF_ONE;
    for (size_t i = 0; i < r->count; i++)
        count_stops(&l, i, each);
    arena_free(a);
}
