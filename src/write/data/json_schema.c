/* write/data/json_schema: JSON Schema by which editors check and complete content. */
#include "write/data/json_schema.h"

#include "write/data/json.h"

struct schema_writer {
    struct arena *arena;
    const struct model *model;
    struct json json;
    bool *is_named;                /* by number: a part that was referred to, or a type of ids */
    const struct type_def **named; /* those, in order; each gets a definition */
    size_t count, cap;
};

static void key_text(struct json *j, str key, str text)
{
    json_key(j, key);
    json_text(j, text);
}

static void open_map(struct json *j, str key)
{
    json_key(j, key);
    json_open_map(j);
}

static void open_list(struct json *j, str key)
{
    json_key(j, key);
    json_open_list(j);
}

/* -- Definitions ------------------------------------------------------------------------------ */

static str definition_of(struct schema_writer *w, const struct type_def *t)
{
    return str_fmt(w->arena, "%s_" STR_FMT, t->is_part ? "part" : "id", STR_ARG(t->key));
}

static void put_ref(struct schema_writer *w, const struct type_def *t)
{
    if (!w->is_named[t->number]) {
        w->is_named[t->number] = true;
        PUSH(w->arena, w->named, w->count, w->cap, const struct type_def *) = t;
    }
    key_text(&w->json, S("$ref"),
             str_fmt(w->arena, "#/definitions/" STR_FMT, STR_ARG(definition_of(w, t))));
}

/* Ids that exist, and any of their form. */
static void put_ids(struct schema_writer *w, const struct type_def *t)
{
    struct json *j = &w->json;
    const struct record_list *list = &w->model->by_type[t->number];
    size_t shown = 0;
    json_open_map(j);
    open_list(j, S("anyOf"));
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i]->id.n == 0)
            continue;
        if (shown++ == 0) {
            json_open_map(j);
            open_list(j, S("enum"));
        }
        json_text(j, list->items[i]->id);
    }
    if (shown != 0) {
        json_close(j);
        json_close(j);
    }
    json_open_map(j);
    key_text(j, S("type"), S("string"));
    key_text(j, S("pattern"), str_fmt(w->arena, "^" STR_FMT "-", STR_ARG(t->prefix)));
    json_close(j);
    json_close(j);
    json_close(j);
}

/* A code is of the house's own scheme, so every word of its form will do. */
static void put_codes(struct schema_writer *w, const struct type_def *t)
{
    struct type_def any = *t;
    any.prefix = S("[A-Za-z0-9._]+");
    put_ids(w, &any);
}

/* -- Values ----------------------------------------------------------------------------------- */

static void put_pattern(struct json *j, str pattern)
{
    key_text(j, S("type"), S("string"));
    key_text(j, S("pattern"), pattern);
}

/* What people write as text, YAML may take for a number or for true. */
static void put_text(struct json *j)
{
    open_list(j, S("type"));
    json_text(j, S("string"));
    json_text(j, S("number"));
    json_text(j, S("boolean"));
    json_close(j);
}

static bool is_digits(str word)
{
    for (size_t i = 0; i < word.n; i++)
        if (!ascii_is_digit(word.p[i]))
            return false;
    return word.n != 0;
}

static void put_enum(struct json *j, const struct field_def *f)
{
    open_list(j, S("enum"));
    for (size_t i = 0; i < f->word_count; i++) {
        json_text(j, f->words[i]);
        if (is_digits(f->words[i]))
            json_number(j, f->words[i]);
        if (str_eq(f->words[i], S("yes")) || str_eq(f->words[i], S("no")))
            json_bool(j, str_eq(f->words[i], S("yes")));
    }
    json_close(j);
}

static void put_bool(struct json *j)
{
    open_list(j, S("enum"));
    json_bool(j, true);
    json_bool(j, false);
    json_text(j, S("yes"));
    json_text(j, S("no"));
    json_close(j);
}

static void put_int(struct json *j, const struct field_def *f)
{
    key_text(j, S("type"), S("integer"));
    if (f->int_min == f->int_max)
        return;
    json_key(j, S("minimum"));
    json_int(j, f->int_min);
    json_key(j, S("maximum"));
    json_int(j, f->int_max);
}

static void put_reference(struct schema_writer *w, const struct field_def *f)
{
    struct json *j = &w->json;
    if (f->target_count == 0) {
        put_pattern(j, S("^[A-Za-z0-9._]+-"));
        return;
    }
    open_list(j, S("anyOf"));
    for (size_t i = 0; i < f->target_count; i++) {
        json_open_map(j);
        put_ref(w, f->targets[i]);
        json_close(j);
    }
    json_close(j);
}

