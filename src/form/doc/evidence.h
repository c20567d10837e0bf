/* form/doc/evidence: the document in front of an evidence pack.
 *
 * For an auditor or a customer's due diligence: of each clause what must be shown, what shows it
 * and what is missing, then the files that come with it. Of a copy that does not hold everything
 * it says so, and tells of no gap. */
#ifndef FORM_DOC_EVIDENCE_H
#define FORM_DOC_EVIDENCE_H

#include "form/doc/doc.h"
#include "form/table/evidence.h"

struct evidence_pack {
    size_t from, to; /* clauses; a chapter comes with what is below it */
    str audience;    /* for whom, in words */
    str signer, tool;
    const struct evidence_file *files;
    size_t file_count, document_count; /* in the pack */
};

struct doc *doc_evidence(struct arena *a, const struct model *m, const struct evidence_pack *pack);

#endif
