/* check/analysis/scope: a boundary that is argued, analysed and current (SC1, SC3 to SC7). */
#include "check/check_int.h"

#include "model/impact.h"

/* -- Exclusions and interfaces (SC1, SC5, SC7) ------------------------------------------------ */

static void check_exclusions(struct checker *c, const struct record *scope)
{
    size_t count;
    const struct field_value *items = rec_items(scope, SCOPE_EXCLUSIONS, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *left_out = field_target(&items[i]);
        if (left_out != NULL && rec_has(left_out, EXCLUSION_WHAT) &&
            rec_lacks(left_out, EXCLUSION_RATIONALE))
            check_report(c, CHECK_RULE_UNARGUED, scope, items[i].span,
                         "'" STR_FMT "' leaves out '" STR_FMT "' without saying why",
                         STR_ARG(scope->id),
                         STR_ARG(diag_quote(rec_text(left_out, EXCLUSION_WHAT))));
    }
}

/* One argument for the whole, or one for each thing that is left out. */
static void check_argument(struct checker *c, const struct record *scope)
{
    size_t count, silent = 0;
    const struct field_value *items = rec_items(scope, SCOPE_EXCLUSIONS, &count);
    for (size_t i = 0; i < count; i++)
        silent += field_target(&items[i]) != NULL && rec_lacks(items[i].record, EXCLUSION_EFFECT);
    if (silent != 0 && rec_lacks(scope, SCOPE_ARGUMENT))
        check_report(c, CHECK_RULE_SCOPE_UNARGUED, scope, check_place(scope, SCOPE_EXCLUSIONS),
                     "'" STR_FMT "' leaves out %zu %s and does not say what that does to the "
                     "objectives",
                     STR_ARG(scope->id), silent, silent == 1 ? "thing" : "things");
}

static void check_interfaces(struct checker *c, const struct record *scope)
{
    size_t count;
    const struct field_value *items = rec_items(scope, SCOPE_INTERFACES, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *interface = field_target(&items[i]);
        if (interface != NULL && rec_has(interface, INTERFACE_FUNCTION) &&
            rec_lacks(interface, INTERFACE_OWNER))
            check_report(c, CHECK_RULE_OPEN_INTERFACE, scope, items[i].span,
                         "nobody owns the interface '" STR_FMT "' of '" STR_FMT "'",
                         STR_ARG(diag_quote(rec_text(interface, INTERFACE_FUNCTION))),
                         STR_ARG(scope->id));
    }
}

/* -- What is in scope is done and analysed (SC3, SC4) ----------------------------------------- */

struct coverage {
    struct check_notes used;    /* of sites: an activity that takes place there */
    struct check_notes settled; /* of units and sites: an activity that is analysed, or that
                                   must be, which BI1 asks for */
    struct check_notes seen;    /* the scope that named it first: it is judged once */
};

/* A unit is analysed with its sub-units. Stops at one that is, so each is marked once. */
static void cover_unit(struct coverage *v, const struct record *unit, const struct record *activity)
{
    while (unit != NULL && *check_note(v->settled, unit) == NULL) {
        *check_note(v->settled, unit) = activity;
        unit = rec_ref_to(unit, UNIT_PARENT, TYPE_UNIT);
    }
}

static void cover_activity(struct checker *c, struct coverage *v, const struct record *activity)
{
    size_t count;
    const struct field_value *sites = rec_items(activity, ACTIVITY_SITES, &count);
    bool is_settled = model_bia(c->model, activity) != NULL || check_is_prioritised(c, activity);
    if (is_settled)
        cover_unit(v, rec_ref_to(activity, ACTIVITY_UNIT, TYPE_UNIT), activity);
    for (size_t i = 0; i < count; i++) {
        const struct record *site = field_target_of(&sites[i], TYPE_SITE);
        if (site == NULL)
            continue;
        *check_note(v->used, site) = activity;
        if (is_settled)
            *check_note(v->settled, site) = activity;
    }
}

static bool has_activity(const struct record *product)
{
    size_t count;
    const struct field_value *items = rec_items(product, PRODUCT_ACTIVITIES, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *activity = field_target_of(&items[i], TYPE_ACTIVITY);
        if (activity != NULL && rec_is_live(activity))
            return true;
    }
    for (size_t i = 0; i < product->back_count; i++) {
        const struct record *activity = backlink_by(&product->back[i], ACTIVITY_PRODUCTS);
        if (activity != NULL && rec_is_live(activity))
            return true;
    }
    return false;
}

/* Kept free for others, with no work of its own: its loss is that of a resource. */
static bool is_only_alternate(const struct coverage *v, const struct record *site)
{
    for (size_t i = 0; i < site->back_count && *check_note(v->used, site) == NULL; i++) {
        const struct record *from = backlink_by(&site->back[i], SITE_ALTERNATES);
        if (from != NULL && rec_is_live(from))
            return true;
    }
    return false;
}

static bool check_product(struct checker *c, struct coverage *v, const struct record *r)
{
    (void)v;
    bool is_idle = !has_activity(r);
    if (is_idle)
        check_report(c, CHECK_RULE_IDLE_PRODUCT, r, check_place(r, PRODUCT_ACTIVITIES),
                     "'" STR_FMT "' is in scope, but no activity serves it", STR_ARG(r->id));
    return is_idle;
}

static bool check_unit(struct checker *c, struct coverage *v, const struct record *r)
{
    bool is_open = *check_note(v->settled, r) == NULL;
    if (is_open)
        check_report(c, CHECK_RULE_NOT_ANALYSED, r, r->id_span,
                     "'" STR_FMT "' is in scope, but none of its activities has an approved "
                     "impact analysis",
                     STR_ARG(r->id));
    return is_open;
}

