/* model/notice: whether those who must be told of an incident were told in time (8.4.3). */
#include "model/notice.h"

enum field_id notice_clock(const struct record *incident)
{
    return rec_has(incident, INCIDENT_DETECTED) ? INCIDENT_DETECTED : INCIDENT_START;
}

bool notice_is_asked(const struct record *obligation)
{
    return rec_has(obligation, OBLIGATION_NOTIFY_WITHIN) && rec_is_live(obligation);
}

struct notice notice_of(const struct record *incident, const struct record *part,
                        const struct record *obligation)
{
    struct notice n = {.state = NOTICE_UNTIMED,
                       .within = rec_duration(obligation, OBLIGATION_NOTIFY_WITHIN),
                       .took = DURATION_NONE};
    const struct field_value *start = rec_value(incident, notice_clock(incident));
    if (!rec_has(part, NOTIFICATION_AT)) {
        n.state = !rec_lacks(part, NOTIFICATION_AT)        ? NOTICE_UNKNOWN
                  : !rec_lacks(part, NOTIFICATION_NOT_DUE) ? NOTICE_NOT_DUE
                                                           : NOTICE_SILENT;
        return n;
    }
    if (start->state == FV_PRESENT)
        n.took = rec_int(part, NOTIFICATION_AT, 0) - start->number;
    if (n.took != DURATION_NONE && n.within != DURATION_NONE)
        n.state = n.took <= n.within ? NOTICE_IN_TIME : NOTICE_LATE;
    return n;
}
