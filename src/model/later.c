/* model/later: what was done after the as-of date, and so has not been done yet. */
#include "model/later.h"

const struct done_field model_done_field[] = {
#define DONE(FIELD, goes)   {FIELD, DONE_##goes},
#define MOMENT(FIELD, goes) {FIELD, DONE_##goes},
#define EVENT(FIELD)
#define SINCE(FIELD, OF)
#define RESULT(FIELD, OF)
#define PLANNED(FIELD, OF)
#include "model/days.def"
};
const size_t model_done_count = COUNT_OF(model_done_field);

/* Fields without a day of their own, which go by another one. */
struct companion {
    enum field_id day, of;
    bool is_result; /* else it held before, too, and nobody knows what it was */
};
static const struct companion companion[] = {
#define DONE(FIELD, goes)
#define MOMENT(FIELD, goes)
#define EVENT(FIELD)
#define SINCE(FIELD, OF)  {FIELD, OF, false},
#define RESULT(FIELD, OF) {FIELD, OF, true},
#define PLANNED(FIELD, OF)
#include "model/days.def"
};

/* The same of what goes by a day for which it was only planned. */
static const struct companion planned[] = {
#define DONE(FIELD, goes)
#define MOMENT(FIELD, goes)
#define EVENT(FIELD)
#define SINCE(FIELD, OF)
#define RESULT(FIELD, OF)
#define PLANNED(FIELD, OF) {FIELD, OF, false},
#include "model/days.def"
};

bool value_is_after(date day, const struct field_def *f, const struct field_value *v)
{
    if (v->state != FV_PRESENT || day == DATE_NONE)
        return false;
    return (f->kind == FIELD_MOMENT ? date_of_moment(v->number) : v->day) > day;
}

str model_day_words(struct arena *a, const struct model *m)
{
    return m->as_of < m->known_until
               ? str_fmt(a, STR_FMT ", looking back", STR_ARG(date_long(a, m->as_of)))
               : date_long(a, m->as_of);
}

/* -- The last day ---------------------------------------------------------------------------- */

static void see_days(const struct record *r, date *last);

static void see_parts(const struct field_def *f, const struct field_value *v, date *last)
{
    size_t count = f->count == FIELD_MANY ? v->list.count : 1;
    const struct field_value *items = f->count == FIELD_MANY ? v->list.items : v;
    for (size_t i = 0; i < count; i++)
        if (items[i].state == FV_PRESENT)
            see_days(items[i].record, last);
}

/* Parts nest no deeper than YAML does, and that has its limit. */
static void see_days(const struct record *r, date *last)
{
    for (size_t i = 0; i < model_done_count; i++) {
        enum field_id field = model_done_field[i].field;
        if (!schema_has(r->type, field) || !rec_has(r, field))
            continue;
        size_t slot = schema_slot(r->type, field);
        bool is_moment = r->type->fields[slot].kind == FIELD_MOMENT;
        date day = is_moment ? date_of_moment(r->values[slot].number) : r->values[slot].day;
        *last = day > *last ? day : *last;
    }
    for (size_t i = 0; i < r->type->field_count; i++)
        if (r->type->fields[i].kind == FIELD_PART && r->values[i].state == FV_PRESENT)
            see_parts(&r->type->fields[i], &r->values[i], last);
}

date model_last_day(const struct model *m)
{
    date last = DATE_NONE;
    for (size_t i = 0; i < m->all.count; i++)
        see_days(m->all.items[i], &last);
    return last;
}

/* -- Forgetting ------------------------------------------------------------------------------ */

/* Days after `from` and, when there is one, up to `to`. */
struct forgetting {
    date from, to;
    bool is_looking_back;
    size_t count;
};

static bool is_later(const struct forgetting *g, const struct record *r, enum field_id field)
{
    if (!schema_has(r->type, field))
        return false;
    size_t slot = schema_slot(r->type, field);
    const struct field_def *f = &r->type->fields[slot];
    const struct field_value *v = &r->values[slot];
    return value_is_after(g->from, f, v) && !value_is_after(g->to, f, v);
}

static void reopen(struct record *r)
{
    if (!schema_has(r->type, COMMON_STATUS) || !str_eq(rec_text(r, COMMON_STATUS), S("closed")))
        return;
    r->values[schema_slot(r->type, COMMON_STATUS)].state = FV_ABSENT;
}

/* Written, but of a later day: what was there before is not known. */
static void make_unknown(struct field_value *v)
{
    if (v->state != FV_PRESENT)
        return;
    v->state = FV_UNKNOWN;
    v->text = S("unknown");
}

