/* form/diff/state: records and texts of one edition. */
#include "form/diff/state.h"

#include <assert.h>

#include "check/rules.h"
#include "text/json.h"

struct state *state_new(struct arena *a, str name, date as_of)
{
    struct state *s = NEW(a, struct state);
    *s = (struct state){
        .arena = a, .name = name, .as_of = as_of, .type_of_key = map_in(a), .by_id = map_in(a)};
    return s;
}

static struct state_type *type_for(struct state *s, str key)
{
    struct state_type *t = map_find(&s->type_of_key, key);
    if (t != NULL)
        return t;
    t = NEW(s->arena, struct state_type);
    t->key = key;
    map_put(&s->type_of_key, key, t);
    PUSH(s->arena, s->types, s->type_count, s->type_cap, struct state_type *) = t;
    return t;
}

static void refuse(struct diags *d, const struct value *v, str key, const char *why)
{
    diag(d, CHECK_RULE(EDITION), v->span, "the records of type '" STR_FMT "' %s",
         STR_ARG(diag_quote(key)), why);
}

static void add_record(struct state *s, struct diags *d, struct state_type *t,
                       const struct value *v)
{
    struct state_record *r = NEW(s->arena, struct state_record);
    *r = (struct state_record){.type = t->key, .fields = v};
    if (v->kind != VALUE_MAP) {
        refuse(d, v, t->key, "hold something that is no record");
        return;
    }
    r->id = state_field_text(r, S("id"));
    r->title = state_field_text(r, S("title"));
    if (r->id.n == 0) {
        refuse(d, v, t->key, "hold one without an id");
        return;
    }
    if (map_put(&s->by_id, r->id, r) != NULL) {
        refuse(d, v, t->key, "hold an id twice, or one of another type");
        diag_hint(d, "look for '" STR_FMT "'", STR_ARG(diag_quote(r->id)));
        return;
    }
    PUSH(s->arena, t->records, t->count, t->cap, struct state_record *) = r;
}

void state_add_type(struct state *s, struct diags *d, str key, uint32_t file)
{
    size_t before = diags_count(d, SEVERITY_ERROR);
    const struct value *list = json_parse(s->arena, d, file);
    struct state_type *t = type_for(s, key);
    if (diags_count(d, SEVERITY_ERROR) != before)
        return;
    if (list->kind != VALUE_LIST) {
        refuse(d, list, key, "are no list");
        return;
    }
    for (size_t i = 0; i < list->count; i++)
        add_record(s, d, t, &list->items[i]);
}

void state_add_text(struct state *s, str id, str text)
{
    struct state_record *r = map_find(&s->by_id, id);
    assert(r != NULL);
    r->text = text;
    r->has_text = true;
}

const struct state_type *state_type(const struct state *s, str key)
{
    return map_find(&s->type_of_key, key);
}

const struct state_record *state_find(const struct state *s, str id)
{
    return map_find(&s->by_id, id);
}

const struct value *state_field(const struct state_record *r, str key)
{
    return value_get(r->fields, key);
}

str state_field_text(const struct state_record *r, str key)
{
    const struct value *v = state_field(r, key);
    return v != NULL && v->kind == VALUE_SCALAR ? v->text : S("");
}

/* Looked for everywhere in a map of so many keys; in a longer one, which no schema gives, only at
 * the same place. */
enum { KEYS_MAX = 256 };

static const struct value *same_item(const struct value *other, const struct value *one, size_t i)
{
    if (one->kind != VALUE_MAP || str_eq(other->keys[i].text, one->keys[i].text))
        return &other->items[i];
    return one->count <= KEYS_MAX ? value_get(other, one->keys[i].text) : NULL;
}

/* As deep as the JSON reader lets values nest. The order of a map's keys says nothing. */
bool state_value_eq(const struct value *one, const struct value *other)
{
    if (one == NULL || other == NULL)
        return one == other;
    if (one->kind != other->kind || one->count != other->count || !str_eq(one->text, other->text))
        return false;
    for (size_t i = 0; i < one->count; i++)
        if (!state_value_eq(&one->items[i], same_item(other, one, i)))
            return false;
    return true;
}
