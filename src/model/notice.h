/* model/notice: whether those who must be told of an incident were told in time (8.4.3).
 *
 * The clock runs from when the incident was noticed, else from when it began; an obligation in
 * use that says within what time (`notify_within`) sets it. */
#ifndef MODEL_NOTICE_H
#define MODEL_NOTICE_H

#include "model/model.h"

enum notice_state {
    NOTICE_IN_TIME,
    NOTICE_LATE,
    NOTICE_NOT_DUE, /* and the record says why */
    NOTICE_SILENT,  /* it says neither when notice was given nor why it was not due */
    NOTICE_UNTIMED, /* given, but no clock can be read: no time is set, or no start known */
    NOTICE_UNKNOWN, /* when it was given is not in this copy, or cannot be read */
};

struct notice {
    enum notice_state state;
    duration within; /* DURATION_NONE: no time is set */
    duration took;   /* DURATION_NONE: not known */
};

/* INCIDENT_DETECTED, or INCIDENT_START where nobody says when it was noticed. */
enum field_id notice_clock(const struct record *incident);
/* The part `notified` of an incident; the obligation that it names. */
struct notice notice_of(const struct record *incident, const struct record *part,
                        const struct record *obligation);
/* In use, and with a time: what it applies to sets its clock when it is affected. */
bool notice_is_asked(const struct record *obligation);

#endif
