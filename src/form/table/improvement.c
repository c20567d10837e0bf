/* form/table/improvement: from finding to action, check of its effect, and update (S0.57). */
#include "form/table/system.h"

#include <stdlib.h>

#include "form/table/about.h"
#include "form/table/cells.h"
#include "form/table/improve.h"
#include "model/actions.h"

/* A finding and one of its actions; either may be missing. */
struct turn {
    const struct record *finding, *action;
    date day;
};

struct turns {
    struct turn *items;
    size_t count, cap;
};

/* -- What belongs together -------------------------------------------------------------------- */

static void add_turn(struct arena *a, struct turns *t, const struct record *finding,
                     const struct record *action)
{
    const struct record *first = finding != NULL ? finding : action;
    date day = finding != NULL ? rec_date(finding, FINDING_DATE) : DATE_NONE;
    PUSH(a, t->items, t->count, t->cap, struct turn) =
        (struct turn){finding, action, day != DATE_NONE ? day : rec_date(first, COMMON_CREATED)};
}

static void add_finding(struct arena *a, struct turns *t, const struct record *finding,
                        size_t actions_slot, const struct type_def *actions)
{
    size_t before = t->count;
    for (size_t i = 0; i < finding->back_count; i++) {
        const struct backlink *b = &finding->back[i];
        if (b->from->type == actions && b->field == &actions->fields[actions_slot] &&
            rec_counts(b->from))
            add_turn(a, t, finding, b->from);
    }
    if (t->count == before)
        add_turn(a, t, finding, NULL);
}

static bool has_finding(const struct record *action)
{
    size_t count;
    const struct field_value *v = rec_items(action, ACTION_FINDINGS, &count);
    for (size_t i = 0; i < count; i++)
        if (field_target(&v[i]) != NULL && rec_counts(v[i].record))
            return true;
    return false;
}

static int newest_first(const void *one, const void *other)
{
    const struct turn *x = one, *y = other;
    if (x->day != y->day)
        return x->day > y->day ? -1 : 1;
    const struct record *a = x->finding != NULL ? x->finding : x->action;
    const struct record *b = y->finding != NULL ? y->finding : y->action;
    int order = str_cmp_natural(a->id, b->id);
    return order != 0 || x->action == NULL || y->action == NULL
               ? order
               : str_cmp_natural(x->action->id, y->action->id);
}

static struct turns turns_of(struct arena *a, const struct model *m)
{
    const struct record_list *findings = model_list(m, TYPE_FINDING);
    const struct record_list *actions = model_list(m, TYPE_ACTION);
    const struct type_def *type = m->schema->types[TYPE_ACTION];
    struct turns t = {0};
    for (size_t i = 0; i < findings->count; i++)
        if (rec_counts(findings->items[i]))
            add_finding(a, &t, findings->items[i], schema_slot(type, ACTION_FINDINGS), type);
    for (size_t i = 0; i < actions->count; i++)
        if (rec_counts(actions->items[i]) && !has_finding(actions->items[i]))
            add_turn(a, &t, NULL, actions->items[i]);
    return t;
}

/* -- The finding ------------------------------------------------------------------------------ */

static bool is_nonconformity(const struct record *finding)
{
    str grade = rec_text(finding, FINDING_GRADE);
    return str_eq(grade, S("major")) || str_eq(grade, S("minor"));
}

static struct cell grade_of(struct arena *a, const struct record *finding)
{
    str grade = rec_text(finding, FINDING_GRADE);
    if (grade.n == 0)
        return (struct cell){0};
    str words = is_nonconformity(finding) ? str_fmt(a, "Nonconformity, " STR_FMT, STR_ARG(grade))
                                          : word_for_people(a, grade);
    struct cell c = cell_chip(a, words, tone_of_word(grade));
    c.data = grade;
    return c;
}

static void put_finding(struct arena *a, struct cell *cells, const struct record *finding)
{
    cells[1] = cell_field(a, finding, FINDING_SOURCE);
    cells[2] = cell_field(a, finding, FINDING_SOURCE_REF);
    cells[3] = cell_record(a, finding);
    cells[4] = grade_of(a, finding);
}

/* -- The action ------------------------------------------------------------------------------- */

static void put_action(struct arena *a, struct cell *cells, const struct record *action)
{
    cells[5] = cell_field(a, action, ACTION_CAUSE);
    cells[6] = cell_record(a, action);
    cells[7] = cell_field(a, action, COMMON_OWNER);
    cells[8] = cell_day(a, action_due_day(action));
    cells[9] = cell_field(a, action, ACTION_DONE_ON);
    cells[10] = cell_field(a, action, ACTION_EFFECT_RESULT);
}

/* -- How far it is ---------------------------------------------------------------------------- */

static struct cell state_of(struct arena *a, const struct model *m, const struct turn *t,
                            size_t open)
{
    if (t->action == NULL && model_is_partial(m))
        return (struct cell){0}; /* it may have an action that is not in this copy */
    if (t->action == NULL)
        return is_nonconformity(t->finding) ? cell_chip(a, S("No action"), TONE_BAD)
                                            : cell_chip(a, S("Noted"), TONE_MUTED);
    return action_state(a, m, t->action, open);
}

