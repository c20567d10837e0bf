/* model/updates: whether what a change or an action announced has come (`updates:`).
 *
 * A version that is named counts once it is in force: of a document approved and valid, of an
 * impact analysis approved. A record without versions has come when it was reviewed in or
 * after the month that is named ("2026-05"), else since the day of the change. What is
 * withdrawn, superseded or closed needs no update any more. After derive_lifecycle. */
#ifndef MODEL_UPDATES_H
#define MODEL_UPDATES_H

#include "model/model.h"

enum update_state {
    UPDATE_COME,
    UPDATE_OPEN,
    UPDATE_UNKNOWN, /* it leads nowhere, or says neither a version nor a day */
    UPDATE_NOT_NEEDED,
};

struct update_view {
    enum update_state state;
    const struct record *what; /* NULL: leads nowhere */
    bool by_version;
    str has;        /* by version: the one that holds; "" none */
    date seen; /* when it was last looked at */
    date due;  /* not by version: the day from which that counts */
};

/* One part of the list `updates` of a change or action; `since` is its day. */
struct update_view model_update(const struct model *m, const struct record *update, date since);
/* "2026-05": the first of that month; DATE_NONE when it says no month. */
date update_month(str version);
/* A row of the change history, by its cycle: that had run since the row before it, or nearly, as
 * reviews are done a little before they are due. */
bool revision_was_due(const struct record *document, const struct record *row,
                      const struct record *before);
/* The version of a document that holds; "" when none does. */
str version_in_force(const struct record *document);

#endif
