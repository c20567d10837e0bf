/* check/dates: done events dated after the day of the content (X6). */
#include "check/check_int.h"

#include "model/later.h"

static void check_record(struct checker *c, const struct record *r)
{
    for (size_t i = 0; i < model_done_count; i++) {
        enum field_id field = model_done_field[i].field;
        if (!schema_has(r->type, field))
            continue;
        size_t slot = schema_slot(r->type, field);
        const struct field_value *v = &r->values[slot];
        if (value_is_after(c->model->known_until, &r->type->fields[slot], v))
            diag(c->diags, CHECK_RULE(FUTURE), v->span,
                 "'" STR_FMT "' is after the as-of date " STR_FMT, STR_ARG(v->text),
                 STR_ARG(date_iso(c->scratch, c->model->known_until)));
    }
}

void check_dates(struct checker *c)
{
    if (c->model->known_until != DATE_NONE)
        check_each(c, check_record);
}
