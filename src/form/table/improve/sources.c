/* form/table/improve/sources: what the findings of each source and grade led to (S0.47, S0.50). */
#include "form/table/improve.h"

#include <stdlib.h>

#include "form/table/cells.h"
#include "model/actions.h"

/* Findings of one source and grade. */
struct group {
    size_t all, open, in_hand, closed;
    size_t dated;   /* closed, and known when found and when the last action was done */
    long long days; /* of those, from found to done */
    size_t repeats, judged, effective;
    size_t dark;               /* closed by now, but on the earlier day nobody can tell */
    const struct record *last; /* the action that was counted last: once in each group */
};

/* What the actions of a finding say. */
struct answers {
    bool is_there;  /* one at least counts */
    bool is_undone; /* of one it is not known when it was done */
    date done;      /* the last; DATE_NONE */
};

enum { WORDS_MAX = 16 }; /* of sources and of grades; the last place is for what is not known */

struct sources {
    struct arena *arena;
    const struct model *model;
    struct answers *answers; /* by number of the finding */
    bool *is_repeat;         /* the same */
    struct group groups[WORDS_MAX][WORDS_MAX], total;
    size_t unknown; /* effects that this copy does not tell */
};

static size_t place_of(const struct record *finding, enum field_id field)
{
    long long word = rec_int(finding, field, -1);
    return word >= 0 && word < WORDS_MAX - 1 ? (size_t)word : WORDS_MAX - 1;
}

static struct group *group_of(struct sources *x, const struct record *finding)
{
    return &x->groups[place_of(finding, FINDING_SOURCE)][place_of(finding, FINDING_GRADE)];
}

static date day_of(const struct record *f)
{
    return rec_has(f, FINDING_DATE) ? rec_date(f, FINDING_DATE) : rec_date(f, COMMON_CREATED);
}

/* -- What actions say ------------------------------------------------------------------------- */

static void take_effect(struct group *g, const struct record *action)
{
    if (g->last == action || !rec_has(action, ACTION_EFFECT_RESULT))
        return;
    g->last = action;
    g->judged++;
    g->effective += str_eq(rec_text(action, ACTION_EFFECT_RESULT), S("effective"));
}

static void take_action(struct sources *x, const struct record *action)
{
    size_t count;
    const struct field_value *v = rec_items(action, ACTION_FINDINGS, &count);
    date done = rec_date(action, ACTION_DONE_ON);
    for (size_t i = 0; i < count; i++) {
        const struct record *f = field_target(&v[i]);
        if (f == NULL || f->type->number != TYPE_FINDING || !rec_counts(f))
            continue;
        struct answers *answers = &x->answers[f->number];
        answers->is_there = true;
        answers->is_undone |= done == DATE_NONE;
        if (answers->done == DATE_NONE || done > answers->done)
            answers->done = done;
        take_effect(group_of(x, f), action);
        take_effect(&x->total, action);
    }
    x->unknown +=
        !rec_lacks(action, ACTION_EFFECT_RESULT) && !rec_has(action, ACTION_EFFECT_RESULT);
}

/* -- Repeats ---------------------------------------------------------------------------------- */

