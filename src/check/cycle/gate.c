/* check/cycle/gate: the least that an auditor accepts, and a system that lives (SY1, SY2). */
#include "check/check_int.h"

#include "model/lifecycle.h"
#include "model/limits.h"

/* -- Minimum evidence (SY1) ------------------------------------------------------------------- */

static bool is_filled_role(const struct record *r)
{
    return rec_is_live(r) && rec_has(r, ROLE_HOLDER);
}

static bool has_minutes(const struct record *r)
{
    return rec_has(r, MEETING_MINUTES) || rec_has(r, MEETING_DECISIONS);
}

static bool is_controlled(const struct record *r)
{
    return r->life != NULL && r->life->in_force != NULL;
}

static bool is_training(const struct record *r)
{
    return rec_has(r, TRAINING_DATE);
}

static bool is_held(const struct record *r)
{
    return rec_has(r, EXERCISE_HELD);
}

static bool is_logged(const struct record *r)
{
    return rec_has(r, ACTION_PLAN);
}

static const struct {
    enum type_id type;
    bool (*is_evidence)(const struct record *r);
    const char *missing;
} gate[] = {
    {TYPE_ROLE, is_filled_role, "no role has a holder"},
    {TYPE_MEETING, has_minutes, "no meeting has minutes or decisions"},
    {TYPE_DOCUMENT, is_controlled, "no document is in force"},
    {TYPE_TRAINING, is_training, "nobody was trained"},
    {TYPE_EXERCISE, is_held, "no exercise was held"},
    {TYPE_ACTION, is_logged, "the log of actions is empty"},
};

static bool has_evidence(const struct checker *c, size_t of)
{
    const struct record_list *list = model_list(c->model, gate[of].type);
    for (size_t i = 0; i < list->count; i++)
        if (!check_is_withdrawn(list->items[i]) && gate[of].is_evidence(list->items[i]))
            return true;
    return false;
}

/* A workspace that names its organisation holds that organisation's system; one that does not
 * is a folder of papers, of which no evidence can be asked. */
static void check_minimum(struct checker *c, const struct record *organisation)
{
    for (size_t i = 0; i < sizeof gate / sizeof *gate; i++)
        if (!has_evidence(c, i))
            check_report(c, CHECK_RULE_MINIMUM_EVIDENCE, organisation,
                         check_place(c->model->workspace, WORKSPACE_ORGANISATION),
                         "the system of '" STR_FMT "' lacks its minimum evidence: %s",
                         STR_ARG(organisation->id), gate[i].missing);
}

/* -- A system on paper (SY2) ------------------------------------------------------------------ */

struct newest {
    const struct record *record;
    date day;
};

static void see(struct newest *n, const struct record *r, date day)
{
    if (day != DATE_NONE && (n->record == NULL || day > n->day))
        *n = (struct newest){r, day};
}

/* Fields that say on what day somebody worked with the system. */
static const struct {
    enum type_id type;
    enum field_id day;
} operation[] = {
    {TYPE_MEETING, MEETING_DATE}, {TYPE_TRAINING, TRAINING_DATE}, {TYPE_EXERCISE, EXERCISE_HELD},
    {TYPE_AUDIT, AUDIT_HELD},     {TYPE_ACTION, ACTION_DONE_ON},
};

static void see_measurements(struct newest *n, const struct record *kpi)
{
    size_t count;
    const struct field_value *items = rec_items(kpi, KPI_MEASUREMENTS, &count);
    for (size_t i = 0; i < count; i++)
        if (check_part(&items[i]) != NULL)
            see(n, kpi, rec_date(items[i].record, MEASUREMENT_DATE));
}

static struct newest newest_operation(const struct checker *c)
{
    struct newest n = {NULL, DATE_NONE};
    for (size_t i = 0; i < sizeof operation / sizeof *operation; i++) {
        const struct record_list *list = model_list(c->model, operation[i].type);
        for (size_t j = 0; j < list->count; j++)
            see(&n, list->items[j], rec_date(list->items[j], operation[i].day));
    }
    const struct record_list *incidents = model_list(c->model, TYPE_INCIDENT);
    for (size_t i = 0; i < incidents->count; i++)
        see(&n, incidents->items[i], check_moment_day(incidents->items[i], INCIDENT_START));
    const struct record_list *kpis = model_list(c->model, TYPE_KPI);
    for (size_t i = 0; i < kpis->count; i++)
        see_measurements(&n, kpis->items[i]);
    return n;
}

static struct newest newest_document(const struct checker *c)
{
    const struct record_list *list = model_list(c->model, TYPE_DOCUMENT);
    struct newest n = {NULL, DATE_NONE};
    for (size_t i = 0; i < list->count; i++)
        if (life_is_approved(list->items[i]->life))
            see(&n, list->items[i], rec_date(list->items[i], DOCUMENT_VERSION_DATE));
    return n;
}

static void check_paper(struct checker *c, const struct record *organisation)
{
    struct newest document = newest_document(c), record = newest_operation(c);
    long long months = model_limit(c->model, LIMITS_PAPER_SYSTEM_MONTHS);
    if (document.record == NULL || record.record == NULL ||
        document.day <= date_add_months(record.day, (int)months))
        return;
    check_report(c, CHECK_RULE_PAPER_SYSTEM, organisation,
                 check_place(document.record, DOCUMENT_VERSION_DATE),
                 "'" STR_FMT "' is of " STR_FMT
                 ", the newest record of work with the system, '" STR_FMT "', of " STR_FMT
                 "; %lld months may lie between",
                 STR_ARG(document.record->id), STR_ARG(check_day_words(c, document.day)),
                 STR_ARG(record.record->id), STR_ARG(check_day_words(c, record.day)), months);
}

void check_gate(struct checker *c)
{
    const struct record *organisation =
        check_ref(c->model->workspace, WORKSPACE_ORGANISATION, TYPE_ORGANISATION);
    if (organisation == NULL)
        return;
    check_minimum(c, organisation);
    check_paper(c, organisation);
}
