/* form/table/about_incident: the clocks of an incident: noticed, decided, told (8.4.2, 8.4.3). */
#include "form/table/about.h"

#include <stdlib.h>

#include "form/table/cells.h"
#include "model/classes.h"
#include "model/notice.h"

/* From one moment of the record to a later one; DURATION_NONE: one of them is not known. */
static duration between(const struct record *r, enum field_id from, const struct record *other,
                        enum field_id to)
{
    const struct field_value *one = rec_value(r, from), *two = rec_value(other, to);
    return one->state == FV_PRESENT && two->state == FV_PRESENT ? two->number - one->number
                                                                : DURATION_NONE;
}

/* "12 minutes before", where the records are in another order. */
static struct cell elapsed_cell(struct arena *a, duration d)
{
    if (d == DURATION_NONE)
        return (struct cell){0};
    return d >= 0 ? cell_duration(a, d)
                  : cell_text(a, str_fmt(a, STR_FMT " before", STR_ARG(duration_words(a, -d))));
}

/* -- From the beginning to the end ----------------------------------------------------------- */

const struct table *moments_table(struct arena *a, const struct model *m, const struct record *r)
{
    static const struct column column[] = {COLUMN("what", "What", TEXT), COLUMN("at", "When", TEXT),
                                           COLUMN("since_start", "After the start", TEXT),
                                           COLUMN("since_detected", "After it was noticed", TEXT)};
    static const struct {
        enum field_id field;
        const char *label;
    } moment[] = {{INCIDENT_START, "Began"},
                  {INCIDENT_DETECTED, "Noticed"},
                  {INCIDENT_DECLARED, "Declared"},
                  {INCIDENT_STOOD_DOWN, "Stood down"}};
    struct table *t = table_new(a, S(""), S(""), column, COUNT_OF(column));
    t->head_column = true;
    (void)m;
    for (size_t i = 0; i < COUNT_OF(moment); i++) {
        struct cell *cells = table_row(a, t);
        cells[0] = cell_text(a, str_from(moment[i].label));
        cells[1] = cell_field(a, r, moment[i].field);
        if (rec_lacks(r, moment[i].field))
            cells[1] = cell_text(a, S("nothing recorded"));
        if (moment[i].field != INCIDENT_START)
            cells[2] = elapsed_cell(a, between(r, INCIDENT_START, r, moment[i].field));
        if (moment[i].field == INCIDENT_DECLARED || moment[i].field == INCIDENT_STOOD_DOWN)
            cells[3] = elapsed_cell(a, between(r, INCIDENT_DETECTED, r, moment[i].field));
    }
    return t;
}

static int by_time(const void *x, const void *y)
{
    const struct record *a = *(const struct record *const *)x;
    const struct record *b = *(const struct record *const *)y;
    long long one = rec_int(a, EVENT_AT, 0), other = rec_int(b, EVENT_AT, 0);
    if (one != other)
        return one < other ? -1 : 1;
    return a->span.off < b->span.off ? -1 : a->span.off > b->span.off;
}

const struct table *timeline_table(struct arena *a, const struct model *m, const struct record *r)
{
    static const struct column column[] = {
        COLUMN("at", "When", TEXT), COLUMN("after", "After it was noticed", TEXT),
        COLUMN("kind", "Kind", TEXT), COLUMN("who", "Who", TEXT), COLUMN("what", "What", TEXT)};
    struct table *t = table_new(a, S(""), S(""), column, COUNT_OF(column));
    size_t all, count = 0;
    const struct field_value *v = rec_items(r, INCIDENT_TIMELINE, &all);
    const struct record **events = NEW_ARRAY(a, const struct record *, all + 1);
    (void)m;
    for (size_t i = 0; i < all; i++)
        if (field_target(&v[i]) != NULL)
            events[count++] = v[i].record;
    if (count != 0)
        qsort(events, count, sizeof *events, by_time);
    for (size_t i = 0; i < count; i++) {
        struct cell *cells = table_row(a, t);
        cells[0] = cell_field(a, events[i], EVENT_AT);
        cells[1] = elapsed_cell(a, between(r, INCIDENT_DETECTED, events[i], EVENT_AT));
        cells[2] = cell_field(a, events[i], EVENT_KIND);
        cells[3] = cell_field(a, events[i], EVENT_WHO);
        cells[4] = cell_field(a, events[i], EVENT_TEXT);
    }
    if (count == 0 && rec_value(r, INCIDENT_TIMELINE)->state == FV_WITHHELD)
        t->note = text_not_in_copy(a, S(""));
    return t;
}