static int in_time(const void *one, const void *other)
{
    const struct record *x = *(const struct record *const *)one;
    const struct record *y = *(const struct record *const *)other;
    date a = day_of(x), b = day_of(y);
    if (a != b)
        return a < b ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

/* True when the map had the key; of an empty one nothing is known. */
static bool is_again(struct map *seen, struct arena *a, str first, str second)
{
    if (first.n == 0 || second.n == 0)
        return false;
    str key = str_fmt(a, STR_FMT "\n" STR_FMT, STR_ARG(first), STR_ARG(second));
    return map_put(seen, key, seen) != NULL;
}

/* Also of a cause that stands in two actions of the one finding: that is not again. */
static bool has_cause_again(struct map *causes, const struct record *finding)
{
    bool is_repeat = false;
    for (size_t i = 0; i < finding->back_count; i++) {
        const struct record *action = finding->back[i].from;
        if (!str_eq(finding->back[i].field->key, S("findings")) ||
            action->type->number != TYPE_ACTION || !rec_counts(action))
            continue;
        str cause = rec_text(action, ACTION_CAUSE);
        const struct record *before = cause.n != 0 ? map_find(causes, cause) : NULL;
        is_repeat |= before != NULL && before != finding;
        if (cause.n != 0 && before == NULL)
            map_put(causes, cause, (void *)finding);
    }
    return is_repeat;
}

/* Clauses are wide: of two owners each has a weakness of their own. */
static void find_repeats(struct sources *x)
{
    const struct record_list *list = model_list(x->model, TYPE_FINDING);
    const struct record **row = NEW_ARRAY(x->arena, const struct record *, list->count + 1);
    struct map clauses = map_in(x->arena), causes = map_in(x->arena);
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++)
        if (rec_counts(list->items[i]) && day_of(list->items[i]) != DATE_NONE)
            row[count++] = list->items[i];
    if (count != 0)
        qsort(row, count, sizeof *row, in_time);
    for (size_t i = 0; i < count; i++) {
        bool is_clause = is_again(&clauses, x->arena, rec_text(row[i], FINDING_CLAUSE),
                                  rec_text(row[i], COMMON_OWNER));
        bool is_cause = has_cause_again(&causes, row[i]);
        x->is_repeat[row[i]->number] = is_clause || is_cause;
    }
}

/* -- Findings --------------------------------------------------------------------------------- */

static bool is_looking_back(const struct model *m)
{
    return m->as_of != DATE_NONE && m->as_of < m->known_until;
}

static void add_finding(struct sources *x, struct group *g, const struct record *f)
{
    const struct answers *answers = &x->answers[f->number];
    enum truth closed = finding_is_closed(x->model, f);
    date found = day_of(f);
    g->all++;
    g->repeats += x->is_repeat[f->number];
    if (closed == TRUTH_NO) {
        g->in_hand += answers->is_there;
        g->open += !answers->is_there;
        return;
    }
    if (closed == TRUTH_UNKNOWN) {
        g->dark++;
        return;
    }
    g->closed++;
    if (found == DATE_NONE || !answers->is_there || answers->is_undone)
        return;
    g->dated++;
    g->days += answers->done > found ? answers->done - found : 0;
}

/* -- The table -------------------------------------------------------------------------------- */

/* "5 of 6"; sorts by the share. */
static struct cell share(struct arena *a, size_t part, size_t all)
{
    if (all == 0)
        return (struct cell){0};
    struct cell c = cell_text(a, str_fmt(a, "%zu of %zu (%zu %%)", part, all, 100 * part / all));
    c.sort = sort_key_number(a, (double)part / (double)all);
    return c;
}

static struct cell mean_days(struct arena *a, const struct group *g)
{
    return g->dated == 0 ? (struct cell){0}
                         : cell_count(a, ((size_t)g->days + g->dated / 2) / g->dated);
}

static void put_group(struct sources *x, struct cell *cells, const struct group *g, bool is_hidden)
{
    struct arena *a = x->arena;
    cells[2] = cell_count(a, g->all);
    if (!is_hidden) { /* an action that is not in this copy would make it one in hand */
        cells[3] = cell_count(a, g->open);
        cells[4] = cell_count(a, g->in_hand);
    }
    cells[5] = cell_count(a, g->closed);
    cells[6] = mean_days(a, g);
    cells[7] = cell_count(a, g->dated);
    cells[8] = cell_count(a, g->repeats);
    cells[9] = share(a, g->effective, g->judged);
}

static str word_at(const struct model *m, struct arena *a, enum field_id field, size_t place)
{
    const struct type_def *t = m->schema->types[TYPE_FINDING];
    const struct field_def *f = &t->fields[schema_slot(t, field)];
    return place < f->word_count ? word_for_people(a, f->words[place]) : S("Not known");
}