static void add_row(struct arena *a, const struct model *m, struct table *table,
                    const struct turn *t)
{
    struct cell *cells = table_row(a, table);
    size_t open = 0;
    cells[0] = cell_day(a, t->day);
    if (t->finding != NULL) {
        put_finding(a, cells, t->finding);
    } else {
        cells[2] = cell_field(a, t->action, ACTION_DECISION);
        cells[3] = cell_field(a, t->action, ACTION_FINDINGS); /* of another source */
    }
    if (t->action != NULL) {
        put_action(a, cells, t->action);
        cells[11] = updates_cell(a, m, t->action, ACTION_UPDATES,
                                 rec_date(t->action, COMMON_CREATED), &open);
    }
    cells[12] = state_of(a, m, t, open);
}

static struct table *table_of(struct arena *a, const struct model *m, struct turns *t)
{
    static const struct column column[] = {
        COLUMN("found", "On", DATE),      COLUMN("source", "Source", TEXT),
        COLUMN("from", "From", TEXT),     COLUMN("finding", "Finding", TEXT),
        COLUMN("grade", "Grade", CHIP),   COLUMN("cause", "Root cause", TEXT),
        COLUMN("action", "Action", TEXT), COLUMN("owner", "Owner", TEXT),
        COLUMN("due", "Due", DATE),       COLUMN("done", "Done", DATE),
        COLUMN("effect", "Effect", CHIP), COLUMN("updated", "Updated", TEXT),
        COLUMN("state", "State", CHIP),
    };
    struct table *table =
        table_new(a, S("list-improvement"), S("From finding to update"), column, COUNT_OF(column));
    if (t->count != 0)
        qsort(t->items, t->count, sizeof *t->items, newest_first);
    for (size_t i = 0; i < t->count; i++)
        add_row(a, m, table, &t->items[i]);
    return table;
}

const struct table *improvement(struct arena *a, const struct model *m)
{
    struct turns t = turns_of(a, m);
    return table_of(a, m, &t);
}

/* -- Of one record ---------------------------------------------------------------------------- */

struct learning_from {
    struct arena *arena;
    const struct model *model;
    const struct record *record;
    struct map seen; /* findings and actions, by id */
    struct turns turns;
};

static void learn_finding(struct learning_from *l, const struct record *finding)
{
    const struct type_def *type = l->model->schema->types[TYPE_ACTION];
    if (!rec_counts(finding) || map_put(&l->seen, finding->id, (void *)finding) != NULL)
        return;
    size_t before = l->turns.count;
    add_finding(l->arena, &l->turns, finding, schema_slot(type, ACTION_FINDINGS), type);
    for (size_t i = before; i < l->turns.count; i++)
        if (l->turns.items[i].action != NULL)
            map_put(&l->seen, l->turns.items[i].action->id, (void *)finding);
}

static void learn_action(struct learning_from *l, const struct record *action)
{
    if (rec_counts(action) && map_put(&l->seen, action->id, (void *)action) == NULL)
        add_turn(l->arena, &l->turns, NULL, action);
}

/* Findings first, so that an action stands beside the one that it answers. */
typedef void (*learn)(struct learning_from *l, const struct record *r);
static void learn_from(struct learning_from *l, const struct record *r, enum type_id type,
                       learn take)
{
    for (size_t slot = 0; slot < r->type->field_count; slot++) {
        const struct field_def *f = &r->type->fields[slot];
        const struct field_value *v = &r->values[slot];
        bool is_many = f->count == FIELD_MANY;
        if (v->state != FV_PRESENT || (f->kind != FIELD_REF && f->kind != FIELD_PART))
            continue;
        for (size_t i = 0; i < (is_many ? v->list.count : 1); i++) {
            const struct field_value *item = is_many ? &v->list.items[i] : v;
            if (item->state != FV_PRESENT || item->record == NULL)
                continue;
            if (f->kind == FIELD_PART)
                learn_from(l, item->record, type, take); /* parts hold no parts: one step */
            else if (item->record->type->number == type)
                take(l, item->record);
        }
    }
}

static void learn_back(struct learning_from *l, enum type_id type, enum field_id through,
                       learn take)
{
    const struct type_def *t = l->model->schema->types[type];
    const struct field_def *field = &t->fields[schema_slot(t, through)];
    for (size_t i = 0; i < l->record->back_count; i++)
        if (l->record->back[i].field == field)
            take(l, l->record->back[i].from);
}

const struct table *learnt_table(struct arena *a, const struct model *m, const struct record *r)
{
    enum { FINDING = 3, GRADE, ACTION = 6, OWNER, DUE, DONE, EFFECT, STATE = 12 };
    static const size_t shown[] = {FINDING, GRADE, ACTION, OWNER, DUE, DONE, EFFECT, STATE};
    struct learning_from l = {.arena = a, .model = m, .record = r, .seen = map_in(a)};
    learn_from(&l, r, TYPE_FINDING, learn_finding);
    learn_back(&l, TYPE_FINDING, FINDING_SOURCE_REF, learn_finding);
    learn_from(&l, r, TYPE_ACTION, learn_action);
    learn_back(&l, TYPE_ACTION, ACTION_DECISION, learn_action);
    return table_pick(a, table_of(a, m, &l.turns), S(""), shown, COUNT_OF(shown));
}
