/* form/table/lose/people: who is called when something is lost, and where people sit. */
#include "form/table/lose/lose_int.h"

#include "form/table/recovery.h"

/* -- Who is called ---------------------------------------------------------------------------- */

struct calls {
    struct asking *q;
    struct table *table;
    struct map known; /* by id */
};

/* The numbers of a person that this copy holds. */
static struct cell phones_of(struct arena *a, const struct record *person)
{
    size_t count;
    const struct field_value *v = rec_items(person, PERSON_PHONES, &count);
    struct piece *p = NEW_ARRAY(a, struct piece, count + 1);
    struct cell c = {.pieces = p};
    for (size_t i = 0; i < count; i++)
        if (v[i].state == FV_PRESENT && rec_has(v[i].record, PHONE_NUMBER) &&
            !rec_bool(v[i].record, PHONE_PRIVATE))
            p[c.count++].text = rec_text(v[i].record, PHONE_NUMBER);
    if (c.count == 0 && count != 0)
        p[c.count++].text = S("only a private number");
    return c;
}

static struct cell texts(struct arena *a, const struct record *r, enum field_id one,
                         enum field_id other)
{
    struct piece *p = NEW_ARRAY(a, struct piece, 2);
    struct cell c = {.pieces = p};
    if (rec_has(r, one))
        p[c.count++].text = rec_text(r, one);
    if (other != one && rec_has(r, other))
        p[c.count++].text = rec_text(r, other);
    return c;
}

/* Whom to call first, who is called when there is no answer, and the numbers. */
static void fill(struct asking *q, struct cell *cells, const struct record *r)
{
    struct arena *a = q->arena;
    const struct record *holder = r->type->number == TYPE_ROLE ? rec_ref(r, ROLE_HOLDER) : NULL;
    switch (r->type->number) {
    case TYPE_ROLE:
        cells[1] = cell_field(a, r, ROLE_HOLDER);
        if (holder != NULL && holder->type->number == TYPE_PERSON)
            cells[2] = phones_of(a, holder);
        cells[3] = cell_field(a, r, ROLE_DEPUTIES);
        break;
    case TYPE_SUPPLIER:
        cells[2] = texts(a, r, SUPPLIER_CONTACT_24H, SUPPLIER_CONTACT_24H);
        break;
    case TYPE_CONTACT:
        cells[2] = texts(a, r, CONTACT_PHONE_24H, CONTACT_PHONE);
        break;
    default:
        break;
    }
}

static void call(struct calls *c, const struct record *r, const char *why)
{
    if (r == NULL || map_put(&c->known, r->id, (void *)r) != NULL)
        return;
    struct cell *cells = lose_row(c->q, c->table);
    if (cells == NULL)
        return;
    cells[0] = cell_record(c->q->arena, r);
    fill(c->q, cells, r);
    cells[4] = cell_text(c->q->arena, str_from(why));
}

static void call_each(struct calls *c, const struct record *r, enum field_id field, const char *why)
{
    size_t count;
    const struct field_value *v = rec_items(r, field, &count);
    for (size_t i = 0; i < count; i++)
        if (v[i].state == FV_PRESENT)
            call(c, v[i].record, why);
}

static void call_for_plan(struct calls *c, const struct record *plan)
{
    const struct record *activation = rec_ref(plan, PLAN_ACTIVATION);
    size_t count;
    if (activation != NULL)
        call_each(c, activation, ACTIVATION_WHO, "may activate a plan that answers");
    const struct field_value *v = rec_items(plan, PLAN_TEAMS, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *team = field_target(&v[i]);
        if (team != NULL && team->type->number == TYPE_TEAM)
            call(c, rec_ref(team, TEAM_LEAD), "leads a team of a plan that answers");
    }
}

static void call_for_lost(struct calls *c, const struct record *r)
{
    switch (r->type->number) {
    case TYPE_SUPPLIER:
        call(c, r, "is lost: to report it and to press for recovery");
        break;
    case TYPE_SITE:
        call(c, rec_ref(r, SITE_LANDLORD), "landlord of the lost site");
        break;
    case TYPE_RESOURCE:
        call(c, rec_ref(r, RESOURCE_SUPPLIER), "supplies what is lost");
        break;
    case TYPE_SERVICE:
        call(c, rec_ref(r, SERVICE_INVOCATION_OWNER), "may invoke the service's continuity");
        call_each(c, r, SERVICE_CONTACTS, "contact of the lost service");
        break;
    default:
        break;
    }
    call(c, rec_ref(r, COMMON_OWNER), "owns what is lost");
}

static void call_for_plans(struct calls *c)
{
    for (size_t i = 0; i < c->q->plan_count; i++)
        call_for_plan(c, c->q->plans[i]);
}

