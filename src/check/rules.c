/* check/rules: what the content is checked for. */
#include "check/rules.h"

#include <assert.h>
#include <stdlib.h>

const struct rule check_rule[CHECK_RULE_COUNT] = {
#define RULE(NAME, id, severity, clause, title, why, mend)                                         \
    [CHECK_RULE_##NAME] = {id, SEVERITY_##severity, clause, title, why, mend},
#define FAULT(NAME, id, severity, clause, title, why, mend)                                        \
    [CHECK_RULE_##NAME] = {id, SEVERITY_##severity, clause, title, why, mend},
#include "check/rules.def"
};

static const bool is_fault[CHECK_RULE_COUNT] = {
#define RULE(NAME, id, severity, clause, title, why, mend)
#define FAULT(NAME, id, severity, clause, title, why, mend) [CHECK_RULE_##NAME] = true,
#include "check/rules.def"
};

const struct check_family check_family[CHECK_FAMILY_COUNT] = {
#define FAMILY(letters, title) [CHECK_FAMILY_##letters] = {#letters, title},
#include "check/families.def"
};

bool check_is_fault(const struct rule *rule)
{
    assert(rule >= check_rule && rule < check_rule + CHECK_RULE_COUNT);
    return is_fault[rule - check_rule];
}

const struct rule *check_find(str id)
{
    for (size_t i = 0; i < CHECK_RULE_COUNT; i++)
        if (str_eq(id, str_from(check_rule[i].id)))
            return &check_rule[i];
    return NULL;
}

/* -- Families ---------------------------------------------------------------------------- */

/* "DC" of "DC7d". */
static str letters_of(const struct rule *rule)
{
    size_t n = 0;
    while (rule->id[n] >= 'A' && rule->id[n] <= 'Z')
        n++;
    return (str){rule->id, n};
}

enum check_family_id check_family_of(const struct rule *rule)
{
    str letters = letters_of(rule);
    int family = 0;
    while (!str_eq(letters, str_from(check_family[family].letters))) {
        family++;
        assert(family < CHECK_FAMILY_COUNT); /* a new family needs a row in families.def */
    }
    return (enum check_family_id)family;
}

static int by_id(const void *x, const void *y)
{
    const struct rule *a = *(const struct rule *const *)x, *b = *(const struct rule *const *)y;
    return str_cmp_natural(str_from(a->id), str_from(b->id));
}

size_t check_family_rules(enum check_family_id family, const struct rule *out[CHECK_RULE_COUNT])
{
    size_t count = 0;
    for (size_t i = 0; i < CHECK_RULE_COUNT; i++)
        if (check_family_of(&check_rule[i]) == family)
            out[count++] = &check_rule[i];
    if (count > 0)
        qsort(out, count, sizeof *out, by_id);
    return count;
}
