/* model/suppliers: which suppliers matter, whether they were looked at, and what they promise. */
#include "model/suppliers.h"

#include "model/due.h"
#include "model/limits.h"
#include "model/recovery.h"

bool supplier_is_critical(const struct model *m, const struct record *supplier)
{
    duration asked = recovery_node(m, supplier)->asked[TIME_RTO].value;
    return rec_bool(supplier, SUPPLIER_CRITICAL) ||
           (asked != DURATION_NONE && asked <= model_limit_duration(m, LIMITS_CRITICAL_RTO));
}

bool supplier_has_onboarding(const struct record *supplier)
{
    const struct record *onboarding = rec_ref(supplier, SUPPLIER_ONBOARDING);
    return onboarding != NULL && !rec_lacks(onboarding, ONBOARDING_DUE_DILIGENCE);
}

date supplier_last_look(const struct record *supplier)
{
    const struct record *last = rec_newest(supplier, SUPPLIER_REVIEWS, SUPPLIER_REVIEW_DATE);
    if (last != NULL)
        return rec_date(last, SUPPLIER_REVIEW_DATE);
    const struct record *onboarding = rec_ref(supplier, SUPPLIER_ONBOARDING);
    return onboarding != NULL ? rec_date(onboarding, ONBOARDING_DUE_DILIGENCE) : DATE_NONE;
}

enum truth supplier_is_reviewed(const struct model *m, const struct record *supplier)
{
    struct due_day due = due_supplier_review(m, supplier);
    if (due.state == DUE_UNKNOWN)
        return TRUTH_UNKNOWN;
    return due_is_past(m, due) ? TRUTH_NO : TRUTH_YES;
}

bool promise_is_kept(duration required, duration promised)
{
    return required == DURATION_NONE || (promised != DURATION_NONE && promised <= required);
}

/* What was promised before the promise of today nobody can tell. */
enum truth supplier_promises(const struct model *m, const struct record *supplier)
{
    (void)m;
    const struct record *asked = rec_ref(supplier, SUPPLIER_REQUIREMENT);
    const struct record *given = rec_ref(supplier, SUPPLIER_COMMITMENT);
    if (asked == NULL || !rec_has(asked, REQUIREMENT_RTO) || given == NULL)
        return TRUTH_NO;
    if (rec_is_unknown(given, COMMITMENT_RTO) || rec_is_unknown(given, COMMITMENT_RPO))
        return TRUTH_UNKNOWN;
    bool is_kept =
        promise_is_kept(rec_duration(asked, REQUIREMENT_RTO),
                        rec_duration(given, COMMITMENT_RTO)) &&
        promise_is_kept(rec_duration(asked, REQUIREMENT_RPO), rec_duration(given, COMMITMENT_RPO));
    return is_kept ? TRUTH_YES : TRUTH_NO;
}
