/* form/table/training: who has learnt what their role asks for, who attended, who was reached. */
#include "form/table/system.h"

#include <stdlib.h>

#include "form/table/cells.h"
#include "model/classes.h"
#include "model/learning.h"
#include "model/limits.h"

/* -- Roles, people and courses ---------------------------------------------------------------- */

/* Somebody in a role. */
struct place {
    const struct record *role, *person;
    bool is_deputy;
};

struct making {
    struct arena *arena;
    const struct model *model;
    const struct learning *learning;
    struct table *table;
    const struct record *only; /* this person; NULL: all */
    bool is_withheld;          /* training may be missing from this copy */
    struct asked *asked;
    size_t count, cap;
};

/* From the worst to the best. */
enum ability { NEVER, FAILED, RAN_OUT, FAILED_AGAIN, RUNS_OUT, NOT_KNOWN, NOT_HERE, TAKEN };

/* One course of somebody in a role. */
struct asked {
    struct place place;
    const struct record *course, *training, *failed;
    enum ability ability;
    size_t order; /* in which they were found */
};

static enum ability ability_of(const struct making *x, const struct asked *k)
{
    enum { SOON_DAYS = 60 };
    date until = k->training != NULL ? learning_until(k->training) : DATE_NONE;
    date today = x->model->as_of;
    bool ends = until != DATE_NONE && today != DATE_NONE;
    if (k->training == NULL)
        return k->failed != NULL                                                  ? FAILED
               : x->is_withheld                                                   ? NOT_HERE
               : learning_is_unknown(x->learning, k->place.person, k->course) ? NOT_KNOWN
                                                                                  : NEVER;
    if (ends && until < today)
        return RAN_OUT;
    if (k->failed != NULL)
        return FAILED_AGAIN;
    return ends && until - today <= SOON_DAYS ? RUNS_OUT : TAKEN;
}

static struct cell state_of(struct arena *a, enum ability ability)
{
    static const struct {
        str words;
        enum tone tone;
    } said[] = {
        [NEVER] = {S_INIT("Never taken"), TONE_BAD},
        [FAILED] = {S_INIT("Failed"), TONE_BAD},
        [RAN_OUT] = {S_INIT("Ran out"), TONE_BAD},
        [FAILED_AGAIN] = {S_INIT("Failed the last time"), TONE_WARN},
        [RUNS_OUT] = {S_INIT("Runs out soon"), TONE_WARN},
        [NOT_KNOWN] = {S_INIT("Not known then"), TONE_MUTED},
        [NOT_HERE] = {S_INIT("Not in this copy"), TONE_MUTED},
        [TAKEN] = {S_INIT("Taken"), TONE_GOOD},
    };
    return cell_chip(a, said[ability].words, said[ability].tone);
}

static void add_row(const struct making *x, const struct asked *k)
{
    struct arena *a = x->arena;
    struct cell *cells = table_row(a, x->table);
    cells[0] = cell_record(a, k->place.role);
    cells[1] = cell_field(a, k->place.role, ROLE_DECISION_ROLE);
    cells[2] = k->place.person != NULL ? cell_record(a, k->place.person)
                                       : cell_field(a, k->place.role, ROLE_HOLDER);
    cells[3] = cell_text(a, k->place.is_deputy ? S("Deputy") : S("Holder"));
    cells[4] = cell_record(a, k->course);
    if (k->training != NULL) {
        cells[5] = cell_field(a, k->training, TRAINING_DATE);
        cells[6] = cell_field(a, k->training, TRAINING_RESULT);
        cells[7] = cell_day(a, learning_until(k->training));
    }
    if (k->failed != NULL)
        cells[8] = cell_field(a, k->failed, TRAINING_DATE);
    cells[9] = state_of(a, k->ability);
}

static void ask(struct making *x, const struct place *p, const struct record *course)
{
    struct asked k = {.place = *p,
                      .course = course,
                      .training = learning_taken(x->learning, p->person, course),
                      .failed = learning_failed(x->learning, p->person, course),
                      .order = x->count};
    k.ability = ability_of(x, &k);
    PUSH(x->arena, x->asked, x->count, x->cap, struct asked) = k;
}

