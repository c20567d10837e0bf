/* form/table/audits/coverage: which clause was audited in which cycle, and with what result. */
#include "form/table/audits.h"

#include "base/map.h"
#include "form/table/links.h"
#include "model/actions.h"
#include "model/audits.h"
#include "model/clauses.h"
#include "model/evidence.h"
#include "model/limits.h"

/* What is known of one clause in one cycle. */
struct covered {
    struct links planned, audits;
    date last, next; /* held last; planned next, by the end of its quarter or its day */
    bool is_missed;  /* a quarter that is over names it, and no audit of the cycle has it */
    size_t open, closed;
};

struct cycle {
    const struct record *programme; /* NULL: there is none, and all audits count */
    date from, to;
};

struct making {
    struct arena *arena;
    const struct model *model;
    struct table *table;
    struct covered *clauses; /* of the cycle at hand, by place in the catalogue */
};

static bool is_in(const struct cycle *c, date day)
{
    return c->programme == NULL || (day != DATE_NONE && day >= c->from && day <= c->to);
}

static bool is_before_today(const struct making *x, date day)
{
    return day != DATE_NONE && x->model->as_of != DATE_NONE && day < x->model->as_of;
}

/* -- One cycle -------------------------------------------------------------------------------- */

static void take_plan(struct making *x, struct covered *k, date day)
{
    if (is_before_today(x, day) || day == DATE_NONE)
        return;
    if (k->next == DATE_NONE || day < k->next)
        k->next = day;
}

static void take_audit(struct making *x, const struct cycle *c, const struct record *audit)
{
    date held = rec_date(audit, AUDIT_HELD), planned = rec_date(audit, AUDIT_PLANNED);
    size_t count;
    const struct field_value *v = rec_items(audit, AUDIT_SCOPE_CLAUSES, &count);
    bool is_held = held != DATE_NONE;
    if (!rec_counts(audit) || str_eq(rec_text(audit, AUDIT_KIND), S("supplier")) ||
        !is_in(c, is_held ? held : planned))
        return;
    for (size_t i = 0; i < count; i++) {
        struct clause_range range = clause_range(v[i].text);
        for (size_t at = range.from; at < range.to; at++) {
            struct covered *k = &x->clauses[at];
            if (!is_held && rec_lacks(audit, AUDIT_HELD))
                take_plan(x, k, planned);
            if (!is_held)
                continue;
            links_add(&k->audits, audit);
            k->last = k->last == DATE_NONE || held > k->last ? held : k->last;
        }
    }
}

static void take_slot(struct making *x, const struct record *slot)
{
    struct quarter q;
    size_t count;
    const struct field_value *v = rec_items(slot, AUDIT_SLOT_CLAUSES, &count);
    str text = rec_text(slot, AUDIT_SLOT_QUARTER);
    bool is_quarter = quarter_parse(text, &q);
    for (size_t i = 0; i < count; i++) {
        struct clause_range range = clause_range(v[i].text);
        for (size_t at = range.from; at < range.to; at++) {
            struct covered *k = &x->clauses[at];
            links_text(&k->planned, text);
            bool is_done = is_quarter && k->last != DATE_NONE && k->last >= q.first;
            take_plan(x, k, is_quarter && !is_done ? q.last : DATE_NONE);
            k->is_missed |= is_quarter && is_before_today(x, q.last) && k->last == DATE_NONE;
        }
    }
}

static void take_finding(struct making *x, const struct cycle *c, const struct record *f)
{
    struct clause_range range = clause_range(rec_text(f, FINDING_CLAUSE));
    date day = rec_has(f, FINDING_DATE) ? rec_date(f, FINDING_DATE) : rec_date(f, COMMON_CREATED);
    if (!audit_finding_counts(f) || !is_in(c, day))
        return;
    for (size_t at = range.from; at < range.to; at++)
        *(finding_is_closed(x->model, f) == TRUTH_YES ? &x->clauses[at].closed
                                                      : &x->clauses[at].open) += 1;
}

/* -- Rows ------------------------------------------------------------------------------------- */

static struct cell state_of(const struct making *x, const struct covered *k)
{
    struct arena *a = x->arena;
    int months = (int)model_limit(x->model, LIMITS_AUDIT_MONTHS);
    if (k->last != DATE_NONE)
        return is_before_today(x, date_add_months(k->last, months))
                   ? cell_chip(a, S("Audited long ago"), TONE_WARN)
                   : cell_chip(a, S("Audited"), TONE_GOOD);
    if (model_is_partial(x->model))
        return cell_chip(a, S("Not in this copy"), TONE_MUTED);
    if (k->is_missed)
        return cell_chip(a, S("Planned and missed"), TONE_BAD);
    return k->next != DATE_NONE ? cell_chip(a, S("Planned"), TONE_WARN)
                                : cell_chip(a, S("Never"), TONE_BAD);
}

