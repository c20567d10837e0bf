/* form/table/part_role: what plans, teams, call trees and documents ask of a role. */
#include "form/table/part_int.h"

#include "form/table/cells.h"

#define AS             COLUMN("as", "As", TEXT)

/* -- Decisions ---------------------------------------------------------------------------- */

static const struct decision {
    enum type_id type; /* that has the field: a record, or a part of one */
    enum field_id field;
    str word;
    enum field_id within; /* a duration of the record; FIELD_COUNT: none */
} decision[] = {
    {TYPE_THRESHOLD, THRESHOLD_DECIDED_BY, S_INIT("Declares"), THRESHOLD_CLOCK},
    {TYPE_ACTIVATION, ACTIVATION_WHO, S_INIT("Activates the plan"), FIELD_COUNT},
    {TYPE_STAND_DOWN, STAND_DOWN_WHO, S_INIT("Stands down"), FIELD_COUNT},
    {TYPE_TEAM, TEAM_ACTIVATED_BY, S_INIT("Calls in the team"), FIELD_COUNT},
    {TYPE_SERVICE, SERVICE_INVOCATION_OWNER, S_INIT("Invokes recovery of"), FIELD_COUNT},
    {TYPE_MESSAGE, MESSAGE_APPROVER, S_INIT("Releases the message"), MESSAGE_DEADLINE},
};

static void add_decision(struct part_rows *rows, const struct part_seat *seat,
                         const struct backlink *b)
{
    struct arena *a = rows->of->arena;
    for (size_t k = 0; k < COUNT_OF(decision); k++) {
        const struct decision *d = &decision[k];
        struct cell *cells =
            part_is_by(rows->of->model, b, d->type, d->field) && rec_is_live(b->from)
                ? part_row(rows, seat)
                : NULL;
        if (cells == NULL)
            continue;
        cells[0] = cell_text(a, d->word);
        cells[1] = cell_record(a, b->from);
        if (d->within != FIELD_COUNT)
            cells[2] = cell_field(a, b->from, d->within);
    }
}

void part_decisions(struct parting *p)
{
    static const struct column column[] = {AS, COLUMN("decision", "May decide", TEXT),
                                           COLUMN("what", "What", TEXT),
                                           COLUMN("within", "Within", TEXT)};
    struct part_rows rows =
        part_rows_new(p, column, COUNT_OF(column), S("decisions"), S("Decisions"));
    for (size_t s = 0; s < p->seat_count; s++)
        for (size_t i = 0; i < p->seats[s].role->back_count; i++)
            add_decision(&rows, &p->seats[s], &p->seats[s].role->back[i]);
    part_put(p, &rows, S(""));
}

/* -- Teams and plans ---------------------------------------------------------------------- */

/* The team that the role leads or belongs to by this reference; NULL: none. */
static const struct record *team_of(const struct backlink *b, bool *is_lead)
{
    const struct record *lead = backlink_by(b, TEAM_LEAD), *member = backlink_by(b, TEAM_MEMBERS);
    const struct record *team = lead != NULL ? lead : member;
    *is_lead = lead != NULL;
    return team != NULL && rec_is_live(team) ? team : NULL;
}

void part_teams(struct parting *p)
{
    static const struct column column[] = {AS,
                                           COLUMN("team", "Team", TEXT),
                                           COLUMN("part", "Part", TEXT),
                                           COLUMN("meets", "Meets at", TEXT),
                                           COLUMN("else", "Or at", TEXT),
                                           COLUMN("virtual", "Or online", TEXT)};
    struct part_rows rows = part_rows_new(p, column, COUNT_OF(column), S("teams"), S("Teams"));
    for (size_t s = 0; s < p->seat_count; s++)
        for (size_t i = 0; i < p->seats[s].role->back_count; i++) {
            bool is_lead;
            const struct record *team = team_of(&p->seats[s].role->back[i], &is_lead);
            struct cell *cells = team != NULL ? part_row(&rows, &p->seats[s]) : NULL;
            if (cells == NULL)
                continue;
            cells[0] = cell_record(p->arena, team);
            cells[1] = cell_text(p->arena, is_lead ? S("Leads") : S("Member"));
            cells[2] = cell_field(p->arena, team, TEAM_MEETING_PRIMARY);
            cells[3] = cell_field(p->arena, team, TEAM_MEETING_ALTERNATE);
            cells[4] = cell_field(p->arena, team, TEAM_MEETING_VIRTUAL);
        }
    part_put(p, &rows, S(""));
}

