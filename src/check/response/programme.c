/* check/response/programme: what is exercised at all (EX1, EX5, EX6, EX8). */
#include "check/response/response_int.h"

#include <limits.h>

#include "model/limits.h"
#include "model/practice.h"

/* How a plan was rehearsed. */
struct rehearsal {
    bool is_talked, is_done; /* as a discussion, or with hands on */
};

struct sessions {
    struct rehearsal *plans; /* by number of the plan */
    struct map held;         /* programme, kind and year → how many were held */
    date warned;             /* when warning and informing were last exercised */
    str warned_by;           /* the exercise or call tree in which they were */
};

bool is_in_cycle(const struct checker *c, date day)
{
    return practice_is_recent(c->model, day);
}

/* -- What was held ---------------------------------------------------------------------------- */

static bool is_discussion(const struct record *e)
{
    static const str kinds[] = {S_INIT("walkthrough"), S_INIT("seminar"), S_INIT("workshop"),
                                S_INIT("tabletop"), S_INIT("game")};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_eq(rec_text(e, EXERCISE_KIND), kinds[i]))
            return true;
    return false;
}

static str key_of(const struct checker *c, const struct record *programme, str kind, int year)
{
    return str_fmt(c->scratch, "%zu %d " STR_FMT, programme->number, year, STR_ARG(kind));
}

static void count_held(struct checker *c, struct sessions *p, const struct record *e)
{
    const struct record *programme = check_ref(e, EXERCISE_PROGRAMME, TYPE_EXERCISE_PROGRAMME);
    if (programme == NULL)
        return;
    int year = date_ymd(rec_date(e, EXERCISE_HELD)).year;
    str key = key_of(c, programme, rec_text(e, EXERCISE_KIND), year);
    size_t *count = map_find(&p->held, key);
    if (count == NULL) {
        count = NEW(c->scratch, size_t);
        map_put(&p->held, key, count);
    }
    (*count)++;
}

static void warn_on(struct sessions *p, date day, const struct record *by)
{
    if (day == DATE_NONE || (p->warned != DATE_NONE && day <= p->warned))
        return;
    p->warned = day;
    p->warned_by = by->id;
}

static void take_plans(struct sessions *p, const struct record *e)
{
    date held = rec_date(e, EXERCISE_HELD);
    size_t count;
    const struct field_value *items = rec_items(e, EXERCISE_PLANS, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *plan = check_target(&items[i], TYPE_PLAN);
        if (plan == NULL)
            continue;
        struct rehearsal *r = &p->plans[plan->number];
        *(is_discussion(e) ? &r->is_talked : &r->is_done) = true;
        if (str_eq(rec_text(plan, PLAN_KIND), S("communication")))
            warn_on(p, held, e);
    }
}

static void take_exercise(struct checker *c, struct sessions *p, const struct record *e)
{
    date held = rec_date(e, EXERCISE_HELD);
    if (held == DATE_NONE || check_is_withdrawn(e))
        return;
    count_held(c, p, e);
    take_plans(p, e);
    if (str_eq(rec_text(e, EXERCISE_KIND), S("alert")))
        warn_on(p, held, e);
}

static void take_call_tests(struct sessions *p, const struct record *tree)
{
    const struct record *newest = rec_newest(tree, CALL_TREE_TESTED, CALL_TEST_DATE);
    if (newest != NULL)
        warn_on(p, rec_date(newest, CALL_TEST_DATE), tree);
}

static struct sessions sessions_of(struct checker *c)
{
    const struct record_list *exercises = model_list(c->model, TYPE_EXERCISE);
    const struct record_list *plans = model_list(c->model, TYPE_PLAN);
    const struct record_list *trees = model_list(c->model, TYPE_CALL_TREE);
    struct sessions p = {.plans = NEW_ARRAY(c->scratch, struct rehearsal, plans->count + 1),
                         .held = map_in(c->scratch),
                         .warned = DATE_NONE};
    for (size_t i = 0; i < exercises->count; i++)
        take_exercise(c, &p, exercises->items[i]);
    for (size_t i = 0; i < trees->count; i++)
        take_call_tests(&p, trees->items[i]);
    return p;
}