static int worst_first(const void *one, const void *other)
{
    const struct asked *x = one, *y = other;
    if (x->ability != y->ability)
        return x->ability < y->ability ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

/* Whoever has left can do nothing here any more. */
static void add_place(struct making *x, const struct place *p)
{
    size_t count;
    if (p->person == NULL || p->person->type->number != TYPE_PERSON ||
        !person_is_here(x->model, p->person) || (x->only != NULL && x->only != p->person))
        return;
    const struct record *const *courses = learning_courses(x->learning, p->role, &count);
    for (size_t i = 0; i < count; i++)
        ask(x, p, courses[i]);
}

/* Somebody held the role before the holder of today, and nobody can tell who. */
static void add_unknown_holder(struct making *x, const struct place *p)
{
    size_t count;
    const struct record *const *courses = learning_courses(x->learning, p->role, &count);
    for (size_t i = 0; i < count && x->only == NULL; i++) {
        struct asked k = {
            .place = *p, .course = courses[i], .ability = NOT_KNOWN, .order = x->count};
        PUSH(x->arena, x->asked, x->count, x->cap, struct asked) = k;
    }
}

static void add_role(struct making *x, const struct record *role)
{
    struct place p = {.role = role, .person = rec_ref(role, ROLE_HOLDER)};
    size_t count;
    const struct field_value *deputies = rec_items(role, ROLE_DEPUTIES, &count);
    if (rec_is_unknown(role, ROLE_HOLDER))
        add_unknown_holder(x, &p);
    add_place(x, &p);
    p.is_deputy = true;
    for (size_t i = 0; i < count; i++) {
        p.person = field_target(&deputies[i]);
        add_place(x, &p);
    }
}

static struct making making_in(struct arena *a, const struct model *m,
                               const struct learning *learning, struct table *t)
{
    return (struct making){.arena = a,
                           .model = m,
                           .learning = learning,
                           .table = t,
                           .is_withheld = type_may_be_withheld(m, TYPE_TRAINING)};
}

static void put_asked(struct making *x)
{
    if (x->count != 0)
        qsort(x->asked, x->count, sizeof *x->asked, worst_first);
    for (size_t i = 0; i < x->count; i++)
        add_row(x, &x->asked[i]);
}

struct table *training_table(struct arena *a, str id, str caption)
{
    static const struct column column[] = {
        COLUMN("role", "Role", TEXT),
        COLUMN("decides", "Takes decisions", TEXT),
        COLUMN("person", "Person", TEXT),
        COLUMN("as", "As", TEXT),
        COLUMN("course", "Course that the role asks for", TEXT),
        COLUMN("taken", "Taken on", DATE),
        COLUMN("result", "Result", CHIP),
        COLUMN("until", "Counts until", DATE),
        COLUMN("failed", "Failed on", DATE),
        COLUMN("state", "State", CHIP),
    };
    return table_new(a, id, caption, column, COUNT_OF(column));
}

void training_add(struct arena *a, const struct model *m, const struct learning *learning,
                  struct table *t, const struct record *role, const struct record *only)
{
    struct making x = making_in(a, m, learning, t);
    x.only = only;
    add_role(&x, role);
    put_asked(&x);
}

const struct table *training_matrix(struct arena *a, const struct model *m)
{
    const struct record_list *roles = model_list(m, TYPE_ROLE);
    struct making x = making_in(a, m, learning_of(a, m),
                                training_table(a, S("list-training-matrix"), S("Who can do what")));
    for (size_t i = 0; i < roles->count; i++)
        if (rec_is_live(roles->items[i]))
            add_role(&x, roles->items[i]);
    put_asked(&x);
    return x.table;
}

/* -- Attendance ------------------------------------------------------------------------------- */

static int year_of(const struct record *training)
{
    return date_ymd(rec_date(training, TRAINING_DATE)).year;
}

static str course_title(const struct record *training)
{
    const struct record *course = rec_ref(training, TRAINING_COURSE);
    return course != NULL ? course->title : S("");
}

/* By course, the newest year first, then by day and person. */
static int by_course(const void *one, const void *other)
{
    const struct record *x = *(const struct record *const *)one;
    const struct record *y = *(const struct record *const *)other;
    int order = str_cmp(course_title(x), course_title(y));
    if (order != 0)
        return order;
    if (year_of(x) != year_of(y))
        return year_of(x) > year_of(y) ? -1 : 1;
    if (rec_date(x, TRAINING_DATE) != rec_date(y, TRAINING_DATE))
        return rec_date(x, TRAINING_DATE) < rec_date(y, TRAINING_DATE) ? -1 : 1;
    return str_cmp_natural(x->id, y->id);
}

static void add_attendance(struct arena *a, struct table *t, const struct record *r)
{
    struct cell *cells = table_row(a, t);
    cells[0] = cell_field(a, r, TRAINING_COURSE);
    cells[1] = cell_count(a, (size_t)year_of(r));
    cells[2] = cell_field(a, r, TRAINING_DATE);
    cells[3] = cell_field(a, r, TRAINING_PERSON);
    cells[4] = cell_field(a, r, TRAINING_RESULT);
    cells[5] = cell_field(a, r, TRAINING_TRAINER);
    if (learning_is_taken(r))
        cells[6] = cell_day(a, learning_until(r));
    cells[7] = cell_link(a, r, r->id);
}

const struct table *attendance(struct arena *a, const struct model *m)
{
    static const struct column column[] = {
        COLUMN("course", "Course", TEXT),      COLUMN("year", "Year", NUMBER),
        COLUMN("date", "Date", DATE),          COLUMN("person", "Person", TEXT),
        COLUMN("result", "Result", CHIP),      COLUMN("trainer", "Trainer", TEXT),
        COLUMN("until", "Counts until", DATE), COLUMN("record", "Record", CODE),
    };
    const struct record_list *list = model_list(m, TYPE_TRAINING);
    const struct record **row = NEW_ARRAY(a, const struct record *, list->count + 1);
    struct table *t = table_new(a, S("list-attendance"), S("Attendance"), column, COUNT_OF(column));
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++)
        if (rec_has(list->items[i], TRAINING_DATE) && rec_counts(list->items[i]))
            row[count++] = list->items[i];
    if (count != 0)
        qsort(row, count, sizeof *row, by_course);
    for (size_t i = 0; i < count; i++)
        add_attendance(a, t, row[i]);
    return t;
}

