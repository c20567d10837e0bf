/* model/actions: which actions are open, by when they are to be done, and whether they worked. */
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

bool action_is_overdue(const struct model *m, const struct record *action)
{
    return rec_counts(action) && rec_lacks(action, ACTION_DONE_ON) &&
           !str_eq(rec_status(action), S("closed")) && model_is_past(m, action_due_day(action));
}

enum truth action_was_overdue(const struct model *m, const struct record *action)
{
    bool is_open = rec_counts(action) && rec_lacks(action, ACTION_DONE_ON) &&
                   !str_eq(rec_status(action), S("closed"));
    if (action_is_overdue(m, action))
        return TRUTH_YES;
    return is_open && m->as_of < m->known_until && model_is_past(m, rec_date(action, ACTION_DUE))
               ? TRUTH_UNKNOWN
               : TRUTH_NO;
}

enum truth action_has_worked(const struct record *action)
{
    if (rec_lacks(action, ACTION_EFFECT_RESULT) || rec_lacks(action, ACTION_DONE_ON) ||
        str_eq(rec_text(action, ACTION_EFFECT_RESULT), S("not")))
        return TRUTH_NO;
    bool is_told = rec_has(action, ACTION_DONE_ON) && rec_has(action, ACTION_EFFECT_RESULT);
    return is_told ? TRUTH_YES : TRUTH_UNKNOWN;
}

enum truth finding_is_settled(const struct record *finding)
{
    size_t actions = 0;
    enum truth best = TRUTH_NO;
    for (size_t i = 0; i < finding->back_count; i++) {
        const struct record *action = finding->back[i].from;
        if (action->type->number != TYPE_ACTION || !rec_counts(action) ||
            !str_eq(finding->back[i].field->key, S("findings")))
            continue;
        enum truth one = action_has_worked(action);
        actions++;
        best = one == TRUTH_YES || best == TRUTH_NO ? one : best;
        if (best == TRUTH_YES)
            return best;
    }
    return actions == 0 && rec_is_over(finding) ? TRUTH_UNKNOWN : best;
}

enum truth finding_is_closed(const struct model *m, const struct record *finding)
{
    size_t actions = 0, dated = 0;
    if (!rec_is_over(finding))
        return TRUTH_NO;
    if (m->as_of == DATE_NONE || m->as_of >= m->known_until)
        return TRUTH_YES;
    for (size_t i = 0; i < finding->back_count; i++) {
        const struct record *action = finding->back[i].from;
        if (action->type->number != TYPE_ACTION || !rec_counts(action) ||
            !str_eq(finding->back[i].field->key, S("findings")))
            continue;
        if (action_is_open(action))
            return TRUTH_NO;
        actions++;
        dated += rec_has(action, ACTION_DONE_ON);
    }
    return actions != 0 && dated == actions ? TRUTH_YES : TRUTH_UNKNOWN;
}

date action_found_on(const struct record *action)
{
    size_t count;
    const struct field_value *v = rec_items(action, ACTION_FINDINGS, &count);
    date first = DATE_NONE;
    for (size_t i = 0; i < count; i++) {
        const struct record *f = field_target(&v[i]);
        date day =
            f != NULL && f->type->number == TYPE_FINDING ? rec_date(f, FINDING_DATE) : DATE_NONE;
        first = day != DATE_NONE && (first == DATE_NONE || day < first) ? day : first;
    }
    return first;
}
