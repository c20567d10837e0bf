/* check/cycle/changes: reported, assessed, followed through (CH1-CH4). */
#include "check/cycle/updates.h"

#include "model/changes.h"
#include "model/due.h"
#include "model/lifecycle.h"
#include "model/limits.h"

/* -- Assessed (CH1) --------------------------------------------------------------------------- */

static void check_assessed(struct checker *c, const struct record *r)
{
    date day = rec_date(r, CHANGE_DATE);
    if (!rec_bool(r, CHANGE_MATERIAL))
        return;
    if (due_is_past(c->model, due_change(c->model, r)))
        check_report(c, CHECK_RULE_CHANGE_UNASSESSED, r, check_place(r, CHANGE_DATE),
                     "the material change '" STR_FMT "' of " STR_FMT
                     " has not been assessed; %lld days are allowed",
                     STR_ARG(r->id), STR_ARG(check_day_words(c, day)),
                     change_days_allowed(c->model, r));
    else if (rec_has(r, CHANGE_ASSESSED_ON) && rec_lacks(r, CHANGE_ASSESSMENT))
        check_report(c, CHECK_RULE_CHANGE_UNASSESSED, r, check_place(r, CHANGE_ASSESSED_ON),
                     "the material change '" STR_FMT "' was assessed on " STR_FMT
                     ", but what was found is not written down",
                     STR_ARG(r->id), STR_ARG(check_day_words(c, rec_date(r, CHANGE_ASSESSED_ON))));
}

/* -- Followed through (CH2) ------------------------------------------------------------------- */

/* Updates take as long again as the assessment; whoever closes a change says that they came. */
static void check_followed(struct checker *c, const struct record *r)
{
    date assessed = rec_date(r, CHANGE_ASSESSED_ON);
    bool is_closed = rec_has(r, CHANGE_CLOSED_ON) || str_eq(rec_status(r), S("closed"));
    if (assessed == DATE_NONE ||
        (!is_closed && !check_is_days_ago(c, assessed, change_days_allowed(c->model, r))))
        return;
    if (rec_bool(r, CHANGE_MATERIAL) && rec_has(r, CHANGE_IMPACT_ON) &&
        rec_lacks(r, CHANGE_UPDATES))
        check_report(c, CHECK_RULE_CHANGE_NOT_FOLLOWED, r, check_place(r, CHANGE_IMPACT_ON),
                     "the change '" STR_FMT "' has an impact on " STR_FMT
                     ", but names no record that is updated",
                     STR_ARG(r->id),
                     STR_ARG(value_display(c->scratch,
                                           &r->type->fields[schema_slot(r->type, CHANGE_IMPACT_ON)],
                                           rec_value(r, CHANGE_IMPACT_ON))));
    check_updates(c, CHECK_RULE_CHANGE_NOT_FOLLOWED, r, CHANGE_UPDATES, rec_date(r, CHANGE_DATE));
}

/* -- Reported (CH3) --------------------------------------------------------------------------- */

/* By kind: of two ways to report the same kind one may be silent. */
static void check_triggers(struct checker *c)
{
    const struct record_list *changes = model_list(c->model, TYPE_CHANGE);
    const struct record_list *triggers = model_list(c->model, TYPE_TRIGGER);
    long long months = model_limit(c->model, LIMITS_SILENT_TRIGGER_MONTHS);
    struct map heard = map_in(c->scratch); /* kinds with a change of late */
    for (size_t i = 0; i < changes->count; i++) {
        const struct record *t = rec_ref_to(changes->items[i], CHANGE_TRIGGER, TYPE_TRIGGER);
        date day = rec_date(changes->items[i], CHANGE_DATE);
        if (t != NULL && check_has_come(c, day) && !check_is_months_ago(c, day, months))
            map_put(&heard, rec_text(t, TRIGGER_KIND), changes->items[i]);
    }
    for (size_t i = 0; i < triggers->count; i++) {
        const struct record *t = triggers->items[i];
        date asked = rec_date(t, COMMON_REVIEWED);
        bool is_asked = asked != DATE_NONE && !check_is_months_ago(c, asked, months);
        if (rec_is_live(t) && !is_asked && !check_is_new(c, t, months) &&
            map_find(&heard, rec_text(t, TRIGGER_KIND)) == NULL)
            check_report(c, CHECK_RULE_TRIGGER_SILENT, t, t->id_span,
                         "no change of the kind '" STR_FMT "' was reported in %lld months",
                         STR_ARG(rec_text(t, TRIGGER_KIND)), months);
    }
}

/* -- Documents change for a reason (CH4) ------------------------------------------------------ */

static void explain(bool *is_explained, const struct record *r, enum field_id updates)
{
    size_t count;
    const struct field_value *items = rec_items(r, updates, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *u = field_target(&items[i]);
        const struct record *d = u != NULL ? rec_ref_to(u, UPDATE_WHAT, TYPE_DOCUMENT) : NULL;
        if (d != NULL && (rec_lacks(u, UPDATE_VERSION) ||
                          str_eq(rec_text(u, UPDATE_VERSION), version_in_force(d))))
            is_explained[d->number] = true;
    }
}

/* The row of the version in force; *before is the one above it, NULL for the first. */
static const struct record *row_in_force(const struct record *d, const struct record **before)
{
    str version = version_in_force(d);
    size_t count;
    const struct field_value *rows = rec_items(d, DOCUMENT_REVISIONS, &count);
    *before = NULL;
    for (size_t i = 0; i < count && version.n != 0; i++) {
        const struct record *row = field_target(&rows[i]);
        if (row != NULL && str_eq(rec_text(row, REVISION_VERSION), version))
            return row;
        *before = row != NULL ? row : *before;
    }
    return NULL;
}

static void check_reason(struct checker *c, const struct record *d)
{
    const struct record *before, *row = row_in_force(d, &before);
    if (row == NULL || before == NULL || rec_has(row, REVISION_CHANGE) ||
        revision_was_due(d, row, before))
        return;
    check_report(c, CHECK_RULE_REVISION_NO_REASON, d, row->span,
                 "version '" STR_FMT "' of '" STR_FMT
                 "' came of no change, action or review that is recorded",
                 STR_ARG(rec_text(row, REVISION_VERSION)), STR_ARG(d->id));
}

static void check_reasons(struct checker *c)
{
    const struct record_list *changes = model_list(c->model, TYPE_CHANGE);
    const struct record_list *actions = model_list(c->model, TYPE_ACTION);
    const struct record_list *documents = model_list(c->model, TYPE_DOCUMENT);
    bool *is_explained = NEW_ARRAY(c->scratch, bool, documents->count + 1);
    for (size_t i = 0; i < changes->count; i++)
        explain(is_explained, changes->items[i], CHANGE_UPDATES);
    for (size_t i = 0; i < actions->count; i++)
        explain(is_explained, actions->items[i], ACTION_UPDATES);
    for (size_t i = 0; i < documents->count; i++) {
        const struct record *d = documents->items[i];
        bool is_ours = !str_eq(rec_text(d, DOCUMENT_KIND), S("external"));
        if (is_ours && !is_explained[i] && d->life != NULL && !life_is_over(d->life))
            check_reason(c, d);
    }
}

void check_changes(struct checker *c)
{
    const struct record_list *list = model_list(c->model, TYPE_CHANGE);
    for (size_t i = 0; i < list->count; i++) {
        if (!rec_counts(list->items[i]))
            continue;
        check_assessed(c, list->items[i]);
        check_followed(c, list->items[i]);
    }
    check_triggers(c);
    check_reasons(c);
}
