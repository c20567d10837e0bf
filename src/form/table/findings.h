/* form/table/findings: what the checks found, as tables.
 *
 * Only of a model that was judged (m->results): a copy that does not hold everything has no
 * findings to show. A check leads to its row of the reference page, a family to the place that
 * the caller names. */
#ifndef FORM_TABLE_FINDINGS_H
#define FORM_TABLE_FINDINGS_H

#include "check/check.h"
#include "form/table/table.h"

#define FINDINGS_REFERENCE "audit/checks.html" /* each check has its id for an anchor */

enum finding_columns {
    FINDING_RECORD = 1,
    FINDING_OWNER = 2,
    FINDING_PLACE = 4,
    FINDING_WAIVER = 8,  /* which, and until when */
    FINDING_REASON = 16, /* of the waiver, and who gave it */
    FINDING_ALL = 31,
};

struct findings_view {
    str id, caption;
    struct check_list list;
    unsigned columns; /* beside severity, check and what was found */
};
struct table *findings_table(struct arena *a, const struct model *m,
                             const struct findings_view *view);

/* One row a family that judges anything, with what was found and what is waived; page_of says
 * for each family where its findings are, "" for nowhere. NULL: no links. */
struct table *findings_board(struct arena *a, const struct check_results *all, const str *page_of);

/* Of a family's section, on the board as in the reference: "family-dp". */
str findings_anchor(struct arena *a, enum check_family_id family);

/* "12 findings: 0 errors, 9 warnings, 3 waived", or "Nothing found". */
str findings_sentence(struct arena *a, struct check_counts n);
str findings_severity(enum severity severity); /* "Warning" */
struct cell findings_chip(struct arena *a, enum severity severity);
/* The worst of what is open, "Waived only" or "Nothing found". */
struct cell findings_state(struct arena *a, struct check_counts n);
/* What was found, as a sentence in which ids are links, but for that of `here`. */
struct cell findings_words(struct arena *a, const struct model *m, const struct check_result *r,
                           const struct record *here);
str findings_capital(struct arena *a, str words); /* the first letter is one */

#endif
