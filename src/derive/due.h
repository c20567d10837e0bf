/* derive/due: everything that falls due, with day, record and who has to do it.
 *
 * After model_link and derive_recovery. Fills model.due; cannot fail. The work grows with the
 * number of records and of the links between them, but for a sort of what is due. The days are
 * those of model/due.
 *
 * Of a copy that does not hold everything it has what the copy knows: where records that would
 * settle a matter may be withheld, nothing is said of it. */
#ifndef DERIVE_DUE_H
#define DERIVE_DUE_H

#include "model/due.h"

enum due_kind {
#define DUE_FIELD(NAME, ...) DUE_KIND_##NAME,
#define DUE_PART(NAME, ...)  DUE_KIND_##NAME,
#define DUE_RULE(NAME, ...)  DUE_KIND_##NAME,
#define DUE_FIND(NAME, ...)  DUE_KIND_##NAME,
#include "derive/due.def"
    DUE_KIND_COUNT
};

str due_kind_key(enum due_kind kind);   /* "exercise-report" */
str due_kind_title(enum due_kind kind); /* "Exercise report" */

struct due_item {
    date day; /* DATE_NONE: at once, open or unknown */
    enum due_state state;
    enum due_kind kind;
    const struct record *record;
    str what;                    /* what is to be done, with the part of the record */
    str part;                    /* that part, or person, in words; empty: the whole record */
    const struct record *owner;  /* the role, or the contact, that has to; NULL: none is known */
    const struct record *person; /* who holds that role, or is named; NULL: nobody is known */
    size_t place;                /* in the order of due.def and of the records */
    bool is_overdue;
    bool is_owner_withheld; /* somebody may be named whom this copy does not show */
};

/* Items that belong to one role or person, in order. */
struct due_run {
    const struct due_item **items;
    size_t count, cap;
};

struct due {
    const struct due_item *items; /* by day, then id of the record; what has no day is last */
    size_t count, overdue_count;
    struct due_run *of_role, *of_person; /* by number */
};

void derive_due(struct model *m);

/* Empty for what owns nothing, and for what is neither a role nor a person. */
struct due_run due_of(const struct model *m, const struct record *who);
/* On the as-of date or within that many days after it, or overdue. What has no day is not. */
bool due_is_within(const struct model *m, const struct due_item *item, date days);

#endif
