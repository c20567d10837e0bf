/* model/actions: which actions are open, since when, and by when they are to be done. */
#include "model/actions.h"

const struct field_value *action_due(const struct record *action)
{
    size_t count;
    const struct field_value *moves = rec_items(action, ACTION_REVISED_DUE, &count);
    while (count-- > 0)
        if (moves[count].state == FV_PRESENT && rec_has(moves[count].record, REVISED_DUE_DATE))
            return rec_value(moves[count].record, REVISED_DUE_DATE);
    return rec_value(action, ACTION_DUE);
}

date action_due_day(const struct record *action)
{
    const struct field_value *due = action_due(action);
    return due->state == FV_PRESENT ? due->day : DATE_NONE;
}

bool action_counts(const struct record *action)
{
    return !action->is_later && !str_eq(rec_status(action), S("withdrawn"));
}

bool action_is_open(const struct record *action)
{
    return !action->is_later && !rec_is_over(action) && rec_lacks(action, ACTION_DONE_ON);
}

bool action_may_be_open(const struct record *action)
{
    return !action->is_later && !rec_is_over(action) && !rec_lacks(action, ACTION_DONE_ON) &&
           !rec_has(action, ACTION_DONE_ON);
}

long long action_age_days(const struct model *m, const struct record *action)
{
    date created = rec_date(action, COMMON_CREATED);
    if (created == DATE_NONE || m->as_of == DATE_NONE)
        return -1;
    return created > m->as_of ? 0 : m->as_of - created;
}
