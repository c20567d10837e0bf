/* text/rules: what reading files, YAML, CSV, Markdown and templates can report.
 *
 * One row each in text/rules.def; `diag(d, TEXT_RULE(YAML_SYNTAX), at, …)`. */
#ifndef TEXT_RULES_H
#define TEXT_RULES_H

#include "base/diag.h"

enum text_rule_id {
#define RULE(NAME, id, severity, clause, title, why, mend) TEXT_RULE_##NAME,
#include "text/rules.def"
    TEXT_RULE_COUNT
};

extern const struct rule text_rule[TEXT_RULE_COUNT];

#define TEXT_RULE(NAME) (&text_rule[TEXT_RULE_##NAME])

#endif
