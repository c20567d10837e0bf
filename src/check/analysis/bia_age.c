/* check/analysis/bia_age: analyses and assumptions that time has overtaken (BI7, BI8, BI10). */
#include "check/check_int.h"

#include "model/impact.h"
#include "model/limits.h"

static date last_look(const struct record *bia)
{
    return rec_last_look(bia, BIA_DATE);
}

/* -- Review (BI7) ----------------------------------------------------------------------------- */

static void check_review(struct checker *c, const struct record *bia)
{
    date due = rec_date(bia, COMMON_NEXT_REVIEW), seen = last_look(bia);
    bool is_open = rec_lacks(bia, COMMON_NEXT_REVIEW);
    long long months = model_limit(c->model, LIMITS_BIA_MONTHS);
    if (check_is_past(c, due))
        check_report(c, CHECK_RULE_BIA_LATE, bia, check_place(bia, COMMON_NEXT_REVIEW),
                     "the review of '" STR_FMT "' was due on " STR_FMT, STR_ARG(bia->id),
                     STR_ARG(check_day_words(c, due)));
    else if (is_open && rec_lacks(bia, BIA_DATE) && rec_lacks(bia, COMMON_REVIEWED))
        check_report(c, CHECK_RULE_BIA_LATE, bia, bia->id_span,
                     "'" STR_FMT "' says neither when it was made nor when it is reviewed next",
                     STR_ARG(bia->id));
    else if (is_open && check_is_months_ago(c, seen, months))
        check_report(c, CHECK_RULE_BIA_LATE, bia, check_place(bia, BIA_DATE),
                     "'" STR_FMT "' was last looked at on " STR_FMT ", more than %lld months ago",
                     STR_ARG(bia->id), STR_ARG(check_day_words(c, seen)), months);
}

/* -- Changes (BI8) ---------------------------------------------------------------------------- */

/* For each analysis the last change that overtook it, and what that change touches. */
struct overtaken {
    struct check_notes change, touched;
};

/* The update that a change asks of this analysis, or of any (NULL); NULL: none. */
static const struct record *update_of(const struct record *change, const struct record *bia)
{
    size_t count;
    const struct field_value *items = rec_items(change, CHANGE_UPDATES, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *update = check_part(&items[i]);
        const struct record *what = update ? check_ref(update, UPDATE_WHAT, TYPE_BIA) : NULL;
        if (what != NULL && (bia == NULL || what == bia))
            return update;
    }
    return NULL;
}

static bool is_settled(const struct record *change, const struct record *bia)
{
    const struct record *update = update_of(change, bia);
    str asked = update != NULL ? rec_text(update, UPDATE_VERSION) : S("");
    return asked.n != 0 && str_cmp_natural(rec_text(bia, BIA_VERSION), asked) >= 0;
}

static void note(struct overtaken *o, const struct record *change, const struct record *bia,
                 const struct record *touched)
{
    date on = rec_date(change, CHANGE_DATE), seen = last_look(bia);
    const struct record **last = check_note(o->change, bia);
    if (seen == DATE_NONE || seen >= on || is_settled(change, bia))
        return;
    if (*last != NULL && rec_date(*last, CHANGE_DATE) >= on)
        return;
    *last = change;
    *check_note(o->touched, bia) = touched;
}

static void note_activity(struct overtaken *o, const struct record *change,
                          const struct record *activity, const struct record *touched)
{
    for (size_t i = 0; i < activity->back_count; i++) {
        const struct record *bia = check_link(&activity->back[i], BIA_ACTIVITY);
        if (bia == NULL)
            continue;
        if (touched == activity || update_of(change, NULL) == NULL ||
            update_of(change, bia) != NULL)
            note(o, change, bia, touched);
    }
}

/* The activity that needs what is linked to: depends on it, or takes place there. */
static const struct record *user_of(const struct checker *c, const struct backlink *b)
{
    const struct type_def *part = c->model->schema->types[TYPE_DEPENDENCY];
    bool depends = b->from->type->number == TYPE_ACTIVITY &&
                   b->field == &part->fields[schema_slot(part, DEPENDENCY_ON)];
    return depends ? b->from : check_link(b, ACTIVITY_SITES);
}

/* What a change touches overtakes its analysis. The analyses of those that need it are
 * overtaken only when the change bears on analyses; where it names the ones to be made
 * again, its assessor has decided on the others. */
