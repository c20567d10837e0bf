/* check/cycle/evaluations: what one relies on is judged, at times and after events (EV1). */
#include "check/check_int.h"

#include "model/impact.h"
#include "model/limits.h"

/* Where one record stands. Not only evaluations judge: exercises, reviews of suppliers and of
 * incidents, and assessments of changes do too (8.6). */
struct standing {
    date judged;
    const struct record *by; /* NULL: nobody yet; `judged` is then since when it is in use */
    date touched;
    const struct record *event; /* the first incident or material change since; NULL */
};

/* First all is judged, then it is seen what has happened since. */
struct standings {
    const struct checker *checker;
    struct standing *of_type[TYPE_COUNT]; /* by number; NULL for types that are not judged */
    bool all_is_judged;
};

/* What judges or touches an activity does so to its analysis, and the other way round. */
static const enum type_id judged_type[] = {TYPE_ACTIVITY, TYPE_STRATEGY, TYPE_PLAN, TYPE_SUPPLIER};

static struct standing *standing_of(const struct standings *s, const struct record *r)
{
    const struct record *of =
        r->type->number == TYPE_BIA ? check_ref(r, BIA_ACTIVITY, TYPE_ACTIVITY) : r;
    bool is_known = of != NULL && of->type->number < TYPE_COUNT;
    struct standing *all = is_known ? s->of_type[of->type->number] : NULL;
    return all != NULL ? &all[of->number] : NULL;
}

/* DATE_NONE is earlier than every day. */
static void judge(const struct standings *s, const struct record *r, date day,
                  const struct record *by)
{
    struct standing *st = standing_of(s, r);
    if (st == NULL || s->all_is_judged || !check_has_come(s->checker, day) || day < st->judged)
        return;
    st->judged = day;
    st->by = by;
}

static void touch(const struct standings *s, const struct record *r, date day,
                  const struct record *event)
{
    struct standing *st = standing_of(s, r);
    if (st == NULL || !s->all_is_judged || day <= st->judged ||
        (st->event != NULL && day >= st->touched))
        return;
    st->touched = day;
    st->event = event;
}

/* -- What judges, and what touches ------------------------------------------------------------ */

/* Since when it is there to be judged. */
static void take_birth(const struct standings *s, const struct record *r)
{
    switch (r->type->number) {
    case TYPE_BIA:
        if (model_bia_is_approved(s->checker->model, r))
            judge(s, r, rec_date(r, BIA_APPROVED_ON), NULL);
        break;
    case TYPE_STRATEGY:
        judge(s, r, rec_date(r, STRATEGY_IMPLEMENTED_ON), NULL);
        break;
    default:
        judge(s, r, rec_date(r, COMMON_CREATED), NULL);
    }
}

/* An event that touches what the field names on one day, and is looked back at on another. */
static void take(const struct standings *s, const struct record *r, enum field_id field,
                 date touched, date judged)
{
    size_t count;
    const struct field_value *items = rec_items(r, field, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *what = check_part(&items[i]);
        if (what == NULL)
            continue;
        judge(s, what, judged, r);
        touch(s, what, touched, r);
    }
}

static void take_evaluation(const struct standings *s, const struct record *r)
{
    take(s, r, EVALUATION_OF, DATE_NONE, rec_date(r, EVALUATION_DATE));
}

static void take_exercise(const struct standings *s, const struct record *r)
{
    take(s, r, EXERCISE_PLANS, DATE_NONE, rec_date(r, EXERCISE_HELD));
    take(s, r, EXERCISE_FEEDBACK_TO, DATE_NONE, rec_date(r, EXERCISE_HELD));
}

static void take_incident(const struct standings *s, const struct record *r)
{
    bool is_disruption = str_eq(rec_text(r, INCIDENT_KIND), S("disruption"));
    date start = is_disruption ? check_moment_day(r, INCIDENT_START) : DATE_NONE;
    take(s, r, INCIDENT_PLANS, start, rec_date(r, INCIDENT_REVIEW_DATE));
    take(s, r, INCIDENT_AFFECTED, start, rec_date(r, INCIDENT_REVIEW_DATE));
}

static void take_change(const struct standings *s, const struct record *r)
{
    bool is_material = check_is_material(s->checker, r);
    take(s, r, CHANGE_TOUCHES, is_material ? rec_date(r, CHANGE_DATE) : DATE_NONE,
         rec_date(r, CHANGE_ASSESSED_ON));
}

static void take_strategy(const struct standings *s, const struct record *r)
{
    const struct record *e = check_ref(r, STRATEGY_VERIFIED_BY, TYPE_EXERCISE);
    if (e != NULL)
        judge(s, r, rec_date(e, EXERCISE_HELD), e);
}

static void take_supplier(const struct standings *s, const struct record *r)
{
    size_t count;
    const struct field_value *items = rec_items(r, SUPPLIER_REVIEWS, &count);
    for (size_t i = 0; i < count; i++)
        if (check_part(&items[i]) != NULL)
            judge(s, r, rec_date(items[i].record, SUPPLIER_REVIEW_DATE), r);
}