/* Inside of an open map. */
static void put_one(struct schema_writer *w, const struct field_def *f)
{
    struct json *j = &w->json;
    switch (f->kind) {
    case FIELD_INT:
        put_int(j, f);
        break;
    case FIELD_NUMBER:
        key_text(j, S("type"), S("number"));
        break;
    case FIELD_BOOL:
        put_bool(j);
        break;
    case FIELD_DATE:
        put_pattern(j, S("^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}$"));
        break;
    case FIELD_MOMENT:
        put_pattern(j, S("^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2})?$"));
        break;
    case FIELD_DURATION:
        put_pattern(j, S("^ *([0-9]+[wdhm] *)+$"));
        break;
    case FIELD_ENUM:
        put_enum(j, f);
        break;
    case FIELD_REF:
        put_reference(w, f);
        break;
    case FIELD_PART:
        put_ref(w, f->part);
        break;
    default:
        put_text(j);
    }
}

/* -- Fields ----------------------------------------------------------------------------------- */

static str description(struct schema_writer *w, const struct field_def *f)
{
    struct buf out = buf_in(w->arena, 128);
    buf_add(&out, f->heading);
    if (f->kind == FIELD_REF) {
        buf_lit(&out, ": the id of ");
        for (size_t i = 0; i < f->target_count; i++)
            buf_fmt(&out, "%s" STR_FMT, i == 0 ? "" : " or ", STR_ARG(f->targets[i]->singular));
        if (f->target_count == 0)
            buf_lit(&out, "any record");
    }
    if (f->kind == FIELD_DURATION)
        buf_lit(&out, ": a time such as 30m, 4h, 2d or 1w");
    if (f->kind == FIELD_PROSE)
        buf_lit(&out, " (Markdown)");
    if (f->kind == FIELD_DATE)
        buf_lit(&out, ": YYYY-MM-DD");
    return buf_str(&out);
}

static void put_field(struct schema_writer *w, const struct field_def *f)
{
    struct json *j = &w->json;
    open_map(j, f->key);
    key_text(j, S("description"), description(w, f));
    open_list(j, S("anyOf"));
    json_open_map(j);
    put_one(w, f);
    json_close(j);
    if (f->count == FIELD_MANY) {
        json_open_map(j);
        key_text(j, S("type"), S("array"));
        open_map(j, S("items"));
        put_one(w, f);
        json_close(j);
        json_close(j);
    }
    json_close(j);
    json_close(j);
}

/* content/continuo.yaml is one record without an id. */
static bool is_required(const struct type_def *t, const struct field_def *f)
{
    return f->need == FIELD_MUST && !(t->number == TYPE_WORKSPACE && str_eq(f->key, S("id")));
}

static void put_fields(struct schema_writer *w, const struct type_def *t)
{
    struct json *j = &w->json;
    json_open_map(j);
    key_text(j, S("description"), t->singular);
    key_text(j, S("type"), S("object"));
    json_key(j, S("additionalProperties"));
    json_bool(j, false);
    open_list(j, S("required"));
    for (size_t i = 0; i < t->field_count; i++)
        if (is_required(t, &t->fields[i]))
            json_text(j, t->fields[i].key);
    json_close(j);
    open_map(j, S("properties"));
    for (size_t i = 0; i < t->field_count; i++)
        if (t->fields[i].need != FIELD_DERIVED)
            put_field(w, &t->fields[i]);
    json_close(j);
    json_close(j);
}

static void put_definition(struct schema_writer *w, const struct type_def *t)
{
    json_key(&w->json, definition_of(w, t));
    if (t->is_part)
        put_fields(w, t);
    else if (t->prefix.n == 0)
        put_codes(w, t);
    else
        put_ids(w, t);
}

/* A record, or a list of them; of documents and the workspace one alone. */
static void put_root(struct json *j, const struct type_def *t)
{
    open_list(j, S("anyOf"));
    json_open_map(j);
    key_text(j, S("$ref"), S("#/definitions/record"));
    json_close(j);
    if (t->number != TYPE_DOCUMENT && t->number != TYPE_WORKSPACE) {
        json_open_map(j);
        key_text(j, S("type"), S("array"));
        open_map(j, S("items"));
        key_text(j, S("$ref"), S("#/definitions/record"));
        json_close(j);
        json_close(j);
    }
    json_close(j);
}

str data_json_schema(struct arena *a, const struct model *m, const struct type_def *type)
{
    struct buf out = buf_in(a, 16 * 1024);
    struct schema_writer w = {.arena = a, .model = m, .json = json_in(&out)};
    struct json *j = &w.json;
    w.is_named = NEW_ARRAY(a, bool, m->schema->type_count);
    json_open_map(j);
    key_text(j, S("$schema"), S("http://json-schema.org/draft-07/schema#"));
    key_text(j, S("title"), type->plural);
    put_root(j, type);
    open_map(j, S("definitions"));
    json_key(j, S("record"));
    put_fields(&w, type);
    for (size_t i = 0; i < w.count; i++) /* a part may refer to more of them */
        put_definition(&w, w.named[i]);
    json_close(j);
    json_close(j);
    return buf_str(&out);
}