/* Each plan once for each role, with the first reason. */
struct plan_rows {
    struct part_rows rows;
    struct map seen;
};

static void add_plan(struct plan_rows *r, const struct part_seat *seat, const struct record *plan,
                     struct cell through)
{
    struct arena *a = r->rows.of->arena;
    str key = str_fmt(a, "%zu %zu", seat->role->number, plan->number);
    if (!rec_is_live(plan) || map_put(&r->seen, key, (void *)plan) != NULL)
        return;
    struct cell *cells = part_row(&r->rows, seat);
    if (cells == NULL)
        return;
    cells[0] = cell_record(a, plan);
    cells[1] = cell_field(a, plan, PLAN_KIND);
    cells[2] = cell_field(a, plan, PLAN_DOCUMENT);
    cells[3] = through;
}

static void add_plans_by(struct plan_rows *r, const struct part_seat *seat,
                         const struct backlink *b)
{
    struct arena *a = r->rows.of->arena;
    bool is_lead;
    const struct record *task = backlink_by(b, TASK_DONE_BY), *team = team_of(b, &is_lead);
    const struct record *plan =
        task != NULL && rec_is_live(task) ? rec_ref_to(task, TASK_PLAN, TYPE_PLAN) : NULL;
    if (part_is_by(r->rows.of->model, b, TYPE_ACTIVATION, ACTIVATION_WHO))
        add_plan(r, seat, b->from, cell_text(a, S("May activate it")));
    if (plan != NULL)
        add_plan(r, seat, plan, cell_text(a, S("Has tasks in it")));
    for (size_t i = 0; team != NULL && i < team->back_count; i++) {
        const struct record *of_team = backlink_by(&team->back[i], PLAN_TEAMS);
        if (of_team != NULL)
            add_plan(r, seat, of_team, cell_record(a, team));
    }
}

void part_plans(struct parting *p)
{
    static const struct column column[] = {
        AS, COLUMN("plan", "Plan", TEXT), COLUMN("kind", "Kind", TEXT),
        COLUMN("document", "Text", TEXT), COLUMN("through", "Because", TEXT)};
    struct plan_rows r = {part_rows_new(p, column, COUNT_OF(column), S("plans"), S("Plans")),
                          map_in(p->arena)};
    for (size_t s = 0; s < p->seat_count; s++)
        for (size_t i = 0; i < p->seats[s].role->back_count; i++)
            add_plans_by(&r, &p->seats[s], &p->seats[s].role->back[i]);
    part_put(p, &r.rows, S(""));
}

void part_tasks(struct parting *p)
{
    static const struct column column[] = {
        AS, COLUMN("plan", "Plan", TEXT), COLUMN("no", "No.", NUMBER), COLUMN("task", "Task", TEXT),
        COLUMN("takes", "Takes", TEXT)};
    struct part_rows rows =
        part_rows_new(p, column, COUNT_OF(column), S("tasks"), S("Tasks in plans"));
    for (size_t s = 0; s < p->seat_count; s++)
        for (size_t i = 0; i < p->seats[s].role->back_count; i++) {
            const struct record *task = backlink_by(&p->seats[s].role->back[i], TASK_DONE_BY);
            bool is_done = task != NULL && rec_is_live(task);
            struct cell *cells = is_done ? part_row(&rows, &p->seats[s]) : NULL;
            if (cells == NULL)
                continue;
            cells[0] = cell_field(p->arena, task, TASK_PLAN);
            cells[1] = cell_field(p->arena, task, TASK_NO);
            cells[2] = cell_link(p->arena, task, rec_text(task, TASK_TEXT));
            cells[3] = cell_field(p->arena, task, TASK_DURATION);
        }
    part_put(p, &rows, S(""));
}

