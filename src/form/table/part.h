/* form/table/part: all that one role or person owns, owes and must know.
 *
 * Put together from what refers to the role, or to the roles that a person holds or stands in
 * for. Of a copy that does not hold everything it is of that copy. */
#ifndef FORM_TABLE_PART_H
#define FORM_TABLE_PART_H

#include "form/table/table.h"
#include "model/model.h"

enum { PART_SECTIONS_MAX = 20, PART_ROWS_MAX = 150 /* of one section */ };

struct part_section {
    str id, heading;
    str about; /* one sentence, or empty */
    const struct table *table;
    bool is_fields; /* labels and values */
};

struct part {
    struct part_section items[PART_SECTIONS_MAX]; /* those that have something to say */
    size_t count;
    str lead; /* one sentence */
};

/* What is looked up for all of them once. */
struct parts;
struct parts *parts_open(struct arena *a, const struct model *m);

/* Of a role or a person; in `a`. */
const struct part *part_of(struct arena *a, const struct parts *parts, const struct record *who);
/* Has a page of its own: a role or person with an id that is its own. */
bool part_is_there(const struct model *m, const struct record *who);
str part_path(struct arena *a, const struct record *who);       /* "people/rol-003.html" */
str part_paper_path(struct arena *a, const struct record *who); /* "people/rol-003.pdf" */

#endif