static void call_for_activities(struct calls *c)
{
    const struct asking *q = c->q;
    for (size_t i = 0; i < q->affected_count; i++)
        if (lose_is(q, q->affected[i], TYPE_ACTIVITY) && lose_stops(q, q->affected[i]))
            call(c, rec_ref(q->r->nodes[q->affected[i]].record, COMMON_OWNER),
                 "owns an activity that stops");
}

void lose_people(struct asking *q)
{
    static const struct column column[] = {
        COLUMN("who", "Who", TEXT),     COLUMN("holder", "Held by", TEXT),
        COLUMN("phone", "Phone", TEXT), COLUMN("deputies", "Else", TEXT),
        COLUMN("why", "Why", TEXT),
    };
    struct calls c = {
        q, table_new(q->arena, S("lose-call"), S("Who is called"), column, COUNT_OF(column)),
        map_in(q->arena)};
    c.table->head_column = true;
    for (size_t i = 0; i < q->affected_count; i++)
        if (what_if_fate(q->w, q->affected[i])->kind == FATE_LOST)
            call_for_lost(&c, q->r->nodes[q->affected[i]].record);
    call_for_plans(&c);
    call_for_activities(&c);
    lose_add(q, "call", "Who is called", "Each once, for the first reason that applies.", c.table,
             "Nobody is recorded.");
}

/* -- What rests on who is lost ---------------------------------------------------------------- */

/* Teams, plans and call trees that name the role; its tasks are only counted. */
static struct cell duties_of(struct asking *q, const struct record *role)
{
    struct lose_names names = {0};
    size_t tasks = 0;
    for (size_t i = 0; i < role->back_count; i++) {
        const struct record *r = role->back[i].from;
        bool is_named = r->type->number == TYPE_TEAM || r->type->number == TYPE_PLAN ||
                        r->type->number == TYPE_CALL_TREE || r->type->number == TYPE_THRESHOLD;
        bool is_known = names.count != 0 && names.items[names.count - 1].link == r;
        if (is_named && !is_known && rec_is_live(r))
            lose_names_add(q->arena, &names, r);
        tasks += r->type->number == TYPE_TASK && rec_is_live(r);
    }
    struct cell c = lose_names_cell(q->arena, &names);
    if (tasks == 0)
        return c;
    struct piece *all = NEW_ARRAY(q->arena, struct piece, c.count + 1);
    for (size_t i = 0; i < c.count; i++)
        all[i] = c.pieces[i];
    all[c.count] =
        (struct piece){.text = str_fmt(q->arena, "%zu plan task%s", tasks, tasks == 1 ? "" : "s")};
    return (struct cell){.pieces = all, .count = c.count + 1};
}

static struct cell stand_in_of(struct asking *q, size_t node, const struct record *role)
{
    if (lose_stops(q, node))
        return cell_chip(q->arena, S("Nobody"), TONE_BAD);
    return cell_field(q->arena, role, ROLE_DEPUTIES);
}

void lose_roles(struct asking *q)
{
    static const struct column column[] = {
        COLUMN("role", "Role", TEXT),
        COLUMN("stand_in", "Who stands in", TEXT),
        COLUMN("duties", "What rests on it", TEXT),
    };
    struct table *t = table_new(q->arena, S("lose-roles"), S("Roles that lose their holder"),
                                column, COUNT_OF(column));
    for (size_t i = 0; i < q->affected_count; i++) {
        const struct record *r = q->r->nodes[q->affected[i]].record;
        if (r->type->number != TYPE_ROLE)
            continue;
        struct cell *cells = lose_row(q, t);
        if (cells == NULL)
            continue;
        cells[0] = cell_record(q->arena, r);
        cells[1] = stand_in_of(q, q->affected[i], r);
        cells[2] = duties_of(q, r);
    }
    if (t->row_count != 0)
        lose_add(q, "roles", "Roles that lose their holder",
                 "Who takes over, and where the role is named.", t, "");
}

/* -- Where people sit ------------------------------------------------------------------------- */

static bool is_lost(const struct asking *q, size_t node)
{
    return what_if_fate(q->w, node)->kind == FATE_LOST;
}

/* All lost sites together: they may count on the same seats. */
void lose_room(struct asking *q)
{
    struct table *t = seat_table(q->arena, "lose-room");
    const struct record **sites = NEW_ARRAY(q->arena, const struct record *, q->affected_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < q->affected_count; i++)
        if (lose_is(q, q->affected[i], TYPE_SITE) && is_lost(q, q->affected[i]))
            sites[count++] = q->r->nodes[q->affected[i]].record;
    if (count == 0)
        return;
    seat_table_add(q->arena, q->model, t, sites, count);
    if (t->row_count > q->rows_max) {
        q->left_out = t->row_count - q->rows_max;
        t->row_count = q->rows_max;
    }
    lose_add(q, "room", "Where people sit",
             "Of the activities that have no other site, by their approved needs.", t,
             "No activity is only there, or none has approved needs.");
}
