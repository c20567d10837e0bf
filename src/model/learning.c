/* model/learning: what those in a role must have learnt, and when they did. */
#include "model/learning.h"

struct courses {
    const struct record **items;
    size_t count, cap;
    bool is_cut; /* there are more */
};

struct learning {
    struct arena *arena;
    struct courses *of_role;       /* by number of the role: what it asks for */
    struct courses *of_competence; /* by number of the competence: what gives it */
    size_t *asked_by;              /* by number of the course: the role that was given it last,
                                      counted from 1 */
    struct map taken;              /* person and course → the newest record of success */
    struct map failed;             /* the same of failure */
    struct map taken_later;        /* the same, of days after the as-of date */
};

/* -- What a role asks for --------------------------------------------------------------------- */

static void add_course(struct learning *l, const struct record *role, const struct record *course)
{
    struct courses *asked = &l->of_role[role->number];
    if (l->asked_by[course->number] == role->number + 1)
        return;
    l->asked_by[course->number] = role->number + 1;
    asked->is_cut = asked->count == LEARNING_COURSES_MAX;
    if (asked->is_cut)
        return;
    PUSH(l->arena, asked->items, asked->count, asked->cap, const struct record *) = course;
}

static void add_competence(struct learning *l, const struct record *role,
                           const struct record *competence)
{
    const struct courses *give = &l->of_competence[competence->number];
    for (size_t i = 0; i < give->count && !l->of_role[role->number].is_cut; i++)
        add_course(l, role, give->items[i]);
}

static void take_competence(struct learning *l, const struct record *r)
{
    struct courses *give = &l->of_competence[r->number];
    size_t count;
    const struct field_value *items = rec_items(r, COMPETENCE_COURSES, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *course = field_target_of(&items[i], TYPE_COURSE);
        if (course != NULL && rec_is_live(course))
            PUSH(l->arena, give->items, give->count, give->cap, const struct record *) = course;
    }
}

/* The role names its competences, or they and their courses name the role. */
static void take_role(struct learning *l, const struct record *role)
{
    size_t count;
    const struct field_value *items = rec_items(role, ROLE_COMPETENCES, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *competence = field_target_of(&items[i], TYPE_COMPETENCE);
        if (competence != NULL && rec_is_live(competence))
            add_competence(l, role, competence);
    }
    for (size_t i = 0; i < role->back_count; i++) {
        const struct record *from = role->back[i].from;
        if (!str_eq(role->back[i].field->key, S("required_by")) || !rec_is_live(from))
            continue;
        if (from->type->number == TYPE_COMPETENCE)
            add_competence(l, role, from);
        else if (from->type->number == TYPE_COURSE)
            add_course(l, role, from);
    }
}

const struct record *const *learning_courses(const struct learning *l, const struct record *role,
                                             size_t *count)
{
    *count = l->of_role[role->number].count;
    return l->of_role[role->number].items;
}

bool learning_is_cut(const struct learning *l, const struct record *role)
{
    return l->of_role[role->number].is_cut;
}

/* -- What people have learnt ------------------------------------------------------------------ */

static str key_of(const struct learning *l, const struct record *person,
                  const struct record *course)
{
    return str_fmt(l->arena, "%zu %zu", person->number, course->number);
}

static bool is_failed(const struct record *training)
{
    return str_eq(rec_text(training, TRAINING_RESULT), S("failed"));
}

bool learning_is_taken(const struct record *training)
{
    return rec_has(training, TRAINING_DATE) && !str_eq(rec_status(training), S("withdrawn")) &&
           !is_failed(training);
}

static void take_training(struct learning *l, const struct record *t)
{
    const struct record *person = field_target_of(rec_value(t, TRAINING_PERSON), TYPE_PERSON);
    const struct record *course = field_target_of(rec_value(t, TRAINING_COURSE), TYPE_COURSE);
    struct map *kind = is_failed(t) ? &l->failed : &l->taken;
    if (person == NULL || course == NULL)
        return;
    str key = key_of(l, person, course);
    if (t->is_later)
        map_put(&l->taken_later, key, (void *)t);
    if (!rec_has(t, TRAINING_DATE) || str_eq(rec_status(t), S("withdrawn")))
        return;
    const struct record **newest = map_find(kind, key);
    if (newest == NULL) {
        newest = NEW(l->arena, const struct record *);
        map_put(kind, key, newest);
    }
    if (*newest == NULL || rec_date(t, TRAINING_DATE) > rec_date(*newest, TRAINING_DATE))
        *newest = t;
}

const struct record *learning_taken(const struct learning *l, const struct record *person,
                                    const struct record *course)
{
    const struct record **newest = map_find(&l->taken, key_of(l, person, course));
    return newest != NULL ? *newest : NULL;
}

