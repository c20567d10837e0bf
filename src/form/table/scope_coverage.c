/* form/table/scope_coverage: the scope against real operations (S0.05, S0.06). */
#include "form/table/system.h"

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
enum { RANKS = sizeof rank / sizeof *rank };

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

/* Of what an exclusion names, why it is left out. */
static struct cell rationale_of(struct arena *a, const struct record *scope, const struct record *r)
{
    size_t count;
    const struct field_value *v = rec_items(scope, SCOPE_EXCLUSIONS, &count);
    for (size_t i = 0; i < count; i++)
        if (v[i].state == FV_PRESENT && rec_ref(v[i].record, EXCLUSION_WHAT) == r)
            return cell_field(a, v[i].record, EXCLUSION_RATIONALE);
    return (struct cell){0};
}

static void add_row(struct arena *a, struct table *t, const struct scope_view *v,
                    const struct record *r, str words, enum tone tone, str chain)
{
    struct cell *cells = table_row(a, t);
    cells[0] = cell_text(a, r->id);
    cells[1] = cell_record(a, r);
    cells[2] = cell_text(a, r->type->singular);
    cells[3] = cell_chip(a, words, tone);
    if (chain.n != 0)
        cells[4] = cell_text(a, chain);
    cells[5] = rationale_of(a, v->scope, r);
    cells[6] = cell_field(a, v->scope, COMMON_ID);
}

static void add_rank(struct arena *a, const struct model *m, struct table *t,
                     const struct scope_view *v, const struct rank *k)
{
    for (size_t i = 0; i < m->recovery->count; i++) {
        const struct record *r = m->recovery->nodes[i].record;
        bool is_needed = v->via[i] != NODE_NONE && v->via[i] != i;
        if (is_shown(r) && scope_state_of(v, i) == k->state &&
            (is_needed ? k->is_needed : k->is_apart))
            add_row(a, t, v, r, k->words, k->tone, is_needed ? scope_chain(a, v, i) : S(""));
    }
}

static bool names(const struct record *scope, enum field_id field, const struct record *unit)
{
    size_t count;
    const struct field_value *v = rec_items(scope, field, &count);
    for (size_t i = 0; i < count; i++)
        if (v[i].state == FV_PRESENT && v[i].record == unit)
            return true;
    return false;
}

static void add_units(struct arena *a, const struct model *m, struct table *t,
                      const struct scope_view *v)
{
    const struct record_list *units = model_list(m, TYPE_UNIT);
    for (size_t i = 0; i < units->count; i++) {
        const struct record *r = units->items[i];
        bool is_excluded = rationale_of(a, v->scope, r).count != 0;
        bool is_named = names(v->scope, SCOPE_IN_UNITS, r);
        if (rec_is_live(r))
            add_row(a, t, v, r,
                    is_excluded ? S("Excluded")
                    : is_named  ? S("In scope")
                                : S("Not named"),
                    is_named && !is_excluded ? TONE_GOOD : TONE_MUTED, S(""));
    }
}

/* What is left out and is neither a unit nor anything that activities need: said all the same. */
static void add_others(struct arena *a, const struct model *m, struct table *t,
                       const struct scope_view *v)
{
    size_t count;
    const struct field_value *items = rec_items(v->scope, SCOPE_EXCLUSIONS, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *r =
            items[i].state == FV_PRESENT ? rec_ref(items[i].record, EXCLUSION_WHAT) : NULL;
        if (r != NULL && r->type->number != TYPE_UNIT && recovery_number(m, r) == NODE_NONE)
            add_row(a, t, v, r, S("Excluded"), TONE_MUTED, S(""));
    }
}

const struct table *scope_coverage(struct arena *a, const struct model *m)
{
    static const struct column column[] = {
        {S_INIT("id"), S_INIT("ID"), COLUMN_CODE},
        {S_INIT("what"), S_INIT("What"), COLUMN_TEXT},
        {S_INIT("type"), S_INIT("Kind"), COLUMN_TEXT},
        {S_INIT("state"), S_INIT("Scope"), COLUMN_CHIP},
        {S_INIT("chain"), S_INIT("Needed through"), COLUMN_TEXT},
        {S_INIT("rationale"), S_INIT("Left out because"), COLUMN_TEXT},
        {S_INIT("scope"), S_INIT("By"), COLUMN_CODE},
    };
    struct table *t = table_new(a, S("list-scope-test"), S("Scope against real operations"), column,
                                sizeof column / sizeof *column);
    const struct record_list *scopes = model_list(m, TYPE_SCOPE);
    for (size_t i = 0; i < scopes->count; i++) {
        if (!rec_is_live(scopes->items[i]))
            continue;
        struct scope_view v = model_scope_view(a, m, scopes->items[i]);
        add_units(a, m, t, &v);
        add_others(a, m, t, &v);
        for (size_t k = 0; k < RANKS; k++)
            add_rank(a, m, t, &v, &rank[k]);
    }
    return t;
}
