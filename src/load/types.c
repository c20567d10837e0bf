/* load/types: content/types.yaml, the organisation's own types and fields.
 *
 *   types:
 *     - key: vessel            # content/records/vessel.yaml
 *       prefix: VES
 *       singular: Vessel
 *       plural: Vessels
 *       group: Resources
 *       fields:
 *         - {key: tonnage, kind: int, heading: Tonnage}
 *         - {key: berth, kind: ref, arg: site}
 *   fields:
 *     - {type: supplier, key: sustainability, kind: enum, arg: "low|high", heading: Sustainability}
 */
#include "load/load_int.h"

#include "text/rules.h"
#include "text/yaml.h"

static str text_at(const struct value *map, const char *key, str otherwise)
{
    const struct value *v = value_get(map, str_from(key));
    return v != NULL && v->kind == VALUE_SCALAR ? str_trim(v->text) : otherwise;
}

static bool is_yes(const struct value *map, const char *key)
{
    str text = text_at(map, key, S("no"));
    return str_eq(text, S("yes")) || str_eq(text, S("true"));
}

static bool is_key(str s)
{
    if (s.n == 0 || !ascii_is_alpha(s.p[0]))
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (!(ascii_is_alnum(s.p[i]) || s.p[i] == '_') || ascii_lower(s.p[i]) != s.p[i])
            return false;
    return true;
}

/* A key that nothing reads is a slip: `filds:` would drop every field below it. */
static void report_strange_keys(struct loader *l, const struct value *map, const str *known,
                                size_t count)
{
    for (size_t i = 0; map->kind == VALUE_MAP && i < map->count; i++) {
        bool is_known = false;
        for (size_t k = 0; k < count; k++)
            is_known |= str_eq(map->keys[i].text, known[k]);
        if (is_known)
            continue;
        diag(l->diags, TEXT_RULE(YAML_SHAPE), map->keys[i].span,
             "nothing reads the key '" STR_FMT "'", STR_ARG(diag_quote(map->keys[i].text)));
        diag_hint(l->diags, "known here: " STR_FMT,
                  STR_ARG(str_join(l->scratch, known, count, S(", "))));
    }
}

/* NULL when the file has no such list. */
static const struct value *list_at(struct loader *l, const struct value *map, const char *key)
{
    const struct value *v = value_get(map, str_from(key));
    if (v == NULL || v->kind == VALUE_LIST || v->kind == VALUE_NULL)
        return v != NULL && v->kind == VALUE_LIST ? v : NULL;
    diag(l->diags, TEXT_RULE(YAML_SHAPE), v->span, "'%s' is a list", key);
    diag_hint(l->diags, "begin each item with a dash");
    return NULL;
}

static void add_field(struct loader *l, struct type_def *t, const struct value *v)
{
    static const str known[] = {S_INIT("key"),  S_INIT("kind"), S_INIT("arg"), S_INIT("heading"),
                                S_INIT("many"), S_INIT("must"), S_INIT("type")};
    report_strange_keys(l, v, known, COUNT_OF(known));
    struct field_def f = {.key = text_at(v, "key", S("")), .arg = text_at(v, "arg", S(""))};
    str kind = text_at(v, "kind", S("text"));
    const char *why = NULL;
    f.heading = text_at(v, "heading", f.key);
    f.count = is_yes(v, "many") ? FIELD_MANY : FIELD_ONE;
    f.need = is_yes(v, "must") ? FIELD_MUST : FIELD_MAY;
    if (v->kind != VALUE_MAP || !is_key(f.key))
        why = "a field needs a key of lower-case letters, digits and '_'";
    else if (!field_kind_find(kind, &f.kind))
        why = "this kind of field does not exist";
    if (why != NULL || !schema_add_field(l->model->schema, l->model->arena, t, &f, &why)) {
        diag(l->diags, TEXT_RULE(YAML_SHAPE), v->span, "field '" STR_FMT "' cannot be added: %s",
             STR_ARG(f.key), why);
        diag_hint(l->diags,
                  "kinds: text, prose, code, int, number, bool, date, moment, duration, enum, ref");
    }
}

static void add_fields(struct loader *l, struct type_def *t, const struct value *fields)
{
    for (size_t i = 0; fields != NULL && i < fields->count; i++)
        add_field(l, t, &fields->items[i]);
}

static bool is_prefix(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < 'A' || s.p[i] > 'Z')
            return false;
    return s.n >= 2 && s.n <= 6;
}

static void add_type(struct loader *l, const struct value *v)
{
    static const str known[] = {S_INIT("key"),    S_INIT("prefix"), S_INIT("singular"),
                                S_INIT("plural"), S_INIT("group"),  S_INIT("fields")};
    report_strange_keys(l, v, known, COUNT_OF(known));
    struct schema *s = l->model->schema;
    str key = text_at(v, "key", S("")), prefix = text_at(v, "prefix", S(""));
    const char *why = v->kind != VALUE_MAP || !is_key(key) ? "it needs a key of lower-case letters"
                      : schema_type(s, key) != NULL        ? "a type of this key exists"
                      : !is_prefix(prefix) ? "it needs a prefix of 2 to 6 capital letters"
                      : map_find(&s->type_of_prefix, prefix) ? "another type has this prefix"
                                                             : NULL;
    if (why != NULL) {
        diag(l->diags, TEXT_RULE(YAML_SHAPE), v->span, "type '" STR_FMT "' cannot be added: %s",
             STR_ARG(key), why);
        diag_hint(l->diags, "a type is written as {key: vessel, prefix: VES, singular: Vessel}");
        return;
    }
    struct type_def *t = schema_add_type(s, l->model->arena, key, false);
    t->prefix = prefix;
    t->singular = text_at(v, "singular", key);
    t->plural = text_at(v, "plural", t->singular);
    t->group = text_at(v, "group", S("Own records"));
    map_put(&s->type_of_prefix, t->prefix, t);
}

static struct type_def *own_type(struct loader *l, const struct value *v, const char *key)
{
    const struct type_def *t = schema_type(l->model->schema, text_at(v, key, S("")));
    return t == NULL ? NULL : l->model->schema->types[t->number];
}

void load_types(struct loader *l)
{
    uint32_t file = load_source(l, S("types.yaml"), YAML_BYTES_MAX, true);
    if (file == 0)
        return;
    /* What it names stays in the schema, so it lives as long as the model. */
    str text = diags_source_text(l->diags, file);
    const struct value *v = yaml_parse(l->model->arena, l->diags, file, 0, text.n);
    static const str known[] = {S_INIT("types"), S_INIT("fields")};
    report_strange_keys(l, v, known, COUNT_OF(known));
    const struct value *types = list_at(l, v, "types"), *fields = list_at(l, v, "fields");
    size_t type_count = types != NULL ? types->count : 0;
    /* All types first, so that fields may refer to any of them. */
    for (size_t i = 0; i < type_count; i++)
        add_type(l, &types->items[i]);
    for (size_t i = 0; i < type_count; i++) {
        struct type_def *t = own_type(l, &types->items[i], "key");
        if (t != NULL && t->number >= TYPE_COUNT)
            add_fields(l, t, list_at(l, &types->items[i], "fields"));
    }
    for (size_t i = 0; fields != NULL && i < fields->count; i++) {
        struct type_def *t = own_type(l, &fields->items[i], "type");
        if (t != NULL)
            add_field(l, t, &fields->items[i]);
        else
            diag(l->diags, TEXT_RULE(YAML_SHAPE), fields->items[i].span,
                 "a field is added to a type that does not exist");
    }
}
