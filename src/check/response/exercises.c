/* check/response/exercises: held, reported, learnt from (EX1-EX4, EX7, EX9). */
#include "check/response/response_int.h"

#include "model/due.h"
#include "model/limits.h"
#include "model/practice.h"
#include "model/recovery.h"

struct lessons {
    bool *is_there; /* by number of the exercise: it has a finding */
    size_t *played; /* by number of the person: the exercise last played in, counted from 1 */
};

/* -- Held, reported, learnt from (EX1-EX3) ---------------------------------------------------- */

static void check_held(struct checker *c, const struct record *e)
{
    date planned = rec_date(e, EXERCISE_PLANNED);
    if (rec_lacks(e, EXERCISE_HELD) && check_is_past(c, planned))
        check_report(c, CHECK_RULE_EXERCISE_OVERDUE, e, check_place(e, EXERCISE_PLANNED),
                     "the exercise '" STR_FMT "' was planned for " STR_FMT " and has not been held",
                     STR_ARG(e->id), STR_ARG(check_day_words(c, planned)));
}

static void check_is_reported(struct checker *c, const struct record *e)
{
    if (due_is_past(c->model, due_exercise_report(c->model, e)))
        check_report(c, CHECK_RULE_EXERCISE_UNREPORTED, e, check_place(e, EXERCISE_HELD),
                     "the exercise '" STR_FMT "' was held on " STR_FMT
                     " and has no report; %lld days are allowed",
                     STR_ARG(e->id), STR_ARG(check_day_words(c, rec_date(e, EXERCISE_HELD))),
                     model_limit(c->model, LIMITS_REPORT_DAYS));
}

/* Once there is a report, and while somebody remembers. A call that reached everybody has no
 * flaw. */
static void check_is_learnt_from(struct checker *c, const struct record *e)
{
    str outcome = rec_text(e, EXERCISE_OUTCOME);
    const char *went = str_eq(outcome, S("partly")) ? "met its aim partly"
                       : str_eq(outcome, S("not"))  ? "did not meet its aim"
                                                    : "was held";
    bool is_faultless = str_eq(rec_text(e, EXERCISE_KIND), S("alert")) &&
                        !str_eq(outcome, S("partly")) && !str_eq(outcome, S("not"));
    bool is_recent = practice_is_recent(c->model, rec_date(e, EXERCISE_HELD));
    if (rec_has(e, EXERCISE_REPORT_DATE) && is_recent && !is_faultless)
        check_report(c, CHECK_RULE_EXERCISE_NO_FINDING, e, check_place(e, EXERCISE_OUTCOME),
                     "the exercise '" STR_FMT "' %s and has no finding", STR_ARG(e->id), went);
}

/* -- Times (EX4) ------------------------------------------------------------------------------ */

static bool is_late(const struct record *achieved)
{
    return recovery_late_by(achieved, TIME_RTO) > 0;
}

/* One finding answers for all that was late, so it is asked for once. */
static bool check_times(struct checker *c, const struct record *e)
{
    size_t count, late = 0;
    const struct field_value *items = rec_items(e, EXERCISE_ACHIEVED, &count);
    const struct record *first = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct record *a = field_target(&items[i]);
        if (a == NULL || !is_late(a))
            continue;
        first = first == NULL ? a : first;
        late++;
    }
    bool is_reported = !rec_lacks(e, EXERCISE_REPORT_DATE);
    if (late == 0 || (!is_reported && !due_is_past(c->model, due_exercise_report(c->model, e))))
        return false;
    const struct record *target = rec_ref(first, ACHIEVED_TARGET);
    check_report(c, CHECK_RULE_EXERCISE_TOO_SLOW, e, check_place(first, ACHIEVED_RTO),
                 "'" STR_FMT "' took " STR_FMT ", its RTO is " STR_FMT
                 "%s, and the exercise '" STR_FMT "' has no finding",
                 STR_ARG(target->id),
                 STR_ARG(check_time_words(c, rec_duration(first, ACHIEVED_RTO))),
                 STR_ARG(check_time_words(c, recovery_own(target, TIME_RTO))),
                 late == 1 ? "" : ", more was late", STR_ARG(e->id));
    return true;
}

