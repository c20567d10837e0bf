/* check: model → findings.
 *
 * Structure first: everything that must hold before anything is derived or
 * drawn (rules X). Documents' own text is checked when they are assembled
 * (form/doc), with the rules of this folder. The model must be linked. Then what the
 * control of documents asks for. */
#ifndef CHECK_H
#define CHECK_H

#include "model/model.h"

void check_structure(const struct model *m, struct diags *d);

/* How strictly the control of documents (rules DC) is judged. */
enum control {
    CONTROL_DRAFT, /* a working draft may be anything: nothing is worse than a warning */
    CONTROL_CHECK, /* a draft that was never approved is a warning, a broken approval an error */
    CONTROL_ISSUE, /* all that is to be issued must be approved */
};
/* Rules DC and SY4, on facts that derive_lifecycle found. A finding that a waiver accepts
 * is shown for information, with the day until which. */
void check_documents(const struct model *m, struct diags *d, enum control level);

/* May this role approve the document on this day? Reports why not. */
struct approval_wish {
    const struct record *document, *approver;
    date on;
};
void check_wish(const struct model *m, struct diags *d, const struct approval_wish *wish);

#endif
