/* derive/kpi: the figures that are computed from the records, as of one day. */
#include "derive/kpi_int.h"

#include "model/actions.h"
#include "model/changes.h"
#include "model/impact.h"
#include "model/practice.h"
#include "model/recovery.h"

void tally_add(struct tally *t, enum truth one)
{
    t->of++;
    t->good += one == TRUTH_YES;
    t->unknown += one == TRUTH_UNKNOWN;
}

bool kpi_is_in_year(const struct model *m, date day)
{
    return model_has_come(m, day) && day >= date_add_months(m->as_of + 1, -12);
}

/* -- Analysis -------------------------------------------------------------------------------- */

struct tally kpi_analysed(struct kpi_day *d, str about)
{
    const struct record_list *list = model_list(d->model, TYPE_ACTIVITY);
    struct tally t = {0};
    (void)about;
    for (size_t i = 0; i < list->count; i++)
        if (rec_is_live(list->items[i]))
            tally_add(&t, activity_is_analysed(d->model, list->items[i]));
    return t;
}

/* What holds up an activity may promise nothing: then nobody can tell. */
struct tally kpi_recovery_gaps(struct kpi_day *d, str about)
{
    const struct record_list *list = model_list(d->model, TYPE_ACTIVITY);
    struct tally t = {0};
    (void)about;
    for (size_t i = 0; i < list->count; i++) {
        const struct node *n = recovery_node(d->model, list->items[i]);
        const struct able *able = &n->able[TIME_RTO];
        if (!rec_is_live(list->items[i]) || n->asked[TIME_RTO].value == DURATION_NONE)
            continue;
        bool is_late =
            recovery_is_late(n, able->value) || recovery_is_late(n, n->proven[TIME_RTO].value);
        bool is_known = able->value != DURATION_NONE && able->unknown == NODE_NONE;
        tally_add(&t, is_late ? TRUTH_YES : is_known ? TRUTH_NO : TRUTH_UNKNOWN);
    }
    return t;
}

/* -- Exercises ------------------------------------------------------------------------------- */

static const struct practice *practice(struct kpi_day *d)
{
    if (d->practice == NULL)
        d->practice = practice_of(d->arena, d->model);
    return d->practice;
}

struct tally kpi_coverage(struct kpi_day *d, str about)
{
    const struct record_list *list = model_list(d->model, TYPE_ACTIVITY);
    struct tally t = {0};
    (void)about;
    for (size_t i = 0; i < list->count; i++)
        if (rec_is_live(list->items[i]) && recovery_node(d->model, list->items[i])->is_prioritised)
            tally_add(&t, practice_activity(practice(d), list->items[i]) != NULL ? TRUTH_YES
                                                                                 : TRUTH_NO);
    return t;
}

struct tally kpi_plans_exercised(struct kpi_day *d, str about)
{
    const struct record_list *list = model_list(d->model, TYPE_PLAN);
    struct tally t = {0};
    (void)about;
    for (size_t i = 0; i < list->count; i++)
        if (rec_is_live(list->items[i]))
            tally_add(&t,
                      practice_plan(practice(d), list->items[i])->is_recent ? TRUTH_YES : TRUTH_NO);
    return t;
}

static void add_times(const struct kpi_day *d, struct tally *t, const struct record *r,
                      enum field_id achieved)
{
    size_t count;
    const struct field_value *v = rec_items(r, achieved, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *one = field_target(&v[i]);
        enum truth in_time = one != NULL ? recovery_is_in_time(d->model, one) : TRUTH_UNKNOWN;
        if (in_time != TRUTH_UNKNOWN)
            tally_add(t, in_time);
    }
}

static date over_on(const struct record *incident)
{
    return rec_has(incident, INCIDENT_STOOD_DOWN)
               ? date_of_moment(rec_int(incident, INCIDENT_STOOD_DOWN, 0))
               : DATE_NONE;
}

struct tally kpi_reached(struct kpi_day *d, str about)
{
    const struct record_list *exercises = model_list(d->model, TYPE_EXERCISE);
    const struct record_list *incidents = model_list(d->model, TYPE_INCIDENT);
    struct tally t = {0};
    (void)about;
    for (size_t i = 0; i < exercises->count; i++)
        if (rec_counts(exercises->items[i]) &&
            kpi_is_in_year(d->model, rec_date(exercises->items[i], EXERCISE_HELD)))
            add_times(d, &t, exercises->items[i], EXERCISE_ACHIEVED);
    for (size_t i = 0; i < incidents->count; i++)
        if (rec_counts(incidents->items[i]) &&
            kpi_is_in_year(d->model, over_on(incidents->items[i])))
            add_times(d, &t, incidents->items[i], INCIDENT_ACHIEVED);
    return t;
}

/* -- Findings, actions, changes -------------------------------------------------------------- */

struct tally kpi_findings_of(struct kpi_day *d, str about)
{
    const struct record_list *list = model_list(d->model, TYPE_FINDING);
    struct tally t = {0};
    for (size_t i = 0; i < list->count; i++) {
        const struct record *f = list->items[i];
        if (rec_counts(f) && str_eq(rec_text(f, FINDING_SOURCE), about) &&
            kpi_is_in_year(d->model, rec_date(f, FINDING_DATE)))
            tally_add(&t, TRUTH_YES);
    }
    return t;
}

