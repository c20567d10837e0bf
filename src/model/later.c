/* model/later: what was done after the as-of date, and so has not been done yet. */
#include "model/later.h"

const struct done_field model_done_field[] = {
#define DONE(FIELD, goes)   {FIELD, DONE_##goes},
#define MOMENT(FIELD, goes) {FIELD, DONE_##goes},
#define EVENT(FIELD)
#include "model/days.def"
};
const size_t model_done_count = sizeof model_done_field / sizeof *model_done_field;

bool value_is_later(const struct model *m, const struct field_def *f, const struct field_value *v)
{
    if (v->state != FV_PRESENT || m->as_of == DATE_NONE)
        return false;
    if (f->kind == FIELD_MOMENT)
        return date_of_moment(v->number) > m->as_of;
    return v->day > m->as_of;
}

/* -- Forgetting ------------------------------------------------------------------------------ */

static void reopen(struct record *r)
{
    if (!schema_has(r->type, COMMON_STATUS) || !str_eq(rec_text(r, COMMON_STATUS), S("closed")))
        return;
    r->values[schema_slot(r->type, COMMON_STATUS)].state = FV_ABSENT;
}

/* What was found of the effect of an action was found after it was done. */
static void forget_effect(struct record *action)
{
    action->values[schema_slot(action->type, ACTION_EFFECT_RESULT)].state = FV_ABSENT;
    action->values[schema_slot(action->type, ACTION_EFFECT_EVIDENCE)].state = FV_ABSENT;
}

/* True when the record or part is an event of a later day. */
static bool forget_dates(const struct model *m, struct record *r)
{
    bool is_event = false;
    for (size_t i = 0; i < model_done_count; i++) {
        const struct done_field *done = &model_done_field[i];
        size_t slot = schema_has(r->type, done->field) ? schema_slot(r->type, done->field) : 0;
        if (!schema_has(r->type, done->field) ||
            !value_is_later(m, &r->type->fields[slot], &r->values[slot]))
            continue;
        is_event |= done->kind == DONE_WHOLE;
        r->values[slot].state = done->kind == DONE_AGAIN ? FV_BROKEN : FV_ABSENT;
        if (done->kind == DONE_DATE)
            reopen(r);
        if (done->field == ACTION_DONE_ON)
            forget_effect(r);
    }
    return is_event;
}

static bool forget(const struct model *m, struct record *r);

static void forget_parts(const struct model *m, struct field_value *v)
{
    size_t kept = 0;
    for (size_t i = 0; i < v->list.count; i++)
        if (v->list.items[i].state != FV_PRESENT || !forget(m, v->list.items[i].record))
            v->list.items[kept++] = v->list.items[i];
    v->list.count = kept;
    if (kept == 0)
        v->state = FV_ABSENT;
}

/* Parts nest no deeper than YAML does, and that has its limit. */
static bool forget(const struct model *m, struct record *r)
{
    bool is_event = forget_dates(m, r);
    for (size_t i = 0; i < r->type->field_count; i++) {
        struct field_value *v = &r->values[i];
        if (r->type->fields[i].kind != FIELD_PART || v->state != FV_PRESENT)
            continue;
        if (r->type->fields[i].count == FIELD_MANY)
            forget_parts(m, v);
        else if (forget(m, v->record))
            v->state = FV_ABSENT;
    }
    return is_event;
}

void model_forget_later(struct model *m)
{
    if (m->as_of == DATE_NONE)
        return;
    for (size_t i = 0; i < m->all.count; i++)
        m->all.items[i]->is_later |= forget(m, m->all.items[i]); /* a copy may have forgotten */
}
