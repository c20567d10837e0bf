/* form/table/steering: what those who steer the system look at in every meeting (5.1, 9.3). */
#include "form/table/steering.h"

#include <stdlib.h>

#include "form/table/cells.h"
#include "model/actions.h"
#include "model/due.h"
#include "model/lifecycle.h"
#include "model/limits.h"

/* -- Open actions ---------------------------------------------------------------------------- */

/* Those of an unknown age come last: nothing says that they are old. */
static int by_age(const void *x, const void *y)
{
    const struct record *a = *(const struct record *const *)x;
    const struct record *b = *(const struct record *const *)y;
    date one = rec_date(a, COMMON_CREATED), other = rec_date(b, COMMON_CREATED);
    if ((one == DATE_NONE) != (other == DATE_NONE))
        return one == DATE_NONE ? 1 : -1;
    return one != other ? (one < other ? -1 : 1) : str_cmp_natural(a->id, b->id);
}

static struct cell age_cell(struct arena *a, const struct model *m, const struct record *action)
{
    date created = rec_date(action, COMMON_CREATED);
    if (created == DATE_NONE || m->as_of == DATE_NONE || created > m->as_of)
        return (struct cell){0};
    return cell_count(a, (size_t)(m->as_of - created));
}

static struct cell due_cell(struct arena *a, const struct model *m, date due)
{
    if (due == DATE_NONE)
        return cell_text(a, S("no date known"));
    if (m->as_of == DATE_NONE || due >= m->as_of)
        return cell_chip(a, S("In hand"), TONE_WARN);
    long long days = (long long)m->as_of - due;
    return cell_chip(a, str_fmt(a, "Overdue by %lld %s", days, days == 1 ? "day" : "days"),
                     TONE_BAD);
}

/* Where it comes from: the finding, or who decided it. */
static struct cell source_cell(struct arena *a, const struct record *action)
{
    return rec_has(action, ACTION_FINDINGS) ? cell_field(a, action, ACTION_FINDINGS)
                                            : cell_field(a, action, ACTION_DECISION);
}

const struct table *open_actions(struct arena *a, const struct model *m)
{
    static const struct column column[] = {
        COLUMN("id", "ID", CODE),          COLUMN("action", "Action", TEXT),
        COLUMN("from", "From", TEXT),      COLUMN("owner", "Owner", TEXT),
        COLUMN("age", "Days old", NUMBER), COLUMN("due", "Due", DATE),
        COLUMN("state", "State", CHIP)};
    struct table *t =
        table_new(a, S("list-open-actions"), S("Open actions"), column, COUNT_OF(column));
    const struct record_list *all = model_list(m, TYPE_ACTION);
    const struct record **open = NEW_ARRAY(a, const struct record *, all->count + 1);
    size_t count = 0;
    for (size_t i = 0; i < all->count; i++)
        if (action_is_open(all->items[i]))
            open[count++] = all->items[i];
    if (count != 0)
        qsort(open, count, sizeof *open, by_age);
    for (size_t i = 0; i < count; i++) {
        struct cell *cells = table_row(a, t);
        date due = action_due_day(open[i]);
        cells[0] = cell_text(a, open[i]->id);
        cells[1] = cell_record(a, open[i]);
        cells[2] = source_cell(a, open[i]);
        cells[3] = cell_field(a, open[i], COMMON_OWNER);
        cells[4] = age_cell(a, m, open[i]);
        cells[5] = cell_day(a, due);
        cells[6] = due_cell(a, m, due);
    }
    return t;
}

/* -- What waits for a decision --------------------------------------------------------------- */

/* One that is due, by whom and when. */
struct waiting {
    const struct record *record, *who;
    str why;
    date by; /* DATE_NONE: nobody says */
};

struct waiting_list {
    struct arena *arena;
    const struct model *model;
    struct waiting *items;
    size_t count, cap;
};

static void wait_for(struct waiting_list *l, struct waiting w)
{
    PUSH(l->arena, l->items, l->count, l->cap, struct waiting) = w;
}

static void take_option(struct waiting_list *l, const struct record *r)
{
    const struct record *who = rec_ref(r, STRATEGY_DECIDED_BY);
    if (str_eq(rec_text(r, STRATEGY_DECISION), S("pending")))
        wait_for(l, (struct waiting){r, who != NULL ? who : rec_ref(r, COMMON_OWNER),
                                     S("the option is neither selected nor rejected"),
                                     rec_date(r, STRATEGY_DUE)});
}

/* Soon enough that the next meeting would be too late. */
static void take_waiver(struct waiting_list *l, const struct record *r)
{
    const struct model *m = l->model;
    date expires = rec_date(r, WAIVER_EXPIRES);
    int months = (int)model_limit(m, LIMITS_MEETING_MONTHS);
    if (expires == DATE_NONE || m->as_of == DATE_NONE ||
        expires > date_add_months(m->as_of, months))
        return;
    wait_for(l, (struct waiting){r, rec_ref(r, WAIVER_APPROVER),
                                 expires < m->as_of
                                     ? S("the waiver has run out: mend it, or accept it anew")
                                     : S("the waiver runs out: mend it, or accept it anew"),
                                 expires});
}

