/* model/schema: which record types there are, and their fields. */
#include "model/schema.h"

#include <assert.h>
#include <string.h>

struct type_row {
    str key, prefix, singular, plural, group;
    bool is_part;
};

struct field_row {
    enum type_id type;
    str key, arg, heading;
    enum field_kind kind;
    enum field_count count;
    enum field_need need;
};

static const struct type_row type_row[TYPE_COUNT] = {
#define RECORD(NAME, key, prefix, singular, plural, group)                                         \
    [TYPE_##NAME] = {S_INIT(key),    S_INIT(prefix), S_INIT(singular),                             \
                     S_INIT(plural), S_INIT(group),  false},
#define PART(NAME, key, singular)                                                                  \
    [TYPE_##NAME] = {S_INIT(key), S_INIT(""), S_INIT(singular), S_INIT(singular), S_INIT(""), true},
#define FIELD(TYPE, NAME, key, kind, arg, count, need, heading)
#include "model/schema.def"
};

static const struct field_row field_row[FIELD_COUNT] = {
#define RECORD(NAME, key, prefix, singular, plural, group)
#define PART(NAME, key, singular)
#define FIELD(TYPE, NAME, key, kind, arg, count, need, heading)                                    \
    [TYPE##_##NAME] = {TYPE_##TYPE,  S_INIT(key),   S_INIT(arg), S_INIT(heading),                  \
                       FIELD_##kind, FIELD_##count, FIELD_##need},
#include "model/schema.def"
};

/* Rows of one type stand together in schema.def, so a field's place among the
 * type's own fields is its distance from the type's first row. */
static enum field_id first_row[TYPE_COUNT];

enum { COMMON_FIELDS = COMMON_NOTES - COMMON_ID + 1 };

static const char *const kind_name[] = {"text", "prose",  "code",     "int",  "number", "bool",
                                        "date", "moment", "duration", "enum", "ref",    "part"};

const char *field_kind_name(enum field_kind kind)
{
    return kind_name[kind];
}

bool field_kind_find(str name, enum field_kind *kind)
{
    for (size_t k = 0; k < COUNT_OF(kind_name); k++) {
        if (str_eq(name, str_from(kind_name[k]))) {
            *kind = (enum field_kind)k;
            return true;
        }
    }
    return false;
}

static void parse_words(struct arena *a, struct field_def *f)
{
    str rest = f->arg, *words = NULL;
    size_t cap = 0;
    while (rest.n != 0) {
        str word;
        rest = str_cut(rest, '|', &word);
        PUSH(a, words, f->word_count, cap, str) = str_trim(word);
    }
    f->words = words;
}

static bool parse_targets(const struct schema *s, struct arena *a, struct field_def *f)
{
    str rest = f->arg;
    size_t cap = 0;
    while (rest.n != 0) {
        str key;
        rest = str_cut(rest, '|', &key);
        const struct type_def *t = schema_type(s, str_trim(key));
        if (t == NULL || t->is_part)
            return false;
        PUSH(a, f->targets, f->target_count, cap, const struct type_def *) = t;
    }
    return true;
}

static bool parse_bounds(struct field_def *f)
{
    str high, low;
    high = str_cut(f->arg, '-', &low);
    for (size_t i = 0; i < low.n; i++) {
        if (!ascii_is_digit(low.p[i]))
            return false;
        f->int_min = f->int_min * 10 + (low.p[i] - '0');
    }
    for (size_t i = 0; i < high.n; i++) {
        if (!ascii_is_digit(high.p[i]))
            return false;
        f->int_max = f->int_max * 10 + (high.p[i] - '0');
    }
    return f->arg.n == 0 || f->int_min < f->int_max;
}

/* Turns the arg text into what the kind needs; false names an arg that is wrong. */
static bool resolve_arg(const struct schema *s, struct arena *a, struct field_def *f)
{
    switch (f->kind) {
    case FIELD_ENUM:
        parse_words(a, f);
        return f->word_count != 0;
    case FIELD_REF:
        return parse_targets(s, a, f);
    case FIELD_PART:
        f->part = schema_type(s, f->arg);
        return f->part != NULL && f->part->is_part;
    case FIELD_INT:
        return parse_bounds(f);
    default:
        return f->arg.n == 0;
    }
}

static struct type_def *add_type(struct schema *s, struct arena *a, const struct type_row *row)
{
    struct type_def *t = NEW(a, struct type_def);
    *t = (struct type_def){.key = row->key,
                           .prefix = row->prefix,
                           .singular = row->singular,
                           .plural = row->plural,
                           .group = row->group,
                           .is_part = row->is_part,
                           .number = s->type_count};
    PUSH(a, s->types, s->type_count, s->type_cap, struct type_def *) = t;
    map_put(&s->type_of_key, t->key, t);
    return t;
}

static struct field_def field_of_row(const struct field_row *row)
{
    return (struct field_def){.key = row->key,
                              .arg = row->arg,
                              .heading = row->heading,
                              .kind = row->kind,
                              .count = row->count,
                              .need = row->need,
                              .name = name_of(row->key)};
}

static void add_field(struct schema *s, struct arena *a, struct type_def *t, struct field_def f)
{
    bool fine = resolve_arg(s, a, &f);
    assert(fine);
    (void)fine;
    PUSH(a, t->fields, t->field_count, t->field_cap, struct field_def) = f;
}

static void add_common_fields(struct schema *s, struct arena *a, struct type_def *t)
{
    for (int f = 0; f < FIELD_COUNT; f++)
        if (field_row[f].type == TYPE_COMMON && type_field(t, field_row[f].key) == SIZE_MAX)
            add_field(s, a, t, field_of_row(&field_row[f]));
}

struct schema *schema_new(struct arena *a)
{
    struct schema *s = NEW(a, struct schema);
    s->type_of_key = map_in(a);
    s->type_of_prefix = map_in(a);
    for (int t = 0; t < TYPE_COUNT; t++) {
        struct type_def *type = add_type(s, a, &type_row[t]);
        if (type->prefix.n != 0)
            map_put(&s->type_of_prefix, type->prefix, type);
    }
    for (int f = FIELD_COUNT - 1; f >= 0; f--)
        first_row[field_row[f].type] = (enum field_id)f;
    for (int f = 0; f < FIELD_COUNT; f++)
        add_field(s, a, s->types[field_row[f].type], field_of_row(&field_row[f]));
    for (int t = 0; t < TYPE_COUNT; t++)
        if (!s->types[t]->is_part && t != TYPE_COMMON)
            add_common_fields(s, a, s->types[t]);
    return s;
}

const struct type_def *schema_type(const struct schema *s, str key)
{
    return map_find(&s->type_of_key, key);
}

const struct type_def *schema_type_of_id(const struct schema *s, str id)
{
    str prefix;
    str_cut(id, '-', &prefix);
    return prefix.n == id.n ? NULL : map_find(&s->type_of_prefix, prefix);
}

size_t type_field(const struct type_def *t, str key)
{
    for (size_t i = 0; i < t->field_count; i++)
        if (str_eq(t->fields[i].key, key))
            return i;
    return SIZE_MAX;
}

/* Common fields come last, in their own order; a type that has a field of the
 * same key (a document's status) has that one instead. */
static size_t common_slot(const struct type_def *t, enum field_id field)
{
    size_t after = (size_t)first_row[TYPE_COMMON] + COMMON_FIELDS - (size_t)field;
    if (after <= t->field_count &&
        str_eq(t->fields[t->field_count - after].key, field_row[field].key))
        return t->field_count - after;
    return type_field(t, field_row[field].key);
}

size_t schema_slot(const struct type_def *t, enum field_id field)
{
    const struct field_row *row = &field_row[field];
    if (row->type == (enum type_id)t->number)
        return (size_t)field - (size_t)first_row[row->type];
    assert(row->type == TYPE_COMMON && !t->is_part);
    return common_slot(t, field);
}

bool schema_has(const struct type_def *t, enum field_id field)
{
    bool own = field_row[field].type == (enum type_id)t->number;
    return own || (field_row[field].type == TYPE_COMMON && !t->is_part);
}

struct type_def *schema_add_type(struct schema *s, struct arena *a, str key, bool is_part)
{
    struct type_row row = {.key = key, .singular = key, .plural = key, .is_part = is_part};
    struct type_def *t = add_type(s, a, &row);
    if (!is_part)
        add_common_fields(s, a, t);
    return t;
}

static bool is_common_field(const struct field_def *f)
{
    for (int i = 0; i < COMMON_FIELDS; i++)
        if (str_eq(f->key, field_row[COMMON_ID + i].key))
            return true;
    return false;
}

/* Own fields stand before the common ones; fields of built-in types keep their
 * places, since the distance from the first row is how they are found. */
bool schema_add_field(struct schema *s, struct arena *a, struct type_def *t,
                      const struct field_def *field, const char **why)
{
    struct field_def f = *field;
    f.name = name_of(f.key);
    if (type_field(t, f.key) != SIZE_MAX) {
        *why = "the type has a field of this name already";
        return false;
    }
    if (!resolve_arg(s, a, &f)) {
        *why = f.kind == FIELD_ENUM   ? "an enum needs its words, as in \"low|high\""
               : f.kind == FIELD_REF  ? "it refers to a type that does not exist"
               : f.kind == FIELD_PART ? "it names a part that does not exist"
                                      : "this kind takes no such argument";
        return false;
    }
    size_t at = t->field_count;
    while (at > 0 && is_common_field(&t->fields[at - 1]))
        at--;
    PUSH(a, t->fields, t->field_count, t->field_cap, struct field_def) = f;
    memmove(t->fields + at + 1, t->fields + at, (t->field_count - 1 - at) * sizeof f);
    t->fields[at] = f;
    return true;
}
