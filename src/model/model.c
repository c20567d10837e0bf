/* model: one graph of records and documents. */
#include "model/model.h"

#include <assert.h>
#include <stdlib.h>

#include "base/path.h"
#include "model/impact.h"

static struct model *model_over(struct arena *a, struct schema *schema)
{
    struct model *m = NEW(a, struct model);
    m->arena = a;
    m->schema = schema;
    m->by_id = map_in(a);
    m->by_path = map_in(a);
    m->later = map_in(a);
    m->files = map_in(a);
    m->as_of = m->known_until = DATE_NONE;
    m->clearance = CLASS_RESTRICTED;
    return m;
}

struct model *model_new(struct arena *a)
{
    return model_over(a, schema_new(a));
}

struct model *model_new_of(struct arena *a, struct schema *schema)
{
    struct model *m = model_over(a, schema);
    model_open(m);
    return m;
}

void model_open(struct model *m)
{
    m->by_type = NEW_ARRAY(m->arena, struct record_list, m->schema->type_count);
    m->workspace = record_new(m, m->schema->types[TYPE_WORKSPACE], (struct span){0, 0, 0});
}

struct record *record_new(struct model *m, const struct type_def *type, struct span span)
{
    struct record *r = NEW(m->arena, struct record);
    r->type = type;
    r->span = r->id_span = span;
    r->id = r->title = S("");
    r->values = NEW_ARRAY(m->arena, struct field_value, type->field_count);
    return r;
}

static void list_add(struct model *m, struct record_list *list, struct record *r)
{
    PUSH(m->arena, list->items, list->count, list->cap, struct record *) = r;
}

static void put_in_maps(struct model *m, struct record *r)
{
    if (r->id.n != 0)
        map_put(&m->by_id, r->id, r);
    if (r->document != NULL)
        map_put(&m->by_path, r->document->path, r);
}

void model_add(struct model *m, struct record *r)
{
    assert(!r->type->is_part);
    list_add(m, &m->all, r);
    list_add(m, &m->by_type[r->type->number], r);
    put_in_maps(m, r);
}

static void put_in_later(struct model *m, struct record *r)
{
    if (r->id.n != 0)
        map_put(&m->later, r->id, r);
    if (r->document != NULL)
        map_put(&m->later, r->document->path, r);
}

static void leave_out(struct record_list *list)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        if (!list->items[i]->is_later)
            list->items[kept++] = list->items[i];
    list->count = kept;
}

void model_leave_out_later(struct model *m)
{
    m->by_id = map_in(m->arena);
    m->by_path = map_in(m->arena);
    for (size_t i = 0; i < m->all.count; i++) {
        struct record *r = m->all.items[i];
        if (!r->is_later)
            put_in_maps(m, r);
        else
            put_in_later(m, r);
    }
    leave_out(&m->all);
    for (size_t t = 0; t < m->schema->type_count; t++)
        leave_out(&m->by_type[t]);
}

/* Parts nest no deeper than YAML does, and that has its limit. */
static void adopt_parts(struct record *r, const struct record *whole)
{
    for (size_t i = 0; i < r->type->field_count; i++) {
        const struct field_def *f = &r->type->fields[i];
        struct field_value *v = &r->values[i];
        if (f->kind != FIELD_PART || v->state != FV_PRESENT)
            continue;
        size_t count = f->count == FIELD_MANY ? v->list.count : 1;
        struct field_value *items = f->count == FIELD_MANY ? v->list.items : v;
        for (size_t j = 0; j < count; j++) {
            if (items[j].state != FV_PRESENT)
                continue;
            items[j].record->whole = whole;
            adopt_parts(items[j].record, whole);
        }
    }
}

void model_exchange(struct record *r, const struct record *with)
{
    assert(r->type == with->type && str_eq(r->id, with->id) && r->back_count == 0);
    size_t number = r->number;
    *r = *with;
    r->number = number;
    adopt_parts(r, r);
}

struct record *model_find(const struct model *m, str id)
{
    return map_find(&m->by_id, id);
}

bool model_may_lack(const struct model *m, str id)
{
    return model_is_partial(m) || map_find(&m->later, id) != NULL;
}

const struct record_list *model_list(const struct model *m, enum type_id type)
{
    return &m->by_type[type];
}

