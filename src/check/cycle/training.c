/* check/cycle/training: who holds a role can do it, and all know of it (TR1-TR5). */
#include "check/check_int.h"

#include "model/limits.h"

struct courses {
    const struct record **items;
    size_t count, cap;
};

struct learning {
    struct courses *of_role;       /* by number of the role: what it asks for */
    struct courses *of_competence; /* by number of the competence: what gives it */
    size_t *asked_by;              /* by number of the course: the role that was given it last,
                                      counted from 1 */
    struct map passed;             /* person and course → the newest record of success */
};

/* -- What a role asks for --------------------------------------------------------------------- */

static void add_course(struct checker *c, struct learning *l, const struct record *role,
                       const struct record *course)
{
    struct courses *asked = &l->of_role[role->number];
    if (l->asked_by[course->number] == role->number + 1)
        return;
    l->asked_by[course->number] = role->number + 1;
    PUSH(c->scratch, asked->items, asked->count, asked->cap, const struct record *) = course;
}

static void add_competence(struct checker *c, struct learning *l, const struct record *role,
                           const struct record *competence)
{
    const struct courses *give = &l->of_competence[competence->number];
    for (size_t i = 0; i < give->count; i++)
        add_course(c, l, role, give->items[i]);
}

static void take_competence(struct checker *c, struct learning *l, const struct record *r)
{
    struct courses *give = &l->of_competence[r->number];
    size_t count;
    const struct field_value *items = rec_items(r, COMPETENCE_COURSES, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *course = check_target(&items[i], TYPE_COURSE);
        if (course != NULL && rec_is_live(course))
            PUSH(c->scratch, give->items, give->count, give->cap, const struct record *) = course;
    }
}

/* The role names its competences, or they and their courses name the role. */
static void take_role(struct checker *c, struct learning *l, const struct record *role)
{
    size_t count;
    const struct field_value *items = rec_items(role, ROLE_COMPETENCES, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *competence = check_target(&items[i], TYPE_COMPETENCE);
        if (competence != NULL && rec_is_live(competence))
            add_competence(c, l, role, competence);
    }
    for (size_t i = 0; i < role->back_count; i++) {
        const struct record *from = role->back[i].from;
        if (!str_eq(role->back[i].field->key, S("required_by")) || !rec_is_live(from))
            continue;
        if (from->type->number == TYPE_COMPETENCE)
            add_competence(c, l, role, from);
        else if (from->type->number == TYPE_COURSE)
            add_course(c, l, role, from);
    }
}

/* -- What people have learnt ------------------------------------------------------------------ */

static str key_of(const struct checker *c, const struct record *person, const struct record *course)
{
    return str_fmt(c->scratch, "%zu %zu", person->number, course->number);
}

static void take_training(struct checker *c, struct learning *l, const struct record *t)
{
    const struct record *person = check_ref(t, TRAINING_PERSON, TYPE_PERSON);
    const struct record *course = check_ref(t, TRAINING_COURSE, TYPE_COURSE);
    if (person == NULL || course == NULL || !check_is_learnt(t))
        return;
    str key = key_of(c, person, course);
    const struct record **newest = map_find(&l->passed, key);
    if (newest == NULL) {
        newest = NEW(c->scratch, const struct record *);
        map_put(&l->passed, key, newest);
    }
    if (*newest == NULL || rec_date(t, TRAINING_DATE) > rec_date(*newest, TRAINING_DATE))
        *newest = t;
}

static struct learning learning_of(struct checker *c)
{
    const struct record_list *roles = model_list(c->model, TYPE_ROLE);
    const struct record_list *competences = model_list(c->model, TYPE_COMPETENCE);
    const struct record_list *trainings = model_list(c->model, TYPE_TRAINING);
    size_t courses = model_list(c->model, TYPE_COURSE)->count;
    struct learning l = {NEW_ARRAY(c->scratch, struct courses, roles->count + 1),
                         NEW_ARRAY(c->scratch, struct courses, competences->count + 1),
                         NEW_ARRAY(c->scratch, size_t, courses + 1), map_in(c->scratch)};
    for (size_t i = 0; i < competences->count; i++)
        take_competence(c, &l, competences->items[i]);
    for (size_t i = 0; i < roles->count; i++)
        take_role(c, &l, roles->items[i]);
    for (size_t i = 0; i < trainings->count; i++)
        take_training(c, &l, trainings->items[i]);
    return l;
}

/* -- Holders and deputies (TR1-TR4) ----------------------------------------------------------- */

/* Somebody in a role, and where the role says so. */
struct place {
    const struct record *role, *person;
    struct span at;
    bool is_deputy;
};

static void report_untrained(struct checker *c, const struct place *p, const struct record *course,
                             enum check_rule_id rule)
{
    check_report(c, rule, p->role, p->at,
                 "'" STR_FMT "' (" STR_FMT ") %s '" STR_FMT "' and has never taken '" STR_FMT
                 "' (" STR_FMT ")",
                 STR_ARG(p->person->id), STR_ARG(p->person->title),
                 p->is_deputy ? "is deputy of" : "holds", STR_ARG(p->role->id), STR_ARG(course->id),
                 STR_ARG(course->title));
}

