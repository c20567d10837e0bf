/* derive/due_find: what falls due by more than one record. */
#include "derive/due_int.h"

#include "model/audits.h"
#include "model/classes.h"
#include "model/learning.h"
#include "model/lifecycle.h"
#include "model/paper.h"
#include "model/readers.h"

static const struct due_day at_once = {DUE_AT_ONCE, DATE_NONE};

/* -- Reviews and reading ------------------------------------------------------------------ */

void find_reviews(struct finder *f)
{
    for (size_t i = 0; i < f->model->all.count; i++) {
        const struct record *r = f->model->all.items[i];
        if (r->type->number != TYPE_DOCUMENT && r->id.n != 0)
            due_add(f, r, due_review(f->model, r), r, COMMON_OWNER);
    }
}

/* Whether somebody has confirmed is not for this copy to say where confirmations are closed. */
void find_readings(struct finder *f)
{
    const struct record_list *list = model_list(f->model, TYPE_DOCUMENT);
    if (type_may_be_withheld(f->model, TYPE_ACKNOWLEDGEMENT))
        return;
    for (size_t i = 0; i < list->count; i++) {
        const struct record *r = list->items[i];
        if (r->life == NULL || !life_is_approved(r->life))
            continue;
        struct readers all = document_readers(f->arena, f->model, r);
        for (size_t k = 0; k < all.count; k++)
            if (all.items[k].acknowledgement == NULL &&
                person_is_here(f->model, all.items[k].person))
                due_give(due_add(f, r, due_on(reading_due(f->model, r)), r, COMMON_OWNER),
                         all.items[k].role, all.items[k].person);
    }
}

/* -- Paper -------------------------------------------------------------------------------- */

static void add_copies(struct finder *f, enum type_id type, enum paper_state state)
{
    const struct record_list *list = model_list(f->model, type);
    for (size_t i = 0; i < list->count; i++) {
        const struct record *of = list->items[i];
        struct papers papers = paper_copies(f->arena, f->model, of);
        for (size_t k = 0; k < papers.count; k++) {
            const struct paper *p = &papers.items[k];
            if (p->state != state || (state == PAPER_OUT && p->is_confirmed))
                continue;
            struct due_item *item = due_add(f, of, due_on(p->due), p->copy, COPY_HOLDER);
            due_say(f, item, str_fmt(f->arena, "copy %lld", rec_int(p->copy, COPY_NO, 0)));
        }
    }
}

void find_receipts(struct finder *f)
{
    add_copies(f, TYPE_BINDER, PAPER_OUT);
    add_copies(f, TYPE_DOCUMENT, PAPER_OUT);
}

void find_recalls(struct finder *f)
{
    add_copies(f, TYPE_BINDER, PAPER_RECALLED);
    add_copies(f, TYPE_DOCUMENT, PAPER_RECALLED);
}

/* -- Training ----------------------------------------------------------------------------- */

/* A course that one person owes is taken once, for all roles that ask for it. */
struct training {
    struct finder *finder;
    struct learning *learning;
    struct map told; /* person and course */
};

static void add_course(struct training *t, const struct record *role, const struct record *person,
                       const struct record *course)
{
    struct finder *f = t->finder;
    const struct record *taken = learning_taken(t->learning, person, course);
    bool is_holder = rec_ref(role, ROLE_HOLDER) == person;
    str key = str_fmt(f->arena, "%zu %zu", person->number, course->number);
    struct due_day due = taken != NULL ? due_training(taken)
                         : is_holder   ? due_first_training(f->model, role)
                                       : at_once;
    if (due.state == DUE_NOT || map_put(&t->told, key, (void *)course) != NULL)
        return;
    struct due_item *item = due_add(f, course, due, course, COMMON_OWNER);
    due_say(f, item, person->title);
    due_give(item, role, person);
}

static void add_seat(struct training *t, const struct record *role, const struct record *person)
{
    size_t count;
    const struct record *const *asked = learning_courses(t->learning, role, &count);
    if (person == NULL || person->type->number != TYPE_PERSON ||
        !person_is_here(t->finder->model, person))
        return;
    for (size_t i = 0; i < count; i++)
        add_course(t, role, person, asked[i]);
}

void find_trainings(struct finder *f)
{
    const struct record_list *roles = model_list(f->model, TYPE_ROLE);
    if (type_may_be_withheld(f->model, TYPE_TRAINING))
        return;
    struct training t = {f, learning_of(f->arena, f->model), map_in(f->arena)};
    for (size_t i = 0; i < roles->count; i++)
        if (rec_is_live(roles->items[i]))
            add_seat(&t, roles->items[i], rec_ref(roles->items[i], ROLE_HOLDER));
    for (size_t i = 0; i < roles->count; i++) {
        size_t count;
        const struct field_value *deputies = rec_items(roles->items[i], ROLE_DEPUTIES, &count);
        for (size_t k = 0; rec_is_live(roles->items[i]) && k < count; k++)
            if (deputies[k].state == FV_PRESENT)
                add_seat(&t, roles->items[i], deputies[k].record);
    }
}

