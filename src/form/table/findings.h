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
    FINDING_WAIVER = 8, /* which, why, by whom, until when */
    FINDING_ALL = 15,
};

/* Severity, check and words, with these columns. */
struct table *findings_table(struct arena *a, str id, str caption, struct check_list list,
                             unsigned columns);

/* One row a family that judges anything, with what was found and what is waived; page_of says
 * for each family where its findings are, "" for nowhere. NULL: no links. */
struct table *findings_board(struct arena *a, const struct check_results *all, const str *page_of);

/* "12 findings: 0 errors, 9 warnings, 3 waived", or "Nothing found". */
str findings_sentence(struct arena *a, struct check_counts n);
str findings_severity(enum severity severity); /* "Warning" */
struct cell findings_chip(struct arena *a, enum severity severity);

#endif