/* -- Plans and their thresholds -------------------------------------------------------------- */

/* The clocks of the thresholds that activate a plan; which of them was met is not recorded. */
struct clocks {
    duration shortest, longest; /* DURATION_NONE: none is known */
    bool is_vague;              /* of one of them no clock is known */
};

static struct cell threshold_cell(struct arena *a, const struct record *plan, struct clocks *clocks)
{
    const struct record *activation = rec_ref(plan, PLAN_ACTIVATION);
    size_t count = 0;
    const struct field_value *v =
        activation != NULL ? rec_items(activation, ACTIVATION_THRESHOLDS, &count) : NULL;
    struct piece *pieces = NEW_ARRAY(a, struct piece, count + 1);
    struct cell c = {.pieces = pieces};
    *clocks = (struct clocks){DURATION_NONE, DURATION_NONE, false};
    for (size_t i = 0; i < count; i++) {
        const struct record *t = field_target(&v[i]);
        bool is_one = t != NULL && t->type->number == TYPE_THRESHOLD;
        duration clock = is_one ? rec_duration(t, THRESHOLD_CLOCK) : DURATION_NONE;
        clocks->is_vague |= clock == DURATION_NONE;
        if (clock != DURATION_NONE) {
            bool is_first = clocks->longest == DURATION_NONE;
            clocks->shortest = is_first || clock < clocks->shortest ? clock : clocks->shortest;
            clocks->longest = is_first || clock > clocks->longest ? clock : clocks->longest;
        }
        if (is_one)
            pieces[c.count++] =
                (struct piece){.text = clock == DURATION_NONE
                                           ? t->title
                                           : str_fmt(a, STR_FMT " (" STR_FMT ")", STR_ARG(t->title),
                                                     STR_ARG(duration_words(a, clock))),
                               .link = t};
    }
    return c;
}

/* Until the first decision that is logged, or the declaration; DURATION_NONE: not known. */
static duration decided_after(const struct record *r)
{
    duration first = between(r, notice_clock(r), r, INCIDENT_DECLARED);
    size_t count;
    const struct field_value *v = rec_items(r, INCIDENT_TIMELINE, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *event = field_target(&v[i]);
        if (event == NULL || !str_eq(rec_text(event, EVENT_KIND), S("decision")))
            continue;
        duration took = between(r, notice_clock(r), event, EVENT_AT);
        if (took != DURATION_NONE && (first == DURATION_NONE || took < first))
            first = took;
    }
    return first;
}

static struct cell decided_cell(struct arena *a, duration took, const struct clocks *clocks)
{
    if (took == DURATION_NONE)
        return cell_text(a, S("no decision recorded"));
    if (clocks->shortest == DURATION_NONE)
        return cell_text(a, S("no clock known"));
    if (took <= clocks->shortest && !clocks->is_vague)
        return cell_chip(a, S("In time"), TONE_GOOD);
    if (took <= clocks->longest || clocks->is_vague)
        return cell_text(a, S("depends on the threshold that was met"));
    bool is_one = clocks->shortest == clocks->longest;
    return cell_chip(a,
                     str_fmt(a, "Late by %s" STR_FMT, is_one ? "" : "at least ",
                             STR_ARG(duration_words(a, took - clocks->longest))),
                     TONE_BAD);
}

const struct table *activated_table(struct arena *a, const struct model *m, const struct record *r)
{
    static const struct column column[] = {COLUMN("plan", "Plan activated", TEXT),
                                           COLUMN("threshold", "Thresholds, decide within", TEXT),
                                           COLUMN("took", "First decision after", TEXT),
                                           COLUMN("state", "State", CHIP)};
    struct table *t = table_new(a, S(""), S(""), column, COUNT_OF(column));
    size_t count;
    const struct field_value *v = rec_items(r, INCIDENT_PLANS, &count);
    bool is_known = rec_value(r, INCIDENT_TIMELINE)->state != FV_WITHHELD &&
                    rec_value(r, INCIDENT_DECLARED)->state != FV_WITHHELD;
    duration took = is_known ? decided_after(r) : DURATION_NONE;
    (void)m;
    for (size_t i = 0; i < count; i++) {
        const struct record *plan = field_target(&v[i]);
        struct clocks clocks;
        struct cell *cells = table_row(a, t);
        cells[0] =
            plan != NULL ? cell_record(a, plan) : cell_text(a, text_not_in_copy(a, v[i].text));
        if (plan == NULL || plan->type->number != TYPE_PLAN)
            continue;
        cells[1] = threshold_cell(a, plan, &clocks);
        cells[2] = elapsed_cell(a, took);
        cells[3] =
            is_known ? decided_cell(a, took, &clocks) : cell_text(a, text_not_in_copy(a, S("")));
    }
    return t;
}

