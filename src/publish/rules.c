/* publish/rules: what publishing an edition can report. */
#include "publish/rules.h"

const struct rule publish_rule[PUBLISH_RULE_COUNT] = {
#define RULE(NAME, id, severity, clause, title, why, mend)                                         \
    [PUBLISH_RULE_##NAME] = {id, SEVERITY_##severity, clause, title, why, mend},
#include "publish/rules.def"
};
