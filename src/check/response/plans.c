/* check/response/plans: what plans hold, cover and prove (PL1-PL3, PL8, PL9, PL12, PL13, PL15). */
#include "check/response/response_int.h"

#include "model/cover.h"
#include "model/impact.h"
#include "model/limits.h"
#include "model/recovery.h"

void lack_add(struct buf *list, bool is_there, const char *what)
{
    if (!is_there)
        buf_fmt(list, ", %s", what);
}

str lack_words(const struct buf *list)
{
    return str_skip(buf_str(list), 2);
}

/* -- What a plan holds (PL1) ---------------------------------------------------------------- */

static bool role_has_duties(const struct field_value *v)
{
    const struct record *role = field_target_of(v, TYPE_ROLE);
    return role != NULL && rec_has(role, ROLE_DUTIES);
}

static bool team_has_duties(const struct record *team)
{
    size_t count;
    const struct field_value *members = rec_items(team, TEAM_MEMBERS, &count);
    for (size_t i = 0; i < count; i++)
        if (role_has_duties(&members[i]))
            return true;
    return role_has_duties(rec_value(team, TEAM_LEAD));
}

static bool teams_have_duties(const struct record *plan)
{
    size_t count;
    const struct field_value *teams = rec_items(plan, PLAN_TEAMS, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *team = field_target_of(&teams[i], TYPE_TEAM);
        if (team != NULL && team_has_duties(team))
            return true;
    }
    return false;
}

static bool has_needs(const struct record *r)
{
    switch (r->type->number) {
    case TYPE_ACTIVITY:
        return rec_has(r, ACTIVITY_DEPENDENCIES);
    case TYPE_RESOURCE:
        return rec_has(r, RESOURCE_DEPENDS_ON) || rec_has(r, RESOURCE_SUPPLIER);
    case TYPE_SERVICE:
        return rec_has(r, SERVICE_RESOURCES);
    default:
        return false;
    }
}

static bool scope_has_needs(const struct record *plan)
{
    size_t count;
    const struct field_value *scope = rec_items(plan, PLAN_SCOPE, &count);
    for (size_t i = 0; i < count; i++)
        if (field_target(&scope[i]) != NULL && has_needs(scope[i].record))
            return true;
    return false;
}

/* What the tasks of a plan say of it. */
struct task_facts {
    bool is_any, has_role, has_needs;
};

static struct task_facts facts_of_tasks(const struct record *plan)
{
    struct task_facts facts = {0};
    for (size_t i = 0; i < plan->back_count; i++) {
        const struct record *task = backlink_by(&plan->back[i], TASK_PLAN);
        if (task == NULL || !rec_is_live(task))
            continue;
        facts.is_any = true;
        facts.has_role |= rec_has(task, TASK_DONE_BY);
        facts.has_needs |= rec_has(task, TASK_NEEDS);
    }
    return facts;
}

static void check_contents(struct checker *c, const struct record *plan)
{
    struct task_facts tasks = facts_of_tasks(plan);
    bool has_teams = rec_has(plan, PLAN_TEAMS), needs = scope_has_needs(plan);
    struct buf lacks = buf_in(c->scratch, 64);
    lack_add(&lacks, rec_has(plan, PLAN_PURPOSE), "purpose");
    lack_add(&lacks, rec_has(plan, PLAN_SCOPE), "scope");
    lack_add(&lacks, rec_has(plan, PLAN_OBJECTIVES), "objectives");
    lack_add(&lacks, has_teams, "teams");
    lack_add(&lacks, !has_teams || tasks.has_role || teams_have_duties(plan),
             "duties of the teams");
    lack_add(&lacks, tasks.is_any || rec_has(plan, PLAN_IMMEDIATE_ACTIONS),
             "immediate actions or tasks");
    lack_add(&lacks, rec_has(plan, PLAN_ACTIVATION), "activation");
    lack_add(&lacks, rec_has(plan, PLAN_COMMUNICATION), "communication");
    lack_add(&lacks, needs || rec_has(plan, PLAN_DEPENDENCIES), "dependencies");
    lack_add(&lacks, needs || tasks.has_needs, "resources (what its tasks need)");
    lack_add(&lacks, rec_has(plan, PLAN_REPORTING), "reporting");
    if (lacks.n != 0)
        check_report(c, CHECK_RULE_PLAN_CONTENTS, plan, plan->id_span,
                     "'" STR_FMT "' lacks " STR_FMT, STR_ARG(plan->id),
                     STR_ARG(lack_words(&lacks)));
}

