/* form/table/audits: what is audited when, by whom, and what came of it (clause 9.2).
 *
 * All in `a`, never NULL. Withdrawn audits and programmes do not count. An audit of a supplier
 * looks at the supplier: it is in the programme, and covers no clause. Who audits a chapter has
 * looked at what is below it. Of a copy that does not hold everything they tell of that copy,
 * and of nothing that was left out. */
#ifndef FORM_TABLE_AUDITS_H
#define FORM_TABLE_AUDITS_H

#include "form/table/table.h"
#include "model/model.h"

/* Each slot of each programme with the audits planned or held in its quarter; then audits that
 * are in no slot. */
const struct table *audit_programme_table(struct arena *a, const struct model *m);
/* The same of one programme; of one audit as labels and values, none when it does not count. */
const struct table *audit_programme_of(struct arena *a, const struct model *m,
                                       const struct record *programme);
const struct table *audit_facts(struct arena *a, const struct model *m, const struct record *audit);
/* Each clause in the years of each programme: planned when, audited when and by which audit, and
 * what audits found against it. */
const struct table *audit_coverage(struct arena *a, const struct model *m);
/* A question for each clause with what is on file, who answers for it, room for the answer, and
 * what the last self-assessment found. */
const struct table *self_assessment(struct arena *a, const struct model *m);

/* Found by an audit or a self-assessment, and not withdrawn. */
bool audit_finding_counts(const struct record *finding);
/* Empty for none in a copy that does not hold everything: there may be some. */
struct cell audit_count(struct arena *a, const struct model *m, size_t count);
/* The clauses of one name, from its place in the catalogue up to where what is below it ends;
 * empty when the catalogue does not know it. */
struct clause_range {
    size_t from, to;
};
struct clause_range clause_range(str id);

#endif
