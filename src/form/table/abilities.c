/* form/table/abilities: who in a role has learnt what it asks for, and until when (S0.22, S0.24).
 */
#include "form/table/system.h"

#include "form/table/cells.h"
#include "model/classes.h"
#include "model/due.h"
#include "model/learning.h"

/* Somebody in a role. */
struct place {
    const struct record *role, *person;
    bool is_deputy;
};

struct making {
    struct arena *arena;
    const struct model *model;
    const struct learning *learning;
    struct table *table;
    const struct record *only; /* this person; NULL: all */
    bool is_withheld;          /* training may be missing from this copy */
};

static struct cell state_of(const struct making *x, const struct record *training)
{
    enum { SOON_DAYS = 60 };
    struct arena *a = x->arena;
    if (training == NULL)
        return x->is_withheld ? cell_chip(a, S("Not in this copy"), TONE_MUTED)
                              : cell_chip(a, S("Never taken"), TONE_BAD);
    date until = learning_until(training), today = x->model->as_of;
    if (until == DATE_NONE || today == DATE_NONE)
        return cell_chip(a, S("Taken"), TONE_GOOD);
    if (until < today)
        return cell_chip(a, S("Ran out"), TONE_BAD);
    return until - today <= SOON_DAYS ? cell_chip(a, S("Runs out soon"), TONE_WARN)
                                      : cell_chip(a, S("Taken"), TONE_GOOD);
}

static void add_row(const struct making *x, const struct place *p, const struct record *course)
{
    struct arena *a = x->arena;
    const struct record *training = learning_taken(x->learning, p->person, course);
    struct cell *cells = table_row(a, x->table);
    cells[0] = cell_record(a, p->role);
    cells[1] = cell_field(a, p->role, ROLE_DECISION_ROLE);
    cells[2] = cell_record(a, p->person);
    cells[3] = cell_text(a, p->is_deputy ? S("Deputy") : S("Holder"));
    cells[4] = cell_record(a, course);
    if (training != NULL) {
        cells[5] = cell_field(a, training, TRAINING_DATE);
        cells[6] = cell_field(a, training, TRAINING_RESULT);
        cells[7] = cell_day(a, learning_until(training));
    }
    cells[8] = state_of(x, training);
}

static void add_place(const struct making *x, const struct place *p)
{
    size_t count;
    if (p->person == NULL || p->person->type->number != TYPE_PERSON ||
        !person_is_here(x->model, p->person) || (x->only != NULL && x->only != p->person))
        return; /* whoever has left can do nothing here any more */
    const struct record *const *courses = learning_courses(x->learning, p->role, &count);
    for (size_t i = 0; i < count; i++)
        add_row(x, p, courses[i]);
}

static void add_role(const struct making *x, const struct record *role)
{
    struct place p = {.role = role, .person = rec_ref(role, ROLE_HOLDER)};
    size_t count;
    const struct field_value *deputies = rec_items(role, ROLE_DEPUTIES, &count);
    add_place(x, &p);
    p.is_deputy = true;
    for (size_t i = 0; i < count; i++) {
        p.person = deputies[i].state == FV_PRESENT ? deputies[i].record : NULL;
        add_place(x, &p);
    }
}

struct table *abilities_table(struct arena *a, str id, str caption)
{
    static const struct column column[] = {
        {S_INIT("role"), S_INIT("Role"), COLUMN_TEXT},
        {S_INIT("decides"), S_INIT("Takes decisions"), COLUMN_TEXT},
        {S_INIT("person"), S_INIT("Person"), COLUMN_TEXT},
        {S_INIT("as"), S_INIT("As"), COLUMN_TEXT},
        {S_INIT("course"), S_INIT("Course that the role asks for"), COLUMN_TEXT},
        {S_INIT("taken"), S_INIT("Taken on"), COLUMN_DATE},
        {S_INIT("result"), S_INIT("Result"), COLUMN_CHIP},
        {S_INIT("until"), S_INIT("Counts until"), COLUMN_DATE},
        {S_INIT("state"), S_INIT("State"), COLUMN_CHIP},
    };
    return table_new(a, id, caption, column, sizeof column / sizeof *column);
}

void abilities_add(struct arena *a, const struct model *m, const struct learning *learning,
                   struct table *t, const struct record *role, const struct record *only)
{
    struct making x = {.arena = a,
                       .model = m,
                       .learning = learning,
                       .table = t,
                       .only = only,
                       .is_withheld = type_may_be_withheld(m, TYPE_TRAINING)};
    add_role(&x, role);
}

const struct table *abilities(struct arena *a, const struct model *m)
{
    const struct record_list *roles = model_list(m, TYPE_ROLE);
    const struct learning *learning = learning_of(a, m);
    struct table *t = abilities_table(a, S("list-abilities"), S("Who can do what"));
    for (size_t i = 0; i < roles->count; i++)
        if (rec_is_live(roles->items[i]))
            abilities_add(a, m, learning, t, roles->items[i], NULL);
    return t;
}
