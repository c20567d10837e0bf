/* cli/cmd_explain: why a rule matters and how to mend what it found. */
#include "cli/cli.h"

#include <stdio.h>
#include <strings.h>

#include "check/rules.h"
#include "publish/rules.h"
#include "sign/rules.h"
#include "text/rules.h"
#include "verify/rules.h"

/* Every family of rules: one row each. */
static const struct family {
    const struct rule *rules;
    size_t count;
} family[] = {
    {text_rule, TEXT_RULE_COUNT},
    {check_rule, CHECK_RULE_COUNT},
    {sign_rule, SIGN_RULE_COUNT},
    {publish_rule, PUBLISH_RULE_COUNT},
    {verify_rule, DAMAGE_COUNT},
    {&diag_rule_os, 1},
};
enum { FAMILY_COUNT = sizeof family / sizeof *family };

static const struct rule *find(const char *id)
{
    for (size_t f = 0; f < FAMILY_COUNT; f++)
        for (size_t i = 0; i < family[f].count; i++)
            if (strcasecmp(family[f].rules[i].id, id) == 0)
                return &family[f].rules[i];
    return NULL;
}

static int list_all(void)
{
    for (size_t f = 0; f < FAMILY_COUNT; f++)
        for (size_t i = 0; i < family[f].count; i++)
            printf("%-5s %s\n", family[f].rules[i].id, family[f].rules[i].title);
    return EXIT_OK;
}

static void explain(const struct rule *r)
{
    static const char *const severity[] = {"info", "warning", "error"};
    printf("%s (%s) %s\n\nWhy: %s\nTo mend: %s\n", r->id, severity[r->severity], r->title, r->why,
           r->mend);
    if (r->clause[0] != 0)
        printf("Asked for by: ISO 22301:2019, clause %s\n", r->clause);
}

int cmd_explain(const struct options *o)
{
    if (o->argument_count == 0)
        return list_all();
    for (size_t i = 0; i < o->argument_count; i++) {
        const struct rule *r = find(o->arguments[i]);
        if (r == NULL) {
            fprintf(stderr,
                    "continuo explain: no rule has the id '%s'; 'continuo explain' lists all\n",
                    o->arguments[i]);
            return EXIT_USAGE;
        }
        if (i != 0)
            putchar('\n');
        explain(r);
    }
    return EXIT_OK;
}
