/* form/table/audits/programme: slots of the audit programme against the audits (S0.45). */
#include "form/table/audits.h"

#include "base/map.h"
#include "form/table/links.h"
#include "model/actions.h"
#include "model/audits.h"
#include "model/clauses.h"

bool audit_finding_counts(const struct record *finding)
{
    str source = rec_text(finding, FINDING_SOURCE);
    return rec_counts(finding) &&
           (str_eq(source, S("audit")) || str_eq(source, S("self_assessment")));
}

struct cell audit_count(struct arena *a, const struct model *m, size_t count)
{
    return count == 0 && model_is_partial(m) ? (struct cell){0} : cell_count(a, count);
}

struct clause_range clause_range(str id)
{
    size_t at = clause_index(id);
    return at == SIZE_MAX ? (struct clause_range){0, 0} : (struct clause_range){at, clause_end(at)};
}

struct making {
    struct arena *arena;
    const struct model *model;
    struct table *table;
    struct map in_quarter; /* programme and quarter → struct audits */
    struct map shown;      /* ids of audits that are in a slot */
};

struct audits {
    const struct record **items;
    size_t count, cap;
};

/* A row: a slot, an audit, or both. */
struct turn {
    const struct record *programme, *slot, *audit; /* slot and audit may be NULL */
    struct quarter quarter;
    bool is_quarter; /* the slot names one that can be read */
};

static date day_of(const struct record *audit)
{
    return rec_has(audit, AUDIT_PLANNED) ? rec_date(audit, AUDIT_PLANNED)
                                         : rec_date(audit, AUDIT_HELD);
}

static str key_of(struct arena *a, const struct record *programme, date day)
{
    struct ymd d = date_ymd(day);
    return str_fmt(a, "%zu %d %d", programme->number, d.year, (d.month - 1) / 3);
}

/* -- Whether it was held ---------------------------------------------------------------------- */

static struct cell state_of(const struct making *x, const struct turn *t)
{
    struct arena *a = x->arena;
    date held = t->audit != NULL ? rec_date(t->audit, AUDIT_HELD) : DATE_NONE;
    if (t->audit == NULL && model_is_partial(x->model))
        return (struct cell){0}; /* its audit may not be in this copy */
    if (t->audit == NULL)
        return t->is_quarter && model_is_past(x->model, t->quarter.last)
                   ? cell_chip(a, S("Missed"), TONE_BAD)
                   : cell_chip(a, S("No audit yet"), TONE_WARN);
    if (held == DATE_NONE && !rec_lacks(t->audit, AUDIT_HELD))
        return cell_chip(a, S("Not known whether held"), TONE_MUTED);
    if (held == DATE_NONE)
        return model_is_past(x->model, day_of(t->audit)) ? cell_chip(a, S("Overdue"), TONE_BAD)
                                                         : cell_chip(a, S("Planned"), TONE_WARN);
    return t->is_quarter && held > t->quarter.last ? cell_chip(a, S("Held late"), TONE_WARN)
                                                   : cell_chip(a, S("Held"), TONE_GOOD);
}

/* After the day for which it was planned. */
static struct cell days_late(const struct making *x, const struct record *audit)
{
    date planned = rec_date(audit, AUDIT_PLANNED);
    date end = rec_lacks(audit, AUDIT_HELD) ? x->model->as_of : rec_date(audit, AUDIT_HELD);
    if (planned == DATE_NONE || end == DATE_NONE)
        return (struct cell){0};
    return cell_count(x->arena, end > planned ? (size_t)(end - planned) : 0);
}

/* -- Of what, by whom ------------------------------------------------------------------------- */

/* The clauses of its scope, with what is below them. */
static bool *scope_of(struct arena *a, const struct record *audit)
{
    size_t count;
    const struct field_value *v = rec_items(audit, AUDIT_SCOPE_CLAUSES, &count);
    bool *is_in = NEW_ARRAY(a, bool, clause_count());
    for (size_t i = 0; i < count; i++) {
        struct clause_range range = clause_range(v[i].text);
        for (size_t at = range.from; at < range.to; at++)
            is_in[at] = true;
    }
    return is_in;
}

