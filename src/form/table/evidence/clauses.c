/* form/table/evidence/clauses: by clause, what shows it. */
#include "form/table/evidence.h"

#include <stdlib.h>

#include "form/table/cells.h"

/* -- State --------------------------------------------------------------------------------- */

static struct cell chip_of_gap(struct arena *a, enum gap_kind worst)
{
    switch (worst) {
    case GAP_NOTHING:
        return cell_chip(a, S("Nothing"), TONE_BAD);
    case GAP_DRAFTS:
        return cell_chip(a, S("Drafts only"), TONE_BAD);
    case GAP_TYPE:
        return cell_chip(a, S("In part"), TONE_WARN);
    case GAP_OLD:
        return cell_chip(a, S("Old"), TONE_WARN);
    default:
        return cell_chip(a, S("No owner"), TONE_WARN);
    }
}

/* The first gap is the worst. A copy can only tell what it holds. */
struct cell evidence_state(struct arena *a, const struct model *m, const struct clause_evidence *c)
{
    bool is_there = c->documents.count + c->records.count != 0;
    if (model_is_partial(m))
        return cell_chip(a, is_there ? S("In this copy") : S("Not in this copy"), TONE_MUTED);
    return c->gap_count == 0 ? cell_chip(a, S("Shown"), TONE_GOOD)
                             : chip_of_gap(a, c->gaps[0].kind);
}

str evidence_gaps(struct arena *a, const struct model *m, const struct clause_evidence *c)
{
    if (model_is_partial(m))
        return S("");
    str *words = NEW_ARRAY(a, str, c->gap_count + 1);
    for (size_t i = 0; i < c->gap_count; i++)
        words[i] = c->gaps[i].words;
    return str_join(a, words, c->gap_count, S("; "));
}

/* -- The matrix ---------------------------------------------------------------------------- */

static const struct column matrix_column[] = {
    COLUMN("clause", "Clause", CODE),     COLUMN("title", "About", TEXT),
    COLUMN("demand", "Asked for", TEXT),  COLUMN("documents", "Documents", NUMBER),
    COLUMN("records", "Records", NUMBER), COLUMN("newest", "Newest", DATE),
    COLUMN("newest_in", "In", TEXT),      COLUMN("owner", "Answers for it", TEXT),
    COLUMN("state", "State", CHIP),       COLUMN("gaps", "Gaps", TEXT)};

static struct cell cell_of_clause(struct arena *a, const struct clause *c)
{
    struct cell cell = cell_text(a, c->id);
    cell.sort = sort_key_natural(a, c->id);
    cell.page = clause_path(a, c);
    return cell;
}

static str demand_for_people(enum demand d)
{
    return d == DEMAND_DOCUMENTED ? S("Documented") : S("Usual");
}

static void add_clause(struct arena *a, const struct model *m, struct table *t,
                       const struct clause_evidence *c)
{
    struct cell *cells = table_row(a, t);
    cells[0] = cell_of_clause(a, c->clause);
    cells[1] = cell_text(a, c->clause->title);
    cells[2] = cell_text(a, demand_for_people(c->clause->demand));
    cells[3] = cell_count(a, c->documents_count);
    cells[4] = cell_count(a, c->records_count);
    cells[5] = cell_day(a, c->day);
    cells[6] = cell_record(a, c->newest);
    cells[7] = cell_record(a, c->owner);
    cells[8] = evidence_state(a, m, c);
    cells[9] = cell_text(a, evidence_gaps(a, m, c));
}

/* Numbers that records name and no clause has. */
static str unknown_numbers(struct arena *a, const struct evidence *e)
{
    struct buf out = buf_in(a, 128);
    for (size_t i = 0; i < e->unknown_count; i++)
        buf_fmt(&out, "%s" STR_FMT " (" STR_FMT "%s)", i == 0 ? "" : ", ",
                STR_ARG(e->unknown[i].number), STR_ARG(e->unknown[i].first->id),
                e->unknown[i].count > 1 ? " and others" : "");
    return buf_str(&out);
}

static struct table *matrix_of(struct arena *a, const struct model *m, size_t from, size_t to)
{
    struct table *t = table_new(a, S("list-clauses"), S("Evidence by clause"), matrix_column,
                                COUNT_OF(matrix_column));
    t->head_column = true;
    for (size_t i = from; i < to; i++)
        if (clause_at(i)->demand != DEMAND_CHAPTER)
            add_clause(a, m, t, &m->evidence->clauses[i]);
    return t;
}

const struct table *evidence_matrix(struct arena *a, const struct model *m)
{
    struct table *t = matrix_of(a, m, 0, clause_count());
    if (m->evidence->unknown_count != 0)
        t->note = str_fmt(a, "Not counted, since no clause has the number: " STR_FMT ".",
                          STR_ARG(unknown_numbers(a, m->evidence)));
    return t;
}

const struct table *evidence_range(struct arena *a, const struct model *m, size_t from, size_t to)
{
    return matrix_of(a, m, from, to);
}

const struct table *evidence_brief(struct arena *a, const struct model *m, size_t from, size_t to)
{
    static const size_t kept[] = {0, 1, 5, 7, 8, 9};
    const struct table *whole = matrix_of(a, m, from, to);
    struct table *t = table_pick(a, whole, S("coverage"), kept, COUNT_OF(kept));
    t->caption = whole->caption;
    t->head_column = true;
    return t;
}