/* -- People who leave --------------------------------------------------------------------- */

void find_leavings(struct finder *f)
{
    const struct record_list *roles = model_list(f->model, TYPE_ROLE);
    for (size_t i = 0; i < roles->count; i++) {
        const struct record *role = roles->items[i];
        const struct record *holder = rec_ref_to(role, ROLE_HOLDER, TYPE_PERSON);
        date leaves = holder != NULL ? rec_date(holder, PERSON_LEAVES_ON) : DATE_NONE;
        if (leaves == DATE_NONE || !rec_is_live(role))
            continue;
        struct due_item *item = due_add(f, role, due_on(leaves), role, COMMON_OWNER);
        due_say(f, item, str_fmt(f->arena, STR_FMT " leaves", STR_ARG(holder->title)));
    }
}

/* -- Audits ------------------------------------------------------------------------------- */

/* Days on which audits of one clause are planned. */
struct days {
    date *items;
    size_t count, cap;
};

struct audits {
    struct map held, planned; /* planned: clause → struct days */
};

static void plan_clauses(struct map *planned, const struct record *audit)
{
    size_t count;
    const struct field_value *items = rec_items(audit, AUDIT_SCOPE_CLAUSES, &count);
    for (size_t i = 0; i < count; i++) {
        struct days *days = map_find(planned, items[i].text);
        if (days == NULL) {
            days = NEW(planned->arena, struct days);
            map_put(planned, items[i].text, days);
        }
        PUSH(planned->arena, days->items, days->count, days->cap, date) =
            rec_date(audit, AUDIT_PLANNED);
    }
}

/* An audit of 8.4 is one of 8.4.1. */
static bool is_planned(const struct map *planned, str clause, date first, date next)
{
    while (clause.n != 0) {
        const struct days *days = map_find(planned, clause);
        for (size_t i = 0; days != NULL && i < days->count; i++)
            if (days->items[i] >= first && days->items[i] < next)
                return true;
        while (clause.n != 0 && clause.p[clause.n - 1] != '.')
            clause.n--;
        clause.n -= clause.n != 0;
    }
    return false;
}

/* Of a quarter that is over, or that cannot be read, an audit within the months of the house is
 * enough, as for the rule; one that is not over has an audit of its own, held or planned. */
static bool is_covered(const struct finder *f, const struct audits *all, str clause, date first)
{
    const struct record *held = audit_of(&all->held, clause);
    date next = first == DATE_NONE ? DATE_NONE : date_add_months(first, 3);
    if (first == DATE_NONE || next <= f->model->as_of)
        return held != NULL;
    return (held != NULL && rec_date(held, AUDIT_HELD) >= first) ||
           is_planned(&all->planned, clause, first, next);
}

static void add_slot(struct finder *f, const struct audits *all, const struct record *slot)
{
    size_t count, open = 0;
    const struct field_value *items = rec_items(slot, AUDIT_SLOT_CLAUSES, &count);
    struct quarter q = {DATE_NONE, DATE_NONE};
    if (!quarter_parse(rec_text(slot, AUDIT_SLOT_QUARTER), &q))
        q.first = q.last = DATE_NONE;
    str *clauses = NEW_ARRAY(f->arena, str, count + 1);
    for (size_t i = 0; i < count; i++)
        if (!is_covered(f, all, items[i].text, q.first))
            clauses[open++] = items[i].text;
    if (open == 0)
        return;
    struct due_day due = due_on(q.last);
    struct due_item *item = due_add(f, slot->whole, due, slot->whole, COMMON_OWNER);
    str list = str_join(f->arena, clauses, open, S(", "));
    due_say(f, item,
            str_fmt(f->arena, "clause%s " STR_FMT " in " STR_FMT, open == 1 ? "" : "s",
                    STR_ARG(list), STR_ARG(rec_text(slot, AUDIT_SLOT_QUARTER))));
}

static void add_slots(struct finder *f, const struct audits *all, const struct record *programme)
{
    size_t count;
    const struct field_value *slots = rec_items(programme, AUDIT_PROGRAMME_SLOTS, &count);
    for (size_t k = 0; k < count; k++)
        if (slots[k].state == FV_PRESENT)
            add_slot(f, all, slots[k].record);
}

/* Audits that this copy does not hold would cover their clauses. */
void find_slots(struct finder *f)
{
    const struct record_list *audits = model_list(f->model, TYPE_AUDIT);
    const struct record_list *programmes = model_list(f->model, TYPE_AUDIT_PROGRAMME);
    if (type_may_be_withheld(f->model, TYPE_AUDIT))
        return;
    struct audits all = {audits_held(f->arena, f->model), map_in(f->arena)};
    for (size_t i = 0; i < audits->count; i++)
        if (!rec_is_over(audits->items[i]) && rec_has(audits->items[i], AUDIT_PLANNED))
            plan_clauses(&all.planned, audits->items[i]);
    for (size_t i = 0; i < programmes->count; i++)
        if (rec_is_live(programmes->items[i]))
            add_slots(f, &all, programmes->items[i]);
}

