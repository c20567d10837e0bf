/* fuzz/promises: what the readers promise about any tree they return. */
#ifndef FUZZ_PROMISES_H
#define FUZZ_PROMISES_H

#include "text/value.h"

/* Places lie in the source, borrowed text stands at its place, keys are not
 * empty and stand once, text is UTF-8 without NUL, depth has its limit. */
void promise_tree(const struct diags *d, const struct value *v);
/* Written as JSON and read again, it is the same tree. */
void promise_json(struct arena *a, const struct value *v);
/* Its texts, written as CSV and read again, are the same texts. */
void promise_csv(struct arena *a, const struct value *v);

#endif
