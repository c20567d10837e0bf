/* model/due: by when things are due. */
#include "model/due.h"

#include "model/actions.h"
#include "model/changes.h"
#include "model/figures.h"
#include "model/learning.h"
#include "model/lifecycle.h"
#include "model/limits.h"

static const struct due_day never = {DUE_NOT, DATE_NONE};
static const struct due_day at_once = {DUE_AT_ONCE, DATE_NONE};
static const struct due_day open = {DUE_OPEN, DATE_NONE};
static const struct due_day unknown = {DUE_UNKNOWN, DATE_NONE};

/* -- Days ------------------------------------------------------------------------------------- */

struct due_day due_on(date day)
{
    return day == DATE_NONE ? unknown : (struct due_day){DUE_ON, day};
}

bool due_is_past(const struct model *m, struct due_day due)
{
    return due.state == DUE_AT_ONCE ||
           (due.state == DUE_ON && m->as_of != DATE_NONE && due.day < m->as_of);
}

static struct due_day due_after_months(const struct model *m, date last, enum field_id limit)
{
    return due_on(last == DATE_NONE ? DATE_NONE
                                    : date_add_months(last, (int)model_limit(m, limit)));
}

static struct due_day due_after_days(date last, long long days)
{
    return due_on(last == DATE_NONE ? DATE_NONE : last + (date)days);
}

/* Something is written, but not for us to read. */
static bool is_dark(const struct record *r, enum field_id field)
{
    return !rec_has(r, field) && !rec_lacks(r, field);
}

/* What was never done is due a period after the record was made, and at once where nobody says
 * when that was. */
static struct due_day due_first(const struct model *m, const struct record *r, enum field_id limit)
{
    date created = rec_date(r, COMMON_CREATED);
    return created == DATE_NONE ? at_once : due_after_months(m, created, limit);
}

static struct due_day due_newest(const struct model *m, const struct record *r, enum field_id parts,
                                 enum field_id day, enum field_id limit)
{
    const struct record *newest = rec_newest(r, parts, day);
    if (newest != NULL)
        return due_after_months(m, rec_date(newest, day), limit);
    return is_dark(r, parts) ? unknown : due_first(m, r, limit);
}

/* -- Reviews ---------------------------------------------------------------------------------- */

bool bia_is_submitted(const struct record *bia)
{
    const struct record *activity = rec_ref_to(bia, BIA_ACTIVITY, TYPE_ACTIVITY);
    return rec_is_live(bia) && !str_eq(rec_status(bia), S("draft")) &&
           (activity == NULL || rec_is_live(activity));
}

struct due_day due_bia_review(const struct model *m, const struct record *bia)
{
    if (!rec_lacks(bia, COMMON_NEXT_REVIEW))
        return due_on(rec_date(bia, COMMON_NEXT_REVIEW));
    if (rec_lacks(bia, BIA_DATE) && rec_lacks(bia, COMMON_REVIEWED))
        return at_once;
    return due_after_months(m, rec_last_look(bia, BIA_DATE), LIMITS_BIA_MONTHS);
}

static void judge(const struct model *m, struct judgement *last, date day, const struct record *by)
{
    bool has_come = day != DATE_NONE && (m->as_of == DATE_NONE || day <= m->as_of);
    if (has_come && day >= last->day)
        *last = (struct judgement){day, by};
}

/* What refers to it and looked at it, each on a day of its own. */
static void judge_by_link(const struct model *m, struct judgement *last, const struct backlink *b)
{
    static const struct {
        enum field_id link, day;
    } look[] = {
        {EVALUATION_OF, EVALUATION_DATE},
        {INCIDENT_AFFECTED, INCIDENT_REVIEW_DATE},
        {CHANGE_TOUCHES, CHANGE_ASSESSED_ON},
    };
    for (size_t i = 0; i < COUNT_OF(look); i++) {
        const struct record *by = backlink_by(b, look[i].link);
        if (by != NULL && rec_counts(by))
            judge(m, last, rec_date(by, look[i].day), by);
    }
}

