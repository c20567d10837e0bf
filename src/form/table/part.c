/* form/table/part: all that one role or person owns, owes and must know. */
#include "form/table/part_int.h"

#include "base/path.h"
#include "form/table/cells.h"
#include "form/table/due.h"
#include "form/table/findings.h"
#include "form/table/lists.h"
#include "form/table/system.h"
#include "model/actions.h"

#define AS             COLUMN("as", "As", TEXT)

struct parts {
    const struct model *model;
    const struct learning *learning;
};

/* -- Sections ----------------------------------------------------------------------------- */

struct part_rows part_rows_new(const struct parting *p, const struct column *columns, size_t count,
                               str id, str heading)
{
    size_t skip = p->is_person ? 0 : 1;
    return (struct part_rows){
        .of = p, .table = table_new(p->arena, id, heading, columns + skip, count - skip)};
}

struct cell *part_row(struct part_rows *rows, const struct part_seat *seat)
{
    struct arena *a = rows->of->arena;
    if (rows->table->row_count == PART_ROWS_MAX) {
        rows->left_out++;
        return NULL;
    }
    struct cell *cells = table_row(a, rows->table);
    if (!rows->of->is_person)
        return cells;
    cells[0] = seat->is_deputy
                   ? cell_link(a, seat->role,
                               str_fmt(a, STR_FMT ", as deputy", STR_ARG(seat->role->title)))
                   : cell_record(a, seat->role);
    return cells + 1;
}

static void put(struct parting *p, struct table *t, str about, bool is_fields)
{
    str id = t->id; /* the heading has it */
    t->id = str_fmt(p->arena, "part-" STR_FMT, STR_ARG(id));
    if (t->row_count != 0 && p->part->count < PART_SECTIONS_MAX)
        p->part->items[p->part->count++] =
            (struct part_section){id, t->caption, about, t, is_fields};
}

void part_put_table(struct parting *p, struct table *t, str about)
{
    put(p, t, about, false);
}

void part_put(struct parting *p, struct part_rows *rows, str about)
{
    if (rows->left_out != 0)
        rows->table->note = str_fmt(p->arena, "%zu more are in the registers.", rows->left_out);
    put(p, rows->table, about, false);
}

bool part_is_by(const struct model *m, const struct backlink *b, enum type_id type,
                enum field_id field)
{
    const struct type_def *t = m->schema->types[type];
    return b->field == &t->fields[schema_slot(t, field)];
}

/* -- Who it is ---------------------------------------------------------------------------- */

static void add_label(struct parting *p, struct table *t, const char *label, struct cell value)
{
    if (value.count == 0)
        return;
    struct cell *cells = table_row(p->arena, t);
    cells[0] = cell_text(p->arena, str_from(label));
    cells[1] = value;
}

static void add_field(struct parting *p, struct table *t, enum field_id field)
{
    const struct type_def *type = p->who->type;
    size_t slot = schema_slot(type, field);
    add_label(p, t, str_c(p->arena, type->fields[slot].heading),
              cell_of_field(p->arena, p->who, slot, CELL_WHOLE));
}

/* Roles that report to this one, or that a person is in. */
static struct cell links_by(struct parting *p, enum field_id field)
{
    struct piece *pieces = NEW_ARRAY(p->arena, struct piece, p->who->back_count + 1);
    struct cell c = {.pieces = pieces};
    for (size_t i = 0; i < p->who->back_count; i++) {
        const struct record *from = backlink_by(&p->who->back[i], field);
        if (from != NULL && rec_is_live(from))
            pieces[c.count++] = (struct piece){.text = from->title, .link = from};
    }
    return c;
}

