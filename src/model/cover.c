/* model/cover: through what an activity is in scope, and covered by plans. */
#include "model/cover.h"

/* -- What stands for an activity -------------------------------------------------------------- */

enum { UNITS_MAX = 32 }; /* below each other; more is a circle */

struct covering {
    struct arena *arena;
    struct cover list;
    size_t cap;
};

static void add(struct covering *c, const struct record *r, enum type_id type)
{
    if (r != NULL && r->type->number == type)
        PUSH(c->arena, c->list.items, c->list.count, c->cap, const struct record *) = r;
}

static void add_units(struct covering *c, const struct record *activity)
{
    const struct record *unit = rec_ref(activity, ACTIVITY_UNIT);
    for (int i = 0; i < UNITS_MAX && unit != NULL && unit->type->number == TYPE_UNIT; i++) {
        add(c, unit, TYPE_UNIT);
        unit = rec_ref(unit, UNIT_PARENT);
    }
}

static void add_all(struct covering *c, const struct record *r, enum field_id field,
                    enum type_id type)
{
    size_t count;
    const struct field_value *v = rec_items(r, field, &count);
    for (size_t i = 0; i < count; i++)
        if (v[i].state == FV_PRESENT)
            add(c, v[i].record, type);
}

struct cover units_of(struct arena *a, const struct record *activity)
{
    struct covering c = {.arena = a};
    add_units(&c, activity);
    return c.list;
}

struct cover cover_of(struct arena *a, const struct record *activity)
{
    struct covering c = {.arena = a};
    add(&c, activity, TYPE_ACTIVITY);
    add_units(&c, activity);
    add_all(&c, activity, ACTIVITY_PRODUCTS, TYPE_PRODUCT);
    for (size_t i = 0; i < activity->back_count; i++)
        if (str_eq(activity->back[i].field->key, S("activities")))
            add(&c, activity->back[i].from, TYPE_PRODUCT);
    add_all(&c, activity, ACTIVITY_SITES, TYPE_SITE);
    return c.list;
}

/* -- Plans ------------------------------------------------------------------------------------ */

static bool is_one_of(str kind, const str *kinds, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(kind, kinds[i]))
            return true;
    return false;
}

bool plan_brings_back(const struct record *plan)
{
    static const str after[] = {S_INIT("restart"), S_INIT("restoration")};
    return !is_one_of(rec_text(plan, PLAN_KIND), after, COUNT_OF(after));
}

bool plan_covers(const struct record *plan, const struct record *named)
{
    static const str narrow[] = {S_INIT("crisis"), S_INIT("communication"), S_INIT("site")};
    bool is_group = named->type->number == TYPE_UNIT || named->type->number == TYPE_PRODUCT ||
                    named->type->number == TYPE_SITE;
    bool is_narrow = is_one_of(rec_text(plan, PLAN_KIND), narrow, COUNT_OF(narrow));
    return plan_brings_back(plan) && !(is_group && is_narrow);
}
