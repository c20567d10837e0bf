/* derive/links: needs as seen from what is used. */
#include "derive/links_int.h"

static struct link link_of(const struct recovery *r, size_t number)
{
    const struct need *n = &r->needs[number];
    bool has_spare = (n->moves && r->nodes[n->user].at_hand.count != 0) ||
                     (!n->is_fixed && r->nodes[n->used].brought_in.count != 0);
    return (struct link){.user = (uint32_t)n->user,
                         .need = (uint32_t)number,
                         .stops = n->loss == LOSS_STOPS,
                         .is_plain = n->loss == LOSS_STOPS && !has_spare};
}

static void join_needs(struct links *l, struct arena *a, const struct recovery *r)
{
    size_t count = 0;
    l->items = NEW_ARRAY(a, struct link, r->need_count + 1);
    l->first = NEW_ARRAY(a, size_t, r->count + 1);
    for (size_t i = 0; i < r->count; i++) {
        for (size_t k = 0; k < r->nodes[i].user_count; k++)
            if (need_matters(&r->needs[r->nodes[i].users[k]]))
                l->items[count++] = link_of(r, r->nodes[i].users[k]);
        l->first[i + 1] = count;
    }
}

typedef const struct spares *(*list_of)(const struct node *n);

static const struct spares *at_hand(const struct node *n)
{
    return &n->at_hand;
}

static const struct spares *brought_in(const struct node *n)
{
    return &n->brought_in;
}

/* Turns lists round: from a spare to the nodes in whose list it is. */
static uint32_t *turn_round(struct arena *a, const struct recovery *r, list_of list, size_t *first)
{
    size_t *next = NEW_ARRAY(a, size_t, r->count + 1);
    for (size_t i = 0; i < r->count; i++)
        for (size_t k = 0; k < list(&r->nodes[i])->count; k++)
            first[list(&r->nodes[i])->items[k] + 1]++;
    for (size_t i = 0; i < r->count; i++)
        next[i + 1] = first[i + 1] += first[i];
    uint32_t *turned = NEW_ARRAY(a, uint32_t, first[r->count] + 1);
    for (size_t i = 0; i < r->count; i++)
        for (size_t k = 0; k < list(&r->nodes[i])->count; k++)
            turned[next[list(&r->nodes[i])->items[k]]++] = (uint32_t)i;
    return turned;
}

struct links links_of(struct arena *a, const struct recovery *r)
{
    struct links l = {.hand_first = NEW_ARRAY(a, size_t, r->count + 1),
                      .brought_first = NEW_ARRAY(a, size_t, r->count + 1)};
    join_needs(&l, a, r);
    l.hand_user = turn_round(a, r, at_hand, l.hand_first);
    l.brought_used = turn_round(a, r, brought_in, l.brought_first);
    return l;
}