static const struct {
    enum type_id type;
    void (*take)(const struct standings *s, const struct record *r);
} source[] = {
    {TYPE_BIA, take_birth},
    {TYPE_STRATEGY, take_birth},
    {TYPE_PLAN, take_birth},
    {TYPE_SUPPLIER, take_birth},
    {TYPE_EVALUATION, take_evaluation},
    {TYPE_EXERCISE, take_exercise},
    {TYPE_INCIDENT, take_incident},
    {TYPE_CHANGE, take_change},
    {TYPE_STRATEGY, take_strategy},
    {TYPE_SUPPLIER, take_supplier},
};

/* -- What is to be judged --------------------------------------------------------------------- */

static bool is_relied_on(const struct checker *c, const struct record *r)
{
    switch (r->type->number) {
    case TYPE_STRATEGY:
        return rec_is_live(r) && rec_has(r, STRATEGY_IMPLEMENTED_ON) &&
               str_eq(rec_text(r, STRATEGY_DECISION), S("selected"));
    case TYPE_SUPPLIER:
        return rec_is_live(r) && check_is_critical(c, r);
    default:
        return rec_is_live(r) && r->type->number == TYPE_PLAN;
    }
}

/* After an event there are as many days as for the review of an incident. */
static bool is_due_after_event(const struct checker *c, const struct standing *st)
{
    return st->event != NULL &&
           check_is_days_ago(c, st->touched, model_limit(c->model, LIMITS_INCIDENT_REVIEW_DAYS));
}

static void check_record(struct checker *c, const struct standings *s, const struct record *r)
{
    const struct standing *st = standing_of(s, r);
    long long months = model_limit(c->model, LIMITS_EVALUATION_MONTHS);
    str day = check_day_words(c, st->judged);
    if (is_due_after_event(c, st))
        check_report(c, CHECK_RULE_NOT_EVALUATED, r, r->id_span,
                     "'" STR_FMT "' was touched by '" STR_FMT "' on " STR_FMT
                     " and has not been evaluated since",
                     STR_ARG(r->id), STR_ARG(st->event->id),
                     STR_ARG(check_day_words(c, st->touched)));
    else if (st->judged == DATE_NONE)
        check_report(c, CHECK_RULE_NOT_EVALUATED, r, r->id_span,
                     "'" STR_FMT "' has never been evaluated", STR_ARG(r->id));
    else if (!check_is_months_ago(c, st->judged, months))
        return;
    else if (st->by == NULL)
        check_report(c, CHECK_RULE_NOT_EVALUATED, r, r->id_span,
                     "'" STR_FMT "' is in use since " STR_FMT " and has not been evaluated in "
                     "%lld months",
                     STR_ARG(r->id), STR_ARG(day), months);
    else
        check_report(c, CHECK_RULE_NOT_EVALUATED, r, r->id_span,
                     "'" STR_FMT "' was last evaluated on " STR_FMT " ('" STR_FMT
                     "'), more than %lld months ago",
                     STR_ARG(r->id), STR_ARG(day), STR_ARG(st->by->id), months);
}

static void take_all(const struct standings *s)
{
    for (size_t i = 0; i < sizeof source / sizeof *source; i++) {
        const struct record_list *list = model_list(s->checker->model, source[i].type);
        for (size_t j = 0; j < list->count; j++)
            if (!check_is_withdrawn(list->items[j]))
                source[i].take(s, list->items[j]);
    }
}

static struct standings standings_of(const struct checker *c)
{
    struct standings s = {.checker = c};
    for (size_t i = 0; i < sizeof judged_type / sizeof *judged_type; i++) {
        size_t count = model_list(c->model, judged_type[i])->count;
        struct standing *all = NEW_ARRAY(c->scratch, struct standing, count + 1);
        for (size_t j = 0; j < count; j++)
            all[j].judged = DATE_NONE;
        s.of_type[judged_type[i]] = all;
    }
    take_all(&s);
    s.all_is_judged = true;
    take_all(&s);
    return s;
}

static void check_analyses(struct checker *c, const struct standings *s)
{
    const struct record_list *activities = model_list(c->model, TYPE_ACTIVITY);
    for (size_t i = 0; i < activities->count; i++) {
        const struct record *a = activities->items[i];
        bool is_urgent = rec_is_live(a) && check_is_prioritised(c, a);
        const struct record *bia = is_urgent ? model_bia(c->model, a) : NULL;
        if (bia != NULL)
            check_record(c, s, bia);
    }
}

void check_evaluations(struct checker *c)
{
    struct standings s = standings_of(c);
    check_analyses(c, &s);
    for (size_t i = 0; i < sizeof judged_type / sizeof *judged_type; i++) {
        const struct record_list *list = model_list(c->model, judged_type[i]);
        for (size_t j = 0; j < list->count; j++)
            if (is_relied_on(c, list->items[j]))
                check_record(c, &s, list->items[j]);
    }
}
