/* form/table/scope_coverage: the scope against real operations (S0.05, S0.06). */
#include "form/table/system.h"

#include "base/map.h"
#include "form/table/cells.h"
#include "model/scope_view.h"

/* What somebody looks for first comes first. */
static const struct rank {
    enum scope_state state;
    bool is_needed, is_apart; /* of what is needed by others, of what is not */
    str words;
    enum tone tone;
} rank[] = {
    {SCOPE_EXCLUDED, true, false, S_INIT("Excluded, but needed"), TONE_BAD},
    {SCOPE_OUTSIDE, true, false, S_INIT("Needed, not in scope"), TONE_BAD},
    {SCOPE_EXCLUDED, false, true, S_INIT("Excluded"), TONE_MUTED},
    {SCOPE_IN, true, true, S_INIT("In scope"), TONE_GOOD},
    {SCOPE_NEEDED, true, false, S_INIT("Needed"), TONE_MUTED},
    {SCOPE_APART, false, true, S_INIT("Not needed"), TONE_MUTED},
};
enum { RANKS = COUNT_OF(rank) };

static bool is_shown(const struct record *r)
{
    switch (r->type->number) {
    case TYPE_PRODUCT:
    case TYPE_ACTIVITY:
    case TYPE_SITE:
    case TYPE_SERVICE:
    case TYPE_RESOURCE:
    case TYPE_SUPPLIER:
        return rec_is_live(r);
    default:
        return false;
    }
}

/* One scope while it is told. */
struct telling {
    struct arena *arena;
    const struct model *model;
    struct table *table;
    const struct scope_view *view;
    struct map exclusions; /* id → the first that names it */
    struct map units;      /* ids of those that the scope names */
};

static void take_scope(struct telling *k)
{
    size_t count;
    const struct field_value *v = rec_items(k->view->scope, SCOPE_EXCLUSIONS, &count);
    k->exclusions = map_in(k->arena);
    k->units = map_in(k->arena);
    for (size_t i = 0; i < count; i++) {
        const struct record *what =
            v[i].state == FV_PRESENT ? rec_ref(v[i].record, EXCLUSION_WHAT) : NULL;
        if (what != NULL)
            map_put(&k->exclusions, what->id, v[i].record);
    }
    v = rec_items(k->view->scope, SCOPE_IN_UNITS, &count);
    for (size_t i = 0; i < count; i++)
        if (field_target(&v[i]) != NULL)
            map_put(&k->units, v[i].record->id, v[i].record);
}

/* Of what an exclusion names, why it is left out. */
static struct cell rationale_of(const struct telling *k, const struct record *r)
{
    const struct record *exclusion = map_find(&k->exclusions, r->id);
    return exclusion != NULL ? cell_field(k->arena, exclusion, EXCLUSION_RATIONALE)
                             : (struct cell){0};
}

static void add_row(const struct telling *k, const struct record *r, str words, enum tone tone,
                    str chain)
{
    struct cell *cells = table_row(k->arena, k->table);
    cells[0] = cell_text(k->arena, r->id);
    cells[1] = cell_record(k->arena, r);
    cells[2] = cell_text(k->arena, r->type->singular);
    cells[3] = cell_chip(k->arena, words, tone);
    if (chain.n != 0)
        cells[4] = cell_text(k->arena, chain);
    cells[5] = rationale_of(k, r);
    cells[6] = cell_field(k->arena, k->view->scope, COMMON_ID);
}

static void add_rank(const struct telling *k, const struct rank *of)
{
    const struct recovery *recovery = k->model->recovery;
    for (size_t i = 0; i < recovery->count; i++) {
        const struct record *r = recovery->nodes[i].record;
        size_t via = scope_via(k->view, i);
        bool is_needed = via != NODE_NONE && via != i;
        if (is_shown(r) && scope_state_of(k->view, i) == of->state &&
            (is_needed ? of->is_needed : of->is_apart))
            add_row(k, r, of->words, of->tone,
                    is_needed ? scope_chain(k->arena, k->view, i) : S(""));
    }
}

static void add_units(const struct telling *k)
{
    const struct record_list *units = model_list(k->model, TYPE_UNIT);
    for (size_t i = 0; i < units->count; i++) {
        const struct record *r = units->items[i];
        bool is_excluded = rationale_of(k, r).count != 0;
        bool is_named = map_find(&k->units, r->id) != NULL;
        if (rec_is_live(r))
            add_row(k, r,
                    is_excluded ? S("Excluded")
                    : is_named  ? S("In scope")
                                : S("Not named"),
                    is_named && !is_excluded ? TONE_GOOD : TONE_MUTED, S(""));
    }
}

/* What is left out and is neither a unit nor anything that activities need: said all the same. */
static void add_others(const struct telling *k)
{
    size_t count;
    const struct field_value *items = rec_items(k->view->scope, SCOPE_EXCLUSIONS, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *r =
            items[i].state == FV_PRESENT ? rec_ref(items[i].record, EXCLUSION_WHAT) : NULL;
        if (r != NULL && r->type->number != TYPE_UNIT && recovery_number(k->model, r) == NODE_NONE)
            add_row(k, r, S("Excluded"), TONE_MUTED, S(""));
    }
}

static void add_scope(struct telling *k)
{
    take_scope(k);
    add_units(k);
    add_others(k);
    for (size_t i = 0; i < RANKS; i++)
        add_rank(k, &rank[i]);
}

/* Every scope is held against all there is; further scopes of a large house have no room. */
enum { HELD_MAX = 200 * 1000 };

static void add_scopes(struct telling *k, struct scope_view *v)
{
    const struct record_list *scopes = model_list(k->model, TYPE_SCOPE);
    size_t each = k->model->recovery->count + model_list(k->model, TYPE_UNIT)->count;
    size_t held = 0, left_out = 0;
    for (size_t i = 0; i < scopes->count; i++) {
        if (!rec_is_live(scopes->items[i]))
            continue;
        if (held != 0 && held + each > HELD_MAX) {
            left_out++;
            continue;
        }
        held += each;
        scope_view_spread(v, scopes->items[i]);
        add_scope(k);
    }
    if (left_out != 0)
        table_row(k->arena, k->table)[1] =
            cell_text(k->arena, str_fmt(k->arena, "%zu more %s no room in this list", left_out,
                                        left_out == 1 ? "scope has" : "scopes have"));
}

const struct table *scope_coverage(struct arena *a, const struct model *m)
{
    static const struct column column[] = {
        COLUMN("id", "ID", CODE),
        COLUMN("what", "What", TEXT),
        COLUMN("type", "Kind", TEXT),
        COLUMN("state", "Scope", CHIP),
        COLUMN("chain", "Needed through", TEXT),
        COLUMN("rationale", "Left out because", TEXT),
        COLUMN("scope", "By", CODE),
    };
    struct table *t = table_new(a, S("list-scope-test"), S("Scope against real operations"), column,
                                COUNT_OF(column));
    struct scope_view v = scope_view_open(a, m);
    add_scopes(&(struct telling){.arena = a, .model = m, .table = t, .view = &v}, &v);
    return t;
}
