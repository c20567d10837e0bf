/* model/review: what a management review looks at, by its inputs (ISO 22301 9.3.2).
 *
 * derive/review gathers once all that has a day and belongs to an input; the inputs of one
 * review are what of it lies in its period. The period before is that of the review before,
 * so that figures can be compared. Of a copy that does not hold everything all of this is of
 * that copy. */
#ifndef MODEL_REVIEW_H
#define MODEL_REVIEW_H

#include "model/model.h"

/* The letters of 9.3.2; what has come to be an input of most reviews beside them is the last. */
enum review_input {
#define INPUT(NAME, key, title, asks) REVIEW_##NAME,
#define TAKE(NAME, TYPE, day, only, words, happened)
#define TAKE_PART(NAME, TYPE, parts, day, happened)
#define JUDGE(NAME, family)
#define SHOW(NAME, list)
#include "model/review.def"
    REVIEW_INPUTS
};

/* What happened to a record, or is said by one of its parts. */
struct review_item {
    const struct record *record;
    const struct record *part; /* NULL: the record itself */
    date day;     /* REVIEW_DAY_LOST: it was written over after the as-of date */
    str happened; /* "assessed", in words */
    bool is_anew; /* its day is written anew each time, so of days before it nothing is known */
};

/* After all days. */
#define REVIEW_DAY_LOST INT32_MAX

struct review_list {
    const struct review_item *items; /* by day, then by record */
    size_t count;
};

struct review_facts {
    struct review_list input[REVIEW_INPUTS];
    struct review_list dark[REVIEW_INPUTS]; /* with a day that is not known any more */
    const struct record *const *reviews; /* with a period that can be read, by its end */
    size_t review_count;
};

struct review_period {
    date from, to; /* both included; DATE_NONE: none */
};

str review_input_key(enum review_input input);   /* "c1" */
str review_input_title(enum review_input input); /* in our own words */
str review_input_asks(enum review_input input);  /* one sentence */

bool review_input_is_judged(enum review_input input); /* a family of checks belongs to it */
/* The names of lists that belong to it, one by one; "": there are no more. */
str review_input_list(enum review_input input, size_t number);

/* {DATE_NONE, DATE_NONE} when one of its days is missing or it ends before it begins. */
struct review_period review_period(const struct record *review);
/* The last one whose period ends before that of this one; NULL: there is none. */
const struct record *review_before(const struct model *m, const struct record *review);
/* What lies in a period, or nothing. */
struct review_list review_items(const struct model *m, enum review_input input,
                                struct review_period period);
/* What happened after a period and may have happened in it, too, to records that were there: all
 * that is written anew each time (is_anew) and was so after it. In `a`. */
struct review_list review_items_lost(const struct model *m, struct arena *a,
                                     enum review_input input, struct review_period period);
/* What lies in the period of a review; of the input a the outputs of all reviews before it, parts
 * of these, by their period. */
struct review_list review_looks_at(const struct model *m, struct arena *a, enum review_input input,
                                   const struct record *review);
/* Did the review, or somebody for it, say something of the input? Whoever speaks of c has spoken
 * of c1 to c3. NULL: nothing; else the last part (input_comment) that does. */
const struct record *review_comment(const struct record *review, enum review_input input);

/* The record that keeps what was put before it (review_pack); NULL: none does. */
const struct record *review_pack_of(const struct record *review);

#endif