/* -- Documents and records of all ---------------------------------------------------------- */

static const struct column item_column[] = {
    COLUMN("clause", "Clause", CODE), COLUMN("id", "ID", CODE),
    COLUMN("title", "Title", TEXT),   COLUMN("type", "Kind", TEXT),
    COLUMN("owner", "Owner", TEXT),   COLUMN("day", "Newest day", DATE),
    COLUMN("counts", "Counts", TEXT)};

static struct cell owner_of(struct arena *a, const struct record *r)
{
    return cell_record(a, rec_ref(r, COMMON_OWNER));
}

static void add_item(struct arena *a, const struct model *m, struct table *t,
                     const struct clause *c, const struct record *r)
{
    struct standing s = evidence_standing(m, r);
    struct cell *cells = table_row(a, t);
    cells[0] = cell_of_clause(a, c);
    cells[1] = cell_text(a, r->id);
    cells[2] = cell_link(a, r, r->title);
    cells[3] = cell_text(a, r->type->singular);
    cells[4] = owner_of(a, r);
    cells[5] = cell_day(a, s.counts ? s.day : DATE_NONE);
    cells[6] = cell_text(a, s.counts ? S("yes") : S("not yet"));
}

const struct table *evidence_items(struct arena *a, const struct model *m, size_t from, size_t to)
{
    struct table *t = table_new(a, S("list-evidence"), S("Documents and records by clause"),
                                item_column, COUNT_OF(item_column));
    for (size_t i = from; i < to; i++) {
        const struct clause_evidence *c = &m->evidence->clauses[i];
        if (c->clause->demand == DEMAND_CHAPTER)
            continue;
        for (size_t j = 0; j < c->documents.count; j++)
            add_item(a, m, t, c->clause, c->documents.items[j]);
        for (size_t j = 0; j < c->records.count; j++)
            add_item(a, m, t, c->clause, c->records.items[j]);
    }
    return t;
}

/* -- Of one clause ------------------------------------------------------------------------- */

struct shown {
    const struct record *record;
    struct standing standing;
};

/* What counts, the newest first; then what does not count yet. */
static int newest_first(const void *one, const void *other)
{
    const struct shown *x = one, *y = other;
    if (x->standing.counts != y->standing.counts)
        return x->standing.counts ? -1 : 1;
    if (x->standing.day != y->standing.day)
        return x->standing.day > y->standing.day ? -1 : 1;
    return str_cmp_natural(x->record->id, y->record->id);
}

static struct shown *in_order(struct arena *a, const struct model *m,
                              const struct record *const *records, size_t count)
{
    struct shown *all = NEW_ARRAY(a, struct shown, count + 1);
    for (size_t i = 0; i < count; i++)
        all[i] = (struct shown){records[i], evidence_standing(m, records[i])};
    qsort(all, count, sizeof *all, newest_first);
    return all;
}

static const struct column document_column[] = {COLUMN("id", "Code", CODE),
                                                COLUMN("title", "Title", TEXT),
                                                COLUMN("version", "Version", CODE),
                                                COLUMN("status", "Status", CHIP),
                                                COLUMN("owner", "Owner", TEXT),
                                                COLUMN("day", "Approved or reviewed", DATE),
                                                COLUMN("next_review", "Next review", DATE)};

const struct table *evidence_documents(struct arena *a, const struct model *m,
                                       const struct evidence_list *l)
{
    const struct shown *shown = in_order(a, m, l->items, l->count);
    struct table *t = table_new(a, S("clause-documents"), S("Documents"), document_column,
                                COUNT_OF(document_column));
    t->head_column = true;
    for (size_t i = 0; i < l->count; i++) {
        const struct record *r = shown[i].record;
        struct cell *cells = table_row(a, t);
        cells[0] = cell_text(a, r->id);
        cells[1] = cell_record(a, r);
        cells[2] = cell_field(a, r, DOCUMENT_VERSION);
        cells[3] = cell_field(a, r, DOCUMENT_STATUS);
        cells[4] = owner_of(a, r);
        cells[5] = cell_day(a, shown[i].standing.day);
        cells[6] = cell_field(a, r, COMMON_NEXT_REVIEW);
    }
    return t;
}

size_t evidence_run_end(const struct evidence_list *l, size_t from)
{
    size_t end = from;
    while (end < l->count && l->items[end]->type == l->items[from]->type)
        end++;
    return end;
}

/* The few columns of the register that tell them apart, and the day. */
const struct table *evidence_records(struct arena *a, const struct model *m,
                                     const struct register_view *v, const struct evidence_run *run)
{
    const struct shown *shown = in_order(a, m, run->records, run->count);
    size_t rows = run->count < run->rows_max ? run->count : run->rows_max;
    const struct record **newest = NEW_ARRAY(a, const struct record *, rows + 1);
    str *days = NEW_ARRAY(a, str, rows + 1);
    for (size_t i = 0; i < rows; i++) {
        newest[i] = shown[i].record;
        days[i] = shown[i].standing.counts ? date_long(a, shown[i].standing.day) : S("not yet");
    }
    struct table *t = register_brief(a, v, newest, rows, days);
    t->columns[t->column_count - 1] = (struct column)COLUMN("day", "Newest day", DATE);
    t->id = run->id;
    if (run->caption.n != 0)
        t->caption = run->caption;
    if (rows < run->count)
        t->note = str_fmt(a, "The newest %zu of %zu are shown.", rows, run->count);
    return t;
}