/* A chapter is covered when all below it is; of a number that no clause has nobody can say. */
static bool covers(const bool *is_in, struct clause_range asked)
{
    for (size_t at = asked.from; at < asked.to; at++)
        if (clause_at(at)->demand != DEMAND_CHAPTER && !is_in[at])
            return false;
    return true;
}

/* Clauses of the slot that the audit does not have in its scope. */
static struct cell left_out(const struct making *x, const struct turn *t)
{
    size_t count, missing = 0;
    const struct field_value *v = rec_items(t->slot, AUDIT_SLOT_CLAUSES, &count);
    const bool *is_in = scope_of(x->arena, t->audit);
    str *names = NEW_ARRAY(x->arena, str, count + 1);
    for (size_t i = 0; i < count; i++)
        if (!covers(is_in, clause_range(v[i].text)))
            names[missing++] = v[i].text;
    return cell_text(x->arena, str_join(x->arena, names, missing, S(", ")));
}

/* What of the audited the auditor answered for; nothing is claimed of what cannot be seen. */
static struct cell own_areas(const struct making *x, const struct record *audit)
{
    const struct record *auditor = rec_ref(audit, AUDIT_AUDITOR);
    struct links own = links_in(x->arena);
    size_t count, seen = 0;
    const struct field_value *v = rec_items(audit, AUDIT_SUBJECT, &count);
    for (size_t i = 0; i < count && auditor != NULL; i++) {
        const struct record *subject = field_target(&v[i]);
        seen += subject != NULL;
        if (subject != NULL && audit_is_of_own(auditor, subject, rec_date(audit, AUDIT_HELD)))
            links_add(&own, subject);
    }
    if (own.count != 0)
        return links_cell(&own);
    if (auditor == NULL && rec_lacks(audit, AUDIT_AUDITOR))
        return cell_chip(x->arena, S("No auditor named"),
                         rec_has(audit, AUDIT_HELD) ? TONE_BAD : TONE_WARN);
    if (auditor == NULL || seen != count || seen == 0)
        return cell_chip(x->arena, S("Not known"), TONE_MUTED);
    return cell_chip(x->arena, S("None"), TONE_GOOD);
}

/* -- What came of it -------------------------------------------------------------------------- */

struct counts {
    const struct model *model;
    size_t open, closed, hidden;
    struct map seen; /* ids of those that were counted */
};

static void count_finding(struct counts *n, const struct record *f)
{
    if (f->type->number != TYPE_FINDING || !rec_counts(f) ||
        map_put(&n->seen, f->id, (void *)f) != NULL)
        return;
    *(finding_is_closed(n->model, f) == TRUTH_YES ? &n->closed : &n->open) += 1;
}

/* The audit names its findings, or they name the audit. */
static struct counts findings_of(struct arena *a, const struct model *m, const struct record *audit)
{
    struct counts n = {.model = m, .seen = map_in(a)};
    size_t count;
    const struct field_value *v = rec_items(audit, AUDIT_FINDINGS, &count);
    for (size_t i = 0; i < count; i++) {
        if (field_target(&v[i]) != NULL)
            count_finding(&n, v[i].record);
        n.hidden += v[i].state == FV_WITHHELD;
    }
    for (size_t i = 0; i < audit->back_count; i++)
        if (str_eq(audit->back[i].field->key, S("source_ref")))
            count_finding(&n, audit->back[i].from);
    return n;
}

enum {
    AT_PROGRAMME,
    AT_QUARTER,
    AT_CLAUSES,
    AT_AUDIT,
    AT_STATE,
    AT_KIND,
    AT_PLANNED,
    AT_HELD,
    AT_LATE,
    AT_LEFT_OUT,
    AT_AUDITOR,
    AT_OWN,
    AT_INDEPENDENCE,
    AT_RESULT,
    AT_OPEN,
    AT_CLOSED,
    AT_REPORTED,
    AT_REPORT
};

