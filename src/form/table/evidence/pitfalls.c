/* form/table/evidence/pitfalls: where others fail, and the checks that watch for it. */
#include "form/table/evidence.h"

#include <assert.h>

#include "form/table/findings.h"

static const struct pitfall pitfall[] = {
#define QUESTION(NAME, short_name, question, look)
#define SHOWS(NAME, what, records)
#define HANGUP(NAME, what, checks)     {QUESTION_##NAME, S_INIT(what), S_INIT(""), S_INIT(checks)},
#define MISTAKE(what, way_out, checks) {SIZE_MAX, S_INIT(what), S_INIT(way_out), S_INIT(checks)},
#define STEP(PHASE, what, records)
#include "form/table/questions.def"
};

size_t pitfall_count(void)
{
    return COUNT_OF(pitfall);
}

const struct pitfall *pitfall_at(size_t index)
{
    assert(index < COUNT_OF(pitfall));
    return &pitfall[index];
}

/* -- Checks -------------------------------------------------------------------------------- */

static const struct rule *rule_of(str id)
{
    for (size_t i = 0; i < CHECK_RULE_COUNT; i++)
        if (str_eq(str_from(check_rule[i].id), id))
            return &check_rule[i];
    return NULL;
}

/* By place of the rule in the list of all; empty where nothing was judged. */
static const struct check_counts *count_by_rule(struct arena *a, const struct model *m)
{
    struct check_counts *n = NEW_ARRAY(a, struct check_counts, CHECK_RULE_COUNT);
    for (size_t i = 0; m->results != NULL && i < m->results->count; i++)
        check_count_one(&n[m->results->items[i]->rule - check_rule], m->results->items[i]);
    return n;
}

static void fill_check(struct arena *a, struct cell *cells, const struct rule *rule,
                       const struct check_counts *n)
{
    cells[0] = cell_text(a, str_from(rule->id));
    cells[0].page = str_fmt(a, FINDINGS_REFERENCE "#%s", rule->id);
    cells[1] = cell_text(a, str_from(rule->title));
    cells[2] = findings_state(a, n[rule - check_rule]);
}

static const struct column check_column[] = {COLUMN("check", "Check", CODE),
                                             COLUMN("asks", "It asks", TEXT),
                                             COLUMN("found", "Found", CHIP)};

static struct table *new_checks(struct arena *a, str id, str caption)
{
    struct table *t = table_new(a, id, caption, check_column, COUNT_OF(check_column));
    t->head_column = true;
    return t;
}

const struct table *checks_table(struct arena *a, const struct model *m,
                                 const struct checks_view *view)
{
    const struct check_counts *n = count_by_rule(a, m);
    struct table *t = new_checks(a, view->id, view->caption);
    for (str one, rest = m->results == NULL ? S("") : view->checks; rest.n != 0;) {
        rest = str_cut(rest, ' ', &one);
        if (rule_of(one) != NULL)
            fill_check(a, table_row(a, t), rule_of(one), n);
    }
    return t;
}

const struct table *checks_of_clause(struct arena *a, const struct model *m, const struct clause *c)
{
    const struct check_counts *n = count_by_rule(a, m);
    struct table *t = new_checks(a, S("checks-of-clause"), S("Checks"));
    for (size_t i = 0; m->results != NULL && i < CHECK_RULE_COUNT; i++)
        if (c->standard == STANDARD_ISO_22301 && str_eq(str_from(check_rule[i].clause), c->number))
            fill_check(a, table_row(a, t), &check_rule[i], n);
    return t;
}

/* -- Pitfalls ------------------------------------------------------------------------------ */

static const struct column pitfall_column[] = {
    COLUMN("about", "About", TEXT),     COLUMN("pitfall", "What goes wrong", TEXT),
    COLUMN("way_out", "Way out", TEXT), COLUMN("check", "Check", CODE),
    COLUMN("asks", "It asks", TEXT),    COLUMN("found", "Found", CHIP)};

static void add_pitfall(struct arena *a, struct table *t, const struct pitfall *p,
                        const struct check_counts *n)
{
    for (str one, rest = p->checks; rest.n != 0;) {
        rest = str_cut(rest, ' ', &one);
        if (rule_of(one) == NULL)
            continue;
        struct cell *cells = table_row(a, t);
        cells[0] = cell_text(a, p->question == SIZE_MAX ? S("The system as a whole")
                                                        : question_at(p->question)->short_name);
        cells[1] = cell_text(a, p->what);
        cells[2] = cell_text(a, p->way_out);
        fill_check(a, cells + 3, rule_of(one), n);
    }
}

const struct table *pitfalls_table(struct arena *a, const struct model *m)
{
    const struct check_counts *n = count_by_rule(a, m);
    struct table *t = table_new(a, S("list-pitfalls"), S("What goes wrong"), pitfall_column,
                                COUNT_OF(pitfall_column));
    for (size_t i = 0; i < COUNT_OF(pitfall); i++)
        add_pitfall(a, t, &pitfall[i], n);
    return t;
}
