/* check/cycle/reviews: top management looks at the system, decides, and tells (MR1-MR7). */
#include "check/check_int.h"

#include "model/due.h"
#include "model/limits.h"

/* -- In time (MR1) ---------------------------------------------------------------------------- */

/* The first one is due as long after the beginning of the system as the others after it. */
static void check_first(struct checker *c, long long months)
{
    date since = check_running_since(c);
    if (check_is_months_ago(c, since, months))
        check_report(c, CHECK_RULE_REVIEW_INTERVAL, check_house(c), c->model->workspace->span,
                     "no review by top management is on record, though documents are in force "
                     "since " STR_FMT,
                     STR_ARG(check_day_words(c, since)));
}

/* A date that was set and has passed; else the last review is too long ago. */
static void check_interval(struct checker *c)
{
    const struct record_list *list = model_list(c->model, TYPE_MANAGEMENT_REVIEW);
    long long months = model_limit(c->model, LIMITS_REVIEW_MONTHS);
    const struct record *last = NULL;
    bool is_late = false, is_set = false;
    for (size_t i = 0; i < list->count; i++) {
        const struct record *r = list->items[i];
        date planned = rec_date(r, MANAGEMENT_REVIEW_PLANNED);
        date held = rec_date(r, MANAGEMENT_REVIEW_HELD);
        if (check_is_withdrawn(r))
            continue;
        if (held != DATE_NONE && (last == NULL || held > rec_date(last, MANAGEMENT_REVIEW_HELD)))
            last = r;
        is_set |= planned != DATE_NONE;
        if (!rec_lacks(r, MANAGEMENT_REVIEW_HELD) || !check_is_past(c, planned))
            continue;
        is_late = true;
        check_report(c, CHECK_RULE_REVIEW_INTERVAL, r, check_place(r, MANAGEMENT_REVIEW_PLANNED),
                     "the review '" STR_FMT "' was planned for " STR_FMT " and has not been held",
                     STR_ARG(r->id), STR_ARG(check_day_words(c, planned)));
    }
    if (last == NULL && !is_late && !is_set)
        check_first(c, months);
    date held = last != NULL ? rec_date(last, MANAGEMENT_REVIEW_HELD) : DATE_NONE;
    if (!is_late && last != NULL && due_is_past(c->model, due_top_review(c->model, last)))
        check_report(c, CHECK_RULE_REVIEW_INTERVAL, last, check_place(last, MANAGEMENT_REVIEW_HELD),
                     "top management last reviewed the system on " STR_FMT
                     ", more than %lld months ago",
                     STR_ARG(check_day_words(c, held)), months);
}

/* -- Inputs (MR2) ----------------------------------------------------------------------------- */

static bool has_input(const struct field_value *items, size_t count, str input)
{
    for (size_t i = 0; i < count; i++) {
        const struct record *comment = check_part(&items[i]);
        str about = comment != NULL ? rec_text(comment, INPUT_COMMENT_INPUT) : S("");
        if (about.n != 0 && str_starts(input, about))
            return true;
    }
    return false;
}

/* What 9.3.2 wants looked at. Whoever speaks of c has spoken of c1 to c3. */
static void check_inputs(struct checker *c, const struct record *r)
{
    static const str inputs[] = {S_INIT("a"), S_INIT("b"), S_INIT("c1"), S_INIT("c2"), S_INIT("c3"),
                                 S_INIT("d"), S_INIT("e"), S_INIT("f"),  S_INIT("g"),  S_INIT("h"),
                                 S_INIT("i"), S_INIT("j"), S_INIT("k")};
    size_t count, missing = 0;
    const struct field_value *items = rec_items(r, MANAGEMENT_REVIEW_COMMENTS, &count);
    str names[sizeof inputs / sizeof *inputs];
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++)
        if (!has_input(items, count, inputs[i]))
            names[missing++] = inputs[i];
    if (missing == 0)
        return;
    check_report(c, CHECK_RULE_REVIEW_INPUT, r, check_place(r, MANAGEMENT_REVIEW_COMMENTS),
                 "the review '" STR_FMT "' says nothing about %s " STR_FMT, STR_ARG(r->id),
                 missing == 1 ? "input" : "inputs",
                 STR_ARG(str_join(c->scratch, names, missing, S(", "))));
}

/* -- Outputs (MR3, MR4, MR6) ------------------------------------------------------------------ */

