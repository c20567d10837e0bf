/* form/table/evidence: tables for those who ask whether the system works.
 *
 * By clause, by the questions that auditors put, by the phases of the system, from a requirement
 * to its next review, and the roadmap. Of a copy that does not hold everything each of them says
 * what that copy holds; which checks watch what is said of the whole system only. */
#ifndef FORM_TABLE_EVIDENCE_H
#define FORM_TABLE_EVIDENCE_H

#include "form/table/register.h"
#include "model/evidence.h"

/* -- By clause (clauses.c) ----------------------------------------------------------------- */

/* A row for each clause: how much shows it, how new that is, who answers, what is missing. */
const struct table *evidence_matrix(struct arena *a, const struct model *m);
/* The same of some: from one place in the catalogue up to another. */
const struct table *evidence_range(struct arena *a, const struct model *m, size_t from, size_t to);
/* In fewer columns, for a sheet of paper. */
const struct table *evidence_brief(struct arena *a, const struct model *m, size_t from, size_t to);
/* A row for each document and record of each clause. */
const struct table *evidence_items(struct arena *a, const struct model *m, size_t from, size_t to);
/* Documents of a clause: what counts, the newest first; then what does not count yet. */
const struct table *evidence_documents(struct arena *a, const struct model *m,
                                       const struct evidence_list *l);
/* Records of one type, one at least, in the same order; cut, and then it says so. */
struct evidence_run {
    str id, caption; /* of the table; without a caption: what they are */
    const struct record *const *records;
    size_t count, rows_max;
};
const struct table *evidence_records(struct arena *a, const struct model *m,
                                     const struct register_view *v, const struct evidence_run *run);
/* Runs of one type in a list that is in order of types: where the next one begins. */
size_t evidence_run_end(const struct evidence_list *l, size_t from);
struct cell evidence_state(struct arena *a, const struct model *m, const struct clause_evidence *c);
/* Joined by "; "; empty of a copy that does not hold everything. */
str evidence_gaps(struct arena *a, const struct model *m, const struct clause_evidence *c);

/* -- Files (files.c) --------------------------------------------------------------------------- */

enum evidence_place { EVIDENCE_IN_PACK, EVIDENCE_ELSEWHERE, EVIDENCE_MISSING };

/* What a record names as its evidence: a file that can be handed out, or where something is
 * kept. */
struct evidence_file {
    const struct record *record, *part; /* the part is of type `evidence` */
    enum evidence_place place;
    str path;   /* in the pack: "files/exe-019/report.pdf"; else empty */
    str sha256; /* of the file in the pack */
};
const struct table *evidence_files(struct arena *a, const struct evidence_file *files,
                                   size_t count);

/* -- By question (questions.c) --------------------------------------------------------------- */

enum question_id {
#define QUESTION(NAME, short_name, question, look) QUESTION_##NAME,
#define SHOWS(NAME, what, records)
#define HANGUP(NAME, what, checks)
#define MISTAKE(what, way_out, checks)
#define STEP(PHASE, what, records)
#include "form/table/questions.def"
    QUESTION_COUNT
};

struct auditor_question {
    str short_name;       /* "Scope" */
    str question, look; /* where to look for the answer */
};
const struct auditor_question *question_at(size_t index);
/* What the records say, in a sentence or two (answers.c). */
str question_answer(struct arena *a, const struct model *m, size_t question);
/* What shows it; SIZE_MAX: all questions. */
const struct table *question_table(struct arena *a, const struct model *m, size_t question);

/* What goes wrong there, and the checks that watch for it (pitfalls.c). */
struct pitfall {
    size_t question;           /* SIZE_MAX: a mistake that is made with the system as a whole */
    str what, way_out, checks; /* ids, separated by blanks */
};
size_t pitfall_count(void);
const struct pitfall *pitfall_at(size_t index);
const struct table *pitfalls_table(struct arena *a, const struct model *m);
/* What these checks ask and what they found; ids separated by blanks, and one that this program
 * does not have is not spoken of. Without rows where nothing was judged (m->results). */
struct checks_view {
    str id, caption, checks;
};
const struct table *checks_table(struct arena *a, const struct model *m,
                                 const struct checks_view *view);
/* The checks of one clause. */
const struct table *checks_of_clause(struct arena *a, const struct model *m,
                                     const struct clause *c);

/* The six things without which a system is not believed, and whether it lives. */
const struct table *gate_table(struct arena *a, const struct model *m);
str gate_sentence(struct arena *a, const struct model *m);
/* What is done in each phase, and what shows it; PHASE_COUNT: all of them. */
const struct table *phase_table(struct arena *a, const struct model *m, enum phase phase);

/* -- From requirement to review (requirements.c) ---------------------------------------------- */

const struct table *requirements_table(struct arena *a, const struct model *m);
/* Its two parts. */
const struct table *requirements_of_standards(struct arena *a, const struct model *m);
const struct table *requirements_of_law(struct arena *a, const struct model *m);

/* -- Roadmap (roadmap.c) ---------------------------------------------------------------------- */

/* Its items of one phase, by the place of the word in the field; SIZE_MAX: all. */
const struct table *roadmap_table(struct arena *a, const struct model *m, size_t phase);
/* Dates that were moved when the roadmap was drawn anew, the newest first. */
const struct table *rebaselined_table(struct arena *a, const struct model *m);
/* "6 of 8 are done, 1 is overdue." */
str roadmap_sentence(struct arena *a, const struct model *m, size_t phase);

#endif
