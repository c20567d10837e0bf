/* sign/rules: why a key, a certificate or a time stamp is refused.
 *
 * One row each in sign/rules.def; `diag(d, SIGN_RULE(KEY_KIND), at, …)`. */
#ifndef SIGN_RULES_H
#define SIGN_RULES_H

#include "base/diag.h"

enum sign_rule_id {
#define RULE(NAME, id, severity, clause, title, why, mend) SIGN_RULE_##NAME,
#include "sign/rules.def"
    SIGN_RULE_COUNT
};

extern const struct rule sign_rule[SIGN_RULE_COUNT];

#define SIGN_RULE(NAME) (&sign_rule[SIGN_RULE_##NAME])

#endif
