/* text/value: what YAML, JSON and CSV say, before anyone knows what it means.
 *
 * Scalars stay text: only the schema decides what is a number or a date. Maps
 * keep the order of the source. Every value and key has its place. */
#ifndef TEXT_VALUE_H
#define TEXT_VALUE_H

#include "base/diag.h"
#include "text/tval.h"

enum value_kind {
    VALUE_NULL,   /* nothing written, or null */
    VALUE_SCALAR,
    VALUE_LIST,
    VALUE_MAP,
};

struct value {
    enum value_kind kind;
    bool plain;       /* a scalar without quotes: `true` here is a boolean for templates */
    struct span span; /* of the scalar's text without quotes, or where a list or map begins */
    str text;         /* of a scalar; folded and unescaped */
    struct value *items; /* of a list, or the values of a map */
    struct key {
        str text;
        struct span span;
    } *keys;          /* of a map, parallel to items */
    size_t count;
};

/* NULL when the map has no such key, or v is no map. */
const struct value *value_get(const struct value *v, str key);

/* As template data: plain true/false/null and empty become what they mean, all
 * other scalars text. */
struct tval value_tval(const struct value *v);

#endif