/* -- How it starts and ends (PL2, PL8) ------------------------------------------------------ */

static bool has_figure(str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (ascii_is_digit(text.p[i]))
            return true;
    return false;
}

/* A threshold is measurable by what it is, a criterion in words by a figure in it. */
static bool is_measurable(const struct record *activation)
{
    size_t count;
    const struct field_value *items = rec_items(activation, ACTIVATION_THRESHOLDS, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *threshold = field_target_of(&items[i], TYPE_THRESHOLD);
        if (threshold != NULL && rec_is_live(threshold) && rec_has(threshold, THRESHOLD_CRITERIA))
            return true;
    }
    items = rec_items(activation, ACTIVATION_CRITERIA, &count);
    for (size_t i = 0; i < count; i++)
        if (items[i].state == FV_PRESENT && has_figure(items[i].text))
            return true;
    return false;
}

static void check_start(struct checker *c, const struct record *plan)
{
    const struct record *activation = rec_ref(plan, PLAN_ACTIVATION);
    if (activation == NULL)
        return; /* PL1 says that it is missing */
    struct span at = check_place(plan, PLAN_ACTIVATION);
    if (!is_measurable(activation))
        check_report(c, CHECK_RULE_PLAN_START, plan, at,
                     "'" STR_FMT "' starts at no point that can be measured", STR_ARG(plan->id));
    if (!rec_has(activation, ACTIVATION_WHO))
        check_report(c, CHECK_RULE_PLAN_START, plan, at,
                     "'" STR_FMT "' does not say who may activate it", STR_ARG(plan->id));
}

static void check_end(struct checker *c, const struct record *plan)
{
    const struct record *end = rec_ref(plan, PLAN_STAND_DOWN);
    struct buf lacks = buf_in(c->scratch, 64);
    lack_add(&lacks, end != NULL && rec_has(end, STAND_DOWN_CRITERIA), "criteria for its end");
    lack_add(&lacks, end != NULL && rec_has(end, STAND_DOWN_WHO), "who ends it");
    lack_add(&lacks, end != NULL && rec_has(end, STAND_DOWN_STEPS), "steps of standing down");
    lack_add(&lacks, rec_has(plan, PLAN_RETURN_TO_NORMAL) || !plan_brings_back(plan),
             "the return to normal");
    if (lacks.n != 0)
        check_report(c, CHECK_RULE_PLAN_END, plan,
                     end == NULL ? plan->id_span : check_place(plan, PLAN_STAND_DOWN),
                     "'" STR_FMT "' lacks " STR_FMT, STR_ARG(plan->id),
                     STR_ARG(lack_words(&lacks)));
}

/* -- Exercised, younger than its analysis, used (PL12, PL13, PL15) -------------------------- */

static date last_exercise(const struct record *plan)
{
    date last = DATE_NONE;
    for (size_t i = 0; i < plan->back_count; i++) {
        const struct record *exercise = backlink_by(&plan->back[i], EXERCISE_PLANS);
        date held = exercise == NULL ? DATE_NONE : rec_date(exercise, EXERCISE_HELD);
        if (held > last && rec_counts(exercise))
            last = held;
    }
    return last;
}

