/* form/table/links: a cell of several records, each once. */
#ifndef FORM_TABLE_LINKS_H
#define FORM_TABLE_LINKS_H

#include "form/table/cells.h"

enum { LINKS_MAX = REGISTER_PIECES_MAX };

struct links {
    struct arena *arena;
    struct piece *pieces;
    size_t count, cap;
    size_t left_out; /* beyond LINKS_MAX */
    struct buf data; /* ids, all of them */
};

struct links links_in(struct arena *a);
void links_text(struct links *l, str text); /* no record: a word in front */
void links_add(struct links *l, const struct record *r);
void links_add_as(struct links *l, const struct record *r, str text); /* by other words */
/* All that a field refers to; an id that leads nowhere in this copy says so. */
void links_add_field(struct links *l, const struct record *r, enum field_id field);
struct cell links_cell(struct links *l);

#endif