static void part_about(struct parting *p)
{
    static const struct column column[] = {COLUMN("field", "", TEXT), COLUMN("value", "", TEXT)};
    static const enum field_id of_role[] = {ROLE_HOLDER,     ROLE_HOLDER_SINCE, ROLE_DEPUTIES,
                                            ROLE_REPORTS_TO, ROLE_AUTHORITY,    ROLE_DECISION_ROLE,
                                            ROLE_BCMS_PART,  ROLE_TIME};
    static const enum field_id of_person[] = {PERSON_JOB, PERSON_UNIT, PERSON_SITE};
    struct table *t = table_new(p->arena, S("about"), S("In short"), column, 2);
    t->head_column = true;
    if (p->is_person) {
        add_label(p, t, "Holds", links_by(p, ROLE_HOLDER));
        add_label(p, t, "Deputy of", links_by(p, ROLE_DEPUTIES));
        for (size_t i = 0; i < COUNT_OF(of_person); i++)
            add_field(p, t, of_person[i]);
    } else {
        if (rec_lacks(p->who, ROLE_HOLDER))
            add_label(p, t, "Holder", cell_text(p->arena, S("vacant")));
        for (size_t i = 0; i < COUNT_OF(of_role); i++)
            add_field(p, t, of_role[i]);
        add_label(p, t, "To it report", links_by(p, ROLE_REPORTS_TO));
    }
    put(p, t, S(""), true);
}

static void part_duties(struct parting *p)
{
    static const struct column column[] = {AS, COLUMN("duty", "Duty", TEXT)};
    struct part_rows rows = part_rows_new(p, column, COUNT_OF(column), S("duties"), S("Duties"));
    for (size_t s = 0; s < p->seat_count; s++) {
        size_t count;
        const struct field_value *duties = rec_items(p->seats[s].role, ROLE_DUTIES, &count);
        for (size_t i = 0; i < count; i++) {
            struct cell *cells = part_row(&rows, &p->seats[s]);
            if (cells != NULL)
                cells[0] = cell_text(p->arena, duties[i].text);
        }
    }
    part_put(p, &rows, S(""));
}

/* -- What is to be done ------------------------------------------------------------------- */

static void part_due(struct parting *p)
{
    struct due_run all = due_of(p->model, p->who);
    struct due_run ahead = due_ahead(p->arena, p->model, &all, DUE_AHEAD_DAYS);
    struct due_groups how = {.id = S("due"),
                             .caption = S("What is due"),
                             .rows_max = PART_ROWS_MAX,
                             .columns = p->is_person ? DUE_OF_PERSON : DUE_OF_ROLE};
    struct table *t = due_grouped(p->arena, p->model, &ahead, &how);
    part_put_table(p, t, S("Overdue and within 12 months."));
}

static void add_action(struct part_rows *rows, const struct part_seat *seat,
                       const struct record *action)
{
    struct arena *a = rows->of->arena;
    struct cell *cells = part_row(rows, seat);
    if (cells == NULL)
        return;
    cells[0] = cell_record(a, action);
    cells[1] = cell_day(a, action_due_day(action));
    cells[2] = cell_field(a, action, ACTION_FINDINGS);
    cells[3] = cell_field(a, action, COMMON_STATUS);
}

static void part_actions(struct parting *p)
{
    static const struct column column[] = {
        AS, COLUMN("action", "Action", TEXT), COLUMN("due", "Due", DATE),
        COLUMN("findings", "Findings", TEXT), COLUMN("status", "Status", CHIP)};
    struct part_rows rows =
        part_rows_new(p, column, COUNT_OF(column), S("actions"), S("Open actions"));
    for (size_t s = 0; s < p->seat_count && !p->seats[s].is_deputy; s++) {
        const struct record *role = p->seats[s].role;
        for (size_t i = 0; i < role->back_count; i++) {
            const struct record *from = backlink_by(&role->back[i], COMMON_OWNER);
            if (from != NULL && from->type->number == TYPE_ACTION && !rec_is_over(from) &&
                !from->is_later && rec_lacks(from, ACTION_DONE_ON))
                add_action(&rows, &p->seats[s], from);
        }
    }
    part_put(p, &rows, S(""));
}

