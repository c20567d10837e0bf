/* publish/rules: what publishing an edition can report.
 *
 * One row each in publish/rules.def; `diag(d, PUBLISH_RULE(TAKEN), at, …)`. */
#ifndef PUBLISH_RULES_H
#define PUBLISH_RULES_H

#include "base/diag.h"

enum publish_rule_id {
#define RULE(NAME, id, severity, clause, title, why, mend) PUBLISH_RULE_##NAME,
#include "publish/rules.def"
    PUBLISH_RULE_COUNT
};

extern const struct rule publish_rule[PUBLISH_RULE_COUNT];

#define PUBLISH_RULE(NAME) (&publish_rule[PUBLISH_RULE_##NAME])

#endif
