/* check/cycle/gate: the least that an auditor accepts, and a system that lives (SY1, SY2). */
#include "check/check_int.h"

#include "model/evidence.h"
#include "model/limits.h"

/* A workspace that names its organisation holds that organisation's system; one that does not
 * is a folder of papers, of which no evidence can be asked. */
static void check_minimum(struct checker *c, const struct record *organisation)
{
    const struct gate_item *gate = c->model->evidence->gate;
    for (size_t i = 0; i < GATE_COUNT; i++)
        if (!gate[i].is_met)
            check_report(c, CHECK_RULE_MINIMUM_EVIDENCE, organisation,
                         check_place(c->model->workspace, WORKSPACE_ORGANISATION),
                         "the system of '" STR_FMT "' lacks its minimum evidence: " STR_FMT,
                         STR_ARG(organisation->id), STR_ARG(gate[i].missing));
}

static void check_paper(struct checker *c, const struct record *organisation)
{
    const struct paper_system *p = &c->model->evidence->paper;
    if (!p->is_paper)
        return;
    check_report(c, CHECK_RULE_PAPER_SYSTEM, organisation,
                 check_place(p->text.newest, DOCUMENT_VERSION_DATE),
                 "'" STR_FMT "' is of " STR_FMT
                 ", the newest record of work with the system, '" STR_FMT "', of " STR_FMT
                 "; %lld months may lie between",
                 STR_ARG(p->text.newest->id), STR_ARG(check_day_words(c, p->text.day)),
                 STR_ARG(p->work.newest->id), STR_ARG(check_day_words(c, p->work.day)),
                 model_limit(c->model, LIMITS_PAPER_SYSTEM_MONTHS));
}

void check_gate(struct checker *c)
{
    const struct record *organisation =
        rec_ref_to(c->model->workspace, WORKSPACE_ORGANISATION, TYPE_ORGANISATION);
    if (organisation == NULL)
        return;
    check_minimum(c, organisation);
    check_paper(c, organisation);
}