/* Of a model that was judged. */
static void part_findings(struct parting *p)
{
    const struct check_result **items = NEW_ARRAY(p->arena, const struct check_result *, 1);
    size_t count = 0, cap = 1;
    for (size_t s = 0; p->model->results != NULL && s < p->seat_count; s++) {
        struct check_list own = check_owned_by(p->model->results, p->seats[s].role);
        for (size_t i = 0; i < own.count && !p->seats[s].is_deputy && count < PART_ROWS_MAX; i++)
            PUSH(p->arena, items, count, cap, const struct check_result *) = own.items[i];
    }
    if (count == 0)
        return;
    struct findings_view view = {.id = S("findings"),
                                 .caption = S("Findings on its records"),
                                 .list = {items, count},
                                 .columns = FINDING_RECORD | FINDING_WAIVER};
    if (p->is_person)
        view.caption = S("Findings on records of these roles");
    part_put_table(p, findings_table(p->arena, p->model, &view), S(""));
}

/* -- What they have ----------------------------------------------------------------------- */

static void part_training(struct parting *p)
{
    struct table *t = training_table(p->arena, S("training"), S("Training"));
    for (size_t s = 0; s < p->seat_count; s++)
        if (rec_is_live(p->seats[s].role) && t->row_count < PART_ROWS_MAX)
            training_add(p->arena, p->model, p->learning, t, p->seats[s].role,
                          p->is_person ? p->who : NULL);
    part_put_table(p, t, S("What is asked for, and until when it counts."));
}

static void part_readings(struct parting *p)
{
    static const struct column column[] = {
        AS, COLUMN("document", "Document", TEXT), COLUMN("version", "Version read", CODE),
        COLUMN("now", "Version now", CODE), COLUMN("date", "Confirmed", DATE)};
    struct parting no_roles = *p;
    no_roles.is_person = false;
    struct part_rows rows =
        part_rows_new(&no_roles, column, COUNT_OF(column), S("read"), S("Reading confirmed"));
    for (size_t i = 0; p->is_person && i < p->who->back_count; i++) {
        const struct record *ack = backlink_by(&p->who->back[i], ACKNOWLEDGEMENT_PERSON);
        const struct record *of =
            ack != NULL ? rec_ref_to(ack, ACKNOWLEDGEMENT_DOCUMENT, TYPE_DOCUMENT) : NULL;
        struct cell *cells = of != NULL && rec_counts(ack) ? part_row(&rows, NULL) : NULL;
        if (cells == NULL)
            continue;
        cells[0] = cell_record(p->arena, of);
        cells[1] = cell_field(p->arena, ack, ACKNOWLEDGEMENT_VERSION);
        cells[2] = cell_field(p->arena, of, DOCUMENT_VERSION);
        cells[3] = cell_field(p->arena, ack, ACKNOWLEDGEMENT_DATE);
    }
    part_put(p, &rows, S("What is still to be confirmed is among what is due."));
}

static void part_copies(struct parting *p)
{
    struct table *t = list_copies_table(p->arena, S("copies"), S("Paper copies held"));
    list_add_copies_held(p->arena, p->model, t, p->who);
    for (size_t s = 0; p->is_person && s < p->seat_count; s++)
        if (!p->seats[s].is_deputy)
            list_add_copies_held(p->arena, p->model, t, p->seats[s].role);
    part_put_table(p, t, S(""));
}

/* Of each type how many, and the first of them. Documents and actions have sections of their
 * own. */
