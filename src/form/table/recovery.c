/* form/table/recovery: what the recovery analysis found, as tables. */
#include "form/table/recovery.h"

#include "derive/restore.h"
#include "form/table/cells.h"
#include "model/impact.h"
#include "model/seats.h"

/* -- Cells ------------------------------------------------------------------------------------ */

static struct cell number(struct arena *a, long long n, bool is_least)
{
    struct cell c = cell_text(a, str_fmt(a, "%s%lld", is_least ? "at least " : "", n));
    c.data = str_fmt(a, "%lld", n);
    c.sort = sort_key_number(a, (double)n);
    return c;
}

/* Who asks for it sooner than it says itself, or at all. */
static struct cell asked_by(struct arena *a, const struct recovery *r, size_t node,
                            enum recovery_time time)
{
    size_t from = r->nodes[node].asked[time].from;
    if (from == NODE_NONE || from == node)
        return (struct cell){0};
    struct cell c = cell_link(a, r->nodes[from].record, chain_asked(a, r, node, time));
    return c;
}

struct cell recovery_able_cell(struct arena *a, const struct recovery *r, size_t node,
                               enum recovery_time time)
{
    const struct able *able = &r->nodes[node].able[time];
    struct piece *p = NEW_ARRAY(a, struct piece, 2);
    struct cell c = {.pieces = p};
    if (able->value != DURATION_NONE) {
        str words = duration_words(a, able->value);
        p[c.count++].text =
            able->unknown == NODE_NONE ? words : str_fmt(a, "not before " STR_FMT, STR_ARG(words));
        c.data = duration_short(a, able->value);
        c.sort = sort_key_number(a, (double)able->value);
    }
    if (able->unknown != NODE_NONE) {
        const struct record *who = r->nodes[able->unknown].record;
        p[c.count++] = (struct piece){.text = str_fmt(a, "not known of " STR_FMT, STR_ARG(who->id)),
                                      .link = who};
    }
    return c;
}

static struct cell held_up_by(struct arena *a, const struct recovery *r, size_t node,
                              enum recovery_time time)
{
    const struct able *able = &r->nodes[node].able[time];
    if (able->from == NODE_NONE || able->via == NODE_NONE)
        return (struct cell){0};
    return cell_link(a, r->nodes[able->from].record, chain_able(a, r, node, time));
}

struct cell recovery_proven_cell(struct arena *a, const struct proof *p)
{
    if (p->value == DURATION_NONE)
        return (struct cell){0};
    struct piece *pieces = NEW_ARRAY(a, struct piece, 2);
    pieces[0].text = str_fmt(a, STR_FMT " on " STR_FMT, STR_ARG(duration_words(a, p->value)),
                             STR_ARG(date_long(a, p->day)));
    pieces[1] = (struct piece){.text = p->by->id, .link = p->by};
    return (struct cell){.pieces = pieces,
                         .count = 2,
                         .data = duration_short(a, p->value),
                         .sort = sort_key_number(a, (double)p->value)};
}

/* What must be against what can be and what was. */
static struct cell state_cell(struct arena *a, const struct node *n)
{
    duration asked = n->asked[TIME_RTO].value;
    const struct able *able = &n->able[TIME_RTO];
    const struct proof *proven = &n->proven[TIME_RTO];
    if (asked == DURATION_NONE)
        return cell_chip(a, S("Nobody asks"), TONE_MUTED);
    if (recovery_is_late(n, able->value))
        return cell_chip(a, S("Too late"), TONE_BAD);
    if (recovery_is_late(n, proven->value))
        return cell_chip(a, S("Shown too late"), TONE_BAD);
    if (able->value == DURATION_NONE || able->unknown != NODE_NONE)
        return cell_chip(a, S("Not known"), TONE_WARN);
    return proven->value == DURATION_NONE ? cell_chip(a, S("Promised"), TONE_WARN)
                                          : cell_chip(a, S("Shown"), TONE_GOOD);
}

static str partial_note(const struct model *m)
{
    return model_is_partial(m) ? S("Worked out from what this copy holds.") : S("");
}

/* -- Priorities ------------------------------------------------------------------------------- */

