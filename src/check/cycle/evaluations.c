/* check/cycle/evaluations: what one relies on is judged at intervals (EV1).
 *
 * Of solutions in place and of risks. Analyses, plans and suppliers have intervals of their
 * own (BI7, PL12, SP3), and after an event its review or assessment judges what it touched
 * (IN1, CH1). Not only evaluations judge: those reviews, and exercises, do too (8.6). */
#include "check/check_int.h"

#include "model/limits.h"

struct judgement {
    date day;                /* DATE_NONE is before every day */
    const struct record *by; /* NULL: nobody yet; `day` is then since when it is in use */
};

static void judge(const struct checker *c, struct judgement *last, date day,
                  const struct record *by)
{
    if (check_has_come(c, day) && day >= last->day)
        *last = (struct judgement){day, by};
}

/* What refers to it and looked at it, each on a day of its own. */
static void judge_by_link(const struct checker *c, struct judgement *last, const struct backlink *b)
{
    static const struct {
        enum field_id link, day;
    } look[] = {
        {EVALUATION_OF, EVALUATION_DATE},
        {INCIDENT_AFFECTED, INCIDENT_REVIEW_DATE},
        {CHANGE_TOUCHES, CHANGE_ASSESSED_ON},
    };
    for (size_t i = 0; i < sizeof look / sizeof *look; i++) {
        const struct record *by = check_link(b, look[i].link);
        if (by != NULL && !check_is_withdrawn(by))
            judge(c, last, rec_date(by, look[i].day), by);
    }
}

static struct judgement last_judgement(const struct checker *c, const struct record *r)
{
    bool is_strategy = r->type->number == TYPE_STRATEGY;
    struct judgement last = {DATE_NONE, NULL};
    judge(c, &last, rec_date(r, is_strategy ? STRATEGY_IMPLEMENTED_ON : COMMON_CREATED), NULL);
    judge(c, &last, rec_date(r, COMMON_REVIEWED), r);
    for (size_t i = 0; i < r->back_count; i++)
        judge_by_link(c, &last, &r->back[i]);
    const struct record *exercise =
        is_strategy ? check_ref(r, STRATEGY_VERIFIED_BY, TYPE_EXERCISE) : NULL;
    if (exercise != NULL)
        judge(c, &last, rec_date(exercise, EXERCISE_HELD), exercise);
    return last;
}

static str judged_by(const struct checker *c, const struct record *r, const struct record *by)
{
    return by == r ? S("") : str_fmt(c->scratch, " ('" STR_FMT "')", STR_ARG(by->id));
}

/* By the day that is set for it; where none is, after the months of the house. */
static void check_record(struct checker *c, const struct record *r)
{
    if (rec_is_unknown(r, COMMON_REVIEWED))
        return;
    struct judgement last = last_judgement(c, r);
    date due = rec_date(r, COMMON_NEXT_REVIEW);
    long long months = model_limit(c->model, LIMITS_EVALUATION_MONTHS);
    str day = check_day_words(c, last.day);
    if (due != DATE_NONE) {
        if (check_is_past(c, due) && last.day < due)
            check_report(c, CHECK_RULE_NOT_EVALUATED, r, check_place(r, COMMON_NEXT_REVIEW),
                         "'" STR_FMT "' was to be looked at by " STR_FMT, STR_ARG(r->id),
                         STR_ARG(check_day_words(c, due)));
    } else if (last.day == DATE_NONE)
        check_report(c, CHECK_RULE_NOT_EVALUATED, r, r->id_span,
                     "'" STR_FMT "' has never been evaluated", STR_ARG(r->id));
    else if (!check_is_months_ago(c, last.day, months))
        return;
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
