/* check/common: what many rules ask. */
#include "check/check_int.h"

#include "model/limits.h"

bool check_is_live(const struct record *r)
{
    static const str over[] = {S_INIT("planned"), S_INIT("closed"), S_INIT("withdrawn"),
                               S_INIT("superseded")};
    for (size_t i = 0; i < sizeof over / sizeof *over; i++)
        if (str_eq(rec_status(r), over[i]))
            return false;
    return true;
}

bool check_is_prioritised(const struct checker *c, const struct record *activity)
{
    duration rto = rec_duration(activity, ACTIVITY_RTO);
    return rto == DURATION_NONE || rto <= model_limit_duration(c->model, LIMITS_CRITICAL_RTO);
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