static str tier_of(const struct model *m, duration rto)
{
    const struct record *method = model_bia_method(m);
    size_t count = 0;
    const struct field_value *v =
        method == NULL || rto == DURATION_NONE ? NULL : rec_items(method, BIA_METHOD_TIERS, &count);
    for (size_t i = 0; v != NULL && i < count; i++)
        if (v[i].state == FV_PRESENT && rec_duration(v[i].record, TIER_RTO_MAX) >= rto)
            return rec_text(v[i].record, TIER_NAME);
    return S("");
}

static void add_priority(struct arena *a, const struct model *m, struct table *t, size_t node)
{
    const struct node *n = &m->recovery->nodes[node];
    struct cell *cells = table_row(a, t);
    cells[0] = cell_text(a, n->record->id);
    cells[1] = cell_record(a, n->record);
    str tier = tier_of(m, n->asked[TIME_RTO].value);
    if (tier.n != 0)
        cells[2] = cell_text(a, tier);
    cells[3] = cell_duration(a, n->asked[TIME_RTO].value);
    cells[4] = asked_by(a, m->recovery, node, TIME_RTO);
    cells[5] = cell_duration(a, rec_duration(n->record, ACTIVITY_MTPD));
    cells[6] = cell_duration(a, n->asked[TIME_RPO].value);
    cells[7] = recovery_able_cell(a, m->recovery, node, TIME_RTO);
    cells[8] = held_up_by(a, m->recovery, node, TIME_RTO);
    cells[9] = recovery_proven_cell(a, &n->proven[TIME_RTO]);
    cells[10] = state_cell(a, n);
}

static const struct table *
in_order(struct arena *a, const struct model *m, struct table *t, bool activities,
         void (*add)(struct arena *, const struct model *, struct table *, size_t node));

const struct table *recovery_priorities(struct arena *a, const struct model *m)
{
    static const struct column column[] = {
        COLUMN("id", "ID", CODE),
        COLUMN("activity", "Activity", TEXT),
        COLUMN("tier", "Tier", TEXT),
        COLUMN("rto", "Must be back in", TEXT),
        COLUMN("asked_by", "Asked by", TEXT),
        COLUMN("mtpd", "MTPD", TEXT),
        COLUMN("rpo", "RPO", TEXT),
        COLUMN("able", "Can be back in", TEXT),
        COLUMN("held_up_by", "Held up by", TEXT),
        COLUMN("proven", "Shown", TEXT),
        COLUMN("state", "State", CHIP),
    };
    struct table *t =
        table_new(a, S("list-priorities"), S("Activities by urgency"), column, COUNT_OF(column));
    return in_order(a, m, t, true, add_priority);
}

/* -- What everything else can do -------------------------------------------------------------- */

static void add_capability(struct arena *a, const struct model *m, struct table *t, size_t node)
{
    const struct node *n = &m->recovery->nodes[node];
    struct cell *cells = table_row(a, t);
    cells[0] = cell_text(a, n->record->id);
    cells[1] = cell_record(a, n->record);
    cells[2] = cell_text(a, n->record->type->singular);
    cells[3] = cell_duration(a, n->asked[TIME_RTO].value);
    cells[4] = asked_by(a, m->recovery, node, TIME_RTO);
    cells[5] = cell_duration(a, recovery_own(n->record, TIME_RTO));
    cells[6] = recovery_able_cell(a, m->recovery, node, TIME_RTO);
    cells[7] = recovery_proven_cell(a, &n->proven[TIME_RTO]);
    cells[8] = cell_duration(a, n->asked[TIME_RPO].value);
    cells[9] = cell_duration(a, recovery_own(n->record, TIME_RPO));
    cells[10] = number(a, (long long)n->stops, n->stops_at_least);
    cells[11] = state_cell(a, n);
}