static void part_owned(struct parting *p)
{
    static const struct column column[] = {COLUMN("type", "Kind of record", TEXT),
                                           COLUMN("count", "How many", NUMBER),
                                           COLUMN("records", "Records", TEXT)};
    const struct schema *schema = p->model->schema;
    struct piece **pieces = NEW_ARRAY(p->arena, struct piece *, schema->type_count);
    size_t *count = NEW_ARRAY(p->arena, size_t, schema->type_count);
    struct table *t = table_new(p->arena, S("owned"), S("Records owned"), column, COUNT_OF(column));
    for (size_t s = 0; s < p->seat_count && !p->seats[s].is_deputy; s++) {
        const struct record *role = p->seats[s].role;
        for (size_t i = 0; i < role->back_count; i++) {
            const struct record *from = backlink_by(&role->back[i], COMMON_OWNER);
            size_t type = from != NULL ? from->type->number : TYPE_DOCUMENT;
            if (type == TYPE_DOCUMENT || type == TYPE_ACTION || rec_is_over(from))
                continue;
            if (pieces[type] == NULL)
                pieces[type] = NEW_ARRAY(p->arena, struct piece, REGISTER_PIECES_MAX);
            if (count[type] < REGISTER_PIECES_MAX)
                pieces[type][count[type]] = (struct piece){.text = from->title, .link = from};
            count[type]++;
        }
    }
    for (size_t i = 0; i < schema->type_count; i++) {
        if (count[i] == 0)
            continue;
        struct cell *cells = table_row(p->arena, t);
        cells[0] = cell_text(p->arena, schema->types[i]->plural);
        cells[1] = cell_count(p->arena, count[i]);
        cells[2].pieces = pieces[i];
        cells[2].count = count[i] < REGISTER_PIECES_MAX ? count[i] : REGISTER_PIECES_MAX;
    }
    part_put_table(p, t, S("All of them are in the registers; here are the first of each kind."));
}

/* -- All of it ---------------------------------------------------------------------------- */

struct parts *parts_open(struct arena *a, const struct model *m)
{
    struct parts *parts = NEW(a, struct parts);
    *parts = (struct parts){m, learning_of(a, m)};
    return parts;
}

static void find_seats(struct parting *p)
{
    const struct record *who = p->who;
    struct part_seat *seats = NEW_ARRAY(p->arena, struct part_seat, who->back_count + 1);
    static const enum field_id field[] = {ROLE_HOLDER, ROLE_DEPUTIES};
    p->seats = seats;
    if (!p->is_person)
        seats[p->seat_count++] = (struct part_seat){who, false};
    for (size_t f = 0; p->is_person && f < COUNT_OF(field); f++)
        for (size_t i = 0; i < who->back_count; i++) {
            const struct record *role = backlink_by(&who->back[i], field[f]);
            if (role != NULL && rec_is_live(role))
                seats[p->seat_count++] = (struct part_seat){role, field[f] == ROLE_DEPUTIES};
        }
}

static str lead_of(const struct parting *p)
{
    struct due_run all = due_of(p->model, p->who);
    size_t overdue = 0, soon = 0;
    for (size_t i = 0; i < all.count; i++) {
        overdue += all.items[i]->is_overdue;
        soon += !all.items[i]->is_overdue && due_is_within(p->model, all.items[i], DUE_SOON_DAYS);
    }
    if (overdue + soon == 0)
        return str_fmt(p->arena, "Nothing is overdue or due within %d days.", DUE_SOON_DAYS);
    return str_fmt(p->arena, "%zu overdue, %zu due within %d days.", overdue, soon, DUE_SOON_DAYS);
}

const struct part *part_of(struct arena *a, const struct parts *parts, const struct record *who)
{
    static void (*const section[])(struct parting * p) = {
        part_about, part_due,    part_actions,  part_duties,    part_decisions, part_teams,
        part_plans, part_tasks,  part_calls,    part_documents, part_readings,  part_training,
        part_raci,  part_copies, part_findings, part_owned,
    };
    struct parting p = {.arena = a,
                        .model = parts->model,
                        .learning = parts->learning,
                        .who = who,
                        .is_person = who->type->number == TYPE_PERSON,
                        .part = NEW(a, struct part)};
    find_seats(&p);
    for (size_t i = 0; i < COUNT_OF(section); i++)
        section[i](&p);
    p.part->lead = lead_of(&p);
    return p.part;
}

bool part_is_there(const struct model *m, const struct record *who)
{
    return (who->type->number == TYPE_ROLE || who->type->number == TYPE_PERSON) && who->id.n != 0 &&
           model_find(m, who->id) == who;
}

str part_path(struct arena *a, const struct record *who)
{
    return str_fmt(a, "people/" STR_FMT ".html", STR_ARG(path_slug(a, who->id)));
}

str part_paper_path(struct arena *a, const struct record *who)
{
    return str_fmt(a, "people/" STR_FMT ".pdf", STR_ARG(path_slug(a, who->id)));
}
