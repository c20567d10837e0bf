/* derive/due: everything that falls due, with day, record and who has to do it. */
#include "derive/due_int.h"

#include <stdlib.h>

#include "model/learning.h"
#include "model/suppliers.h"

/* -- Which records count ------------------------------------------------------------------ */

static bool is_any(const struct model *m, const struct record *r)
{
    (void)m;
    return !r->is_later;
}

static bool is_kept(const struct model *m, const struct record *r)
{
    (void)m;
    return rec_counts(r);
}

static bool is_open(const struct model *m, const struct record *r)
{
    (void)m;
    return !rec_is_over(r) && !r->is_later;
}

static bool is_live(const struct model *m, const struct record *r)
{
    (void)m;
    return rec_is_live(r);
}

static bool is_critical(const struct model *m, const struct record *supplier)
{
    return rec_is_live(supplier) && supplier_is_critical(m, supplier);
}

static bool is_disruption(const struct model *m, const struct record *incident)
{
    return is_kept(m, incident) && str_eq(rec_text(incident, INCIDENT_KIND), S("disruption"));
}

static bool is_held_review(const struct model *m, const struct record *review)
{
    return is_kept(m, review) && rec_has(review, MANAGEMENT_REVIEW_HELD);
}

/* Here, and in a role that is in use; or verified before. */
static bool is_called(const struct model *m, const struct record *person)
{
    bool is_in_role = !rec_lacks(person, PERSON_VERIFIED_ON);
    for (size_t i = 0; i < person->back_count && !is_in_role; i++) {
        const struct backlink *b = &person->back[i];
        is_in_role = rec_is_live(b->from) &&
                     (backlink_by(b, ROLE_HOLDER) != NULL || backlink_by(b, ROLE_DEPUTIES) != NULL);
    }
    return is_in_role && person_is_here(m, person);
}

/* -- The kinds ---------------------------------------------------------------------------- */

static const struct kind_row {
    str key, title, what;
    enum type_id type;
    bool (*counts)(const struct model *m, const struct record *r);
    struct due_day (*day)(const struct model *m, const struct record *r);
    enum field_id parts, name, due, done, who; /* FIELD_COUNT: none */
    void (*find)(struct finder *f);            /* NULL: by the fields */
} kind_row[DUE_KIND_COUNT] = {
#define DUE_FIELD(NAME, key, title, what, TYPE, counts, due, done, who)                            \
    {S_INIT(key), S_INIT(title), S_INIT(what), TYPE_##TYPE, counts, NULL,                          \
     FIELD_COUNT, FIELD_COUNT,   due,          done,        who,    NULL},
#define DUE_PART(NAME, key, title, what, TYPE, counts, parts, name, due, done, who)                \
    {S_INIT(key), S_INIT(title), S_INIT(what), TYPE_##TYPE, counts, NULL,                          \
     parts,       name,          due,          done,        who,    NULL},
#define DUE_RULE(NAME, key, title, what, TYPE, counts, day, who)                                   \
    {S_INIT(key), S_INIT(title), S_INIT(what), TYPE_##TYPE, counts, day,                           \
     FIELD_COUNT, FIELD_COUNT,   FIELD_COUNT,  FIELD_COUNT, who,    NULL},
#define DUE_FIND(NAME, key, title, what, find)                                                     \
    {S_INIT(key), S_INIT(title), S_INIT(what), TYPE_COMMON, NULL,        NULL,                     \
     FIELD_COUNT, FIELD_COUNT,   FIELD_COUNT,  FIELD_COUNT, FIELD_COUNT, find},
#include "derive/due.def"
};

str due_kind_key(enum due_kind kind)
{
    return kind_row[kind].key;
}

str due_kind_title(enum due_kind kind)
{
    return kind_row[kind].title;
}

/* -- One item ----------------------------------------------------------------------------- */

void due_give(struct due_item *item, const struct record *role, const struct record *person)
{
    if (item == NULL)
        return;
    item->owner = role;
    item->person = person;
    item->is_owner_withheld = false;
}

/* Types of the house may have another field of this name. */
static const struct record *named_in(const struct record *r, enum field_id field, bool *is_withheld)
{
    if (!schema_has(r->type, field))
        return NULL;
    *is_withheld |= rec_value(r, field)->state == FV_WITHHELD;
    return rec_ref(r, field);
}

/* A role acts through its holder, who must still be here. */
static void give_to(const struct finder *f, struct due_item *item, const struct record *to)
{
    const struct record *holder =
        to->type->number == TYPE_ROLE ? rec_ref_to(to, ROLE_HOLDER, TYPE_PERSON) : to;
    bool is_person = holder != NULL && holder->type->number == TYPE_PERSON;
    due_give(item, to->type->number == TYPE_PERSON ? NULL : to,
             is_person && person_is_here(f->model, holder) ? holder : NULL);
}

static void find_owner(const struct finder *f, struct due_item *item, const struct record *who,
                       enum field_id field)
{
    const struct record *to = named_in(who, field, &item->is_owner_withheld);
    if (to == NULL && !item->is_owner_withheld)
        to = named_in(item->record, COMMON_OWNER, &item->is_owner_withheld);
    if (to != NULL)
        give_to(f, item, to);
}

