/* check/analysis/suppliers: what is asked of suppliers, promised, and looked at (SP1-SP6). */
#include "check/check_int.h"

#include "model/due.h"
#include "model/limits.h"
#include "model/suppliers.h"

/* -- Asked and promised (SP1, SP2) ------------------------------------------------------------ */

/* Each says whether it found something, as do those of SP3 to SP6. */
static bool check_requirement(struct checker *c, const struct record *r)
{
    const struct record *requirement = rec_ref(r, SUPPLIER_REQUIREMENT);
    bool is_missing =
        requirement ? rec_lacks(requirement, REQUIREMENT_RTO) : rec_lacks(r, SUPPLIER_REQUIREMENT);
    if (is_missing)
        check_report(c, CHECK_RULE_NO_REQUIREMENT, r, check_place(r, SUPPLIER_REQUIREMENT),
                     "nothing says how soon the critical supplier '" STR_FMT "' must be back",
                     STR_ARG(r->id));
    return is_missing;
}

struct promise {
    const char *name;
    enum field_id required, promised;
};

static const struct promise promises[] = {
    {"RTO", REQUIREMENT_RTO, COMMITMENT_RTO},
    {"RPO", REQUIREMENT_RPO, COMMITMENT_RPO},
};

static void check_promise(struct checker *c, const struct record *r, const struct promise *p)
{
    const struct record *requirement = rec_ref(r, SUPPLIER_REQUIREMENT),
                        *commitment = rec_ref(r, SUPPLIER_COMMITMENT);
    duration required = rec_duration(requirement, p->required),
             promised = rec_duration(commitment, p->promised);
    if (rec_is_unknown(commitment, p->promised) || promise_is_kept(required, promised))
        return;
    if (promised == DURATION_NONE)
        check_report(c, CHECK_RULE_PROMISE, r, check_place(commitment, p->promised),
                     "'" STR_FMT "' promises nothing for its required %s of " STR_FMT,
                     STR_ARG(r->id), p->name, STR_ARG(check_time_words(c, required)));
    else
        check_report(c, CHECK_RULE_PROMISE, r, check_place(commitment, p->promised),
                     "'" STR_FMT "' promises an %s of " STR_FMT " instead of " STR_FMT,
                     STR_ARG(r->id), p->name, STR_ARG(check_time_words(c, promised)),
                     STR_ARG(check_time_words(c, required)));
    diag_related(c->diags, check_place(requirement, p->required), "the requirement is here");
}

static void check_promises(struct checker *c, const struct record *r)
{
    if (rec_ref(r, SUPPLIER_REQUIREMENT) == NULL)
        return;
    if (rec_lacks(r, SUPPLIER_COMMITMENT))
        check_report(c, CHECK_RULE_PROMISE, r, check_place(r, SUPPLIER_REQUIREMENT),
                     "'" STR_FMT "' has promised nothing of what is required", STR_ARG(r->id));
    if (rec_ref(r, SUPPLIER_COMMITMENT) == NULL)
        return;
    for (size_t i = 0; i < COUNT_OF(promises); i++)
        check_promise(c, r, &promises[i]);
}

/* -- Looked at (SP3, SP4) --------------------------------------------------------------------- */

static bool check_review(struct checker *c, const struct record *r)
{
    long long months = model_limit(c->model, LIMITS_SUPPLIER_REVIEW_MONTHS);
    date last = supplier_last_look(r);
    if (!due_is_past(c->model, due_supplier_review(c->model, r)))
        return false;
    if (last == DATE_NONE)
        check_report(c, CHECK_RULE_SUPPLIER_REVIEW, r, r->id_span,
                     "the critical supplier '" STR_FMT "' was never reviewed", STR_ARG(r->id));
    else
        check_report(c, CHECK_RULE_SUPPLIER_REVIEW, r, check_place(r, SUPPLIER_REVIEWS),
                     "the critical supplier '" STR_FMT "' was last looked at on " STR_FMT
                     ", more than %lld months ago",
                     STR_ARG(r->id), STR_ARG(check_day_words(c, last)), months);
    return true;
}

static bool check_plan(struct checker *c, const struct record *r)
{
    long long months = model_limit(c->model, LIMITS_SUPPLIER_REVIEW_MONTHS);
    date seen = rec_date(r, SUPPLIER_PLAN_SEEN_ON);
    bool has_none = rec_has(r, SUPPLIER_HAS_PLAN) && !rec_bool(r, SUPPLIER_HAS_PLAN);
    if (!has_none && !rec_lacks(r, SUPPLIER_PLAN_SEEN_ON) && !check_is_months_ago(c, seen, months))
        return false;
    if (has_none) {
        check_report(c, CHECK_RULE_PLAN_NOT_SEEN, r, check_place(r, SUPPLIER_HAS_PLAN),
                     "the critical supplier '" STR_FMT "' has no continuity plan", STR_ARG(r->id));
        diag_hint(c->diags, "agree with them on a plan, or find somebody who has one; then set "
                            "'has_plan: yes' and 'plan_seen_on:'");
    } else if (seen == DATE_NONE)
        check_report(c, CHECK_RULE_PLAN_NOT_SEEN, r, check_place(r, SUPPLIER_HAS_PLAN),
                     "nobody has seen the continuity plan of the critical supplier '" STR_FMT "'",
                     STR_ARG(r->id));
    else
        check_report(c, CHECK_RULE_PLAN_NOT_SEEN, r, check_place(r, SUPPLIER_PLAN_SEEN_ON),
                     "the continuity plan of the critical supplier '" STR_FMT
                     "' was last seen on " STR_FMT ", more than %lld months ago",
                     STR_ARG(r->id), STR_ARG(check_day_words(c, seen)), months);
    return true;
}

/* -- In and out (SP5, SP6) -------------------------------------------------------------------- */

static bool check_exit(struct checker *c, const struct record *r)
{
    if (!rec_lacks(r, SUPPLIER_SUBSTITUTES) || !rec_lacks(r, SUPPLIER_EXIT_LEAD_TIME))
        return false;
    check_report(c, CHECK_RULE_NO_EXIT, r, r->id_span,
                 "the critical supplier '" STR_FMT
                 "' has no substitute, and nothing says how long a change would take",
                 STR_ARG(r->id));
    return true;
}

static bool check_onboarding(struct checker *c, const struct record *r)
{
    if (supplier_has_onboarding(r))
        return false;
    check_report(c, CHECK_RULE_NO_DUE_DILIGENCE, r, check_place(r, SUPPLIER_ONBOARDING),
                 "the critical supplier '" STR_FMT "' was taken on without due diligence",
                 STR_ARG(r->id));
    return true;
}

static bool (*const check_critical[])(struct checker *c, const struct record *r) = {
    check_requirement, check_review, check_plan, check_exit, check_onboarding,
};

static void check_supplier(struct checker *c, const struct record *r)
{
    bool is_marked = rec_bool(r, SUPPLIER_CRITICAL);
    check_promises(c, r);
    if (!check_is_critical(c, r))
        return;
    for (size_t i = 0; i < COUNT_OF(check_critical); i++)
        if (check_critical[i](c, r) && !is_marked)
            diag_related(c->diags, r->id_span,
                         "it is critical: it must be back within " STR_FMT STR_FMT,
                         STR_ARG(check_asked_words(c, r)), STR_ARG(check_asked_by(c, r)));
}

void check_suppliers(struct checker *c)
{
    check_each_live(c, TYPE_SUPPLIER, check_supplier);
}
