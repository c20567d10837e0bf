/* derive/review: all that belongs to an input of management reviews, by day. */
#include "derive/review.h"

#include <stdlib.h>

#include "model/lifecycle.h"

/* Rows of review.def. */
struct take {
    enum review_input input;
    enum type_id type;
    enum field_id day, only;
    str words, happened;
};
static const struct take take[] = {
#define INPUT(NAME, key, title, asks)
#define TAKE(NAME, TYPE, day, only, words, happened)                                               \
    {REVIEW_##NAME, TYPE_##TYPE, day, only, S_INIT(words), S_INIT(happened)},
#define TAKE_PART(NAME, TYPE, parts, day, happened)
#define JUDGE(NAME, family)
#define SHOW(NAME, list)
#include "model/review.def"
};

struct take_part {
    enum review_input input;
    enum type_id type;
    enum field_id parts, day;
    str happened;
};
static const struct take_part take_part[] = {
#define INPUT(NAME, key, title, asks)
#define TAKE(NAME, TYPE, day, only, words, happened)
#define TAKE_PART(NAME, TYPE, parts, day, happened)                                                \
    {REVIEW_##NAME, TYPE_##TYPE, parts, day, S_INIT(happened)},
#define JUDGE(NAME, family)
#define SHOW(NAME, list)
#include "model/review.def"
};

/* Days that are written anew each time; planned ones move on when they are met. */
static const enum field_id last_day[] = {
    COMMON_REVIEWED,   OBLIGATION_CHECKED_ON, BIA_APPROVED_ON,    SUPPLIER_PLAN_SEEN_ON,
    ROLE_HOLDER_SINCE, COMMON_NEXT_REVIEW,    ASSUMPTION_EXPIRES, RISK_ACCEPT_EXPIRES,
};

/* Days on which something takes place: before them nothing has. */
static const enum field_id event_day[] = {
#define DONE(FIELD, goes)
#define MOMENT(FIELD, goes)
#define EVENT(FIELD) FIELD,
#define SINCE(FIELD, OF)
#define RESULT(FIELD, OF)
#define PLANNED(FIELD, OF)
#include "model/days.def"
};

struct gathered {
    struct review_item *items;
    size_t count, cap;
};

struct gathering {
    struct model *model;
    struct gathered input[REVIEW_INPUTS], dark[REVIEW_INPUTS];
};

static bool counts(const struct record *r)
{
    return !r->is_later && !str_eq(rec_status(r), S("withdrawn"));
}

static date day_of(const struct record *r, enum field_id field)
{
    const struct field_value *v = rec_value(r, field);
    if (v->state != FV_PRESENT)
        return DATE_NONE;
    return r->type->fields[schema_slot(r->type, field)].kind == FIELD_MOMENT
               ? date_of_moment(v->number)
               : v->day;
}

static bool is_among(enum field_id field, const enum field_id *fields, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (fields[i] == field)
            return true;
    return false;
}

static bool is_last_day(enum field_id field)
{
    return is_among(field, last_day, sizeof last_day / sizeof *last_day);
}

static bool is_to_come(const struct model *m, enum field_id field, date day)
{
    return is_among(field, event_day, sizeof event_day / sizeof *event_day) &&
           m->as_of != DATE_NONE && day > m->as_of;
}

static void add(struct gathering *g, struct gathered *to, struct review_item item)
{
    PUSH(g->model->arena, to->items, to->count, to->cap, struct review_item) = item;
}

static void take_records(struct gathering *g, const struct take *t)
{
    const struct record_list *list = model_list(g->model, t->type);
    for (size_t i = 0; i < list->count; i++) {
        const struct record *r = list->items[i];
        struct review_item item = {r, NULL, day_of(r, t->day), t->happened, is_last_day(t->day)};
        if (!counts(r) || !rec_says(r, t->only, t->words) || is_to_come(g->model, t->day, item.day))
            continue;
        if (item.day != DATE_NONE)
            add(g, &g->input[t->input], item);
        else if (item.is_last && rec_is_unknown(r, t->day))
            add(g, &g->dark[t->input], item);
    }
}

/* Of a later version nobody knows for when the one before was to be looked at. */
static void take_left_out(struct gathering *g, const struct take *t)
{
    const struct record *r;
    for (size_t at = 0; (r = document_left_out(g->model, &at)) != NULL;)
        add(g, &g->dark[t->input],
            (struct review_item){r, NULL, DATE_NONE, t->happened, is_last_day(t->day)});
}

static void take_parts(struct gathering *g, const struct take_part *t)
{
    const struct record_list *list = model_list(g->model, t->type);
    for (size_t i = 0; i < list->count; i++) {
        size_t count;
        const struct record *r = list->items[i];
        const struct field_value *v = rec_items(r, t->parts, &count);
        for (size_t k = 0; k < count && counts(r); k++) {
            date day = v[k].state == FV_PRESENT ? day_of(v[k].record, t->day) : DATE_NONE;
            if (day != DATE_NONE)
                add(g, &g->input[t->input],
                    (struct review_item){r, v[k].record, day, t->happened, false});
        }
    }
}

/* Two parts of a record stand in the order in which they are written. */
static int by_day(const void *one, const void *other)
{
    const struct review_item *x = one, *y = other;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    int order = str_cmp_natural(x->record->id, y->record->id);
    if (order != 0 || x->part == NULL || y->part == NULL)
        return order != 0 ? order : (x->part != NULL) - (y->part != NULL);
    return x->part->span.off < y->part->span.off ? -1 : x->part->span.off > y->part->span.off;
}

static int by_end(const void *one, const void *other)
{
    const struct record *x = *(const struct record *const *)one,
                        *y = *(const struct record *const *)other;
    date a = review_period(x).to, b = review_period(y).to;
    return a != b ? (a < b ? -1 : 1) : str_cmp_natural(x->id, y->id);
}

static void order_reviews(struct model *m, struct review_facts *f)
{
    const struct record_list *list = model_list(m, TYPE_MANAGEMENT_REVIEW);
    const struct record **reviews = NEW_ARRAY(m->arena, const struct record *, list->count + 1);
    for (size_t i = 0; i < list->count; i++)
        if (counts(list->items[i]) && review_period(list->items[i]).to != DATE_NONE)
            reviews[f->review_count++] = list->items[i];
    if (f->review_count != 0)
        qsort(reviews, f->review_count, sizeof *reviews, by_end);
    f->reviews = reviews;
}

void derive_review(struct model *m)
{
    struct gathering g = {.model = m};
    struct review_facts *f = NEW(m->arena, struct review_facts);
    for (size_t i = 0; i < sizeof take / sizeof *take; i++)
        take_records(&g, &take[i]);
    for (size_t i = 0; i < sizeof take / sizeof *take; i++)
        if (take[i].type == TYPE_DOCUMENT)
            take_left_out(&g, &take[i]);
    for (size_t i = 0; i < sizeof take_part / sizeof *take_part; i++)
        take_parts(&g, &take_part[i]);
    for (size_t i = 0; i < REVIEW_INPUTS; i++) {
        if (g.input[i].count != 0)
            qsort(g.input[i].items, g.input[i].count, sizeof *g.input[i].items, by_day);
        f->input[i] = (struct review_list){g.input[i].items, g.input[i].count};
        f->dark[i] = (struct review_list){g.dark[i].items, g.dark[i].count};
    }
    order_reviews(m, f);
    m->reviews = f;
}
