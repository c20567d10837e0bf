/* form/table/evidence/roadmap: what is done by when, and the dates that were moved. */
#include "form/table/evidence.h"

#include <stdlib.h>

#include "form/table/cells.h"

/* -- Items --------------------------------------------------------------------------------- */

enum state { STATE_DONE, STATE_DONE_LATE, STATE_OPEN, STATE_OVERDUE, STATE_UNKNOWN };

static const struct {
    str word;
    enum tone tone;
} state_chip[] = {
    [STATE_DONE] = {S_INIT("Done"), TONE_GOOD},
    [STATE_DONE_LATE] = {S_INIT("Done late"), TONE_WARN},
    [STATE_OPEN] = {S_INIT("Open"), TONE_MUTED},
    [STATE_OVERDUE] = {S_INIT("Overdue"), TONE_BAD},
    [STATE_UNKNOWN] = {S_INIT("Not in this copy"), TONE_MUTED},
};

static enum state state_of(const struct model *m, const struct record *r)
{
    date due = rec_date(r, ROADMAP_DUE), done = rec_date(r, ROADMAP_DONE_ON);
    if (done != DATE_NONE)
        return due != DATE_NONE && done > due ? STATE_DONE_LATE : STATE_DONE;
    if (!rec_lacks(r, ROADMAP_DONE_ON) || due == DATE_NONE)
        return STATE_UNKNOWN;
    return m->as_of != DATE_NONE && due < m->as_of ? STATE_OVERDUE : STATE_OPEN;
}

static bool is_in_phase(const struct record *r, size_t phase)
{
    return phase == SIZE_MAX || rec_int(r, ROADMAP_PHASE, -1) == (long long)phase;
}

static int by_due(const void *one, const void *other)
{
    const struct record *x = *(const struct record *const *)one;
    const struct record *y = *(const struct record *const *)other;
    long long px = rec_int(x, ROADMAP_PHASE, -1), py = rec_int(y, ROADMAP_PHASE, -1);
    date dx = rec_date(x, ROADMAP_DUE), dy = rec_date(y, ROADMAP_DUE);
    if (px != py)
        return px < py ? -1 : 1;
    return dx != dy ? (dx < dy ? -1 : 1) : str_cmp_natural(x->id, y->id);
}

/* By phase, then by day. */
static const struct record **in_order(struct arena *a, const struct model *m, size_t phase,
                                      size_t *count)
{
    const struct record_list *list = model_list(m, TYPE_ROADMAP);
    const struct record **items = NEW_ARRAY(a, const struct record *, list->count + 1);
    *count = 0;
    for (size_t i = 0; i < list->count; i++)
        if (is_in_phase(list->items[i], phase) &&
            !str_eq(rec_status(list->items[i]), S("withdrawn")))
            items[(*count)++] = list->items[i];
    qsort(items, *count, sizeof *items, by_due);
    return items;
}

/* The day before any of it was moved. */
static date first_due(const struct record *r)
{
    date first = rec_date(r, ROADMAP_DUE), on = DATE_NONE;
    size_t count;
    const struct field_value *v = rec_items(r, ROADMAP_REBASELINED, &count);
    for (size_t i = 0; i < count; i++) {
        date moved =
            v[i].state == FV_PRESENT ? rec_date(v[i].record, REBASELINING_DATE) : DATE_NONE;
        if (moved == DATE_NONE || (on != DATE_NONE && moved >= on))
            continue;
        on = moved;
        first = rec_date(v[i].record, REBASELINING_DUE);
    }
    return first;
}

static const struct column item_column[] = {COLUMN("item", "What", TEXT),
                                            COLUMN("due", "Due", DATE),
                                            COLUMN("done", "Done", DATE),
                                            COLUMN("owner", "Owner", TEXT),
                                            COLUMN("shown_by", "Shown by", TEXT),
                                            COLUMN("state", "State", CHIP),
                                            COLUMN("phase", "Phase (days)", TEXT),
                                            COLUMN("first_due", "First due", DATE),
                                            COLUMN("id", "ID", CODE)};
enum { OF_ALL = 3 }; /* so many of the columns are for the table of all phases */

static void fill_item(struct arena *a, const struct model *m, struct cell *cells,
                      const struct record *r)
{
    enum state state = state_of(m, r);
    cells[0] = cell_link(a, r, r->title);
    cells[1] = cell_field(a, r, ROADMAP_DUE);
    cells[2] = cell_field(a, r, ROADMAP_DONE_ON);
    cells[3] = cell_field(a, r, COMMON_OWNER);
    cells[4] = cell_field(a, r, ROADMAP_LINK);
    cells[5] = cell_chip(a, state_chip[state].word, state_chip[state].tone);
}

