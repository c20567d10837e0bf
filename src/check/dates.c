/* check/dates: done events dated after the as-of date (X6). */
#include "check/check_int.h"

static const enum field_id done_field[] = {
#define DONE(FIELD)  FIELD,
#define EVENT(FIELD)
#include "model/days.def"
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