static void take_document(struct waiting_list *l, const struct record *r)
{
    struct due_day due = due_approval(l->model, r);
    if (r->life != NULL && r->life->status == LIFE_IN_REVIEW)
        wait_for(l, (struct waiting){r, rec_ref(r, DOCUMENT_APPROVER),
                                     str_fmt(l->arena, "version " STR_FMT " waits for approval",
                                             STR_ARG(rec_text(r, DOCUMENT_VERSION))),
                                     due.state == DUE_ON ? due.day : DATE_NONE});
}

static void take_change(struct waiting_list *l, const struct record *r)
{
    if (rec_has(r, CHANGE_ASSESSED_ON) && rec_lacks(r, CHANGE_DECISION))
        wait_for(l,
                 (struct waiting){r, rec_ref(r, COMMON_OWNER),
                                  S("the change is assessed, and nothing is decided"), DATE_NONE});
}

static void take_all(struct waiting_list *l, enum type_id type,
                     void (*take)(struct waiting_list *l, const struct record *r))
{
    const struct record_list *list = model_list(l->model, type);
    for (size_t i = 0; i < list->count; i++)
        if (!rec_is_over(list->items[i]) && !list->items[i]->is_later)
            take(l, list->items[i]);
}

static int by_deadline(const void *x, const void *y)
{
    const struct waiting *a = x, *b = y;
    if ((a->by == DATE_NONE) != (b->by == DATE_NONE))
        return a->by == DATE_NONE ? 1 : -1;
    return a->by != b->by ? (a->by < b->by ? -1 : 1)
                          : str_cmp_natural(a->record->id, b->record->id);
}

const struct table *decisions_due(struct arena *a, const struct model *m)
{
    static const struct column column[] = {
        COLUMN("id", "ID", CODE),           COLUMN("what", "What", TEXT),
        COLUMN("kind", "Kind", TEXT),       COLUMN("why", "What is to be decided", TEXT),
        COLUMN("who", "Who decides", TEXT), COLUMN("by", "By", DATE)};
    struct table *t =
        table_new(a, S("list-decisions-due"), S("To be decided"), column, COUNT_OF(column));
    struct waiting_list l = {.arena = a, .model = m};
    take_all(&l, TYPE_STRATEGY, take_option);
    take_all(&l, TYPE_WAIVER, take_waiver);
    take_all(&l, TYPE_DOCUMENT, take_document);
    take_all(&l, TYPE_CHANGE, take_change);
    if (l.count != 0)
        qsort(l.items, l.count, sizeof *l.items, by_deadline);
    for (size_t i = 0; i < l.count; i++) {
        struct cell *cells = table_row(a, t);
        cells[0] = cell_text(a, l.items[i].record->id);
        cells[1] = cell_record(a, l.items[i].record);
        cells[2] = cell_text(a, l.items[i].record->type->singular);
        cells[3] = cell_text(a, l.items[i].why);
        cells[4] = cell_record(a, l.items[i].who);
        cells[5] = cell_day(a, l.items[i].by);
    }
    return t;
}

/* -- Reviews ----------------------------------------------------------------------------------- */

struct due_run overdue_reviews(struct arena *a, const struct model *m)
{
    struct due_run run = {0};
    for (size_t i = 0; i < m->due->count; i++) {
        const struct due_item *item = &m->due->items[i];
        bool is_review = item->kind == DUE_KIND_REVIEW || item->kind == DUE_KIND_DOCUMENT_REVIEW;
        if (is_review && item->is_overdue)
            PUSH(a, run.items, run.count, run.cap, const struct due_item *) = item;
    }
    return run;
}

struct table *overdue_rows(struct arena *a, const struct due_run *items, size_t max)
{
    static const struct column column[] = {
        COLUMN("id", "ID", CODE), COLUMN("title", "Title", TEXT), COLUMN("type", "Type", TEXT),
        COLUMN("owner", "Owner", TEXT), COLUMN("next_review", "Review was due", DATE)};
    struct table *t =
        table_new(a, S("overdue-table"), S("Reviews overdue"), column, COUNT_OF(column));
    t->head_column = true;
    for (size_t i = 0; i < items->count && i < max; i++) {
        const struct due_item *item = items->items[i];
        struct cell *cells = table_row(a, t);
        cells[0] = cell_text(a, item->record->id);
        cells[1] = cell_record(a, item->record);
        cells[2] = cell_text(a, item->record->type->singular);
        cells[3] = cell_record(a, item->owner);
        cells[4] = item->state == DUE_ON ? cell_day(a, item->day) : cell_text(a, S("never done"));
    }
    return t;
}

const struct table *overdue_table(struct arena *a, const struct model *m)
{
    struct due_run overdue = overdue_reviews(a, m);
    struct table *t = overdue_rows(a, &overdue, overdue.count);
    t->id = S("list-overdue");
    return t;
}
