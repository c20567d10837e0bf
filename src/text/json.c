/* text/json: JSON data for `render --data`, through jansson. */
#include "text/json.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "text/rules.h"
#include "text/yaml.h"

struct reader {
    struct arena *arena;
    struct diags *diags;
    struct span whole; /* jansson tells places of faults only */
    bool too_deep;
};

static struct value value_of(struct reader *r, json_t *j, int depth);

/* As short as it can be read back from: 1.1 and not 1.1000000000000001. */
static str real_text(struct arena *a, double number)
{
    char text[32];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, number);
        if (strtod(text, NULL) == number)
            break;
    }
    return str_dup(a, str_from(text));
}

static struct value scalar(const struct reader *r, str text, bool plain)
{
    return (struct value){.kind = VALUE_SCALAR, .plain = plain, .span = r->whole, .text = text};
}

static struct value list_of(struct reader *r, json_t *j, int depth)
{
    struct value v = {.kind = VALUE_LIST, .span = r->whole, .count = json_array_size(j)};
    v.items = NEW_ARRAY(r->arena, struct value, v.count);
    for (size_t i = 0; i < v.count; i++)
        v.items[i] = value_of(r, json_array_get(j, i), depth + 1);
    return v;
}

static struct value map_of(struct reader *r, json_t *j, int depth)
{
    struct value v = {.kind = VALUE_MAP, .span = r->whole};
    v.items = NEW_ARRAY(r->arena, struct value, json_object_size(j));
    v.keys = NEW_ARRAY(r->arena, struct key, json_object_size(j));
    /* jansson keeps the order of the source */
    for (void *at = json_object_iter(j); at != NULL; at = json_object_iter_next(j, at)) {
        str key = str_from(json_object_iter_key(at));
        v.keys[v.count] = (struct key){str_dup(r->arena, key), r->whole};
        v.items[v.count++] = value_of(r, json_object_iter_value(at), depth + 1);
    }
    return v;
}

static struct value value_of(struct reader *r, json_t *j, int depth)
{
    if (depth == YAML_DEPTH_MAX && (json_is_array(j) || json_is_object(j))) {
        r->too_deep = true;
        return (struct value){.kind = VALUE_NULL, .span = r->whole};
    }
    switch (json_typeof(j)) {
    case JSON_OBJECT:
        return map_of(r, j, depth);
    case JSON_ARRAY:
        return list_of(r, j, depth);
    case JSON_STRING: {
        str text = {json_string_value(j), json_string_length(j)};
        return scalar(r, str_dup(r->arena, text), false);
    }
    case JSON_INTEGER:
        return scalar(r, str_fmt(r->arena, "%" JSON_INTEGER_FORMAT, json_integer_value(j)), true);
    case JSON_REAL:
        return scalar(r, real_text(r->arena, json_real_value(j)), true);
    case JSON_TRUE:
        return scalar(r, S("true"), true);
    case JSON_FALSE:
        return scalar(r, S("false"), true);
    case JSON_NULL:
        break;
    }
    return (struct value){.kind = VALUE_NULL, .span = r->whole, .plain = true};
}

static void report(struct diags *d, const json_error_t *e, struct span at)
{
    switch (json_error_code(e)) {
    case json_error_duplicate_key:
        diag(d, TEXT_RULE(YAML_DUPLICATE), at, "a key stands here again");
        break;
    case json_error_stack_overflow:
        diag(d, TEXT_RULE(YAML_DEPTH), at, "this is nested too deep");
        break;
    case json_error_null_character:
    case json_error_null_byte_in_key:
        diag(d, TEXT_RULE(YAML_SYNTAX), at, "an escape makes the control character U+0000");
        diag_hint(d, "remove the escape");
        break;
    default:
        diag(d, TEXT_RULE(YAML_SYNTAX), at, "this is not JSON: %s", e->text);
        diag_hint(d, "look for a missing comma, quote or bracket just before this place");
    }
}

struct value *json_parse(struct arena *a, struct diags *d, uint32_t file)
{
    str source = diags_source_text(d, file);
    size_t skip = str_starts(source, S("\xEF\xBB\xBF")) ? 3 : 0;
    str text = str_skip(source, skip);
    struct reader r = {.arena = a, .diags = d, .whole = {file, 0, 0}};
    json_error_t error;
    json_t *j =
        json_loadb(text.n ? text.p : "", text.n, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &error);
    struct value *v = NEW(a, struct value);
    *v = (struct value){.kind = VALUE_NULL, .span = r.whole, .plain = true};
    if (j == NULL) {
        /* jansson has read the token that it stumbles over */
        size_t behind = skip + (error.position > 0 ? (size_t)error.position - 1 : 0);
        size_t off = behind < source.n ? behind : source.n;
        report(d, &error, (struct span){file, (uint32_t)off, 0});
        return v;
    }
    *v = value_of(&r, j, 0);
    json_decref(j);
    if (r.too_deep)
        diag(d, TEXT_RULE(YAML_DEPTH), r.whole, "this is nested more than %d deep", YAML_DEPTH_MAX);
    return v;
}