/* -- Call trees --------------------------------------------------------------------------- */

struct names {
    struct piece *items;
    size_t count, cap;
};

static void add_name(struct arena *a, struct names *n, const struct record *r)
{
    if (r != NULL)
        PUSH(a, n->items, n->count, n->cap, struct piece) =
            (struct piece){.text = r->title, .link = r};
}

/* Who calls the role, and whom it calls. */
static void take_calls(struct arena *a, const struct record *tree, const struct record *role,
                       struct names *from, struct names *to)
{
    size_t count;
    const struct field_value *edges = rec_items(tree, CALL_TREE_EDGES, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *call = field_target(&edges[i]);
        size_t callees;
        if (call == NULL)
            continue;
        const struct field_value *v = rec_items(call, CALL_CALLEES, &callees);
        const struct record *caller = rec_ref(call, CALL_CALLER);
        for (size_t k = 0; k < callees; k++) {
            const struct record *callee = field_target(&v[k]);
            if (caller == role)
                add_name(a, to, callee);
            if (callee == role)
                add_name(a, from, caller);
        }
    }
}

static void add_calls(struct part_rows *rows, const struct part_seat *seat,
                      const struct record *tree)
{
    struct arena *a = rows->of->arena;
    struct names from = {0}, to = {0};
    struct cell *cells = part_row(rows, seat);
    if (cells == NULL)
        return;
    take_calls(a, tree, seat->role, &from, &to);
    cells[0] = cell_record(a, tree);
    cells[1] = (struct cell){.pieces = from.items, .count = from.count};
    if (rec_ref(tree, CALL_TREE_ROOT) == seat->role)
        cells[1] = cell_text(a, S("begins the calls"));
    cells[2] = (struct cell){.pieces = to.items, .count = to.count};
    cells[3] = cell_field(a, tree, CALL_TREE_NO_ANSWER);
}

/* References of one record stand together. */
void part_calls(struct parting *p)
{
    static const struct column column[] = {
        AS, COLUMN("tree", "Call tree", TEXT), COLUMN("from", "Called by", TEXT),
        COLUMN("to", "Calls", TEXT), COLUMN("else", "If nobody answers", TEXT)};
    struct part_rows rows = part_rows_new(p, column, COUNT_OF(column), S("calls"), S("Calls"));
    for (size_t s = 0; s < p->seat_count; s++) {
        const struct record *role = p->seats[s].role, *last = NULL;
        for (size_t i = 0; i < role->back_count; i++) {
            const struct record *tree = role->back[i].from;
            if (tree->type->number == TYPE_CALL_TREE && tree != last && rec_is_live(tree) &&
                !part_is_by(p->model, &role->back[i], TYPE_CALL_TREE, COMMON_OWNER)) {
                add_calls(&rows, &p->seats[s], tree);
                last = tree;
            }
        }
    }
    part_put(p, &rows, S(""));
}

/* -- RACI --------------------------------------------------------------------------------- */

void part_raci(struct parting *p)
{
    static const struct column column[] = {AS, COLUMN("activity", "Activity", TEXT),
                                           COLUMN("part", "Part", TEXT),
                                           COLUMN("process", "Process", TEXT)};
    static const struct {
        enum field_id field;
        str word;
    } letter[] = {{RACI_RESPONSIBLE, S_INIT("Responsible")},
                  {RACI_ACCOUNTABLE, S_INIT("Accountable")},
                  {RACI_CONSULTED, S_INIT("Consulted")},
                  {RACI_INFORMED, S_INIT("Informed")}};
    struct part_rows rows =
        part_rows_new(p, column, COUNT_OF(column), S("raci"), S("Responsibilities (RACI)"));
    for (size_t s = 0; s < p->seat_count && !p->seats[s].is_deputy; s++)
        for (size_t i = 0; i < p->seats[s].role->back_count; i++)
            for (size_t k = 0; k < COUNT_OF(letter); k++) {
                const struct record *row = backlink_by(&p->seats[s].role->back[i], letter[k].field);
                struct cell *cells =
                    row != NULL && rec_is_live(row) ? part_row(&rows, &p->seats[s]) : NULL;
                if (cells == NULL)
                    continue;
                cells[0] = cell_link(p->arena, row, rec_text(row, RACI_ACTIVITY));
                cells[1] = cell_text(p->arena, letter[k].word);
                cells[2] = cell_field(p->arena, row, RACI_PROCESS);
            }
    part_put(p, &rows, S(""));
}