/* -- Meetings and reviews by top management ----------------------------------------------- */

/* A later one may be withheld: then nobody here can say that it was not held. */
static void add_next(struct finder *f, const struct record *last, struct due_day due,
                     enum field_id who)
{
    bool may_be_held = type_may_be_withheld(f->model, (enum type_id)last->type->number);
    if (!may_be_held || !due_is_past(f->model, due))
        due_say(f, due_add(f, last, due, last, who),
                str_fmt(f->arena, "the one after " STR_FMT, STR_ARG(last->id)));
}

static struct due_day next_top_review(const struct finder *f, const struct record *last)
{
    struct due_day by_limit = due_top_review(f->model, last);
    date set = rec_date(last, MANAGEMENT_REVIEW_NEXT_DATE);
    return set != DATE_NONE && set < by_limit.day ? due_on(set) : by_limit;
}

/* One that is planned is the next; else the last one says when, or the limit of the house. */
void find_top_reviews(struct finder *f)
{
    const struct record_list *list = model_list(f->model, TYPE_MANAGEMENT_REVIEW);
    const struct record *last = NULL;
    bool is_planned = false;
    for (size_t i = 0; i < list->count; i++) {
        const struct record *r = list->items[i];
        date held = rec_date(r, MANAGEMENT_REVIEW_HELD);
        if (!rec_counts(r))
            continue;
        if (held != DATE_NONE && (last == NULL || held > rec_date(last, MANAGEMENT_REVIEW_HELD)))
            last = r;
        if (!rec_lacks(r, MANAGEMENT_REVIEW_HELD) || rec_lacks(r, MANAGEMENT_REVIEW_PLANNED))
            continue;
        is_planned = true;
        due_add(f, r, due_on(rec_date(r, MANAGEMENT_REVIEW_PLANNED)), r, MANAGEMENT_REVIEW_CHAIR);
    }
    if (last != NULL && !is_planned)
        add_next(f, last, next_top_review(f, last), MANAGEMENT_REVIEW_CHAIR);
}

/* Of one kind of meeting. */
struct series {
    const struct record *last; /* that has come; of one day, the one that is written last */
    bool is_planned;           /* another is to come */
};

static struct series *series_of(struct map *all, const struct record *meeting)
{
    struct series *s = map_find(all, rec_text(meeting, MEETING_KIND));
    if (s == NULL) {
        s = NEW(all->arena, struct series);
        map_put(all, rec_text(meeting, MEETING_KIND), s);
    }
    return s;
}

static void take_meeting(struct finder *f, struct map *all, const struct record *r)
{
    struct series *s = series_of(all, r);
    date day = rec_date(r, MEETING_DATE);
    bool is_planned = str_eq(rec_status(r), S("planned"));
    if (day > f->model->as_of || (is_planned && day != DATE_NONE)) {
        s->is_planned |= day > f->model->as_of;
        due_add(f, r, due_on(day), r, COMMON_OWNER);
    } else if (day != DATE_NONE && (s->last == NULL || day >= rec_date(s->last, MEETING_DATE)))
        s->last = r;
}

/* Where the house has set how often, that counts even when nobody has set a day. Meetings in a
 * crisis, or about one thing, end with it. */
static struct due_day next_meeting(const struct finder *f, const struct record *last)
{
    if (str_eq(rec_text(last, MEETING_KIND), S("steering")))
        return due_steering(f->model, last);
    struct due_day due = due_on(rec_date(last, MEETING_NEXT_DATE));
    str kind = rec_text(last, MEETING_KIND);
    bool is_single = str_eq(kind, S("crisis")) || str_eq(kind, S("review"));
    bool is_over = is_single && due_is_past(f->model, due);
    return rec_lacks(last, MEETING_NEXT_DATE) || is_over ? (struct due_day){DUE_NOT, DATE_NONE}
                                                         : due;
}

void find_meetings(struct finder *f)
{
    const struct record_list *list = model_list(f->model, TYPE_MEETING);
    struct map all = map_in(f->arena);
    for (size_t i = 0; i < list->count; i++)
        if (rec_counts(list->items[i]))
            take_meeting(f, &all, list->items[i]);
    for (size_t i = 0; i < all.count; i++) {
        const struct series *s = all.entries[i].value;
        struct due_day due =
            s->last == NULL ? (struct due_day){DUE_NOT, DATE_NONE} : next_meeting(f, s->last);
        if (due.state != DUE_NOT && (!s->is_planned || due_is_past(f->model, due)))
            add_next(f, s->last, due, COMMON_OWNER);
    }
}
