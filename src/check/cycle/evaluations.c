/* check/cycle/evaluations: what one relies on is judged at intervals (EV1).
 *
 * Of solutions in place and of risks. Analyses, plans and suppliers have intervals of their
 * own (BI7, PL12, SP3), and after an event its review or assessment judges what it touched
 * (IN1, CH1). Not only evaluations judge: those reviews, and exercises, do too (8.6). */
#include "check/check_int.h"

#include "model/due.h"
#include "model/limits.h"

static str judged_by(const struct checker *c, const struct record *r, const struct record *by)
{
    return by == r ? S("") : str_fmt(c->scratch, " ('" STR_FMT "')", STR_ARG(by->id));
}

/* By the day that is set for it; where none is, after the months of the house. */
static void check_record(struct checker *c, const struct record *r)
{
    if (!due_is_past(c->model, due_judgement(c->model, r)))
        return;
    struct judgement last = last_judgement(c->model, r);
    date due = rec_date(r, COMMON_NEXT_REVIEW);
    long long months = model_limit(c->model, LIMITS_EVALUATION_MONTHS);
    str day = check_day_words(c, last.day);
    if (due != DATE_NONE)
        check_report(c, CHECK_RULE_NOT_EVALUATED, r, check_place(r, COMMON_NEXT_REVIEW),
                     "'" STR_FMT "' was to be looked at by " STR_FMT, STR_ARG(r->id),
                     STR_ARG(check_day_words(c, due)));
    else if (last.day == DATE_NONE)
        check_report(c, CHECK_RULE_NOT_EVALUATED, r, r->id_span,
                     "'" STR_FMT "' has never been evaluated", STR_ARG(r->id));
    else if (last.by == NULL)
        check_report(c, CHECK_RULE_NOT_EVALUATED, r, r->id_span,
                     "'" STR_FMT "' is in use since " STR_FMT " and has not been evaluated in "
                     "%lld months",
                     STR_ARG(r->id), STR_ARG(day), months);
    else
        check_report(c, CHECK_RULE_NOT_EVALUATED, r, r->id_span,
                     "'" STR_FMT "' was last evaluated on " STR_FMT STR_FMT
                     ", more than %lld months ago",
                     STR_ARG(r->id), STR_ARG(day), STR_ARG(judged_by(c, r, last.by)), months);
}

static void check_strategy(struct checker *c, const struct record *r)
{
    if (rec_has(r, STRATEGY_IMPLEMENTED_ON) &&
        str_eq(rec_text(r, STRATEGY_DECISION), S("selected")))
        check_record(c, r);
}

void check_evaluations(struct checker *c)
{
    check_each_live(c, TYPE_STRATEGY, check_strategy);
    check_each_live(c, TYPE_RISK, check_record);
}
