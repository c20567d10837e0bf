/* derive/what_if: what happens when something is lost, and when it is back. */
#include "derive/what_if.h"

#include <assert.h>
#include <stdlib.h>

#include "derive/heap_int.h"
#include "derive/links_int.h"
#include "model/cover.h"

/* What happens to a node, as it stands in the heap beside its time. */
enum event { EVENT_STOPS, EVENT_DEGRADES, EVENTS };

/* When something else ends a stop; DURATION_NONE: nothing does. */
struct relief {
    duration at;
    const struct record *by;
    bool is_known; /* it has been worked out for this loss */
};

struct what_if {
    const struct model *model;
    const struct recovery *r;
    struct links links;
    struct fate *fates;
    bool *is_settled;  /* by node: its stop has been passed on */
    size_t *hand_left; /* by node: what it has at hand and what does not stop */
    size_t *place;     /* of each node in r->order */
    size_t *touched;   /* nodes whose fate is not FATE_RUNS, as they were met */
    bool *is_touched;
    size_t touched_count;
    size_t reach_max, settled_count;
    bool is_cut;
    struct heap heap;
    const struct record **strategy; /* strategies for nodes, by node */
    size_t *strategy_first;
    struct relief *solved, *replaced; /* by node: by a strategy; by what is brought in */
    size_t *asked_in;    /* by number of the strategy: the last loss in which it was looked at */
    bool *strategy_lost; /* then */
    size_t loss;         /* number of the one at hand, from 1 */
    size_t *queue;
};

/* -- Opening ---------------------------------------------------------------------------------- */

/* Turns counts, one behind its place, into where each run begins. */
static void add_up(size_t *first, size_t count)
{
    for (size_t i = 0; i < count; i++)
        first[i + 1] += first[i];
}

/* Chosen, in place, and good for something while the loss lasts. */
static bool is_ready(const struct model *m, const struct record *s)
{
    date since = rec_date(s, STRATEGY_IMPLEMENTED_ON);
    return rec_is_live(s) && str_eq(rec_text(s, STRATEGY_DECISION), S("selected")) &&
           !str_eq(rec_text(s, STRATEGY_PHASE), S("before")) && rec_has(s, STRATEGY_MEETS_RTO) &&
           since != DATE_NONE && (m->as_of == DATE_NONE || since <= m->as_of);
}

/* Calls it for each node that a strategy is for. */
static void each_strategy(const struct what_if *w, void *self,
                          void (*visit)(const struct what_if *w, void *self, size_t node,
                                        const struct record *strategy))
{
    const struct record_list *list = model_list(w->model, TYPE_STRATEGY);
    for (size_t i = 0; i < list->count; i++) {
        size_t count;
        const struct field_value *v = rec_items(list->items[i], STRATEGY_FOR, &count);
        if (!is_ready(w->model, list->items[i]))
            continue;
        for (size_t k = 0; k < count; k++) {
            size_t node =
                field_target(&v[k]) != NULL ? recovery_number(w->model, v[k].record) : NODE_NONE;
            if (node != NODE_NONE)
                visit(w, self, node, list->items[i]);
        }
    }
}

static void count_strategy(const struct what_if *w, void *self, size_t node,
                           const struct record *strategy)
{
    (void)self, (void)strategy;
    w->strategy_first[node + 1]++;
}

static void put_strategy(const struct what_if *w, void *self, size_t node,
                         const struct record *strategy)
{
    size_t *next = self;
    w->strategy[w->strategy_first[node] + next[node]++] = strategy;
}

static void index_strategies(struct what_if *w, struct arena *a)
{
    w->strategy_first = NEW_ARRAY(a, size_t, w->r->count + 1);
    each_strategy(w, NULL, count_strategy);
    add_up(w->strategy_first, w->r->count);
    w->strategy = NEW_ARRAY(a, const struct record *, w->strategy_first[w->r->count] + 1);
    each_strategy(w, NEW_ARRAY(a, size_t, w->r->count + 1), put_strategy);
}

static const struct fate untouched = {
    .stops_at = NEVER,
    .degrades_at = NEVER,
    .via = NODE_NONE,
    .spare = NODE_NONE,
    .back_at = DURATION_NONE,
    .unknown = NODE_NONE,
};

