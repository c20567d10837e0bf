/* form/doc/binder/choose: what a binder is about. */
#include "form/doc/binder/binder_int.h"

bool binder_is_subject(const struct record *r)
{
    static const enum type_id types[] = {TYPE_SITE, TYPE_TEAM, TYPE_ROLE, TYPE_SCENARIO};
    for (size_t i = 0; i < COUNT_OF(types); i++)
        if (r->type->number == types[i])
            return true;
    return false;
}

static bool has(const struct chosen *c, const struct record *r)
{
    for (size_t i = 0; i < c->count; i++)
        if (c->items[i] == r)
            return true;
    return false;
}

static bool has_type(const struct chosen *c, enum type_id type)
{
    for (size_t i = 0; i < c->count; i++)
        if (c->items[i]->type->number == type)
            return true;
    return false;
}

static void add(struct binding *b, struct chosen *c, const struct record *r)
{
    if (r != NULL && rec_is_live(r) && !has(c, r))
        PUSH(b->arena, c->items, c->count, c->cap, const struct record *) = r;
}

/* One of the records of the field is among the chosen. */
static bool names_any(const struct record *r, enum field_id field, const struct chosen *c)
{
    size_t count;
    const struct field_value *v = rec_items(r, field, &count);
    for (size_t i = 0; i < count; i++)
        if (v[i].record != NULL && has(c, v[i].record))
            return true;
    return false;
}

static bool is_in_team(const struct record *team, const struct chosen *roles)
{
    const struct record *lead = rec_ref(team, TEAM_LEAD);
    return (lead != NULL && has(roles, lead)) || names_any(team, TEAM_MEMBERS, roles);
}

/* -- Plans ---------------------------------------------------------------------------------- */

static bool covers_activity_at(const struct record *plan, const struct chosen *sites)
{
    size_t count;
    const struct field_value *v = rec_items(plan, PLAN_SCOPE, &count);
    for (size_t i = 0; i < count; i++)
        if (v[i].record != NULL && v[i].record->type->number == TYPE_ACTIVITY &&
            names_any(v[i].record, ACTIVITY_SITES, sites))
            return true;
    return false;
}

static bool is_carried_out_by(const struct record *plan, const struct chosen *only)
{
    const struct record *activation = rec_ref(plan, PLAN_ACTIVATION);
    size_t count;
    const struct field_value *teams = rec_items(plan, PLAN_TEAMS, &count);
    for (size_t i = 0; i < count; i++)
        if (teams[i].record != NULL && teams[i].record->type->number == TYPE_TEAM &&
            (has(only, teams[i].record) || is_in_team(teams[i].record, only)))
            return true;
    return activation != NULL && names_any(activation, ACTIVATION_WHO, only);
}

static bool is_called_for(const struct record *plan, const struct chosen *only)
{
    for (size_t i = 0; i < only->count; i++) {
        size_t count;
        const struct field_value *v = only->items[i]->type->number == TYPE_SCENARIO
                                          ? rec_items(only->items[i], SCENARIO_PLANS, &count)
                                          : NULL;
        for (size_t k = 0; v != NULL && k < count; k++)
            if (v[k].record == plan)
                return true;
    }
    return false;
}

static bool concerns(const struct record *plan, const struct chosen *only)
{
    return names_any(plan, PLAN_SCOPE, only) || covers_activity_at(plan, only) ||
           is_carried_out_by(plan, only) || is_called_for(plan, only);
}

static void choose_plans(struct binding *b)
{
    const struct record_list *all = model_list(b->model, TYPE_PLAN);
    for (size_t i = 0; i < all->count; i++)
        if (b->is_whole || concerns(all->items[i], &b->only))
            add(b, &b->plans, all->items[i]);
}

/* -- People --------------------------------------------------------------------------------- */

static bool carries_out(const struct binding *b, const struct record *team)
{
    for (size_t i = 0; i < b->plans.count; i++) {
        size_t count;
        const struct field_value *v = rec_items(b->plans.items[i], PLAN_TEAMS, &count);
        for (size_t k = 0; k < count; k++)
            if (v[k].record == team)
                return true;
    }
    return false;
}

