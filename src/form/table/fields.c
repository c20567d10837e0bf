/* form/table/fields: one record, all of it. */
#include "form/table/fields.h"

#include "form/table/cells.h"

static bool is_name(str key)
{
    return str_eq(key, S("id")) || str_eq(key, S("title"));
}

static struct table *label_table(struct arena *a, str id, str caption)
{
    const struct column columns[] = {
        {S("field"), S("Field"), COLUMN_TEXT},
        {S("value"), S("Value"), COLUMN_TEXT},
    };
    struct table *t = table_new(a, id, caption, columns, 2);
    t->head_column = true;
    return t;
}

static void add_value(struct arena *a, struct table *t, const struct record *r, size_t slot)
{
    struct cell *cells = table_row(a, t);
    cells[0] = cell_text(a, r->type->fields[slot].heading);
    cells[1] = cell_of_field(a, r, slot, CELL_WHOLE);
}

static struct table *values_table(struct arena *a, const struct record *r)
{
    struct table *t = label_table(a, S("fields"), r->title);
    for (size_t i = 0; i < r->type->field_count; i++) {
        const struct field_def *f = &r->type->fields[i];
        enum value_state state = r->values[i].state;
        bool is_prose = f->kind == FIELD_PROSE && state != FV_BROKEN && state != FV_UNKNOWN;
        bool is_short = !is_prose && f->kind != FIELD_PART;
        if (is_short && !is_name(f->key) && value_is_shown(&r->values[i]))
            add_value(a, t, r, i);
    }
    return t;
}

/* What a field holds: one value, or a list of them. */
static const struct field_value *items_of(const struct field_def *f, const struct field_value *v,
                                          size_t *count)
{
    *count = f->count == FIELD_ONE ? 1 : v->list.count;
    return f->count == FIELD_ONE ? v : v->list.items;
}

static void add_prose(struct arena *a, struct record_fields *all, const struct field_def *f,
                      const struct field_value *v)
{
    size_t count;
    const struct field_value *items = items_of(f, v, &count);
    for (size_t i = 0; i < count; i++)
        PUSH(a, all->prose, all->prose_count, all->prose_cap, struct record_prose) =
            (struct record_prose){.key = f->key, .heading = f->heading, .value = &items[i]};
}

static bool is_used(const struct field_value *parts, size_t count, size_t slot)
{
    for (size_t i = 0; i < count; i++)
        if (parts[i].state == FV_PRESENT && value_is_shown(&parts[i].record->values[slot]))
            return true;
    return false;
}

/* Only fields that at least one part fills become columns. */
static size_t used_slots(const struct type_def *type, const struct field_value *parts, size_t count,
                         size_t *slots, struct column *columns)
{
    size_t used = 0;
    for (size_t s = 0; s < type->field_count; s++) {
        const struct field_def *f = &type->fields[s];
        if (!is_used(parts, count, s))
            continue;
        columns[used] = (struct column){f->key, f->heading, column_kind_of(f)};
        slots[used++] = s;
    }
    return used;
}

static str part_id(struct arena *a, const struct field_def *f)
{
    return str_fmt(a, "part-" STR_FMT, STR_ARG(f->key));
}

static struct table *one_part(struct arena *a, const struct field_def *f, const struct record *part)
{
    struct table *t = label_table(a, part_id(a, f), f->heading);
    for (size_t i = 0; i < part->type->field_count; i++)
        if (value_is_shown(&part->values[i]))
            add_value(a, t, part, i);
    return t;
}

static struct table *many_parts(struct arena *a, const struct field_def *f,
                                const struct field_value *parts, size_t count)
{
    size_t *slots = NEW_ARRAY(a, size_t, f->part->field_count);
    struct column *columns = NEW_ARRAY(a, struct column, f->part->field_count);
    size_t used = used_slots(f->part, parts, count, slots, columns);
    if (used == 0)
        return NULL;
    struct table *t = table_new(a, part_id(a, f), f->heading, columns, used);
    for (size_t i = 0; i < count; i++) {
        if (parts[i].state != FV_PRESENT)
            continue;
        struct cell *cells = table_row(a, t);
        for (size_t c = 0; c < used; c++)
            cells[c] = cell_of_field(a, parts[i].record, slots[c], CELL_WHOLE);
    }
    return t;
}

static void add_parts(struct arena *a, struct record_fields *all, const struct field_def *f,
                      const struct field_value *v)
{
    const struct table *t = f->count == FIELD_ONE ? one_part(a, f, v->record)
                                                  : many_parts(a, f, v->list.items, v->list.count);
    if (t != NULL && t->row_count > 0)
        PUSH(a, all->parts, all->part_count, all->part_cap, const struct table *) = t;
}

struct record_fields *record_fields(struct arena *a, const struct record *r)
{
    struct record_fields *all = NEW(a, struct record_fields);
    all->values = values_table(a, r);
    for (size_t i = 0; i < r->type->field_count; i++) {
        const struct field_def *f = &r->type->fields[i];
        const struct field_value *v = &r->values[i];
        if (v->state != FV_PRESENT)
            continue;
        if (f->kind == FIELD_PROSE)
            add_prose(a, all, f, v);
        else if (f->kind == FIELD_PART)
            add_parts(a, all, f, v);
    }
    return all;
}

const struct table *record_table(struct arena *a, const struct record *r)
{
    return values_table(a, r);
}
