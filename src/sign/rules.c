/* sign/rules: why a key, a certificate or a time stamp is refused. */
#include "sign/rules.h"

const struct rule sign_rule[SIGN_RULE_COUNT] = {
#define RULE(NAME, id, severity, clause, title, why, mend)                                         \
    [SIGN_RULE_##NAME] = {id, SEVERITY_##severity, clause, title, why, mend},
#include "sign/rules.def"
};
