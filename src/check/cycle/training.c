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
    struct map gaps;               /* rule, person and course → struct gap */
    bool is_telling;               /* first all gaps are counted, then told */
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
                         NEW_ARRAY(c->scratch, size_t, courses + 1),
                         map_in(c->scratch),
                         map_in(c->scratch),
                         false};
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

/* One course of one person, missing in one way: a course mends it in all roles at once, so it
 * is told of the first. */
struct gap {
    const struct record *last; /* the role that was counted last */
    size_t roles;
    bool is_told;
};

/* In how many roles; 0: it is not to be told, or not again. */
static size_t take_gap(struct checker *c, struct learning *l, const struct place *p,
                       const struct record *course, enum check_rule_id rule)
{
    str key = str_fmt(c->scratch, "%d " STR_FMT, (int)rule, STR_ARG(key_of(c, p->person, course)));
    struct gap *gap = map_find(&l->gaps, key);
    if (gap == NULL) {
        gap = NEW(c->scratch, struct gap);
        map_put(&l->gaps, key, gap);
    }
    if (!l->is_telling && gap->last != p->role)
        gap->roles++;
    gap->last = p->role;
    bool is_first = l->is_telling && !gap->is_told;
    gap->is_told = is_first || gap->is_told;
    return is_first ? gap->roles : 0;
}

/* "holds 'ROL-001' and 2 other roles" */
static str seat_words(struct checker *c, const struct place *p, size_t roles)
{
    str others =
        roles == 1 ? S("")
                   : str_fmt(c->scratch, " and %zu other role%s", roles - 1, roles == 2 ? "" : "s");
    return str_fmt(c->scratch, "%s '" STR_FMT "'" STR_FMT, p->is_deputy ? "is deputy of" : "holds",
                   STR_ARG(p->role->id), STR_ARG(others));
}

static void report_untrained(struct checker *c, struct learning *l, const struct place *p,
                             const struct record *course, enum check_rule_id rule)
{
    size_t roles = take_gap(c, l, p, course, rule);
    if (roles != 0)
        check_report(c, rule, p->role, p->at,
                     "'" STR_FMT "' (" STR_FMT ") " STR_FMT " and has never taken '" STR_FMT
                     "' (" STR_FMT ")",
                     STR_ARG(p->person->id), STR_ARG(p->person->title),
                     STR_ARG(seat_words(c, p, roles)), STR_ARG(course->id), STR_ARG(course->title));
}

/* A new holder has some days; who says nothing of since when is taken to be an old one. */
static void check_untrained(struct checker *c, struct learning *l, const struct place *p,
                            const struct record *course)
{
    date since = rec_date(p->role, ROLE_HOLDER_SINCE);
    long long days = model_limit(c->model, LIMITS_NEW_HOLDER_DAYS);
    if (p->is_deputy)
        report_untrained(c, l, p, course, CHECK_RULE_DEPUTY_UNTRAINED);
    else if (since != DATE_NONE && !check_is_days_ago(c, since, days))
        return;
    else if (rec_bool(p->role, ROLE_DECISION_ROLE))
        report_untrained(c, l, p, course, CHECK_RULE_HOLDER_UNTRAINED);
    else
        report_untrained(c, l, p, course, CHECK_RULE_NEW_HOLDER_UNTRAINED);
}

static void check_expiry(struct checker *c, struct learning *l, const struct place *p,
                         const struct record *training)
{
    const struct record *course = rec_ref(training, TRAINING_COURSE);
    date day = rec_date(training, TRAINING_DATE);
    if (check_is_valid(c, training, course))
        return;
    size_t roles = take_gap(c, l, p, course, CHECK_RULE_TRAINING_EXPIRED);
    if (roles == 0)
        return;
    date end = date_add_months(day, (int)rec_int(course, COURSE_VALIDITY_MONTHS, 0));
    check_report(c, CHECK_RULE_TRAINING_EXPIRED, p->role, p->at,
                 "'" STR_FMT "' (" STR_FMT ") " STR_FMT ", and '" STR_FMT "' (" STR_FMT
                 ") ran out on " STR_FMT,
                 STR_ARG(p->person->id), STR_ARG(p->person->title),
                 STR_ARG(seat_words(c, p, roles)), STR_ARG(course->id), STR_ARG(course->title),
                 STR_ARG(check_day_words(c, end)));
    diag_related(c->diags, training->id_span, "it was last taken on " STR_FMT,
                 STR_ARG(check_day_words(c, day)));
}

/* Whoever has left is not trained any more: the role is vacant (GV8). */
static void check_seat(struct checker *c, struct learning *l, const struct place *p)
{
    const struct courses *asked = &l->of_role[p->role->number];
    for (size_t i = 0; p->person != NULL && check_is_here(c, p->person) && i < asked->count; i++) {
        const struct record **newest = map_find(&l->passed, key_of(c, p->person, asked->items[i]));
        if (newest == NULL)
            check_untrained(c, l, p, asked->items[i]);
        else
            check_expiry(c, l, p, *newest);
    }
}

static void check_role(struct checker *c, struct learning *l, const struct record *role)
{
    size_t count;
    const struct field_value *deputies = rec_items(role, ROLE_DEPUTIES, &count);
    check_seat(c, l,
               &(struct place){role, check_ref(role, ROLE_HOLDER, TYPE_PERSON),
                               check_place(role, ROLE_HOLDER), false});
    for (size_t i = 0; i < count; i++)
        check_seat(
            c, l,
            &(struct place){role, check_target(&deputies[i], TYPE_PERSON), deputies[i].span, true});
}

static void check_roles(struct checker *c)
{
    const struct record_list *roles = model_list(c->model, TYPE_ROLE);
    struct learning l = learning_of(c);
    for (int pass = 0; pass < 2; pass++) {
        l.is_telling = pass == 1;
        for (size_t i = 0; i < roles->count; i++)
            if (rec_is_live(roles->items[i]))
                check_role(c, &l, roles->items[i]);
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
        if (check_is_withdrawn(e) || !rec_has(e, AWARENESS_REACH_PERCENT) ||
            !check_has_come(c, rec_date(e, AWARENESS_DATE)))
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
    check_roles(c);
    check_awareness(c);
}
