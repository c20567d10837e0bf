/* model/seats: people and seats that lost sites must find elsewhere, over time.
 *
 * The demand is that of the live activities all of whose sites are lost: from each step of
 * the resource needs in their approved analyses (bia.needs) the latest that has come. The
 * room is the recovery seats of the alternates in use of these sites, each once, that are not
 * lost themselves. An activity without approved needs is counted in `unknown`: the demand is
 * then a lower bound. An alternate that records no recovery seats is counted in `unmeasured`:
 * the room is then one, too. */
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

/* Of records of type site, all lost at once. In `a`; linear in the activities at the sites and
 * their needs, but for a sort of these. */
struct seats model_seats(struct arena *a, const struct model *m, const struct record *const *sites,
                         size_t count);

#endif
