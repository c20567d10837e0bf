/* form/table/response/clocks: what must be back, who must be told, by when and at which number. */
#include "form/table/response.h"

#include <stdlib.h>

#include "derive/restore.h"
#include "form/table/cells.h"
#include "model/classes.h"
#include "model/cover.h"
#include "model/recovery.h"

/* -- What must be back ------------------------------------------------------------------------ */

enum { HOUR = 60, DAY = 24 * HOUR };

/* The steps of the first week, as a crisis team takes stock. */
static const struct {
    duration until;
    str words;
} step[] = {
    {1 * HOUR, S_INIT("1 hour")},
    {4 * HOUR, S_INIT("4 hours")},
    {1 * DAY, S_INIT("1 day")},
    {7 * DAY, S_INIT("1 week")},
};

static str step_words(duration asked)
{
    if (asked == DURATION_NONE)
        return S("No time known");
    for (size_t i = 0; i < COUNT_OF(step); i++)
        if (asked <= step[i].until)
            return step[i].words;
    return S("Later");
}

static bool names_in_scope(const struct record *plan, const struct backlink *back)
{
    return back->field == &plan->type->fields[schema_slot(plan->type, PLAN_SCOPE)];
}

/* The plan through which what is named is brought back; NULL. */
static const struct record *plan_of(const struct backlink *back, const struct record *named)
{
    const struct record *plan = back->from;
    bool answers = plan->type->number == TYPE_PLAN && rec_is_live(plan) &&
                   names_in_scope(plan, back) && plan_covers(plan, named) && plan_brings_back(plan);
    return answers ? plan : NULL;
}

/* Each once. */
static struct cell plans_of(struct arena *a, const struct model *m, const struct record *activity)
{
    struct cover cover = cover_of(a, activity);
    struct piece *pieces = NULL;
    size_t count = 0, cap = 0;
    for (size_t i = 0; i < cover.count; i++)
        for (size_t k = 0; k < cover.items[i]->back_count; k++) {
            const struct record *plan = plan_of(&cover.items[i]->back[k], cover.items[i]);
            for (size_t n = 0; n < count && plan != NULL; n++)
                plan = pieces[n].link == plan ? NULL : plan;
            if (plan != NULL)
                PUSH(a, pieces, count, cap, struct piece) =
                    (struct piece){.text = plan->title, .link = plan};
        }
    if (count == 0 && type_may_be_withheld(m, TYPE_PLAN))
        return cell_text(a, text_not_in_copy(a, S("")));
    if (count == 0)
        return cell_chip(a, S("No plan"), TONE_BAD);
    return (struct cell){.pieces = pieces, .count = count};
}

/* What is asked, and what must not be passed. */
static struct cell times_of(struct arena *a, duration rto, duration mtpd)
{
    struct piece *p = NEW_ARRAY(a, struct piece, 2);
    struct cell c = {.pieces = p};
    p[c.count++].text = rto == DURATION_NONE ? S("not known") : duration_words(a, rto);
    p[c.count++].text = mtpd == DURATION_NONE ? S("not known") : duration_words(a, mtpd);
    return c;
}

static void add_deadline(struct arena *a, const struct model *m, struct table *t, size_t node)
{
    const struct node *n = &m->recovery->nodes[node];
    duration asked = n->asked[TIME_RTO].value;
    struct cell *cells = table_row(a, t);
    cells[0] = cell_text(a, step_words(asked));
    cells[0].sort = sort_key_number(a, asked == DURATION_NONE ? 1e9 : (double)asked);
    cells[1] = cell_record(a, n->record);
    cells[2] = times_of(a, asked, rec_duration(n->record, ACTIVITY_MTPD));
    cells[3] = cell_field(a, n->record, ACTIVITY_MBCO);
    cells[4] = cell_of_field(a, n->record, schema_slot(n->record->type, ACTIVITY_WORKAROUND),
                             CELL_WHOLE); /* what is done until then is not cut */
    cells[5] = plans_of(a, m, n->record);
}

