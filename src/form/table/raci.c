/* form/table/raci: who does what, activities against roles. */
#include "form/table/cells.h"
#include "form/table/register.h"

struct letter {
    enum field_id field;
    str text;
    struct column column;
};

static const struct letter letter[] = {
    {RACI_RESPONSIBLE, S_INIT("R"), COLUMN("responsible", "Responsible", TEXT)},
    {RACI_ACCOUNTABLE, S_INIT("A"), COLUMN("accountable", "Accountable", TEXT)},
    {RACI_CONSULTED, S_INIT("C"), COLUMN("consulted", "Consulted", TEXT)},
    {RACI_INFORMED, S_INIT("I"), COLUMN("informed", "Informed", TEXT)},
};
enum { LETTERS = COUNT_OF(letter) };

/* Every role that some row names gets one column, in order of ids. */
struct roles {
    const struct record **items; /* by place in the model's list, NULL: not named */
    size_t *column;              /* by place in the model's list */
    size_t count;
};

static bool is_role(const struct record *r)
{
    return r != NULL && r->type->number == TYPE_ROLE;
}

static void mark_roles(struct roles *roles, const struct record *row)
{
    for (size_t l = 0; l < LETTERS; l++) {
        size_t count;
        const struct field_value *v = rec_items(row, letter[l].field, &count);
        for (size_t i = 0; i < count; i++)
            if (is_role(v[i].record))
                roles->items[v[i].record->number] = v[i].record;
    }
}

static struct roles roles_named(struct arena *a, const struct model *m)
{
    size_t role_count = model_list(m, TYPE_ROLE)->count;
    struct roles roles = {.items = NEW_ARRAY(a, const struct record *, role_count + 1),
                          .column = NEW_ARRAY(a, size_t, role_count + 1)};
    const struct record_list *rows = model_list(m, TYPE_RACI);
    for (size_t i = 0; i < rows->count; i++)
        mark_roles(&roles, rows->items[i]);
    for (size_t i = 0; i < role_count; i++)
        if (roles.items[i] != NULL)
            roles.column[i] = ++roles.count; /* column 0 is the activity */
    return roles;
}

/* Once, however often the row names the role for it. */
static void add_letter(struct arena *a, struct cell *cell, str text)
{
    if (cell->count != 0 && str_eq(cell->pieces[cell->count - 1].text, text))
        return;
    struct piece *pieces = NEW_ARRAY(a, struct piece, cell->count + 1);
    for (size_t i = 0; i < cell->count; i++)
        pieces[i] = cell->pieces[i];
    pieces[cell->count] = (struct piece){.text = text};
    cell->pieces = pieces;
    cell->count++;
}

static void add_row(struct arena *a, struct table *t, const struct roles *roles,
                    const struct record *row)
{
    struct cell *cells = table_row(a, t);
    cells[0] = cell_link(a, row, rec_text(row, RACI_ACTIVITY));
    for (size_t l = 0; l < LETTERS; l++) {
        size_t count;
        const struct field_value *v = rec_items(row, letter[l].field, &count);
        for (size_t i = 0; i < count; i++)
            if (is_role(v[i].record))
                add_letter(a, &cells[roles->column[v[i].record->number]], letter[l].text);
    }
}

static const struct column activity_column = COLUMN("activity", "Activity", TEXT);

static const struct table *table_of_lists(struct arena *a, const struct model *m)
{
    struct column columns[LETTERS + 1] = {activity_column};
    for (size_t l = 0; l < LETTERS; l++)
        columns[l + 1] = letter[l].column;
    struct table *t = table_new(a, S("raci"), S("Who does what"), columns, LETTERS + 1);
    t->head_column = true;
    const struct record_list *rows = model_list(m, TYPE_RACI);
    for (size_t i = 0; i < rows->count; i++) {
        const struct record *row = rows->items[i];
        struct cell *cells = table_row(a, t);
        cells[0] = cell_link(a, row, rec_text(row, RACI_ACTIVITY));
        for (size_t l = 0; l < LETTERS; l++)
            cells[l + 1] =
                cell_of_field(a, row, schema_slot(row->type, letter[l].field), CELL_WHOLE);
    }
    return t;
}

const struct table *raci_table(struct arena *a, const struct model *m, size_t columns_max)
{
    struct roles roles = roles_named(a, m);
    if (roles.count >= columns_max)
        return table_of_lists(a, m);
    struct column *columns = NEW_ARRAY(a, struct column, roles.count + 1);
    columns[0] = activity_column;
    for (size_t i = 0; i < model_list(m, TYPE_ROLE)->count; i++)
        if (roles.items[i] != NULL)
            columns[roles.column[i]] =
                (struct column){roles.items[i]->id, roles.items[i]->title, COLUMN_TEXT};
    struct table *t = table_new(a, S("raci"), S("Who does what"), columns, roles.count + 1);
    t->head_column = true;
    const struct record_list *rows = model_list(m, TYPE_RACI);
    for (size_t i = 0; i < rows->count; i++)
        add_row(a, t, &roles, rows->items[i]);
    t->note = rows->count == 0 ? S("Nothing recorded.")
                               : S("R responsible, A accountable, C consulted, I informed.");
    return t;
}
