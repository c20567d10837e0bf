/* model/practice: which plans and activities were exercised within the months of the house. */
#include "model/practice.h"

#include "model/cover.h"
#include "model/limits.h"

struct practice {
    struct arena *arena;
    const struct model *model;
    bool *plans;    /* by number of the plan */
    bool **covered; /* by type and number: the activity, or what stands for it */
};

bool practice_is_recent(const struct model *m, date day)
{
    return day != DATE_NONE && !model_is_months_ago(m, day, model_limit(m, LIMITS_EXERCISE_MONTHS));
}

static const struct record *leads_to(const struct field_value *v)
{
    return v->state == FV_PRESENT ? v->record : NULL;
}

static void cover(struct practice *p, const struct record *r, enum field_id field)
{
    size_t count;
    const struct field_value *items = rec_items(r, field, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *what = leads_to(&items[i]);
        if (what != NULL && (field == EXERCISE_ACTIVITIES || plan_covers(r, what)))
            p->covered[what->type->number][what->number] = true;
    }
}

static void take_exercise(struct practice *p, const struct record *e)
{
    size_t count;
    const struct field_value *plans = rec_items(e, EXERCISE_PLANS, &count);
    if (e->is_later || str_eq(rec_status(e), S("withdrawn")) ||
        !practice_is_recent(p->model, rec_date(e, EXERCISE_HELD)))
        return;
    cover(p, e, EXERCISE_ACTIVITIES);
    for (size_t i = 0; i < count; i++) {
        const struct record *plan = leads_to(&plans[i]);
        if (plan != NULL && plan->type->number == TYPE_PLAN)
            p->plans[plan->number] = true;
    }
}

struct practice *practice_of(struct arena *a, const struct model *m)
{
    const struct record_list *exercises = model_list(m, TYPE_EXERCISE);
    const struct record_list *plans = model_list(m, TYPE_PLAN);
    struct practice *p = NEW(a, struct practice);
    *p = (struct practice){a, m, NEW_ARRAY(a, bool, plans->count + 1),
                           NEW_ARRAY(a, bool *, m->schema->type_count)};
    for (size_t t = 0; t < m->schema->type_count; t++)
        p->covered[t] = NEW_ARRAY(a, bool, m->by_type[t].count + 1);
    for (size_t i = 0; i < exercises->count; i++)
        take_exercise(p, exercises->items[i]);
    for (size_t i = 0; i < plans->count; i++)
        if (p->plans[i])
            cover(p, plans->items[i], PLAN_SCOPE);
    return p;
}

bool practice_has_plan(const struct practice *p, const struct record *plan)
{
    return p->plans[plan->number];
}

bool practice_has_activity(const struct practice *p, const struct record *activity)
{
    struct cover by = cover_of(p->arena, activity);
    for (size_t i = 0; i < by.count; i++)
        if (p->covered[by.items[i]->type->number][by.items[i]->number])
            return true;
    return false;
}
