/* cli/cmd_explain: why a rule matters and how to mend what it found. */
#include "cli/cli.h"

#include <stdio.h>
#include <strings.h>

#include "check/rules.h"
#include "publish/rules.h"
#include "text/rules.h"
#include "verify/rules.h"

static const struct rule *find_in(const struct rule *rules, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (strcasecmp(rules[i].id, id) == 0)
            return &rules[i];
    return NULL;
}

static void list(const struct rule *rules, size_t count)
{
    for (size_t i = 0; i < count; i++)
        printf("%-5s %s\n", rules[i].id, rules[i].title);
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
    if (o->argument_count == 0) {
        list(text_rule, TEXT_RULE_COUNT);
        list(check_rule, CHECK_RULE_COUNT);
        list(publish_rule, PUBLISH_RULE_COUNT);
        list(verify_rule, DAMAGE_COUNT);
        list(&diag_rule_os, 1);
        return EXIT_OK;
    }
    for (size_t i = 0; i < o->argument_count; i++) {
        const struct rule *r = find_in(text_rule, TEXT_RULE_COUNT, o->arguments[i]);
        if (r == NULL)
            r = find_in(check_rule, CHECK_RULE_COUNT, o->arguments[i]);
        if (r == NULL)
            r = find_in(publish_rule, PUBLISH_RULE_COUNT, o->arguments[i]);
        if (r == NULL)
            r = find_in(verify_rule, DAMAGE_COUNT, o->arguments[i]);
        if (r == NULL)
            r = find_in(&diag_rule_os, 1, o->arguments[i]);
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