const struct table *deadlines(struct arena *a, const struct model *m)
{
    static const struct column column[] = {
        COLUMN("within", "Within", TEXT),          COLUMN("activity", "What must be back", TEXT),
        COLUMN("times", "RTO, MTPD", TEXT),        COLUMN("mbco", "At least", TEXT),
        COLUMN("workaround", "Until then", PROSE), COLUMN("plans", "Plan", TEXT),
    };
    struct table *t =
        table_new(a, S("list-deadlines"), S("What must be back by when"), column, COUNT_OF(column));
    size_t count;
    const size_t *order = recovery_by_urgency(a, m, &count);
    for (size_t i = 0; i < count; i++)
        if (m->recovery->nodes[order[i]].record->type->number == TYPE_ACTIVITY)
            add_deadline(a, m, t, order[i]);
    if (t->row_count == 0)
        t->note = S("No activity is recorded.");
    else if (model_is_partial(m))
        t->note = S("Worked out from what this copy holds.");
    return t;
}

/* -- Numbers outside -------------------------------------------------------------------------- */

static void add_contact(struct arena *a, struct table *t, const struct record *r)
{
    struct cell *cells = table_row(a, t);
    cells[0] = cell_field(a, r, CONTACT_KIND);
    cells[1] = cell_record(a, r);
    cells[2] = cell_field(a, r, CONTACT_PHONE_24H);
    cells[3] = cell_field(a, r, CONTACT_PHONE);
    cells[4] = cell_field(a, r, CONTACT_ACCOUNT);
    cells[5] = cell_field(a, r, CONTACT_USED_FOR);
}

static void add_supplier(struct arena *a, struct table *t, const struct record *r)
{
    struct cell *cells = table_row(a, t);
    cells[0] = cell_text(a, S("Supplier"));
    cells[1] = cell_record(a, r);
    cells[2] = cell_field(a, r, SUPPLIER_CONTACT_24H);
    cells[4] =
        cell_field(a, r, rec_has(r, SUPPLIER_ACCOUNT) ? SUPPLIER_ACCOUNT : SUPPLIER_CONTRACT);
    cells[5] = cell_field(a, r, SUPPLIER_SERVICES);
}

/* Who comes when life is in danger first; suppliers at the end. */
static const char *const kind_order[] = {"emergency_service", "authority", "utility",
                                         "insurer",           "media",     "landlord",
                                         "supplier",          "other"};

const struct table *outside_numbers(struct arena *a, const struct model *m)
{
    static const struct column column[] = {
        COLUMN("kind", "Kind", TEXT),
        COLUMN("who", "Who", TEXT),
        COLUMN("always", "Day and night", TEXT),
        COLUMN("day", "In office hours", TEXT),
        COLUMN("account", "Our account or policy", TEXT),
        COLUMN("for", "Used for", TEXT),
    };
    struct table *t =
        table_new(a, S("list-numbers"), S("Numbers outside the house"), column, COUNT_OF(column));
    const struct record_list *contacts = model_list(m, TYPE_CONTACT);
    for (size_t k = 0; k < COUNT_OF(kind_order); k++)
        for (size_t i = 0; i < contacts->count; i++)
            if (rec_is_live(contacts->items[i]) &&
                str_eq(rec_text(contacts->items[i], CONTACT_KIND), str_from(kind_order[k])))
                add_contact(a, t, contacts->items[i]);
    const struct record_list *suppliers = model_list(m, TYPE_SUPPLIER);
    for (size_t i = 0; i < suppliers->count; i++)
        if (rec_is_live(suppliers->items[i]))
            add_supplier(a, t, suppliers->items[i]);
    if (t->row_count == 0)
        t->note = S("No contact outside is recorded.");
    return t;
}

/* -- Clocks of notices ------------------------------------------------------------------------ */

