/* form/table/due: what falls due, as tables. */
#ifndef FORM_TABLE_DUE_H
#define FORM_TABLE_DUE_H

#include "derive/due.h"
#include "form/table/table.h"

enum {
    DUE_AHEAD_DAYS = 366, /* a calendar shows a year */
    DUE_SOON_DAYS = 30,
};

/* Overdue and within DUE_AHEAD_DAYS, then what has no day; a row of lists.def. */
const struct table *due_list(struct arena *a, const struct model *m);
/* The same of some of them. */
struct due_run due_ahead(struct arena *a, const struct model *m, const struct due_run *of,
                         date days);
struct due_run due_all(struct arena *a, const struct model *m);

struct table *due_table(struct arena *a, const struct model *m, const struct due_run *items, str id,
                        str caption);

/* For people: a row for all that is the same but for the record, which it then lists. At most so
 * many rows; the note says how many things have no room. */
struct due_groups {
    str id, caption;
    size_t rows_max;
    enum due_columns { DUE_OF_ROLE = 4, DUE_OF_PERSON, DUE_OF_ALL } columns; /* owner, holder */
};
struct table *due_grouped(struct arena *a, const struct model *m, const struct due_run *items,
                          const struct due_groups *how);

/* Each role and person that owns something, with how much is overdue, soon and within a
 * year. On screen a row leads to their own page and calendar. */
const struct table *due_owners(struct arena *a, const struct model *m);

/* Items of one month, or of one state. They come in order. */
struct due_month {
    str id, title; /* "due-2026-07", "July 2026"; "due-overdue", "Overdue" */
    struct due_run items;
};
struct due_month *due_months(struct arena *a, const struct due_run *items, size_t *count);

/* Something of theirs has a day, so that there is a calendar file of it. */
bool due_has_feed(const struct model *m, const struct record *who);
/* "feeds/role-rol-003.ics", "feeds/person-per-010.ics": of who owns something. */
str due_feed_path(struct arena *a, const struct record *who);

#endif
