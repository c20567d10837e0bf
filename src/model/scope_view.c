/* model/scope_view: a scope spread over what really depends on what. */
#include "model/scope_view.h"

/* The view while it grows. */
struct spreading {
    struct scope_view v;
    size_t *queue;
    size_t count;
};

static void mark(const struct spreading *t, bool *marks, const struct record *r)
{
    size_t node = r == NULL ? NODE_NONE : recovery_number(t->v.model, r);
    if (node != NODE_NONE)
        marks[node] = true;
}

static bool mark_all(const struct spreading *t, bool *marks, enum field_id field)
{
    size_t count;
    const struct field_value *v = rec_items(t->v.scope, field, &count);
    for (size_t i = 0; i < count; i++)
        if (v[i].state == FV_PRESENT)
            mark(t, marks, v[i].record);
    return count != 0;
}

enum unit_state { UNIT_APART, UNIT_NAMED, UNIT_EXCLUDED };

/* What the scope says of units, by record->number. Who is both is excluded: that was argued. */
static enum unit_state *units_of(const struct spreading *t, struct arena *a)
{
    size_t count, units = model_list(t->v.model, TYPE_UNIT)->count;
    enum unit_state *said = NEW_ARRAY(a, enum unit_state, units + 1);
    const struct field_value *v = rec_items(t->v.scope, SCOPE_IN_UNITS, &count);
    for (size_t i = 0; i < count; i++)
        if (v[i].state == FV_PRESENT && v[i].record != NULL &&
            v[i].record->type->number == TYPE_UNIT)
            said[v[i].record->number] = UNIT_NAMED;
    v = rec_items(t->v.scope, SCOPE_EXCLUSIONS, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *what =
            v[i].state == FV_PRESENT ? rec_ref(v[i].record, EXCLUSION_WHAT) : NULL;
        if (what != NULL && what->type->number == TYPE_UNIT)
            said[what->number] = UNIT_EXCLUDED;
        else
            mark(t, t->v.is_excluded, what);
    }
    return said;
}

/* A unit brings its parts, unless something nearer is said of them. */
static enum unit_state said_of(const struct spreading *t, const enum unit_state *said,
                               const struct record *unit)
{
    size_t steps = model_list(t->v.model, TYPE_UNIT)->count; /* units may go in a circle */
    while (unit != NULL && unit->type->number == TYPE_UNIT && steps-- != 0) {
        if (said[unit->number] != UNIT_APART)
            return said[unit->number];
        unit = rec_ref(unit, UNIT_PARENT);
    }
    return UNIT_APART;
}

static void mark_units(const struct spreading *t, struct arena *a)
{
    const enum unit_state *said = units_of(t, a);
    const struct record_list *list = model_list(t->v.model, TYPE_ACTIVITY);
    for (size_t i = 0; i < list->count; i++) {
        enum unit_state state = said_of(t, said, rec_ref(list->items[i], ACTIVITY_UNIT));
        if (state == UNIT_NAMED)
            mark(t, t->v.is_named, list->items[i]);
        else if (state == UNIT_EXCLUDED)
            mark(t, t->v.is_excluded, list->items[i]);
    }
}

static void start(struct spreading *t, size_t node)
{
    if (t->v.via[node] != NODE_NONE)
        return;
    t->v.via[node] = node;
    t->queue[t->count++] = node;
}

static bool is_of(const struct scope_view *v, size_t node, enum type_id type)
{
    return v->model->recovery->nodes[node].record->type->number == type;
}

/* Live activities of units in scope, and products in scope with what they need. */
static void start_all(struct spreading *t)
{
    const struct recovery *r = t->v.model->recovery;
    for (size_t i = 0; i < r->count; i++)
        if (t->v.is_named[i] && !t->v.is_excluded[i] && rec_is_live(r->nodes[i].record) &&
            (is_of(&t->v, i, TYPE_ACTIVITY) || is_of(&t->v, i, TYPE_PRODUCT)))
            start(t, i);
}

/* What lies behind something that is left out is left out with it. */
static void spread(struct spreading *t)
{
    const struct recovery *r = t->v.model->recovery;
    for (size_t at = 0; at < t->count; at++) {
        size_t user = t->queue[at];
        for (size_t i = 0; !t->v.is_excluded[user] && i < r->nodes[user].need_count; i++) {
            const struct need *n = &r->nodes[user].needs[i];
            if (!need_matters(n) || t->v.via[n->used] != NODE_NONE)
                continue;
            t->v.via[n->used] = user;
            t->queue[t->count++] = n->used;
        }
    }
}

struct scope_view model_scope_view(struct arena *a, const struct model *m,
                                   const struct record *scope)
{
    size_t count = m->recovery->count;
    struct spreading t = {.v = {.model = m,
                                .scope = scope,
                                .is_named = NEW_ARRAY(a, bool, count + 1),
                                .is_excluded = NEW_ARRAY(a, bool, count + 1),
                                .via = NEW_ARRAY(a, size_t, count + 1)},
                          .queue = NEW_ARRAY(a, size_t, count + 1)};
    for (size_t i = 0; i < count; i++)
        t.v.via[i] = NODE_NONE;
    mark_all(&t, t.v.is_named, SCOPE_IN_PRODUCTS);
    t.v.lists_sites = mark_all(&t, t.v.is_named, SCOPE_IN_SITES);
    t.v.lists_technologies = mark_all(&t, t.v.is_named, SCOPE_IN_TECHNOLOGIES);
    mark_units(&t, a);
    start_all(&t);
    spread(&t);
    t.v.reached = t.queue;
    t.v.reached_count = t.count;
    return t.v;
}

/* Who lists sites or technologies means to list all. */
static bool is_listed(const struct scope_view *v, const struct record *r)
{
    switch (r->type->number) {
    case TYPE_SITE:
        return v->lists_sites;
    case TYPE_SERVICE:
        return v->lists_technologies;
    case TYPE_RESOURCE:
        return v->lists_technologies && str_eq(rec_text(r, RESOURCE_KIND), S("ict"));
    case TYPE_ACTIVITY:
        return true;
    default:
        return false;
    }
}

enum scope_state scope_state_of(const struct scope_view *v, size_t node)
{
    const struct record *r = v->model->recovery->nodes[node].record;
    size_t via = v->via[node];
    if (v->is_excluded[node] && via != node)
        return SCOPE_EXCLUDED;
    if (v->is_named[node] || via == node)
        return SCOPE_IN;
    if (via == NODE_NONE)
        return SCOPE_APART;
    if (is_of(v, node, TYPE_ACTIVITY) && is_of(v, via, TYPE_PRODUCT))
        return SCOPE_IN;
    return is_listed(v, r) && rec_is_live(r) ? SCOPE_OUTSIDE : SCOPE_NEEDED;
}

str scope_chain(struct arena *a, const struct scope_view *v, size_t node)
{
    enum { CHAIN_LINKS_MAX = 12 };
    const struct recovery *r = v->model->recovery;
    str chain = r->nodes[node].record->id;
    for (int i = 0; i < CHAIN_LINKS_MAX && v->via[node] != node; i++) {
        node = v->via[node];
        chain =
            str_fmt(a, STR_FMT " → " STR_FMT, STR_ARG(r->nodes[node].record->id), STR_ARG(chain));
    }
    return chain;
}