struct judgement last_judgement(const struct model *m, const struct record *r)
{
    bool is_strategy = r->type->number == TYPE_STRATEGY;
    struct judgement last = {DATE_NONE, NULL};
    judge(m, &last, rec_date(r, is_strategy ? STRATEGY_IMPLEMENTED_ON : COMMON_CREATED), NULL);
    judge(m, &last, rec_date(r, COMMON_REVIEWED), r);
    for (size_t i = 0; i < r->back_count; i++)
        judge_by_link(m, &last, &r->back[i]);
    const struct record *exercise =
        is_strategy ? rec_ref_to(r, STRATEGY_VERIFIED_BY, TYPE_EXERCISE) : NULL;
    if (exercise != NULL)
        judge(m, &last, rec_date(exercise, EXERCISE_HELD), exercise);
    return last;
}

/* Who judged it may not be in this copy. */
struct due_day due_judgement(const struct model *m, const struct record *r)
{
    struct judgement last = last_judgement(m, r);
    if (is_dark(r, COMMON_REVIEWED))
        return unknown;
    if (rec_has(r, COMMON_NEXT_REVIEW))
        return last.day < rec_date(r, COMMON_NEXT_REVIEW) ? due_on(rec_date(r, COMMON_NEXT_REVIEW))
                                                          : never;
    if (is_dark(r, COMMON_NEXT_REVIEW) || model_is_partial(m))
        return unknown;
    return last.day == DATE_NONE ? at_once
                                 : due_after_months(m, last.day, LIMITS_EVALUATION_MONTHS);
}

static struct due_day due_document(const struct record *r)
{
    const struct lifecycle *life = r->life;
    bool is_ours = life != NULL && !life_is_over(life) && life->approvals.count != 0;
    return is_ours && !rec_lacks(r, COMMON_NEXT_REVIEW) ? due_on(rec_date(r, COMMON_NEXT_REVIEW))
                                                        : never;
}

struct due_day due_review(const struct model *m, const struct record *r)
{
    bool is_in_place = r->type->number == TYPE_STRATEGY && strategy_is_selected(r) &&
                       rec_has(r, STRATEGY_IMPLEMENTED_ON);
    if (r->type->number == TYPE_DOCUMENT)
        return due_document(r);
    if (r->type->number == TYPE_BIA)
        return bia_is_submitted(r) ? due_bia_review(m, r) : never;
    if (!rec_is_live(r))
        return never;
    if (r->type->number == TYPE_RISK || is_in_place)
        return due_judgement(m, r);
    return rec_lacks(r, COMMON_NEXT_REVIEW) ? never : due_on(rec_date(r, COMMON_NEXT_REVIEW));
}

struct due_day due_approval(const struct model *m, const struct record *r)
{
    date from = rec_date(r, DOCUMENT_VALID_FROM);
    if (r->life == NULL || r->life->status != LIFE_IN_REVIEW)
        return never;
    return from == DATE_NONE || due_is_past(m, due_on(from)) ? open : due_on(from);
}

struct due_day due_assumption(const struct model *m, const struct record *r)
{
    if (!rec_lacks(r, ASSUMPTION_EXPIRES))
        return due_on(rec_date(r, ASSUMPTION_EXPIRES));
    if (rec_lacks(r, ASSUMPTION_CHECKED_ON))
        return at_once;
    return due_after_months(m, rec_date(r, ASSUMPTION_CHECKED_ON), LIMITS_BIA_MONTHS);
}

/* -- Again and again -------------------------------------------------------------------------- */

struct due_day due_verified(const struct model *m, const struct record *r)
{
    enum field_id field = r->type->number == TYPE_PERSON ? PERSON_VERIFIED_ON : CONTACT_VERIFIED_ON;
    if (rec_lacks(r, field))
        return at_once;
    return due_after_days(rec_date(r, field), model_limit(m, LIMITS_CONTACT_DAYS));
}