const struct record *learning_failed(const struct learning *l, const struct record *person,
                                     const struct record *course)
{
    const struct record **newest = map_find(&l->failed, key_of(l, person, course));
    const struct record *taken = learning_taken(l, person, course);
    bool is_mended = newest != NULL && taken != NULL &&
                     rec_date(taken, TRAINING_DATE) >= rec_date(*newest, TRAINING_DATE);
    return newest != NULL && !is_mended ? *newest : NULL;
}

date learning_until(const struct record *training)
{
    const struct record *course =
        field_target_of(rec_value(training, TRAINING_COURSE), TYPE_COURSE);
    long long months = course != NULL ? rec_int(course, COURSE_VALIDITY_MONTHS, 0) : 0;
    date day = rec_date(training, TRAINING_DATE);
    return months != 0 && day != DATE_NONE ? date_add_months(day, (int)months) : DATE_NONE;
}

bool learning_counts(const struct model *m, const struct record *training)
{
    date until = learning_until(training);
    return until == DATE_NONE || m->as_of == DATE_NONE || m->as_of <= until;
}

enum truth learning_is_able(const struct learning *l, const struct model *m,
                            const struct record *role, const struct record *person)
{
    size_t count;
    const struct record *const *courses = learning_courses(l, role, &count);
    enum truth able = TRUTH_YES;
    for (size_t i = 0; i < count; i++) {
        const struct record *taken = learning_taken(l, person, courses[i]);
        if (taken != NULL && learning_counts(m, taken))
            continue;
        if (!learning_is_unknown(l, person, courses[i]))
            return TRUTH_NO;
        able = TRUTH_UNKNOWN;
    }
    return able;
}

bool person_is_here(const struct model *m, const struct record *person)
{
    return rec_is_live(person) && !model_is_past(m, rec_date(person, PERSON_LEAVES_ON));
}

bool learning_is_unknown(const struct learning *l, const struct record *person,
                         const struct record *course)
{
    str key = key_of(l, person, course);
    return map_find(&l->taken, key) == NULL && map_find(&l->taken_later, key) != NULL;
}

/* Records of later days that were left out (model_look_back); their readers see no more. */
static void take_left_out(struct learning *l, const struct model *m)
{
    for (size_t i = 0; i < m->later.count; i++) {
        const struct record *t = m->later.entries[i].value;
        if (t->type->number != TYPE_TRAINING || t->class_level > m->clearance)
            continue;
        const struct record *person = model_find(m, rec_text(t, TRAINING_PERSON)),
                            *course = model_find(m, rec_text(t, TRAINING_COURSE));
        if (person != NULL && course != NULL)
            map_put(&l->taken_later, key_of(l, person, course), (void *)t);
    }
}

struct learning *learning_of(struct arena *a, const struct model *m)
{
    const struct record_list *roles = model_list(m, TYPE_ROLE);
    const struct record_list *competences = model_list(m, TYPE_COMPETENCE);
    const struct record_list *trainings = model_list(m, TYPE_TRAINING);
    struct learning *l = NEW(a, struct learning);
    *l = (struct learning){
        .arena = a,
        .of_role = NEW_ARRAY(a, struct courses, roles->count + 1),
        .of_competence = NEW_ARRAY(a, struct courses, competences->count + 1),
        .asked_by = NEW_ARRAY(a, size_t, model_list(m, TYPE_COURSE)->count + 1),
        .taken = map_in(a),
        .failed = map_in(a),
        .taken_later = map_in(a),
    };
    for (size_t i = 0; i < competences->count; i++)
        take_competence(l, competences->items[i]);
    for (size_t i = 0; i < roles->count; i++)
        take_role(l, roles->items[i]);
    for (size_t i = 0; i < trainings->count; i++)
        take_training(l, trainings->items[i]);
    take_left_out(l, m);
    return l;
}

/* -- Awareness -------------------------------------------------------------------------------- */

static bool says_reach(const struct model *m, const struct record *event)
{
    bool is_held = rec_counts(event);
    return is_held && rec_has(event, AWARENESS_REACH_PERCENT) &&
           model_has_come(m, rec_date(event, AWARENESS_DATE));
}

const struct record **awareness_newest(struct arena *a, const struct model *m, size_t *count)
{
    const struct record_list *list = model_list(m, TYPE_AWARENESS);
    const struct record **newest = NEW_ARRAY(a, const struct record *, list->count + 1);
    struct map places = map_in(a); /* by audience, in newest */
    *count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct record *e = list->items[i], **place;
        if (!says_reach(m, e))
            continue;
        place = map_find(&places, rec_text(e, AWARENESS_AUDIENCE));
        if (place == NULL) {
            place = &newest[(*count)++];
            map_put(&places, rec_text(e, AWARENESS_AUDIENCE), place);
        }
        if (*place == NULL || rec_date(e, AWARENESS_DATE) >= rec_date(*place, AWARENESS_DATE))
            *place = e;
    }
    return newest;
}