static void put_audit(struct making *x, struct cell *cells, const struct turn *t)
{
    struct arena *a = x->arena;
    const struct record *audit = t->audit;
    struct counts n = findings_of(a, x->model, audit);
    cells[AT_AUDIT] = cell_record(a, audit);
    cells[AT_KIND] = cell_field(a, audit, AUDIT_KIND);
    cells[AT_PLANNED] = cell_field(a, audit, AUDIT_PLANNED);
    cells[AT_HELD] = cell_field(a, audit, AUDIT_HELD);
    cells[AT_LATE] = days_late(x, audit);
    if (t->slot != NULL)
        cells[AT_LEFT_OUT] = left_out(x, t);
    cells[AT_AUDITOR] = cell_field(a, audit, AUDIT_AUDITOR);
    cells[AT_OWN] = own_areas(x, audit);
    cells[AT_INDEPENDENCE] = cell_field(a, audit, AUDIT_INDEPENDENCE);
    cells[AT_RESULT] = cell_field(a, audit, AUDIT_RESULT);
    if (rec_has(audit, AUDIT_HELD) && n.hidden == 0) {
        cells[AT_OPEN] = audit_count(a, x->model, n.open);
        cells[AT_CLOSED] = audit_count(a, x->model, n.closed);
    }
    cells[AT_REPORTED] = cell_field(a, audit, AUDIT_REPORTED_TO);
    cells[AT_REPORT] = cell_field(a, audit, AUDIT_REPORT);
}

static void add_row(struct making *x, const struct turn *t)
{
    struct arena *a = x->arena;
    struct cell *cells = table_row(a, x->table);
    if (t->programme != NULL)
        cells[AT_PROGRAMME] = cell_record(a, t->programme);
    if (t->slot != NULL) {
        cells[AT_QUARTER] = cell_field(a, t->slot, AUDIT_SLOT_QUARTER);
        cells[AT_CLAUSES] = cell_field(a, t->slot, AUDIT_SLOT_CLAUSES);
    } else {
        cells[AT_CLAUSES] = cell_field(a, t->audit, AUDIT_SCOPE_CLAUSES);
    }
    if (t->audit != NULL)
        put_audit(x, cells, t);
    cells[AT_STATE] = state_of(x, t);
}

/* -- Slots and audits ------------------------------------------------------------------------- */

static void sort_audit(struct making *x, const struct record *audit)
{
    const struct record *programme = rec_ref(audit, AUDIT_PROGRAMME);
    date day = day_of(audit);
    if (programme == NULL || programme->type->number != TYPE_AUDIT_PROGRAMME || day == DATE_NONE)
        return;
    str key = key_of(x->arena, programme, day);
    struct audits *l = map_find(&x->in_quarter, key);
    if (l == NULL) {
        l = NEW(x->arena, struct audits);
        map_put(&x->in_quarter, key, l);
    }
    PUSH(x->arena, l->items, l->count, l->cap, const struct record *) = audit;
}

static void add_slot(struct making *x, const struct record *programme, const struct record *slot)
{
    struct turn t = {.programme = programme, .slot = slot};
    t.is_quarter = quarter_parse(rec_text(slot, AUDIT_SLOT_QUARTER), &t.quarter);
    const struct audits *l =
        t.is_quarter ? map_find(&x->in_quarter, key_of(x->arena, programme, t.quarter.first))
                     : NULL;
    for (size_t i = 0; l != NULL && i < l->count; i++) {
        t.audit = l->items[i];
        map_put(&x->shown, t.audit->id, (void *)t.audit);
        add_row(x, &t);
    }
    if (l == NULL)
        add_row(x, &t);
}

static void add_programme(struct making *x, const struct record *programme)
{
    size_t count;
    const struct field_value *slots = rec_items(programme, AUDIT_PROGRAMME_SLOTS, &count);
    if (!rec_counts(programme))
        return;
    for (size_t i = 0; i < count; i++)
        if (slots[i].state == FV_PRESENT)
            add_slot(x, programme, slots[i].record);
}

static void add_other(struct making *x, const struct record *audit)
{
    struct turn t = {.programme = rec_ref(audit, AUDIT_PROGRAMME), .audit = audit};
    if (rec_counts(audit) && map_find(&x->shown, audit->id) == NULL)
        add_row(x, &t);
}

