/* form/table/agreed_limits: how often and how far, as the house has set it (S2.22). */
#include "form/table/system.h"

#include "form/table/cells.h"
#include "model/limits.h"

static struct cell value_cell(struct arena *a, const struct field_def *f, long long value)
{
    if (f->kind == FIELD_DURATION)
        return cell_duration(a, value);
    struct cell c = cell_text(a, str_fmt(a, "%lld", value));
    c.sort = sort_key_number(a, (double)value);
    return c;
}

static long long in_force(const struct model *m, const struct field_def *f, enum field_id limit)
{
    return f->kind == FIELD_DURATION ? model_limit_duration(m, limit) : model_limit(m, limit);
}

static void add_limit(struct arena *a, const struct model *m, struct table *t, enum field_id limit)
{
    const struct type_def *type = m->schema->types[TYPE_LIMITS];
    const struct field_def *f = &type->fields[schema_slot(type, limit)];
    struct cell *cells = table_row(a, t);
    cells[0] = cell_text(a, f->heading);
    cells[1] = value_cell(a, f, in_force(m, f, limit));
    cells[2] = value_cell(a, f, limit_usual(limit));
    cells[3] = model_limit_is_set(m, limit) ? cell_chip(a, S("Set by the house"), TONE_GOOD)
                                            : cell_chip(a, S("Usual value"), TONE_MUTED);
    cells[4] = cell_text(a, f->key);
}

const struct table *agreed_limits(struct arena *a, const struct model *m)
{
    static const struct column column[] = {
        COLUMN("what", "What was agreed", TEXT),  COLUMN("value", "In force", NUMBER),
        COLUMN("usual", "Usual", NUMBER),         COLUMN("set", "From", CHIP),
        COLUMN("key", "Key below limits:", CODE),
    };
    struct table *t =
        table_new(a, S("list-limits"), S("Limits and frequencies"), column, COUNT_OF(column));
    for (size_t i = 0; i < limit_count(); i++)
        add_limit(a, m, t, limit_at(i));
    return t;
}