/* Of the record, or of each part in it that has the field. */
static void forget_result(struct record *r, enum field_id of)
{
    if (schema_has(r->type, of)) {
        r->values[schema_slot(r->type, of)].state = FV_ABSENT;
        return;
    }
    for (size_t i = 0; i < r->type->field_count; i++) {
        const struct field_value *v = &r->values[i];
        if (r->type->fields[i].kind != FIELD_PART || v->state != FV_PRESENT)
            continue;
        bool is_many = r->type->fields[i].count == FIELD_MANY;
        for (size_t k = 0; k < (is_many ? v->list.count : 1); k++) {
            const struct field_value *part = is_many ? &v->list.items[k] : v;
            if (part->state == FV_PRESENT)
                forget_result(part->record, of);
        }
    }
}

/* It may have been found sooner or later than planned; after that day it counts as found. */
static void forget_planned(const struct forgetting *g, struct record *r)
{
    for (size_t i = 0; i < COUNT_OF(planned); i++) {
        if (!schema_has(r->type, planned[i].day))
            continue;
        size_t slot = schema_slot(r->type, planned[i].day);
        const struct field_value *day = &r->values[slot];
        if (day->state != FV_PRESENT || value_is_after(g->from, &r->type->fields[slot], day))
            make_unknown(&r->values[schema_slot(r->type, planned[i].of)]);
    }
}

/* Several may go by one day, so that goes last. */
static void forget_companions(struct forgetting *g, struct record *r)
{
    size_t count = COUNT_OF(companion);
    for (size_t i = 0; i < count; i++) {
        if (!is_later(g, r, companion[i].day))
            continue;
        if (companion[i].is_result)
            forget_result(r, companion[i].of);
        else
            make_unknown(&r->values[schema_slot(r->type, companion[i].of)]);
    }
    for (size_t i = 0; i < count; i++) {
        if (companion[i].is_result || !is_later(g, r, companion[i].day))
            continue;
        g->count++;
        make_unknown(&r->values[schema_slot(r->type, companion[i].day)]);
    }
}

/* True when the record or part is an event of a later day. */
static bool forget_dates(struct forgetting *g, struct record *r)
{
    bool is_event = false;
    if (g->is_looking_back) {
        forget_companions(g, r);
        forget_planned(g, r);
    }
    for (size_t i = 0; i < model_done_count; i++) {
        const struct done_field *done = &model_done_field[i];
        if (!is_later(g, r, done->field))
            continue;
        struct field_value *v = &r->values[schema_slot(r->type, done->field)];
        g->count++;
        is_event |= done->kind == DONE_WHOLE;
        if (done->kind == DONE_AGAIN)
            make_unknown(v);
        else
            v->state = FV_ABSENT;
        if (done->kind == DONE_DATE)
            reopen(r);
    }
    return is_event;
}

static bool forget(struct forgetting *g, struct record *r);

static void forget_parts(struct forgetting *g, struct field_value *v)
{
    size_t kept = 0;
    for (size_t i = 0; i < v->list.count; i++)
        if (v->list.items[i].state != FV_PRESENT || !forget(g, v->list.items[i].record))
            v->list.items[kept++] = v->list.items[i];
    v->list.count = kept;
    if (kept == 0)
        v->state = FV_ABSENT;
}

/* On an earlier day another may have stood in its place. */
static void forget_part(const struct forgetting *g, struct field_value *v)
{
    if (g->is_looking_back)
        make_unknown(v);
    else
        v->state = FV_ABSENT;
}

/* Parts nest no deeper than YAML does, and that has its limit. */
static bool forget(struct forgetting *g, struct record *r)
{
    bool is_event = forget_dates(g, r);
    for (size_t i = 0; i < r->type->field_count; i++) {
        struct field_value *v = &r->values[i];
        if (r->type->fields[i].kind != FIELD_PART || v->state != FV_PRESENT)
            continue;
        if (r->type->fields[i].count == FIELD_MANY)
            forget_parts(g, v);
        else if (forget(g, v->record))
            forget_part(g, v);
    }
    return is_event;
}

static void forget_all(struct forgetting *g, struct model *m)
{
    for (size_t i = 0; i < m->all.count; i++)
        m->all.items[i]->is_later |= forget(g, m->all.items[i]); /* a copy may have forgotten */
}

void model_look_back(struct model *m)
{
    struct forgetting g = {m->as_of, m->known_until, true, 0};
    if (m->as_of == DATE_NONE || m->as_of >= m->known_until)
        return;
    forget_all(&g, m);
    model_leave_out_later(m);
    m->later_count += g.count;
}

void model_forget_later(struct model *m)
{
    struct forgetting g = {m->as_of, DATE_NONE, false, 0};
    if (m->as_of != DATE_NONE)
        forget_all(&g, m);
}
