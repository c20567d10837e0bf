/* form/draw/chart/cover: which activities were and will be exercised, and when. */
#include "form/draw/chart/cover_int.h"

#include <stdlib.h>

#include "model/limits.h"
#include "model/recovery.h"

enum { COLUMNS_MAX = 16, QUARTERS = 4 };

/* -- Which years ------------------------------------------------------------------------- */

static bool is_sound(const struct record *programme)
{
    long long from = rec_int(programme, EXERCISE_PROGRAMME_FROM_YEAR, 0);
    long long to = rec_int(programme, EXERCISE_PROGRAMME_TO_YEAR, 0);
    return from >= 1900 && to <= 2200 && from <= to;
}

static int this_year(const struct model *m)
{
    return m->as_of == DATE_NONE ? 2000 : date_ymd(m->as_of).year;
}

static bool is_running(const struct model *m, const struct record *programme)
{
    return rec_int(programme, EXERCISE_PROGRAMME_TO_YEAR, 0) >= this_year(m);
}

/* The last that began; one that still runs before those that are over. */
static const struct record *find_programme(const struct model *m)
{
    const struct record_list *all = model_list(m, TYPE_EXERCISE_PROGRAMME);
    const struct record *best = NULL;
    for (size_t i = 0; i < all->count; i++) {
        const struct record *r = all->items[i];
        long long from = rec_int(r, EXERCISE_PROGRAMME_FROM_YEAR, 0);
        if (!is_sound(r) || from > this_year(m))
            continue;
        if (best == NULL || (is_running(m, r) && !is_running(m, best)) ||
            (is_running(m, r) == is_running(m, best) &&
             from > rec_int(best, EXERCISE_PROGRAMME_FROM_YEAR, 0)))
            best = r;
    }
    return best;
}

bool cover_years(struct cover *c)
{
    const struct request *q = c->q;
    const enum type_id type = TYPE_EXERCISE_PROGRAMME;
    c->programme = q->subject.n != 0 ? request_record(q, &type, 1) : find_programme(q->model);
    if (q->subject.n != 0 && c->programme == NULL)
        return false;
    c->from_year = this_year(q->model) - 1;
    c->to_year = c->from_year + 2;
    if (c->programme != NULL && is_sound(c->programme)) {
        c->from_year = (int)rec_int(c->programme, EXERCISE_PROGRAMME_FROM_YEAR, 0);
        c->to_year = (int)rec_int(c->programme, EXERCISE_PROGRAMME_TO_YEAR, 0);
    }
    if (c->to_year - c->from_year >= COLUMNS_MAX)
        c->from_year = c->to_year - COLUMNS_MAX + 1;
    size_t years = (size_t)(c->to_year - c->from_year + 1);
    c->columns = years * QUARTERS <= COLUMNS_MAX ? years * QUARTERS : years;
    return true;
}

size_t cover_columns_per_year(const struct cover *c)
{
    return c->columns / (size_t)(c->to_year - c->from_year + 1);
}

size_t cover_column(const struct cover *c, date day)
{
    struct ymd d = date_ymd(day);
    size_t per_year = cover_columns_per_year(c);
    if (day == DATE_NONE || d.year < c->from_year || d.year > c->to_year)
        return SIZE_MAX;
    return (size_t)(d.year - c->from_year) * per_year +
           (per_year == 1 ? 0 : (size_t)(d.month - 1) / 3);
}

/* -- Which activities and exercises ------------------------------------------------------- */