/* -- Documents ---------------------------------------------------------------------------- */

struct documents {
    struct part_rows rows;
    struct map seen; /* role and document → what the role is to it, in words */
    struct paper {
        const struct part_seat *seat;
        const struct record *document;
        struct names words;
    } * items;
    size_t count, cap;
};

static void add_document(struct documents *d, const struct part_seat *seat,
                         const struct record *document, str word)
{
    struct arena *a = d->rows.of->arena;
    str key = str_fmt(a, "%zu %zu", seat->role->number, document->number);
    if (rec_is_over(document) || document->is_later)
        return;
    size_t *place = map_find(&d->seen, key);
    if (place == NULL) {
        place = NEW(a, size_t);
        *place = d->count;
        map_put(&d->seen, key, place);
        PUSH(a, d->items, d->count, d->cap, struct paper) = (struct paper){seat, document, {0}};
    }
    struct names *words = &d->items[*place].words;
    PUSH(a, words->items, words->count, words->cap, struct piece) = (struct piece){.text = word};
}

static void add_documents_by(struct documents *d, const struct part_seat *seat,
                             const struct backlink *b)
{
    static const struct {
        enum field_id field;
        str word;
    } part[] = {{COMMON_OWNER, S_INIT("owns")},
                {DOCUMENT_APPROVER, S_INIT("approves")},
                {DOCUMENT_PREPARED_BY, S_INIT("prepares")},
                {DOCUMENT_REVIEWED_BY, S_INIT("reviews")},
                {DOCUMENT_DISTRIBUTION, S_INIT("reads")}};
    bool is_lead;
    const struct record *team = team_of(b, &is_lead);
    for (size_t k = 0; b->from->type->number == TYPE_DOCUMENT && k < COUNT_OF(part); k++)
        if (backlink_by(b, part[k].field) != NULL)
            add_document(d, seat, b->from, part[k].word);
    for (size_t i = 0; team != NULL && i < team->back_count; i++) {
        const struct record *document = backlink_by(&team->back[i], DOCUMENT_DISTRIBUTION);
        if (document != NULL)
            add_document(d, seat, document,
                         str_fmt(d->rows.of->arena, "reads, in " STR_FMT, STR_ARG(team->title)));
    }
}

void part_documents(struct parting *p)
{
    static const struct column column[] = {
        AS, COLUMN("document", "Document", TEXT), COLUMN("version", "Version", CODE),
        COLUMN("status", "Status", CHIP), COLUMN("part", "Part", TEXT)};
    struct documents d = {
        .rows = part_rows_new(p, column, COUNT_OF(column), S("documents"), S("Documents")),
        .seen = map_in(p->arena)};
    for (size_t s = 0; s < p->seat_count && !p->seats[s].is_deputy; s++)
        for (size_t i = 0; i < p->seats[s].role->back_count; i++)
            add_documents_by(&d, &p->seats[s], &p->seats[s].role->back[i]);
    for (size_t i = 0; i < d.count; i++) {
        struct cell *cells = part_row(&d.rows, d.items[i].seat);
        if (cells == NULL)
            continue;
        cells[0] = cell_record(p->arena, d.items[i].document);
        cells[1] = cell_field(p->arena, d.items[i].document, DOCUMENT_VERSION);
        cells[2] = cell_field(p->arena, d.items[i].document, DOCUMENT_STATUS);
        cells[3] = (struct cell){.pieces = d.items[i].words.items, .count = d.items[i].words.count};
    }
    part_put(p, &d.rows, S("What is owned, approved, prepared, reviewed and to be read."));
}
