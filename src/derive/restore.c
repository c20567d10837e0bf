/* derive/restore: the order in which everything is brought back after a loss of it all. */
#include "derive/restore.h"

#include "derive/heap_int.h"

struct restoring {
    const struct recovery *r;
    bool *is_asked;
    size_t *open; /* by node: needs that are not brought back yet */
    size_t *wave;
    struct heap ready;
};

static bool can_be_restored(const struct node *n)
{
    switch (n->record->type->number) {
    case TYPE_ACTIVITY:
    case TYPE_SERVICE:
    case TYPE_RESOURCE:
    case TYPE_SUPPLIER:
        return rec_is_live(n->record);
    default:
        return false;
    }
}

static bool waits(const struct restoring *x, const struct need *n)
{
    size_t circle = x->r->nodes[n->user].circle;
    bool is_in_circle = circle != NODE_NONE && circle == x->r->nodes[n->used].circle;
    return n->loss == LOSS_STOPS && x->is_asked[n->user] && x->is_asked[n->used] && !is_in_circle;
}

static void offer(struct restoring *x, size_t node)
{
    if (x->is_asked[node] && x->open[node] == 0)
        heap_put(&x->ready, x->r->nodes[node].asked[TIME_RTO].value, node);
}

static void bring_back(struct restoring *x, size_t node)
{
    const struct node *n = &x->r->nodes[node];
    for (size_t i = 0; i < n->user_count; i++) {
        const struct need *need = &x->r->needs[n->users[i]];
        if (!waits(x, need))
            continue;
        if (x->wave[need->user] <= x->wave[node])
            x->wave[need->user] = x->wave[node] + 1;
        x->open[need->user]--;
        offer(x, need->user);
    }
}

static struct restoring restoring_new(struct arena *a, const struct recovery *r)
{
    struct restoring x = {.r = r,
                          .is_asked = NEW_ARRAY(a, bool, r->count + 1),
                          .open = NEW_ARRAY(a, size_t, r->count + 1),
                          .wave = NEW_ARRAY(a, size_t, r->count + 1),
                          .ready = {.arena = a}};
    for (size_t i = 0; i < r->count; i++) {
        x.is_asked[i] =
            can_be_restored(&r->nodes[i]) && r->nodes[i].asked[TIME_RTO].value != DURATION_NONE;
        x.wave[i] = 1;
    }
    for (size_t i = 0; i < r->need_count; i++)
        x.open[r->needs[i].user] += waits(&x, &r->needs[i]);
    for (size_t i = 0; i < r->count; i++)
        offer(&x, i);
    return x;
}

const struct restore_step *restore_order(struct arena *a, const struct model *m, size_t *count)
{
    struct restoring x = restoring_new(a, m->recovery);
    struct restore_step *steps = NEW_ARRAY(a, struct restore_step, m->recovery->count + 1);
    *count = 0;
    while (x.ready.count != 0) {
        size_t node = heap_take(&x.ready).node;
        steps[(*count)++] = (struct restore_step){node, x.wave[node]};
        bring_back(&x, node);
    }
    return steps;
}

const size_t *recovery_by_urgency(struct arena *a, const struct model *m, size_t *count)
{
    const struct recovery *r = m->recovery;
    struct heap waiting = {.arena = a};
    size_t *nodes = NEW_ARRAY(a, size_t, r->count + 1);
    for (size_t i = 0; i < r->count; i++) {
        duration asked = r->nodes[i].asked[TIME_RTO].value;
        if (can_be_restored(&r->nodes[i]))
            heap_put(&waiting, asked == DURATION_NONE ? INT64_MAX : asked, i);
    }
    for (*count = 0; waiting.count != 0; (*count)++)
        nodes[*count] = heap_take(&waiting).node;
    return nodes;
}