struct what_if *what_if_open(struct arena *a, const struct model *m, size_t reach_max)
{
    struct what_if *w = NEW(a, struct what_if);
    const struct recovery *r = m->recovery;
    assert(r != NULL);
    size_t count = r->count + 1, strategies = model_list(m, TYPE_STRATEGY)->count + 1;
    *w = (struct what_if){.model = m,
                          .r = r,
                          .reach_max = reach_max,
                          .links = links_of(a, r),
                          .fates = NEW_ARRAY(a, struct fate, count),
                          .is_settled = NEW_ARRAY(a, bool, count),
                          .hand_left = NEW_ARRAY(a, size_t, count),
                          .place = NEW_ARRAY(a, size_t, count),
                          .touched = NEW_ARRAY(a, size_t, count),
                          .is_touched = NEW_ARRAY(a, bool, count),
                          .heap = {.arena = a},
                          .solved = NEW_ARRAY(a, struct relief, count),
                          .replaced = NEW_ARRAY(a, struct relief, count),
                          .asked_in = NEW_ARRAY(a, size_t, strategies),
                          .strategy_lost = NEW_ARRAY(a, bool, strategies),
                          .queue = NEW_ARRAY(a, size_t, count)};
    for (size_t i = 0; i < r->count; i++) {
        w->place[r->order[i]] = i;
        w->fates[i] = untouched;
        w->hand_left[i] = r->nodes[i].at_hand.count;
    }
    index_strategies(w, a);
    return w;
}

/* -- What stops ------------------------------------------------------------------------------- */

static bool is_gone(const struct what_if *w, size_t node)
{
    return w->fates[node].stops_at != NEVER;
}

/* Neither it nor what the user has at hand instead is there any more. */
static bool is_missed(const struct what_if *w, const struct need *n)
{
    return n->loss == LOSS_STOPS && is_gone(w, n->used) &&
           !(n->moves && w->hand_left[n->user] != 0);
}

static void touch(struct what_if *w, size_t node)
{
    if (!w->is_touched[node])
        w->touched[w->touched_count++] = node;
    w->is_touched[node] = true;
}

/* Of a node that stops nobody asks any more with what it went on. */
static void degrade(struct what_if *w, size_t user, duration at, size_t via, enum fate_kind kind)
{
    struct fate *f = &w->fates[user];
    if (f->stops_at != NEVER || at >= f->degrades_at)
        return;
    f->kind = kind;
    f->degrades_at = at;
    f->via = via;
    touch(w, user);
    heap_put(&w->heap, at, user * EVENTS + EVENT_DEGRADES);
}

static void stop(struct what_if *w, size_t user, duration at, size_t via)
{
    struct fate *f = &w->fates[user];
    if (at >= f->stops_at)
        return;
    f->kind = FATE_STOPS;
    f->stops_at = at;
    f->via = via;
    touch(w, user);
    heap_put(&w->heap, at, user * EVENTS + EVENT_STOPS);
}

/* The used is gone by now, or the last thing that stood in for it is. */
static void suffer(struct what_if *w, const struct need *n, duration now)
{
    duration patience = n->tolerance == DURATION_NONE ? 0 : n->tolerance;
    if (n->loss == LOSS_DEGRADES)
        degrade(w, n->user, now + patience, n->used, FATE_DEGRADES);
    else if (is_missed(w, n))
        stop(w, n->user, now + patience, n->used);
    else
        degrade(w, n->user, now, n->used, FATE_SPARE);
}

/* Whoever had it at hand has one thing less; what that missed by now counts when the last of
 * it is gone. */
static void pass_on_as_spare(struct what_if *w, size_t spare, duration now)
{
    for (size_t i = w->links.hand_first[spare]; i < w->links.hand_first[spare + 1]; i++) {
        const struct node *user = &w->r->nodes[w->links.hand_user[i]];
        if (--w->hand_left[w->links.hand_user[i]] != 0)
            continue;
        for (size_t k = 0; k < user->need_count; k++)
            if (user->needs[k].moves && w->is_settled[user->needs[k].used] &&
                need_matters(&user->needs[k]))
                suffer(w, &user->needs[k], now);
    }
}

static void pass_on_stop(struct what_if *w, size_t node, duration now)
{
    if (w->is_settled[node])
        return;
    w->is_settled[node] = true;
    w->settled_count++;
    pass_on_as_spare(w, node, now);
    for (size_t i = w->links.first[node]; i < w->links.first[node + 1]; i++)
        suffer(w, &w->r->needs[w->links.items[i].need], now);
}

/* To products only. */
static void pass_on_degradation(struct what_if *w, size_t node, duration now)
{
    if (w->fates[node].degrades_at != now || is_gone(w, node))
        return;
    for (size_t i = w->links.first[node]; i < w->links.first[node + 1]; i++) {
        size_t user = w->links.items[i].user;
        if (w->r->nodes[user].record->type->number == TYPE_PRODUCT)
            degrade(w, user, now, node, FATE_DEGRADES);
    }
}

