/* derive/review: all that belongs to an input of management reviews, by day. */
#include "derive/review.h"

#include <stdlib.h>

#include "model/later.h"
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

struct gathered {
    struct review_item *items;
    size_t count, cap;
};

struct gathering {
    struct model *model;
    struct gathered input[REVIEW_INPUTS];
};

/* -- What days say --------------------------------------------------------------------------------
 */

/* It takes place on that day, or will; or something holds from that day on. */
static const enum field_id event[] = {
#define DONE(FIELD, goes)
#define MOMENT(FIELD, goes)
#define EVENT(FIELD)     FIELD,
#define SINCE(FIELD, OF) FIELD,
#define RESULT(FIELD, OF)
#define PLANNED(FIELD, OF)
#include "model/days.def"
};

/* Written anew each time beside what is done AGAIN: since when it holds, and days that are set
 * forward once they have come. */
static const enum field_id anew[] = {
#define DONE(FIELD, goes)
#define MOMENT(FIELD, goes)
#define EVENT(FIELD)
#define SINCE(FIELD, OF) FIELD,
#define RESULT(FIELD, OF)
#define PLANNED(FIELD, OF)
#include "model/days.def"
    COMMON_NEXT_REVIEW, RISK_ACCEPT_EXPIRES, ASSUMPTION_EXPIRES};

static bool is_one_of(enum field_id field, const enum field_id *of, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (of[i] == field)
            return true;
    return false;
}

static bool is_written_anew(enum field_id field)
{
    for (size_t i = 0; i < model_done_count; i++)
        if (model_done_field[i].field == field && model_done_field[i].kind == DONE_AGAIN)
            return true;
    return is_one_of(field, anew, COUNT_OF(anew));
}

/* -- Gathered -------------------------------------------------------------------------------------
 */

/* DATE_NONE: it has not happened. */
static date day_of(const struct model *m, const struct record *r, enum field_id field)
{
    const struct field_value *v = rec_value(r, field);
    if (v->state == FV_UNKNOWN)
        return REVIEW_DAY_LOST;
    if (v->state != FV_PRESENT)
        return DATE_NONE;
    date day = r->type->fields[schema_slot(r->type, field)].kind == FIELD_MOMENT
                   ? date_of_moment(v->number)
                   : v->day;
    bool is_event = is_one_of(field, event, COUNT_OF(event));
    return is_event && !model_has_come(m, day) ? DATE_NONE : day;
}

static void add(struct gathering *g, enum review_input input, struct review_item item)
{
    struct gathered *to = &g->input[input];
    if (item.day != DATE_NONE)
        PUSH(g->model->arena, to->items, to->count, to->cap, struct review_item) = item;
}

static void take_records(struct gathering *g, const struct take *t)
{
    const struct record_list *list = model_list(g->model, t->type);
    bool is_anew = is_written_anew(t->day);
    for (size_t i = 0; i < list->count; i++) {
        const struct record *r = list->items[i];
        if (rec_counts(r) && rec_says(r, t->only, t->words))
            add(g, t->input,
                (struct review_item){r, NULL, day_of(g->model, r, t->day), t->happened, is_anew});
    }
}

/* Of a later version nobody knows for when the one before was to be looked at. */
static void take_left_out(struct gathering *g, const struct take *t)
{
    const struct record *r;
    for (size_t at = 0; (r = document_left_out(g->model, &at)) != NULL;)
        add(g, t->input,
            (struct review_item){r, NULL, REVIEW_DAY_LOST, t->happened, is_written_anew(t->day)});
}

static void take_parts(struct gathering *g, const struct take_part *t)
{
    const struct record_list *list = model_list(g->model, t->type);
    for (size_t i = 0; i < list->count; i++) {
        size_t count;
        const struct record *r = list->items[i];
        const struct field_value *v = rec_items(r, t->parts, &count);
        for (size_t k = 0; k < count && rec_counts(r); k++)
            if (v[k].state == FV_PRESENT)
                add(g, t->input,
                    (struct review_item){r, v[k].record, day_of(g->model, v[k].record, t->day),
                                         t->happened, false});
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
        if (rec_counts(list->items[i]) && review_period(list->items[i]).to != DATE_NONE)
            reviews[f->review_count++] = list->items[i];
    if (f->review_count != 0)
        qsort(reviews, f->review_count, sizeof *reviews, by_end);
    f->reviews = reviews;
}

void derive_review(struct model *m)
{
    struct gathering g = {.model = m};
    struct review_facts *f = NEW(m->arena, struct review_facts);
    for (size_t i = 0; i < COUNT_OF(take); i++)
        take_records(&g, &take[i]);
    for (size_t i = 0; i < COUNT_OF(take); i++)
        if (take[i].type == TYPE_DOCUMENT)
            take_left_out(&g, &take[i]);
    for (size_t i = 0; i < COUNT_OF(take_part); i++)
        take_parts(&g, &take_part[i]);
    for (size_t i = 0; i < REVIEW_INPUTS; i++) {
        if (g.input[i].count != 0)
            qsort(g.input[i].items, g.input[i].count, sizeof *g.input[i].items, by_day);
        f->input[i] = (struct review_list){g.input[i].items, g.input[i].count};
    }
    order_reviews(m, f);
    m->reviews = f;
}
