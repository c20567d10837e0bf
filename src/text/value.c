/* text/value: what YAML, JSON and CSV say, before anyone knows what it means. */
#include "text/value.h"

const struct value *value_get(const struct value *v, str key)
{
    if (v == NULL || v->kind != VALUE_MAP)
        return NULL;
    for (size_t i = 0; i < v->count; i++)
        if (str_eq(v->keys[i].text, key))
            return &v->items[i];
    return NULL;
}

static struct tval map_get(const void *self, name_id name, struct arena *a)
{
    (void)a;
    const struct value *item = value_get(self, name_text(name));
    return item ? value_tval(item) : (struct tval){.kind = TV_UNKNOWN};
}

static size_t list_count(const void *self)
{
    return ((const struct value *)self)->count;
}

static struct tval list_at(const void *self, size_t index, struct arena *a)
{
    (void)a;
    return value_tval(&((const struct value *)self)->items[index]);
}

static name_id map_name_at(const void *self, size_t index)
{
    const struct value *v = self;
    return index < v->count ? name_of(v->keys[index].text) : NAME_NONE;
}

static const struct tval_ops map_ops = {.get = map_get, .name_at = map_name_at};
static const struct tval_ops list_ops = {.count = list_count, .at = list_at};

static struct tval scalar_tval(const struct value *v)
{
    if (v->plain && str_eq(v->text, S("true")))
        return tval_bool(true);
    if (v->plain && str_eq(v->text, S("false")))
        return tval_bool(false);
    return tval_text(v->text);
}

struct tval value_tval(const struct value *v)
{
    switch (v->kind) {
    case VALUE_SCALAR:
        return scalar_tval(v);
    case VALUE_LIST:
        return (struct tval){.kind = TV_LIST, .of = {&list_ops, v}};
    case VALUE_MAP:
        return (struct tval){.kind = TV_MAP, .of = {&map_ops, v}};
    case VALUE_NULL:
        break;
    }
    return (struct tval){.kind = TV_NULL};
}
