/* check/analysis/scope_test: whether what is in scope rests on what is not (SC2). */
#include "check/check_int.h"

#include "model/recovery.h"

/* One scope, spread over the graph of needs. */
struct scope_test {
    struct checker *c;
    const struct record *scope;
    bool *is_named, *is_excluded; /* by node: the scope names it; it excludes it */
    size_t *via;                  /* by node: through which user it is reached; itself: in scope */
    size_t *queue;
    size_t count;
    bool lists_sites, lists_technologies;
};

static void mark(const struct scope_test *t, bool *marks, const struct record *r)
{
    size_t node = r == NULL ? NODE_NONE : recovery_number(t->c->model, r);
    if (node != NODE_NONE)
        marks[node] = true;
}

static bool mark_all(const struct scope_test *t, bool *marks, enum field_id field)
{
    size_t count;
    const struct field_value *v = rec_items(t->scope, field, &count);
    for (size_t i = 0; i < count; i++)
        if (v[i].state == FV_PRESENT)
            mark(t, marks, v[i].record);
    return count != 0;
}

/* A unit brings its activities. Each unit is in one list of the scope, or two. */
static void mark_unit(const struct scope_test *t, bool *marks, const struct record *unit)
{
    for (size_t i = 0; i < unit->back_count; i++)
        if (unit->back[i].from->type->number == TYPE_ACTIVITY)
            mark(t, marks, unit->back[i].from);
}

static void mark_units(const struct scope_test *t)
{
    size_t count;
    const struct field_value *v = rec_items(t->scope, SCOPE_IN_UNITS, &count);
    for (size_t i = 0; i < count; i++)
        if (v[i].state == FV_PRESENT && v[i].record != NULL)
            mark_unit(t, t->is_named, v[i].record);
    v = rec_items(t->scope, SCOPE_EXCLUSIONS, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *what =
            v[i].state == FV_PRESENT ? rec_ref(v[i].record, EXCLUSION_WHAT) : NULL;
        if (what == NULL)
            continue;
        if (what->type->number == TYPE_UNIT)
            mark_unit(t, t->is_excluded, what);
        else
            mark(t, t->is_excluded, what);
    }
}

static void start(struct scope_test *t, size_t node)
{
    if (t->via[node] != NODE_NONE)
        return;
    t->via[node] = node;
    t->queue[t->count++] = node;
}

/* Live activities of units in scope, and those that a product in scope needs. */
static void start_all(struct scope_test *t)
{
    const struct recovery *r = t->c->model->recovery;
    for (size_t i = 0; i < r->count; i++) {
        const struct node *n = &r->nodes[i];
        bool is_product = n->record->type->number == TYPE_PRODUCT;
        bool is_activity = n->record->type->number == TYPE_ACTIVITY;
        if (!t->is_named[i] || t->is_excluded[i] || !rec_is_live(n->record))
            continue;
        if (is_activity)
            start(t, i);
        for (size_t k = 0; is_product && k < n->need_count; k++)
            start(t, n->needs[k].used);
    }
}

static void spread(struct scope_test *t)
{
    const struct recovery *r = t->c->model->recovery;
    for (size_t at = 0; at < t->count; at++) {
        size_t user = t->queue[at];
        for (size_t i = 0; i < r->nodes[user].need_count; i++) {
            const struct need *n = &r->nodes[user].needs[i];
            if (!need_matters(n) || t->via[n->used] != NODE_NONE)
                continue;
            t->via[n->used] = user;
            t->queue[t->count++] = n->used;
        }
    }
}

static str chain_to(const struct scope_test *t, size_t node)
{
    enum { CHAIN_LINKS_MAX = 12 };
    const struct recovery *r = t->c->model->recovery;
    str chain = r->nodes[node].record->id;
    for (int i = 0; i < CHAIN_LINKS_MAX && t->via[node] != node; i++) {
        node = t->via[node];
        chain = str_fmt(t->c->scratch, STR_FMT " → " STR_FMT, STR_ARG(r->nodes[node].record->id),
                        STR_ARG(chain));
    }
    return chain;
}

/* Nobody says that it is out; but who lists sites or technologies means to list all. */
static bool is_unscoped(const struct scope_test *t, size_t node)
{
    const struct record *r = t->c->model->recovery->nodes[node].record;
    if (t->is_named[node] || !rec_is_live(r))
        return false;
    switch (r->type->number) {
    case TYPE_SITE:
        return t->lists_sites;
    case TYPE_SERVICE:
        return t->lists_technologies;
    case TYPE_RESOURCE:
        return t->lists_technologies && str_eq(rec_text(r, RESOURCE_KIND), S("ict"));
    case TYPE_ACTIVITY:
        return t->via[node] != node;
    default:
        return false;
    }
}

static void report_outside(struct scope_test *t)
{
    for (size_t at = 0; at < t->count; at++) {
        size_t node = t->queue[at];
        const struct record *r = t->c->model->recovery->nodes[node].record;
        bool is_excluded = t->is_excluded[node] && t->via[node] != node;
        if (!is_excluded && !is_unscoped(t, node))
            continue;
        check_report(t->c, CHECK_RULE_OUTSIDE_SCOPE, t->scope,
                     check_place(t->scope, is_excluded ? SCOPE_EXCLUSIONS : COMMON_ID),
                     "what is in scope rests on '" STR_FMT "', which is %s: " STR_FMT,
                     STR_ARG(r->id), is_excluded ? "excluded" : "not in scope",
                     STR_ARG(chain_to(t, node)));
        diag_related(t->c->diags, r->id_span, "'" STR_FMT "' is here", STR_ARG(r->id));
    }
}

static void test(struct checker *c, const struct record *scope)
{
    size_t count = c->model->recovery->count;
    struct scope_test t = {.c = c,
                           .scope = scope,
                           .is_named = NEW_ARRAY(c->scratch, bool, count + 1),
                           .is_excluded = NEW_ARRAY(c->scratch, bool, count + 1),
                           .via = NEW_ARRAY(c->scratch, size_t, count + 1),
                           .queue = NEW_ARRAY(c->scratch, size_t, count + 1)};
    for (size_t i = 0; i < count; i++)
        t.via[i] = NODE_NONE;
    mark_all(&t, t.is_named, SCOPE_IN_PRODUCTS);
    t.lists_sites = mark_all(&t, t.is_named, SCOPE_IN_SITES);
    t.lists_technologies = mark_all(&t, t.is_named, SCOPE_IN_TECHNOLOGIES);
    mark_units(&t);
    start_all(&t);
    spread(&t);
    report_outside(&t);
}

void check_scope_test(struct checker *c)
{
    const struct record_list *list = model_list(c->model, TYPE_SCOPE);
    for (size_t i = 0; i < list->count; i++)
        if (rec_is_live(list->items[i]))
            test(c, list->items[i]);
}
