/* check/response/programme: what is exercised at all (EX1, EX5, EX6, EX8). */
#include "check/response/response_int.h"

#include <limits.h>

#include "model/limits.h"
#include "model/practice.h"

/* -- Targets of a year (EX1) ------------------------------------------------------------------ */

static void check_yearly(struct checker *c, const struct practice *p, const struct record *t,
                         int year)
{
    const struct record *programme = t->whole;
    str kind = rec_text(t, EXERCISE_TARGET_KIND);
    long long held = (long long)practice_count(p, programme, kind, year).held;
    if (held >= rec_int(t, EXERCISE_TARGET_PER_YEAR, 0))
        return;
    check_report(c, CHECK_RULE_EXERCISE_OVERDUE, programme, t->span,
                 "'" STR_FMT "' asks for %lld of the kind '" STR_FMT "' a year, and %lld %s held "
                 "in %d",
                 STR_ARG(programme->id), rec_int(t, EXERCISE_TARGET_PER_YEAR, 0),
                 STR_ARG(diag_quote(kind)), held, held == 1 ? "was" : "were", year);
    diag_hint(c->diags, "what was held counts when it names the programme and is of the kind; "
                        "what a past year lacks can only be accepted, in a waiver");
}

/* Of the year just over: what lies further back can no longer be made good. */
static void check_targets(struct checker *c, const struct practice *p, const struct record *r)
{
    int year = date_ymd(c->model->as_of).year - 1;
    size_t count;
    const struct field_value *items = rec_items(r, EXERCISE_PROGRAMME_TARGETS, &count);
    if (year < rec_int(r, EXERCISE_PROGRAMME_FROM_YEAR, LLONG_MAX) ||
        year > rec_int(r, EXERCISE_PROGRAMME_TO_YEAR, LLONG_MAX))
        return;
    for (size_t i = 0; i < count; i++)
        if (field_target(&items[i]) != NULL)
            check_yearly(c, p, items[i].record, year);
}

/* -- Teams (EX5) ------------------------------------------------------------------------------ */

static void check_teams(struct checker *c, const struct practice *p)
{
    const struct record_list *plans = model_list(c->model, TYPE_PLAN);
    const struct record_list *teams = model_list(c->model, TYPE_TEAM);
    struct rehearsal *of_team = NEW_ARRAY(c->scratch, struct rehearsal, teams->count + 1);
    for (size_t i = 0; i < plans->count; i++) {
        size_t count;
        const struct field_value *items = rec_items(plans->items[i], PLAN_TEAMS, &count);
        for (size_t j = 0; j < count; j++) {
            const struct record *team = field_target_of(&items[j], TYPE_TEAM);
            if (team == NULL)
                continue;
            const struct rehearsal *r = practice_plan(p, plans->items[i]);
            of_team[team->number].is_talked |= r->is_talked;
            of_team[team->number].is_done |= r->is_done;
        }
    }
    for (size_t i = 0; i < teams->count; i++)
        if (of_team[i].is_talked && !of_team[i].is_done && rec_is_live(teams->items[i]))
            check_report(c, CHECK_RULE_TEAM_ONLY_TALKED, teams->items[i], teams->items[i]->id_span,
                         "the plans of the team '" STR_FMT
                         "' were only ever talked through, never carried out",
                         STR_ARG(teams->items[i]->id));
}

/* -- Warning and informing (EX6) -------------------------------------------------------------- */

static const struct record *first_live(const struct checker *c, enum type_id type)
{
    const struct record_list *list = model_list(c->model, type);
    for (size_t i = 0; i < list->count; i++)
        if (rec_is_live(list->items[i]))
            return list->items[i];
    return NULL;
}

/* The programme's matter; where there is none, that of the call tree. */
static void check_warning(struct checker *c, const struct practice *p)
{
    const struct record *about = first_live(c, TYPE_EXERCISE_PROGRAMME), *by;
    date warned = practice_warned(p, &by);
    if (about == NULL)
        about = first_live(c, TYPE_CALL_TREE);
    if (about == NULL || practice_is_recent(c->model, warned))
        return;
    if (warned == DATE_NONE)
        check_report(c, CHECK_RULE_WARNING_UNEXERCISED, about, about->id_span,
                     "warning and informing have never been exercised");
    else
        check_report(c, CHECK_RULE_WARNING_UNEXERCISED, about, about->id_span,
                     "warning and informing were last exercised on " STR_FMT " ('" STR_FMT
                     "'), more than %lld months ago",
                     STR_ARG(check_day_words(c, warned)), STR_ARG(by->id),
                     model_limit(c->model, LIMITS_EXERCISE_MONTHS));
}

/* -- Coverage (EX8) --------------------------------------------------------------------------- */

struct coverage {
    size_t all, missing;
    str names; /* the first few that are missing, and how many more */
};

static struct coverage coverage_of(const struct checker *c, const struct practice *p)
{
    enum { NAMED_MAX = 5 };
    const struct record_list *list = model_list(c->model, TYPE_ACTIVITY);
    struct coverage v = {0};
    for (size_t i = 0; i < list->count; i++) {
        const struct record *a = list->items[i];
        if (!rec_is_live(a) || !check_is_prioritised(c, a))
            continue;
        v.all++;
        if (practice_activity(p, a) != NULL)
            continue;
        if (++v.missing <= NAMED_MAX)
            v.names = str_fmt(c->scratch, STR_FMT "%s" STR_FMT, STR_ARG(v.names),
                              v.missing == 1 ? "" : ", ", STR_ARG(a->id));
    }
    if (v.missing > NAMED_MAX)
        v.names =
            str_fmt(c->scratch, STR_FMT " and %zu more", STR_ARG(v.names), v.missing - NAMED_MAX);
    return v;
}

static void check_coverage(struct checker *c, const struct practice *p)
{
    const struct record *programme = first_live(c, TYPE_EXERCISE_PROGRAMME);
    struct coverage v = coverage_of(c, p);
    size_t covered = v.all - v.missing;
    size_t target = (size_t)model_limit(c->model, LIMITS_COVERAGE_PERCENT);
    if (programme == NULL || covered * 100 >= target * v.all)
        return;
    check_report(c, CHECK_RULE_EXERCISE_COVERAGE, programme,
                 check_place(programme, EXERCISE_PROGRAMME_COVERAGE_RULE),
                 "%zu of %zu prioritised activities (%zu %%) were exercised within %lld months, "
                 "%zu %% should be; missing: " STR_FMT,
                 covered, v.all, covered * 100 / v.all,
                 model_limit(c->model, LIMITS_EXERCISE_MONTHS), target, STR_ARG(v.names));
}

void check_programme(struct checker *c)
{
    const struct record_list *list = model_list(c->model, TYPE_EXERCISE_PROGRAMME);
    const struct practice *p = practice_of(c->scratch, c->model);
    for (size_t i = 0; i < list->count; i++)
        if (rec_is_live(list->items[i]) && c->model->as_of != DATE_NONE)
            check_targets(c, p, list->items[i]);
    check_teams(c, p);
    check_warning(c, p);
    check_coverage(c, p);
}
