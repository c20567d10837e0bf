/* form/table/improve/log: the one log of all actions (S0.48-S0.52). */
#include "form/table/improve.h"

#include <stdlib.h>

#include "form/table/improve/chain.h"
#include "form/table/system.h"
#include "model/actions.h"

/* -- How far it is ---------------------------------------------------------------------------- */

static struct cell state_of_effect(struct arena *a, const struct model *m,
                                   const struct record *action, size_t open)
{
    str effect = rec_text(action, ACTION_EFFECT_RESULT);
    if (!rec_lacks(action, ACTION_EFFECT_RESULT) && !rec_has(action, ACTION_EFFECT_RESULT))
        return cell_chip(a, S("Effect not known"), TONE_MUTED);
    if (effect.n == 0 && rec_lacks(action, ACTION_EFFECT_DUE))
        return open != 0 ? cell_chip(a, S("Updates open"), TONE_WARN)
                         : cell_chip(a, S("Done"), TONE_GOOD);
    if (effect.n == 0)
        return model_is_past(m, rec_date(action, ACTION_EFFECT_DUE))
                   ? cell_chip(a, S("Check overdue"), TONE_BAD)
                   : cell_chip(a, S("Effect to be checked"), TONE_WARN);
    if (!str_eq(effect, S("effective")))
        return rec_lacks(action, ACTION_FOLLOW_UP) ? cell_chip(a, S("Nothing follows"), TONE_BAD)
                                                   : cell_chip(a, S("Followed up"), TONE_WARN);
    return open != 0 ? cell_chip(a, S("Updates open"), TONE_WARN)
                     : cell_chip(a, S("Closed, works"), TONE_GOOD);
}

struct cell action_state(struct arena *a, const struct model *m, const struct record *action,
                         size_t open)
{
    if (rec_has(action, ACTION_DONE_ON) || str_eq(rec_status(action), S("closed")))
        return state_of_effect(a, m, action, open);
    if (!rec_lacks(action, ACTION_DONE_ON))
        return cell_chip(a, S("Not known whether done"), TONE_MUTED);
    return model_is_past(m, action_due_day(action)) ? cell_chip(a, S("Overdue"), TONE_BAD)
                                                    : cell_chip(a, S("In hand"), TONE_WARN);
}

str withdrawn_note(struct arena *a, const struct model *m, enum type_id type)
{
    const struct record_list *list = model_list(m, type);
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++)
        count += str_eq(rec_status(list->items[i]), S("withdrawn"));
    return count == 0 ? S("")
                      : str_fmt(a, "Not counted, since %s withdrawn: %zu.",
                                count == 1 ? "it is" : "they are", count);
}

/* -- One row ---------------------------------------------------------------------------------- */

static struct cell owner_of(struct arena *a, const struct record *action)
{
    struct links l = links_in(a);
    const struct record *owner = rec_ref(action, COMMON_OWNER);
    links_add_field(&l, action, COMMON_OWNER);
    if (owner != NULL && owner->type->number == TYPE_ROLE)
        links_add_field(&l, owner, ROLE_HOLDER);
    return links_cell(&l);
}

static struct cell days_between(struct arena *a, date from, date to)
{
    if (from == DATE_NONE || to == DATE_NONE)
        return (struct cell){0};
    return cell_count(a, to > from ? (size_t)(to - from) : 0);
}

/* To the day on which it was done, else to today; neither is known of what may be done. */
static date end_of(const struct model *m, const struct record *action)
{
    return action_is_open(action) ? m->as_of : rec_date(action, ACTION_DONE_ON);
}

static void put_dates(struct arena *a, const struct model *m, struct cell *cells,
                      const struct record *action)
{
    size_t moves;
    date due = action_due_day(action), end = end_of(m, action);
    rec_items(action, ACTION_REVISED_DUE, &moves);
    cells[0] = cell_field(a, action, ACTION_DUE);
    cells[1] = cell_day(a, due);
    if (rec_has(action, ACTION_REVISED_DUE) || rec_lacks(action, ACTION_REVISED_DUE))
        cells[2] = cell_count(a, moves);
    cells[3] = cell_field(a, action, ACTION_DONE_ON);
    cells[4] = days_between(a, rec_date(action, COMMON_CREATED), end);
    cells[5] = days_between(a, due, end);
}

enum {
    AT_ID,
    AT_ACTION,
    AT_STATE,
    AT_SOURCE,
    AT_FINDINGS,
    AT_DECIDED,
    AT_METHOD,
    AT_CAUSE,
    AT_REMEDY,
    AT_OWNER,
    AT_DUE_FIRST,
    AT_CHECK_BY = AT_DUE_FIRST + 6,
    AT_CHECK_DUE,
    AT_EFFECT,
    AT_FOLLOW_UP,
    AT_UPDATES
};