/* A message with the time within which it must be out: its own or its duty's, what is less. */
struct notice {
    const struct record *message, *duty; /* one may be NULL */
    duration within;
};

static int sooner(const void *x, const void *y)
{
    const struct notice *a = x, *b = y;
    if (a->within != b->within)
        return a->within < b->within ? -1 : 1;
    const struct record *one = a->message != NULL ? a->message : a->duty;
    const struct record *other = b->message != NULL ? b->message : b->duty;
    return str_cmp_natural(one->id, other->id);
}

static duration lesser(duration one, duration other)
{
    if (one == DURATION_NONE || other == DURATION_NONE)
        return one == DURATION_NONE ? other : one;
    return one < other ? one : other;
}

static bool has_message(const struct record *duty)
{
    for (size_t i = 0; i < duty->back_count; i++)
        if (duty->back[i].from->type->number == TYPE_MESSAGE && rec_is_live(duty->back[i].from))
            return true;
    return false;
}

/* Messages with a clock, and duties with a clock that no message answers (CX4). */
static struct notice *collect(struct arena *a, const struct model *m, size_t *count)
{
    const struct record_list *messages = model_list(m, TYPE_MESSAGE);
    const struct record_list *duties = model_list(m, TYPE_OBLIGATION);
    struct notice *all = NEW_ARRAY(a, struct notice, messages->count + duties->count + 1);
    *count = 0;
    for (size_t i = 0; i < messages->count; i++) {
        const struct record *r = messages->items[i], *duty = rec_ref(r, MESSAGE_OBLIGATION);
        if (duty != NULL && !rec_is_live(duty))
            duty = NULL;
        duration legal =
            duty != NULL ? rec_duration(duty, OBLIGATION_NOTIFY_WITHIN) : DURATION_NONE;
        duration within = lesser(rec_duration(r, MESSAGE_DEADLINE), legal);
        if (rec_is_live(r) && within != DURATION_NONE)
            all[(*count)++] = (struct notice){r, duty, within};
    }
    for (size_t i = 0; i < duties->count; i++) {
        const struct record *r = duties->items[i];
        duration within = rec_duration(r, OBLIGATION_NOTIFY_WITHIN);
        if (rec_is_live(r) && within != DURATION_NONE && !has_message(r))
            all[(*count)++] = (struct notice){NULL, r, within};
    }
    qsort(all, *count, sizeof *all, sooner);
    return all;
}

static void add_notice(struct arena *a, struct table *t, const struct notice *n)
{
    struct cell *cells = table_row(a, t);
    cells[0] = cell_duration(a, n->within);
    if (n->message != NULL) {
        cells[1] = cell_field(a, n->message, MESSAGE_AUDIENCE);
        cells[2] = cell_record(a, n->message);
        cells[3] = cell_field(a, n->message, MESSAGE_TRIGGER);
        cells[4] = cell_field(a, n->message, MESSAGE_APPROVER);
    } else {
        cells[2] = cell_chip(a, S("No message is prepared"), TONE_BAD);
    }
    if (n->duty != NULL)
        cells[5] = cell_record(a, n->duty);
}

const struct table *notification_clocks(struct arena *a, const struct model *m)
{
    static const struct column column[] = {
        COLUMN("within", "Within", TEXT),        COLUMN("to", "To", TEXT),
        COLUMN("message", "Message", TEXT),      COLUMN("when", "When", TEXT),
        COLUMN("approver", "Released by", TEXT), COLUMN("duty", "Duty", TEXT),
    };
    struct table *t =
        table_new(a, S("list-clocks"), S("Clocks of notices"), column, COUNT_OF(column));
    size_t count;
    const struct notice *notices = collect(a, m, &count);
    for (size_t i = 0; i < count; i++)
        add_notice(a, t, &notices[i]);
    if (t->row_count == 0)
        t->note = S("No notice has a time set.");
    return t;
}