static void add_groups(struct sources *x, struct table *t, bool is_hidden)
{
    for (size_t source = 0; source < WORDS_MAX; source++)
        for (size_t grade = 0; grade < WORDS_MAX; grade++) {
            const struct group *g = &x->groups[source][grade];
            if (g->all == 0)
                continue;
            struct cell *cells = table_row(x->arena, t);
            cells[0] = cell_text(x->arena, word_at(x->model, x->arena, FINDING_SOURCE, source));
            str word = word_at(x->model, x->arena, FINDING_GRADE, grade);
            cells[1] = cell_chip(x->arena, word,
                                 grade == 0   ? TONE_BAD
                                 : grade == 1 ? TONE_WARN
                                              : TONE_MUTED);
            put_group(x, cells, g, is_hidden);
        }
}

static str note_of(struct sources *x, bool is_hidden)
{
    struct arena *a = x->arena;
    str parts[5];
    size_t count = 0;
    if (is_looking_back(x->model) && x->total.closed != 0)
        parts[count++] = S("When a finding was closed is not recorded; what was closed since "
                           "counts as closed once all its actions were done.");
    if (x->total.dark != 0)
        parts[count++] =
            str_fmt(a, "Whether they were closed then is not known: %zu.", x->total.dark);
    if (is_hidden)
        parts[count++] = S("Whether a finding has an action cannot be told in this copy.");
    if (x->unknown != 0)
        parts[count++] = str_fmt(a, "Effects that are not known: %zu.", x->unknown);
    str withdrawn = withdrawn_note(a, x->model, TYPE_FINDING);
    if (withdrawn.n != 0)
        parts[count++] = withdrawn;
    return str_join(a, parts, count, S(" "));
}

static struct sources *sources_of(struct arena *a, const struct model *m)
{
    const struct record_list *findings = model_list(m, TYPE_FINDING);
    const struct record_list *actions = model_list(m, TYPE_ACTION);
    struct sources *x = NEW(a, struct sources);
    *x = (struct sources){.arena = a,
                          .model = m,
                          .answers = NEW_ARRAY(a, struct answers, findings->count + 1),
                          .is_repeat = NEW_ARRAY(a, bool, findings->count + 1)};
    for (size_t i = 0; i < findings->count; i++)
        x->answers[i].done = DATE_NONE;
    for (size_t i = 0; i < actions->count; i++)
        if (rec_counts(actions->items[i]))
            take_action(x, actions->items[i]);
    find_repeats(x);
    for (size_t i = 0; i < findings->count; i++) {
        if (!rec_counts(findings->items[i]))
            continue;
        add_finding(x, group_of(x, findings->items[i]), findings->items[i]);
        add_finding(x, &x->total, findings->items[i]);
    }
    return x;
}

const struct table *findings_by_source(struct arena *a, const struct model *m)
{
    static const struct column column[] = {
        COLUMN("source", "Source", TEXT),
        COLUMN("grade", "Grade", CHIP),
        COLUMN("all", "Findings", NUMBER),
        COLUMN("open", "Open, no action", NUMBER),
        COLUMN("in_hand", "In hand", NUMBER),
        COLUMN("closed", "Closed", NUMBER),
        COLUMN("days", "Days from found to done, mean", NUMBER),
        COLUMN("dated", "Closed with both days", NUMBER),
        COLUMN("repeats", "Seen before", NUMBER),
        COLUMN("effect", "Actions found effective", NUMBER),
    };
    bool is_hidden = model_is_partial(m);
    struct sources *x = sources_of(a, m);
    struct table *t = table_new(a, S("list-findings-by-source"), S("Findings by source"), column,
                                COUNT_OF(column));
    t->head_column = true;
    add_groups(x, t, is_hidden);
    if (x->total.all != 0) {
        struct cell *cells = table_row(a, t);
        cells[0] = cell_text(a, S("All"));
        put_group(x, cells, &x->total, is_hidden);
    }
    t->note = note_of(x, is_hidden);
    return t;
}
