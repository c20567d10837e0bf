/* form/table/about: the functions behind record_tables.def.
 *
 * Each is about one record of the types that its row names; in `a`, never NULL, and without rows
 * the caller says that nothing is recorded. They have no id: a document may hold one of them for
 * several records. What cannot be known is no number: it is said in words, or left empty. */
#ifndef FORM_TABLE_ABOUT_H
#define FORM_TABLE_ABOUT_H

#include "form/table/table.h"
#include "model/model.h"

/* Findings that it led to with their actions; actions that were decided there (improvement.c). */
const struct table *learnt_table(struct arena *a, const struct model *m, const struct record *r);

/* -- Exercises (about_exercise.c) ------------------------------------------------------------ */

/* The activities that are exercised, with the times in which they must be back. */
const struct table *targets_table(struct arena *a, const struct model *m, const struct record *r);
/* The plans that are, and the texts that are worked from. */
const struct table *exercised_plans_table(struct arena *a, const struct model *m,
                                          const struct record *r);
/* What its scenario takes away, each with its sheet "if we lose …" (lose/lost.c). */
const struct table *lost_table(struct arena *a, const struct model *m, const struct record *r);
/* Who takes part, by function; the same to be signed, with room for guests. */
const struct table *participants_table(struct arena *a, const struct model *m,
                                       const struct record *r);
const struct table *attendance_table(struct arena *a, const struct model *m,
                                     const struct record *r);
/* Injects by time with the answers that are expected; the same with room for what came. Never
 * for players. */
const struct table *injects_table(struct arena *a, const struct model *m, const struct record *r);
const struct table *controller_table(struct arena *a, const struct model *m,
                                     const struct record *r);
/* Objectives with the test that they pass, and their results. */
const struct table *objectives_table(struct arena *a, const struct model *m,
                                     const struct record *r);
/* The tasks of a plan that are carried out in an exercise, with room for times. */
const struct table *rehearsal_table(struct arena *a, const struct model *m, const struct record *r);
/* The steps that were taken, against the times of the plan. */
const struct table *taken_table(struct arena *a, const struct model *m, const struct record *r);
/* What was back after which time, against what is asked; of incidents, too. */
const struct table *times_table(struct arena *a, const struct model *m, const struct record *r);
/* Analyses and plans that were told of it, and whether they were looked at since. */
const struct table *fed_back_table(struct arena *a, const struct model *m, const struct record *r);

/* -- Exercise programmes (about_programme.c) ------------------------------------------------- */

/* What is asked a year of each kind, against what was held and is planned. */
const struct table *kinds_table(struct arena *a, const struct model *m, const struct record *r);
/* Prioritised activities, and by what they were exercised within the months of the house. */
const struct table *coverage_table(struct arena *a, const struct model *m, const struct record *r);
/* Plans in use that were not. */
const struct table *unexercised_table(struct arena *a, const struct model *m,
                                      const struct record *r);

/* -- Incidents (about_incident.c) ------------------------------------------------------------ */

/* Began, noticed, declared, stood down, with the time between. */
const struct table *moments_table(struct arena *a, const struct model *m, const struct record *r);
const struct table *timeline_table(struct arena *a, const struct model *m, const struct record *r);
/* The plans that were activated, against the clocks of their thresholds. */
const struct table *activated_table(struct arena *a, const struct model *m, const struct record *r);
/* Who had to be told within what time, and was. */
const struct table *notices_table(struct arena *a, const struct model *m, const struct record *r);

/* -- Meetings (about_meeting.c) -------------------------------------------------------------- */

/* Who is invited, to be signed. */
const struct table *invited_table(struct arena *a, const struct model *m, const struct record *r);
/* Its own decisions; those of the last one of its kind before it, and what came of them. */
const struct table *decisions_table(struct arena *a, const struct model *m, const struct record *r);
const struct table *decided_before_table(struct arena *a, const struct model *m,
                                         const struct record *r);
const struct table *carried_table(struct arena *a, const struct model *m, const struct record *r);
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
#define SHOW(NAME, list)
#include "model/review.def"
/* Suitable, adequate, effective: what it says, and what the records say (review/verdict.c). */
const struct table *review_verdict(struct arena *a, const struct model *m, const struct record *r);
/* Each input with how much there is of it, and what is missing (review/input.c). */
const struct table *review_overview(struct arena *a, const struct model *m, const struct record *r);
/* Who attends, with room to sign; what was decided, and how far that is; who was told of it; and
 * sheets to write on in the meeting (review/decisions.c). */
const struct table *review_attendance(struct arena *a, const struct model *m,
                                      const struct record *r);
const struct table *review_kpis(struct arena *a, const struct model *m, const struct record *r);
const struct table *review_objectives(struct arena *a, const struct model *m,
                                      const struct record *r);
const struct table *review_actions(struct arena *a, const struct model *m, const struct record *r);
const struct table *review_clauses(struct arena *a, const struct model *m, const struct record *r);
const struct table *review_outputs(struct arena *a, const struct model *m, const struct record *r);
const struct table *review_told(struct arena *a, const struct model *m, const struct record *r);
const struct table *review_sheet_inputs(struct arena *a, const struct model *m,
                                        const struct record *r);
const struct table *review_sheet(struct arena *a, const struct model *m, const struct record *r);
const struct table *review_sheet_verdict(struct arena *a, const struct model *m,
                                         const struct record *r);

#endif
