/* check/analysis/strategies: options considered, chosen, put in place and proven (ST1-ST6). */
#include "check/check_int.h"

#include "model/due.h"
#include "model/impact.h"
#include "model/limits.h"

static bool is_decided(const struct record *option, str decision)
{
    return str_eq(rec_text(option, STRATEGY_DECISION), decision);
}

/* It brings work back; what only prevents does not. */
static bool is_response(const struct record *option)
{
    return !str_eq(rec_text(option, STRATEGY_PHASE), S("before"));
}

/* -- What was chosen for an activity (ST1, ST3) ----------------------------------------------- */

struct choice {
    size_t considered, selected;
    const struct record **responses; /* the selected ones that bring it back */
    size_t response_count, response_cap;
};

static struct choice choice_for(const struct checker *c, const struct record *activity)
{
    struct choice choice = {0};
    for (size_t i = 0; i < activity->back_count; i++) {
        const struct record *option = backlink_by(&activity->back[i], STRATEGY_FOR);
        if (option == NULL)
            continue;
        choice.considered++;
        if (!strategy_is_selected(option))
            continue;
        choice.selected++;
        if (is_response(option))
            PUSH(c->scratch, choice.responses, choice.response_count, choice.response_cap,
                 const struct record *) = option;
    }
    return choice;
}

static void check_choice(struct checker *c, const struct record *r, const struct choice *choice)
{
    if (choice->response_count == 0)
        check_report(c, CHECK_RULE_NO_STRATEGY, r, r->id_span,
                     "no option is selected that brings the prioritised activity '" STR_FMT
                     "' back%s",
                     STR_ARG(r->id), choice->selected ? ", only such as prevent a disruption" : "");
    if (choice->considered == 1)
        check_report(c, CHECK_RULE_ONE_OPTION, r, r->id_span,
                     "only one option was considered for the prioritised activity '" STR_FMT "'",
                     STR_ARG(r->id));
}

/* -- Whether it is enough (ST2) --------------------------------------------------------------- */

enum { PERCENT_NONE = -1 };
enum reach { REACH_ENOUGH, REACH_UNKNOWN, REACH_SHORT };

/* What an activity asks for, or an option gives. */
struct level {
    duration time;
    long long percent;
};

static struct level asked_of(const struct checker *c, const struct record *activity)
{
    const struct record *bia = model_bia(c->model, activity);
    return (struct level){rec_duration(activity, ACTIVITY_RTO),
                          bia ? rec_int(bia, BIA_MBCO_PERCENT, PERCENT_NONE) : PERCENT_NONE};
}

static struct level given_by(const struct record *option)
{
    return (struct level){rec_duration(option, STRATEGY_MEETS_RTO),
                          rec_int(option, STRATEGY_CAPACITY_PERCENT, PERCENT_NONE)};
}

static enum reach reach_of(struct level asked, struct level given)
{
    bool has_time = asked.time == DURATION_NONE || given.time != DURATION_NONE;
    bool has_percent = asked.percent == PERCENT_NONE || given.percent != PERCENT_NONE;
    bool is_late = asked.time != DURATION_NONE && has_time && given.time > asked.time;
    bool is_little = has_percent && given.percent < asked.percent;
    if (is_late || is_little)
        return REACH_SHORT;
    return has_time && has_percent ? REACH_ENOUGH : REACH_UNKNOWN;
}

/* "4 hours at 60 %", as far as that is asked for. */
static str level_words(const struct checker *c, struct level asked, struct level l)
{
    str time = l.time == DURATION_NONE ? S("no stated time") : check_time_words(c, l.time);
    str part = l.percent == PERCENT_NONE ? S("no stated capacity")
                                         : str_fmt(c->scratch, "%lld %%", l.percent);
    if (asked.percent == PERCENT_NONE)
        return time;
    if (asked.time == DURATION_NONE)
        return part;
    return str_fmt(c->scratch, STR_FMT " at " STR_FMT, STR_ARG(time), STR_ARG(part));
}

/* The nearest to what is asked: unknown before short, then the soonest. */
static bool is_better(struct level asked, const struct record *a, const struct record *b)
{
    struct level x = given_by(a), y = given_by(b);
    enum reach reach_x = reach_of(asked, x), reach_y = reach_of(asked, y);
    if (reach_x != reach_y)
        return reach_x < reach_y;
    return x.time != DURATION_NONE && (y.time == DURATION_NONE || x.time < y.time);
}

static void check_reach(struct checker *c, const struct record *r, const struct choice *choice)
{
    if (choice->response_count == 0)
        return;
    struct level asked = asked_of(c, r);
    const struct record *best = choice->responses[0];
    for (size_t i = 1; i < choice->response_count; i++)
        if (is_better(asked, choice->responses[i], best))
            best = choice->responses[i];
    enum reach reach = reach_of(asked, given_by(best));
    if (reach == REACH_ENOUGH)
        return;
    check_report(c, CHECK_RULE_STRATEGY_SHORT, r, check_place(r, ACTIVITY_RTO),
                 "%s '" STR_FMT "' back as needed (" STR_FMT "): the best, '" STR_FMT
                 "', reaches " STR_FMT,
                 reach == REACH_SHORT ? "no selected option brings"
                                      : "it is unknown whether a selected option brings",
                 STR_ARG(r->id), STR_ARG(level_words(c, asked, asked)), STR_ARG(best->id),
                 STR_ARG(level_words(c, asked, given_by(best))));
    diag_related(c->diags, check_place(best, STRATEGY_MEETS_RTO), "the option is here");
}

