/* check/cycle/training: who holds a role can do it, and all know of it (TR1-TR5). */
#include "check/check_int.h"

#include "model/learning.h"
#include "model/limits.h"

/* What is missing, while it is counted and told. */
struct telling {
    struct learning *learning;
    struct map gaps; /* rule, person and course → struct gap */
    bool is_telling; /* first all gaps are counted, then told */
};

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
static size_t take_gap(struct checker *c, struct telling *l, const struct place *p,
                       const struct record *course, enum check_rule_id rule)
{
    str key = str_fmt(c->scratch, "%d %zu %zu", (int)rule, p->person->number, course->number);
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

static void report_untrained(struct checker *c, struct telling *l, const struct place *p,
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
static void check_untrained(struct checker *c, struct telling *l, const struct place *p,
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

static void check_expiry(struct checker *c, struct telling *l, const struct place *p,
                         const struct record *training)
{
    const struct record *course = rec_ref(training, TRAINING_COURSE);
    if (learning_counts(c->model, training))
        return;
    size_t roles = take_gap(c, l, p, course, CHECK_RULE_TRAINING_EXPIRED);
    if (roles == 0)
        return;
    check_report(c, CHECK_RULE_TRAINING_EXPIRED, p->role, p->at,
                 "'" STR_FMT "' (" STR_FMT ") " STR_FMT ", and '" STR_FMT "' (" STR_FMT
                 ") ran out on " STR_FMT,
                 STR_ARG(p->person->id), STR_ARG(p->person->title),
                 STR_ARG(seat_words(c, p, roles)), STR_ARG(course->id), STR_ARG(course->title),
                 STR_ARG(check_day_words(c, learning_until(training))));
    diag_related(c->diags, training->id_span, "it was last taken on " STR_FMT,
                 STR_ARG(check_day_words(c, rec_date(training, TRAINING_DATE))));
}

/* Whoever has left is not trained any more: the role is vacant (GV8). */
static void check_seat(struct checker *c, struct telling *l, const struct place *p)
{
    size_t count;
    const struct record *const *asked = learning_courses(l->learning, p->role, &count);
    for (size_t i = 0; p->person != NULL && check_is_here(c, p->person) && i < count; i++) {
        const struct record *newest = learning_taken(l->learning, p->person, asked[i]);
        if (newest == NULL)
            check_untrained(c, l, p, asked[i]);
        else
            check_expiry(c, l, p, newest);
    }
}

static void check_role(struct checker *c, struct telling *l, const struct record *role)
{
    size_t count;
    const struct field_value *deputies = rec_items(role, ROLE_DEPUTIES, &count);
    if (l->is_telling && learning_is_cut(l->learning, role))
        check_report(c, CHECK_RULE_NEW_HOLDER_UNTRAINED, role, role->id_span,
                     "'" STR_FMT "' asks for more than %d courses; the others are not looked at",
                     STR_ARG(role->id), LEARNING_COURSES_MAX);
    check_seat(c, l,
               &(struct place){role, rec_ref_to(role, ROLE_HOLDER, TYPE_PERSON),
                               check_place(role, ROLE_HOLDER), false});
    for (size_t i = 0; i < count; i++)
        check_seat(c, l,
                   &(struct place){role, field_target_of(&deputies[i], TYPE_PERSON),
                                   deputies[i].span, true});
}

static void check_roles(struct checker *c)
{
    const struct record_list *roles = model_list(c->model, TYPE_ROLE);
    struct telling l = {learning_of(c->scratch, c->model), map_in(c->scratch), false};
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
    size_t count;
    const struct record **newest = awareness_newest(c->scratch, c->model, &count);
    long long target = model_limit(c->model, LIMITS_AWARENESS_PERCENT);
    for (size_t i = 0; i < count; i++) {
        const struct record *e = newest[i];
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