/* A plan that is younger than the cycle has time until its end. */
static void check_exercised(struct checker *c, const struct record *plan)
{
    long long months = model_limit(c->model, LIMITS_EXERCISE_MONTHS);
    date last = last_exercise(plan);
    if (last != DATE_NONE && check_is_months_ago(c, last, months))
        check_report(c, CHECK_RULE_PLAN_UNTESTED, plan, plan->id_span,
                     "'" STR_FMT "' was last exercised on " STR_FMT
                     ", and should be every %lld months",
                     STR_ARG(plan->id), STR_ARG(check_day_words(c, last)), months);
    else if (last == DATE_NONE && !check_is_new(c, plan, months))
        check_report(c, CHECK_RULE_PLAN_UNTESTED, plan, plan->id_span,
                     "'" STR_FMT "' was never exercised, and should be every %lld months",
                     STR_ARG(plan->id), months);
}

static bool is_younger(const struct record *bia, const struct record *than)
{
    return bia != NULL &&
           (than == NULL || rec_date(than, BIA_APPROVED_ON) < rec_date(bia, BIA_APPROVED_ON));
}

/* The youngest analysis that holds, of each activity and of all that stands for it. */
static struct check_notes note_analyses(const struct checker *c)
{
    struct check_notes analyses = check_notes_new(c);
    const struct record_list *list = model_list(c->model, TYPE_ACTIVITY);
    for (size_t i = 0; i < list->count; i++) {
        const struct record *bia = model_bia(c->model, list->items[i]);
        struct cover by = cover_of(c->scratch, list->items[i]);
        for (size_t k = 0; rec_is_live(list->items[i]) && k < by.count; k++)
            if (is_younger(bia, *check_note(analyses, by.items[k])))
                *check_note(analyses, by.items[k]) = bia;
    }
    return analyses;
}

/* The youngest analysis of what the plan brings back; NULL: none. */
static const struct record *analysis_of(struct check_notes analyses, const struct record *plan)
{
    const struct record *youngest = NULL;
    size_t count;
    const struct field_value *scope = rec_items(plan, PLAN_SCOPE, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *r = field_target(&scope[i]);
        const struct record *bia = r != NULL ? *check_note(analyses, r) : NULL;
        bool counts = r != NULL && (r->type->number == TYPE_ACTIVITY || plan_covers(plan, r));
        if (counts && is_younger(bia, youngest))
            youngest = bia;
    }
    return youngest;
}

/* A review that changed nothing counts like a new version. */
static date day_of(const struct record *plan)
{
    const struct record *document = rec_ref_to(plan, PLAN_DOCUMENT, TYPE_DOCUMENT);
    if (document == NULL || !rec_has(document, DOCUMENT_VERSION_DATE))
        return rec_date(plan, COMMON_REVIEWED);
    return rec_last_look(document, DOCUMENT_VERSION_DATE);
}

static void check_age(struct checker *c, struct check_notes analyses, const struct record *plan)
{
    const struct record *bia = analysis_of(analyses, plan);
    date day = day_of(plan);
    if (bia == NULL || (day != DATE_NONE && day >= rec_date(bia, BIA_APPROVED_ON)))
        return;
    str approved = check_day_words(c, rec_date(bia, BIA_APPROVED_ON));
    str what = rec_text(bia, BIA_ACTIVITY);
    if (day == DATE_NONE)
        check_report(c, CHECK_RULE_PLAN_OLD, plan, plan->id_span,
                     "'" STR_FMT "' has no date, so nobody can tell whether it is older than the "
                     "analysis of '" STR_FMT "', approved on " STR_FMT,
                     STR_ARG(plan->id), STR_ARG(what), STR_ARG(approved));
    else
        check_report(c, CHECK_RULE_PLAN_OLD, plan, check_place(plan, PLAN_DOCUMENT),
                     "'" STR_FMT "' is of " STR_FMT ", the analysis of '" STR_FMT
                     "' was approved on " STR_FMT,
                     STR_ARG(plan->id), STR_ARG(check_day_words(c, day)), STR_ARG(what),
                     STR_ARG(approved));
    diag_related(c->diags, check_place(bia, BIA_APPROVED_ON), "the analysis is here");
}

static void check_used(struct checker *c, const struct record *plan)
{
    for (size_t i = 0; i < plan->back_count; i++) {
        const struct record *scenario = backlink_by(&plan->back[i], SCENARIO_PLANS);
        if (scenario != NULL && rec_is_live(scenario))
            return;
    }
    check_report(c, CHECK_RULE_PLAN_UNUSED, plan, plan->id_span,
                 "no scenario leads to '" STR_FMT "'", STR_ARG(plan->id));
}

