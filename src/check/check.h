/* check: model → findings.
 *
 * Structure first: everything that must hold before anything is derived or
 * drawn (rules X). Documents' own text is checked when they are assembled
 * (form/doc), with the rules of this folder. The model must be linked. Then what the
 * control of documents asks for, and what the management system itself shows. The work
 * grows with the number of records and of the links between them (n log n where a list
 * is sorted). */
#ifndef CHECK_H
#define CHECK_H

#include "check/rules.h"
#include "model/model.h"

void check_structure(const struct model *m, struct diags *d);

/* How strictly the control of documents (rules DC) is judged. */
enum control {
    CONTROL_DRAFT, /* a working draft may be anything: nothing is worse than a warning */
    CONTROL_CHECK, /* a draft that was never approved is a warning, a broken approval an error */
    CONTROL_ISSUE, /* all that is to be issued must be approved */
};

/* What the rules found, for the pages that show it: on the record, by owner, by family. */
struct check_result {
    const struct rule *rule;
    enum check_family_id family;
    enum severity severity;      /* as the house has set it; no milder in a draft */
    const struct record *about;  /* the record that has to be mended; never a part */
    const struct record *owner;  /* the role that owns it; NULL: nobody does */
    const struct record *waiver; /* it lets the finding stand for a time; NULL: none */
    struct span at;
    str place; /* "content/records/supplier.yaml:42"; "": it has none */
    str text, mend; /* the way out of this case, else the rule's */
    size_t number;  /* its place among all */
};

/* Some of the results, in the order of all. */
struct check_list {
    const struct check_result *const *items;
    size_t count;
};

struct check_counts {
    size_t open[SEVERITY_ERROR + 1], waived;
};

struct check_results {
    struct check_counts counts; /* of all */
    struct check_result **items; /* open ones first; by family, worst first, then by record */
    size_t count, cap, open_count;
    /* The same, with those together that are about one record, or that one role owns. */
    struct check_list by_record, by_owner;
    struct map settings; /* "DP7" → the check_setting of the house */
};

struct check_list check_run(const struct check_results *all, size_t from, size_t count);
struct check_list check_about(const struct check_results *all, const struct record *r);
struct check_list check_owned_by(const struct check_results *all, const struct record *role);

void check_count_one(struct check_counts *n, const struct check_result *r);
struct check_counts check_count(struct check_list list);

/* The control of documents (DC), as strictly as `level` says, and all rules of the management
 * system, on facts that derive/ found. The latter judge the organisation and not the text
 * that is issued, so but for CONTROL_CHECK nothing of theirs is worse than a warning: an
 * overdue action must not keep a corrected phone number from its readers. A copy that does
 * not hold everything cannot be judged, since what it lacks would look like a gap: the model
 * must be whole (asserted). A finding that a waiver accepts is shown for information, with
 * the day until which. The results live in the model's arena; the caller puts them into it
 * (m->results) for all that shows them. */
const struct check_results *check_system(const struct model *m, struct diags *d,
                                         enum control level);

/* May this role approve the document on this day? Reports why not. */
struct approval_wish {
    const struct record *document, *approver;
    date on;
};
void check_wish(const struct model *m, struct diags *d, const struct approval_wish *wish);

#endif
