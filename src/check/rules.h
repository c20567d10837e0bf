/* check/rules: what the content is checked for.
 *
 * One row each in check/rules.def; `diag(d, CHECK_RULE(DANGLING), at, …)`. The letters of an
 * id name its family, a row of check/families.def. */
#ifndef CHECK_RULES_H
#define CHECK_RULES_H

#include "base/diag.h"

enum check_rule_id {
#define RULE(NAME, id, severity, clause, title, why, mend) CHECK_RULE_##NAME,
#define FAULT(NAME, id, severity, clause, title, why, mend) CHECK_RULE_##NAME,
#include "check/rules.def"
    CHECK_RULE_COUNT
};

extern const struct rule check_rule[CHECK_RULE_COUNT];

#define CHECK_RULE(NAME) (&check_rule[CHECK_RULE_##NAME])

/* What has to be mended: no waiver accepts it, and the house cannot set its severity. */
bool check_is_fault(const struct rule *rule);
/* NULL: there is no check of this id. */
const struct rule *check_find(str id);

enum check_family_id {
#define FAMILY(letters, title) CHECK_FAMILY_##letters,
#include "check/families.def"
    CHECK_FAMILY_COUNT
};

struct check_family {
    const char *letters; /* "DP" */
    const char *title;   /* "Dependencies" */
};

extern const struct check_family check_family[CHECK_FAMILY_COUNT];

enum check_family_id check_family_of(const struct rule *rule);
/* In order of ids; fills and counts. A family that has no rule yet gives 0. */
size_t check_family_rules(enum check_family_id family, const struct rule *out[CHECK_RULE_COUNT]);

#endif
