/* form/doc/report_template: templates of ours that yield Markdown (templates/reports/).
 *
 * What is printed again and again, binders and reports of records, is Mustache over the model
 * first and Markdown then. */
#ifndef FORM_DOC_REPORT_TEMPLATE_H
#define FORM_DOC_REPORT_TEMPLATE_H

#include "base/diag.h"
#include "text/md.h"
#include "text/tval.h"

/* templates/reports/NAME.md ("binder/plans") as a tree, before directives and links; `place` is
 * the open folder that holds templates/. `text` gets the Markdown (NULL: nobody asks). NULL after
 * a report: the file is missing or broken. */
struct md_node *report_template(struct arena *a, struct diags *d, int place, str name,
                                struct tval data, str *text);

#endif