static const struct column programme_column[] = {
    COLUMN("programme", "Programme", TEXT),
    COLUMN("quarter", "Quarter", CODE),
    COLUMN("clauses", "Clauses", TEXT),
    COLUMN("audit", "Audit", TEXT),
    COLUMN("state", "State", CHIP),
    COLUMN("kind", "Kind", TEXT),
    COLUMN("planned", "Planned", DATE),
    COLUMN("held", "Held", DATE),
    COLUMN("days_late", "Days late", NUMBER),
    COLUMN("left_out", "Clauses of the slot left out", TEXT),
    COLUMN("auditor", "Auditor", TEXT),
    COLUMN("own", "Own area among the audited", CHIP),
    COLUMN("independence", "Independence", TEXT),
    COLUMN("result", "Result", TEXT),
    COLUMN("open", "Findings open", NUMBER),
    COLUMN("closed", "Findings closed", NUMBER),
    COLUMN("reported_to", "Reported to", TEXT),
    COLUMN("report", "Report", TEXT),
};

static struct making making_of(struct arena *a, const struct model *m)
{
    return (struct making){
        .arena = a,
        .model = m,
        .table = table_new(a, S("list-audit-programme"), S("Audit programme"), programme_column,
                           COUNT_OF(programme_column)),
        .in_quarter = map_in(a),
        .shown = map_in(a),
    };
}

const struct table *audit_programme_table(struct arena *a, const struct model *m)
{
    const struct record_list *programmes = model_list(m, TYPE_AUDIT_PROGRAMME);
    const struct record_list *audits = model_list(m, TYPE_AUDIT);
    struct making x = making_of(a, m);
    for (size_t i = 0; i < audits->count; i++)
        if (rec_counts(audits->items[i]))
            sort_audit(&x, audits->items[i]);
    for (size_t i = 0; i < programmes->count; i++)
        add_programme(&x, programmes->items[i]);
    for (size_t i = 0; i < audits->count; i++)
        add_other(&x, audits->items[i]);
    return x.table;
}

/* -- On the page of one ----------------------------------------------------------------------- */

const struct table *audit_programme_of(struct arena *a, const struct model *m,
                                       const struct record *programme)
{
    struct making x = making_of(a, m);
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < programme->back_count; i++) {
            const struct record *audit = programme->back[i].from;
            if (audit->type->number != TYPE_AUDIT || !rec_counts(audit))
                continue;
            if (pass == 0)
                sort_audit(&x, audit);
            else
                add_other(&x, audit);
        }
        if (pass == 0)
            add_programme(&x, programme);
    }
    return x.table;
}

/* The slot of its programme in whose quarter it is; false: none. */
static bool slot_of(const struct record *audit, struct turn *t)
{
    size_t count = 0;
    date day = day_of(audit);
    t->programme = rec_ref(audit, AUDIT_PROGRAMME);
    if (t->programme == NULL || t->programme->type->number != TYPE_AUDIT_PROGRAMME)
        return false;
    const struct field_value *v = rec_items(t->programme, AUDIT_PROGRAMME_SLOTS, &count);
    for (size_t i = 0; i < count; i++) {
        t->slot = field_target(&v[i]);
        t->is_quarter =
            t->slot != NULL && quarter_parse(rec_text(t->slot, AUDIT_SLOT_QUARTER), &t->quarter);
        if (t->is_quarter && day >= t->quarter.first && day <= t->quarter.last)
            return true;
    }
    return false;
}

const struct table *audit_facts(struct arena *a, const struct model *m, const struct record *audit)
{
    static const int shown[] = {AT_STATE, AT_QUARTER, AT_LATE,  AT_LEFT_OUT,
                                AT_OWN,   AT_OPEN,    AT_CLOSED};
    static const struct column column[] = {COLUMN("field", "", TEXT), COLUMN("value", "", TEXT)};
    struct making x = making_of(a, m);
    struct table *facts = table_new(a, S(""), S(""), column, 2);
    struct turn t = {.audit = audit};
    if (!rec_counts(audit))
        return facts;
    if (!slot_of(audit, &t))
        t = (struct turn){.programme = t.programme, .audit = audit};
    add_row(&x, &t);
    for (size_t i = 0; i < COUNT_OF(shown); i++) {
        struct cell *cells = table_row(a, facts);
        cells[0] = cell_text(a, programme_column[shown[i]].head);
        cells[1] = *table_cell(x.table, 0, (size_t)shown[i]);
    }
    return facts;
}
