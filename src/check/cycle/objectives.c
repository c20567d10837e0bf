/* check/cycle/objectives: what is aimed at, measured, missed and shown (OB1-OB4). */
#include "check/cycle/figures.h"

#include "model/due.h"
#include "model/figures.h"
#include "model/limits.h"

/* -- Measurable (OB1) ------------------------------------------------------------------------- */

/* A KPI is a measure, and its green limit a target. */
static bool has_limit(const struct record *objective)
{
    size_t count;
    const struct field_value *kpis = rec_items(objective, OBJECTIVE_KPI, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *kpi = field_target_of(&kpis[i], TYPE_KPI);
        if (kpi != NULL && rec_has(kpi, KPI_GREEN))
            return true;
    }
    return false;
}

static void check_objective(struct checker *c, const struct record *r)
{
    bool by_kpi = has_limit(r);
    str lacking[4];
    size_t count = 0;
    if (rec_lacks(r, OBJECTIVE_MEASURE) && !by_kpi)
        lacking[count++] = S("measure");
    if (rec_lacks(r, OBJECTIVE_TARGET) && !by_kpi)
        lacking[count++] = S("target");
    if (rec_lacks(r, OBJECTIVE_DUE))
        lacking[count++] = S("due date");
    if (rec_lacks(r, COMMON_OWNER) && rec_lacks(r, OBJECTIVE_WHO))
        lacking[count++] = S("owner");
    if (count != 0)
        check_report(c, CHECK_RULE_OBJECTIVE, r, r->id_span,
                     "the objective '" STR_FMT "' has no " STR_FMT, STR_ARG(r->id),
                     STR_ARG(str_join(c->scratch, lacking, count, S(", no "))));
}

/* -- Measured (OB2) --------------------------------------------------------------------------- */

static void check_frequency(struct checker *c, const struct record *r, const struct figure *f)
{
    const struct figure_point *point = figure_last(f);
    duration every = rec_duration(r, KPI_FREQUENCY);
    date last = point != NULL ? point->day : rec_date(r, COMMON_CREATED);
    if (!due_is_past(c->model, due_measurement(c->model, r)))
        return;
    if (point == NULL)
        check_report(c, CHECK_RULE_MEASURED, r, r->id_span,
                     "the KPI '" STR_FMT "' was never measured", STR_ARG(r->id));
    else
        check_report(c, CHECK_RULE_MEASURED, r, check_place(point->measurement, MEASUREMENT_DATE),
                     "the KPI '" STR_FMT "' was last measured on " STR_FMT
                     ", though it is due every " STR_FMT,
                     STR_ARG(r->id), STR_ARG(check_day_words(c, last)),
                     STR_ARG(check_time_words(c, every)));
}

/* -- Missed, and nothing done (OB3) ----------------------------------------------------------- */

enum { STILL = INT32_MAX }; /* later than every day */

static date later_of(date one, date other)
{
    return one > other ? one : other;
}

/* Up to which day an action answers a miss: one that is open, always; one that is done, what
 * was measured before. */
static date action_answers(const struct record *action)
{
    if (action == NULL || !rec_counts(action))
        return DATE_NONE;
    if (rec_has(action, ACTION_DONE_ON))
        return rec_date(action, ACTION_DONE_ON) - 1;
    return rec_is_live(action) ? STILL : DATE_NONE;
}

/* Actions and open findings about the KPI or its objective. DATE_NONE: there is none. */
static date worked_on(const struct record *r)
{
    date until = DATE_NONE;
    for (size_t i = 0; i < r->back_count; i++) {
        const struct record *finding = backlink_by(&r->back[i], FINDING_SOURCE_REF);
        until = later_of(until, action_answers(backlink_by(&r->back[i], ACTION_FOR)));
        if (finding != NULL && rec_is_live(finding))
            until = STILL;
    }
    return until;
}

/* When something was last written about the progress of an objective. */
static date last_progress(const struct record *objective)
{
    const struct record *last = rec_newest(objective, OBJECTIVE_PROGRESS, PROGRESS_DATE);
    return last != NULL ? rec_date(last, PROGRESS_DATE) : DATE_NONE;
}

