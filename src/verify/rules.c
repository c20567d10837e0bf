/* verify/rules: the classes of damage that verifying can find. */
#include "verify/rules.h"

const struct rule verify_rule[DAMAGE_COUNT] = {
#define RULE(NAME, id, severity, clause, title, why, mend)                                         \
    [DAMAGE_##NAME] = {id, SEVERITY_##severity, clause, title, why, mend},
#include "verify/rules.def"
};

const char *damage_word(enum damage d)
{
    static const char *const word[] = {
        [DAMAGE_MISSING] = "missing",         [DAMAGE_ADDED] = "added",
        [DAMAGE_CHANGED] = "changed",         [DAMAGE_RENAMED] = "renamed",
        [DAMAGE_TRUNCATED] = "truncated",     [DAMAGE_REORDERED] = "reordered",
        [DAMAGE_FORGED] = "forged signature", [DAMAGE_SIGNER] = "wrong signer",
        [DAMAGE_ROLLED_BACK] = "rolled back", [DAMAGE_REWRITTEN] = "rewritten history",
        [DAMAGE_UNFINISHED] = "unfinished",   [DAMAGE_UNREADABLE] = "unreadable",
    };
    _Static_assert(COUNT_OF(word) == DAMAGE_COUNT, "a new class needs its word here");
    return word[d];
}
