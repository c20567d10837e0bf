/* check/common: what many rules ask. */
#include "check/check_int.h"

#include "model/learning.h"
#include "model/due.h"
#include "model/lifecycle.h"
#include "model/recovery.h"
#include "model/suppliers.h"

void check_each_live(struct checker *c, enum type_id type, visit_record visit)
{
    const struct record_list *list = model_list(c->model, type);
    for (size_t i = 0; i < list->count; i++)
        if (rec_is_live(list->items[i]))
            visit(c, list->items[i]);
}

bool check_is_prioritised(const struct checker *c, const struct record *activity)
{
    return recovery_node(c->model, activity)->is_prioritised;
}

bool check_is_critical(const struct checker *c, const struct record *supplier)
{
    return supplier_is_critical(c->model, supplier);
}

str check_asked_words(const struct checker *c, const struct record *r)
{
    return check_time_words(c, recovery_node(c->model, r)->asked[TIME_RTO].value);
}

str check_asked_by(const struct checker *c, const struct record *r)
{
    const struct node *n = recovery_node(c->model, r);
    const struct node *from = &c->model->recovery->nodes[n->asked[TIME_RTO].from];
    return from == n ? S("") : str_fmt(c->scratch, " for '" STR_FMT "'", STR_ARG(from->record->id));
}

bool check_has_come(const struct checker *c, date day)
{
    return model_has_come(c->model, day);
}

bool check_is_past(const struct checker *c, date day)
{
    return model_is_past(c->model, day);
}

bool check_is_months_ago(const struct checker *c, date day, long long months)
{
    return model_is_months_ago(c->model, day, months);
}

bool check_is_days_ago(const struct checker *c, date day, long long days)
{
    return day != DATE_NONE && check_is_past(c, day + (date)days);
}

bool check_is_new(const struct checker *c, const struct record *r, long long months)
{
    date created = rec_date(r, COMMON_CREATED);
    return created != DATE_NONE && !check_is_months_ago(c, created, months);
}

str check_day_words(const struct checker *c, date day)
{
    return date_long(c->scratch, day);
}

str check_time_words(const struct checker *c, duration time)
{
    return duration_words(c->scratch, time);
}

struct check_notes check_notes_new(const struct checker *c)
{
    size_t types = c->model->schema->type_count;
    struct check_notes notes = {NEW_ARRAY(c->scratch, const struct record **, types)};
    for (size_t t = 0; t < types; t++)
        notes.of_type[t] =
            NEW_ARRAY(c->scratch, const struct record *, c->model->by_type[t].count + 1);
    return notes;
}

const struct record **check_note(struct check_notes notes, const struct record *r)
{
    return &notes.of_type[r->type->number][r->number];
}

const struct record *check_house(const struct checker *c)
{
    const struct record *house =
        rec_ref_to(c->model->workspace, WORKSPACE_ORGANISATION, TYPE_ORGANISATION);
    return house != NULL ? house : c->model->workspace;
}

date check_running_since(const struct checker *c)
{
    const struct record_list *list = model_list(c->model, TYPE_DOCUMENT);
    date since = DATE_NONE;
    for (size_t i = 0; i < list->count; i++) {
        const struct lifecycle *life = list->items[i]->life;
        if (life == NULL || life->approvals.count == 0)
            continue;
        date first = rec_date(life->approvals.items[0], APPROVAL_DATE);
        since = since == DATE_NONE || first < since ? first : since;
    }
    return since;
}

bool check_is_here(const struct checker *c, const struct record *person)
{
    return person_is_here(c->model, person);
}

bool check_has_word(const struct record *r, enum field_id field, str word)
{
    size_t count;
    const struct field_value *words = rec_items(r, field, &count);
    for (size_t i = 0; i < count; i++)
        if (words[i].state == FV_PRESENT && str_eq(words[i].text, word))
            return true;
    return false;
}

bool check_is_material(const struct checker *c, const struct record *change)
{
    return rec_bool(change, CHANGE_MATERIAL) && check_has_come(c, rec_date(change, CHANGE_DATE)) &&
           !str_eq(rec_status(change), S("planned")) && rec_counts(change);
}
