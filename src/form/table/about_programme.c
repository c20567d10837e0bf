/* form/table/about_programme: what an exercise programme asks for, and what came of it (8.5). */
#include "form/table/about.h"

#include "derive/restore.h"
#include "form/table/cells.h"
#include "model/limits.h"
#include "model/practice.h"
#include "model/recovery.h"

enum { YEARS_MAX = 6 };

/* -- Kinds by year --------------------------------------------------------------------------- */

struct years {
    int from;
    size_t count;
};

static struct years years_of(const struct record *programme)
{
    long long from = rec_int(programme, EXERCISE_PROGRAMME_FROM_YEAR, 0);
    long long to = rec_int(programme, EXERCISE_PROGRAMME_TO_YEAR, from);
    if (from == 0 || to < from)
        return (struct years){0, 0};
    size_t count = (size_t)(to - from + 1);
    return (struct years){(int)from, count < YEARS_MAX ? count : YEARS_MAX};
}

/* What the programme asks for a year; 0: nothing. */
static long long asked_of(const struct record *programme, str kind)
{
    size_t count;
    const struct field_value *v = rec_items(programme, EXERCISE_PROGRAMME_TARGETS, &count);
    long long asked = 0;
    for (size_t i = 0; i < count; i++)
        if (v[i].state == FV_PRESENT && str_eq(rec_text(v[i].record, EXERCISE_TARGET_KIND), kind))
            asked += rec_int(v[i].record, EXERCISE_TARGET_PER_YEAR, 0);
    return asked;
}

static void add_words(struct buf *b, size_t count, const char *word)
{
    if (count != 0)
        buf_fmt(b, "%s%zu %s", b->n == 0 ? "" : ", ", count, word);
}

/* Of a year that is over what was held counts, of others also what is still to come. */
static struct cell year_cell(struct arena *a, const struct model *m, struct practice_count n,
                             long long asked, int year)
{
    struct buf words = buf_in(a, 48);
    int today = m->as_of == DATE_NONE ? year : date_ymd(m->as_of).year;
    add_words(&words, n.held, "held");
    add_words(&words, n.planned, "planned");
    add_words(&words, n.missed, "missed");
    if (words.n == 0 && (asked == 0 || model_is_partial(m)))
        return (struct cell){0};
    if (words.n == 0)
        buf_lit(&words, "none");
    size_t counts = year < today ? n.held : n.held + n.planned;
    if (asked == 0 || model_is_partial(m))
        return cell_text(a, buf_str(&words));
    return cell_chip(a, buf_str(&words),
                     (long long)counts >= asked ? TONE_GOOD
                     : year < today             ? TONE_BAD
                                                : TONE_WARN);
}

static struct table *years_table(struct arena *a, struct years years)
{
    struct column column[2 + YEARS_MAX] = {COLUMN("kind", "Kind", TEXT),
                                           COLUMN("asked", "Asked a year", NUMBER)};
    for (size_t i = 0; i < years.count; i++) {
        str year = str_fmt(a, "%d", years.from + (int)i);
        column[2 + i] = (struct column){year, year, COLUMN_CHIP};
    }
    return table_new(a, S(""), S(""), column, 2 + years.count);
}

/* Kind by kind, year by year; years->count for each. */
static struct practice_count *counts_of(struct arena *a, const struct model *m,
                                        const struct record *r, struct years years, size_t kinds)
{
    struct practice_count *n = NEW_ARRAY(a, struct practice_count, kinds * YEARS_MAX);
    const struct type_def *type = m->schema->types[TYPE_EXERCISE];
    const struct field_def *own = &type->fields[schema_slot(type, EXERCISE_PROGRAMME)];
    for (size_t i = 0; i < r->back_count; i++) {
        const struct record *e = r->back[i].from;
        if (r->back[i].field != own || !rec_has(e, EXERCISE_KIND) || exercise_day(e) == DATE_NONE)
            continue;
        long long year = date_ymd(exercise_day(e)).year - years.from;
        if (year >= 0 && year < (long long)years.count)
            practice_add(&n[(size_t)rec_int(e, EXERCISE_KIND, 0) * YEARS_MAX + (size_t)year], m, e);
    }
    return n;
}

static void add_kind(struct arena *a, const struct model *m, struct table *t,
                     const struct practice_count *n, struct years years, long long asked, str kind)
{
    size_t any = 0;
    for (size_t i = 0; i < years.count; i++)
        any += n[i].held + n[i].planned + n[i].missed;
    if (asked == 0 && any == 0)
        return;
    struct cell *cells = table_row(a, t);
    cells[0] = cell_text(a, word_for_people(a, kind));
    if (asked != 0)
        cells[1] = cell_count(a, (size_t)asked);
    for (size_t i = 0; i < years.count; i++)
        cells[2 + i] = year_cell(a, m, n[i], asked, years.from + (int)i);
}

const struct table *kinds_table(struct arena *a, const struct model *m, const struct record *r)
{
    const struct type_def *type = m->schema->types[TYPE_EXERCISE];
    const struct field_def *kinds = &type->fields[schema_slot(type, EXERCISE_KIND)];
    struct years years = years_of(r);
    const struct practice_count *n = counts_of(a, m, r, years, kinds->word_count);
    struct table *t = years_table(a, years);
    for (size_t k = 0; k < kinds->word_count; k++)
        add_kind(a, m, t, n + k * YEARS_MAX, years, asked_of(r, kinds->words[k]), kinds->words[k]);
    if (model_is_partial(m) && t->row_count != 0)
        t->note = S("Counted from what this copy holds.");
    return t;
}

