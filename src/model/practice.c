/* model/practice: what was exercised, how and when (8.5). */
#include "model/practice.h"

#include "model/cover.h"
#include "model/limits.h"

struct practice {
    struct arena *arena;
    const struct model *model;
    struct rehearsal *plans;          /* by number of the plan */
    const struct record ***exercised; /* by type and number: within the months, and by what */
    struct map counts;                /* programme, kind and year → struct practice_count */
    date warned;
    const struct record *warned_by;
};

bool practice_is_recent(const struct model *m, date day)
{
    int months = (int)model_limit(m, LIMITS_EXERCISE_MONTHS);
    return day != DATE_NONE && (m->as_of == DATE_NONE || date_add_months(day, months) >= m->as_of);
}

bool exercise_is_talk(const struct record *e)
{
    static const str kinds[] = {S_INIT("walkthrough"), S_INIT("seminar"), S_INIT("workshop"),
                                S_INIT("tabletop"), S_INIT("game")};
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (str_eq(rec_text(e, EXERCISE_KIND), kinds[i]))
            return true;
    return false;
}

bool exercise_is_to_come(const struct record *e)
{
    return rec_lacks(e, EXERCISE_HELD) && !rec_is_over(e);
}

/* -- How many --------------------------------------------------------------------------------- */

static str key_of(struct arena *a, const struct record *programme, str kind, int year)
{
    return str_fmt(a, "%zu %d " STR_FMT, programme->number, year, STR_ARG(kind));
}

date exercise_day(const struct record *e)
{
    date held = rec_date(e, EXERCISE_HELD);
    return held != DATE_NONE ? held : rec_date(e, EXERCISE_PLANNED);
}

void practice_add(struct practice_count *n, const struct model *m, const struct record *e)
{
    if (!rec_counts(e))
        return;
    bool is_to_come = exercise_is_to_come(e);
    bool is_past = m->as_of != DATE_NONE && rec_date(e, EXERCISE_PLANNED) < m->as_of;
    n->held += rec_has(e, EXERCISE_HELD);
    n->planned += is_to_come && !is_past;
    n->missed += is_to_come && is_past;
}

static void count(struct practice *p, const struct record *e)
{
    const struct record *programme = rec_ref(e, EXERCISE_PROGRAMME);
    date day = exercise_day(e);
    if (programme == NULL || programme->type->number != TYPE_EXERCISE_PROGRAMME || day == DATE_NONE)
        return;
    str key = key_of(p->arena, programme, rec_text(e, EXERCISE_KIND), date_ymd(day).year);
    struct practice_count *n = map_find(&p->counts, key);
    if (n == NULL) {
        n = NEW(p->arena, struct practice_count);
        map_put(&p->counts, key, n);
    }
    practice_add(n, p->model, e);
}

struct practice_count practice_count(const struct practice *p, const struct record *programme,
                                     str kind, int year)
{
    const struct practice_count *c = map_find(&p->counts, key_of(p->arena, programme, kind, year));
    return c != NULL ? *c : (struct practice_count){0};
}

/* -- What was held ---------------------------------------------------------------------------- */

static void warn_on(struct practice *p, date day, const struct record *by)
{
    if (day == DATE_NONE || (p->warned != DATE_NONE && day <= p->warned))
        return;
    p->warned = day;
    p->warned_by = by;
}

static void take_plans(struct practice *p, const struct record *e, date held)
{
    size_t n;
    const struct field_value *items = rec_items(e, EXERCISE_PLANS, &n);
    for (size_t i = 0; i < n; i++) {
        const struct record *plan = field_target(&items[i]);
        if (plan == NULL || plan->type->number != TYPE_PLAN)
            continue;
        struct rehearsal *r = &p->plans[plan->number];
        *(exercise_is_talk(e) ? &r->is_talked : &r->is_done) = true;
        r->is_recent |= practice_is_recent(p->model, held);
        r->last = held > r->last ? held : r->last;
        if (str_eq(rec_text(plan, PLAN_KIND), S("communication")))
            warn_on(p, held, e);
    }
}

static const struct record **note(const struct practice *p, const struct record *r)
{
    return &p->exercised[r->type->number][r->number];
}

static void cover(struct practice *p, const struct record *r, enum field_id field)
{
    size_t n;
    const struct field_value *items = rec_items(r, field, &n);
    for (size_t i = 0; i < n; i++) {
        const struct record *what = field_target(&items[i]);
        if (what != NULL && (field == EXERCISE_ACTIVITIES || plan_covers(r, what)))
            *note(p, what) = r;
    }
}

static void take_exercise(struct practice *p, const struct record *e)
{
    date held = rec_date(e, EXERCISE_HELD);
    if (!rec_counts(e))
        return;
    count(p, e);
    if (held == DATE_NONE)
        return;
    take_plans(p, e, held);
    if (practice_is_recent(p->model, held))
        cover(p, e, EXERCISE_ACTIVITIES);
    if (str_eq(rec_text(e, EXERCISE_KIND), S("alert")))
        warn_on(p, held, e);
}

static void take_call_tests(struct practice *p, const struct record *tree)
{
    size_t n;
    const struct field_value *items = rec_items(tree, CALL_TREE_TESTED, &n);
    for (size_t i = 0; i < n; i++)
        if (items[i].state == FV_PRESENT)
            warn_on(p, rec_date(items[i].record, CALL_TEST_DATE), tree);
}

static struct practice *practice_new(struct arena *a, const struct model *m)
{
    struct practice *p = NEW(a, struct practice);
    size_t types = m->schema->type_count, plans = model_list(m, TYPE_PLAN)->count;
    *p = (struct practice){.arena = a,
                           .model = m,
                           .plans = NEW_ARRAY(a, struct rehearsal, plans + 1),
                           .exercised = NEW_ARRAY(a, const struct record **, types),
                           .counts = map_in(a),
                           .warned = DATE_NONE};
    for (size_t t = 0; t < types; t++)
        p->exercised[t] = NEW_ARRAY(a, const struct record *, m->by_type[t].count + 1);
    for (size_t i = 0; i < plans; i++)
        p->plans[i].last = DATE_NONE;
    return p;
}

struct practice *practice_of(struct arena *a, const struct model *m)
{
    const struct record_list *exercises = model_list(m, TYPE_EXERCISE);
    const struct record_list *plans = model_list(m, TYPE_PLAN);
    const struct record_list *trees = model_list(m, TYPE_CALL_TREE);
    struct practice *p = practice_new(a, m);
    for (size_t i = 0; i < exercises->count; i++)
        take_exercise(p, exercises->items[i]);
    for (size_t i = 0; i < plans->count; i++)
        if (p->plans[i].is_recent)
            cover(p, plans->items[i], PLAN_SCOPE);
    for (size_t i = 0; i < trees->count; i++)
        take_call_tests(p, trees->items[i]);
    return p;
}

const struct rehearsal *practice_plan(const struct practice *p, const struct record *plan)
{
    return &p->plans[plan->number];
}

const struct record *practice_activity(const struct practice *p, const struct record *activity)
{
    struct cover by = cover_of(p->arena, activity);
    for (size_t i = 0; i < by.count; i++)
        if (*note(p, by.items[i]) != NULL)
            return *note(p, by.items[i]);
    return NULL;
}

date practice_warned(const struct practice *p, const struct record **by)
{
    *by = p->warned_by;
    return p->warned;
}