/* What was not settled might yet be hit sooner than is known: nothing is said of it. */
static void cut_off(struct what_if *w, duration now)
{
    size_t kept = 0;
    w->is_cut = true;
    w->heap.count = 0;
    for (size_t i = 0; i < w->touched_count; i++) {
        size_t node = w->touched[i];
        struct fate *f = &w->fates[node];
        bool is_sure = f->kind == FATE_LOST || w->is_settled[node] ||
                       (f->stops_at == NEVER && f->degrades_at < now);
        if (is_sure) {
            w->touched[kept++] = node;
            continue;
        }
        *f = untouched;
        w->is_touched[node] = false;
    }
    w->touched_count = kept;
}

/* What is settled later is no sooner, so each node is settled once. */
static void spread(struct what_if *w, size_t lost_count)
{
    size_t most = w->reach_max < SIZE_MAX - lost_count ? w->reach_max + lost_count : SIZE_MAX;
    while (w->heap.count != 0) {
        struct waiting next = heap_take(&w->heap);
        size_t node = next.node / EVENTS;
        if (next.node % EVENTS == EVENT_DEGRADES) {
            pass_on_degradation(w, node, next.time);
        } else if (w->settled_count < most || w->is_settled[node]) {
            pass_on_stop(w, node, next.time);
        } else {
            cut_off(w, next.time);
            return;
        }
    }
}

/* The first of what it has at hand that is left. */
static void name_spare(struct what_if *w, size_t node)
{
    const struct spares *at_hand = &w->r->nodes[node].at_hand;
    size_t i = 0;
    while (i < at_hand->count && is_gone(w, at_hand->items[i]))
        i++;
    w->fates[node].spare = i < at_hand->count ? at_hand->items[i] : NODE_NONE;
}

/* -- What ends a stop sooner ------------------------------------------------------------------ */

static bool strategy_is_lost(const struct what_if *w, const struct record *strategy)
{
    size_t count;
    const struct field_value *v = rec_items(strategy, STRATEGY_RESOURCES, &count);
    for (size_t i = 0; i < count; i++) {
        size_t node =
            field_target(&v[i]) != NULL ? recovery_number(w->model, v[i].record) : NODE_NONE;
        if (node != NODE_NONE && is_gone(w, node))
            return true;
    }
    return false;
}

static bool is_of_use(struct what_if *w, const struct record *strategy)
{
    if (w->asked_in[strategy->number] != w->loss)
        w->strategy_lost[strategy->number] = strategy_is_lost(w, strategy);
    w->asked_in[strategy->number] = w->loss;
    return !w->strategy_lost[strategy->number];
}

static void relieve(struct relief *r, duration at, const struct record *by)
{
    if (r->at == DURATION_NONE || at < r->at)
        *r = (struct relief){at, by, true};
}

/* The whole of it, by the soonest strategy that is not lost itself. */
static const struct relief *solved(struct what_if *w, size_t node)
{
    struct relief *r = &w->solved[node];
    if (r->is_known)
        return r;
    *r = (struct relief){DURATION_NONE, NULL, true};
    for (size_t i = w->strategy_first[node]; i < w->strategy_first[node + 1]; i++)
        if (is_of_use(w, w->strategy[i]))
            relieve(r, w->fates[node].stops_at + rec_duration(w->strategy[i], STRATEGY_MEETS_RTO),
                    w->strategy[i]);
    return r;
}

/* For those who need it, by the soonest of what can be brought in. */
static const struct relief *replaced(struct what_if *w, const struct need *n)
{
    static const struct relief nothing = {DURATION_NONE, NULL, true};
    struct relief *r = &w->replaced[n->used];
    const struct spares *spares = &w->r->nodes[n->used].brought_in;
    if (n->is_fixed)
        return &nothing;
    if (r->is_known)
        return r;
    *r = nothing;
    for (size_t i = 0; i < spares->count; i++) {
        const struct record *spare = w->r->nodes[spares->items[i]].record;
        duration own = recovery_own(spare, TIME_RTO);
        if (own != DURATION_NONE && !is_gone(w, spares->items[i]))
            relieve(r, w->fates[n->used].stops_at + own, spare);
    }
    return r;
}

/* -- When it is back -------------------------------------------------------------------------- */

static bool is_relief(const struct relief *r)
{
    return r->at != DURATION_NONE;
}

