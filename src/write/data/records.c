/* write/data/records: tables and records as JSON, for other programs. */
#include "write/data/records.h"

/* -- Tables ---------------------------------------------------------------------------------- */

static void put_cell(struct json *j, struct arena *a, const struct column *column,
                     const struct cell *c)
{
    str text = c->data.n ? c->data : cell_plain(a, c);
    json_key(j, column->key);
    if (text.n == 0)
        json_nothing(j);
    else if (column->kind == COLUMN_NUMBER && json_is_number(text))
        json_number(j, text);
    else
        json_text(j, text);
}

void data_table_put(struct json *j, struct arena *a, const struct table *t)
{
    json_open_list(j);
    for (size_t r = 0; r < t->row_count; r++) {
        json_open_map(j);
        for (size_t c = 0; c < t->column_count; c++)
            put_cell(j, a, &t->columns[c], table_cell(t, r, c));
        json_close(j);
    }
    json_close(j);
}

str data_table_json(struct arena *a, const struct table *t)
{
    struct buf b = buf_in(a, 64 * (t->row_count + 1) * t->column_count);
    struct json j = json_in(&b);
    data_table_put(&j, a, t);
    return buf_str(&b);
}

/* -- Records --------------------------------------------------------------------------------- */

static void put_fields(struct json *j, struct arena *a, const struct record *r);

/* The schema reads "007" and ".5" as numbers; JSON does not. */
static void put_number(struct json *j, struct arena *a, str text)
{
    bool negative = str_starts(text, S("-"));
    str whole, part = str_cut(str_skip(text, negative), '.', &whole);
    while (whole.n > 1 && whole.p[0] == '0')
        whole = str_skip(whole, 1);
    if (whole.n == 0)
        whole = S("0");
    json_number(j, str_fmt(a, "%s" STR_FMT "%s" STR_FMT, negative ? "-" : "", STR_ARG(whole),
                           part.p ? "." : "", STR_ARG(part)));
}

static void put_one(struct json *j, struct arena *a, const struct field_def *f,
                    const struct field_value *v)
{
    if (v->state != FV_PRESENT) {
        json_text(j, v->text);
        return;
    }
    switch (f->kind) {
    case FIELD_INT:
        json_int(j, v->number);
        break;
    case FIELD_NUMBER:
        put_number(j, a, v->text);
        break;
    case FIELD_BOOL:
        json_bool(j, v->number != 0);
        break;
    case FIELD_PART:
        put_fields(j, a, v->record);
        break;
    default:
        json_text(j, value_data(a, f, v));
    }
}

/* A list of broken shape has no items, only what was written. */
static void put_field(struct json *j, struct arena *a, const struct field_def *f,
                      const struct field_value *v)
{
    json_key(j, f->key);
    if (f->count == FIELD_ONE || v->state != FV_PRESENT) {
        put_one(j, a, f, v);
        return;
    }
    struct field_def one = *f;
    one.count = FIELD_ONE;
    json_open_list(j);
    for (size_t i = 0; i < v->list.count; i++)
        put_one(j, a, &one, &v->list.items[i]);
    json_close(j);
}

static bool is_name(const struct field_def *f)
{
    return str_eq(f->key, S("id")) || str_eq(f->key, S("title"));
}

/* Parts nest no deeper than the YAML they come from. */
static void put_fields(struct json *j, struct arena *a, const struct record *r)
{
    json_open_map(j);
    for (int names = 1; names >= 0; names--)
        for (size_t i = 0; i < r->type->field_count; i++) {
            const struct field_def *f = &r->type->fields[i];
            if (is_name(f) == (names == 1) && value_is_shown(&r->values[i]))
                put_field(j, a, f, &r->values[i]);
        }
    json_close(j);
}

void data_record_put(struct json *j, struct arena *a, const struct record *r)
{
    put_fields(j, a, r);
}

str data_records_json(struct arena *a, const struct model *m, const struct type_def *type)
{
    const struct record_list *list = &m->by_type[type->number];
    struct buf b = buf_in(a, 512 * (list->count + 1));
    struct json j = json_in(&b);
    json_open_list(&j);
    for (size_t i = 0; i < list->count; i++)
        put_fields(&j, a, list->items[i]);
    json_close(&j);
    return buf_str(&b);
}
