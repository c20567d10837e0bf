/* write/html/page_clause: one clause: what must be shown, what shows it, what is missing. */
#include "write/html/portal_int.h"

#include "form/table/cells.h"
#include "form/table/evidence.h"

enum { CLAUSE_ROWS_MAX = 20 }; /* records of one type; the register has them all */

/* -- Control data -------------------------------------------------------------------------- */

static void add_row(struct page *pg, struct table *t, str label, struct cell value)
{
    struct cell *cells = table_row(pg->arena, t);
    cells[0] = cell_text(pg->arena, label);
    cells[1] = value;
}

/* "26 June 2026, Business continuity policy" */
static struct cell day_and_record(struct page *pg, date day, const struct record *r)
{
    if (r == NULL)
        return (struct cell){0};
    struct piece *pieces = NEW_ARRAY(pg->arena, struct piece, 2);
    pieces[0] = (struct piece){.text = date_long(pg->arena, day)};
    pieces[1] = (struct piece){.text = r->title.n != 0 ? r->title : r->id, .link = r};
    return (struct cell){.pieces = pieces, .count = 2};
}

static str demand_sentence(enum demand d)
{
    return d == DEMAND_DOCUMENTED ? S("Documented information") : S("Usual in practice");
}

static void put_facts_of_clause(struct page *pg, const struct clause_evidence *c)
{
    static const struct column columns[] = {COLUMN("field", "Field", TEXT),
                                            COLUMN("value", "Value", TEXT)};
    struct arena *a = pg->arena;
    struct table *t = table_new(a, S(""), S(""), columns, 2);
    add_row(pg, t, S("State"), evidence_state(a, pg->model, c));
    add_row(pg, t, S("Asked for"), cell_text(a, demand_sentence(c->clause->demand)));
    add_row(pg, t, S("Answers for it"), cell_record(a, c->owner));
    add_row(pg, t, S("Process"), cell_record(a, c->process));
    add_row(pg, t, S("Phase"), cell_text(a, word_for_people(a, phase_word(c->clause->phase))));
    add_row(pg, t, S("Newest evidence"), day_and_record(pg, c->day, c->newest));
    add_row(pg, t, S("Next review"), day_and_record(pg, c->review_day, c->review));
    put_fields(pg, pg->data, S("fields"), t);
}

/* What the checks of the clause found; nothing in a copy that was not judged. */
static void put_checks(struct page *pg, const struct clause *c)
{
    const struct table *t = checks_of_clause(pg->arena, pg->model, c);
    if (t->row_count == 0)
        put_nothing(pg->data, S("checks"));
    else
        put_table(pg, pg->data, S("checks"), t, NULL);
}

static void put_gaps(struct page *pg, const struct clause_evidence *c)
{
    struct items gaps = items_new(pg);
    for (size_t i = 0; i < c->gap_count && !model_is_partial(pg->model); i++)
        put_text(items_add(pg, &gaps), S("words"), c->gaps[i].words);
    put_items(pg, pg->data, S("gaps"), &gaps);
}

/* -- What shows it ------------------------------------------------------------------------- */

static void put_documents(struct page *pg, const struct clause_evidence *c)
{
    if (c->documents.count == 0)
        put_nothing(pg->data, S("documents"));
    else
        put_table(pg, pg->data, S("documents"),
                  page_first_rows(pg, evidence_documents(pg->arena, pg->model, &c->documents)),
                  NULL);
}

static void add_run(struct page *pg, struct items *runs, const struct evidence_run *run)
{
    const struct type_def *type = run->records[0]->type;
    struct tmap *m = items_add_link(pg, runs, page_link_register(pg, type), type->plural,
                                    str_fmt(pg->arena, "%zu", run->count));
    put_text(m, S("id"), str_fmt(pg->arena, "of-" STR_FMT, STR_ARG(run->id)));
    put_table(pg, m, S("content"),
              evidence_records(pg->arena, pg->model, pg->portal->registers[type->number], run),
              NULL);
}