/* -- Objectives and people (EX7, EX9) --------------------------------------------------------- */

static void check_aims(struct checker *c, const struct record *e)
{
    size_t count;
    const struct field_value *items = rec_items(e, EXERCISE_OBJECTIVES, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *o = field_target(&items[i]);
        if (o != NULL && rec_lacks(o, EXERCISE_OBJECTIVE_PASS_TEST))
            check_report(c, CHECK_RULE_EXERCISE_NO_PASS_TEST, e, o->span,
                         "the objective '" STR_FMT "' of '" STR_FMT
                         "' does not say when it is passed",
                         STR_ARG(diag_quote(rec_text(o, EXERCISE_OBJECTIVE_TEXT))), STR_ARG(e->id));
    }
}

static const struct record *person_as(const struct field_value *item, str function)
{
    const struct record *p = field_target(item);
    bool is_it = p != NULL && str_eq(rec_text(p, PARTICIPANT_FUNCTION), function);
    return is_it ? rec_ref_to(p, PARTICIPANT_PERSON, TYPE_PERSON) : NULL;
}

static void check_evaluators(struct checker *c, struct lessons *l, const struct record *e)
{
    size_t count;
    const struct field_value *items = rec_items(e, EXERCISE_PARTICIPANTS, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *player = person_as(&items[i], S("player"));
        if (player != NULL)
            l->played[player->number] = e->number + 1;
    }
    for (size_t i = 0; i < count; i++) {
        const struct record *evaluator = person_as(&items[i], S("evaluator"));
        if (evaluator != NULL && l->played[evaluator->number] == e->number + 1)
            check_report(c, CHECK_RULE_EVALUATOR_PLAYS, e, items[i].span,
                         "'" STR_FMT "' is player and evaluator of the exercise '" STR_FMT "'",
                         STR_ARG(evaluator->id), STR_ARG(e->id));
    }
}

/* -- All of it -------------------------------------------------------------------------------- */

static struct lessons lessons_of(struct checker *c)
{
    const struct record_list *exercises = model_list(c->model, TYPE_EXERCISE);
    const struct record_list *findings = model_list(c->model, TYPE_FINDING);
    size_t people = model_list(c->model, TYPE_PERSON)->count;
    struct lessons l = {NEW_ARRAY(c->scratch, bool, exercises->count + 1),
                        NEW_ARRAY(c->scratch, size_t, people + 1)};
    for (size_t i = 0; i < exercises->count; i++)
        l.is_there[i] = !rec_lacks(exercises->items[i], EXERCISE_FINDINGS);
    for (size_t i = 0; i < findings->count; i++) {
        const struct record *e = rec_ref_to(findings->items[i], FINDING_SOURCE_REF, TYPE_EXERCISE);
        if (e != NULL)
            l.is_there[e->number] = true;
    }
    return l;
}

static void check_exercise(struct checker *c, struct lessons *l, const struct record *e)
{
    check_held(c, e);
    check_is_reported(c, e);
    if (!l->is_there[e->number] && !check_times(c, e))
        check_is_learnt_from(c, e);
    if (rec_has(e, EXERCISE_HELD) && !practice_is_recent(c->model, rec_date(e, EXERCISE_HELD)))
        return; /* what is long over can be held better next time only */
    check_aims(c, e);
    check_evaluators(c, l, e);
}

void check_exercises(struct checker *c)
{
    const struct record_list *list = model_list(c->model, TYPE_EXERCISE);
    struct lessons l = lessons_of(c);
    for (size_t i = 0; i < list->count; i++)
        if (rec_counts(list->items[i]))
            check_exercise(c, &l, list->items[i]);
}
