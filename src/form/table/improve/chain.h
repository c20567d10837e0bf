/* form/table/improve/chain: from an action or change back to where it comes from. */
#ifndef FORM_TABLE_IMPROVE_CHAIN_H
#define FORM_TABLE_IMPROVE_CHAIN_H

#include "form/table/links.h"

/* Of an action its findings; the word of their source and what they come from ("Exercise",
 * EXE-003), of a change its trigger; the meetings and reviews in which it was decided. Of other
 * records empty. Each adds to `l`. */
void chain_add_findings(struct links *l, const struct record *cause);
void chain_add_sources(struct links *l, const struct record *cause);
void chain_add_decisions(struct links *l, const struct record *cause);
/* The same as cells. */
struct cell chain_findings(struct arena *a, const struct record *cause);
struct cell chain_source(struct arena *a, const struct record *cause);
struct cell chain_decision(struct arena *a, const struct record *cause);

#endif
