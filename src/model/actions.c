/* model/actions: by when an action is to be done, and whether it is. */
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

bool action_is_open(const struct record *action)
{
    return !rec_is_over(action) && !action->is_later && rec_lacks(action, ACTION_DONE_ON);
}
