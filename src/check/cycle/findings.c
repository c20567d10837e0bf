/* check/cycle/findings: nonconformities get a cause and an action that works (FA1, FA2, FA9). */
#include "check/check_int.h"

#include <stdlib.h>

#include "model/limits.h"

/* What the actions say about one finding. */
struct answer {
    bool is_there, has_cause;
    date effective_on; /* when the last action that was found effective was done; DATE_NONE */
};

static bool is_nonconformity(const struct record *f)
{
    str grade = rec_text(f, FINDING_GRADE);
    return (str_eq(grade, S("major")) || str_eq(grade, S("minor"))) && rec_counts(f);
}

static date day_of(const struct record *f)
{
    return rec_has(f, FINDING_DATE) ? rec_date(f, FINDING_DATE) : rec_date(f, COMMON_CREATED);
}

static void add_answer(struct answer *a, const struct record *action)
{
    bool is_effective = str_eq(rec_text(action, ACTION_EFFECT_RESULT), S("effective"));
    date done = rec_date(action, ACTION_DONE_ON);
    a->is_there = true;
    a->has_cause |= !rec_lacks(action, ACTION_CAUSE);
    if (is_effective && (a->effective_on == DATE_NONE || done > a->effective_on))
        a->effective_on = done;
}

static struct answer *answers_of(struct checker *c)
{
    const struct record_list *actions = model_list(c->model, TYPE_ACTION);
    size_t findings = model_list(c->model, TYPE_FINDING)->count;
    struct answer *answers = NEW_ARRAY(c->scratch, struct answer, findings + 1);
    for (size_t i = 0; i < findings; i++)
        answers[i].effective_on = DATE_NONE;
    for (size_t i = 0; i < actions->count; i++) {
        size_t count;
        const struct field_value *items = rec_items(actions->items[i], ACTION_FINDINGS, &count);
        for (size_t j = 0; j < count && rec_counts(actions->items[i]); j++) {
            const struct record *f = field_target_of(&items[j], TYPE_FINDING);
            if (f != NULL)
                add_answer(&answers[f->number], actions->items[i]);
        }
    }
    return answers;
}

/* -- Cause and action (FA1, FA2) -------------------------------------------------------------- */

/* What was found today cannot be answered today; what has no day has been there long enough. */
static bool is_answer_due(const struct checker *c, const struct record *f)
{
    date day = day_of(f);
    return day == DATE_NONE || check_is_days_ago(c, day, model_limit(c->model, LIMITS_ANSWER_DAYS));
}

static void check_answer(struct checker *c, const struct record *f, const struct answer *a)
{
    if (!is_answer_due(c, f))
        return;
    if (!a->is_there)
        check_report(c, CHECK_RULE_FINDING_NO_ACTION, f, f->id_span,
                     "the nonconformity '" STR_FMT "' (" STR_FMT ") has no action", STR_ARG(f->id),
                     STR_ARG(rec_text(f, FINDING_GRADE)));
    else if (!a->has_cause)
        check_report(c, CHECK_RULE_FINDING_NO_CAUSE, f, f->id_span,
                     "no action of the nonconformity '" STR_FMT "' (" STR_FMT ") states its cause",
                     STR_ARG(f->id), STR_ARG(rec_text(f, FINDING_GRADE)));
}

/* -- Come back (FA9) -------------------------------------------------------------------------- */

/* A nonconformity is found, or the action against one is done and later judged effective. */
struct turn {
    const struct record *finding;
    date day;
    bool is_cure;
};

static int in_time(const void *x, const void *y)
{
    const struct turn *a = x, *b = y;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    if (a->is_cure != b->is_cure)
        return a->is_cure ? 1 : -1; /* what is found on the day of the cure came before it */
    size_t one = a->finding->number, other = b->finding->number;
    return one < other ? -1 : one > other;
}

static size_t turns_of(struct checker *c, const struct answer *answers, struct turn *turns)
{
    const struct record_list *list = model_list(c->model, TYPE_FINDING);
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct record *f = list->items[i];
        if (!is_nonconformity(f) || !rec_has(f, FINDING_CLAUSE) || day_of(f) == DATE_NONE)
            continue;
        turns[count++] = (struct turn){f, day_of(f), false};
        if (answers[i].effective_on != DATE_NONE)
            turns[count++] = (struct turn){f, answers[i].effective_on, true};
    }
    if (count != 0)
        qsort(turns, count, sizeof *turns, in_time);
    return count;
}

static void check_return(struct checker *c, const struct record *f, const struct turn *cure)
{
    long long months = model_limit(c->model, LIMITS_AUDIT_MONTHS);
    if (cure == NULL || cure->finding == f ||
        day_of(f) > date_add_months(day_of(cure->finding), (int)months))
        return;
    check_report(c, CHECK_RULE_FINDING_REPEATED, f, check_place(f, FINDING_CLAUSE),
                 "'" STR_FMT "' is the clause of '" STR_FMT
                 "' again, whose action was done on " STR_FMT " and found effective",
                 STR_ARG(f->id), STR_ARG(cure->finding->id),
                 STR_ARG(check_day_words(c, cure->day)));
    diag_related(c->diags, cure->finding->id_span, "'" STR_FMT "' is here",
                 STR_ARG(cure->finding->id));
}

/* Clauses are wide: of two owners each has a weakness of their own, one that finds it again
 * has not got rid of it. */
static void check_returns(struct checker *c, const struct answer *answers)
{
    size_t findings = model_list(c->model, TYPE_FINDING)->count;
    struct turn *turns = NEW_ARRAY(c->scratch, struct turn, 2 * findings + 1);
    size_t count = turns_of(c, answers, turns);
    struct map latest = map_in(c->scratch); /* clause and owner → place of the latest cure */
    for (size_t i = 0; i < count; i++) {
        const struct record *f = turns[i].finding;
        str key = str_fmt(c->scratch, STR_FMT " " STR_FMT, STR_ARG(rec_text(f, FINDING_CLAUSE)),
                          STR_ARG(rec_text(f, COMMON_OWNER)));
        struct turn **cure = map_find(&latest, key);
        if (cure == NULL) {
            cure = NEW(c->scratch, struct turn *);
            map_put(&latest, key, cure);
        }
        if (turns[i].is_cure)
            *cure = &turns[i];
        else
            check_return(c, f, *cure);
    }
}

void check_findings(struct checker *c)
{
    const struct record_list *list = model_list(c->model, TYPE_FINDING);
    const struct answer *answers = answers_of(c);
    for (size_t i = 0; i < list->count; i++)
        if (is_nonconformity(list->items[i]))
            check_answer(c, list->items[i], &answers[i]);
    check_returns(c, answers);
}