/* One table for each type: what tells them apart is different. */
static void put_runs(struct page *pg, str name, str caption, const struct evidence_list *l)
{
    struct items runs = items_new(pg);
    for (size_t from = 0, end; from < l->count; from = end) {
        end = evidence_run_end(l, from);
        str id = str_fmt(pg->arena, STR_FMT "-" STR_FMT, STR_ARG(name),
                         STR_ARG(l->items[from]->type->key));
        struct evidence_run run = {id, caption, l->items + from, end - from, CLAUSE_ROWS_MAX};
        add_run(pg, &runs, &run);
    }
    put_items(pg, pg->data, name, &runs);
}

/* -- Lists that tell more ------------------------------------------------------------------ */

/* For a clause and what is below it. A copy has not all of them. */
static const struct {
    str clause;
    enum page_kind kind;
} more[] = {
    {S_INIT("4.3"), PAGE_SCOPE},      {S_INIT("6.3"), PAGE_CHANGE_LOG},
    {S_INIT("7.1"), PAGE_MEANS},      {S_INIT("7.2"), PAGE_TRAINING},
    {S_INIT("7.3"), PAGE_TRAINING},   {S_INIT("7.5"), PAGE_CONTROL},
    {S_INIT("8.1"), PAGE_CHANGE_LOG}, {S_INIT("8.1"), PAGE_SUPPLIERS},
    {S_INIT("8.2"), PAGE_RECOVERY},   {S_INIT("9.1"), PAGE_MEASURES},
    {S_INIT("9.2"), PAGE_AUDITS},     {S_INIT("9.2"), PAGE_SELF_ASSESSMENT},
    {S_INIT("10"), PAGE_ACTION_LOG},  {S_INIT("10"), PAGE_IMPROVEMENT},
    {S_INIT("10"), PAGE_STORY},
};

static void put_more(struct page *pg, size_t clause)
{
    struct items links = items_new(pg);
    for (size_t i = 0; i < COUNT_OF(more); i++) {
        size_t from = clause_index(more[i].clause);
        const struct page_def *def = page_def_of(more[i].kind);
        if (from != SIZE_MAX && clause >= from && clause < clause_end(from) &&
            portal_has_kind(pg->portal, more[i].kind))
            items_add_link(pg, &links, page_link(pg, def->path), def->title, S(""));
    }
    put_items(pg, pg->data, S("more"), &links);
}

/* -- The page ------------------------------------------------------------------------------ */

static void put_below(struct page *pg, size_t clause)
{
    if (clause_end(clause) == clause + 1)
        put_nothing(pg->data, S("below"));
    else
        put_table(pg, pg->data, S("below"),
                  evidence_range(pg->arena, pg->model, clause + 1, clause_end(clause)), "coverage");
}

void fill_CLAUSE(struct page *pg)
{
    size_t clause = pg->ref->clause;
    const struct clause_evidence *c = &pg->model->evidence->clauses[clause];
    bool is_chapter = c->clause->demand == DEMAND_CHAPTER;
    str number = c->clause->number;
    pg->title = str_fmt(pg->arena, STR_FMT " " STR_FMT, STR_ARG(number), STR_ARG(c->clause->title));
    put_text(pg->data, S("standard"), standard_title(c->clause->standard));
    put_text(pg->data, S("shown"), c->clause->shown);
    put_flag(pg->data, S("is_chapter"), is_chapter);
    put_below(pg, clause);
    put_gaps(pg, c);
    if (is_chapter) {
        put_nothing(pg->data, S("fields"));
    } else {
        put_facts_of_clause(pg, c);
        put_documents(pg, c);
        put_runs(pg, S("records"), S(""), &c->records);
    }
    put_more(pg, clause);
    put_checks(pg, c->clause);
    put_runs(pg, S("findings"), S("Findings against it"), &c->findings);
    put_runs(pg, S("audits"), S("Audits that looked at it"), &c->audits);
}