static void add_row(struct arena *a, const struct model *m, struct table *t,
                    const struct record *action)
{
    size_t open;
    struct cell *cells = table_row(a, t);
    cells[AT_ID] = cell_text(a, action->id);
    cells[AT_ID].sort = sort_key_natural(a, action->id);
    cells[AT_ACTION] = cell_record(a, action);
    cells[AT_SOURCE] = chain_source(a, action);
    cells[AT_FINDINGS] = chain_findings(a, action);
    cells[AT_DECIDED] = chain_decision(a, action);
    cells[AT_METHOD] = cell_field(a, action, ACTION_CAUSE_METHOD);
    cells[AT_CAUSE] = cell_field(a, action, ACTION_CAUSE);
    cells[AT_REMEDY] = cell_field(a, action, ACTION_PLAN);
    cells[AT_OWNER] = owner_of(a, action);
    put_dates(a, m, cells + AT_DUE_FIRST, action);
    cells[AT_CHECK_BY] = cell_field(a, action, ACTION_EFFECT_BY);
    cells[AT_CHECK_DUE] = cell_field(a, action, ACTION_EFFECT_DUE);
    cells[AT_EFFECT] = cell_field(a, action, ACTION_EFFECT_RESULT);
    cells[AT_FOLLOW_UP] = cell_field(a, action, ACTION_FOLLOW_UP);
    cells[AT_UPDATES] =
        updates_cell(a, m, action, ACTION_UPDATES, rec_date(action, COMMON_CREATED), &open);
    cells[AT_STATE] = action_state(a, m, action, open);
}

static const struct column log_column[] = {
    COLUMN("id", "ID", CODE),
    COLUMN("action", "Action", TEXT),
    COLUMN("state", "State", CHIP),
    COLUMN("source", "Source", TEXT),
    COLUMN("findings", "Finding", TEXT),
    COLUMN("decided_in", "Decided in", TEXT),
    COLUMN("cause_method", "Cause found by", TEXT),
    COLUMN("cause", "Root cause", TEXT),
    COLUMN("remedy", "Remedy", PROSE),
    COLUMN("owner", "Owner, holder", TEXT),
    COLUMN("first_due", "First due", DATE),
    COLUMN("due", "Due now", DATE),
    COLUMN("moved", "Times moved", NUMBER),
    COLUMN("done", "Done", DATE),
    COLUMN("days_open", "Days open", NUMBER),
    COLUMN("days_late", "Days late", NUMBER),
    COLUMN("check_by", "Effect checked by", TEXT),
    COLUMN("check_due", "Check due", DATE),
    COLUMN("effect", "Effect", CHIP),
    COLUMN("follow_up", "Follow-up", TEXT),
    COLUMN("updates", "Updates", TEXT),
};

static struct table *log_table(struct arena *a)
{
    return table_new(a, S("list-actions"), S("Action log"), log_column, COUNT_OF(log_column));
}

const struct table *action_facts(struct arena *a, const struct model *m,
                                 const struct record *action)
{
    static const int shown[] = {AT_STATE,         AT_SOURCE,        AT_DECIDED,
                                AT_DUE_FIRST + 1, AT_DUE_FIRST + 2, AT_DUE_FIRST + 4,
                                AT_DUE_FIRST + 5};
    static const struct column column[] = {COLUMN("field", "", TEXT), COLUMN("value", "", TEXT)};
    struct table *log = log_table(a), *facts = table_new(a, S(""), S(""), column, 2);
    if (!rec_counts(action))
        return facts;
    add_row(a, m, log, action);
    for (size_t i = 0; i < COUNT_OF(shown); i++) {
        struct cell *cells = table_row(a, facts);
        cells[0] = cell_text(a, log_column[shown[i]].head);
        cells[1] = *table_cell(log, 0, (size_t)shown[i]);
    }
    return facts;
}

/* -- All of them ------------------------------------------------------------------------------ */

/* What is to be done by its day, then what is to be checked by its day, then the rest, the
 * newest first. */
static int turn_of(const struct record *action)
{
    if (action_is_open(action))
        return 0;
    return rec_lacks(action, ACTION_EFFECT_RESULT) && rec_has(action, ACTION_EFFECT_DUE) ? 1 : 2;
}

static date day_of(const struct record *action, int turn)
{
    return turn == 0   ? action_due_day(action)
           : turn == 1 ? rec_date(action, ACTION_EFFECT_DUE)
                       : rec_date(action, ACTION_DONE_ON);
}

static int in_turn(const void *one, const void *other)
{
    const struct record *x = *(const struct record *const *)one;
    const struct record *y = *(const struct record *const *)other;
    int a = turn_of(x), b = turn_of(y);
    date day = day_of(x, a), next = day_of(y, b);
    if (a != b)
        return a - b;
    if (day != next)
        return (day < next) == (a < 2) ? -1 : 1;
    return str_cmp_natural(x->id, y->id);
}

const struct table *action_log(struct arena *a, const struct model *m)
{
    const struct record_list *list = model_list(m, TYPE_ACTION);
    const struct record **actions = NEW_ARRAY(a, const struct record *, list->count + 1);
    struct table *t = log_table(a);
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++)
        if (rec_counts(list->items[i]))
            actions[count++] = list->items[i];
    if (count != 0)
        qsort(actions, count, sizeof *actions, in_turn);
    for (size_t i = 0; i < count; i++)
        add_row(a, m, t, actions[i]);
    t->note = withdrawn_note(a, m, TYPE_ACTION);
    return t;
}
