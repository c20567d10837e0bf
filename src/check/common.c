/* check/common: what many rules ask. */
#include "check/check_int.h"

#include "model/recovery.h"

bool check_is_prioritised(const struct checker *c, const struct record *activity)
{
    return recovery_node(c->model, activity)->is_prioritised;
}

bool check_is_past(const struct checker *c, date day)
{
    return day != DATE_NONE && c->model->as_of != DATE_NONE && day < c->model->as_of;
}

bool check_is_months_ago(const struct checker *c, date day, long long months)
{
    return day != DATE_NONE && check_is_past(c, date_add_months(day, (int)months));
}

bool check_is_days_ago(const struct checker *c, date day, long long days)
{
    return day != DATE_NONE && check_is_past(c, day + (date)days);
}

str check_day_words(const struct checker *c, date day)
{
    return date_long(c->scratch, day);
}

str check_time_words(const struct checker *c, duration time)
{
    return duration_words(c->scratch, time);
}
