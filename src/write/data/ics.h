/* write/data/ics: what falls due as a calendar file (RFC 5545).
 *
 * One event of a whole day for each item that has a day; nothing rings. Lines end with CRLF and
 * are folded at 75 bytes, never within a letter. An event keeps its UID while its day moves: it is
 * made of the record, the kind of thing and the part of the record, and of a hash that tells one
 * house from another. The same items give the same bytes. */
#ifndef WRITE_DATA_ICS_H
#define WRITE_DATA_ICS_H

#include "derive/due.h"

struct ics_world {
    const struct model *model;
    str name;    /* of the calendar */
    str address; /* of the audience's folder, ending with '/'; empty: nowhere, and no event has one
                  */
};

str data_ics(struct arena *a, const struct ics_world *world, const struct due_run *items);

#endif
