/* derive/what_if: what happens when something is lost, and when it is back. */
#include "derive/what_if.h"

#include <assert.h>

#include "model/cover.h"

enum { WORD_BITS = 64 };

/* Nodes that have to be looked at (again), in the order of recovery.order. */
struct agenda {
    uint64_t *words;
    size_t word_count, first; /* no bit is set before this word */
};

/* One need as its used sees it. Small, and side by side for each used: all of a what-if is
 * walking over these. */
struct link {
    duration patience; /* 0 where no tolerance is recorded */
    uint32_t user, need;
    bool is_plain; /* stops its user, and nothing stands in */
};

struct what_if {
    const struct model *model;
    const struct recovery *r;
    enum spares spares;
    struct fate *fates;
    size_t *place;   /* of each node in r->order */
    size_t *touched; /* nodes whose fate is not FATE_RUNS, as they were met */
    bool *is_touched;
    size_t touched_count;
    struct link *links;             /* by used, those that matter */
    size_t *link_first;             /* where those of a node begin; one more at the end */
    size_t *spare_of;               /* by spare: needs in which it could stand in */
    size_t *spare_first;            /* where those of a node begin; one more at the end */
    const struct record **strategy; /* strategies for nodes, by node */
    size_t *strategy_first;
    bool *is_product;
    struct agenda agenda;
};

/* -- The agenda ------------------------------------------------------------------------------- */

static void agenda_put(struct what_if *w, size_t node)
{
    size_t place = w->place[node], word = place / WORD_BITS;
    w->agenda.words[word] |= (uint64_t)1 << (place % WORD_BITS);
    if (word < w->agenda.first)
        w->agenda.first = word;
}

/* The earliest in the order; NODE_NONE when all is done. */
static size_t agenda_take(struct what_if *w)
{
    struct agenda *g = &w->agenda;
    while (g->first < g->word_count && g->words[g->first] == 0)
        g->first++;
    if (g->first >= g->word_count)
        return NODE_NONE;
    size_t bit = (size_t)__builtin_ctzll(g->words[g->first]);
    g->words[g->first] &= g->words[g->first] - 1;
    return w->r->order[g->first * WORD_BITS + bit];
}

/* -- Opening ---------------------------------------------------------------------------------- */

/* Turns counts, one behind its place, into where each run begins. */
static void add_up(size_t *first, size_t count)
{
    for (size_t i = 0; i < count; i++)
        first[i + 1] += first[i];
}

/* How many of its spares, from the first on, keep the user going. */
static size_t spares_of(const struct what_if *w, const struct need *n)
{
    return w->spares == SPARES_ALL ? n->spare_count : n->at_hand_count;
}

static void index_links(struct what_if *w, struct arena *a)
{
    const struct recovery *r = w->r;
    size_t count = 0;
    w->links = NEW_ARRAY(a, struct link, r->need_count + 1);
    w->link_first = NEW_ARRAY(a, size_t, r->count + 1);
    for (size_t i = 0; i < r->count; i++) {
        for (size_t k = 0; k < r->nodes[i].user_count; k++) {
            size_t number = r->nodes[i].users[k];
            const struct need *n = &r->needs[number];
            if (need_matters(n))
                w->links[count++] =
                    (struct link){.patience = n->tolerance == DURATION_NONE ? 0 : n->tolerance,
                                  .user = (uint32_t)n->user,
                                  .need = (uint32_t)number,
                                  .is_plain = n->loss == LOSS_STOPS && spares_of(w, n) == 0};
        }
        w->link_first[i + 1] = count;
    }
}

