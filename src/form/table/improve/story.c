/* form/table/improve/story: what changed, why, and from where (clause 10.2). */
#include "form/table/improve/story.h"

#include <stdlib.h>

#include "form/table/improve/chain.h"
#include "model/actions.h"
#include "model/updates.h"

struct telling {
    struct arena *arena;
    const struct model *model;
    struct story *story;
    struct map revisions; /* document and version → place of its entry, counted from 1 */
};

static struct story_entry *add_entry(struct telling *x, struct story_entry e)
{
    struct story *s = x->story;
    PUSH(x->arena, s->entries, s->count, s->cap, struct story_entry) = e;
    return &s->entries[s->count - 1];
}

static void add_cause(struct telling *x, struct story_entry *e, const struct record *cause)
{
    /* what the history names, and what names the same version twice in a row */
    if (e->cause_count != 0 && (e->causes[0] == cause || e->causes[e->cause_count - 1] == cause))
        return;
    PUSH(x->arena, e->causes, e->cause_count, e->cause_cap, const struct record *) = cause;
    e->reason = STORY_CAUSES;
}

static str key_of(struct arena *a, const struct record *document, str version)
{
    return str_fmt(a, "%zu " STR_FMT, document->number, STR_ARG(version));
}

/* -- Change histories ------------------------------------------------------------------------- */

static enum story_reason reason_of(const struct record *d, const struct record *row,
                                   const struct record *before)
{
    if (!rec_lacks(row, REVISION_CHANGE))
        return STORY_CAUSES;
    if (before == NULL)
        return STORY_FIRST;
    return revision_was_due(d, row, before) ? STORY_CYCLE : STORY_NONE;
}

static void add_revision(struct telling *x, const struct record *d, const struct record *row,
                         const struct record *before)
{
    str version = rec_text(row, REVISION_VERSION), held = version_in_force(d);
    bool is_come = held.n != 0 && str_cmp_natural(held, version) >= 0;
    struct story_entry *e =
        add_entry(x, (struct story_entry){.what = d,
                                          .id = d->id,
                                          .version = version,
                                          .text = rec_text(row, REVISION_TEXT),
                                          .day = is_come ? rec_date(row, REVISION_DATE) : DATE_NONE,
                                          .is_exact = true,
                                          .due = DATE_NONE,
                                          .state = is_come ? STORY_COME : STORY_TO_COME,
                                          .reason = reason_of(d, row, before),
                                          .row = row});
    const struct record *change = rec_ref(row, REVISION_CHANGE);
    if (change != NULL)
        add_cause(x, e, change);
    size_t *place = NEW(x->arena, size_t);
    *place = x->story->count;
    map_put(&x->revisions, key_of(x->arena, d, version), place);
}

/* What others issue they change for reasons of their own. */
static void add_revisions(struct telling *x, const struct record *d)
{
    size_t count;
    const struct field_value *rows = rec_items(d, DOCUMENT_REVISIONS, &count);
    const struct record *before = NULL;
    for (size_t i = 0; i < count; i++) {
        if (rows[i].state != FV_PRESENT)
            continue;
        add_revision(x, d, rows[i].record, before);
        before = rows[i].record;
    }
}

/* -- Updates of changes and actions ----------------------------------------------------------- */

/* On which it was said to be all done; DATE_NONE: that is not said yet. */
static date done_day(const struct record *cause)
{
    return rec_date(cause, cause->type->number == TYPE_ACTION ? ACTION_DONE_ON : CHANGE_CLOSED_ON);
}

static enum story_state state_of(const struct update_view *v, const struct record *cause)
{
    switch (v->state) {
    case UPDATE_COME:
        return STORY_COME;
    case UPDATE_NOT_NEEDED:
        return STORY_NOT_NEEDED;
    case UPDATE_OPEN:
        return done_day(cause) != DATE_NONE ? STORY_CLAIMED : STORY_TO_COME;
    default:
        return STORY_UNKNOWN;
    }
}

/* When it came: the month that its version names; the approval of just that analysis; else by
 * when it was said to be done. */
static void put_day(struct story_entry *e, const struct update_view *v, const struct record *cause)
{
    bool is_bia = v->what->type->number == TYPE_BIA && v->by_version;
    date month = update_month(e->version);
    e->is_exact = is_bia && str_eq(v->has, e->version);
    e->day = e->is_exact          ? rec_date(v->what, BIA_APPROVED_ON)
             : month != DATE_NONE ? month
                                  : done_day(cause);
    if (e->day == DATE_NONE)
        e->day = v->seen;
}

