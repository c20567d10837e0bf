/* check/cycle/evidence: every clause of the standards that are claimed has something to show. */
#include "check/check_int.h"

#include "model/evidence.h"

/* Who has to find it: the process that answers for the clause, else the organisation that claims
 * to meet it. */
static const struct record *who_mends(const struct checker *c, const struct clause_evidence *e)
{
    return e->process != NULL ? e->process : model_list(c->model, TYPE_ORGANISATION)->items[0];
}

/* Where it says that it answers for the clause, or that it works by the standard. */
static struct span place_of(const struct record *about, enum standard standard)
{
    if (about->type->number == TYPE_PROCESS)
        return check_place(about, PROCESS_CLAUSE);
    size_t count;
    const struct field_value *v = rec_items(about, ORGANISATION_STANDARDS, &count);
    for (size_t i = 0; i < count; i++)
        if (v[i].state == FV_PRESENT && standard_is(standard, v[i].text))
            return v[i].span;
    return about->span;
}

static void hint(struct checker *c, const struct clause_evidence *e)
{
    struct selector s[SELECTORS_MAX];
    size_t count = selectors_read(c->model->schema, e->clause->records, s);
    struct buf kinds = buf_in(c->scratch, 128);
    for (size_t i = 0; i < count; i++) {
        buf_add(&kinds, i == 0 ? S("") : S(", "));
        buf_add(&kinds, selector_words(c->scratch, &s[i]));
    }
    diag_hint(c->diags, "record what shows it (" STR_FMT "), or name " STR_FMT " in its 'clauses:'",
              STR_ARG(buf_str(&kinds)), STR_ARG(e->clause->id));
}

void check_evidence(struct checker *c)
{
    const struct evidence *all = c->model->evidence;
    for (size_t i = 0; i < clause_count(); i++) {
        const struct clause_evidence *e = &all->clauses[i];
        bool is_asked = all->is_claimed[e->clause->standard] && e->clause->demand != DEMAND_CHAPTER;
        if (!is_asked || e->documents_count + e->records_count != 0)
            continue;
        const struct record *about = who_mends(c, e);
        check_report(c, CHECK_RULE_CLAUSE_EVIDENCE, about, place_of(about, e->clause->standard),
                     "clause " STR_FMT " (" STR_FMT ") has no evidence: " STR_FMT,
                     STR_ARG(e->clause->id), STR_ARG(e->clause->title), STR_ARG(e->gaps[0].words));
        hint(c, e);
    }
}
