/* check/cycle/audits: every clause, by others, reported (AU1-AU3). */
#include "check/check_int.h"

#include "model/audits.h"
#include "model/limits.h"

/* -- Which clauses were audited (AU1) --------------------------------------------------------- */

struct clauses {
    struct map audited; /* clause → the last audit of it within the months of the house */
    struct map planned; /* clause → a slot that names it, of any quarter */
    bool is_main[11];   /* main clauses that an audit or a slot has something of */
};

enum { CLAUSE_FIRST = 4, CLAUSE_LAST = 10 };

/* "8.4.1" is of main clause 8. */
static void note_main(struct clauses *k, str clause)
{
    int number = 0;
    for (size_t i = 0; i < clause.n && ascii_is_digit(clause.p[i]) && number <= CLAUSE_LAST; i++)
        number = number * 10 + (clause.p[i] - '0');
    if (number >= CLAUSE_FIRST && number <= CLAUSE_LAST)
        k->is_main[number] = true;
}

/* What cannot be read is taken as over: the audit is asked for. */
static bool is_over(const struct checker *c, str text)
{
    struct quarter q;
    return !quarter_parse(text, &q) || q.last < c->model->as_of;
}

static void check_slot(struct checker *c, struct clauses *k, const struct record *slot)
{
    size_t count;
    const struct field_value *items = rec_items(slot, AUDIT_SLOT_CLAUSES, &count);
    bool is_due = is_over(c, rec_text(slot, AUDIT_SLOT_QUARTER));
    for (size_t i = 0; i < count; i++) {
        note_main(k, items[i].text);
        if (!is_due || audit_of(&k->audited, items[i].text) != NULL ||
            map_put(&k->planned, items[i].text, (void *)slot) != NULL)
            continue;
        check_report(c, CHECK_RULE_CLAUSE_UNAUDITED, slot->whole, items[i].span,
                     "clause " STR_FMT " was to be audited in " STR_FMT
                     ", and no audit within %lld months covers it",
                     STR_ARG(diag_quote(items[i].text)),
                     STR_ARG(diag_quote(rec_text(slot, AUDIT_SLOT_QUARTER))),
                     model_limit(c->model, LIMITS_AUDIT_MONTHS));
    }
}

static void check_programme_of(struct checker *c, struct clauses *k, const struct record *r)
{
    size_t count;
    const struct field_value *slots = rec_items(r, AUDIT_PROGRAMME_SLOTS, &count);
    for (size_t i = 0; i < count; i++)
        if (field_target(&slots[i]) != NULL)
            check_slot(c, k, slots[i].record);
}

static void check_main(struct checker *c, const struct clauses *k, const struct record *programme)
{
    for (int i = CLAUSE_FIRST; i <= CLAUSE_LAST; i++)
        if (!k->is_main[i])
            check_report(c, CHECK_RULE_CLAUSE_UNAUDITED, programme,
                         check_place(programme, AUDIT_PROGRAMME_SLOTS),
                         "nothing of clause %d is audited or planned to be", i);
}

static void check_clauses(struct checker *c)
{
    const struct record_list *audits = model_list(c->model, TYPE_AUDIT);
    const struct record_list *programmes = model_list(c->model, TYPE_AUDIT_PROGRAMME);
    const struct record *first = NULL;
    struct clauses k = {.audited = audits_held(c->scratch, c->model),
                        .planned = map_in(c->scratch)};
    for (size_t i = 0; i < k.audited.count; i++)
        note_main(&k, k.audited.entries[i].key);
    for (size_t i = 0; i < programmes->count; i++) {
        if (!rec_is_live(programmes->items[i]))
            continue;
        first = first != NULL ? first : programmes->items[i];
        check_programme_of(c, &k, programmes->items[i]);
    }
    date since = check_running_since(c);
    if (first != NULL)
        check_main(c, &k, first);
    else if (audits->count == 0 &&
             check_is_months_ago(c, since, model_limit(c->model, LIMITS_AUDIT_MONTHS)))
        check_report(c, CHECK_RULE_CLAUSE_UNAUDITED, check_house(c), c->model->workspace->span,
                     "no audit is on record, though documents are in force since " STR_FMT,
                     STR_ARG(check_day_words(c, since)));
}

/* -- Impartial (AU2) -------------------------------------------------------------------------- */

static void check_impartial(struct checker *c, const struct record *a)
{
    const struct record *auditor = rec_ref(a, AUDIT_AUDITOR);
    size_t count;
    const struct field_value *items = rec_items(a, AUDIT_SUBJECT, &count);
    for (size_t i = 0; i < count && auditor != NULL; i++) {
        const struct record *subject = field_target(&items[i]);
        if (subject != NULL && audit_is_of_own(auditor, subject, rec_date(a, AUDIT_HELD)))
            check_report(c, CHECK_RULE_OWN_AUDIT, a, items[i].span,
                         "'" STR_FMT "' audits '" STR_FMT "' and answers for it",
                         STR_ARG(auditor->id), STR_ARG(subject->id));
    }
}

/* -- Reported (AU3) --------------------------------------------------------------------------- */

static void check_reported(struct checker *c, const struct record *a)
{
    bool has_result = rec_has(a, AUDIT_RESULT) || rec_has(a, AUDIT_FINDINGS);
    if (rec_has(a, AUDIT_HELD) && has_result && rec_lacks(a, AUDIT_REPORTED_TO))
        check_report(c, CHECK_RULE_AUDIT_UNREPORTED, a, check_place(a, AUDIT_HELD),
                     "the results of '" STR_FMT "' were reported to nobody", STR_ARG(a->id));
}

static void check_named(struct checker *c)
{
    const struct record_list *audits = model_list(c->model, TYPE_AUDIT);
    const struct record_list *findings = model_list(c->model, TYPE_FINDING);
    bool *is_named = NEW_ARRAY(c->scratch, bool, findings->count + 1);
    for (size_t i = 0; i < audits->count; i++) {
        size_t count;
        const struct field_value *items = rec_items(audits->items[i], AUDIT_FINDINGS, &count);
        for (size_t j = 0; j < count; j++) {
            const struct record *f = field_target_of(&items[j], TYPE_FINDING);
            if (f != NULL)
                is_named[f->number] = true;
        }
    }
    for (size_t i = 0; i < findings->count; i++) {
        const struct record *f = findings->items[i];
        str source = rec_text(f, FINDING_SOURCE);
        bool is_of_audit = str_eq(source, S("audit")) || str_eq(source, S("self_assessment"));
        if (is_of_audit && !is_named[i] && rec_counts(f))
            check_report(c, CHECK_RULE_AUDIT_UNREPORTED, f, check_place(f, FINDING_SOURCE),
                         "the finding '" STR_FMT "' of an audit is among the findings of none",
                         STR_ARG(f->id));
    }
}

void check_audits(struct checker *c)
{
    const struct record_list *list = model_list(c->model, TYPE_AUDIT);
    check_clauses(c);
    for (size_t i = 0; i < list->count; i++) {
        if (!rec_counts(list->items[i]))
            continue;
        check_impartial(c, list->items[i]);
        check_reported(c, list->items[i]);
    }
    check_named(c);
}