static void add_update(struct telling *x, const struct record *cause, const struct record *update,
                       date since)
{
    struct update_view v = model_update(x->model, update, since);
    str version = rec_text(update, UPDATE_VERSION);
    bool is_document = v.what != NULL && v.what->type->number == TYPE_DOCUMENT;
    const size_t *place =
        is_document ? map_find(&x->revisions, key_of(x->arena, v.what, version)) : NULL;
    if (place != NULL) {
        struct story_entry *e = &x->story->entries[*place - 1];
        add_cause(x, e, cause);
        if (e->due == DATE_NONE && cause->type->number == TYPE_ACTION)
            e->due = action_due_day(cause);
        if (e->state == STORY_TO_COME)
            e->state = state_of(&v, cause);
        return;
    }
    struct story_entry e = {.what = v.what,
                            .id = v.what != NULL ? v.what->id : rec_text(update, UPDATE_WHAT),
                            .version = version,
                            .day = DATE_NONE,
                            .due = cause->type->number == TYPE_ACTION ? action_due_day(cause)
                                                                      : DATE_NONE,
                            .state = state_of(&v, cause)};
    if (e.id.n == 0)
        e.id = rec_value(update, UPDATE_WHAT)->text;
    if (e.state == STORY_COME)
        put_day(&e, &v, cause);
    if (e.state == STORY_NOT_NEEDED)
        e.day = done_day(cause) != DATE_NONE ? done_day(cause) : since;
    add_cause(x, add_entry(x, e), cause);
}

static void add_updates(struct telling *x, const struct record *cause, enum field_id updates,
                        date since)
{
    size_t count;
    const struct field_value *v = rec_items(cause, updates, &count);
    for (size_t i = 0; i < count; i++)
        if (v[i].state == FV_PRESENT)
            add_update(x, cause, v[i].record, since);
}

/* -- Decisions that nothing carries out ------------------------------------------------------- */

static void add_decisions(struct telling *x, const struct record *review)
{
    size_t count;
    const struct field_value *v = rec_items(review, MANAGEMENT_REVIEW_OUTPUTS, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *o = field_target(&v[i]);
        if (o == NULL || !rec_lacks(o, REVIEW_OUTPUT_EFFECTED_BY))
            continue;
        struct story_entry *e =
            add_entry(x, (struct story_entry){.text = rec_text(o, REVIEW_OUTPUT_DECISION),
                                              .day = DATE_NONE,
                                              .due = rec_date(o, REVIEW_OUTPUT_DUE),
                                              .state = STORY_LOOSE});
        add_cause(x, e, review);
    }
}

/* -- In order --------------------------------------------------------------------------------- */

static bool has_come(const struct story_entry *e)
{
    return e->day != DATE_NONE;
}

static int in_order(const void *one, const void *other)
{
    const struct story_entry *x = one, *y = other;
    if (has_come(x) != has_come(y))
        return has_come(x) ? 1 : -1;
    if (!has_come(x) && x->state != y->state)
        return x->state < y->state ? -1 : 1;
    if (x->day != y->day)
        return x->day > y->day ? -1 : 1;
    int order = str_cmp_natural(x->id, y->id);
    if (order != 0)
        return order;
    order = str_cmp_natural(x->version, y->version);
    if (order != 0)
        return -order;
    order = str_cmp(x->text, y->text);
    return order != 0 || x->cause_count == 0 || y->cause_count == 0
               ? order
               : str_cmp_natural(x->causes[0]->id, y->causes[0]->id);
}

struct story *story_of(struct arena *a, const struct model *m)
{
    const struct record_list *documents = model_list(m, TYPE_DOCUMENT);
    const struct record_list *changes = model_list(m, TYPE_CHANGE);
    const struct record_list *actions = model_list(m, TYPE_ACTION);
    const struct record_list *reviews = model_list(m, TYPE_MANAGEMENT_REVIEW);
    struct telling x = {a, m, NEW(a, struct story), map_in(a)};
    for (size_t i = 0; i < documents->count; i++)
        if (rec_counts(documents->items[i]) &&
            !str_eq(rec_text(documents->items[i], DOCUMENT_KIND), S("external")))
            add_revisions(&x, documents->items[i]);
    for (size_t i = 0; i < changes->count; i++)
        if (rec_counts(changes->items[i]))
            add_updates(&x, changes->items[i], CHANGE_UPDATES,
                        rec_date(changes->items[i], CHANGE_DATE));
    for (size_t i = 0; i < actions->count; i++)
        if (rec_counts(actions->items[i]))
            add_updates(&x, actions->items[i], ACTION_UPDATES,
                        rec_date(actions->items[i], COMMON_CREATED));
    for (size_t i = 0; i < reviews->count; i++)
        if (rec_counts(reviews->items[i]))
            add_decisions(&x, reviews->items[i]);
    if (x.story->count != 0)
        qsort(x.story->entries, x.story->count, sizeof *x.story->entries, in_order);
    return x.story;
}

static bool is_same_month(const struct story_entry *x, const struct story_entry *y)
{
    if (has_come(x) != has_come(y))
        return false;
    if (!has_come(x))
        return true;
    struct ymd one = date_ymd(x->day), other = date_ymd(y->day);
    return one.year == other.year && one.month == other.month;
}

size_t story_run_end(const struct story *s, size_t from)
{
    size_t end = from + 1;
    while (end < s->count && is_same_month(&s->entries[from], &s->entries[end]))
        end++;
    return end;
}

