/* derive: model → facts, in the order in which they rest on each other.
 *
 * Every model goes through both steps, whether it was loaded or is a copy of another; between
 * them the checks look at its structure. */
#ifndef DERIVE_DERIVE_H
#define DERIVE_DERIVE_H

#include "model/model.h"

/* What must follow loading and copying: the standing of documents, then references. */
void derive_settle(struct model *m);
/* And after that: what is of a later day is forgotten, all else worked out. */
void derive_facts(struct model *m);

/* The model as it was on an earlier day, settled and with its facts, as if it had been loaded
 * as of that day; but for the figures over time, which look back from the day of `m`. It lives in
 * an arena of its own, and is given back with derive_as_of_free. */
struct model *derive_as_of(const struct model *m, date day);
void derive_as_of_free(struct model *past);

#endif
