/* text/tval: maps and lists built on the spot, for page data. */
#include "text/tval.h"

struct tmap {
    struct arena *arena;
    name_id *names; /* parallel to values: a lookup reads these alone */
    struct tval *values;
    size_t count, name_cap, value_cap;
};

struct tlist {
    struct arena *arena;
    struct tval *items;
    size_t count, cap;
};

struct tmap *tmap_new(struct arena *a)
{
    struct tmap *m = NEW(a, struct tmap);
    m->arena = a;
    return m;
}

void tmap_put(struct tmap *m, str name, struct tval value)
{
    name_id id = name_of(name);
    for (size_t i = 0; i < m->count; i++) {
        if (m->names[i] == id) {
            m->values[i] = value;
            return;
        }
    }
    size_t value_count = m->count;
    PUSH(m->arena, m->values, value_count, m->value_cap, struct tval) = value;
    PUSH(m->arena, m->names, m->count, m->name_cap, name_id) = id;
}

static struct tval tmap_get(const void *self, name_id name, struct arena *a)
{
    (void)a;
    const struct tmap *m = self;
    for (size_t i = 0; i < m->count; i++) {
        if (m->names[i] == name)
            return m->values[i];
    }
    return (struct tval){.kind = TV_UNKNOWN};
}

static name_id tmap_name_at(const void *self, size_t index)
{
    const struct tmap *m = self;
    return index < m->count ? m->names[index] : NAME_NONE;
}

struct tval tmap_value(const struct tmap *m)
{
    static const struct tval_ops ops = {.get = tmap_get, .name_at = tmap_name_at};
    return (struct tval){.kind = TV_MAP, .of = {&ops, m}};
}

/* -- A map over another ---------------------------------------------------------------------- */

struct over {
    const struct tmap *own;
    struct tval base;
};

static struct tval over_get(const void *self, name_id name, struct arena *a)
{
    const struct over *o = self;
    struct tval own = tmap_get(o->own, name, a);
    return own.kind != TV_UNKNOWN ? own : o->base.of.ops->get(o->base.of.self, name, a);
}

static struct tval over_text(const void *self, struct arena *a)
{
    const struct over *o = self;
    return o->base.of.ops->text(o->base.of.self, a);
}

static name_id over_name_at(const void *self, size_t index)
{
    const struct over *o = self;
    const struct tval_ops *base = o->base.of.ops;
    if (index < o->own->count)
        return o->own->names[index];
    return base->name_at != NULL ? base->name_at(o->base.of.self, index - o->own->count)
                                 : NAME_NONE;
}

struct tval tval_over(struct arena *a, const struct tmap *own, struct tval base)
{
    static const struct tval_ops with_text = {
        .get = over_get, .text = over_text, .name_at = over_name_at};
    static const struct tval_ops without = {.get = over_get, .name_at = over_name_at};
    struct over *o = NEW(a, struct over);
    *o = (struct over){own, base};
    bool prints = base.of.ops->text != NULL;
    return (struct tval){.kind = TV_MAP, .of = {prints ? &with_text : &without, o}};
}

/* -- Lists ------------------------------------------------------------------------------------- */

struct tlist *tlist_new(struct arena *a)
{
    struct tlist *l = NEW(a, struct tlist);
    l->arena = a;
    return l;
}

void tlist_add(struct tlist *l, struct tval item)
{
    PUSH(l->arena, l->items, l->count, l->cap, struct tval) = item;
}

static size_t tlist_count(const void *self)
{
    return ((const struct tlist *)self)->count;
}

static struct tval tlist_at(const void *self, size_t index, struct arena *a)
{
    (void)a;
    return ((const struct tlist *)self)->items[index];
}

struct tval tlist_value(const struct tlist *l)
{
    static const struct tval_ops ops = {.count = tlist_count, .at = tlist_at};
    return (struct tval){.kind = TV_LIST, .of = {&ops, l}};
}