/* -- Awareness -------------------------------------------------------------------------------- */

static bool has_come(const struct model *m, const struct record *event)
{
    date day = rec_date(event, AWARENESS_DATE);
    return day != DATE_NONE && (m->as_of == DATE_NONE || day <= m->as_of);
}

/* The newest event of an audience of which the reach is known: what it reached is what counts. */
static void take_event(struct arena *a, const struct model *m, struct map *newest,
                       const struct record *event)
{
    str audience = rec_text(event, AWARENESS_AUDIENCE);
    const struct record **last = map_find(newest, audience);
    if (!has_come(m, event) || !rec_has(event, AWARENESS_REACH_PERCENT))
        return;
    if (last == NULL) {
        last = NEW(a, const struct record *);
        map_put(newest, audience, last);
    }
    if (*last == NULL || rec_date(event, AWARENESS_DATE) >= rec_date(*last, AWARENESS_DATE))
        *last = event;
}

static struct cell reach_state(struct arena *a, const struct model *m, struct map *newest,
                               const struct record *event)
{
    long long target = model_limit(m, LIMITS_AWARENESS_PERCENT);
    const struct record *const *last = map_find(newest, rec_text(event, AWARENESS_AUDIENCE));
    if (!has_come(m, event))
        return rec_has(event, AWARENESS_DATE) ? cell_chip(a, S("Planned"), TONE_MUTED)
                                              : cell_chip(a, S("Date not known"), TONE_MUTED);
    if (!rec_has(event, AWARENESS_REACH_PERCENT))
        return rec_lacks(event, AWARENESS_REACH_PERCENT)
                   ? cell_chip(a, S("Not counted"), TONE_WARN)
                   : cell_chip(a, S("Reach not known"), TONE_MUTED);
    if (rec_int(event, AWARENESS_REACH_PERCENT, 0) >= target)
        return cell_chip(a, S("Reached"), TONE_GOOD);
    return last != NULL && *last == event ? cell_chip(a, S("Too few"), TONE_BAD)
                                          : cell_chip(a, S("Too few, told again"), TONE_MUTED);
}

static int newest_first(const void *one, const void *other)
{
    const struct record *x = *(const struct record *const *)one;
    const struct record *y = *(const struct record *const *)other;
    date a = rec_date(x, AWARENESS_DATE), b = rec_date(y, AWARENESS_DATE);
    if (a != b)
        return a > b ? -1 : 1;
    return str_cmp_natural(x->id, y->id);
}

static void add_event(struct arena *a, const struct model *m, struct table *t, struct map *newest,
                      const struct record *event)
{
    struct cell *cells = table_row(a, t);
    cells[0] = cell_record(a, event);
    cells[1] = cell_field(a, event, AWARENESS_DATE);
    cells[2] = cell_field(a, event, AWARENESS_AUDIENCE);
    cells[3] = cell_field(a, event, AWARENESS_TOPICS);
    cells[4] = cell_field(a, event, AWARENESS_REACH_PERCENT);
    cells[5] = cell_count(a, (size_t)model_limit(m, LIMITS_AWARENESS_PERCENT));
    cells[6] = reach_state(a, m, newest, event);
}

const struct table *awareness(struct arena *a, const struct model *m)
{
    static const struct column column[] = {
        COLUMN("event", "Event", TEXT),         COLUMN("date", "Date", DATE),
        COLUMN("audience", "Audience", TEXT),   COLUMN("topics", "Topics", TEXT),
        COLUMN("reach", "Reached (%)", NUMBER), COLUMN("target", "Target (%)", NUMBER),
        COLUMN("state", "State", CHIP),
    };
    const struct record_list *list = model_list(m, TYPE_AWARENESS);
    const struct record **row = NEW_ARRAY(a, const struct record *, list->count + 1);
    struct table *t = table_new(a, S("list-awareness"), S("Awareness"), column, COUNT_OF(column));
    struct map newest = map_in(a);
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++)
        if (rec_counts(list->items[i])) {
            row[count++] = list->items[i];
            take_event(a, m, &newest, list->items[i]);
        }
    if (count != 0)
        qsort(row, count, sizeof *row, newest_first);
    for (size_t i = 0; i < count; i++)
        add_event(a, m, t, &newest, row[i]);
    return t;
}