struct tally kpi_unsettled(struct kpi_day *d, str about)
{
    const struct record_list *list = model_list(d->model, TYPE_FINDING);
    struct tally t = {0};
    for (size_t i = 0; i < list->count; i++) {
        if (!rec_counts(list->items[i]) || !str_eq(rec_text(list->items[i], FINDING_SOURCE), about))
            continue;
        enum truth settled = finding_is_settled(list->items[i]);
        tally_add(&t, settled == TRUTH_YES  ? TRUTH_NO
                      : settled == TRUTH_NO ? TRUTH_YES
                                            : TRUTH_UNKNOWN);
    }
    return t;
}

/* Those first due from that day on. */
static struct tally closed_since(const struct kpi_day *d, date from)
{
    const struct record_list *list = model_list(d->model, TYPE_ACTION);
    struct tally t = {0};
    for (size_t i = 0; i < list->count; i++) {
        const struct record *a = list->items[i];
        date due = rec_date(a, ACTION_DUE), done = rec_date(a, ACTION_DONE_ON);
        bool is_silent = done == DATE_NONE &&
                         (rec_is_unknown(a, ACTION_DONE_ON) || str_eq(rec_status(a), S("closed")));
        if (!rec_counts(a) || !model_has_come(d->model, due) || due < from)
            continue;
        tally_add(&t, is_silent                          ? TRUTH_UNKNOWN
                      : done != DATE_NONE && done <= due ? TRUTH_YES
                                                         : TRUTH_NO);
    }
    return t;
}

struct tally kpi_closed_in_year(struct kpi_day *d, str about)
{
    (void)about;
    return closed_since(d, date_add_months(d->model->as_of + 1, -12));
}

struct tally kpi_closed_in_quarter(struct kpi_day *d, str about)
{
    struct ymd day = date_ymd(d->model->as_of);
    (void)about;
    return closed_since(d, date_from((struct ymd){day.year, day.month - (day.month - 1) % 3, 1}));
}

struct tally kpi_action_age(struct kpi_day *d, str about)
{
    const struct record_list *list = model_list(d->model, TYPE_ACTION);
    struct tally t = {0};
    (void)about;
    for (size_t i = 0; i < list->count; i++) {
        const struct record *a = list->items[i];
        date done = rec_date(a, ACTION_DONE_ON), found = action_found_on(a);
        if (!rec_counts(a) || rec_lacks(a, ACTION_FINDINGS) || !kpi_is_in_year(d->model, done))
            continue;
        tally_add(&t, found != DATE_NONE ? TRUTH_YES : TRUTH_UNKNOWN);
        t.sum += found != DATE_NONE ? (double)(done - found) : 0;
    }
    return t;
}

struct tally kpi_overdue(struct kpi_day *d, str about)
{
    const struct record_list *list = model_list(d->model, TYPE_ACTION);
    struct tally t = {0};
    (void)about;
    for (size_t i = 0; i < list->count; i++)
        tally_add(&t, action_was_overdue(d->model, list->items[i]));
    return t;
}

struct tally kpi_changes_assessed(struct kpi_day *d, str about)
{
    const struct record_list *list = model_list(d->model, TYPE_CHANGE);
    struct tally t = {0};
    (void)about;
    for (size_t i = 0; i < list->count; i++)
        if (rec_counts(list->items[i]) &&
            kpi_is_in_year(d->model, rec_date(list->items[i], CHANGE_DATE)) &&
            change_is_due(d->model, list->items[i]))
            tally_add(&t, change_is_assessed_in_time(d->model, list->items[i]));
    return t;
}

/* -- Values ---------------------------------------------------------------------------------- */

static const struct {
    struct tally (*tally)(struct kpi_day *d, str about);
    str about;
} way[] = {
#define KPI(name, function, word, kind, better, words) {kpi_##function, S_INIT(word)},
#include "model/kpi.def"
};

/* Half of it unknown is no range that anybody could use. */
static bool is_too_dark(const struct tally *t)
{
    return t->unknown * 2 > t->of;
}

static struct figure_value share_of(const struct tally *t)
{
    double all = (double)t->of;
    if (t->of == 0)
        return (struct figure_value){.is = VALUE_NONE};
    return (struct figure_value){t->unknown == 0  ? VALUE_KNOWN
                                 : is_too_dark(t) ? VALUE_UNKNOWN
                                                  : VALUE_RANGE,
                                 100 * (double)t->good / all,
                                 100 * (double)(t->good + t->unknown) / all, t->of, t->unknown};
}

static struct figure_value count_of(const struct tally *t)
{
    return (struct figure_value){t->unknown == 0  ? VALUE_KNOWN
                                 : is_too_dark(t) ? VALUE_UNKNOWN
                                                  : VALUE_RANGE,
                                 (double)t->good, (double)(t->good + t->unknown), t->of,
                                 t->unknown};
}

/* Of a mean that lacks a part nothing can be said, not even within which bounds it lies. */
static struct figure_value mean_of(const struct tally *t)
{
    if (t->of == 0)
        return (struct figure_value){.is = VALUE_NONE};
    double mean = t->sum / (double)t->of;
    return (struct figure_value){t->unknown == 0 ? VALUE_KNOWN : VALUE_UNKNOWN, mean, mean, t->of,
                                 t->unknown};
}

struct kpi_day *kpi_day_new(struct arena *a, const struct model *m)
{
    struct kpi_day *d = NEW(a, struct kpi_day);
    *d = (struct kpi_day){.arena = a, .model = m};
    return d;
}

struct figure_value kpi_compute(struct kpi_day *d, const struct kpi_def *def)
{
    size_t i = (size_t)(def - kpi_def);
    struct tally t = way[i].tally(d, way[i].about);
    switch (def->kind) {
    case KPI_KIND_SHARE:
        return share_of(&t);
    case KPI_KIND_COUNT:
        return count_of(&t);
    default:
        return mean_of(&t);
    }
}