/* -- Rows ------------------------------------------------------------------------------------- */

static struct cell state_cell(struct arena *a, enum story_state state)
{
    static const struct {
        str words;
        enum tone tone;
    } said[] = {
        [STORY_CLAIMED] = {S_INIT("Said done, has not come"), TONE_BAD},
        [STORY_LOOSE] = {S_INIT("Decided, nothing carries it out"), TONE_BAD},
        [STORY_TO_COME] = {S_INIT("To come"), TONE_WARN},
        [STORY_UNKNOWN] = {S_INIT("Not known"), TONE_MUTED},
        [STORY_COME] = {S_INIT("Has come"), TONE_GOOD},
        [STORY_NOT_NEEDED] = {S_INIT("Not needed any more"), TONE_MUTED},
    };
    return cell_chip(a, said[state].words, said[state].tone);
}

/* In a copy that does not hold everything the reason may be one that it does not hold. */
static struct cell reason_cell(struct arena *a, const struct model *m, const struct story_entry *e)
{
    struct links l = links_in(a);
    switch (e->reason) {
    case STORY_FIRST:
        return cell_text(a, S("First on record"));
    case STORY_CYCLE:
        return cell_text(a, S("Due for review"));
    case STORY_NONE:
        return model_is_partial(m) ? (struct cell){0}
                                   : cell_chip(a, S("No reason recorded"), TONE_WARN);
    default:
        break;
    }
    if (e->row != NULL)
        links_add_field(&l, e->row, REVISION_CHANGE);
    for (size_t i = 0; i < e->cause_count; i++)
        links_add(&l, e->causes[i]);
    return links_cell(&l);
}

static str month_of(struct arena *a, const struct story_entry *e)
{
    return has_come(e) ? str_from_to(date_iso(a, e->day), 0, S("2026-05").n) : S("");
}

/* What was done, where the history does not say it. */
static str text_of(struct arena *a, const struct story_entry *e)
{
    if (e->text.n != 0 || e->cause_count == 0)
        return e->text;
    const struct record *cause = e->causes[0];
    return cause->type->number == TYPE_ACTION   ? rec_display(a, cause, ACTION_PLAN)
           : cause->type->number == TYPE_CHANGE ? rec_display(a, cause, CHANGE_DESCRIPTION)
                                                : S("");
}

static void add_row(struct arena *a, const struct model *m, struct table *t,
                    const struct story_entry *e)
{
    struct links decided = links_in(a), findings = links_in(a), sources = links_in(a);
    struct cell *cells = table_row(a, t);
    for (size_t i = 0; i < e->cause_count; i++) {
        chain_add_decisions(&decided, e->causes[i]);
        chain_add_findings(&findings, e->causes[i]);
        chain_add_sources(&sources, e->causes[i]);
    }
    cells[0] = cell_text(a, month_of(a, e));
    cells[1] = cell_day(a, e->is_exact ? e->day : DATE_NONE);
    if (e->what != NULL)
        cells[2] = cell_record(a, e->what);
    else if (e->state != STORY_LOOSE)
        cells[2] = cell_text(a, text_not_in_copy(a, e->id));
    cells[3] = cell_text(a, e->version);
    cells[4] = state_cell(a, e->state);
    cells[5] = cell_day(a, has_come(e) ? DATE_NONE : e->due);
    cells[6] = cell_text(a, text_of(a, e));
    cells[7] = reason_cell(a, m, e);
    cells[8] = links_cell(&decided);
    cells[9] = links_cell(&findings);
    cells[10] = links_cell(&sources);
}

/* "list-story-2026-06": each part has a name of its own. */
static str id_of(struct arena *a, const struct story *s, size_t from, size_t to)
{
    if (to - from == s->count)
        return S("list-story");
    str month = has_come(&s->entries[from]) ? month_of(a, &s->entries[from]) : S("to-come");
    return str_fmt(a, "list-story-" STR_FMT, STR_ARG(month));
}

const struct table *story_rows(struct arena *a, const struct model *m, const struct story *s,
                               size_t from, size_t to)
{
    static const struct column column[] = {
        COLUMN("month", "Month", CODE),           COLUMN("day", "Day", DATE),
        COLUMN("what", "What changed", TEXT),     COLUMN("version", "Version", CODE),
        COLUMN("state", "State", CHIP),           COLUMN("due", "Expected by", DATE),
        COLUMN("change", "In what way", PROSE),   COLUMN("because", "Because of", TEXT),
        COLUMN("decided_in", "Decided in", TEXT), COLUMN("finding", "Finding", TEXT),
        COLUMN("source", "From", TEXT),
    };
    struct table *t =
        table_new(a, id_of(a, s, from, to), S("Improvement story"), column, COUNT_OF(column));
    for (size_t i = from; i < to; i++)
        add_row(a, m, t, &s->entries[i]);
    return t;
}

const struct table *story_table(struct arena *a, const struct model *m)
{
    const struct story *s = story_of(a, m);
    return story_rows(a, m, s, 0, s->count);
}
