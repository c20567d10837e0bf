/* form/table/lists: what has to be watched over many records.
 *
 * Unlike a register, which shows the records of one type, a list is put together:
 * numbered copies of all binders and documents, who has confirmed what, what is to be
 * disposed of, outside documents and their editions. What is late says so in a chip. */
#ifndef FORM_TABLE_LISTS_H
#define FORM_TABLE_LISTS_H

#include "form/table/table.h"
#include "model/model.h"

/* Where they stand together in the portal. */
enum list_group {
    LIST_CONTROL,
    LIST_RECOVERY,
    LIST_CAPABILITY,
    LIST_RESTORE,
    LIST_NEEDS,
    LIST_SCOPE,
    LIST_CHANGES,
    LIST_SUPPLIERS,
    LIST_EVIDENCE,
    LIST_IMPROVEMENT,
    LIST_ACTIONS,
    LIST_STORY,
    LIST_AUDITS,
    LIST_SELF_ASSESSMENT,
    LIST_MEANS,
    LIST_TRAINING,
    LIST_MEASURES,
    LIST_STEERING,
    LIST_CALENDAR,
    LIST_FINDINGS, /* only of a model that was judged (m->results) */
};

struct list_def {
    str name; /* in ```register NAME```, and of its data files: "copies" */
    str title;
    str about; /* one sentence */
    const struct table *(*make)(struct arena *a, const struct model *m);
    enum list_group group;
};

size_t list_count(void);
const struct list_def *list_at(size_t index);
const struct list_def *list_find(str name); /* NULL: unknown */
bool list_is_there(const struct model *m, const struct list_def *l);
/* Also made as a sheet of paper: "lists/NAME.pdf". */
bool list_is_sheet(str name);
/* Of one that is there. Never NULL; without rows its note says so. */
const struct table *list_table(struct arena *a, const struct model *m, const struct list_def *l);
/* The paper copies of one binder or document. */
const struct table *list_copies_of(struct arena *a, const struct model *m, const struct record *of);
/* Those that a person or a role holds, behind the rows that are there. */
struct table *list_copies_table(struct arena *a, str id, str caption);
void list_add_copies_held(struct arena *a, const struct model *m, struct table *t,
                          const struct record *holder);

#endif
