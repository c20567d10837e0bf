/* form/table/review/verdict: suitable, adequate, effective: what is said, and what speaks for it.
 */
#include "form/table/about.h"

#include "check/check.h"
#include "form/table/cells.h"
#include "form/table/review/review_int.h"

str review_share(struct arena *a, size_t some, size_t of)
{
    return of == 0 ? S("") : str_fmt(a, "%zu of %zu", some, of);
}

/* -- What the records say -------------------------------------------------------------------- */

struct evidence_lines {
    struct arena *arena;
    str *items;
    size_t count, cap;
};

static void say(struct evidence_lines *l, str line)
{
    if (line.n != 0)
        PUSH(l->arena, l->items, l->count, l->cap, str) = line;
}

/* Open findings of families, "0 errors and 3 warnings of scope and context". */
static void say_findings(struct evidence_lines *l, const struct model *m,
                         const enum check_family_id *families, size_t count, const char *of)
{
    size_t errors = 0, warnings = 0;
    for (size_t i = 0; m->results != NULL && i < m->results->open_count; i++)
        for (size_t k = 0; k < count; k++)
            if (m->results->items[i]->family == families[k]) {
                errors += m->results->items[i]->severity == SEVERITY_ERROR;
                warnings += m->results->items[i]->severity == SEVERITY_WARNING;
            }
    if (m->results != NULL)
        say(l, str_fmt(l->arena, "Checks of %s: %zu error%s, %zu warning%s open", of, errors,
                       errors == 1 ? "" : "s", warnings, warnings == 1 ? "" : "s"));
}

/* A record that is new was not looked at yet; when it was, that is an item of its own. */
static size_t count_items(const struct review_list *l, enum type_id type, enum field_id only,
                          const char *words)
{
    size_t count = 0;
    for (size_t i = 0; i < l->count; i++)
        count += l->items[i].record->type->number == type && l->items[i].part == NULL &&
                 !str_eq(l->items[i].happened, S("new")) &&
                 rec_says(l->items[i].record, only, str_from(words));
    return count;
}

static void say_share(struct evidence_lines *l, const struct review_list *items, enum type_id type,
                      enum field_id only, const char *words, const char *line)
{
    str share = review_share(l->arena, count_items(items, type, only, words),
                             count_items(items, type, only, ""));
    if (share.n != 0)
        say(l, str_fmt(l->arena, STR_FMT " %s", STR_ARG(share), line));
}

static void speaks_for_suitable(struct evidence_lines *l, const struct model *m,
                                const struct record *r)
{
    static const enum check_family_id families[] = {CHECK_FAMILY_SC, CHECK_FAMILY_CX,
                                                    CHECK_FAMILY_OB, CHECK_FAMILY_GV};
    struct review_list changes = review_items(m, REVIEW_B, review_period(r));
    size_t assessed = 0, met = 0;
    for (size_t i = 0; i < changes.count; i++) {
        const struct record *o = changes.items[i].record;
        bool is_assessed =
            o->type->number == TYPE_OBLIGATION && str_eq(changes.items[i].happened, S("assessed"));
        assessed += is_assessed;
        met += is_assessed && rec_says(o, OBLIGATION_COMPLIANCE, S("met"));
    }
    say_findings(l, m, families, COUNT_OF(families), "scope, context, objectives and roles");
    str share = review_share(l->arena, met, assessed);
    if (share.n != 0)
        say(l, str_fmt(l->arena, STR_FMT " obligations last assessed in the period are met",
                       STR_ARG(share)));
}

static void speaks_for_adequate(struct evidence_lines *l, const struct model *m,
                                const struct record *r)
{
    static const enum check_family_id families[] = {
        CHECK_FAMILY_BI, CHECK_FAMILY_DP, CHECK_FAMILY_RS, CHECK_FAMILY_ST,
        CHECK_FAMILY_SP, CHECK_FAMILY_PL, CHECK_FAMILY_TR};
    struct review_list judged = review_items(m, REVIEW_H, review_period(r));
    say_findings(l, m, families, COUNT_OF(families),
                 "analyses, means, suppliers, plans and training");
    say_share(l, &judged, TYPE_EVALUATION, EVALUATION_ADEQUATE, "yes",
              "evaluations found what they judged adequate");
}

static void speaks_for_effective(struct evidence_lines *l, const struct model *m,
                                 const struct record *r)
{
    struct review_period period = review_period(r);
    struct review_list judged = review_items(m, REVIEW_H, period),
                       acted = review_items(m, REVIEW_C1, period);
    say_share(l, &judged, TYPE_EXERCISE, EXERCISE_OUTCOME, "met",
              "exercises reached all their aims");
    say_share(l, &judged, TYPE_EVALUATION, EVALUATION_EFFECTIVE, "yes",
              "evaluations found what they judged effective");
    str checked = review_share(
        l->arena, count_items(&acted, TYPE_ACTION, ACTION_EFFECT_RESULT, "effective"),
        count_items(&acted, TYPE_ACTION, ACTION_EFFECT_RESULT, "effective|partly|not"));
    if (checked.n != 0)
        say(l, str_fmt(l->arena, STR_FMT " corrective actions with a checked effect worked",
                       STR_ARG(checked)));
}

/* -- The table ------------------------------------------------------------------------------- */

static const struct {
    str question;
    enum field_id said;
    void (*speaks)(struct evidence_lines *l, const struct model *m, const struct record *r);
} question[] = {
    {S_INIT("Suitable: does it fit us and what is around us?"), MANAGEMENT_REVIEW_SUITABLE,
     speaks_for_suitable},
    {S_INIT("Adequate: is what it asks for enough?"), MANAGEMENT_REVIEW_ADEQUATE,
     speaks_for_adequate},
    {S_INIT("Effective: does it do what it is meant to?"), MANAGEMENT_REVIEW_EFFECTIVE,
     speaks_for_effective},
};

const struct table *review_verdict(struct arena *a, const struct model *m, const struct record *r)
{
    static const struct column column[] = {
        COLUMN("question", "Question", TEXT),
        COLUMN("said", "What the review says", TEXT),
        COLUMN("records", "What the records of the period say", TEXT),
    };
    struct table *t = table_new(a, S("review-verdict"), S("Verdict"), column, COUNT_OF(column));
    t->head_column = true;
    for (size_t i = 0; i < COUNT_OF(question); i++) {
        struct evidence_lines l = {.arena = a};
        struct cell *cells = table_row(a, t);
        question[i].speaks(&l, m, r);
        cells[0] = cell_text(a, question[i].question);
        cells[1] = cell_field(a, r, question[i].said);
        if (rec_lacks(r, question[i].said))
            cells[1] = cell_text(a, S("Not said yet"));
        if (l.count != 0)
            cells[2] = cell_text(a, str_join(a, l.items, l.count, S("; ")));
        else if (!model_is_partial(m))
            cells[2] = cell_text(a, S("nothing recorded"));
    }
    return t;
}
