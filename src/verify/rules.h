/* verify/rules: the classes of damage that verifying can find.
 *
 * One row each in verify/rules.def. */
#ifndef VERIFY_RULES_H
#define VERIFY_RULES_H

#include "base/diag.h"

enum damage {
#define RULE(NAME, id, severity, clause, title, why, mend) DAMAGE_##NAME,
#include "verify/rules.def"
    DAMAGE_COUNT
};

extern const struct rule verify_rule[DAMAGE_COUNT];
const char *damage_word(enum damage d); /* "missing", "forged signature", … */

#endif
