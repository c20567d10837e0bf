/* form/table/about: the functions behind record_tables.def.
 *
 * Each is about one record of the types that its row names; in `a`, never NULL, and without rows
 * the caller says that nothing is recorded. What cannot be known is no number: it is said in
 * words, or the cell is empty. */
#ifndef FORM_TABLE_ABOUT_H
#define FORM_TABLE_ABOUT_H

#include "form/table/table.h"
#include "model/model.h"

/* Findings that it led to with their actions, and actions that were decided there (improvement.c).
 */
const struct table *learnt_table(struct arena *a, const struct model *m, const struct record *r);

/* A management review. Each input of review.def has what lies in its period, figures against the
 * period before, and what the checks found (review/input.c, review/figures.c). */
#define INPUT(NAME, key, title, asks)                                                              \
    const struct table *review_input_##NAME(struct arena *a, const struct model *m,                \
                                            const struct record *r);                               \
    const struct table *review_checks_##NAME(struct arena *a, const struct model *m,               \
                                             const struct record *r);                              \
    const struct table *review_figures_##NAME(struct arena *a, const struct model *m,              \
                                              const struct record *r);
#define TAKE(NAME, TYPE, day, only, words, happened)
#define TAKE_PART(NAME, TYPE, parts, day, happened)
#define JUDGE(NAME, family)
#include "model/review.def"
/* Suitable, adequate, effective: what it says, and what the records say (review/verdict.c). */
const struct table *review_verdict(struct arena *a, const struct model *m, const struct record *r);
/* Who attends, with room to sign; what was decided, and how far that is; who was told of it; and
 * sheets to write on in the meeting (review/decisions.c). */
const struct table *review_attendance(struct arena *a, const struct model *m,
                                      const struct record *r);
const struct table *review_outputs(struct arena *a, const struct model *m, const struct record *r);
const struct table *review_told(struct arena *a, const struct model *m, const struct record *r);
const struct table *review_sheet_inputs(struct arena *a, const struct model *m,
                                        const struct record *r);
const struct table *review_sheet(struct arena *a, const struct model *m, const struct record *r);
const struct table *review_sheet_verdict(struct arena *a, const struct model *m,
                                         const struct record *r);

#endif
