/* check/cycle/context: issues, obligations and interested parties (CX1-CX4). */
#include "check/check_int.h"

#include "model/due.h"
#include "model/limits.h"

/* -- Climate (CX1) ---------------------------------------------------------------------------- */

static void check_issue(struct checker *c, const struct record *r)
{
    if (rec_lacks(r, ISSUE_CLIMATE_RELEVANT))
        check_report(c, CHECK_RULE_CLIMATE, r, r->id_span,
                     "'" STR_FMT "' does not say whether climate change matters for it",
                     STR_ARG(r->id));
}

/* -- Obligations (CX2, CX4) ------------------------------------------------------------------- */

static void check_assessed(struct checker *c, const struct record *r)
{
    long long months = model_limit(c->model, LIMITS_OBLIGATION_MONTHS);
    date checked = rec_date(r, OBLIGATION_CHECKED_ON);
    str verdict = rec_text(r, OBLIGATION_COMPLIANCE);
    bool is_due = due_is_past(c->model, due_obligation(c->model, r));
    if (rec_lacks(r, OBLIGATION_CHECKED_ON) && !is_due)
        return;
    if (rec_lacks(r, OBLIGATION_CHECKED_ON))
        check_report(c, CHECK_RULE_OBLIGATION, r, r->id_span,
                     "the obligation '" STR_FMT "' was never assessed", STR_ARG(r->id));
    else if (is_due)
        check_report(c, CHECK_RULE_OBLIGATION, r, check_place(r, OBLIGATION_CHECKED_ON),
                     "the obligation '" STR_FMT "' was last assessed on " STR_FMT
                     ", more than %lld months ago",
                     STR_ARG(r->id), STR_ARG(check_day_words(c, checked)), months);
    else if (rec_lacks(r, OBLIGATION_COMPLIANCE) || str_eq(verdict, S("unknown")))
        check_report(c, CHECK_RULE_OBLIGATION, r, check_place(r, OBLIGATION_COMPLIANCE),
                     "the obligation '" STR_FMT "' was looked at on " STR_FMT
                     ", but nobody says whether it is met",
                     STR_ARG(r->id), STR_ARG(check_day_words(c, checked)));
}

static void check_notice(struct checker *c, const struct record *r)
{
    duration within = rec_duration(r, OBLIGATION_NOTIFY_WITHIN);
    if (within == DURATION_NONE)
        return;
    for (size_t i = 0; i < r->back_count; i++) {
        const struct record *message = backlink_by(&r->back[i], MESSAGE_OBLIGATION);
        if (message != NULL && rec_is_live(message))
            return;
    }
    check_report(c, CHECK_RULE_NO_NOTICE, r, check_place(r, OBLIGATION_NOTIFY_WITHIN),
                 "no message is prepared for the notice that '" STR_FMT
                 "' asks for within " STR_FMT,
                 STR_ARG(r->id), STR_ARG(check_time_words(c, within)));
}

/* -- Interested parties (CX3) ----------------------------------------------------------------- */

static void check_party(struct checker *c, const struct record *r)
{
    long long months = model_limit(c->model, LIMITS_FEEDBACK_MONTHS);
    const struct record *newest = rec_newest(r, PARTY_FEEDBACK, FEEDBACK_DATE);
    date last = newest != NULL ? rec_date(newest, FEEDBACK_DATE) : DATE_NONE;
    if (!due_is_past(c->model, due_feedback(c->model, r)))
        return;
    if (last == DATE_NONE)
        check_report(c, CHECK_RULE_FEEDBACK, r, r->id_span,
                     "no word of the interested party '" STR_FMT "' is on record", STR_ARG(r->id));
    else
        check_report(c, CHECK_RULE_FEEDBACK, r, check_place(r, PARTY_FEEDBACK),
                     "the last word of the interested party '" STR_FMT "' is of " STR_FMT
                     ", more than %lld months ago",
                     STR_ARG(r->id), STR_ARG(check_day_words(c, last)), months);
}

void check_context(struct checker *c)
{
    check_each_live(c, TYPE_ISSUE, check_issue);
    check_each_live(c, TYPE_OBLIGATION, check_assessed);
    check_each_live(c, TYPE_PARTY, check_party);
    check_each_live(c, TYPE_OBLIGATION, check_notice);
}