struct due_day due_obligation(const struct model *m, const struct record *r)
{
    if (rec_lacks(r, OBLIGATION_CHECKED_ON))
        return due_first(m, r, LIMITS_OBLIGATION_MONTHS);
    return due_after_months(m, rec_date(r, OBLIGATION_CHECKED_ON), LIMITS_OBLIGATION_MONTHS);
}

struct due_day due_feedback(const struct model *m, const struct record *r)
{
    return due_newest(m, r, PARTY_FEEDBACK, FEEDBACK_DATE, LIMITS_FEEDBACK_MONTHS);
}

struct due_day due_call_test(const struct model *m, const struct record *r)
{
    return due_newest(m, r, CALL_TREE_TESTED, CALL_TEST_DATE, LIMITS_CALL_TEST_MONTHS);
}

struct due_day due_box_check(const struct model *m, const struct record *r)
{
    if (rec_lacks(r, BATTLE_BOX_CHECKED_ON))
        return at_once;
    return due_after_months(m, rec_date(r, BATTLE_BOX_CHECKED_ON), LIMITS_BOX_CHECK_MONTHS);
}

/* Who has just been looked at to be taken on is not overdue. */
struct due_day due_supplier_review(const struct model *m, const struct record *r)
{
    const struct record *last = rec_newest(r, SUPPLIER_REVIEWS, SUPPLIER_REVIEW_DATE);
    const struct record *onboarding = rec_ref(r, SUPPLIER_ONBOARDING);
    if (last != NULL)
        return due_after_months(m, rec_date(last, SUPPLIER_REVIEW_DATE),
                                LIMITS_SUPPLIER_REVIEW_MONTHS);
    if (is_dark(r, SUPPLIER_REVIEWS) || is_dark(r, SUPPLIER_ONBOARDING))
        return unknown;
    if (onboarding == NULL || rec_lacks(onboarding, ONBOARDING_DUE_DILIGENCE))
        return at_once;
    return due_after_months(m, rec_date(onboarding, ONBOARDING_DUE_DILIGENCE),
                            LIMITS_SUPPLIER_REVIEW_MONTHS);
}

/* A new one has its first period ahead of it. How often is unknown: that it is, is enough. */
/* What is computed is always there. */
struct due_day due_measurement(const struct model *m, const struct record *r)
{
    const struct figure *f = kpi_figure(m, r);
    const struct figure_point *last = figure_last(f);
    duration every = rec_duration(r, KPI_FREQUENCY);
    date from = last != NULL ? last->day : rec_date(r, COMMON_CREATED);
    if (f->def != NULL || f->is_withheld)
        return never;
    if (last == NULL && is_dark(r, KPI_MEASUREMENTS))
        return unknown;
    if (every != DURATION_NONE && from != DATE_NONE)
        return due_after_days(from, every / MINUTES_PER_DAY);
    if (last == NULL)
        return at_once;
    return rec_lacks(r, KPI_FREQUENCY) ? never : unknown;
}

/* -- After something has happened -------------------------------------------------------------- */

struct due_day due_exercise_report(const struct model *m, const struct record *r)
{
    if (!rec_lacks(r, EXERCISE_REPORT_DATE) || rec_lacks(r, EXERCISE_HELD))
        return never;
    return due_after_days(rec_date(r, EXERCISE_HELD), model_limit(m, LIMITS_REPORT_DAYS));
}

/* A date that is set for the review is none of it. */
struct due_day due_incident_review(const struct model *m, const struct record *r)
{
    date set = rec_date(r, INCIDENT_REVIEW_DATE);
    enum field_id over = rec_has(r, INCIDENT_STOOD_DOWN) ? INCIDENT_STOOD_DOWN : INCIDENT_START;
    bool is_to_come = set != DATE_NONE && m->as_of != DATE_NONE && set > m->as_of;
    if (!rec_lacks(r, INCIDENT_REVIEW_DATE) && !is_to_come)
        return never;
    return due_after_days(rec_moment_day(r, over), model_limit(m, LIMITS_INCIDENT_REVIEW_DAYS));
}