static int by_unit(const void *x, const void *y)
{
    const struct record *a = ((const struct line *)x)->activity;
    const struct record *b = ((const struct line *)y)->activity;
    const struct record *unit_a = row_unit(a), *unit_b = row_unit(b);
    size_t number_a = unit_a != NULL ? unit_a->number : SIZE_MAX;
    size_t number_b = unit_b != NULL ? unit_b->number : SIZE_MAX;
    if (number_a != number_b)
        return number_a < number_b ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

static bool is_asked(const struct model *m, const struct record *activity)
{
    const struct node *node = recovery_node(m, activity);
    return rec_is_live(activity) && (node == NULL || node->is_prioritised);
}

static enum result result_of(const struct model *m, const struct record *r)
{
    bool is_open = rec_lacks(r, EXERCISE_HELD);
    if (is_open)
        return rec_date(r, EXERCISE_PLANNED) < m->as_of ? MISSED : PLANNED;
    if (!rec_has(r, EXERCISE_OUTCOME))
        return NO_RESULT;
    return (enum result)rec_value(r, EXERCISE_OUTCOME)->number; /* in the order of its words */
}

static struct session session_of(const struct model *m, const struct record *r)
{
    struct session s = {.exercise = r, .kind = KIND_NONE, .result = result_of(m, r)};
    s.day = rec_has(r, EXERCISE_HELD) ? rec_date(r, EXERCISE_HELD) : rec_date(r, EXERCISE_PLANNED);
    if (rec_has(r, EXERCISE_KIND))
        s.kind = (size_t)rec_value(r, EXERCISE_KIND)->number;
    return s;
}

/* Those that were given up count for nothing. */
static void add_exercise(struct cover *c, struct line *const *line_of, const struct record *r)
{
    struct session s = session_of(c->q->model, r);
    bool is_held = rec_has(r, EXERCISE_HELD);
    size_t count;
    const struct field_value *v = rec_items(r, EXERCISE_ACTIVITIES, &count);
    if (s.day == DATE_NONE || (rec_is_over(r) && rec_lacks(r, EXERCISE_HELD)))
        return;
    for (size_t i = 0; i < count; i++) {
        const struct record *activity = field_target(&v[i]);
        struct line *l = is_of(activity, TYPE_ACTIVITY) ? line_of[activity->number] : NULL;
        if (l == NULL || (l->count != 0 && l->sessions[l->count - 1].exercise == r))
            continue;
        PUSH(c->q->arena, l->sessions, l->count, l->cap, struct session) = s;
        if (is_held && s.day > l->last)
            l->last = s.day;
    }
}

static int by_day(const void *x, const void *y)
{
    const struct session *a = x, *b = y;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    return a->exercise->number < b->exercise->number ? -1 : 1;
}

enum standing cover_standing(const struct cover *c, const struct line *l)
{
    const struct model *m = c->q->model;
    if (l->last == DATE_NONE)
        return NEVER;
    int months = (int)model_limit(m, LIMITS_EXERCISE_MONTHS);
    return m->as_of != DATE_NONE && date_add_months(l->last, months) < m->as_of ? LONG_AGO : RECENT;
}

void cover_collect(struct cover *c)
{
    const struct model *m = c->q->model;
    const struct record_list *activities = model_list(m, TYPE_ACTIVITY);
    const struct record_list *exercises = model_list(m, TYPE_EXERCISE);
    struct line **line_of = NEW_ARRAY(c->q->arena, struct line *, activities->count + 1);
    c->lines = NEW_ARRAY(c->q->arena, struct line, activities->count + 1);
    c->rows = NEW_ARRAY(c->q->arena, struct row, activities->count + 1);
    for (size_t i = 0; i < activities->count; i++)
        if (is_asked(m, activities->items[i]))
            c->lines[c->count++] =
                (struct line){.activity = activities->items[i], .last = DATE_NONE};
    qsort(c->lines, c->count, sizeof *c->lines, by_unit);
    for (size_t i = 0; i < c->count; i++)
        line_of[c->lines[i].activity->number] = &c->lines[i];
    for (size_t i = 0; i < exercises->count; i++)
        add_exercise(c, line_of, exercises->items[i]);
    for (size_t i = 0; i < c->count; i++) {
        struct line *l = &c->lines[i];
        if (l->count > 1)
            qsort(l->sessions, l->count, sizeof *l->sessions, by_day);
        c->rows[i] = (struct row){l->activity, cover_standing(c, l)};
    }
}
