/* cli/cmd_explain: why a rule matters and how to mend what it found. */
#include "cli/cli.h"

#include <assert.h>
#include <stdio.h>
#include <strings.h>

#include "check/rules.h"
#include "cli/nearest.h"
#include "publish/rules.h"
#include "sign/rules.h"
#include "text/rules.h"
#include "verify/rules.h"

/* All rules, by what they judge: one row each. Those of the content have families. */
static const struct rules {
    const char *title;
    const struct rule *items;
    size_t count;
} rules[] = {
    {"Files and what is in them", text_rule, TEXT_RULE_COUNT},
    {NULL, check_rule, CHECK_RULE_COUNT},
    {"Signing", sign_rule, SIGN_RULE_COUNT},
    {"Publishing", publish_rule, PUBLISH_RULE_COUNT},
    {"Verifying an archive", verify_rule, DAMAGE_COUNT},
    {"The machine", &diag_rule_os, 1},
};
enum { RULES_COUNT = COUNT_OF(rules) };

static const struct rule *find(const char *id)
{
    for (size_t r = 0; r < RULES_COUNT; r++)
        for (size_t i = 0; i < rules[r].count; i++)
            if (strcasecmp(rules[r].items[i].id, id) == 0)
                return &rules[r].items[i];
    return NULL;
}

/* `before` parts it from what stands above. */
static void list(const char *before, const char *title, const struct rule *const *rule,
                 size_t count)
{
    printf("%s%s\n", before, title);
    for (size_t i = 0; i < count; i++)
        printf("  %-5s %s\n", rule[i]->id, rule[i]->title);
}

static void list_family(const char *before, enum check_family_id family)
{
    const struct rule *rule[CHECK_RULE_COUNT];
    size_t count = check_family_rules(family, rule);
    if (count != 0)
        list(before, check_family[family].title, rule, count);
}

static void list_rules(const char *before, const struct rules *r)
{
    enum { SHOWN_MAX = 64 };
    const struct rule *rule[SHOWN_MAX];
    assert(r->count <= SHOWN_MAX);
    for (size_t i = 0; i < r->count; i++)
        rule[i] = &r->items[i];
    list(before, r->title, rule, r->count);
}

static int list_all(void)
{
    for (size_t r = 0; r < RULES_COUNT; r++) {
        if (rules[r].title != NULL)
            list_rules(r == 0 ? "" : "\n", &rules[r]);
        for (int f = 0; rules[r].title == NULL && f < CHECK_FAMILY_COUNT; f++)
            list_family("\n", (enum check_family_id)f);
    }
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

/* One rule by its id, or all of a family by its letters. */
static bool explain_word(const char *before, const char *word)
{
    const struct rule *r = find(word);
    for (int f = 0; r == NULL && f < CHECK_FAMILY_COUNT; f++)
        if (strcasecmp(check_family[f].letters, word) == 0) {
            list_family(before, (enum check_family_id)f);
            return true;
        }
    if (r == NULL)
        return false;
    fputs(before, stdout);
    explain(r);
    return true;
}

static int no_rule(const char *word)
{
    struct nearest n = nearest_to(str_from(word));
    for (size_t r = 0; r < RULES_COUNT; r++)
        for (size_t i = 0; i < rules[r].count; i++)
            nearest_offer(&n, str_from(rules[r].items[i].id));
    fprintf(stderr, "continuo explain: no rule has the id '%s'", word);
    nearest_say(&n, stderr);
    fputs("\n'continuo explain' lists all\n", stderr);
    return EXIT_USAGE;
}

int cmd_explain(const struct options *o)
{
    if (o->argument_count == 0)
        return list_all();
    for (size_t i = 0; i < o->argument_count; i++) {
        if (explain_word(i == 0 ? "" : "\n", o->arguments[i]))
            continue;
        return no_rule(o->arguments[i]);
    }
    return EXIT_OK;
}
