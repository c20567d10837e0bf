/* derive/due_int: how kinds of things that fall due are found. */
#ifndef DERIVE_DUE_INT_H
#define DERIVE_DUE_INT_H

#include "base/map.h"
#include "derive/due.h"

struct finder {
    const struct model *model;
    struct arena *arena;
    enum due_kind kind; /* of the row at hand */
    struct due_item *items;
    size_t count, cap, overdue_count;
};

/* One more; NULL where it is not due, or this copy knows no more than that it may be. Valid until
 * the next one. `who` is the record or part that names in `field` who has to do it; where it names
 * nobody, the owner of the record does. */
struct due_item *due_add(struct finder *f, const struct record *r, struct due_day due,
                         const struct record *who, enum field_id field);
/* A role and the person in it, who need not be its holder. Any of them may be NULL. */
void due_give(struct due_item *item, const struct record *role, const struct record *person);
/* "Replace: Batteries"; the item may be NULL. */
void due_say(struct finder *f, struct due_item *item, str detail);

void find_reviews(struct finder *f);
void find_readings(struct finder *f);
void find_receipts(struct finder *f);
void find_recalls(struct finder *f);
void find_trainings(struct finder *f);
void find_leavings(struct finder *f);
void find_slots(struct finder *f);
void find_top_reviews(struct finder *f);
void find_meetings(struct finder *f);

#endif
