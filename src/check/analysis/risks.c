/* check/analysis/risks: the risks of disruption, and those of the system itself (RS1-RS4). */
#include "check/check_int.h"

#include "model/limits.h"

/* Likelihood times impact; 0 when one of them is missing. */
static long long score_of(const struct record *risk)
{
    return rec_int(risk, RISK_LIKELIHOOD, 0) * rec_int(risk, RISK_IMPACT, 0);
}

static long long residual_score_of(const struct record *risk)
{
    return rec_int(risk, RISK_RESIDUAL_LIKELIHOOD, 0) * rec_int(risk, RISK_RESIDUAL_IMPACT, 0);
}

/* -- Every prioritised activity (RS1) --------------------------------------------------------- */

static struct check_notes affected_by(const struct checker *c)
{
    struct check_notes notes = check_notes_new(c);
    const struct record_list *risks = model_list(c->model, TYPE_RISK);
    for (size_t i = 0; i < risks->count; i++) {
        const struct record *risk = risks->items[i];
        size_t count;
        const struct field_value *affects = rec_items(risk, RISK_AFFECTS, &count);
        if (!rec_is_live(risk) || !str_eq(rec_text(risk, RISK_KIND), S("disruption")))
            continue;
        for (size_t k = 0; k < count; k++)
            if (field_target(&affects[k]) != NULL)
                *check_note(notes, affects[k].record) = risk;
    }
    return notes;
}

static bool is_noted(struct check_notes notes, const struct field_value *v)
{
    const struct record *to = field_target(v);
    return to != NULL && *check_note(notes, to) != NULL;
}

static bool any_noted(struct check_notes notes, const struct record *r, enum field_id field)
{
    size_t count;
    const struct field_value *items = rec_items(r, field, &count);
    for (size_t i = 0; i < count; i++)
        if (is_noted(notes, &items[i]))
            return true;
    return false;
}

static bool needs_noted(struct check_notes notes, const struct record *activity)
{
    size_t count;
    const struct field_value *needs = rec_items(activity, ACTIVITY_DEPENDENCIES, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *need = field_target(&needs[i]);
        if (need != NULL && is_noted(notes, rec_value(need, DEPENDENCY_ON)))
            return true;
    }
    return false;
}

/* A product may name its activities, or an activity its products. */
static bool serves_noted(struct check_notes notes, const struct record *activity)
{
    for (size_t i = 0; i < activity->back_count; i++) {
        const struct record *product = backlink_by(&activity->back[i], PRODUCT_ACTIVITIES);
        if (product != NULL && *check_note(notes, product) != NULL)
            return true;
    }
    return any_noted(notes, activity, ACTIVITY_PRODUCTS);
}

static void check_activity(struct checker *c, struct check_notes notes, const struct record *r)
{
    if (*check_note(notes, r) != NULL || is_noted(notes, rec_value(r, ACTIVITY_UNIT)) ||
        any_noted(notes, r, ACTIVITY_SITES) || serves_noted(notes, r) || needs_noted(notes, r))
        return;
    check_report(c, CHECK_RULE_NO_RISK, r, r->id_span,
                 "no risk of disruption affects the prioritised activity '" STR_FMT
                 "' or what it depends on",
                 STR_ARG(r->id));
}

/* -- Treatment (RS2) -------------------------------------------------------------------------- */

/* An option that was turned down treats nothing. */
static bool is_solution(const struct field_value *v)
{
    const struct record *option = field_target_of(v, TYPE_STRATEGY);
    bool is_rejected = option && str_eq(rec_text(option, STRATEGY_DECISION), S("rejected"));
    return field_target(v) != NULL && !is_rejected;
}

static bool has_solution(const struct record *risk)
{
    size_t count;
    const struct field_value *solutions = rec_items(risk, RISK_SOLUTION, &count);
    for (size_t i = 0; i < count; i++)
        if (is_solution(&solutions[i]))
            return true;
    return false;
}

static void check_treatment(struct checker *c, const struct record *r)
{
    long long score = score_of(r), high = model_limit(c->model, LIMITS_HIGH_RISK);
    str treatment = rec_text(r, RISK_TREATMENT);
    bool is_missing = rec_lacks(r, RISK_TREATMENT), is_accepted = str_eq(treatment, S("accept"));
    if (score < high || is_accepted || (!is_missing && has_solution(r)))
        return;
    check_report(c, CHECK_RULE_UNTREATED, r, check_place(r, RISK_TREATMENT),
                 "the risk '" STR_FMT "' scores %lld, high from %lld, and %s" STR_FMT,
                 STR_ARG(r->id), score, high,
                 is_missing ? "has no treatment" : "names no solution for its treatment: ",
                 STR_ARG(treatment));
}

/* -- Acceptance (RS3) ------------------------------------------------------------------------- */

/* What is left after another treatment may be accepted for a time, too. */
static void check_acceptance(struct checker *c, const struct record *r)
{
    date expires = rec_date(r, RISK_ACCEPT_EXPIRES);
    bool is_accepted =
        str_eq(rec_text(r, RISK_TREATMENT), S("accept")) || !rec_lacks(r, RISK_ACCEPT_EXPIRES);
    if (is_accepted && rec_lacks(r, RISK_ACCEPTED_BY))
        check_report(c, CHECK_RULE_ACCEPTED_BY_NOBODY, r, check_place(r, RISK_TREATMENT),
                     "the risk '" STR_FMT "' is accepted, but by nobody", STR_ARG(r->id));
    if (check_is_past(c, expires))
        check_report(c, CHECK_RULE_ACCEPTED_BY_NOBODY, r, check_place(r, RISK_ACCEPT_EXPIRES),
                     "the acceptance of the risk '" STR_FMT "' ran out on " STR_FMT, STR_ARG(r->id),
                     STR_ARG(check_day_words(c, expires)));
}

/* -- What is left (RS4) ----------------------------------------------------------------------- */

static void check_residual(struct checker *c, const struct record *r)
{
    long long before = score_of(r), after = residual_score_of(r);
    if (before == 0 || after <= before)
        return;
    check_report(c, CHECK_RULE_RESIDUAL_WORSE, r, check_place(r, RISK_RESIDUAL_IMPACT),
                 "the risk '" STR_FMT "' scores %lld after its treatment, %lld before",
                 STR_ARG(r->id), after, before);
}

void check_risks(struct checker *c)
{
    struct check_notes notes = affected_by(c);
    const struct record_list *activities = model_list(c->model, TYPE_ACTIVITY);
    const struct record_list *risks = model_list(c->model, TYPE_RISK);
    for (size_t i = 0; i < activities->count; i++)
        if (rec_is_live(activities->items[i]) && check_is_prioritised(c, activities->items[i]))
            check_activity(c, notes, activities->items[i]);
    for (size_t i = 0; i < risks->count; i++) {
        if (!rec_is_live(risks->items[i]))
            continue;
        check_treatment(c, risks->items[i]);
        check_acceptance(c, risks->items[i]);
        check_residual(c, risks->items[i]);
    }
}