/* -- Targets of a year (EX1) ------------------------------------------------------------------ */

static void check_yearly(struct checker *c, const struct sessions *p, const struct record *t,
                         int year)
{
    const struct record *programme = t->whole;
    str kind = rec_text(t, EXERCISE_TARGET_KIND);
    const size_t *count = map_find(&p->held, key_of(c, programme, kind, year));
    long long held = count != NULL ? (long long)*count : 0;
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
static void check_targets(struct checker *c, const struct sessions *p, const struct record *r)
{
    int year = date_ymd(c->model->as_of).year - 1;
    size_t count;
    const struct field_value *items = rec_items(r, EXERCISE_PROGRAMME_TARGETS, &count);
    if (year < rec_int(r, EXERCISE_PROGRAMME_FROM_YEAR, LLONG_MAX) ||
        year > rec_int(r, EXERCISE_PROGRAMME_TO_YEAR, LLONG_MAX))
        return;
    for (size_t i = 0; i < count; i++)
        if (check_part(&items[i]) != NULL)
            check_yearly(c, p, items[i].record, year);
}

/* -- Teams (EX5) ------------------------------------------------------------------------------ */

static void check_teams(struct checker *c, const struct sessions *p)
{
    const struct record_list *plans = model_list(c->model, TYPE_PLAN);
    const struct record_list *teams = model_list(c->model, TYPE_TEAM);
    struct rehearsal *of_team = NEW_ARRAY(c->scratch, struct rehearsal, teams->count + 1);
    for (size_t i = 0; i < plans->count; i++) {
        size_t count;
        const struct field_value *items = rec_items(plans->items[i], PLAN_TEAMS, &count);
        for (size_t j = 0; j < count; j++) {
            const struct record *team = check_target(&items[j], TYPE_TEAM);
            if (team == NULL)
                continue;
            of_team[team->number].is_talked |= p->plans[i].is_talked;
            of_team[team->number].is_done |= p->plans[i].is_done;
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
static void check_warning(struct checker *c, const struct sessions *p)
{
    const struct record *about = first_live(c, TYPE_EXERCISE_PROGRAMME);
    if (about == NULL)
        about = first_live(c, TYPE_CALL_TREE);
    if (about == NULL || is_in_cycle(c, p->warned))
        return;
    if (p->warned == DATE_NONE)
        check_report(c, CHECK_RULE_WARNING_UNEXERCISED, about, about->id_span,
                     "warning and informing have never been exercised");
    else
        check_report(c, CHECK_RULE_WARNING_UNEXERCISED, about, about->id_span,
                     "warning and informing were last exercised on " STR_FMT " ('" STR_FMT
                     "'), more than %lld months ago",
                     STR_ARG(check_day_words(c, p->warned)), STR_ARG(p->warned_by),
                     model_limit(c->model, LIMITS_EXERCISE_MONTHS));
}

/* -- Coverage (EX8) --------------------------------------------------------------------------- */

struct coverage {
    size_t all, missing;
    str names; /* the first few that are missing, and how many more */
};

static struct coverage coverage_of(const struct checker *c)
{
    enum { NAMED_MAX = 5 };
    const struct record_list *list = model_list(c->model, TYPE_ACTIVITY);
    const struct practice *p = practice_of(c->scratch, c->model);
    struct coverage v = {0};
    for (size_t i = 0; i < list->count; i++) {
        const struct record *a = list->items[i];
        if (!rec_is_live(a) || !check_is_prioritised(c, a))
            continue;
        v.all++;
        if (practice_has_activity(p, a))
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

static void check_coverage(struct checker *c)
{
    const struct record *programme = first_live(c, TYPE_EXERCISE_PROGRAMME);
    struct coverage v = coverage_of(c);
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
    struct sessions p = sessions_of(c);
    for (size_t i = 0; i < list->count; i++)
        if (rec_is_live(list->items[i]) && c->model->as_of != DATE_NONE)
            check_targets(c, &p, list->items[i]);
    check_teams(c, &p);
    check_warning(c, &p);
    check_coverage(c);
}
