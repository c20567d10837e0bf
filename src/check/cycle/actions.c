/* check/cycle/actions: done in time, and checked for effect (FA3-FA8, FA10). */
#include "check/cycle/updates.h"

#include "model/actions.h"
#include "model/due.h"
#include "model/limits.h"

static bool is_closed(const struct record *a)
{
    return str_eq(rec_status(a), S("closed"));
}

/* -- In time (FA3, FA8) ----------------------------------------------------------------------- */

static void check_due(struct checker *c, const struct record *a)
{
    const struct field_value *due = action_due(a);
    size_t moves;
    rec_items(a, ACTION_REVISED_DUE, &moves);
    if (action_is_overdue(c->model, a))
        check_report(c, CHECK_RULE_ACTION_OVERDUE, a, due->span,
                     "the action '" STR_FMT "' was due on " STR_FMT " and is not done",
                     STR_ARG(a->id), STR_ARG(check_day_words(c, due->day)));
    if (rec_lacks(a, ACTION_DONE_ON) && (long long)moves > model_limit(c->model, LIMITS_DUE_MOVES))
        check_report(c, CHECK_RULE_DUE_MOVED, a, check_place(a, ACTION_REVISED_DUE),
                     "the due date of '" STR_FMT "' was moved %zu times; %lld are allowed",
                     STR_ARG(a->id), moves, model_limit(c->model, LIMITS_DUE_MOVES));
}

/* -- To effect (FA4-FA7) ---------------------------------------------------------------------- */

static void check_effect(struct checker *c, const struct record *a)
{
    date due = rec_date(a, ACTION_EFFECT_DUE);
    if (!rec_lacks(a, ACTION_EFFECT_RESULT))
        return;
    if (is_closed(a) && action_must_prove_effect(a))
        check_report(c, CHECK_RULE_CLOSED_UNPROVEN, a, check_place(a, COMMON_STATUS),
                     "the action '" STR_FMT "' is closed, but nobody has said whether it worked",
                     STR_ARG(a->id));
    else if (due_effect(c->model, a).state == DUE_OPEN)
        check_report(c, CHECK_RULE_EFFECT_OVERDUE, a, check_place(a, ACTION_DONE_ON),
                     "the action '" STR_FMT "' was done on " STR_FMT
                     ", and nothing says by when its effect is checked",
                     STR_ARG(a->id), STR_ARG(check_day_words(c, rec_date(a, ACTION_DONE_ON))));
    else if (due_is_past(c->model, due_effect(c->model, a)))
        check_report(c, CHECK_RULE_EFFECT_OVERDUE, a, check_place(a, ACTION_EFFECT_DUE),
                     "the effect of '" STR_FMT "' was to be checked by " STR_FMT, STR_ARG(a->id),
                     STR_ARG(check_day_words(c, due)));
}

static void check_follow_up(struct checker *c, const struct record *a)
{
    str result = rec_text(a, ACTION_EFFECT_RESULT);
    bool is_short = str_eq(result, S("partly")) || str_eq(result, S("not"));
    if (is_short && rec_lacks(a, ACTION_FOLLOW_UP))
        check_report(c, CHECK_RULE_ACTION_INEFFECTIVE, a, check_place(a, ACTION_EFFECT_RESULT),
                     "the action '" STR_FMT "' was %s effective, and nothing follows it",
                     STR_ARG(a->id), str_eq(result, S("not")) ? "not" : "only partly");
}

static void check_verifier(struct checker *c, const struct record *a)
{
    const struct record *by = rec_ref_to(a, ACTION_EFFECT_BY, TYPE_ROLE);
    const struct record *owner = rec_ref_to(a, COMMON_OWNER, TYPE_ROLE);
    const struct record *person = by != NULL ? rec_ref_to(by, ROLE_HOLDER, TYPE_PERSON) : NULL;
    if (by == NULL || owner == NULL)
        return;
    if (by == owner)
        check_report(c, CHECK_RULE_OWN_VERIFIER, a, check_place(a, ACTION_EFFECT_BY),
                     "'" STR_FMT "' owns the action '" STR_FMT "' and checks its effect",
                     STR_ARG(by->id), STR_ARG(a->id));
    else if (rec_is_live(a) && person != NULL &&
             person == rec_ref_to(owner, ROLE_HOLDER, TYPE_PERSON))
        check_report(c, CHECK_RULE_OWN_VERIFIER, a, check_place(a, ACTION_EFFECT_BY),
                     "'" STR_FMT "' and '" STR_FMT "' are one person, who owns the action '" STR_FMT
                     "' and checks its effect",
                     STR_ARG(by->id), STR_ARG(owner->id), STR_ARG(a->id));
}

/* -- All of it -------------------------------------------------------------------------------- */

void check_actions(struct checker *c)
{
    const struct record_list *list = model_list(c->model, TYPE_ACTION);
    for (size_t i = 0; i < list->count; i++) {
        const struct record *a = list->items[i];
        if (!rec_counts(a))
            continue;
        check_due(c, a);
        check_effect(c, a);
        check_follow_up(c, a);
        check_verifier(c, a);
        if (rec_has(a, ACTION_DONE_ON))
            check_updates(c, CHECK_RULE_ACTION_NOT_UPDATED, a, ACTION_UPDATES,
                          rec_date(a, COMMON_CREATED));
    }
}
