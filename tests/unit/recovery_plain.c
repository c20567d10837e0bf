/* unit/recovery_plain: the recovery analysis in the plainest way, to compare with. */
#include "recovery_plain.h"

/* Round after round over all needs until nothing changes. */
void plain_asked(const struct recovery *r, duration *asked)
{
    for (size_t i = 0; i < r->count; i++)
        asked[i] = r->nodes[i].record->type->number == TYPE_ACTIVITY
                       ? recovery_own(r->nodes[i].record, TIME_RTO)
                       : INT64_MAX;
    for (size_t round = 0; round <= r->count; round++)
        for (size_t i = 0; i < r->need_count; i++) {
            const struct need *n = &r->needs[i];
            const struct record *user = r->nodes[n->user].record;
            bool is_activity = user->type->number == TYPE_ACTIVITY;
            duration patient = n->tolerance;
            if (n->loss == LOSS_MINOR || asked[n->user] == INT64_MAX)
                continue;
            if (n->loss == LOSS_DEGRADES && patient == DURATION_NONE)
                patient = is_activity ? rec_duration(user, ACTIVITY_MTPD) : INT64_MAX;
            duration value = patient > asked[n->user] ? patient : asked[n->user];
            if (value < asked[n->used])
                asked[n->used] = value;
        }
}

static void plain_reach(const struct recovery *r, bool *reached, size_t from)
{
    reached[from] = true;
    for (size_t round = 0; round <= r->count; round++)
        for (size_t i = 0; i < r->need_count; i++)
            if (r->needs[i].loss == LOSS_STOPS && reached[r->needs[i].user])
                reached[r->needs[i].used] = true;
}

/* A node can be its own reason only as one that others in its circle need. */
duration plain_able(struct arena *a, const struct recovery *r, size_t node)
{
    duration longest = DURATION_NONE;
    for (size_t i = 0; i < r->need_count; i++) {
        bool *reached = NEW_ARRAY(a, bool, r->count);
        if (r->needs[i].user != node || r->needs[i].loss != LOSS_STOPS)
            continue;
        plain_reach(r, reached, r->needs[i].used);
        for (size_t k = 0; k < r->count; k++)
            if (reached[k] && recovery_own(r->nodes[k].record, TIME_RTO) > longest)
                longest = recovery_own(r->nodes[k].record, TIME_RTO);
    }
    bool is_activity = r->nodes[node].record->type->number == TYPE_ACTIVITY;
    duration own = is_activity ? DURATION_NONE : recovery_own(r->nodes[node].record, TIME_RTO);
    return own > longest ? own : longest;
}

/* When nothing of the list is left, but for one that does not count. */
static duration list_stops(const struct spares *s, size_t but, const duration *stops)
{
    duration at = 0;
    for (size_t i = 0; i < s->count; i++)
        if (s->items[i] != but && stops[s->items[i]] > at)
            at = stops[s->items[i]];
    return at;
}

/* Of what is lost, stops is 0 before. */
void plain_stops(const struct recovery *r, bool all_spares, duration *stops)
{
    for (size_t round = 0; round <= r->count; round++)
        for (size_t i = 0; i < r->need_count; i++) {
            const struct need *n = &r->needs[i];
            duration at = stops[n->used], other = 0;
            if (n->moves)
                other = list_stops(&r->nodes[n->user].at_hand, n->used, stops);
            at = other > at ? other : at;
            if (all_spares && !n->is_fixed)
                other = list_stops(&r->nodes[n->used].brought_in, NODE_NONE, stops);
            at = other > at ? other : at;
            if (n->loss != LOSS_STOPS || at == NEVER)
                continue;
            at += n->tolerance == DURATION_NONE ? 0 : n->tolerance;
            if (at < stops[n->user])
                stops[n->user] = at;
        }
}

/* The sooner of a return and what comes instead of it. */
static struct plain_back relieved(struct plain_back back, duration other)
{
    if (other != DURATION_NONE && (back.is_unknown || back.value > other))
        return (struct plain_back){other, false};
    return back;
}

static duration plain_spare(const struct recovery *r, const struct need *n, const duration *stops)
{
    const struct spares *s = &r->nodes[n->used].brought_in;
    duration soonest = DURATION_NONE;
    for (size_t i = 0; i < s->count && !n->is_fixed; i++) {
        duration own = recovery_own(r->nodes[s->items[i]].record, TIME_RTO);
        if (own != DURATION_NONE && stops[s->items[i]] == NEVER &&
            (soonest == DURATION_NONE || stops[n->used] + own < soonest))
            soonest = stops[n->used] + own;
    }
    return soonest;
}

static duration plain_strategy(const struct model *m, size_t node, const duration *stops)
{
    const struct record_list *list = model_list(m, TYPE_STRATEGY);
    duration soonest = DURATION_NONE;
    for (size_t i = 0; i < list->count; i++) {
        size_t count;
        const struct field_value *v = rec_items(list->items[i], STRATEGY_RESOURCES, &count);
        duration at = stops[node] + rec_duration(list->items[i], STRATEGY_MEETS_RTO);
        bool helps =
            recovery_number(m, rec_items(list->items[i], STRATEGY_FOR, &(size_t){0})[0].record) ==
            node;
        for (size_t k = 0; k < count; k++)
            helps &= stops[recovery_number(m, v[k].record)] == NEVER;
        if (helps && (soonest == DURATION_NONE || at < soonest))
            soonest = at;
    }
    return soonest;
}

static struct plain_back plain_wait(const struct model *m, size_t node, bool is_lost,
                                    const duration *stops, const struct plain_back *backs)
{
    const struct recovery *r = m->recovery;
    const struct record *record = r->nodes[node].record;
    bool is_activity = record->type->number == TYPE_ACTIVITY;
    duration own = is_activity ? DURATION_NONE : recovery_own(record, TIME_RTO);
    struct plain_back back = {.value = DURATION_NONE};
    if (own != DURATION_NONE)
        back.value = stops[node] + own;
    else
        back.is_unknown = is_lost || recovery_commits(record, TIME_RTO);
    for (size_t i = 0; i < r->nodes[node].need_count; i++) {
        const struct need *n = &r->nodes[node].needs[i];
        duration other = n->moves ? list_stops(&r->nodes[node].at_hand, n->used, stops) : 0;
        if (n->loss != LOSS_STOPS || stops[n->used] == NEVER || other == NEVER)
            continue;
        struct plain_back one = relieved(backs[n->used], plain_spare(r, n, stops));
        back.value = one.value > back.value ? one.value : back.value;
        back.is_unknown |= one.is_unknown;
    }
    return relieved(back, plain_strategy(m, node, stops));
}

/* From nothing up, round after round, until nothing changes. */
void plain_backs(const struct model *m, const duration *stops, const bool *is_lost,
                 struct plain_back *backs)
{
    size_t count = m->recovery->count;
    for (size_t i = 0; i < count; i++)
        backs[i] = (struct plain_back){DURATION_NONE, false};
    for (size_t round = 0; round <= 2 * count; round++)
        for (size_t i = 0; i < count; i++)
            if (stops[i] != NEVER)
                backs[i] = plain_wait(m, i, is_lost[i], stops, backs);
}

size_t plain_count(const struct recovery *r, size_t lost, const duration *stops)
{
    size_t count = 0;
    for (size_t i = 0; i < r->count; i++)
        count += i != lost && stops[i] != NEVER && r->nodes[i].is_prioritised;
    return count;
}
