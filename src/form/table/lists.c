/* form/table/lists: what the control of documents has to watch, over many records. */
#include "form/table/lists.h"

#include <assert.h>
#include <stdlib.h>

#include "form/table/audits.h"
#include "form/table/cells.h"
#include "form/table/figures.h"
#include "form/table/due.h"
#include "form/table/response.h"
#include "form/table/evidence.h"
#include "form/table/findings.h"
#include "form/table/improve.h"
#include "form/table/recovery.h"
#include "form/table/steering.h"
#include "form/table/system.h"
#include "model/classes.h"
#include "model/lifecycle.h"
#include "model/paper.h"
#include "model/readers.h"

static bool is_past(const struct model *m, date day, long long grace)
{
    return day != DATE_NONE && m->as_of != DATE_NONE && day + grace < m->as_of;
}

/* -- Numbered copies --------------------------------------------------------------------------- */

static const struct column copy_column[] = {
    COLUMN("of", "Copy of", TEXT),          COLUMN("no", "No.", NUMBER),
    COLUMN("holder", "Holder", TEXT),       COLUMN("held_by", "Held by", TEXT),
    COLUMN("place", "Place", TEXT),         COLUMN("version", "Version", CODE),
    COLUMN("issued", "Issued", DATE),       COLUMN("received", "Receipt confirmed", DATE),
    COLUMN("checked", "Checked", DATE),     COLUMN("recalled", "Recalled", DATE),
    COLUMN("destroyed", "Destroyed", DATE), COLUMN("state", "State", CHIP)};

static struct cell copy_state(struct arena *a, const struct paper *p)
{
    switch (p->state) {
    case PAPER_UNKNOWN:
        return (struct cell){0};
    case PAPER_DESTROYED:
        return cell_chip(a, S("Destroyed"), TONE_MUTED);
    case PAPER_RECALLED:
        return p->is_late ? cell_chip(a, S("Not returned"), TONE_BAD)
                          : cell_chip(a, S("Recalled"), TONE_WARN);
    case PAPER_NOT_ISSUED:
        return cell_chip(a, S("Not issued"), TONE_WARN);
    case PAPER_OUT:
        break;
    }
    if (!p->is_confirmed)
        return p->is_late ? cell_chip(a, S("Receipt overdue"), TONE_BAD)
                          : cell_chip(a, S("Receipt open"), TONE_WARN);
    return p->is_old ? cell_chip(a, S("Old version"), TONE_BAD)
                     : cell_chip(a, S("Held"), TONE_GOOD);
}

static void add_copy(struct arena *a, struct table *t, const struct record *of,
                     const struct paper *paper)
{
    const struct record *copy = paper->copy;
    const struct record *holder = rec_ref(copy, COPY_HOLDER);
    bool is_role = holder != NULL && holder->type->number == TYPE_ROLE;
    const struct record *person = is_role ? rec_ref(holder, ROLE_HOLDER) : holder;
    struct cell *cells = table_row(a, t);
    cells[0] = cell_record(a, of);
    cells[1] = cell_field(a, copy, COPY_NO);
    cells[2] = cell_field(a, copy, COPY_HOLDER);
    if (person != NULL)
        cells[3] = cell_record(a, person);
    else if (is_role && rec_lacks(holder, ROLE_HOLDER))
        cells[3] = cell_text(a, S("vacant"));
    cells[4] = cell_field(a, copy, COPY_PLACE);
    cells[5] = cell_field(a, copy, COPY_ISSUED_VERSION);
    cells[6] = cell_field(a, copy, COPY_ISSUED_ON);
    cells[7] = cell_field(a, copy, COPY_RECEIVED_ON);
    cells[8] = cell_field(a, copy, COPY_CHECKED_ON);
    cells[9] = cell_field(a, copy, COPY_RECALLED_ON);
    cells[10] = cell_field(a, copy, COPY_DESTROYED_ON);
    cells[11] = copy_state(a, paper);
}

/* Of one holder, or of all (NULL). */
static void add_copies_of(struct arena *a, const struct model *m, struct table *t,
                          const struct record *of, const struct record *holder)
{
    struct papers papers = paper_copies(a, m, of);
    for (size_t j = 0; j < papers.count; j++)
        if (holder == NULL || rec_ref(papers.items[j].copy, COPY_HOLDER) == holder)
            add_copy(a, t, of, &papers.items[j]);
}

