/* form/table/response/steps: what is to be done, with room for a tick, a time and a name. */
#include "form/table/response.h"

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

static struct cell when(struct arena *a, const struct task_time *time)
{
    str takes = time->length == DURATION_NONE ? S("how long is not recorded")
                                              : duration_words(a, time->length);
    return cell_text(a, str_fmt(a, STR_FMT "; " STR_FMT, STR_ARG(begins(a, time)), STR_ARG(takes)));
}

/* What to do, what instead when systems are down, and what shows that it is done. */
static struct cell words(struct arena *a, const struct record *task)
{
    struct piece *p = NEW_ARRAY(a, struct piece, 3);
    struct cell c = {.pieces = p, .is_text = true};
    p[c.count++].text = rec_text(task, TASK_TEXT);
    if (rec_has(task, TASK_FALLBACK))
        p[c.count++].text =
            str_fmt(a, " When systems are down: " STR_FMT, STR_ARG(rec_text(task, TASK_FALLBACK)));
    if (rec_has(task, TASK_RESULT))
        p[c.count++].text =
            str_fmt(a, " Done when: " STR_FMT, STR_ARG(rec_text(task, TASK_RESULT)));
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
    cells[4] = when(a, time);
}

const struct table *steps_table(struct arena *a, const struct model *m, const struct record *plan)
{
    static const struct column column[] = {
        {S_INIT("tick"), S_INIT(TICK_BOX), COLUMN_TEXT},
        {S_INIT("no"), S_INIT("No."), COLUMN_NUMBER},
        {S_INIT("text"), S_INIT("What to do"), COLUMN_TEXT},
        {S_INIT("done_by"), S_INIT("Done by"), COLUMN_TEXT},
        {S_INIT("when"), S_INIT("Begins; takes"), COLUMN_TEXT},
        {S_INIT("at"), S_INIT("Done at"), COLUMN_BLANK},
        {S_INIT("by"), S_INIT("Signed"), COLUMN_BLANK},
    };
    struct table *t = table_new(a, S(""), S(""), column, sizeof column / sizeof *column);
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
        {S_INIT("text"), S_INIT("What to do"), COLUMN_TEXT},
        {S_INIT("at"), S_INIT("Done at"), COLUMN_BLANK},
        {S_INIT("by"), S_INIT("Initials"), COLUMN_BLANK},
    };
    struct table *t = table_new(a, S(""), S(""), column, sizeof column / sizeof *column);
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

const struct table *box_table(struct arena *a, const struct record *box)
{
    static const struct column column[] = {
        {S_INIT("tick"), S_INIT(TICK_BOX), COLUMN_TEXT},
        {S_INIT("item"), S_INIT("Item"), COLUMN_TEXT},
        {S_INIT("quantity"), S_INIT("Quantity"), COLUMN_NUMBER},
        {S_INIT("expiry"), S_INIT("Use before"), COLUMN_DATE},
        {S_INIT("checked"), S_INIT("Checked"), COLUMN_DATE},
        {S_INIT("found"), S_INIT("Found"), COLUMN_BLANK},
    };
    struct table *t = table_new(a, S(""), S(""), column, sizeof column / sizeof *column);
    size_t count;
    const struct field_value *v = rec_items(box, BATTLE_BOX_ITEMS, &count);
    for (size_t i = 0; i < count; i++) {
        if (v[i].state != FV_PRESENT)
            continue;
        struct cell *cells = table_row(a, t);
        cells[0] = cell_text(a, S(TICK_BOX));
        cells[1] = cell_field(a, v[i].record, BOX_ITEM_NAME);
        cells[2] = cell_field(a, v[i].record, BOX_ITEM_QUANTITY);
        cells[3] = cell_field(a, v[i].record, BOX_ITEM_EXPIRY);
        cells[4] = cell_field(a, v[i].record, BOX_ITEM_CHECKED_ON);
    }
    if (t->row_count == 0)
        t->note = S("Its contents are not recorded.");
    return t;
}
