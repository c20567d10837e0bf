/* model/review: what a management review looks at, by its inputs (ISO 22301 9.3.2). */
#include "model/review.h"

static const struct {
    str key, title, asks;
} about[REVIEW_INPUTS] = {
#define INPUT(NAME, key, title, asks) {S_INIT(key), S_INIT(title), S_INIT(asks)},
#define TAKE(NAME, TYPE, day, only, words, happened)
#define TAKE_PART(NAME, TYPE, parts, day, happened)
#define JUDGE(NAME, family)
#define SHOW(NAME, list)
#include "model/review.def"
};

str review_input_key(enum review_input input)
{
    return about[input].key;
}

str review_input_title(enum review_input input)
{
    return about[input].title;
}

str review_input_asks(enum review_input input)
{
    return about[input].asks;
}

static const enum review_input judged[] = {
#define INPUT(NAME, key, title, asks)
#define TAKE(NAME, TYPE, day, only, words, happened)
#define TAKE_PART(NAME, TYPE, parts, day, happened)
#define JUDGE(NAME, family) REVIEW_##NAME,
#define SHOW(NAME, list)
#include "model/review.def"
};

bool review_input_is_judged(enum review_input input)
{
    for (size_t i = 0; i < COUNT_OF(judged); i++)
        if (judged[i] == input)
            return true;
    return false;
}

static const struct {
    enum review_input input;
    str list;
} shown[] = {
#define INPUT(NAME, key, title, asks)
#define TAKE(NAME, TYPE, day, only, words, happened)
#define TAKE_PART(NAME, TYPE, parts, day, happened)
#define JUDGE(NAME, family)
#define SHOW(NAME, list) {REVIEW_##NAME, S_INIT(list)},
#include "model/review.def"
};

str review_input_list(enum review_input input, size_t number)
{
    for (size_t i = 0; i < COUNT_OF(shown); i++)
        if (shown[i].input == input && number-- == 0)
            return shown[i].list;
    return S("");
}

/* -- Periods ----------------------------------------------------------------------------------- */

struct review_period review_period(const struct record *review)
{
    struct review_period p = {rec_date(review, MANAGEMENT_REVIEW_PERIOD_FROM),
                              rec_date(review, MANAGEMENT_REVIEW_PERIOD_TO)};
    bool is_one = p.from != DATE_NONE && p.to != DATE_NONE && p.from <= p.to;
    return is_one ? p : (struct review_period){DATE_NONE, DATE_NONE};
}

const struct record *review_before(const struct model *m, const struct record *review)
{
    const struct review_facts *f = m->reviews;
    date end = review_period(review).to;
    size_t low = 0, high = f->review_count; /* the first that does not end before */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (review_period(f->reviews[middle]).to < end)
            low = middle + 1;
        else
            high = middle;
    }
    return end == DATE_NONE || low == 0 ? NULL : f->reviews[low - 1];
}

/* -- What lies in one ------------------------------------------------------------------------ */

static size_t first_from(const struct review_list *l, date day)
{
    size_t low = 0, high = l->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (l->items[middle].day < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct review_list review_items(const struct model *m, enum review_input input,
                                struct review_period period)
{
    const struct review_list *all = &m->reviews->input[input];
    if (period.from == DATE_NONE || all->count == 0)
        return (struct review_list){0};
    size_t from = first_from(all, period.from), to = first_from(all, period.to + 1);
    return (struct review_list){all->items + from, to - from};
}

static bool may_have_been_there(const struct record *r, date day)
{
    date created = rec_date(r, COMMON_CREATED);
    return created == DATE_NONE || created <= day;
}

struct review_list review_items_lost(const struct model *m, struct arena *a,
                                     enum review_input input, struct review_period period)
{
    const struct review_list *all = &m->reviews->input[input];
    struct review_item *items = NULL;
    size_t count = 0, cap = 0;
    if (period.from == DATE_NONE)
        return (struct review_list){0};
    for (size_t i = first_from(all, period.to + 1); i < all->count; i++)
        if (all->items[i].is_anew && may_have_been_there(all->items[i].record, period.to))
            PUSH(a, items, count, cap, struct review_item) = all->items[i];
    return (struct review_list){items, count};
}

static struct review_list decisions_before(const struct model *m, struct arena *a,
                                           const struct record *review)
{
    const struct review_facts *f = m->reviews;
    date end = review_period(review).to;
    struct review_item *items = NULL;
    size_t count = 0, cap = 0;
    for (size_t i = 0; i < f->review_count && review_period(f->reviews[i]).to < end; i++) {
        size_t outputs;
        const struct field_value *v = rec_items(f->reviews[i], MANAGEMENT_REVIEW_OUTPUTS, &outputs);
        for (size_t k = 0; k < outputs; k++)
            if (v[k].state == FV_PRESENT)
                PUSH(a, items, count, cap, struct review_item) = (struct review_item){
                    f->reviews[i], v[k].record, rec_date(f->reviews[i], MANAGEMENT_REVIEW_HELD),
                    S("decided"), false};
    }
    return (struct review_list){items, count};
}

struct review_list review_looks_at(const struct model *m, struct arena *a, enum review_input input,
                                   const struct record *review)
{
    return input == REVIEW_A ? decisions_before(m, a, review)
                             : review_items(m, input, review_period(review));
}

const struct record *review_comment(const struct record *review, enum review_input input)
{
    size_t count;
    const struct field_value *v = rec_items(review, MANAGEMENT_REVIEW_COMMENTS, &count);
    while (count-- > 0) {
        const struct record *comment = field_target(&v[count]);
        str key = comment != NULL ? rec_text(comment, INPUT_COMMENT_INPUT) : S("");
        if (key.n != 0 && str_starts(about[input].key, key))
            return comment;
    }
    return NULL;
}

const struct record *review_pack_of(const struct record *review)
{
    for (size_t i = 0; i < review->back_count; i++) {
        const struct record *r = review->back[i].from;
        if (r->type->number == TYPE_REVIEW_PACK && rec_counts(r) &&
            rec_ref(r, REVIEW_PACK_REVIEW) == review)
            return r;
    }
    return NULL;
}