/* -- Coverage -------------------------------------------------------------------------------- */

static bool is_asked(const struct node *n)
{
    return n->record->type->number == TYPE_ACTIVITY && n->is_prioritised && rec_is_live(n->record);
}

static struct cell covered_cell(struct arena *a, const struct model *m, const struct record *by)
{
    if (by != NULL)
        return cell_chip(a, S("Exercised"), TONE_GOOD);
    if (model_is_partial(m))
        return cell_text(a, S("not known in this copy"));
    return cell_chip(a, S("Not exercised"), TONE_BAD);
}

static str coverage_note(struct arena *a, const struct model *m, size_t covered, size_t all)
{
    long long months = model_limit(m, LIMITS_EXERCISE_MONTHS);
    if (all == 0)
        return S("No activity is prioritised.");
    if (model_is_partial(m))
        return S("Worked out from what this copy holds.");
    return str_fmt(a,
                   "%zu of %zu prioritised activities (%zu %%) were exercised within %lld months, "
                   "%lld %% should be.",
                   covered, all, covered * 100 / all, months,
                   model_limit(m, LIMITS_COVERAGE_PERCENT));
}

const struct table *coverage_table(struct arena *a, const struct model *m, const struct record *r)
{
    static const struct column column[] = {
        COLUMN("activity", "Prioritised activity", TEXT), COLUMN("rto", "Must be back in", TEXT),
        COLUMN("by", "Exercised in, or through", TEXT), COLUMN("state", "State", CHIP)};
    struct table *t = table_new(a, S(""), S(""), column, COUNT_OF(column));
    const struct practice *p = practice_of(a, m);
    size_t count, covered = 0;
    const size_t *order = recovery_by_urgency(a, m, &count);
    (void)r;
    for (size_t i = 0; i < count; i++) {
        const struct node *n = &m->recovery->nodes[order[i]];
        if (!is_asked(n))
            continue;
        const struct record *by = practice_activity(p, n->record);
        struct cell *cells = table_row(a, t);
        cells[0] = cell_record(a, n->record);
        cells[1] = cell_duration(a, n->asked[TIME_RTO].value);
        cells[2] = cell_record(a, by);
        cells[3] = covered_cell(a, m, by);
        covered += by != NULL;
    }
    t->note = coverage_note(a, m, covered, t->row_count);
    return t;
}

/* -- Plans that are not exercised ------------------------------------------------------------ */

/* The next exercise that is planned with it; NULL. */
static const struct record *next_exercise(const struct model *m, const struct record *plan)
{
    const struct record *next = NULL;
    for (size_t i = 0; i < plan->back_count; i++) {
        const struct record *e = plan->back[i].from;
        if (e->type->number != TYPE_EXERCISE || !exercise_is_to_come(e) ||
            rec_date(e, EXERCISE_PLANNED) < m->as_of)
            continue;
        if (next == NULL || rec_date(e, EXERCISE_PLANNED) < rec_date(next, EXERCISE_PLANNED))
            next = e;
    }
    return next;
}

static struct cell next_cell(struct arena *a, const struct record *next)
{
    if (next != NULL)
        return cell_link(a, next,
                         str_fmt(a, STR_FMT " on " STR_FMT, STR_ARG(next->title),
                                 STR_ARG(date_long(a, rec_date(next, EXERCISE_PLANNED)))));
    return cell_chip(a, S("None planned"), TONE_BAD);
}

const struct table *unexercised_table(struct arena *a, const struct model *m,
                                      const struct record *r)
{
    static const struct column column[] = {
        COLUMN("plan", "Plan", TEXT), COLUMN("kind", "Kind", TEXT),
        COLUMN("last", "Last exercised", DATE), COLUMN("how", "How", TEXT),
        COLUMN("next", "Next", TEXT)};
    struct table *t = table_new(a, S(""), S(""), column, COUNT_OF(column));
    const struct record_list *plans = model_list(m, TYPE_PLAN);
    const struct practice *p = practice_of(a, m);
    (void)r;
    if (model_is_partial(m)) {
        t->note = S("Not told in a copy that does not hold everything.");
        return t;
    }
    for (size_t i = 0; i < plans->count; i++) {
        const struct rehearsal *done = practice_plan(p, plans->items[i]);
        if (!rec_is_live(plans->items[i]) || done->is_recent)
            continue;
        struct cell *cells = table_row(a, t);
        cells[0] = cell_record(a, plans->items[i]);
        cells[1] = cell_field(a, plans->items[i], PLAN_KIND);
        cells[2] = cell_day(a, done->last);
        cells[3] = cell_text(a, done->is_done     ? S("carried out")
                                : done->is_talked ? S("talked through")
                                                  : S("never"));
        cells[4] = next_cell(a, next_exercise(m, plans->items[i]));
    }
    if (t->row_count == 0)
        t->note = str_fmt(a, "Every plan in use was exercised within %lld months.",
                          model_limit(m, LIMITS_EXERCISE_MONTHS));
    return t;
}
