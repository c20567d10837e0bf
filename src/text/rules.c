/* text/rules: what reading files, YAML, CSV, Markdown and templates can report. */
#include "text/rules.h"

const struct rule text_rule[TEXT_RULE_COUNT] = {
#define RULE(NAME, id, severity, clause, title, why, mend)                                         \
    [TEXT_RULE_##NAME] = {id, SEVERITY_##severity, clause, title, why, mend},
#include "text/rules.def"
};
