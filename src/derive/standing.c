/* derive/standing: of every record, whether it proves something, and of which day. */
#include "derive/standing.h"

#include "model/lifecycle.h"

struct proving {
    const struct model *model;
    struct arena *arena;
    const bool **is_day; /* by type number, then field: it says when something was done */
};

static const enum field_id day_field[] = {
#define DONE(FIELD, goes) FIELD,
#define MOMENT(FIELD, goes)
#define SINCE(FIELD, OF)
#define RESULT(FIELD, OF)
#define PLANNED(FIELD, OF)
#define EVENT(FIELD) FIELD,
#include "model/days.def"
};
static const enum field_id event_field[] = {
#define DONE(FIELD, goes)
#define MOMENT(FIELD, goes)
#define SINCE(FIELD, OF)
#define RESULT(FIELD, OF)
#define PLANNED(FIELD, OF)
#define EVENT(FIELD) FIELD,
#include "model/days.def"
};

static void find_day_fields(struct proving *d)
{
    const struct schema *s = d->model->schema;
    d->is_day = NEW_ARRAY(d->arena, const bool *, s->type_count);
    for (size_t t = 0; t < s->type_count; t++) {
        bool *is_day = NEW_ARRAY(d->arena, bool, s->types[t]->field_count + 1);
        for (size_t i = 0; i < COUNT_OF(day_field); i++)
            if (schema_has(s->types[t], day_field[i]))
                is_day[schema_slot(s->types[t], day_field[i])] = true;
        d->is_day[t] = is_day;
    }
}

static bool is_later(date day, date than)
{
    return day != DATE_NONE && (than == DATE_NONE || day > than);
}

static void take_day(const struct proving *d, date day, struct standing *standing)
{
    date as_of = d->model->as_of;
    if (is_later(day, standing->day) && (as_of == DATE_NONE || day <= as_of))
        standing->day = day;
}

/* Days of a record and of the parts in it, which nest no deeper than YAML does. */
static void take_days(const struct proving *d, const struct record *r, struct standing *standing)
{
    const bool *is_day = d->is_day[r->type->number];
    for (size_t i = 0; i < r->type->field_count; i++) {
        const struct field_def *f = &r->type->fields[i];
        const struct field_value *v = &r->values[i];
        if (v->state != FV_PRESENT || (f->kind != FIELD_PART && !is_day[i]))
            continue;
        size_t count = f->count == FIELD_MANY ? v->list.count : 1;
        const struct field_value *items = f->count == FIELD_MANY ? v->list.items : v;
        for (size_t j = 0; j < count; j++) {
            if (items[j].state != FV_PRESENT)
                continue;
            if (f->kind == FIELD_PART)
                take_days(d, items[j].record, standing);
            else
                take_day(d, items[j].day, standing);
        }
    }
}

/* Planned or meant, and not done: its status says so, its day is still to come, or it was
 * to be held and no day says that it was. */
static bool is_still_to_come(const struct proving *d, const struct record *r)
{
    static const str hope[] = {S_INIT("planned"), S_INIT("draft"), S_INIT("in_review"),
                               S_INIT("withdrawn")};
    static const enum field_id held[] = {EXERCISE_HELD, AUDIT_HELD, MANAGEMENT_REVIEW_HELD};
    if (r->is_later)
        return true;
    for (size_t i = 0; i < COUNT_OF(hope); i++)
        if (str_eq(rec_status(r), hope[i]))
            return true;
    for (size_t i = 0; i < COUNT_OF(held); i++)
        if (schema_has(r->type, held[i]))
            return rec_lacks(r, held[i]);
    for (size_t i = 0; i < COUNT_OF(event_field); i++)
        if (schema_has(r->type, event_field[i]) && d->model->as_of != DATE_NONE &&
            is_later(rec_date(r, event_field[i]), d->model->as_of))
            return true;
    return false;
}

/* The text in force counts, also while the next one is being written. */
static struct standing standing_of_document(const struct proving *d, const struct record *r)
{
    struct standing standing = {r->life != NULL && r->life->in_force != NULL, DATE_NONE};
    if (!standing.counts)
        return standing;
    take_day(d, rec_date(r->life->in_force, APPROVAL_DATE), &standing);
    take_day(d, rec_date(r, COMMON_REVIEWED), &standing);
    take_day(d, rec_date(r, DOCUMENT_CHECKED_ON), &standing);
    return standing;
}

static struct standing standing_of(const struct proving *d, const struct record *r)
{
    struct standing standing = {!is_still_to_come(d, r), DATE_NONE};
    if (r->type->number == TYPE_DOCUMENT)
        return standing_of_document(d, r);
    if (!standing.counts)
        return standing;
    take_days(d, r, &standing);
    if (r->type->number == TYPE_INCIDENT && rec_has(r, INCIDENT_START))
        take_day(d, date_of_moment(rec_int(r, INCIDENT_START, 0)), &standing);
    return standing;
}

const struct standing *const *derive_standings(const struct model *m)
{
    const struct schema *s = m->schema;
    struct proving d = {.model = m, .arena = m->arena};
    const struct standing **standings = NEW_ARRAY(m->arena, const struct standing *, s->type_count);
    find_day_fields(&d);
    for (size_t t = 0; t < s->type_count; t++) {
        const struct record_list *list = &m->by_type[t];
        struct standing *of_type = NEW_ARRAY(m->arena, struct standing, list->count + 1);
        for (size_t i = 0; i < list->count; i++)
            of_type[i] = standing_of(&d, list->items[i]);
        standings[t] = of_type;
    }
    return standings;
}
