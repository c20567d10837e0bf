/* check/dates: done events dated after the as-of date (X6). */
#include "check/check_int.h"

/* Fields that say when something was done. Planned and due dates are not here. */
static const enum field_id done_field[] = {
    COMMON_CREATED,
    COMMON_REVIEWED,
    EVIDENCE_DATE,
    FEEDBACK_DATE,
    OBLIGATION_CHECKED_ON,
    PROGRESS_DATE,
    MEASUREMENT_DATE,
    PERSON_VERIFIED_ON,
    TRAINING_DATE,
    CONTACT_VERIFIED_ON,
    BIA_METHOD_APPROVED_ON,
    BIA_DATE,
    BIA_APPROVED_ON,
    ASSUMPTION_CHECKED_ON,
    PROOF_DATE,
    SUPPLIER_PLAN_SEEN_ON,
    SUPPLIER_REVIEW_DATE,
    ONBOARDING_DUE_DILIGENCE,
    STRATEGY_IMPLEMENTED_ON,
    CALL_TEST_DATE,
    COPY_ISSUED_ON,
    COPY_RECEIVED_ON,
    COPY_RECALLED_ON,
    COPY_DESTROYED_ON,
    COPY_CHECKED_ON,
    BATTLE_BOX_CHECKED_ON,
    BOX_ITEM_CHECKED_ON,
    EXERCISE_HELD,
    EXERCISE_REPORT_DATE,
    FINDING_DATE,
    ACTION_DONE_ON,
    CHANGE_ASSESSED_ON,
    CHANGE_CLOSED_ON,
    AUDIT_HELD,
    EVALUATION_DATE,
    MANAGEMENT_REVIEW_HELD,
    COMMUNICATED_DATE,
    DOCUMENT_VERSION_DATE,
    DOCUMENT_SUBMITTED_ON,
    DOCUMENT_CHECKED_ON,
    REVISION_DATE,
    APPROVAL_DATE,
    ACKNOWLEDGEMENT_DATE,
    DISPOSITION_DONE_ON,
    ROADMAP_DONE_ON,
};

static void check_field(struct checker *c, const struct record *r, enum field_id field)
{
    const struct field_value *v = rec_value(r, field);
    if (v->state != FV_PRESENT || v->day <= c->model->as_of)
        return;
    diag(c->diags, CHECK_RULE(FUTURE), v->span, "'" STR_FMT "' is after the as-of date " STR_FMT,
         STR_ARG(v->text), STR_ARG(date_iso(c->scratch, c->model->as_of)));
}

static void check_moment(struct checker *c, const struct field_value *v)
{
    int64_t end_of_day = ((int64_t)c->model->as_of + 1) * 1440;
    if (v->state == FV_PRESENT && v->number >= end_of_day)
        diag(c->diags, CHECK_RULE(FUTURE), v->span,
             "'" STR_FMT "' is after the as-of date " STR_FMT, STR_ARG(v->text),
             STR_ARG(date_iso(c->scratch, c->model->as_of)));
}

static void check_record(struct checker *c, const struct record *r)
{
    for (size_t i = 0; i < sizeof done_field / sizeof *done_field; i++)
        if (schema_has(r->type, done_field[i]))
            check_field(c, r, done_field[i]);
    if (r->type->number == TYPE_INCIDENT)
        check_moment(c, rec_value(r, INCIDENT_START));
}

void check_dates(struct checker *c)
{
    if (c->model->as_of != DATE_NONE)
        check_each(c, check_record);
}