/* -- Reasons (ST4) ---------------------------------------------------------------------------- */

static void check_reason(struct checker *c, const struct record *r)
{
    bool is_pending = is_decided(r, S("pending")) || rec_lacks(r, STRATEGY_DECISION);
    if (is_pending || !rec_lacks(r, STRATEGY_REASON) || !rec_counts(r))
        return;
    check_report(c, CHECK_RULE_NO_REASON, r, check_place(r, STRATEGY_DECISION),
                 "'" STR_FMT "' was " STR_FMT " without a reason", STR_ARG(r->id),
                 STR_ARG(rec_text(r, STRATEGY_DECISION)));
}

/* -- In place by its day (ST5) ---------------------------------------------------------------- */

static void check_due(struct checker *c, const struct record *r)
{
    date due = rec_date(r, STRATEGY_DUE);
    struct due_day in_place = due_strategy(c->model, r);
    if (in_place.state == DUE_OPEN)
        check_report(c, CHECK_RULE_NOT_IN_PLACE, r, r->id_span,
                     "'" STR_FMT "' was selected, but is neither in place nor due on any day",
                     STR_ARG(r->id));
    else if (due_is_past(c->model, in_place))
        check_report(c, CHECK_RULE_NOT_IN_PLACE, r, check_place(r, STRATEGY_DUE),
                     "'" STR_FMT "' was to be in place by " STR_FMT, STR_ARG(r->id),
                     STR_ARG(check_day_words(c, due)));
}

/* -- Proven (ST6) ----------------------------------------------------------------------------- */

static bool is_held(const struct record *exercise)
{
    return rec_has(exercise, EXERCISE_HELD) && rec_counts(exercise);
}

static void note_last(struct check_notes notes, const struct record *what,
                      const struct record *exercise)
{
    const struct record **last = check_note(notes, what);
    if (*last == NULL || rec_date(exercise, EXERCISE_HELD) > rec_date(*last, EXERCISE_HELD))
        *last = exercise;
}

/* What an exercise worked on: the activities it names, and what it took the time of. */
static void note_exercise(struct check_notes notes, const struct record *exercise)
{
    size_t count;
    const struct field_value *items = rec_items(exercise, EXERCISE_ACTIVITIES, &count);
    for (size_t i = 0; i < count; i++)
        if (field_target(&items[i]) != NULL)
            note_last(notes, items[i].record, exercise);
    items = rec_items(exercise, EXERCISE_ACHIEVED, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *achieved = field_target(&items[i]);
        if (achieved != NULL && rec_ref(achieved, ACHIEVED_TARGET) != NULL)
            note_last(notes, rec_ref(achieved, ACHIEVED_TARGET), exercise);
    }
}

static struct check_notes exercised(const struct checker *c)
{
    struct check_notes notes = check_notes_new(c);
    const struct record_list *list = model_list(c->model, TYPE_EXERCISE);
    for (size_t i = 0; i < list->count; i++)
        if (is_held(list->items[i]))
            note_exercise(notes, list->items[i]);
    return notes;
}

static bool is_covered(struct check_notes last, const struct record *option)
{
    date from = rec_date(option, STRATEGY_IMPLEMENTED_ON);
    size_t count;
    const struct field_value *items = rec_items(option, STRATEGY_FOR, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *what = field_target(&items[i]);
        const struct record *exercise = what ? *check_note(last, what) : NULL;
        if (exercise != NULL && rec_date(exercise, EXERCISE_HELD) >= from)
            return true;
    }
    return false;
}

/* There is as much time for it as between exercises; a wall is not exercised. */
static bool must_be_proven(const struct checker *c, const struct record *r)
{
    return strategy_is_selected(r) && is_response(r) &&
           check_is_months_ago(c, rec_date(r, STRATEGY_IMPLEMENTED_ON),
                               model_limit(c->model, LIMITS_EXERCISE_MONTHS));
}

static void check_proof(struct checker *c, struct check_notes last, const struct record *r)
{
    const struct record *named = rec_ref_to(r, STRATEGY_VERIFIED_BY, TYPE_EXERCISE);
    date from = rec_date(r, STRATEGY_IMPLEMENTED_ON);
    if (!must_be_proven(c, r) || (named != NULL && is_held(named)) || is_covered(last, r))
        return;
    check_report(c, CHECK_RULE_NOT_EXERCISED, r, check_place(r, STRATEGY_IMPLEMENTED_ON),
                 "'" STR_FMT "' is in place since " STR_FMT " and was never exercised",
                 STR_ARG(r->id), STR_ARG(check_day_words(c, from)));
    if (named != NULL)
        diag_related(c->diags, check_place(r, STRATEGY_VERIFIED_BY),
                     "'" STR_FMT "' has not been held", STR_ARG(named->id));
}

static void check_activity(struct checker *c, const struct record *r)
{
    struct choice choice = choice_for(c, r);
    check_reach(c, r, &choice);
    if (check_is_prioritised(c, r))
        check_choice(c, r, &choice);
}

void check_strategies(struct checker *c)
{
    struct check_notes last = exercised(c);
    const struct record_list *options = model_list(c->model, TYPE_STRATEGY);
    check_each_live(c, TYPE_ACTIVITY, check_activity);
    for (size_t i = 0; i < options->count; i++) {
        check_reason(c, options->items[i]);
        check_due(c, options->items[i]);
        check_proof(c, last, options->items[i]);
    }
}
