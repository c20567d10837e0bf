/* model/changes: by when a change is to be assessed, and whether it was. */
#include "model/changes.h"

#include "model/limits.h"

long long change_days_allowed(const struct model *m, const struct record *change)
{
    const struct record *trigger = rec_ref(change, CHANGE_TRIGGER);
    long long usual = model_limit(m, LIMITS_ASSESS_DAYS);
    bool is_trigger = trigger != NULL && trigger->type->number == TYPE_TRIGGER;
    return is_trigger ? rec_int(trigger, TRIGGER_ASSESS_DAYS, usual) : usual;
}

bool change_is_due(const struct model *m, const struct record *change)
{
    date day = rec_date(change, CHANGE_DATE);
    return day != DATE_NONE && (!rec_lacks(change, CHANGE_ASSESSED_ON) ||
                                model_is_past(m, day + (date)change_days_allowed(m, change)));
}

enum truth change_is_assessed_in_time(const struct model *m, const struct record *change)
{
    date day = rec_date(change, CHANGE_DATE), assessed = rec_date(change, CHANGE_ASSESSED_ON);
    if (day == DATE_NONE || rec_is_unknown(change, CHANGE_ASSESSED_ON))
        return TRUTH_UNKNOWN;
    return assessed != DATE_NONE && assessed <= day + (date)change_days_allowed(m, change)
               ? TRUTH_YES
               : TRUTH_NO;
}