/* The RTO of an activity says when it must be back, not that it will be. */
static duration commits_to(const struct what_if *w, size_t node)
{
    const struct record *r = w->r->nodes[node].record;
    return r->type->number == TYPE_ACTIVITY ? DURATION_NONE : recovery_own(r, TIME_RTO);
}

static bool is_silent(const struct what_if *w, size_t node)
{
    return commits_to(w, node) == DURATION_NONE &&
           (w->fates[node].kind == FATE_LOST ||
            recovery_commits(w->r->nodes[node].record, TIME_RTO));
}

/* A node waits at least so long; a strategy for it may be sooner. */
static void wait_for(struct what_if *w, size_t node, duration at, const struct record *by)
{
    const struct relief *r = solved(w, node);
    struct fate *f = &w->fates[node];
    if (is_relief(r) && r->at < at) {
        at = r->at;
        by = r->by;
    }
    if (at <= f->back_at)
        return; /* DURATION_NONE is below every time */
    f->back_at = at;
    f->back_by = by;
    heap_put(&w->heap, -at, node);
}

/* Nobody says when what it waits for is back: then a strategy for it, if there is one. */
static void wait_in_vain(struct what_if *w, size_t node, size_t unknown, size_t *count)
{
    const struct relief *r = solved(w, node);
    if (is_relief(r)) {
        wait_for(w, node, r->at, r->by);
    } else if (w->fates[node].unknown == NODE_NONE) {
        w->fates[node].unknown = unknown;
        w->queue[(*count)++] = node;
    }
}

/* From what commits to nothing up to all that wait for it and have nothing instead. */
static void spread_unknown(struct what_if *w)
{
    size_t count = 0;
    for (size_t i = 0; i < w->touched_count; i++)
        if (is_gone(w, w->touched[i]) && is_silent(w, w->touched[i]))
            wait_in_vain(w, w->touched[i], w->touched[i], &count);
    for (size_t at = 0; at < count; at++) {
        size_t used = w->queue[at];
        for (size_t i = w->links.first[used]; i < w->links.first[used + 1]; i++) {
            const struct need *n = &w->r->needs[w->links.items[i].need];
            if (!is_missed(w, n))
                continue;
            const struct relief *r = replaced(w, n);
            if (is_relief(r))
                wait_for(w, n->user, r->at, r->by);
            else
                wait_in_vain(w, n->user, w->fates[used].unknown, &count);
        }
    }
}

static void spread_return(struct what_if *w, size_t used)
{
    const struct fate *f = &w->fates[used];
    for (size_t i = w->links.first[used]; i < w->links.first[used + 1]; i++) {
        const struct need *n = &w->r->needs[w->links.items[i].need];
        if (!is_missed(w, n))
            continue;
        const struct relief *r = replaced(w, n);
        bool is_sooner = is_relief(r) && r->at < f->back_at;
        wait_for(w, n->user, is_sooner ? r->at : f->back_at, is_sooner ? r->by : f->back_by);
    }
}

static void find_back(struct what_if *w)
{
    spread_unknown(w);
    for (size_t i = 0; i < w->touched_count; i++) {
        size_t node = w->touched[i];
        duration own = is_gone(w, node) ? commits_to(w, node) : DURATION_NONE;
        if (own != DURATION_NONE)
            wait_for(w, node, w->fates[node].stops_at + own, w->r->nodes[node].record);
    }
    while (w->heap.count != 0) {
        struct waiting next = heap_take(&w->heap);
        if (w->fates[next.node].back_at == -next.time)
            spread_return(w, next.node);
    }
}

/* -- Asking ----------------------------------------------------------------------------------- */

static void forget(struct what_if *w)
{
    for (size_t i = 0; i < w->touched_count; i++) {
        size_t node = w->touched[i];
        for (size_t k = w->links.hand_first[node];
             w->is_settled[node] && k < w->links.hand_first[node + 1]; k++)
            w->hand_left[w->links.hand_user[k]] = w->r->nodes[w->links.hand_user[k]].at_hand.count;
        w->fates[node] = untouched;
        w->is_touched[node] = w->is_settled[node] = false;
        w->solved[node].is_known = w->replaced[node].is_known = false;
    }
    w->touched_count = w->settled_count = 0;
    w->is_cut = false;
    w->loss++;
}

static int by_size(const void *one, const void *other)
{
    size_t x = *(const size_t *)one, y = *(const size_t *)other;
    return x < y ? -1 : x > y;
}

