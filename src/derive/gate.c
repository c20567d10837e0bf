/* derive/gate: the minimum evidence, and whether the system lives (S0.63, S0.68). */
#include "derive/gate.h"

#include "model/lifecycle.h"
#include "model/limits.h"

/* -- The minimum --------------------------------------------------------------------------- */

static const struct {
    str what, asks, missing, selectors;
} gate[GATE_COUNT] = {
    {S_INIT("Assigned roles"), S_INIT("Roles of the system are held by somebody"),
     S_INIT("no role has a holder"), S_INIT("role.holder")},
    {S_INIT("Minutes"), S_INIT("Meetings that steer the system, with what they decided"),
     S_INIT("no meeting has minutes or decisions"), S_INIT("meeting.decisions|meeting.minutes")},
    {S_INIT("Controlled documents"), S_INIT("Documents that were approved and are in force"),
     S_INIT("no document is in force"), S_INIT("document")},
    {S_INIT("Training"), S_INIT("People were trained for their part"), S_INIT("nobody was trained"),
     S_INIT("training_record")},
    {S_INIT("Exercises"), S_INIT("Exercises were held"), S_INIT("no exercise was held"),
     S_INIT("exercise.held")},
    {S_INIT("Tracked actions"), S_INIT("One log of what was found and what is done about it"),
     S_INIT("the log of actions is empty"), S_INIT("action")},
};

static void derive_minimum(struct evidence *e, const struct model *m)
{
    for (size_t i = 0; i < GATE_COUNT; i++) {
        struct evidence_fact fact = evidence_fact(m, gate[i].selectors);
        e->gate[i] = (struct gate_item){gate[i].what,      gate[i].asks, gate[i].missing,
                                        gate[i].selectors, fact,         fact.count > 0};
    }
}

/* -- A system on paper --------------------------------------------------------------------- */

static void see(const struct model *m, struct evidence_fact *fact, const struct record *r, date day)
{
    if (day == DATE_NONE || (m->as_of != DATE_NONE && day > m->as_of))
        return;
    fact->count++;
    if (fact->newest != NULL && day <= fact->day)
        return;
    fact->newest = r;
    fact->day = day;
}

/* Fields that say on what day somebody worked with the system. */
static const struct {
    enum type_id type;
    enum field_id day;
} work[] = {
    {TYPE_MEETING, MEETING_DATE}, {TYPE_TRAINING, TRAINING_DATE}, {TYPE_EXERCISE, EXERCISE_HELD},
    {TYPE_AUDIT, AUDIT_HELD},     {TYPE_ACTION, ACTION_DONE_ON},
};

/* Of figures only what somebody measured is work: what is computed comes by itself. */
static void see_measurements(const struct model *m, struct evidence_fact *fact,
                             const struct record *kpi)
{
    size_t count;
    const struct field_value *v = rec_items(kpi, KPI_MEASUREMENTS, &count);
    for (size_t i = 0; i < count; i++)
        if (v[i].state == FV_PRESENT)
            see(m, fact, kpi, rec_date(v[i].record, MEASUREMENT_DATE));
}

static struct evidence_fact newest_work(const struct model *m)
{
    struct evidence_fact fact = {.day = DATE_NONE};
    for (size_t i = 0; i < COUNT_OF(work); i++) {
        const struct record_list *list = model_list(m, work[i].type);
        for (size_t j = 0; j < list->count; j++)
            see(m, &fact, list->items[j], rec_date(list->items[j], work[i].day));
    }
    const struct record_list *incidents = model_list(m, TYPE_INCIDENT);
    for (size_t i = 0; i < incidents->count; i++)
        if (rec_has(incidents->items[i], INCIDENT_START))
            see(m, &fact, incidents->items[i],
                date_of_moment(rec_int(incidents->items[i], INCIDENT_START, 0)));
    const struct record_list *kpis = model_list(m, TYPE_KPI);
    for (size_t i = 0; i < kpis->count; i++)
        see_measurements(m, &fact, kpis->items[i]);
    return fact;
}

static struct evidence_fact newest_text(const struct model *m)
{
    const struct record_list *list = model_list(m, TYPE_DOCUMENT);
    struct evidence_fact fact = {.day = DATE_NONE};
    for (size_t i = 0; i < list->count; i++)
        if (life_is_approved(list->items[i]->life))
            see(m, &fact, list->items[i], rec_date(list->items[i], DOCUMENT_VERSION_DATE));
    return fact;
}

void derive_gate(struct evidence *e, const struct model *m)
{
    long long months = model_limit(m, LIMITS_PAPER_SYSTEM_MONTHS);
    struct paper_system *p = &e->paper;
    derive_minimum(e, m);
    p->text = newest_text(m);
    p->work = newest_work(m);
    p->is_paper = p->text.newest != NULL && p->work.newest != NULL &&
                  date_add_months(p->work.day, (int)months) < p->text.day;
}
