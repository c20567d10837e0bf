/* form/table/lose/lose_int: what the tables of one answer share. */
#ifndef FORM_TABLE_LOSE_LOSE_INT_H
#define FORM_TABLE_LOSE_LOSE_INT_H

#include "form/table/lose/lose.h"

#include "base/map.h"
#include "derive/what_if.h"
#include "form/table/cells.h"

/* Plans whose scope names a record, and solutions that were chosen for it. Where not all that
 * is hit is followed, so many of each are told and the others are counted. */
struct lose_answers {
    const struct record **plans, **solutions;
    size_t plan_count, plan_cap, plan_rest;
    size_t solution_count, solution_cap, solution_rest;
};
enum { LOSE_ANSWERS_MAX = 200 };

struct lose {
    struct arena *arena;
    const struct model *model;
    struct what_if *what_if;
    size_t answers_max; /* of each sort, to one record */
    struct map answers; /* id → struct lose_answers: asked again with every loss that reaches it */
};

const struct lose_answers *lose_answers_to(struct lose *l, const struct record *r);

/* One answer while it is put together. */
struct asking {
    struct arena *arena;
    struct lose *lose;
    const struct model *model;
    const struct recovery *r;
    struct what_if *w;
    const struct record *const *lost;
    size_t lost_count;
    size_t rows_max;        /* of a section */
    size_t left_out;        /* rows that the section at hand had no room for */
    const size_t *affected; /* nodes, what is used before its users */
    size_t affected_count;
    const struct record **plans; /* that answer, once lose_plans has found them */
    size_t plan_count;
    struct lose_answer *answer;
};

/* A further row, or NULL: there are enough, and it is counted. */
struct cell *lose_row(struct asking *q, struct table *t);
struct cell lose_number(struct arena *a, long long n, const char *before);

/* Adds a section; without rows its table says `none`. */
void lose_add(struct asking *q, const char *id, const char *title, const char *about,
              struct table *t, const char *none);

bool lose_is(const struct asking *q, size_t node, enum type_id type);
/* What the loss does to it: it is lost or stops. */
bool lose_stops(const struct asking *q, size_t node);

/* "after 4 hours", "at once"; a dash for NEVER. */
struct cell lose_after(struct arena *a, duration at);
/* Names of records in one cell, each a link. */
struct lose_names {
    struct piece *items;
    size_t count, cap, rest; /* rest: how many more there are */
};
void lose_names_add(struct arena *a, struct lose_names *n, const struct record *r);
/* The sheet stays short: further names are counted, the data has the ids of as many as anybody
 * reads. */
enum { LOSE_NAMES_MAX = 4, LOSE_IDS_MAX = 200 };
struct cell lose_names_cell(struct arena *a, struct lose_names *n);

void lose_stopped(struct asking *q); /* activities that stop */
void lose_reduced(struct asking *q); /* what goes on with less */
void lose_others(struct asking *q);  /* what is lost, and what goes with it */
void lose_plans(struct asking *q);   /* plans, solutions, what is left uncovered */
void lose_people(struct asking *q);  /* who is called */
void lose_roles(struct asking *q);     /* duties of who is lost, and who stands in */
void lose_room(struct asking *q);    /* seats over time, for lost sites */

#endif
