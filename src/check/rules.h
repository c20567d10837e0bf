/* check/rules: what the content is checked for.
 *
 * One row each in check/rules.def; `diag(d, CHECK_RULE(DANGLING), at, …)`. */
#ifndef CHECK_RULES_H
#define CHECK_RULES_H

#include "base/diag.h"

enum check_rule_id {
#define RULE(NAME, id, severity, clause, title, why, mend) CHECK_RULE_##NAME,
#include "check/rules.def"
    CHECK_RULE_COUNT
};

extern const struct rule check_rule[CHECK_RULE_COUNT];

#define CHECK_RULE(NAME) (&check_rule[CHECK_RULE_##NAME])

#endif
