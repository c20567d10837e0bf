/* form/table/response/steps: what is to be done, with room for a tick, a time and a name. */
#include "form/table/response.h"

#include <string.h>

#include "form/table/cells.h"
#include "model/task_path.h"

/* "at 20 minutes"; in a circle nothing begins. */
static str begins(struct arena *a, const struct task_time *time)
{
    if (time->start == DURATION_NONE)
        return S("waits for itself in a circle");
    if (time->start == 0 && !time->is_lower_bound)
        return S("at once");
    return str_fmt(a, "%s" STR_FMT, time->is_lower_bound ? "not before " : "after ",
                   STR_ARG(duration_words(a, time->start)));
}

static str takes(struct arena *a, const struct task_time *time)
{
    return time->length == DURATION_NONE ? S("not recorded") : duration_words(a, time->length);
}

/* Behind what has no full stop of its own. */
static str sentence(struct arena *a, str before, const char *lead, str words)
{
    bool is_ended = before.n == 0 || memchr(".!?:", before.p[before.n - 1], 4) != NULL;
    return str_fmt(a, "%s %s " STR_FMT, is_ended ? "" : ".", lead, STR_ARG(words));
}

/* What to do, what instead when systems are down, and what shows that it is done. */
static struct cell words(struct arena *a, const struct record *task)
{
    struct piece *p = NEW_ARRAY(a, struct piece, 3);
    struct cell c = {.pieces = p, .is_text = true};
    str said = p[c.count++].text = rec_text(task, TASK_TEXT);
    if (rec_has(task, TASK_FALLBACK))
        said = p[c.count++].text =
            sentence(a, said, "When systems are down:", rec_text(task, TASK_FALLBACK));
    if (rec_has(task, TASK_RESULT))
        p[c.count++].text = sentence(a, said, "Done when:", rec_text(task, TASK_RESULT));
    return c;
}

static void add_step(struct arena *a, struct table *t, const struct task_time *time)
{
    const struct record *task = time->task;
    struct cell *cells = table_row(a, t);
    cells[0] = cell_text(a, S(TICK_BOX));
    cells[1] = cell_field(a, task, TASK_NO);
    cells[2] = words(a, task);
    cells[3] = cell_field(a, task, TASK_DONE_BY);
    cells[4] = cell_text(a, begins(a, time));
    cells[5] = cell_text(a, takes(a, time));
}

const struct table *steps_table(struct arena *a, const struct model *m, const struct record *plan)
{
    static const struct column column[] = {
        {S_INIT("tick"), S_INIT(TICK_BOX), COLUMN_TEXT},
        COLUMN("no", "No.", NUMBER),
        COLUMN("text", "What to do", TEXT),
        COLUMN("done_by", "Done by", TEXT),
        COLUMN("begins", "Begins", TEXT),
        COLUMN("takes", "Takes", TEXT),
        COLUMN("at", "Done at", BLANK),
        COLUMN("by", "Signed", BLANK),
    };
    struct table *t = table_new(a, S(""), S(""), column, COUNT_OF(column));
    const struct task_path *path = model_task_path(a, m, plan);
    for (size_t i = 0; i < path->count; i++)
        add_step(a, t, &path->tasks[i]);
    if (t->row_count == 0)
        t->note = S("No task is recorded.");
    return t;
}

const struct table *ticks_table(struct arena *a, const struct record *r, enum field_id field)
{
    static const struct column column[] = {
        {S_INIT("tick"), S_INIT(TICK_BOX), COLUMN_TEXT},
        COLUMN("text", "What to do", TEXT),
        COLUMN("at", "Done at", BLANK),
        COLUMN("by", "Initials", BLANK),
    };
    struct table *t = table_new(a, S(""), S(""), column, COUNT_OF(column));
    size_t count;
    const struct field_value *v = rec_items(r, field, &count);
    for (size_t i = 0; i < count; i++) {
        struct cell *cells = table_row(a, t);
        cells[0] = cell_text(a, S(TICK_BOX));
        cells[1] = cell_text(a, v[i].text);
    }
    if (t->row_count == 0)
        t->note = S("Nothing is recorded.");
    return t;
}

/* -- Battle boxes --------------------------------------------------------------------------- */

/* What should not be in it any more says so. */
static struct cell use_before(struct arena *a, date day, date as_of)
{
    bool is_past = day != DATE_NONE && as_of != DATE_NONE && day < as_of;
    if (!is_past)
        return cell_day(a, day);
    return cell_chip(a, str_fmt(a, "PAST: " STR_FMT, STR_ARG(date_long(a, day))), TONE_BAD);
}

const struct table *box_table(struct arena *a, const struct record *box, date as_of)
{
    static const struct column column[] = {
        {S_INIT("tick"), S_INIT(TICK_BOX), COLUMN_TEXT},
        COLUMN("item", "Item", TEXT),
        COLUMN("quantity", "Quantity", NUMBER),
        COLUMN("expiry", "Use before", DATE),
        COLUMN("checked", "Checked", DATE),
        COLUMN("found", "Found", BLANK),
    };
    struct table *t = table_new(a, S(""), S(""), column, COUNT_OF(column));
    size_t count;
    const struct field_value *v = rec_items(box, BATTLE_BOX_ITEMS, &count);
    for (size_t i = 0; i < count; i++) {
        if (v[i].state != FV_PRESENT)
            continue;
        struct cell *cells = table_row(a, t);
        cells[0] = cell_text(a, S(TICK_BOX));
        cells[1] = cell_field(a, v[i].record, BOX_ITEM_NAME);
        cells[2] = cell_field(a, v[i].record, BOX_ITEM_QUANTITY);
        cells[3] = use_before(a, rec_date(v[i].record, BOX_ITEM_EXPIRY), as_of);
        cells[4] = cell_field(a, v[i].record, BOX_ITEM_CHECKED_ON);
    }
    if (t->row_count == 0)
        t->note = S("Its contents are not recorded.");
    return t;
}
