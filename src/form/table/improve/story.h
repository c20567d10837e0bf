/* form/table/improve/story: what changed, why, and from where (clause 10.2).
 *
 * Each update that a change or action names, each row of a document's change history and each
 * decision of a review that nothing carries out is one entry. A row of the history and the
 * update that names its version are one and the same. What has not come stands first. */
#ifndef FORM_TABLE_IMPROVE_STORY_H
#define FORM_TABLE_IMPROVE_STORY_H

#include "form/table/improve.h"

enum story_state {
    STORY_CLAIMED, /* said to be done, and has not come */
    STORY_LOOSE,   /* decided, and nothing carries it out */
    STORY_TO_COME,
    STORY_UNKNOWN, /* whether it has come */
    STORY_COME,
    STORY_NOT_NEEDED,
};

enum story_reason {
    STORY_CAUSES, /* those of the entry */
    STORY_FIRST,  /* the first that is on record */
    STORY_CYCLE,  /* it was due for review */
    STORY_NONE,   /* nothing is recorded */
};

struct story_entry {
    const struct record *what; /* NULL: nothing yet, or not in this copy */
    str id, version;
    str text;      /* what changed in it, as its history says; may be empty */
    date day;      /* by which it stands in the story; DATE_NONE: it has not come */
    bool is_exact; /* else only the month is known */
    date due;      /* of what has not come; DATE_NONE: not known */
    enum story_state state;
    enum story_reason reason;
    const struct record **causes; /* changes, actions, reviews */
    size_t cause_count, cause_cap;
    const struct record *row; /* of the change history; NULL */
};

struct story {
    struct story_entry *entries; /* what has not come, then the newest first */
    size_t count, cap;
};

struct story *story_of(struct arena *a, const struct model *m);
/* Entries with the same state of having come, or of the same month, stand together: where the
 * next run begins. */
size_t story_run_end(const struct story *s, size_t from);
/* Some of them as a table. */
const struct table *story_rows(struct arena *a, const struct model *m, const struct story *s,
                               size_t from, size_t to);
#endif
