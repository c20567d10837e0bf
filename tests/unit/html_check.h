/* unit/html_check: reads HTML as strictly as our writers must write it.
 *
 * Knows nothing of the writers: elements balance, attributes are quoted and of
 * the kinds that a page without scripts may have, addresses have harmless
 * schemes, ids are unique. */
#ifndef UNIT_HTML_CHECK_H
#define UNIT_HTML_CHECK_H

#include "base/str.h"

/* What is wrong first, or NULL. */
const char *html_fault(struct arena *a, str html);
/* What a reader sees: text without tags, entities resolved. */
str html_visible(struct arena *a, str html);
/* Whether the letters and digits of `part` stand in `whole` in the same order,
 * perhaps with others between them; blanks may come and go where markup does.
 * If not, *missing is where the first stands that doesn't. */
bool words_survive(str part, str whole, str *missing);

#endif