static void add_copies(struct arena *a, const struct model *m, struct table *t, enum type_id type)
{
    const struct record_list *list = model_list(m, type);
    for (size_t i = 0; i < list->count; i++)
        add_copies_of(a, m, t, list->items[i], NULL);
}

struct table *list_copies_table(struct arena *a, str id, str caption)
{
    return table_new(a, id, caption, copy_column, COUNT_OF(copy_column));
}

/* References of one record stand together, and each is through one field. */
void list_add_copies_held(struct arena *a, const struct model *m, struct table *t,
                          const struct record *holder)
{
    const struct type_def *copy = m->schema->types[TYPE_COPY];
    for (size_t i = 0; i < holder->back_count; i++)
        if (holder->back[i].field == &copy->fields[schema_slot(copy, COPY_HOLDER)])
            add_copies_of(a, m, t, holder->back[i].from, holder);
}

const struct table *list_copies_of(struct arena *a, const struct model *m, const struct record *of)
{
    struct table *t = list_copies_table(a, S("copies"), S(""));
    add_copies_of(a, m, t, of, NULL);
    if (t->row_count == 0)
        t->note = S("No numbered copy is recorded.");
    return t;
}

static const struct table *make_copies(struct arena *a, const struct model *m)
{
    struct table *t = list_copies_table(a, S("list-copies"), S("Numbered copies"));
    add_copies(a, m, t, TYPE_BINDER);
    add_copies(a, m, t, TYPE_DOCUMENT);
    return t;
}

/* -- Acknowledgements -------------------------------------------------------------------------- */

static const struct column reader_column[] = {
    COLUMN("document", "Document", TEXT), COLUMN("version", "Version", CODE),
    COLUMN("person", "Person", TEXT),     COLUMN("role", "As", TEXT),
    COLUMN("date", "Confirmed", DATE),    COLUMN("means", "Means", TEXT),
    COLUMN("state", "State", CHIP)};

static void add_reader(struct arena *a, const struct model *m, struct table *t,
                       const struct record *r, const struct reader *reader)
{
    struct cell *cells = table_row(a, t);
    const struct record *ack = reader->acknowledgement;
    cells[0] = cell_record(a, r);
    cells[1] = cell_field(a, r, DOCUMENT_VERSION);
    cells[2] = cell_record(a, reader->person);
    cells[3] = cell_record(a, reader->role);
    if (ack != NULL) {
        cells[4] = cell_field(a, ack, ACKNOWLEDGEMENT_DATE);
        cells[5] = cell_field(a, ack, ACKNOWLEDGEMENT_MEANS);
        cells[6] = cell_chip(a, S("Confirmed"), TONE_GOOD);
    } else if (type_may_be_withheld(m, TYPE_ACKNOWLEDGEMENT)) {
        cells[6] = cell_chip(a, S("Not in this copy"), TONE_MUTED);
    } else if (is_past(m, reading_due(m, r), 0)) {
        cells[6] = cell_chip(a, S("Overdue"), TONE_BAD);
    } else {
        cells[6] = cell_chip(a, S("Open"), TONE_WARN);
    }
}

/* Nobody is asked to confirm a draft. */
static const struct table *make_readers(struct arena *a, const struct model *m)
{
    struct table *t = table_new(a, S("list-readers"), S("Reading confirmed"), reader_column,
                                COUNT_OF(reader_column));
    const struct record_list *list = model_list(m, TYPE_DOCUMENT);
    for (size_t i = 0; i < list->count; i++) {
        const struct record *r = list->items[i];
        if (r->life == NULL || !life_is_approved(r->life))
            continue;
        struct readers all = document_readers(a, m, r);
        for (size_t j = 0; j < all.count; j++)
            add_reader(a, m, t, r, &all.items[j]);
    }
    return t;
}

/* -- Disposals -------------------------------------------------------------------- */

static const struct column disposal_column[] = {
    COLUMN("what", "What", TEXT),         COLUMN("due", "Due", DATE),
    COLUMN("disposal", "How", TEXT),      COLUMN("rule", "Rule", TEXT),
    COLUMN("place", "Where it is", TEXT), COLUMN("by", "By", TEXT),
    COLUMN("state", "State", CHIP)};