const struct table *recovery_capabilities(struct arena *a, const struct model *m)
{
    static const struct column column[] = {
        COLUMN("id", "ID", CODE),
        COLUMN("what", "What", TEXT),
        COLUMN("type", "Kind", TEXT),
        COLUMN("asked", "Must be back in", TEXT),
        COLUMN("asked_by", "Asked by", TEXT),
        COLUMN("committed", "Committed", TEXT),
        COLUMN("able", "Can be back in", TEXT),
        COLUMN("proven", "Shown", TEXT),
        COLUMN("rpo_asked", "Data asked", TEXT),
        COLUMN("rpo_committed", "Data committed", TEXT),
        COLUMN("stops", "Stops without spare", NUMBER),
        COLUMN("state", "State", CHIP),
    };
    struct table *t = table_new(a, S("list-capabilities"), S("What can be back in time"), column,
                                COUNT_OF(column));
    return in_order(a, m, t, false, add_capability);
}

/* -- The order in which all is brought back --------------------------------------------------- */

static bool is_activity(const struct model *m, size_t node)
{
    return m->recovery->nodes[node].record->type->number == TYPE_ACTIVITY;
}

/* All rows of one sort, those who are asked for soonest first: the order of restoring keeps
 * chains together, urgency is the other way round. */
static const struct table *
in_order(struct arena *a, const struct model *m, struct table *t, bool activities,
         void (*add)(struct arena *, const struct model *, struct table *, size_t node))
{
    size_t count;
    const size_t *nodes = recovery_by_urgency(a, m, &count);
    for (size_t i = 0; i < count; i++)
        if (is_activity(m, nodes[i]) == activities)
            add(a, m, t, nodes[i]);
    t->note = partial_note(m);
    return t;
}

static struct cell waits_for(struct arena *a, const struct model *m, const struct node *n)
{
    struct piece *p = NEW_ARRAY(a, struct piece, n->need_count + 1);
    struct cell c = {.pieces = p};
    for (size_t i = 0; i < n->need_count && c.count < REGISTER_PIECES_MAX; i++) {
        const struct record *used = m->recovery->nodes[n->needs[i].used].record;
        if (n->needs[i].loss == LOSS_STOPS)
            p[c.count++] = (struct piece){.text = used->id, .link = used};
    }
    return c;
}

const struct table *recovery_restore(struct arena *a, const struct model *m)
{
    static const struct column column[] = {
        COLUMN("no", "No.", NUMBER),
        COLUMN("wave", "Wave", NUMBER),
        COLUMN("id", "ID", CODE),
        COLUMN("what", "What", TEXT),
        COLUMN("type", "Kind", TEXT),
        COLUMN("asked", "Must be back in", TEXT),
        COLUMN("able", "Can be back in", TEXT),
        COLUMN("waits_for", "Waits for", TEXT),
        COLUMN("owner", "Owner", TEXT),
    };
    size_t count;
    const struct restore_step *steps = restore_order(a, m, &count);
    struct table *t = table_new(a, S("list-restore"), S("Order of bringing everything back"),
                                column, COUNT_OF(column));
    for (size_t i = 0; i < count; i++) {
        const struct node *n = &m->recovery->nodes[steps[i].node];
        struct cell *cells = table_row(a, t);
        cells[0] = cell_count(a, i + 1);
        cells[1] = cell_count(a, steps[i].wave);
        cells[2] = cell_text(a, n->record->id);
        cells[3] = cell_record(a, n->record);
        cells[4] = cell_text(a, n->record->type->singular);
        cells[5] = cell_duration(a, n->asked[TIME_RTO].value);
        cells[6] = recovery_able_cell(a, m->recovery, steps[i].node, TIME_RTO);
        cells[7] = waits_for(a, m, n);
        cells[8] =
            cell_of_field(a, n->record, schema_slot(n->record->type, COMMON_OWNER), CELL_SHORT);
    }
    t->note = partial_note(m);
    return t;
}

/* -- Seats over time -------------------------------------------------------------------------- */

static struct cell names_of(struct arena *a, const struct record *const *records, size_t count)
{
    enum { NAMES_MAX = 3 }; /* the cell stands in every row */
    size_t shown = count < NAMES_MAX ? count : NAMES_MAX;
    struct piece *p = NEW_ARRAY(a, struct piece, shown + 1);
    for (size_t i = 0; i < shown; i++)
        p[i] = cell_record(a, records[i]).pieces[0];
    if (shown < count)
        p[shown].text = str_fmt(a, "and %zu more", count - shown);
    return (struct cell){.pieces = p, .count = shown + (shown < count)};
}