const struct table *roadmap_table(struct arena *a, const struct model *m, size_t phase)
{
    bool is_all = phase == SIZE_MAX;
    size_t count;
    const struct record **items = in_order(a, m, phase, &count);
    str id = is_all ? S("list-roadmap") : str_fmt(a, "roadmap-%zu", phase + 1);
    str caption = is_all ? S("Roadmap") : str_fmt(a, "Roadmap, part %zu", phase + 1);
    struct table *t =
        table_new(a, id, caption, item_column, COUNT_OF(item_column) - (is_all ? 0 : OF_ALL));
    t->head_column = true;
    for (size_t i = 0; i < count; i++) {
        struct cell *cells = table_row(a, t);
        fill_item(a, m, cells, items[i]);
        if (!is_all)
            continue;
        cells[6] = cell_field(a, items[i], ROADMAP_PHASE);
        cells[7] = cell_day(a, first_due(items[i]));
        cells[8] = cell_text(a, items[i]->id);
    }
    return t;
}

str roadmap_sentence(struct arena *a, const struct model *m, size_t phase)
{
    size_t count, done = 0, overdue = 0;
    const struct record **items = in_order(a, m, phase, &count);
    for (size_t i = 0; i < count; i++) {
        enum state state = state_of(m, items[i]);
        done += state == STATE_DONE || state == STATE_DONE_LATE;
        overdue += state == STATE_OVERDUE;
    }
    if (overdue == 0)
        return str_fmt(a, "%zu of %zu are done.", done, count);
    return str_fmt(a, "%zu of %zu are done, %zu %s overdue.", done, count, overdue,
                   overdue == 1 ? "is" : "are");
}

/* -- Moved dates --------------------------------------------------------------------------- */

struct move {
    const struct record *item, *part;
    date on;
    date to; /* the next date before which it was due then */
};

static int newest_first(const void *one, const void *other)
{
    const struct move *x = one, *y = other;
    return x->on != y->on ? (x->on > y->on ? -1 : 1) : str_cmp_natural(x->item->id, y->item->id);
}

/* What it was due after the move: the date that the next move took back, or the one of now. */
static date due_after(const struct record *item, date on)
{
    date after = rec_date(item, ROADMAP_DUE), next = DATE_NONE;
    size_t count;
    const struct field_value *v = rec_items(item, ROADMAP_REBASELINED, &count);
    for (size_t i = 0; i < count; i++) {
        date moved =
            v[i].state == FV_PRESENT ? rec_date(v[i].record, REBASELINING_DATE) : DATE_NONE;
        if (moved <= on || (next != DATE_NONE && moved >= next))
            continue;
        next = moved;
        after = rec_date(v[i].record, REBASELINING_DUE);
    }
    return after;
}

static struct move *all_moves(struct arena *a, const struct model *m, size_t *count)
{
    const struct record_list *list = model_list(m, TYPE_ROADMAP);
    struct move *moves = NULL;
    size_t cap = 0;
    *count = 0;
    for (size_t i = 0; i < list->count; i++) {
        size_t parts;
        const struct field_value *v = rec_items(list->items[i], ROADMAP_REBASELINED, &parts);
        for (size_t j = 0; j < parts; j++) {
            if (v[j].state != FV_PRESENT)
                continue;
            date on = rec_date(v[j].record, REBASELINING_DATE);
            PUSH(a, moves, *count, cap, struct move) =
                (struct move){list->items[i], v[j].record, on, due_after(list->items[i], on)};
        }
    }
    if (*count != 0)
        qsort(moves, *count, sizeof *moves, newest_first);
    return moves;
}

static const struct column move_column[] = {
    COLUMN("on", "On", DATE), COLUMN("item", "What", TEXT), COLUMN("was", "Was due", DATE),
    COLUMN("became", "Became", DATE), COLUMN("reason", "Reason", TEXT)};

const struct table *rebaselined_table(struct arena *a, const struct model *m)
{
    size_t count;
    const struct move *moves = all_moves(a, m, &count);
    struct table *t = table_new(a, S("list-rebaselined"), S("Dates that were moved"), move_column,
                                COUNT_OF(move_column));
    for (size_t i = 0; i < count; i++) {
        struct cell *cells = table_row(a, t);
        cells[0] = cell_field(a, moves[i].part, REBASELINING_DATE);
        cells[1] = cell_record(a, moves[i].item);
        cells[2] = cell_field(a, moves[i].part, REBASELINING_DUE);
        cells[3] = cell_day(a, moves[i].to);
        cells[4] = cell_field(a, moves[i].part, REBASELINING_REASON);
    }
    return t;
}
