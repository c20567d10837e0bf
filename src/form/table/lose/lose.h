/* form/table/lose: the answer to "if we lose …", as tables.
 *
 * What stops and when, what passes its RTO or its MTPD, what goes on, which plans and
 * solutions answer, who is called, and what is left uncovered. The page of the portal,
 * `continuo what-if` and a document's ```lose ID block draw the same tables. Whatever the
 * records do not say is said as unknown. */
#ifndef FORM_TABLE_LOSE_LOSE_H
#define FORM_TABLE_LOSE_LOSE_H

#include "form/table/table.h"
#include "model/model.h"

/* For any number of questions to one model, which must have its recovery; in `a`, where it also
 * keeps what several of them need. See what_if_open for reach_max. */
struct lose;
struct lose *lose_open(struct arena *a, const struct model *m, size_t reach_max);

struct lose_question {
    const struct record *const *lost; /* at once; none of them NULL */
    size_t count;
    size_t rows_max; /* of a section; how many more there are is said in its note */
};

struct lose_section {
    str id, title, about;
    const struct table *table; /* never NULL; without rows its note says so */
    size_t left_out;           /* rows that it had no room for; its note says so */
};

enum {
    LOSE_SECTIONS_MAX = 10,
    LOSE_ROWS_MAX = 100,      /* of a section on a sheet of the portal */
    LOSE_BRIEF_ROWS_MAX = 12, /* as the style sheet knows, too */
};

/* A sheet or two of paper hold what has to be decided and whom to call; of what only follows
 * from the loss they have the first rows. */
bool lose_is_cut_on_paper(const struct lose_section *s);

struct lose_answer {
    str title;        /* "If we lose Lantern House, head office" */
    str summary;      /* in one or two sentences: how much stops, passes its RTO, is unknown */
    bool is_harmless; /* nothing stops and nothing degrades */
    /* Activities: that stop; that are late or nobody knows when they are back, of these; that would
     * stop if what they need were not back before. */
    size_t stopped, late, unknown, spared;
    bool is_cut; /* not all that is hit was followed: these are at least */
    struct lose_section sections[LOSE_SECTIONS_MAX];
    size_t section_count;
};

/* In `a`. */
struct lose_answer lose_answer(struct arena *a, struct lose *l,
                               const struct lose_question *question);

/* Records that have a page of their own "if we lose it", in order of types and ids: live
 * sites, suppliers, resources, services, roles with a holder, scenarios. */
const struct record **lose_subjects(struct arena *a, const struct model *m, size_t *count);
bool lose_is_subject(const struct record *r);
/* "lose/sit-001.html" */
str lose_path(struct arena *a, const struct record *r);
/* Subjects with what stops, the worst first, at most so many; for the page that lists them. */
const struct table *lose_overview(struct arena *a, struct lose *l, size_t rows_max);

#endif
