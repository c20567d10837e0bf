/* form/table/part_int: how the sections of a part are made. */
#ifndef FORM_TABLE_PART_INT_H
#define FORM_TABLE_PART_INT_H

#include "form/table/part.h"
#include "model/learning.h"

/* A role, and how `who` is in it. */
struct part_seat {
    const struct record *role;
    bool is_deputy;
};

struct parting {
    struct arena *arena;
    const struct model *model;
    const struct learning *learning;
    const struct record *who;
    const struct part_seat *seats; /* of a role itself; of a person those held, then deputies' */
    size_t seat_count;
    bool is_person;
    struct part *part;
};

/* Rows of one section. On a person's page each begins with the role that it comes through. */
struct part_rows {
    const struct parting *of;
    struct table *table;
    size_t left_out;
};
/* The first column is that of the role. */
struct part_rows part_rows_new(const struct parting *p, const struct column *columns, size_t count,
                               str id, str heading);
/* The cells behind the role's; NULL: there are enough. */
struct cell *part_row(struct part_rows *rows, const struct part_seat *seat);
/* Puts the section in, unless it is empty. */
void part_put(struct parting *p, struct part_rows *rows, str about);
void part_put_table(struct parting *p, struct table *t, str about);

/* The record refers to the seat's role in this field of its own, or of a part of this type. */
bool part_is_by(const struct model *m, const struct backlink *b, enum type_id type,
                enum field_id field);

void part_decisions(struct parting *p);
void part_teams(struct parting *p);
void part_plans(struct parting *p);
void part_tasks(struct parting *p);
void part_calls(struct parting *p);
void part_raci(struct parting *p);
void part_documents(struct parting *p);

#endif
