/* form/table/evidence/requirements: from a requirement to what is done for it, and its review. */
#include "form/table/evidence.h"

#include "form/table/cells.h"

enum { CONTROLS_MAX = 4 }; /* shown in a cell; the data has them all */

static const struct column column[] = {
    COLUMN("requirement", "Requirement", CODE),  COLUMN("about", "It asks", TEXT),
    COLUMN("control", "Done for it", TEXT),      COLUMN("owner", "Owner", TEXT),
    COLUMN("evidence", "Newest evidence", TEXT), COLUMN("day", "Of", DATE),
    COLUMN("review", "Next review", DATE),       COLUMN("state", "State", CHIP)};

/* -- Controls ------------------------------------------------------------------------------ */

/* Records on their way into one cell. */
struct controls {
    struct arena *arena;
    struct piece *pieces;
    size_t count, cap;
    struct buf data;
    size_t all;
    const struct record *last;
};

static struct controls controls_in(struct arena *a)
{
    return (struct controls){.arena = a, .data = buf_in(a, 64)};
}

/* Once, though it may lead there through several of its fields. */
static void add_control(struct controls *c, const struct record *r)
{
    if (r == c->last)
        return;
    c->last = r;
    buf_add(&c->data, c->all == 0 ? S("") : S(", "));
    buf_add(&c->data, r->id);
    if (c->all++ < CONTROLS_MAX)
        PUSH(c->arena, c->pieces, c->count, c->cap, struct piece) =
            (struct piece){.text = r->title.n != 0 ? r->title : r->id, .link = r};
}

static struct cell cell_of_controls(struct controls *c)
{
    if (c->all > CONTROLS_MAX)
        PUSH(c->arena, c->pieces, c->count, c->cap, struct piece) =
            (struct piece){.text = str_fmt(c->arena, "and %zu more", c->all - CONTROLS_MAX)};
    return (struct cell){.pieces = c->pieces, .count = c->count, .data = buf_str(&c->data)};
}

/* -- Clauses ------------------------------------------------------------------------------- */

/* The process that answers for it, then the documents in force. */
static struct cell controls_of_clause(struct arena *a, const struct model *m,
                                      const struct clause_evidence *c)
{
    struct controls controls = controls_in(a);
    if (c->process != NULL)
        add_control(&controls, c->process);
    for (size_t i = 0; i < c->documents.count; i++)
        if (evidence_standing(m, c->documents.items[i]).counts)
            add_control(&controls, c->documents.items[i]);
    return cell_of_controls(&controls);
}

static void add_clause(struct arena *a, const struct model *m, struct table *t,
                       const struct clause_evidence *c)
{
    struct cell *cells = table_row(a, t);
    cells[0] = cell_text(a, c->clause->id);
    cells[0].page = clause_path(a, c->clause);
    cells[0].sort = sort_key_natural(a, c->clause->id);
    cells[1] = cell_text(a, c->clause->title);
    cells[2] = controls_of_clause(a, m, c);
    cells[3] = cell_record(a, c->owner);
    cells[4] = cell_record(a, c->newest);
    cells[5] = cell_day(a, c->day);
    cells[6] = cell_day(a, c->review_day);
    cells[7] = evidence_state(a, m, c);
}

/* -- Obligations --------------------------------------------------------------------------- */

static bool is_control(const struct model *m, const struct record *r)
{
    size_t type = r->type->number;
    if (type == TYPE_DOCUMENT)
        return evidence_standing(m, r).counts;
    return type == TYPE_MESSAGE || type == TYPE_PLAN || type == TYPE_PROCESS ||
           type == TYPE_STRATEGY;
}

/* What names the duty, and the plans to which the duty itself leads. */
static struct cell controls_of_obligation(struct arena *a, const struct model *m,
                                          const struct record *r)
{
    struct controls controls = controls_in(a);
    size_t count;
    const struct field_value *v = rec_items(r, OBLIGATION_APPLIES_TO, &count);
    for (size_t i = 0; i < r->back_count; i++)
        if (is_control(m, r->back[i].from))
            add_control(&controls, r->back[i].from);
    for (size_t i = 0; i < count; i++)
        if (field_target(&v[i]) != NULL && is_control(m, v[i].record))
            add_control(&controls, v[i].record);
    return cell_of_controls(&controls);
}

static bool is_deed(const struct record *r)
{
    size_t type = r->type->number;
    return type == TYPE_INCIDENT || type == TYPE_EVALUATION || type == TYPE_AUDIT ||
           type == TYPE_EXERCISE || type == TYPE_MEETING;
}

/* Of the duty itself, when somebody looked at it, and of what was done for it. */
static struct evidence_fact newest_of_obligation(const struct model *m, const struct record *r)
{
    struct evidence_fact fact = {.newest = r, .day = evidence_standing(m, r).day};
    for (size_t i = 0; i < r->back_count; i++) {
        const struct record *from = r->back[i].from;
        struct standing s = evidence_standing(m, from);
        if (!is_deed(from) || !s.counts || s.day == DATE_NONE ||
            (fact.day != DATE_NONE && s.day <= fact.day))
            continue;
        fact.newest = from;
        fact.day = s.day;
    }
    return fact;
}

static void add_obligation(struct arena *a, const struct model *m, struct table *t,
                           const struct record *r)
{
    struct evidence_fact fact = newest_of_obligation(m, r);
    struct cell *cells = table_row(a, t);
    cells[0] = cell_link(a, r, r->id);
    cells[0].sort = sort_key_natural(a, r->id);
    cells[1] = cell_text(a, r->title);
    cells[2] = controls_of_obligation(a, m, r);
    cells[3] = cell_record(a, rec_ref(r, COMMON_OWNER));
    if (fact.day != DATE_NONE)
        cells[4] = cell_record(a, fact.newest);
    cells[5] = cell_day(a, fact.day);
    cells[6] = cell_field(a, r, COMMON_NEXT_REVIEW);
    cells[7] = cell_field(a, r, OBLIGATION_COMPLIANCE);
}

static struct table *new_table(struct arena *a, str id, str caption)
{
    struct table *t = table_new(a, id, caption, column, COUNT_OF(column));
    t->head_column = true;
    return t;
}

static void add_clauses(struct arena *a, const struct model *m, struct table *t)
{
    for (size_t i = 0; i < clause_count(); i++)
        if (clause_at(i)->demand != DEMAND_CHAPTER)
            add_clause(a, m, t, &m->evidence->clauses[i]);
}

static void add_obligations(struct arena *a, const struct model *m, struct table *t)
{
    const struct record_list *list = model_list(m, TYPE_OBLIGATION);
    for (size_t i = 0; i < list->count; i++)
        add_obligation(a, m, t, list->items[i]);
}

const struct table *requirements_table(struct arena *a, const struct model *m)
{
    struct table *t = new_table(a, S("list-requirements"), S("From requirement to review"));
    add_clauses(a, m, t);
    add_obligations(a, m, t);
    return t;
}

const struct table *requirements_of_standards(struct arena *a, const struct model *m)
{
    struct table *t = new_table(a, S("requirements-clauses"), S("What the standards ask"));
    add_clauses(a, m, t);
    return t;
}

const struct table *requirements_of_law(struct arena *a, const struct model *m)
{
    struct table *t =
        new_table(a, S("requirements-duties"), S("What law, supervision and contracts ask"));
    add_obligations(a, m, t);
    return t;
}
