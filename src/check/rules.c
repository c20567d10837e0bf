/* check/rules: what the content is checked for. */
#include "check/rules.h"

const struct rule check_rule[CHECK_RULE_COUNT] = {
#define RULE(NAME, id, severity, clause, title, why, mend)                                         \
    [CHECK_RULE_##NAME] = {id, SEVERITY_##severity, clause, title, why, mend},
#include "check/rules.def"
};