static bool check_site(struct checker *c, struct coverage *v, const struct record *r)
{
    bool is_open = *check_note(v->settled, r) == NULL && !is_only_alternate(v, r);
    if (is_open)
        check_report(c, CHECK_RULE_NOT_ANALYSED, r, r->id_span,
                     "'" STR_FMT "' is in scope, but no activity there has an approved "
                     "impact analysis",
                     STR_ARG(r->id));
    return is_open;
}

/* What a scope may name, and how each is judged: true when there was something to say. */
static const struct {
    enum field_id field;
    enum type_id type;
    bool (*check)(struct checker *c, struct coverage *v, const struct record *r);
} part_of_scope[] = {
    {SCOPE_IN_PRODUCTS, TYPE_PRODUCT, check_product},
    {SCOPE_IN_UNITS, TYPE_UNIT, check_unit},
    {SCOPE_IN_SITES, TYPE_SITE, check_site},
};

static void check_covered(struct checker *c, struct coverage *v, const struct record *scope)
{
    for (size_t p = 0; p < COUNT_OF(part_of_scope); p++) {
        size_t count;
        const struct field_value *items = rec_items(scope, part_of_scope[p].field, &count);
        for (size_t i = 0; i < count; i++) {
            const struct record *r = field_target_of(&items[i], part_of_scope[p].type);
            if (r == NULL || !rec_is_live(r) || *check_note(v->seen, r) != NULL)
                continue;
            *check_note(v->seen, r) = scope;
            if (part_of_scope[p].check(c, v, r))
                diag_related(c->diags, items[i].span, "'" STR_FMT "' takes it in here",
                             STR_ARG(scope->id));
        }
    }
}

/* -- Older than the last change (SC6) --------------------------------------------------------- */

static const struct record *later(const struct checker *c, const struct record *last,
                                  const struct record *change)
{
    if (change == NULL || !check_is_material(c, change))
        return last;
    bool is_later = last == NULL || rec_date(change, CHANGE_DATE) > rec_date(last, CHANGE_DATE);
    return is_later ? change : last;
}

/* Of scopes and documents, the last material change that touches them. */
static struct check_notes note_touched(const struct checker *c)
{
    struct check_notes touched = check_notes_new(c);
    const struct record_list *list = model_list(c->model, TYPE_CHANGE);
    for (size_t i = 0; i < list->count; i++) {
        size_t count;
        const struct field_value *items = rec_items(list->items[i], CHANGE_TOUCHES, &count);
        for (size_t k = 0; k < count; k++) {
            const struct record *r = field_target(&items[k]);
            if (r != NULL)
                *check_note(touched, r) = later(c, *check_note(touched, r), list->items[i]);
        }
    }
    return touched;
}

/* The last change that names the scope among what it bears on. */
static const struct record *last_on_scope(const struct checker *c)
{
    const struct record_list *list = model_list(c->model, TYPE_CHANGE);
    const struct record *last = NULL;
    for (size_t i = 0; i < list->count; i++)
        if (check_has_word(list->items[i], CHANGE_IMPACT_ON, S("scope")))
            last = later(c, last, list->items[i]);
    return last;
}

static void check_current(struct checker *c, struct check_notes touched, const struct record *scope,
                          const struct record *last)
{
    const struct record *statement = rec_ref_to(scope, SCOPE_STATEMENT, TYPE_DOCUMENT);
    date seen = rec_last_look(scope, COMMON_CREATED); /* DATE_NONE is before every day */
    last = later(c, last, *check_note(touched, scope));
    if (statement != NULL)
        last = later(c, last, *check_note(touched, statement));
    if (last == NULL || seen >= rec_date(last, CHANGE_DATE) ||
        rec_is_unknown(scope, COMMON_REVIEWED))
        return;
    str day = check_day_words(c, rec_date(last, CHANGE_DATE));
    if (seen == DATE_NONE)
        check_report(c, CHECK_RULE_SCOPE_OLD, scope, scope->id_span,
                     "'" STR_FMT "' has no date of review, and '" STR_FMT "' of " STR_FMT
                     " bears on it",
                     STR_ARG(scope->id), STR_ARG(last->id), STR_ARG(day));
    else
        check_report(c, CHECK_RULE_SCOPE_OLD, scope, check_place(scope, COMMON_REVIEWED),
                     "'" STR_FMT "' was last looked at on " STR_FMT ", before '" STR_FMT
                     "' of " STR_FMT ", which bears on it",
                     STR_ARG(scope->id), STR_ARG(check_day_words(c, seen)), STR_ARG(last->id),
                     STR_ARG(day));
    diag_related(c->diags, last->id_span, "'" STR_FMT "' (" STR_FMT ") is here", STR_ARG(last->id),
                 STR_ARG(diag_quote(last->title)));
}

void check_scope(struct checker *c)
{
    const struct record_list *scopes = model_list(c->model, TYPE_SCOPE);
    const struct record_list *activities = model_list(c->model, TYPE_ACTIVITY);
    const struct record *last = last_on_scope(c);
    struct coverage v = {check_notes_new(c), check_notes_new(c), check_notes_new(c)};
    struct check_notes touched = note_touched(c);
    for (size_t i = 0; i < activities->count; i++)
        if (rec_is_live(activities->items[i]))
            cover_activity(c, &v, activities->items[i]);
    for (size_t i = 0; i < scopes->count; i++) {
        const struct record *scope = scopes->items[i];
        if (!rec_is_live(scope))
            continue;
        check_exclusions(c, scope);
        check_argument(c, scope);
        check_interfaces(c, scope);
        check_covered(c, &v, scope);
        check_current(c, touched, scope, last);
    }
}