/* Into the order of the analysis. */
static void sort_touched(struct what_if *w)
{
    for (size_t i = 0; i < w->touched_count; i++)
        w->touched[i] = w->place[w->touched[i]];
    qsort(w->touched, w->touched_count, sizeof *w->touched, by_size);
    for (size_t i = 0; i < w->touched_count; i++)
        w->touched[i] = w->r->order[w->touched[i]];
}

void what_if_lose(struct what_if *w, const size_t *nodes, size_t count)
{
    forget(w);
    for (size_t i = 0; i < count; i++) {
        stop(w, nodes[i], 0, NODE_NONE);
        w->fates[nodes[i]].kind = FATE_LOST;
        w->fates[nodes[i]].degrades_at = 0;
    }
    spread(w, count);
    for (size_t i = 0; i < w->touched_count; i++)
        if (w->fates[w->touched[i]].kind == FATE_SPARE)
            name_spare(w, w->touched[i]);
}

void what_if_work_out(struct what_if *w)
{
    sort_touched(w);
    find_back(w);
}

const struct fate *what_if_fate(const struct what_if *w, size_t node)
{
    assert(node < w->r->count);
    return &w->fates[node];
}

bool what_if_is_cut(const struct what_if *w)
{
    return w->is_cut;
}

const size_t *what_if_affected(const struct what_if *w, size_t *count)
{
    *count = w->touched_count;
    return w->touched;
}

static duration deadline(const struct fate *f, duration within)
{
    return within == DURATION_NONE || f->stops_at == NEVER ? NEVER : f->stops_at + within;
}

duration what_if_rto_at(const struct what_if *w, size_t node)
{
    return deadline(&w->fates[node], w->r->nodes[node].asked[TIME_RTO].value);
}

duration what_if_mtpd_at(const struct what_if *w, size_t node)
{
    const struct record *r = w->r->nodes[node].record;
    assert(r->type->number == TYPE_ACTIVITY);
    return deadline(&w->fates[node], rec_duration(r, ACTIVITY_MTPD));
}

enum verdict what_if_verdict(const struct what_if *w, size_t node)
{
    const struct fate *f = &w->fates[node];
    duration rto = what_if_rto_at(w, node), mtpd = what_if_mtpd_at(w, node);
    if (f->back_at != DURATION_NONE && f->back_at > mtpd)
        return VERDICT_PASSES_MTPD;
    if (f->back_at != DURATION_NONE && f->back_at > rto)
        return VERDICT_PASSES_RTO;
    if (f->back_at == DURATION_NONE || f->unknown != NODE_NONE || w->is_cut)
        return VERDICT_UNKNOWN;
    if (f->back_at <= f->stops_at && f->stops_at != 0)
        return VERDICT_NO_STOP;
    return rto != NEVER ? VERDICT_IN_TIME : VERDICT_UNKNOWN;
}

/* -- What is lost with a record --------------------------------------------------------------- */

struct losses {
    struct arena *arena;
    const struct model *model;
    size_t *nodes, count, cap;
};

static void add_loss(struct losses *l, const struct record *r)
{
    size_t node = r == NULL ? NODE_NONE : recovery_number(l->model, r);
    if (node != NODE_NONE)
        PUSH(l->arena, l->nodes, l->count, l->cap, size_t) = node;
}

/* With the units below it. */
static void add_unit(struct losses *l, const struct record *unit)
{
    const struct record_list *list = model_list(l->model, TYPE_ACTIVITY);
    for (size_t i = 0; i < list->count; i++) {
        struct cover units = units_of(l->arena, list->items[i]);
        for (size_t k = 0; k < units.count; k++)
            if (units.items[k] == unit && rec_is_live(list->items[i]))
                add_loss(l, list->items[i]);
    }
}

static void add_record(struct losses *l, const struct record *r)
{
    const struct record *holder = r->type->number == TYPE_ROLE ? rec_ref(r, ROLE_HOLDER) : NULL;
    if (r->type->number == TYPE_UNIT)
        add_unit(l, r);
    else
        add_loss(l, holder != NULL ? holder : r);
}

const size_t *what_if_nodes(struct arena *a, const struct model *m, const struct record *r,
                            size_t *count)
{
    struct losses l = {.arena = a, .model = m};
    size_t affected = 0;
    const struct field_value *v =
        r->type->number == TYPE_SCENARIO ? rec_items(r, SCENARIO_AFFECTS, &affected) : NULL;
    for (size_t i = 0; i < affected; i++)
        if (field_target(&v[i]) != NULL)
            add_record(&l, v[i].record);
    if (v == NULL && r->type->number != TYPE_SCENARIO)
        add_record(&l, r);
    *count = l.count;
    return l.nodes;
}