static int by_due(const void *x, const void *y)
{
    const struct record *a = *(const struct record *const *)x;
    const struct record *b = *(const struct record *const *)y;
    date one = rec_date(a, DISPOSITION_DUE), other = rec_date(b, DISPOSITION_DUE);
    if (one != other)
        return one < other ? -1 : 1;
    return str_cmp_natural(a->id, b->id);
}

static void add_disposal(struct arena *a, const struct model *m, struct table *t,
                         const struct record *r)
{
    enum { SOON_DAYS = 30 };
    const struct record *rule = rec_ref(r, DISPOSITION_RULE);
    date due = rec_date(r, DISPOSITION_DUE);
    struct cell *cells = table_row(a, t);
    cells[0] = cell_link(a, r, rec_text(r, DISPOSITION_WHAT));
    cells[1] = cell_field(a, r, DISPOSITION_DUE);
    if (rule != NULL && rule->type->number == TYPE_RETENTION) {
        cells[2] = cell_field(a, rule, RETENTION_DISPOSAL);
        cells[3] = cell_record(a, rule);
        cells[4] = cell_field(a, rule, RETENTION_PLACE);
    }
    cells[5] = cell_field(a, r, DISPOSITION_BY);
    cells[6] = is_past(m, due, -1)           ? cell_chip(a, S("Due"), TONE_BAD)
               : is_past(m, due, -SOON_DAYS) ? cell_chip(a, S("Due soon"), TONE_WARN)
                                             : cell_chip(a, S("Planned"), TONE_MUTED);
}

static const struct table *make_disposals(struct arena *a, const struct model *m)
{
    struct table *t = table_new(a, S("list-disposals"), S("Records to be disposed of"),
                                disposal_column, COUNT_OF(disposal_column));
    const struct record_list *list = model_list(m, TYPE_DISPOSITION);
    const struct record **open = NEW_ARRAY(a, const struct record *, list->count + 1);
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++)
        if (!rec_has(list->items[i], DISPOSITION_DONE_ON))
            open[count++] = list->items[i];
    qsort(open, count, sizeof *open, by_due);
    for (size_t i = 0; i < count; i++)
        add_disposal(a, m, t, open[i]);
    return t;
}

/* -- External documents ----------------------------------------------------------- */

static const struct column external_column[] = {COLUMN("id", "Code", CODE),
                                                COLUMN("title", "Title", TEXT),
                                                COLUMN("source", "Issued by", TEXT),
                                                COLUMN("edition", "Edition", TEXT),
                                                COLUMN("edition_date", "Date of edition", DATE),
                                                COLUMN("checked_on", "Edition checked on", DATE),
                                                COLUMN("owner", "Owner", TEXT),
                                                COLUMN("distribution", "Distribution", TEXT),
                                                COLUMN("next_review", "Next review", DATE),
                                                COLUMN("state", "State", CHIP)};

static struct cell external_state(struct arena *a, const struct model *m, const struct record *r)
{
    enum { CHECK_DAYS = 366 }; /* once a year an issuer is asked for a newer edition */
    date checked = rec_date(r, DOCUMENT_CHECKED_ON);
    if (!rec_has(r, DOCUMENT_EDITION_DATE))
        return cell_chip(a, S("No date of edition"), TONE_BAD);
    if (checked == DATE_NONE || is_past(m, checked, CHECK_DAYS))
        return cell_chip(a, S("To be checked"), TONE_WARN);
    return cell_chip(a, S("Checked"), TONE_GOOD);
}

static const struct table *make_external(struct arena *a, const struct model *m)
{
    struct table *t = table_new(a, S("list-external"), S("External documents"), external_column,
                                COUNT_OF(external_column));
    const struct record_list *list = model_list(m, TYPE_DOCUMENT);
    for (size_t i = 0; i < list->count; i++) {
        const struct record *r = list->items[i];
        if (!str_eq(rec_text(r, DOCUMENT_KIND), S("external")))
            continue;
        struct cell *cells = table_row(a, t);
        cells[0] = cell_text(a, r->id);
        cells[1] = cell_link(a, r, r->title);
        cells[2] = cell_field(a, r, DOCUMENT_SOURCE);
        cells[3] = cell_field(a, r, DOCUMENT_EDITION);
        cells[4] = cell_field(a, r, DOCUMENT_EDITION_DATE);
        cells[5] = cell_field(a, r, DOCUMENT_CHECKED_ON);
        cells[6] = cell_field(a, r, COMMON_OWNER);
        cells[7] = cell_field(a, r, DOCUMENT_DISTRIBUTION);
        cells[8] = cell_field(a, r, COMMON_NEXT_REVIEW);
        cells[9] = external_state(a, m, r);
    }
    return t;
}