static void check_output(struct checker *c, const struct record *r, const struct record *o)
{
    bool has_owner = !rec_lacks(o, REVIEW_OUTPUT_OWNER), has_due = !rec_lacks(o, REVIEW_OUTPUT_DUE);
    str decision = diag_quote(rec_text(o, REVIEW_OUTPUT_DECISION));
    date due = rec_date(o, REVIEW_OUTPUT_DUE);
    if (!has_owner || !has_due)
        check_report(c, CHECK_RULE_REVIEW_DECISION_LOOSE, r, o->span,
                     "the decision '" STR_FMT "' of '" STR_FMT "' has no %s", STR_ARG(decision),
                     STR_ARG(r->id),
                     has_owner ? "due date"
                     : has_due ? "owner"
                               : "owner and no due date");
    if (rec_lacks(o, REVIEW_OUTPUT_EFFECTED_BY) && check_is_past(c, due))
        check_report(c, CHECK_RULE_REVIEW_DECISION_LOST, r, check_place(o, REVIEW_OUTPUT_DUE),
                     "the decision '" STR_FMT "' of '" STR_FMT "' was due on " STR_FMT
                     ", and names no action or change that effects it",
                     STR_ARG(decision), STR_ARG(r->id), STR_ARG(check_day_words(c, due)));
}

static void check_outputs(struct checker *c, const struct record *r)
{
    size_t count;
    const struct field_value *items = rec_items(r, MANAGEMENT_REVIEW_OUTPUTS, &count);
    if (count == 0)
        check_report(c, CHECK_RULE_REVIEW_NO_OUTPUT, r, check_place(r, MANAGEMENT_REVIEW_HELD),
                     "the review '" STR_FMT "' decided nothing", STR_ARG(r->id));
    for (size_t i = 0; i < count; i++)
        if (check_part(&items[i]) != NULL)
            check_output(c, r, items[i].record);
}

/* -- Top management (MR5) --------------------------------------------------------------------- */

/* The sponsor, or who reports to nobody. */
static bool is_top(const struct record *role)
{
    return str_eq(rec_text(role, ROLE_KIND), S("governance")) &&
           (str_eq(rec_text(role, ROLE_BCMS_PART), S("sponsor")) ||
            rec_lacks(role, ROLE_REPORTS_TO));
}

/* Whoever has taken the chair's role since then need not have been there. */
static bool attends(const struct record *r, const struct record *role)
{
    const struct record *holder = check_ref(role, ROLE_HOLDER, TYPE_PERSON);
    size_t count;
    const struct field_value *items = rec_items(r, MANAGEMENT_REVIEW_ATTENDEES, &count);
    if (holder != NULL && !check_held_by(role, holder, rec_date(r, MANAGEMENT_REVIEW_HELD)))
        return true;
    for (size_t i = 0; i < count; i++) {
        const struct record *who = check_part(&items[i]);
        if (who != NULL && (who == role || who == holder))
            return true;
    }
    return false;
}

static void check_chair(struct checker *c, const struct record *r)
{
    const struct record *chair = check_ref(r, MANAGEMENT_REVIEW_CHAIR, TYPE_ROLE);
    if (chair == NULL)
        return;
    if (!is_top(chair))
        check_report(c, CHECK_RULE_REVIEW_TOP_ABSENT, r, check_place(r, MANAGEMENT_REVIEW_CHAIR),
                     "the review '" STR_FMT "' was chaired by '" STR_FMT
                     "', which is neither the sponsor nor at the top",
                     STR_ARG(r->id), STR_ARG(chair->id));
    else if (!attends(r, chair))
        check_report(c, CHECK_RULE_REVIEW_TOP_ABSENT, r,
                     check_place(r, MANAGEMENT_REVIEW_ATTENDEES),
                     "the chair of the review '" STR_FMT "', '" STR_FMT "', did not attend",
                     STR_ARG(r->id), STR_ARG(chair->id));
}

/* -- Told (MR7) ------------------------------------------------------------------------------- */

static void check_told(struct checker *c, const struct record *r)
{
    date held = rec_date(r, MANAGEMENT_REVIEW_HELD);
    long long days = model_limit(c->model, LIMITS_TELL_DAYS);
    if (rec_lacks(r, MANAGEMENT_REVIEW_COMMUNICATED_TO) && check_is_days_ago(c, held, days))
        check_report(c, CHECK_RULE_REVIEW_UNTOLD, r, check_place(r, MANAGEMENT_REVIEW_HELD),
                     "the results of the review '" STR_FMT "' of " STR_FMT
                     " were told to nobody; %lld days are allowed",
                     STR_ARG(r->id), STR_ARG(check_day_words(c, held)), days);
}

void check_reviews(struct checker *c)
{
    const struct record_list *list = model_list(c->model, TYPE_MANAGEMENT_REVIEW);
    check_interval(c);
    for (size_t i = 0; i < list->count; i++) {
        const struct record *r = list->items[i];
        if (!rec_has(r, MANAGEMENT_REVIEW_HELD) || check_is_withdrawn(r))
            continue;
        check_inputs(c, r);
        check_outputs(c, r);
        check_chair(c, r);
        check_told(c, r);
    }
}