/* A new holder has some days; who says nothing of since when is taken to be an old one. */
static void check_untrained(struct checker *c, const struct place *p, const struct record *course)
{
    date since = rec_date(p->role, ROLE_HOLDER_SINCE);
    long long days = model_limit(c->model, LIMITS_NEW_HOLDER_DAYS);
    if (p->is_deputy)
        report_untrained(c, p, course, CHECK_RULE_DEPUTY_UNTRAINED);
    else if (since != DATE_NONE && !check_is_days_ago(c, since, days))
        return;
    else if (rec_bool(p->role, ROLE_DECISION_ROLE))
        report_untrained(c, p, course, CHECK_RULE_HOLDER_UNTRAINED);
    else
        report_untrained(c, p, course, CHECK_RULE_NEW_HOLDER_UNTRAINED);
}

static void check_expiry(struct checker *c, const struct place *p, const struct record *course,
                         const struct record *training)
{
    long long months = rec_int(course, COURSE_VALIDITY_MONTHS, 0);
    date day = rec_date(training, TRAINING_DATE);
    if (check_is_valid(c, training, course))
        return;
    check_report(c, CHECK_RULE_TRAINING_EXPIRED, p->role, p->at,
                 "'" STR_FMT "' (" STR_FMT ") %s '" STR_FMT "', and '" STR_FMT "' (" STR_FMT
                 ") ran out on " STR_FMT,
                 STR_ARG(p->person->id), STR_ARG(p->person->title),
                 p->is_deputy ? "is deputy of" : "holds", STR_ARG(p->role->id), STR_ARG(course->id),
                 STR_ARG(course->title),
                 STR_ARG(check_day_words(c, date_add_months(day, (int)months))));
    diag_related(c->diags, training->id_span, "it was last taken on " STR_FMT,
                 STR_ARG(check_day_words(c, day)));
}

static void check_place_in(struct checker *c, const struct learning *l, const struct place *p)
{
    const struct courses *asked = &l->of_role[p->role->number];
    for (size_t i = 0; i < asked->count; i++) {
        const struct record **newest = map_find(&l->passed, key_of(c, p->person, asked->items[i]));
        if (newest == NULL)
            check_untrained(c, p, asked->items[i]);
        else
            check_expiry(c, p, asked->items[i], *newest);
    }
}

static void check_role(struct checker *c, const struct learning *l, const struct record *role)
{
    size_t count;
    const struct field_value *deputies = rec_items(role, ROLE_DEPUTIES, &count);
    struct place p = {.role = role, .at = check_place(role, ROLE_HOLDER)};
    p.person = check_ref(role, ROLE_HOLDER, TYPE_PERSON);
    if (p.person != NULL)
        check_place_in(c, l, &p);
    for (size_t i = 0; i < count; i++) {
        p = (struct place){role, check_target(&deputies[i], TYPE_PERSON), deputies[i].span, true};
        if (p.person != NULL)
            check_place_in(c, l, &p);
    }
}

/* -- Awareness (TR5) -------------------------------------------------------------------------- */

/* The newest event of each audience. */
static void check_awareness(struct checker *c)
{
    const struct record_list *list = model_list(c->model, TYPE_AWARENESS);
    struct map audiences = map_in(c->scratch);
    long long target = model_limit(c->model, LIMITS_AWARENESS_PERCENT);
    for (size_t i = 0; i < list->count; i++) {
        const struct record *e = list->items[i];
        str audience = rec_text(e, AWARENESS_AUDIENCE);
        const struct record **newest = map_find(&audiences, audience);
        if (check_is_withdrawn(e) || !rec_has(e, AWARENESS_REACH_PERCENT))
            continue;
        if (newest == NULL) {
            newest = NEW(c->scratch, const struct record *);
            map_put(&audiences, audience, newest);
        }
        if (*newest == NULL || rec_date(e, AWARENESS_DATE) >= rec_date(*newest, AWARENESS_DATE))
            *newest = e;
    }
    for (size_t i = 0; i < audiences.count; i++) {
        const struct record *e = *(const struct record **)audiences.entries[i].value;
        long long reach = rec_int(e, AWARENESS_REACH_PERCENT, target);
        if (reach < target)
            check_report(c, CHECK_RULE_AWARENESS_REACH, e, check_place(e, AWARENESS_REACH_PERCENT),
                         "'" STR_FMT "' reached %lld %%; %lld %% should be", STR_ARG(e->id), reach,
                         target);
    }
}

void check_training(struct checker *c)
{
    const struct record_list *roles = model_list(c->model, TYPE_ROLE);
    struct learning l = learning_of(c);
    for (size_t i = 0; i < roles->count; i++)
        if (rec_is_live(roles->items[i]))
            check_role(c, &l, roles->items[i]);
    check_awareness(c);
}