/* Of each objective the day up to which a miss is answered; once, however many KPIs it has. */
static date *answers_of(const struct checker *c)
{
    const struct record_list *list = model_list(c->model, TYPE_OBJECTIVE);
    date *answers = NEW_ARRAY(c->scratch, date, list->count + 1);
    for (size_t i = 0; i < list->count; i++)
        answers[i] = later_of(worked_on(list->items[i]), last_progress(list->items[i]));
    return answers;
}

static bool answers(const date *answered, const struct record *objective, date since)
{
    return objective != NULL && answered[objective->number] >= since;
}

static bool is_answered(const date *answered, const struct record *kpi, date since)
{
    const struct record *objective = rec_ref_to(kpi, KPI_OBJECTIVE, TYPE_OBJECTIVE);
    if (worked_on(kpi) >= since || answers(answered, objective, since))
        return true;
    for (size_t i = 0; i < kpi->back_count; i++)
        if (answers(answered, backlink_by(&kpi->back[i], OBJECTIVE_KPI), since))
            return true;
    return false;
}

/* Where the value stands, or the word that computes it. */
static struct span place_of(const struct record *kpi, const struct figure_point *p)
{
    return p->is_measured ? check_place(p->measurement, MEASUREMENT_VALUE)
                          : check_place(kpi, KPI_COMPUTED);
}

/* What is computed every day is asked about once a period. */
static void check_missed(struct checker *c, const date *answered, const struct record *r,
                         const struct figure *f)
{
    const struct figure_point *last = figure_last(f);
    if (figure_rating(r, last) != RATING_RED || is_answered(answered, r, f->looked))
        return;
    check_report(c, CHECK_RULE_MISSED, r, place_of(r, last),
                 "the KPI '" STR_FMT "' was " STR_FMT " on " STR_FMT
                 ", beyond its limit of " STR_FMT ", and nothing is done about it",
                 STR_ARG(r->id), STR_ARG(figure_bare(c->scratch, last)),
                 STR_ARG(check_day_words(c, last->day)), STR_ARG(rec_text(r, kpi_last_limit(r))));
}

/* -- Shown to top management (OB4) ------------------------------------------------------------ */

/* A review pack holds every KPI of its period, so the last period that was reviewed tells. */
static date reviewed_until(const struct checker *c)
{
    const struct record_list *list = model_list(c->model, TYPE_MANAGEMENT_REVIEW);
    date last = DATE_NONE;
    for (size_t i = 0; i < list->count; i++) {
        date held = rec_date(list->items[i], MANAGEMENT_REVIEW_HELD),
             until = rec_date(list->items[i], MANAGEMENT_REVIEW_PERIOD_TO);
        last = check_has_come(c, held) && until > last ? until : last;
    }
    return last;
}

static void check_shown(struct checker *c, const struct record *r, const struct figure *f,
                        date reviewed)
{
    long long months = model_limit(c->model, LIMITS_REVIEW_MONTHS);
    const struct figure_point *first = figure_first(r, f);
    if (first == NULL || reviewed >= first->day || !check_is_months_ago(c, first->day, months))
        return;
    check_report(c, CHECK_RULE_SHOWN, r,
                 first->is_measured ? check_place(first->measurement, MEASUREMENT_DATE)
                                    : check_place(r, KPI_COMPUTED),
                 "the KPI '" STR_FMT "' is %s since " STR_FMT " and was in no management review",
                 STR_ARG(r->id), first->is_measured ? "measured" : "computed",
                 STR_ARG(check_day_words(c, first->day)));
}

void check_objectives(struct checker *c)
{
    const struct record_list *kpis = model_list(c->model, TYPE_KPI);
    const date *answered = answers_of(c);
    date reviewed = reviewed_until(c);
    check_each_live(c, TYPE_OBJECTIVE, check_objective);
    for (size_t i = 0; i < kpis->count; i++) {
        const struct record *r = kpis->items[i];
        const struct figure *f = kpi_figure(c->model, r);
        if (!rec_is_live(r))
            continue;
        check_frequency(c, r, f);
        check_missed(c, answered, r, f);
        check_shown(c, r, f, reviewed);
        check_figure(c, r, f);
    }
}
