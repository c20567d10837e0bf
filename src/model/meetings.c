/* model/meetings: which meetings took place, which are to come, and which went before (5.1). */
#include "model/meetings.h"

bool meeting_was_held(const struct model *m, const struct record *meeting)
{
    str status = rec_status(meeting);
    date day = rec_date(meeting, MEETING_DATE);
    bool has_come = day != DATE_NONE && (m->as_of == DATE_NONE || day <= m->as_of);
    return has_come && !str_eq(status, S("planned")) && !str_eq(status, S("withdrawn"));
}

bool meeting_is_to_come(const struct model *m, const struct record *meeting)
{
    date day = rec_date(meeting, MEETING_DATE);
    return day != DATE_NONE && m->as_of != DATE_NONE && day >= m->as_of && !rec_is_over(meeting);
}

const struct record *meeting_before(const struct model *m, const struct record *meeting)
{
    const struct record_list *all = model_list(m, TYPE_MEETING);
    const struct record *last = NULL;
    date day = rec_date(meeting, MEETING_DATE);
    for (size_t i = 0; i < all->count && day != DATE_NONE; i++) {
        const struct record *r = all->items[i];
        if (!str_eq(rec_text(r, MEETING_KIND), rec_text(meeting, MEETING_KIND)) ||
            !meeting_was_held(m, r) || rec_date(r, MEETING_DATE) >= day)
            continue;
        if (last == NULL || rec_date(r, MEETING_DATE) >= rec_date(last, MEETING_DATE))
            last = r;
    }
    return last;
}