static void note_change(struct checker *c, struct overtaken *o, const struct record *change)
{
    size_t count;
    const struct field_value *items = rec_items(change, CHANGE_TOUCHES, &count);
    bool bears_on_bia = check_has_word(change, CHANGE_IMPACT_ON, S("bia"));
    for (size_t i = 0; i < count; i++) {
        const struct record *touched = items[i].state == FV_PRESENT ? items[i].record : NULL;
        if (touched == NULL)
            continue;
        if (touched->type->number == TYPE_BIA)
            note(o, change, touched, touched);
        if (touched->type->number == TYPE_ACTIVITY)
            note_activity(o, change, touched, touched);
        for (size_t j = 0; bears_on_bia && j < touched->back_count; j++) {
            const struct record *activity = user_of(c, &touched->back[j]);
            if (activity != NULL)
                note_activity(o, change, activity, touched);
        }
    }
}

static void check_overtaken(struct checker *c, const struct overtaken *o, const struct record *bia)
{
    const struct record *change = *check_note(o->change, bia);
    const struct record *touched = *check_note(o->touched, bia);
    if (change == NULL)
        return;
    check_report(c, CHECK_RULE_BIA_OVERTAKEN, bia, check_place(bia, BIA_DATE),
                 "'" STR_FMT "' was last looked at on " STR_FMT ", before '" STR_FMT "' of " STR_FMT
                 ", which touches '" STR_FMT "'",
                 STR_ARG(bia->id), STR_ARG(check_day_words(c, last_look(bia))), STR_ARG(change->id),
                 STR_ARG(check_day_words(c, rec_date(change, CHANGE_DATE))), STR_ARG(touched->id));
    diag_related(c->diags, change->id_span, "'" STR_FMT "' (" STR_FMT ") is here",
                 STR_ARG(change->id), STR_ARG(diag_quote(change->title)));
}

/* -- Assumptions (BI10) ----------------------------------------------------------------------- */

/* ", and 3 analyses rest on it". */
static str resting_on(struct checker *c, const struct record *assumption)
{
    size_t resting = 0;
    for (size_t i = 0; i < assumption->back_count; i++) {
        const struct record *bia = check_link(&assumption->back[i], BIA_ASSUMPTIONS);
        resting += bia != NULL && check_is_submitted(bia);
    }
    if (resting == 0)
        return S("");
    return str_fmt(c->scratch, ", and %zu %s on it", resting,
                   resting == 1 ? "analysis rests" : "analyses rest");
}

static void check_assumption(struct checker *c, const struct record *r)
{
    date ends = rec_date(r, ASSUMPTION_EXPIRES), checked = rec_date(r, ASSUMPTION_CHECKED_ON);
    long long months = model_limit(c->model, LIMITS_BIA_MONTHS);
    if (check_is_past(c, ends))
        check_report(c, CHECK_RULE_ASSUMPTION_OVER, r, check_place(r, ASSUMPTION_EXPIRES),
                     "'" STR_FMT "' ran out on " STR_FMT STR_FMT, STR_ARG(r->id),
                     STR_ARG(check_day_words(c, ends)), STR_ARG(resting_on(c, r)));
    else if (rec_lacks(r, ASSUMPTION_EXPIRES) && rec_lacks(r, ASSUMPTION_CHECKED_ON))
        check_report(c, CHECK_RULE_ASSUMPTION_OVER, r, r->id_span,
                     "'" STR_FMT "' was never checked and has no end" STR_FMT, STR_ARG(r->id),
                     STR_ARG(resting_on(c, r)));
    else if (rec_lacks(r, ASSUMPTION_EXPIRES) && check_is_months_ago(c, checked, months))
        check_report(c, CHECK_RULE_ASSUMPTION_OVER, r, check_place(r, ASSUMPTION_CHECKED_ON),
                     "'" STR_FMT "' has no end and was last checked on " STR_FMT STR_FMT,
                     STR_ARG(r->id), STR_ARG(check_day_words(c, checked)),
                     STR_ARG(resting_on(c, r)));
}

void check_bia_age(struct checker *c)
{
    const struct record_list *analyses = model_list(c->model, TYPE_BIA);
    const struct record_list *changes = model_list(c->model, TYPE_CHANGE);
    const struct record_list *assumptions = model_list(c->model, TYPE_ASSUMPTION);
    struct overtaken o = {check_notes_new(c), check_notes_new(c)};
    for (size_t i = 0; i < changes->count; i++)
        if (check_is_material(c, changes->items[i]))
            note_change(c, &o, changes->items[i]);
    for (size_t i = 0; i < analyses->count; i++) {
        if (!check_is_submitted(analyses->items[i]))
            continue;
        check_review(c, analyses->items[i]);
        check_overtaken(c, &o, analyses->items[i]);
    }
    for (size_t i = 0; i < assumptions->count; i++)
        if (rec_is_live(assumptions->items[i]))
            check_assumption(c, assumptions->items[i]);
}