/* -- The set of plans (PL3, PL9) ------------------------------------------------------------ */

static void note_scope(struct check_notes covered, const struct record *plan)
{
    size_t count;
    const struct field_value *scope = rec_items(plan, PLAN_SCOPE, &count);
    for (size_t i = 0; i < count; i++)
        if (field_target(&scope[i]) != NULL && plan_covers(plan, scope[i].record))
            *check_note(covered, scope[i].record) = plan;
}

static bool is_covered(struct checker *c, struct check_notes covered, const struct record *activity)
{
    struct cover by = cover_of(c->scratch, activity);
    size_t i = 0;
    while (i < by.count && *check_note(covered, by.items[i]) == NULL)
        i++;
    return i < by.count;
}

static void check_covered(struct checker *c, struct check_notes covered,
                          const struct record *activity)
{
    duration rto = recovery_node(c->model, activity)->asked[TIME_RTO].value;
    if (!check_is_prioritised(c, activity) || is_covered(c, covered, activity))
        return;
    if (rto == DURATION_NONE)
        check_report(c, CHECK_RULE_UNPLANNED, activity, activity->id_span,
                     "no plan covers '" STR_FMT "', for which nobody says how long it can wait",
                     STR_ARG(activity->id));
    else
        check_report(c, CHECK_RULE_UNPLANNED, activity, activity->id_span,
                     "no plan covers '" STR_FMT "', which must be back within " STR_FMT STR_FMT,
                     STR_ARG(activity->id), STR_ARG(check_time_words(c, rto)),
                     STR_ARG(check_asked_by(c, activity)));
}

static void check_cover(struct checker *c)
{
    struct check_notes covered = check_notes_new(c);
    const struct record_list *plans = model_list(c->model, TYPE_PLAN);
    for (size_t i = 0; i < plans->count; i++)
        if (rec_is_live(plans->items[i]))
            note_scope(covered, plans->items[i]);
    const struct record_list *activities = model_list(c->model, TYPE_ACTIVITY);
    for (size_t i = 0; i < activities->count; i++)
        if (rec_is_live(activities->items[i]))
            check_covered(c, covered, activities->items[i]);
}

/* Said once, at the plan that leads the others: one of kind crisis, else the first. */
static void check_care(struct checker *c)
{
    const struct record_list *plans = model_list(c->model, TYPE_PLAN);
    const struct record *leading = NULL;
    bool has_welfare = false, has_environment = false, is_crisis = false;
    for (size_t i = 0; i < plans->count; i++) {
        const struct record *plan = plans->items[i];
        if (!rec_is_live(plan))
            continue;
        has_welfare |= rec_has(plan, PLAN_WELFARE);
        has_environment |= rec_has(plan, PLAN_ENVIRONMENT);
        bool leads = str_eq(rec_text(plan, PLAN_KIND), S("crisis"));
        if (leading == NULL || (leads && !is_crisis))
            leading = plan;
        is_crisis |= leads;
    }
    if (leading == NULL || (has_welfare && has_environment))
        return;
    check_report(c, CHECK_RULE_CARE, leading, leading->id_span, "no plan says anything of %s",
                 has_welfare       ? "the environment"
                 : has_environment ? "people's welfare"
                                   : "people's welfare or the environment");
}

void check_plans(struct checker *c)
{
    struct check_notes analyses = note_analyses(c);
    const struct record_list *plans = model_list(c->model, TYPE_PLAN);
    for (size_t i = 0; i < plans->count; i++) {
        const struct record *plan = plans->items[i];
        if (!rec_is_live(plan))
            continue;
        check_contents(c, plan);
        check_start(c, plan);
        check_end(c, plan);
        check_exercised(c, plan);
        check_age(c, analyses, plan);
        check_used(c, plan);
    }
    check_cover(c);
    check_care(c);
}