static void choose_teams(struct binding *b)
{
    const struct record_list *all = model_list(b->model, TYPE_TEAM);
    for (size_t i = 0; i < all->count; i++) {
        const struct record *team = all->items[i];
        if (b->is_whole || has(&b->only, team) || is_in_team(team, &b->only) ||
            carries_out(b, team))
            add(b, &b->teams, team);
    }
}

static void add_crisis_role(struct binding *b, const struct record *r)
{
    bool is_role = r != NULL && r->type->number == TYPE_ROLE;
    if (is_role && (b->is_whole || str_eq(rec_text(r, ROLE_KIND), S("crisis"))))
        add(b, &b->roles, r);
}

static void add_members(struct binding *b, const struct record *team)
{
    size_t count;
    const struct field_value *v = rec_items(team, TEAM_MEMBERS, &count);
    add_crisis_role(b, rec_ref(team, TEAM_LEAD));
    for (size_t i = 0; i < count; i++)
        add_crisis_role(b, v[i].record);
}

/* The cards of a whole binder are those of the crisis team, of another those of crisis roles; the
 * teams have lists of their own. */
static void choose_roles(struct binding *b)
{
    for (size_t i = 0; i < b->only.count; i++)
        if (b->only.items[i]->type->number == TYPE_ROLE)
            add(b, &b->roles, b->only.items[i]);
    bool is_named = b->roles.count != 0;
    for (size_t i = 0; i < b->teams.count && !is_named; i++)
        if (!b->is_whole || str_eq(rec_text(b->teams.items[i], TEAM_KIND), S("crisis")))
            add_members(b, b->teams.items[i]);
}

/* -- Places and losses ---------------------------------------------------------------------- */

static void choose_sites(struct binding *b)
{
    const struct record_list *all = model_list(b->model, TYPE_SITE);
    for (size_t i = 0; i < b->only.count; i++) {
        const struct record *r = b->only.items[i];
        size_t count;
        const struct field_value *v =
            r->type->number == TYPE_SCENARIO ? rec_items(r, SCENARIO_AFFECTS, &count) : NULL;
        if (r->type->number == TYPE_SITE)
            add(b, &b->sites, r);
        for (size_t k = 0; v != NULL && k < count; k++)
            if (v[k].record != NULL && v[k].record->type->number == TYPE_SITE)
                add(b, &b->sites, v[k].record);
    }
    bool is_narrow = b->sites.count != 0;
    for (size_t i = 0; i < all->count && !is_narrow; i++)
        add(b, &b->sites, all->items[i]);
}

static bool calls_for_any(const struct record *scenario, const struct chosen *plans)
{
    return names_any(scenario, SCENARIO_PLANS, plans);
}

/* Sheets for the sites at hand and for the scenarios: single suppliers and systems have theirs in
 * the portal. */
static void choose_losses(struct binding *b)
{
    const struct record_list *all = model_list(b->model, TYPE_SCENARIO);
    for (size_t i = 0; i < b->sites.count; i++)
        add(b, &b->losses, b->sites.items[i]);
    for (size_t i = 0; i < all->count; i++) {
        const struct record *r = all->items[i];
        bool is_wanted = b->is_whole || has(&b->only, r) ||
                         (!has_type(&b->only, TYPE_SCENARIO) && calls_for_any(r, &b->plans));
        if (is_wanted)
            add(b, &b->losses, r);
    }
}

/* -- All of it ------------------------------------------------------------------------------ */

/* What is gone, or not in this copy, narrows it all the same. */
static void choose_only(struct binding *b)
{
    const struct binder_wish *w = b->wish;
    size_t count;
    const struct field_value *v = rec_items(w->binder, BINDER_ABOUT, &count);
    b->is_whole = w->only_count == 0 && count == 0;
    for (size_t i = 0; i < w->only_count; i++)
        add(b, &b->only, w->only[i]);
    for (size_t i = 0; i < count && w->only_count == 0; i++)
        add(b, &b->only, v[i].record);
}

void binder_choose(struct binding *b)
{
    choose_only(b);
    choose_plans(b);
    choose_teams(b);
    choose_roles(b);
    choose_sites(b);
    choose_losses(b);
}