/* -- Findings of the checks ------------------------------------------------------- */

/* More are no list for anybody; the last row says how many there are. */
enum { FINDINGS_MAX = 100 * 1000 };

static void add_rest(struct arena *a, struct table *t, size_t count)
{
    struct cell *cells = table_row(a, t);
    for (size_t i = 0; i < t->column_count; i++)
        if (str_eq(t->columns[i].key, S("finding")))
            cells[i] =
                cell_text(a, str_fmt(a, "%zu more findings have no room in this list", count));
}

static const struct table *make_findings(struct arena *a, const struct model *m)
{
    size_t count = m->results->count;
    size_t shown = count < FINDINGS_MAX ? count : FINDINGS_MAX;
    struct findings_view all = {.id = S("list-check-findings"),
                                .caption = S("Findings of the checks"),
                                .list = check_run(m->results, 0, shown),
                                .columns = FINDING_ALL};
    struct table *t = findings_table(a, m, &all);
    if (count != shown)
        add_rest(a, t, count - shown);
    return t;
}

static const struct table *make_families(struct arena *a, const struct model *m)
{
    return findings_board(a, m->results, NULL);
}

/* -- Evidence ----------------------------------------------------------------------- */

static const struct table *make_evidence(struct arena *a, const struct model *m)
{
    return evidence_items(a, m, 0, clause_count());
}

static const struct table *make_questions(struct arena *a, const struct model *m)
{
    return question_table(a, m, SIZE_MAX);
}

static const struct table *make_phases(struct arena *a, const struct model *m)
{
    return phase_table(a, m, PHASE_COUNT);
}

static const struct table *make_roadmap(struct arena *a, const struct model *m)
{
    return roadmap_table(a, m, SIZE_MAX);
}

/* -- The lists -------------------------------------------------------------------- */

#define LIST(make, name, group, title, about)                                                      \
    {S_INIT(name), S_INIT(title), S_INIT(about), make, LIST_##group},
static const struct list_def list_def[] = {
#include "form/table/lists.def"
};

size_t list_count(void)
{
    return COUNT_OF(list_def);
}

const struct list_def *list_at(size_t index)
{
    assert(index < COUNT_OF(list_def));
    return &list_def[index];
}

bool list_is_there(const struct model *m, const struct list_def *l)
{
    return l->group != LIST_FINDINGS || m->results != NULL;
}

const struct list_def *list_find(str name)
{
    for (size_t i = 0; i < COUNT_OF(list_def); i++)
        if (str_eq(list_def[i].name, name))
            return &list_def[i];
    return NULL;
}

bool list_is_sheet(str name)
{
    static const str sheet[] = {S_INIT("clauses"),         S_INIT("requirements"),
                                S_INIT("questions"),       S_INIT("gate"),
                                S_INIT("phases"),          S_INIT("roadmap"),
                                S_INIT("self-assessment"), S_INIT("audit-programme"),
                                S_INIT("audit-coverage"),  S_INIT("actions"),
                                S_INIT("ageing"),          S_INIT("findings-by-source"),
                                S_INIT("story"),           S_INIT("training-matrix")};
    for (size_t i = 0; i < COUNT_OF(sheet); i++)
        if (str_eq(sheet[i], name))
            return true;
    return false;
}

const struct table *list_table(struct arena *a, const struct model *m, const struct list_def *l)
{
    assert(list_is_there(m, l));
    const struct table *t = l->make(a, m);
    if (t->row_count != 0)
        return t;
    struct table *empty = NEW(a, struct table);
    *empty = *t;
    if (empty->note.n == 0)
        empty->note = model_is_partial(m) ? S("Nothing in this copy.") : S("Nothing recorded.");
    return empty;
}