static void index_spares(struct what_if *w, struct arena *a)
{
    const struct recovery *r = w->r;
    w->spare_first = NEW_ARRAY(a, size_t, r->count + 1);
    for (size_t i = 0; i < r->need_count; i++)
        for (size_t k = 0; k < spares_of(w, &r->needs[i]); k++)
            w->spare_first[r->needs[i].spares[k] + 1]++;
    add_up(w->spare_first, r->count);
    size_t *next = NEW_ARRAY(a, size_t, r->count + 1);
    w->spare_of = NEW_ARRAY(a, size_t, w->spare_first[r->count] + 1);
    for (size_t i = 0; i < r->need_count; i++)
        for (size_t k = 0; k < spares_of(w, &r->needs[i]); k++) {
            size_t spare = r->needs[i].spares[k];
            w->spare_of[w->spare_first[spare] + next[spare]++] = i;
        }
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
        for (size_t k = 0; is_ready(w->model, list->items[i]) && k < count; k++) {
            size_t node = v[k].state == FV_PRESENT && v[k].record != NULL
                              ? recovery_number(w->model, v[k].record)
                              : NODE_NONE;
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

struct what_if *what_if_open(struct arena *a, const struct model *m, enum spares spares)
{
    struct what_if *w = NEW(a, struct what_if);
    const struct recovery *r = m->recovery;
    assert(r != NULL);
    size_t words = r->count / WORD_BITS + 1;
    *w = (struct what_if){.model = m, .r = r, .spares = spares};
    w->fates = NEW_ARRAY(a, struct fate, r->count + 1);
    w->place = NEW_ARRAY(a, size_t, r->count + 1);
    w->touched = NEW_ARRAY(a, size_t, r->count + 1);
    w->is_touched = NEW_ARRAY(a, bool, r->count + 1);
    w->agenda = (struct agenda){NEW_ARRAY(a, uint64_t, words), words, words};
    w->is_product = NEW_ARRAY(a, bool, r->count + 1);
    for (size_t i = 0; i < r->count; i++) {
        w->place[r->order[i]] = i;
        w->fates[i] = untouched;
        w->is_product[i] = r->nodes[i].record->type->number == TYPE_PRODUCT;
    }
    index_links(w, a);
    index_spares(w, a);
    index_strategies(w, a);
    return w;
}

/* -- What stops ------------------------------------------------------------------------------- */

static bool is_gone(const struct what_if *w, size_t node)
{
    return w->fates[node].stops_at != NEVER;
}

/* When neither it nor a spare is there any more; NEVER and the spare that is left. */
static duration gone_at(const struct what_if *w, const struct need *n, size_t *spare)
{
    duration at = w->fates[n->used].stops_at;
    *spare = NODE_NONE;
    for (size_t i = 0; i < spares_of(w, n); i++) {
        duration other = w->fates[n->spares[i]].stops_at;
        if (other == NEVER) {
            *spare = n->spares[i];
            return NEVER;
        }
        at = other > at ? other : at;
    }
    return at;
}

static void touch(struct what_if *w, size_t node)
{
    if (!w->is_touched[node])
        w->touched[w->touched_count++] = node;
    w->is_touched[node] = true;
}

/* What changes may change its users in turn. */
static void change(struct what_if *w, size_t node)
{
    touch(w, node);
    agenda_put(w, node);
}

/* Of a node that stops nobody asks any more with what it went on. */
static void degrade(struct what_if *w, const struct need *n, duration at, size_t spare)
{
    struct fate *f = &w->fates[n->user];
    bool is_sooner = at < f->degrades_at, is_other = f->via == n->used && f->spare != spare;
    if (f->stops_at != NEVER || !(is_sooner || (at == f->degrades_at && is_other)))
        return;
    f->kind = spare != NODE_NONE ? FATE_SPARE : FATE_DEGRADES;
    f->degrades_at = at;
    f->via = n->used;
    f->spare = spare;
    change(w, n->user);
}

static void stop(struct what_if *w, size_t user, duration at, size_t via)
{
    struct fate *f = &w->fates[user];
    if (at >= f->stops_at)
        return;
    f->kind = FATE_STOPS;
    f->stops_at = at;
    f->via = via;
    f->spare = NODE_NONE;
    change(w, user);
}

/* What the loss of the used, or of what stands in for it, does to the user. */
static void suffer(struct what_if *w, const struct need *n, duration patience)
{
    size_t spare;
    const struct fate *used = &w->fates[n->used];
    if (used->stops_at == NEVER) {
        if (used->degrades_at != NEVER && w->is_product[n->user])
            degrade(w, n, used->degrades_at, NODE_NONE);
        return;
    }
    if (n->loss == LOSS_DEGRADES) {
        degrade(w, n, used->stops_at + patience, NODE_NONE);
        return;
    }
    duration at = gone_at(w, n, &spare);
    if (at == NEVER)
        degrade(w, n, used->stops_at, spare);
    else
        stop(w, n->user, at + patience, n->used);
}

/* Who has stopped before cannot stop sooner through what is lost only now. */
static void pass_on(struct what_if *w, size_t node)
{
    duration now = w->fates[node].stops_at;
    for (size_t i = w->link_first[node]; i < w->link_first[node + 1]; i++) {
        const struct link *l = &w->links[i];
        if (w->fates[l->user].stops_at <= now && now != NEVER)
            continue;
        if (l->is_plain && now != NEVER)
            stop(w, l->user, now + l->patience, node);
        else
            suffer(w, &w->r->needs[l->need], l->patience);
    }
}

static void pass_on_as_spare(struct what_if *w, size_t node)
{
    for (size_t i = w->spare_first[node]; i < w->spare_first[node + 1]; i++) {
        const struct need *n = &w->r->needs[w->spare_of[i]];
        if (need_matters(n))
            suffer(w, n, n->tolerance == DURATION_NONE ? 0 : n->tolerance);
    }
}

/* Times only come nearer, so this ends. */
static void spread(struct what_if *w)
{
    for (size_t node; (node = agenda_take(w)) != NODE_NONE;) {
        pass_on(w, node);
        pass_on_as_spare(w, node);
    }
}

/* -- When it is back -------------------------------------------------------------------------- */

static bool strategy_is_lost(const struct what_if *w, const struct record *strategy)
{
    size_t count;
    const struct field_value *v = rec_items(strategy, STRATEGY_RESOURCES, &count);
    for (size_t i = 0; i < count; i++) {
        size_t node = v[i].state == FV_PRESENT && v[i].record != NULL
                          ? recovery_number(w->model, v[i].record)
                          : NODE_NONE;
        if (node != NODE_NONE && is_gone(w, node))
            return true;
    }
    return false;
}

static void back_by_strategy(const struct what_if *w, size_t node, struct fate *f)
{
    for (size_t i = w->strategy_first[node]; i < w->strategy_first[node + 1]; i++) {
        const struct record *s = w->strategy[i];
        duration at = f->stops_at + rec_duration(s, STRATEGY_MEETS_RTO);
        bool is_sooner = f->unknown != NODE_NONE || f->back_at == DURATION_NONE || at < f->back_at;
        if (!is_sooner || strategy_is_lost(w, s))
            continue;
        f->back_at = at;
        f->back_by = s;
        f->unknown = NODE_NONE;
    }
}

static void wait_for(struct fate *f, duration at, const struct record *by, size_t unknown)
{
    if (at != DURATION_NONE && at > f->back_at) {
        f->back_at = at;
        f->back_by = by;
    }
    if (f->unknown == NODE_NONE)
        f->unknown = unknown;
}

/* The RTO of an activity says when it must be back, not that it will be. */
static void wait_for_own(const struct what_if *w, size_t node, struct fate *f)
{
    const struct record *r = w->r->nodes[node].record;
    bool is_activity = r->type->number == TYPE_ACTIVITY;
    duration own = is_activity ? DURATION_NONE : recovery_own(r, TIME_RTO);
    if (own != DURATION_NONE)
        wait_for(f, f->stops_at + own, r, NODE_NONE);
    else if (f->kind == FATE_LOST || recovery_commits(r, TIME_RTO))
        wait_for(f, DURATION_NONE, NULL, node);
}

/* Of the used and what can be brought in for it, the first that is known to be there. */
static void wait_for_one(const struct what_if *w, const struct need *n, struct fate *f)
{
    const struct fate *used = &w->fates[n->used];
    struct fate best = *used;
    for (size_t i = n->at_hand_count; i < n->spare_count; i++) {
        const struct record *spare = w->r->nodes[n->spares[i]].record;
        duration own = recovery_own(spare, TIME_RTO);
        if (own == DURATION_NONE || is_gone(w, n->spares[i]))
            continue;
        bool is_known = best.unknown == NODE_NONE && best.back_at != DURATION_NONE;
        if (is_known && best.back_at <= used->stops_at + own)
            continue;
        best.back_at = used->stops_at + own;
        best.back_by = spare;
        best.unknown = NODE_NONE;
    }
    wait_for(f, best.back_at, best.back_by, best.unknown);
}

static void wait_for_needs(const struct what_if *w, size_t node, struct fate *f)
{
    const struct node *n = &w->r->nodes[node];
    for (size_t i = 0; i < n->need_count; i++) {
        const struct need *need = &n->needs[i];
        size_t spare;
        if (need->loss == LOSS_STOPS && is_gone(w, need->used) && gone_at(w, need, &spare) != NEVER)
            wait_for_one(w, need, f);
    }
}

static void find_back(struct what_if *w)
{
    for (size_t i = 0; i < w->touched_count; i++)
        if (is_gone(w, w->touched[i]))
            agenda_put(w, w->touched[i]);
    for (size_t node; (node = agenda_take(w)) != NODE_NONE;) {
        struct fate f = w->fates[node], *known = &w->fates[node];
        f.back_at = DURATION_NONE;
        f.back_by = NULL;
        f.unknown = NODE_NONE;
        wait_for_own(w, node, &f);
        wait_for_needs(w, node, &f);
        back_by_strategy(w, node, &f);
        bool is_same_back = f.back_at == known->back_at &&
                            (f.unknown == NODE_NONE) == (known->unknown == NODE_NONE);
        *known = f;
        for (size_t i = 0; !is_same_back && i < w->r->nodes[node].user_count; i++) {
            size_t user = w->r->needs[w->r->nodes[node].users[i]].user;
            if (is_gone(w, user))
                agenda_put(w, user);
        }
    }
}

/* -- Asking ----------------------------------------------------------------------------------- */

static void forget(struct what_if *w)
{
    for (size_t i = 0; i < w->touched_count; i++) {
        w->fates[w->touched[i]] = untouched;
        w->is_touched[w->touched[i]] = false;
    }
    w->touched_count = 0;
}

/* Into the order of the analysis. */
static void sort_touched(struct what_if *w)
{
    for (size_t i = 0; i < w->touched_count; i++)
        agenda_put(w, w->touched[i]);
    w->touched_count = 0;
    for (size_t node; (node = agenda_take(w)) != NODE_NONE;)
        w->touched[w->touched_count++] = node;
}

void what_if_lose(struct what_if *w, const size_t *nodes, size_t count)
{
    forget(w);
    for (size_t i = 0; i < count; i++) {
        struct fate *f = &w->fates[nodes[i]];
        *f = untouched;
        f->kind = FATE_LOST;
        f->stops_at = f->degrades_at = 0;
        change(w, nodes[i]);
    }
    spread(w);
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
    if (f->back_at == DURATION_NONE || f->unknown != NODE_NONE)
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
    for (size_t i = 0; i < l->count; i++)
        if (l->nodes[i] == node)
            return;
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
        if (v[i].state == FV_PRESENT && v[i].record != NULL)
            add_record(&l, v[i].record);
    if (v == NULL && r->type->number != TYPE_SCENARIO)
        add_record(&l, r);
    *count = l.count;
    return l.nodes;
}