static int id_order(const void *x, const void *y)
{
    const struct record *a = *(struct record *const *)x, *b = *(struct record *const *)y;
    int order = str_cmp_natural(a->id, b->id);
    if (order != 0)
        return order;
    if (a->span.file != b->span.file)
        return a->span.file < b->span.file ? -1 : 1;
    return a->span.off < b->span.off ? -1 : a->span.off > b->span.off;
}

static void back_add(struct model *m, struct record *to, const struct record *from,
                     const struct field_def *field)
{
    /* Loading order puts links of one record and field next to each other. */
    if (to->back_count != 0) {
        const struct backlink *last = &to->back[to->back_count - 1];
        if (last->from == from && last->field == field)
            return;
    }
    PUSH(m->arena, to->back, to->back_count, to->back_cap, struct backlink) =
        (struct backlink){from, field};
}

static void link_record(struct model *m, struct record *r, const struct record *whole);

static void link_value(struct model *m, const struct field_def *f, struct field_value *v,
                       const struct record *whole)
{
    if (v->state != FV_PRESENT)
        return;
    if (f->kind == FIELD_PART) {
        link_record(m, v->record, whole);
        return;
    }
    v->record = model_find(m, v->text);
    if (v->record == NULL && model_may_lack(m, v->text)) {
        v->state = FV_WITHHELD;
        return;
    }
    if (v->record != NULL && v->record != whole)
        back_add(m, v->record, whole, f);
}

/* Parts cannot hold parts of their own kind, so the depth is that of schema.def. */
static void link_record(struct model *m, struct record *r, const struct record *whole)
{
    for (size_t i = 0; i < r->type->field_count; i++) {
        const struct field_def *f = &r->type->fields[i];
        struct field_value *v = &r->values[i];
        if ((f->kind != FIELD_REF && f->kind != FIELD_PART) || v->state != FV_PRESENT)
            continue;
        if (f->count == FIELD_ONE) {
            link_value(m, f, v, whole);
            continue;
        }
        for (size_t j = 0; j < v->list.count; j++)
            link_value(m, f, &v->list.items[j], whole);
    }
}

void model_link(struct model *m)
{
    for (size_t t = 0; t < m->schema->type_count; t++) {
        struct record_list *list = &m->by_type[t];
        if (list->count != 0)
            qsort(list->items, list->count, sizeof *list->items, id_order);
        for (size_t i = 0; i < list->count; i++)
            list->items[i]->number = i;
    }
    for (size_t i = 0; i < m->all.count; i++)
        link_record(m, m->all.items[i], m->all.items[i]);
    link_record(m, m->workspace, m->workspace);
    model_choose_bia_method(m);
}

void rec_derive(struct record *r, enum field_id field, struct field_value value)
{
    size_t slot = schema_slot(r->type, field);
    assert(r->type->fields[slot].need == FIELD_DERIVED);
    r->values[slot] = value;
}

const struct field_value *rec_value(const struct record *r, enum field_id field)
{
    return &r->values[schema_slot(r->type, field)];
}

bool rec_has(const struct record *r, enum field_id field)
{
    return rec_value(r, field)->state == FV_PRESENT;
}

bool rec_is_unknown(const struct record *r, enum field_id field)
{
    enum value_state state = rec_value(r, field)->state;
    return state == FV_BROKEN || state == FV_UNKNOWN;
}

date rec_last_look(const struct record *r, enum field_id made)
{
    date one = rec_date(r, made), other = rec_date(r, COMMON_REVIEWED);
    if (rec_is_unknown(r, made) || rec_is_unknown(r, COMMON_REVIEWED))
        return DATE_NONE;
    return one > other ? one : other;
}

bool rec_lacks(const struct record *r, enum field_id field)
{
    return rec_value(r, field)->state == FV_ABSENT;
}

bool rec_is_over(const struct record *r)
{
    str status = rec_status(r);
    return str_eq(status, S("closed")) || str_eq(status, S("withdrawn")) ||
           str_eq(status, S("superseded"));
}

bool rec_is_live(const struct record *r)
{
    return !rec_is_over(r) && !str_eq(rec_status(r), S("planned")) && !r->is_later;
}

bool rec_counts(const struct record *r)
{
    return !r->is_later && !str_eq(rec_status(r), S("withdrawn"));
}