static void add_row(struct making *x, const struct cycle *c, size_t at)
{
    struct arena *a = x->arena;
    struct covered *k = &x->clauses[at];
    const struct clause *clause = clause_at(at);
    struct cell *cells = table_row(a, x->table);
    cells[0] = cell_text(a, clause->id);
    cells[0].sort = sort_key_natural(a, clause->id);
    cells[0].page = clause_path(a, clause);
    cells[1] = cell_text(a, clause->title);
    if (c->programme != NULL)
        cells[2] = cell_record(a, c->programme);
    cells[3] = links_cell(&k->planned);
    cells[4] = links_cell(&k->audits);
    cells[5] = cell_day(a, k->last);
    cells[6] = cell_day(a, k->next);
    cells[7] = audit_count(a, x->model, k->open);
    cells[8] = audit_count(a, x->model, k->closed);
    cells[9] = state_of(x, k);
}

static bool is_asked(const struct model *m, const struct clause *c)
{
    return c->demand != DEMAND_CHAPTER &&
           (c->standard == STANDARD_ISO_22301 || m->evidence->is_claimed[c->standard]);
}

static void start(struct making *x)
{
    for (size_t i = 0; i < clause_count(); i++)
        x->clauses[i] = (struct covered){.planned = links_in(x->arena),
                                         .audits = links_in(x->arena),
                                         .last = DATE_NONE,
                                         .next = DATE_NONE};
}

static void add_cycle(struct making *x, const struct cycle *c)
{
    const struct record_list *audits = model_list(x->model, TYPE_AUDIT);
    const struct record_list *findings = model_list(x->model, TYPE_FINDING);
    size_t slots = 0;
    const struct field_value *v =
        c->programme != NULL ? rec_items(c->programme, AUDIT_PROGRAMME_SLOTS, &slots) : NULL;
    start(x);
    for (size_t i = 0; i < audits->count; i++)
        take_audit(x, c, audits->items[i]);
    for (size_t i = 0; i < slots; i++)
        if (v[i].state == FV_PRESENT)
            take_slot(x, v[i].record);
    for (size_t i = 0; i < findings->count; i++)
        take_finding(x, c, findings->items[i]);
    for (size_t i = 0; i < clause_count(); i++)
        if (is_asked(x->model, clause_at(i)))
            add_row(x, c, i);
}

/* Its years; false: they say nothing. */
static bool cycle_of(const struct record *programme, struct cycle *c)
{
    enum { DECEMBER = 12, LAST_DAY = 31 };
    long long from = rec_int(programme, AUDIT_PROGRAMME_FROM_YEAR, 0);
    long long to = rec_int(programme, AUDIT_PROGRAMME_TO_YEAR, 0);
    if (from == 0 || to == 0 || !rec_counts(programme))
        return false;
    *c = (struct cycle){programme, date_from((struct ymd){(int)from, 1, 1}),
                        date_from((struct ymd){(int)to, DECEMBER, LAST_DAY})};
    return true;
}

const struct table *audit_coverage(struct arena *a, const struct model *m)
{
    enum { CYCLES_MAX = 20 }; /* each looks at all audits; nobody has planned for longer */
    static const struct column column[] = {
        COLUMN("clause", "Clause", CODE),     COLUMN("title", "About", TEXT),
        COLUMN("cycle", "Cycle", TEXT),       COLUMN("planned", "Planned in", TEXT),
        COLUMN("audits", "Audited by", TEXT), COLUMN("last", "Last audited", DATE),
        COLUMN("next", "Next by", DATE),      COLUMN("open", "Audit findings open", NUMBER),
        COLUMN("closed", "Closed", NUMBER),   COLUMN("state", "State", CHIP),
    };
    const struct record_list *programmes = model_list(m, TYPE_AUDIT_PROGRAMME);
    struct making x = {.arena = a,
                       .model = m,
                       .table = table_new(a, S("list-audit-coverage"), S("Clauses audited"), column,
                                          COUNT_OF(column)),
                       .clauses = NEW_ARRAY(a, struct covered, clause_count())};
    size_t cycles = 0;
    x.table->head_column = true;
    for (size_t i = programmes->count; i-- > 0;) {
        struct cycle c;
        if (cycles < CYCLES_MAX && cycle_of(programmes->items[i], &c)) {
            add_cycle(&x, &c);
            cycles++;
        }
    }
    if (cycles == 0)
        add_cycle(&x, &(struct cycle){0});
    if (cycles == CYCLES_MAX)
        x.table->note = str_fmt(a, "The newest %d programmes are shown.", CYCLES_MAX);
    return x.table;
}