struct table *seat_table(struct arena *a, const char *id)
{
    static const struct column column[] = {
        COLUMN("site", "If this site is lost", TEXT),       COLUMN("after", "From", TEXT),
        COLUMN("people", "People needed", NUMBER),          COLUMN("seats", "Seats needed", NUMBER),
        COLUMN("room", "Recovery seats elsewhere", NUMBER), COLUMN("state", "Enough", CHIP),
    };
    return table_new(a, str_from(id), S("Seats over time"), column, COUNT_OF(column));
}

void seat_table_add(struct arena *a, const struct model *m, struct table *t,
                    const struct record *const *sites, size_t count)
{
    struct seats s = model_seats(a, m, sites, count);
    for (size_t i = 0; i < s.count; i++) {
        struct cell *cells = table_row(a, t);
        cells[0] = names_of(a, sites, count);
        cells[1] = cell_duration(a, s.steps[i].after);
        cells[2] = number(a, s.steps[i].people, s.unknown != 0);
        cells[3] = number(a, s.steps[i].seats, s.unknown != 0);
        cells[4] = number(a, s.room, s.unmeasured != 0);
        cells[5] = s.steps[i].seats > s.room             ? cell_chip(a, S("Too few"), TONE_BAD)
                   : s.unknown != 0 || s.unmeasured != 0 ? cell_chip(a, S("Not known"), TONE_WARN)
                                                         : cell_chip(a, S("Enough"), TONE_GOOD);
    }
    if (s.unknown != 0)
        t->note = str_fmt(a, "%zu of %zu activities that are only there have no approved needs.",
                          s.unknown, s.activities);
}

const struct table *recovery_seats(struct arena *a, const struct model *m)
{
    struct table *t = seat_table(a, "list-seats");
    const struct record_list *sites = model_list(m, TYPE_SITE);
    t->note = partial_note(m);
    for (size_t i = 0; i < sites->count; i++)
        if (rec_is_live(sites->items[i]))
            seat_table_add(a, m, t, (const struct record *const *)&sites->items[i], 1);
    return t;
}

/* -- One record ------------------------------------------------------------------------------- */

static void put(struct arena *a, struct table *t, const char *label, struct cell value)
{
    if (value.count == 0)
        return;
    struct cell *cells = table_row(a, t);
    cells[0] = cell_text(a, str_from(label));
    cells[1] = value;
}

static void put_time(struct arena *a, const struct model *m, struct table *t, size_t node,
                     enum recovery_time time)
{
    static const char *const label[RECOVERY_TIMES][4] = {
        {"Must be back in", "Asked by", "Can be back in", "Held up by"},
        {"May lose data of", "Data asked by", "Is at most behind by", "Behind because of"}};
    const struct node *n = &m->recovery->nodes[node];
    put(a, t, label[time][0], cell_duration(a, n->asked[time].value));
    put(a, t, label[time][1], asked_by(a, m->recovery, node, time));
    put(a, t, label[time][2], recovery_able_cell(a, m->recovery, node, time));
    put(a, t, label[time][3], held_up_by(a, m->recovery, node, time));
    put(a, t, time == TIME_RTO ? "Shown" : "Data loss shown",
        recovery_proven_cell(a, &n->proven[time]));
}

const struct table *recovery_of(struct arena *a, const struct model *m, const struct record *r)
{
    static const struct column column[] = {COLUMN("label", "", TEXT), COLUMN("value", "", TEXT)};
    size_t node = recovery_number(m, r);
    bool has_times =
        node != NODE_NONE && (r->type->number == TYPE_ACTIVITY || r->type->number == TYPE_SERVICE ||
                              r->type->number == TYPE_RESOURCE || r->type->number == TYPE_SUPPLIER);
    if (!has_times)
        return NULL;
    struct table *t = table_new(a, S("recovery"), S("Recovery"), column, COUNT_OF(column));
    put(a, t, "State", state_cell(a, &m->recovery->nodes[node]));
    put_time(a, m, t, node, TIME_RTO);
    put_time(a, m, t, node, TIME_RPO);
    if (m->recovery->nodes[node].circle != NODE_NONE)
        put(a, t, "In a circle", cell_text(a, S("it needs itself, through others")));
    t->note = partial_note(m);
    return t;
}