struct due_day due_change(const struct model *m, const struct record *r)
{
    if (!rec_bool(r, CHANGE_MATERIAL) || !rec_lacks(r, CHANGE_ASSESSED_ON))
        return never;
    if (rec_value(r, CHANGE_TRIGGER)->state == FV_WITHHELD)
        return unknown; /* it may set days of its own */
    return due_after_days(rec_date(r, CHANGE_DATE), change_days_allowed(m, r));
}

bool action_must_prove_effect(const struct record *action)
{
    str kind = rec_text(action, ACTION_KIND);
    return str_eq(kind, S("correction")) || str_eq(kind, S("corrective"));
}

struct due_day due_action(const struct model *m, const struct record *r)
{
    (void)m;
    return rec_lacks(r, ACTION_DONE_ON) ? due_on(action_due_day(r)) : never;
}

/* An effect can be late only of what was done. */
struct due_day due_effect(const struct model *m, const struct record *r)
{
    date day = rec_date(r, ACTION_EFFECT_DUE);
    bool is_done = rec_has(r, ACTION_DONE_ON);
    bool is_found = !rec_lacks(r, ACTION_EFFECT_RESULT) && !rec_is_unknown(r, ACTION_EFFECT_RESULT);
    if (is_found || (!is_done && rec_is_over(r)))
        return never;
    if (rec_lacks(r, ACTION_EFFECT_DUE))
        return is_done && action_must_prove_effect(r) ? open : never;
    return is_done || !due_is_past(m, due_on(day)) ? due_on(day) : never;
}

bool strategy_is_selected(const struct record *option)
{
    str status = rec_status(option);
    return str_eq(rec_text(option, STRATEGY_DECISION), S("selected")) &&
           !str_eq(status, S("closed")) && !str_eq(status, S("withdrawn"));
}

struct due_day due_strategy(const struct model *m, const struct record *r)
{
    const struct field_value *in_place = rec_value(r, STRATEGY_IMPLEMENTED_ON);
    (void)m;
    if (!strategy_is_selected(r) || in_place->state == FV_PRESENT || in_place->state == FV_WITHHELD)
        return never;
    if (!rec_lacks(r, STRATEGY_DUE))
        return due_on(rec_date(r, STRATEGY_DUE)); /* until it is in place for certain */
    return in_place->state == FV_ABSENT ? open : unknown;
}

static struct due_day sooner(struct due_day one, struct due_day other)
{
    if (one.state != DUE_ON || other.state != DUE_ON)
        return one.state == DUE_ON ? one : other;
    return one.day < other.day ? one : other;
}

struct due_day due_steering(const struct model *m, const struct record *last)
{
    return sooner(due_on(rec_date(last, MEETING_NEXT_DATE)),
                  due_after_months(m, rec_date(last, MEETING_DATE), LIMITS_MEETING_MONTHS));
}

struct due_day due_top_review(const struct model *m, const struct record *last)
{
    return due_after_months(m, rec_date(last, MANAGEMENT_REVIEW_HELD), LIMITS_REVIEW_MONTHS);
}

struct due_day due_training(const struct record *training)
{
    date until = learning_until(training);
    return until == DATE_NONE ? never : due_on(until);
}

/* A new holder has some days; who says nothing of since when is taken to be an old one. */
struct due_day due_first_training(const struct model *m, const struct record *role)
{
    date since = rec_date(role, ROLE_HOLDER_SINCE);
    return since == DATE_NONE ? at_once
                              : due_after_days(since, model_limit(m, LIMITS_NEW_HOLDER_DAYS));
}

