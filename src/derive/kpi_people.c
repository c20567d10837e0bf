/* derive/kpi_people: figures of people, suppliers and documents. */
#include "derive/kpi_int.h"

#include "model/learning.h"
#include "model/lifecycle.h"
#include "model/readers.h"
#include "model/suppliers.h"

/* -- People ---------------------------------------------------------------------------------- */

static void add_seat(struct kpi_day *d, struct tally *t, const struct record *role,
                     const struct record *person)
{
    if (person == NULL || person->type->number != TYPE_PERSON || !person_is_here(d->model, person))
        return;
    tally_add(t, learning_is_able(d->learning, d->model, role, person));
}

/* Who held a role before the holder of today nobody can tell, but somebody may have. */
static void add_role(struct kpi_day *d, struct tally *t, const struct record *role)
{
    size_t asked, count;
    const struct field_value *deputies = rec_items(role, ROLE_DEPUTIES, &count);
    learning_courses(d->learning, role, &asked);
    if (asked == 0)
        return;
    if (rec_is_unknown(role, ROLE_HOLDER))
        tally_add(t, TRUTH_UNKNOWN);
    add_seat(d, t, role, rec_ref(role, ROLE_HOLDER));
    for (size_t i = 0; i < count; i++)
        add_seat(d, t, role, field_target(&deputies[i]));
}

struct tally kpi_trained(struct kpi_day *d, str about)
{
    const struct record_list *roles = model_list(d->model, TYPE_ROLE);
    struct tally t = {0};
    (void)about;
    if (d->learning == NULL)
        d->learning = learning_of(d->arena, d->model);
    for (size_t i = 0; i < roles->count; i++)
        if (rec_is_live(roles->items[i]) && rec_bool(roles->items[i], ROLE_DECISION_ROLE))
            add_role(d, &t, roles->items[i]);
    return t;
}

/* The lowest of all: a mean of percents of unlike crowds would be of nobody. */
static void take_lowest(struct tally *t, long long percent)
{
    t->sum = t->of == 0 || (double)percent < t->sum ? (double)percent : t->sum;
    t->of = 1;
}

struct tally kpi_awareness(struct kpi_day *d, str about)
{
    size_t count;
    const struct record **newest = awareness_newest(d->arena, d->model, &count);
    struct tally t = {0};
    (void)about;
    for (size_t i = 0; i < count; i++)
        take_lowest(&t, rec_int(newest[i], AWARENESS_REACH_PERCENT, 0));
    return t;
}

struct tally kpi_call_reach(struct kpi_day *d, str about)
{
    const struct record_list *list = model_list(d->model, TYPE_CALL_TREE);
    struct tally t = {0};
    (void)about;
    for (size_t i = 0; i < list->count; i++) {
        const struct record *last = rec_newest(list->items[i], CALL_TREE_TESTED, CALL_TEST_DATE);
        if (rec_is_live(list->items[i]) && last != NULL && rec_has(last, CALL_TEST_REACHED_PERCENT))
            take_lowest(&t, rec_int(last, CALL_TEST_REACHED_PERCENT, 0));
    }
    return t;
}

/* -- Suppliers ------------------------------------------------------------------------------- */

static struct tally suppliers(const struct kpi_day *d,
                              enum truth (*judge)(const struct model *m, const struct record *r))
{
    const struct record_list *list = model_list(d->model, TYPE_SUPPLIER);
    struct tally t = {0};
    for (size_t i = 0; i < list->count; i++)
        if (rec_is_live(list->items[i]) && supplier_is_critical(d->model, list->items[i]))
            tally_add(&t, judge(d->model, list->items[i]));
    return t;
}

struct tally kpi_suppliers_reviewed(struct kpi_day *d, str about)
{
    (void)about;
    return suppliers(d, supplier_is_reviewed);
}

struct tally kpi_suppliers_promise(struct kpi_day *d, str about)
{
    (void)about;
    return suppliers(d, supplier_promises);
}

/* -- Documents ------------------------------------------------------------------------------- */

/* A version was in force, but the record is of a later one. */
static bool is_of_later(const struct record *document)
{
    return document->is_later || !life_is_approved(document->life);
}

struct tally kpi_fresh_documents(struct kpi_day *d, str about)
{
    const struct record_list *list = model_list(d->model, TYPE_DOCUMENT);
    struct tally t = {0};
    (void)about;
    for (size_t at = 0; document_left_out(d->model, &at) != NULL;)
        tally_add(&t, TRUTH_UNKNOWN);
    for (size_t i = 0; i < list->count; i++) {
        const struct record *r = list->items[i];
        if (r->life == NULL || r->life->in_force == NULL)
            continue;
        bool is_unknown = is_of_later(r) || rec_is_unknown(r, COMMON_REVIEWED);
        bool is_past = model_is_past(d->model, rec_date(r, COMMON_NEXT_REVIEW));
        tally_add(&t, is_past && !is_of_later(r) ? TRUTH_NO
                      : is_unknown               ? TRUTH_UNKNOWN
                                                 : TRUTH_YES);
    }
    return t;
}

struct tally kpi_confirmed(struct kpi_day *d, str about)
{
    const struct record_list *list = model_list(d->model, TYPE_DOCUMENT);
    const struct record *left_out;
    struct tally t = {0};
    (void)about;
    for (size_t i = 0; i < list->count; i++) {
        const struct record *r = list->items[i];
        if (r->life == NULL || r->life->in_force == NULL)
            continue;
        struct readers all = document_readers(d->arena, d->model, r);
        t.of += all.count;
        t.good += is_of_later(r) ? 0 : all.confirmed;
        t.unknown += is_of_later(r) ? all.count : 0;
    }
    for (size_t at = 0; (left_out = document_left_out(d->model, &at)) != NULL;) {
        size_t count = document_readers(d->arena, d->model, left_out).count;
        t.of += count;
        t.unknown += count;
    }
    return t;
}
