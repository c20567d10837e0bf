/* model/scope_view: a scope spread over what really depends on what. */
#include "model/scope_view.h"

#include <stdlib.h>

/* Each mark is the number of the last scope for which it was set, so that none must be cleared:
 * by node or, of units, by record->number. */
struct scope_marks {
    size_t run; /* number of the scope at hand, from 1 */
    size_t *named_in, *excluded_in, *reached_in;
    size_t *via;                /* by node; of those that are reached */
    size_t *named, named_count; /* nodes that the scope names */
    size_t *queue;
    size_t *unit_named_in, *unit_excluded_in, *unit_taken_in;
    const struct record **units; /* a unit and those below it, while they are gone through */
};

typedef void (*mark_node)(struct scope_marks *k, size_t node);

static void name(struct scope_marks *k, size_t node)
{
    if (k->named_in[node] == k->run)
        return;
    k->named_in[node] = k->run;
    k->named[k->named_count++] = node;
}

static void exclude(struct scope_marks *k, size_t node)
{
    k->excluded_in[node] = k->run;
}

static void mark(const struct scope_view *v, mark_node how, const struct record *r)
{
    size_t node = r == NULL ? NODE_NONE : recovery_number(v->model, r);
    if (node != NODE_NONE)
        how(v->marks, node);
}

static bool name_all(const struct scope_view *v, enum field_id field)
{
    size_t count;
    const struct field_value *items = rec_items(v->scope, field, &count);
    for (size_t i = 0; i < count; i++)
        if (items[i].state == FV_PRESENT)
            mark(v, name, items[i].record);
    return count != 0;
}

/* -- Units ------------------------------------------------------------------------------------ */

static const struct record *unit_of(const struct field_value *v)
{
    bool is_unit = field_target(v) != NULL && v->record->type->number == TYPE_UNIT;
    return is_unit ? v->record : NULL;
}

/* Excluded by one of the scope's exclusions; NULL: nothing that is known. */
static const struct record *excluded_by(const struct field_value *exclusion)
{
    return exclusion->state == FV_PRESENT ? rec_ref(exclusion->record, EXCLUSION_WHAT) : NULL;
}

static void mark_part(struct scope_view *v, mark_node how, const struct backlink *b, size_t *count)
{
    const struct scope_marks *k = v->marks;
    const struct record *r = b->from;
    if (r->type->number == TYPE_ACTIVITY && str_eq(b->field->key, S("unit")))
        mark(v, how, r);
    bool is_below = r->type->number == TYPE_UNIT && str_eq(b->field->key, S("parent"));
    if (is_below && k->unit_named_in[r->number] != k->run &&
        k->unit_excluded_in[r->number] != k->run)
        v->marks->units[(*count)++] = r;
}

/* A unit brings its parts, unless something nearer is said of them: below what is said each
 * unit is met once, and what goes in a circle hangs below nothing. */
static void mark_unit(struct scope_view *v, mark_node how, const struct record *unit)
{
    struct scope_marks *k = v->marks;
    size_t count = 1;
    if (k->unit_taken_in[unit->number] == k->run)
        return;
    k->unit_taken_in[unit->number] = k->run;
    k->units[0] = unit;
    for (size_t at = 0; at < count; at++) {
        for (size_t i = 0; i < k->units[at]->back_count; i++)
            mark_part(v, how, &k->units[at]->back[i], &count);
        v->steps += k->units[at]->back_count;
    }
}

/* What is both named and excluded is excluded: that was argued. */
static void mark_units(struct scope_view *v)
{
    struct scope_marks *k = v->marks;
    size_t count, left_out;
    const struct field_value *units = rec_items(v->scope, SCOPE_IN_UNITS, &count);
    const struct field_value *exclusions = rec_items(v->scope, SCOPE_EXCLUSIONS, &left_out);
    for (size_t i = 0; i < count; i++)
        if (unit_of(&units[i]) != NULL)
            k->unit_named_in[units[i].record->number] = k->run;
    for (size_t i = 0; i < left_out; i++) {
        const struct record *what = excluded_by(&exclusions[i]);
        if (what != NULL && what->type->number == TYPE_UNIT)
            k->unit_excluded_in[what->number] = k->run;
    }
    for (size_t i = 0; i < left_out; i++) {
        const struct record *what = excluded_by(&exclusions[i]);
        if (what != NULL && what->type->number == TYPE_UNIT)
            mark_unit(v, exclude, what);
        else
            mark(v, exclude, what);
    }
    for (size_t i = 0; i < count; i++)
        if (unit_of(&units[i]) != NULL)
            mark_unit(v, name, units[i].record);
}

