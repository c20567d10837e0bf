/* derive/asked: how soon everything must be back (minimum rule).
 *
 * What an activity needs must be back when the activity must, or as long after as it can do
 * without. The time asked along a chain is the longest of its links, and of all chains the
 * shortest counts: a shortest path with max for plus (E. W. Dijkstra, 1959), so each node
 * is settled once and circles do no harm. */
#include "derive/heap_int.h"
#include "derive/recovery_int.h"

#include "model/limits.h"

/* -- What one need asks ----------------------------------------------------------------------- */

static duration longer(duration one, duration other)
{
    return one > other ? one : other; /* DURATION_NONE is the smallest */
}

/* How long the user can do without what it needs, whatever its own time is; `asks` is false
 * when it does not ask for it at all. */
static duration patience(const struct analysis *x, const struct need *n, bool *asks)
{
    *asks = need_matters(n);
    if (n->loss != LOSS_DEGRADES || n->tolerance != DURATION_NONE)
        return n->tolerance;
    duration mtpd = analysis_is(x, n->user, TYPE_ACTIVITY)
                        ? rec_duration(x->nodes[n->user].record, ACTIVITY_MTPD)
                        : DURATION_NONE;
    *asks = mtpd != DURATION_NONE;
    return mtpd;
}

/* Data may be as old as the strictest user allows, whatever it can do without. */
static bool rule(const struct analysis *x, const struct need *n, enum recovery_time time,
                 duration *patient)
{
    bool asks;
    *patient = patience(x, n, &asks);
    if (time == TIME_RTO)
        return asks;
    *patient = DURATION_NONE;
    return need_matters(n) && recovery_holds_data(x->nodes[n->used].record);
}

static void pass_on(struct analysis *x, struct heap *h, size_t user, enum recovery_time time)
{
    const struct asked *mine = &x->nodes[user].asked[time];
    for (size_t i = 0; i < x->nodes[user].need_count; i++) {
        const struct need *n = &x->nodes[user].needs[i];
        duration patient;
        if (!rule(x, n, time, &patient))
            continue;
        duration value = longer(mine->value, patient);
        struct asked *theirs = &x->nodes[n->used].asked[time];
        if (theirs->value != DURATION_NONE && theirs->value <= value)
            continue;
        *theirs = (struct asked){value, patient > mine->value ? user : mine->from, user};
        heap_put(h, value, n->used);
    }
}

static void ask(struct analysis *x, enum recovery_time time)
{
    struct heap h = {.arena = x->arena};
    for (size_t i = 0; i < x->count; i++) {
        duration own = analysis_is(x, i, TYPE_ACTIVITY) ? recovery_own(x->nodes[i].record, time)
                                                        : DURATION_NONE;
        x->nodes[i].asked[time] =
            (struct asked){own, own == DURATION_NONE ? NODE_NONE : i, NODE_NONE};
        if (own != DURATION_NONE)
            heap_put(&h, own, i);
    }
    while (h.count != 0) {
        struct waiting w = heap_take(&h);
        if (w.time == x->nodes[w.node].asked[time].value)
            pass_on(x, &h, w.node, time);
    }
}

/* An activity that others need sooner than it says itself is as urgent as they are; of one
 * without any time nobody can say that it may wait. */
static void prioritise(struct analysis *x)
{
    duration limit = model_limit_duration(x->model, LIMITS_CRITICAL_RTO);
    for (size_t i = 0; i < x->count; i++) {
        duration rto = x->nodes[i].asked[TIME_RTO].value;
        x->nodes[i].is_prioritised = analysis_is(x, i, TYPE_ACTIVITY) &&
                                     rec_is_live(x->nodes[i].record) &&
                                     (rto == DURATION_NONE || rto <= limit);
    }
}

void analysis_asked(struct analysis *x)
{
    ask(x, TIME_RTO);
    ask(x, TIME_RPO);
    prioritise(x);
}
