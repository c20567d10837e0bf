/* unit/md_dump: a Markdown tree and its findings as short text. */
#ifndef UNIT_MD_DUMP_H
#define UNIT_MD_DUMP_H

#include "base/diag.h"
#include "text/md.h"

/* "(para 'a ' (strong 'b'))": one node a pair of brackets, text in quotes; after
 * the name come an address, an id, a number or a word that matter there. */
str md_dump(struct arena *a, const struct md_node *root);
/* One line a finding: "MD2 3:1+4 message". */
str md_findings(struct arena *a, const struct diags *d);

#endif
