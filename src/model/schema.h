/* model/schema: which record types there are, and their fields.
 *
 * The built-in ones come from schema.def; content/types.yaml may add types and
 * fields of the organisation's own, which behave the same in every respect.
 * The whole list is fixed before the first record is loaded. */
#ifndef MODEL_SCHEMA_H
#define MODEL_SCHEMA_H

#include "base/map.h"
#include "base/name.h"

enum field_kind {
    FIELD_TEXT,     /* one line */
    FIELD_PROSE,    /* Markdown */
    FIELD_CODE,     /* an identifier: letters, digits, punctuation, no prose */
    FIELD_INT,      /* arg "1-5" bounds it */
    FIELD_NUMBER,
    FIELD_BOOL,     /* yes/no or true/false */
    FIELD_DATE,
    FIELD_MOMENT,
    FIELD_DURATION,
    FIELD_ENUM,     /* arg lists the words */
    FIELD_REF,      /* arg lists the types it may lead to; "" any */
    FIELD_PART,     /* arg is the key of the part */
};

enum field_count { FIELD_ONE, FIELD_MANY };
enum field_need {
    FIELD_MAY,
    FIELD_MUST,
    FIELD_DERIVED, /* filled by derive/; what the content says there is an error */
};

/* Built-in types, records and parts alike, in the order of schema.def. */
enum type_id {
#define RECORD(NAME, key, prefix, singular, plural, group) TYPE_##NAME,
#define PART(NAME, key, singular) TYPE_##NAME,
#define FIELD(TYPE, NAME, key, kind, arg, count, need, heading)
#include "model/schema.def"
    TYPE_COUNT
};

/* Built-in fields: SUPPLIER_CONTRACT, COMMON_OWNER, … */
enum field_id {
#define RECORD(NAME, key, prefix, singular, plural, group)
#define PART(NAME, key, singular)
#define FIELD(TYPE, NAME, key, kind, arg, count, need, heading) TYPE##_##NAME,
#include "model/schema.def"
    FIELD_COUNT
};

/* How closely something is kept, from open to closed: the words of the field
 * `class`, in their order. */
enum class_level {
    CLASS_NONE, /* nothing was said yet: as good as restricted */
    CLASS_PUBLIC,
    CLASS_INTERNAL,
    CLASS_CONFIDENTIAL,
    CLASS_RESTRICTED,
};

struct field_def {
    str key, arg, heading;
    enum field_kind kind;
    enum field_count count;
    enum field_need need;
    name_id name;                  /* of the key, for templates */
    const str *words;              /* FIELD_ENUM */
    size_t word_count;
    const struct type_def *part;   /* FIELD_PART */
    const struct type_def **targets; /* FIELD_REF; target_count 0: any */
    size_t target_count;
    long long int_min, int_max;    /* FIELD_INT; equal: unbounded */
    enum class_level class_level;  /* of its own, in every record; CLASS_NONE: the record's */
};

struct type_def {
    str key, prefix, singular, plural, group;
    bool is_part;
    size_t number;                 /* place in schema.types */
    struct field_def *fields;      /* own fields, then the common ones (not for parts) */
    size_t field_count, field_cap;
    enum class_level default_class; /* of records that say none; CLASS_NONE: restricted */
};

struct schema {
    struct type_def **types;       /* the first TYPE_COUNT are the built-in ones */
    size_t type_count, type_cap;
    struct map type_of_key;        /* records and parts */
    struct map type_of_prefix;
};

/* Never fails: schema.def is checked by asserts and tests. */
struct schema *schema_new(struct arena *a);

const struct type_def *schema_type(const struct schema *s, str key); /* NULL: unknown */
/* The type whose prefix the id has ("SUP-004"), or NULL. */
const struct type_def *schema_type_of_id(const struct schema *s, str id);
/* Place of the field in type->fields, or SIZE_MAX. */
size_t type_field(const struct type_def *t, str key);
/* Place of a built-in field in the types that have it. */
size_t schema_slot(const struct type_def *t, enum field_id field);
bool schema_has(const struct type_def *t, enum field_id field);

/* For content/types.yaml. The new type has the common fields already; more
 * fields are put before them. `why` names the fault when false. */
struct type_def *schema_add_type(struct schema *s, struct arena *a, str key, bool is_part);
bool schema_add_field(struct schema *s, struct arena *a, struct type_def *t,
                      const struct field_def *field, const char **why);

const char *field_kind_name(enum field_kind kind);
bool field_kind_find(str name, enum field_kind *kind);

#endif