/* -- Who had to be told ---------------------------------------------------------------------- */

static struct cell notice_cell(struct arena *a, const struct record *part, struct notice n)
{
    switch (n.state) {
    case NOTICE_IN_TIME:
        return cell_chip(a, S("In time"), TONE_GOOD);
    case NOTICE_LATE:
        return cell_chip(
            a, str_fmt(a, "Late by " STR_FMT, STR_ARG(duration_words(a, n.took - n.within))),
            TONE_BAD);
    case NOTICE_NOT_DUE:
        return cell_text(a, str_fmt(a, "Not due: " STR_FMT,
                                    STR_ARG(rec_display(a, part, NOTIFICATION_NOT_DUE))));
    case NOTICE_SILENT:
        return cell_chip(a, S("Nothing recorded"), TONE_BAD);
    case NOTICE_UNTIMED:
        return cell_text(a, S("no clock known"));
    default:
        return cell_text(a, S("not known"));
    }
}

static void add_notice(struct arena *a, struct table *t, const struct record *r,
                       const struct record *part)
{
    const struct record *o = rec_ref(part, NOTIFICATION_OBLIGATION);
    struct cell *cells = table_row(a, t);
    cells[0] = cell_field(a, part, NOTIFICATION_OBLIGATION);
    cells[2] = cell_field(a, part, NOTIFICATION_AT);
    if (o == NULL || o->type->number != TYPE_OBLIGATION)
        return;
    struct notice n = notice_of(r, part, o);
    cells[1] = cell_duration(a, n.within);
    cells[3] = elapsed_cell(a, n.took);
    cells[4] = notice_cell(a, part, n);
}

/* Of a disruption a clock runs for all that applies to what it affected. */
static void add_untold(struct arena *a, struct table *t, const struct record *r,
                       const struct record *hit, struct map *settled)
{
    for (size_t i = 0; i < hit->back_count; i++) {
        const struct record *o = hit->back[i].from;
        bool applies =
            o->type->number == TYPE_OBLIGATION && notice_is_asked(o) &&
            hit->back[i].field == &o->type->fields[schema_slot(o->type, OBLIGATION_APPLIES_TO)];
        if (!applies || map_put(settled, o->id, (void *)r) != NULL)
            continue;
        struct cell *cells = table_row(a, t);
        cells[0] = cell_record(a, o);
        cells[1] = cell_duration(a, rec_duration(o, OBLIGATION_NOTIFY_WITHIN));
        cells[4] = cell_chip(a, S("Nothing recorded"), TONE_BAD);
    }
}

const struct table *notices_table(struct arena *a, const struct model *m, const struct record *r)
{
    static const struct column column[] = {
        COLUMN("obligation", "Who had to be told", TEXT), COLUMN("within", "Within", TEXT),
        COLUMN("at", "Told", TEXT), COLUMN("took", "After", TEXT), COLUMN("state", "State", CHIP)};
    struct table *t = table_new(a, S(""), S(""), column, COUNT_OF(column));
    struct map settled = map_in(a);
    size_t count;
    const struct field_value *v = rec_items(r, INCIDENT_NOTIFIED, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *part = field_target(&v[i]);
        if (part == NULL)
            continue;
        const struct record *o = rec_ref(part, NOTIFICATION_OBLIGATION);
        if (o != NULL)
            map_put(&settled, o->id, (void *)r);
        add_notice(a, t, r, part);
    }
    v = rec_items(r, INCIDENT_AFFECTED, &count);
    bool is_disruption = str_eq(rec_text(r, INCIDENT_KIND), S("disruption"));
    for (size_t i = 0; i < count && is_disruption && !model_is_partial(m); i++)
        if (field_target(&v[i]) != NULL)
            add_untold(a, t, r, v[i].record, &settled);
    if (t->row_count != 0)
        t->note = str_fmt(a, "The clock runs from when it %s.",
                          notice_clock(r) == INCIDENT_DETECTED ? "was noticed" : "began");
    return t;
}
