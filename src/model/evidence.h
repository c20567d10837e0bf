/* model/evidence: what shows that the system does what each clause asks for.
 *
 * derive/evidence fills it from documents, records and dates, after model_link. A record is
 * evidence of the clauses that its `clauses:` name, and of those whose row in clauses.def selects
 * it. It counts as proof once something was done: not while it is planned or a draft, or is dated
 * after the as-of day. A document counts when its text is approved and in force. A chapter has
 * what is its own and what is below it.
 *
 * Of a copy that does not hold everything (model_is_partial) all of this is of that copy: what it
 * lacks is no gap, and whoever shows it must say so. */
#ifndef MODEL_EVIDENCE_H
#define MODEL_EVIDENCE_H

#include "model/clauses.h"
#include "model/model.h"

/* -- Selectors ----------------------------------------------------------------------------- */

enum { SELECTORS_MAX = 12 };

/* "bia", "risk.kind=system" (that word in that field), "exercise.held" (the field is filled in);
 * several are separated by '|'. They come from our own tables: what does not exist is a bug. */
struct selector {
    const struct type_def *type;
    size_t slot; /* SIZE_MAX: every record of the type */
    str word;    /* empty: any */
};
size_t selectors_read(const struct schema *s, str text, struct selector *out);
bool selector_takes(const struct selector *s, const struct record *r);
str selector_words(struct arena *a, const struct selector *s); /* "risk (kind: system)" */

/* -- What counts --------------------------------------------------------------------------- */

struct standing {
    bool counts;
    date day; /* the newest on which something was done; DATE_NONE: it says none */
};
struct standing evidence_standing(const struct model *m, const struct record *r);

/* What counts among the records of selectors. */
struct evidence_fact {
    size_t count;
    const struct record *newest; /* NULL: none has a day */
    date day;
};
struct evidence_fact evidence_fact(const struct model *m, str selectors);

/* -- By clause ----------------------------------------------------------------------------- */

enum gap_kind {
    GAP_NOTHING, /* recorded */
    GAP_DRAFTS,  /* recorded, and none of it counts */
    GAP_TYPE,    /* of one kind of record that is expected there is none */
    GAP_OLD,     /* the newest proof is older than the house allows */
    GAP_OWNER,   /* nobody answers for it */
};

struct evidence_gap {
    enum gap_kind kind;
    str words; /* for people, without a full stop */
};

struct evidence_list {
    const struct record **items;
    size_t count, cap;
};

struct clause_evidence {
    const struct clause *clause;
    struct evidence_list documents;        /* in order of code */
    struct evidence_list records;          /* by type, then id; also such as do not count yet */
    size_t documents_count, records_count; /* of them, those that count */
    struct evidence_list findings;         /* against the clause, by id */
    struct evidence_list audits;           /* that looked at it, by id */
    const struct record *process; /* the BCMS process that answers for it; NULL: none says so */
    const struct record *owner;   /* the role; of the process, else the commonest; NULL: nobody */
    const struct record *newest;  /* what counts and has the newest day; NULL */
    date day;
    const struct record *review; /* what of it is to be reviewed next; NULL */
    date review_day;
    struct evidence_gap *gaps;
    size_t gap_count, gap_cap;
};

/* A number that records name and the catalogue does not know. */
struct clause_unknown {
    str number;
    const struct record *first;
    size_t count;
};

/* -- The minimum, and whether the system lives (S0.63, S0.68) -------------------------------- */

/* The six things without which nobody will believe that a system is run. */
struct gate_item {
    str what, asks; /* "Assigned roles", "Roles of the system are held by somebody" */
    str missing;    /* "no role has a holder" */
    str selectors;
    struct evidence_fact fact;
    bool is_met;
};
enum { GATE_COUNT = 6 };

/* A paper system writes documents and does nothing else: its newest text is newer by more than
 * LIMITS_PAPER_SYSTEM_MONTHS than the newest record of work with it. To look at a text again is
 * work, too, and makes no new text. */
struct paper_system {
    struct evidence_fact text; /* documents that hold, by the day of their version */
    struct evidence_fact work; /* meetings, training, exercises, incidents, audits, … */
    bool is_paper;             /* both are there, and too far apart */
};

struct evidence {
    struct clause_evidence *clauses; /* one each, in the order of the catalogue */
    struct clause_unknown *unknown;  /* in the order of records */
    size_t unknown_count, unknown_cap;
    const struct standing *const *standings; /* by type number, then record number */
    struct gate_item gate[GATE_COUNT];
    struct paper_system paper;
    bool is_claimed[STANDARD_COUNT]; /* the organisation says that it works by the standard */
};

#endif