/* -- What is reached -------------------------------------------------------------------------- */

static bool is_of(const struct scope_view *v, size_t node, enum type_id type)
{
    return v->model->recovery->nodes[node].record->type->number == type;
}

static void reach(struct scope_view *v, size_t node, size_t via)
{
    struct scope_marks *k = v->marks;
    if (k->reached_in[node] == k->run)
        return;
    k->reached_in[node] = k->run;
    k->via[node] = via;
    k->queue[v->reached_count++] = node;
}

static int by_number(const void *one, const void *other)
{
    size_t x = *(const size_t *)one, y = *(const size_t *)other;
    return x < y ? -1 : x > y;
}

/* Live activities of units in scope, and products in scope with what they need. */
static void start_all(struct scope_view *v)
{
    struct scope_marks *k = v->marks;
    const struct recovery *r = v->model->recovery;
    if (k->named_count != 0)
        qsort(k->named, k->named_count, sizeof *k->named, by_number);
    for (size_t i = 0; i < k->named_count; i++) {
        size_t node = k->named[i];
        if (k->excluded_in[node] != k->run && rec_is_live(r->nodes[node].record) &&
            (is_of(v, node, TYPE_ACTIVITY) || is_of(v, node, TYPE_PRODUCT)))
            reach(v, node, node);
    }
}

/* What lies behind something that is left out is left out with it. */
static void spread(struct scope_view *v)
{
    const struct scope_marks *k = v->marks;
    const struct recovery *r = v->model->recovery;
    for (size_t at = 0; at < v->reached_count; at++) {
        size_t user = k->queue[at];
        v->steps++;
        if (k->excluded_in[user] == k->run)
            continue;
        for (size_t i = 0; i < r->nodes[user].need_count; i++)
            if (need_matters(&r->nodes[user].needs[i]))
                reach(v, r->nodes[user].needs[i].used, user);
        v->steps += r->nodes[user].need_count;
    }
}

void scope_view_spread(struct scope_view *v, const struct record *scope)
{
    v->scope = scope;
    v->marks->run++;
    v->marks->named_count = v->reached_count = 0;
    name_all(v, SCOPE_IN_PRODUCTS);
    v->lists_sites = name_all(v, SCOPE_IN_SITES);
    v->lists_technologies = name_all(v, SCOPE_IN_TECHNOLOGIES);
    mark_units(v);
    start_all(v);
    spread(v);
}

struct scope_view scope_view_open(struct arena *a, const struct model *m)
{
    size_t nodes = m->recovery->count + 1, units = model_list(m, TYPE_UNIT)->count + 1;
    struct scope_marks *k = NEW(a, struct scope_marks);
    *k = (struct scope_marks){.named_in = NEW_ARRAY(a, size_t, nodes),
                              .excluded_in = NEW_ARRAY(a, size_t, nodes),
                              .reached_in = NEW_ARRAY(a, size_t, nodes),
                              .via = NEW_ARRAY(a, size_t, nodes),
                              .named = NEW_ARRAY(a, size_t, nodes),
                              .queue = NEW_ARRAY(a, size_t, nodes),
                              .unit_named_in = NEW_ARRAY(a, size_t, units),
                              .unit_excluded_in = NEW_ARRAY(a, size_t, units),
                              .unit_taken_in = NEW_ARRAY(a, size_t, units),
                              .units = NEW_ARRAY(a, const struct record *, units)};
    return (struct scope_view){.model = m, .reached = k->queue, .marks = k};
}

size_t scope_via(const struct scope_view *v, size_t node)
{
    const struct scope_marks *k = v->marks;
    return k->reached_in[node] == k->run ? k->via[node] : NODE_NONE;
}

/* -- What that says of a node ----------------------------------------------------------------- */

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
    const struct scope_marks *k = v->marks;
    size_t via = scope_via(v, node);
    if (k->excluded_in[node] == k->run && via != node)
        return SCOPE_EXCLUDED;
    if (k->named_in[node] == k->run || via == node)
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
    for (int i = 0; i < CHAIN_LINKS_MAX && scope_via(v, node) != node; i++) {
        node = scope_via(v, node);
        chain =
            str_fmt(a, STR_FMT " → " STR_FMT, STR_ARG(r->nodes[node].record->id), STR_ARG(chain));
    }
    return chain;
}
