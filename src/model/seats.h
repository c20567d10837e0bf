/* model/seats: people and seats that a lost site must find elsewhere, over time.
 *
 * The demand is that of the live activities which are at this site and nowhere else: from
 * each step of the resource needs in their approved analyses (bia.needs) the latest that has
 * come. The room is the recovery seats of the site's alternates in use. An activity without
 * approved needs is counted in `unknown`: the demand is then a lower bound. An alternate
 * that records no recovery seats is counted in `unmeasured`: the room is then one, too. */
#ifndef MODEL_SEATS_H
#define MODEL_SEATS_H

#include "model/model.h"

struct seat_step {
    duration after; /* from the loss */
    long long seats, people;
};

struct seats {
    struct seat_step *steps; /* in order of time; in between, the last one holds */
    size_t count;
    long long room;
    size_t activities, unknown, alternates, unmeasured;
};

/* In `a`; linear in the activities at the site and their needs, but for a sort of these. */
struct seats model_seats(struct arena *a, const struct model *m, const struct record *site);

#endif