struct due_item *due_add(struct finder *f, const struct record *r, struct due_day due,
                         const struct record *who, enum field_id field)
{
    if (due.state == DUE_NOT || (due.state == DUE_UNKNOWN && model_is_partial(f->model)))
        return NULL;
    struct due_item *item = &PUSH(f->arena, f->items, f->count, f->cap, struct due_item);
    *item = (struct due_item){.day = due.day,
                              .state = due.state,
                              .kind = f->kind,
                              .record = r,
                              .what = kind_row[f->kind].what,
                              .place = f->count,
                              .is_overdue = due_is_past(f->model, due)};
    find_owner(f, item, who, field);
    f->overdue_count += item->is_overdue;
    return item;
}

void due_say(struct finder *f, struct due_item *item, str detail)
{
    if (item == NULL || detail.n == 0)
        return;
    item->part = detail;
    item->what = str_fmt(f->arena, STR_FMT ": " STR_FMT, STR_ARG(item->what), STR_ARG(detail));
}

/* -- By the rows -------------------------------------------------------------------------- */

static struct due_day day_of_field(const struct kind_row *row, const struct record *r)
{
    bool is_done = row->done != FIELD_COUNT && !rec_lacks(r, row->done);
    return is_done || rec_lacks(r, row->due) ? (struct due_day){DUE_NOT, DATE_NONE}
                                             : due_on(rec_date(r, row->due));
}

/* Who has to do it may be named in the part, or by the record around it. */
static void add_parts(struct finder *f, const struct kind_row *row, const struct record *r)
{
    size_t count;
    const struct field_value *items = rec_items(r, row->parts, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *part = field_target(&items[i]);
        if (part == NULL)
            continue;
        const struct record *who = row->who == COMMON_OWNER ? r : part;
        due_say(f, due_add(f, r, day_of_field(row, part), who, row->who),
                rec_text(part, row->name));
    }
}

static void find_by_row(struct finder *f, const struct kind_row *row)
{
    const struct record_list *list = model_list(f->model, row->type);
    for (size_t i = 0; i < list->count; i++) {
        const struct record *r = list->items[i];
        if (!row->counts(f->model, r))
            continue;
        if (row->parts != FIELD_COUNT)
            add_parts(f, row, r);
        else
            due_add(f, r, row->day != NULL ? row->day(f->model, r) : day_of_field(row, r), r,
                    row->who);
    }
}

/* -- All of it ---------------------------------------------------------------------------- */

/* What is to be done at once comes before what has no day. */
static int by_day(const void *x, const void *y)
{
    const struct due_item *a = x, *b = y;
    bool has_day = a->state == DUE_ON, has_other = b->state == DUE_ON;
    if (has_day != has_other)
        return has_day ? -1 : 1;
    if (has_day && a->day != b->day)
        return a->day < b->day ? -1 : 1;
    if (!has_day && a->state != b->state)
        return a->state < b->state ? -1 : 1;
    int by_id = str_cmp_natural(a->record->id, b->record->id);
    if (by_id != 0)
        return by_id;
    return a->place < b->place ? -1 : a->place > b->place;
}

static void put(struct arena *a, struct due_run *run, const struct due_item *item)
{
    PUSH(a, run->items, run->count, run->cap, const struct due_item *) = item;
}

static void share_out(const struct finder *f, struct due *due)
{
    size_t roles = model_list(f->model, TYPE_ROLE)->count;
    size_t people = model_list(f->model, TYPE_PERSON)->count;
    due->of_role = NEW_ARRAY(f->arena, struct due_run, roles + 1);
    due->of_person = NEW_ARRAY(f->arena, struct due_run, people + 1);
    for (size_t i = 0; i < due->count; i++) {
        const struct due_item *item = &due->items[i];
        if (item->owner != NULL && item->owner->type->number == TYPE_ROLE)
            put(f->arena, &due->of_role[item->owner->number], item);
        if (item->person != NULL)
            put(f->arena, &due->of_person[item->person->number], item);
    }
}

void derive_due(struct model *m)
{
    struct finder f = {.model = m, .arena = m->arena};
    struct due *due = NEW(m->arena, struct due);
    for (int k = 0; k < DUE_KIND_COUNT; k++) {
        f.kind = (enum due_kind)k;
        if (kind_row[k].find != NULL)
            kind_row[k].find(&f);
        else
            find_by_row(&f, &kind_row[k]);
    }
    if (f.count != 0)
        qsort(f.items, f.count, sizeof *f.items, by_day);
    *due = (struct due){.items = f.items, .count = f.count, .overdue_count = f.overdue_count};
    share_out(&f, due);
    m->due = due;
}

struct due_run due_of(const struct model *m, const struct record *who)
{
    if (who->type->number == TYPE_ROLE)
        return m->due->of_role[who->number];
    if (who->type->number == TYPE_PERSON)
        return m->due->of_person[who->number];
    return (struct due_run){0};
}

bool due_is_within(const struct model *m, const struct due_item *item, date days)
{
    return item->is_overdue ||
           (item->state == DUE_ON && (m->as_of == DATE_NONE || item->day <= m->as_of + days));
}