const struct record *rec_newest(const struct record *r, enum field_id parts, enum field_id day)
{
    size_t count;
    const struct field_value *items = rec_items(r, parts, &count);
    const struct record *newest = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct record *one = field_target(&items[i]);
        if (one == NULL || rec_date(one, day) == DATE_NONE)
            continue;
        if (newest == NULL || rec_date(one, day) >= rec_date(newest, day))
            newest = one;
    }
    return newest;
}

const struct record *backlink_by(const struct backlink *b, enum field_id field)
{
    const struct type_def *t = b->from->type;
    bool is_it = schema_has(t, field) && b->field == &t->fields[schema_slot(t, field)];
    return is_it ? b->from : NULL;
}

const struct record *field_target(const struct field_value *v)
{
    return v->state == FV_PRESENT ? v->record : NULL;
}

const struct record *field_target_of(const struct field_value *v, enum type_id type)
{
    const struct record *to = field_target(v);
    return to != NULL && to->type->number == type ? to : NULL;
}

const struct record *rec_ref_to(const struct record *r, enum field_id field, enum type_id type)
{
    return field_target_of(rec_value(r, field), type);
}

date rec_moment_day(const struct record *r, enum field_id moment)
{
    return rec_has(r, moment) ? date_of_moment(rec_int(r, moment, 0)) : DATE_NONE;
}

str rec_text(const struct record *r, enum field_id field)
{
    const struct field_value *v = rec_value(r, field);
    return v->state == FV_PRESENT ? v->text : S("");
}

str rec_status(const struct record *r)
{
    switch (r->type->number) {
    case TYPE_DOCUMENT:
        return rec_text(r, DOCUMENT_STATUS);
    case TYPE_BIA:
        return rec_text(r, BIA_STATUS);
    default:
        return rec_text(r, COMMON_STATUS);
    }
}

date rec_date(const struct record *r, enum field_id field)
{
    const struct field_value *v = rec_value(r, field);
    return v->state == FV_PRESENT ? v->day : DATE_NONE;
}

duration rec_duration(const struct record *r, enum field_id field)
{
    const struct field_value *v = rec_value(r, field);
    return v->state == FV_PRESENT ? v->minutes : DURATION_NONE;
}

long long rec_int(const struct record *r, enum field_id field, long long absent)
{
    const struct field_value *v = rec_value(r, field);
    return v->state == FV_PRESENT ? v->number : absent;
}

bool rec_bool(const struct record *r, enum field_id field)
{
    return rec_int(r, field, 0) != 0;
}

bool rec_says(const struct record *r, enum field_id field, str words)
{
    if (words.n == 0)
        return true;
    bool is_bool = r->type->fields[schema_slot(r->type, field)].kind == FIELD_BOOL;
    str own = is_bool && rec_has(r, field) ? (rec_bool(r, field) ? S("yes") : S("no"))
                                           : rec_text(r, field);
    for (str word, rest = words; rest.n != 0;) {
        rest = str_cut(rest, '|', &word);
        if (str_eq(word, own))
            return true;
    }
    return false;
}

const struct record *rec_ref(const struct record *r, enum field_id field)
{
    return field_target(rec_value(r, field));
}

const struct field_value *rec_items(const struct record *r, enum field_id field, size_t *count)
{
    const struct field_value *v = rec_value(r, field);
    *count = v->state == FV_PRESENT ? v->list.count : 0;
    return *count ? v->list.items : NULL;
}

bool model_has_come(const struct model *m, date day)
{
    return day != DATE_NONE && (m->as_of == DATE_NONE || day <= m->as_of);
}

bool model_is_past(const struct model *m, date day)
{
    return day != DATE_NONE && m->as_of != DATE_NONE && day < m->as_of;
}

bool model_is_months_ago(const struct model *m, date day, long long months)
{
    return day != DATE_NONE && model_is_past(m, date_add_months(day, (int)months));
}

str model_organisation(const struct model *m)
{
    const struct record *organisation = rec_ref(m->workspace, WORKSPACE_ORGANISATION);
    return organisation != NULL ? organisation->title : m->workspace->title;
}

str type_path(struct arena *a, const struct type_def *t)
{
    return str_fmt(a, "registers/" STR_FMT ".html", STR_ARG(t->key));
}

str record_path(struct arena *a, const struct record *r)
{
    bool is_document = r->type->number == TYPE_DOCUMENT;
    str slug = path_slug(a, r->id);
    return str_fmt(a, "%c/" STR_FMT ".html", is_document ? 'd' : 'r', STR_ARG(slug));
}
