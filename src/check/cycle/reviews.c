/* check/cycle/reviews: top management looks at the system, decides, and tells (MR1-MR9). */
#include "check/check_int.h"

#include "model/audits.h"
#include "model/due.h"
#include "model/limits.h"
#include "model/review.h"

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
        if (!rec_counts(r))
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

/* Somebody said something of it, or the pack that was frozen for the review shows something, or
 * did before the day of it was written anew. */
static bool has_input(struct checker *c, const struct record *r, enum review_input input)
{
    if (review_comment(r, input) != NULL || input == REVIEW_PLUS)
        return true;
    return review_pack_of(r) != NULL &&
           (review_looks_at(c->model, c->scratch, input, r).count != 0 ||
            review_items_lost(c->model, c->scratch, input, review_period(r)).count != 0);
}

/* What 9.3.2 wants looked at. */
static void check_inputs(struct checker *c, const struct record *r)
{
    str names[REVIEW_INPUTS];
    size_t missing = 0;
    for (size_t i = 0; i < REVIEW_INPUTS; i++)
        if (!has_input(c, r, (enum review_input)i))
            names[missing++] = review_input_key((enum review_input)i);
    if (missing == 0)
        return;
    check_report(c, CHECK_RULE_REVIEW_INPUT, r, check_place(r, MANAGEMENT_REVIEW_COMMENTS),
                 "the review '" STR_FMT "' says nothing about %s " STR_FMT, STR_ARG(r->id),
                 missing == 1 ? "input" : "inputs",
                 STR_ARG(str_join(c->scratch, names, missing, S(", "))));
}

/* -- Kept (MR8, MR9) -------------------------------------------------------------------------- */

static void check_file(struct checker *c, const struct record *file)
{
    str path = rec_text(file, FROZEN_FILE_PATH);
    const struct model_file *f = map_find(&c->model->files, path);
    if (f != NULL && str_eq(f->sha256, rec_text(file, FROZEN_FILE_SHA256)))
        return;
    diag(c->diags, CHECK_RULE(FROZEN), check_place(file, FROZEN_FILE_PATH),
         "the frozen pack '" STR_FMT "' %s", STR_ARG(path),
         f == NULL || !f->is_there ? "cannot be read" : "is not what was frozen");
}

static void check_pack(struct checker *c, const struct record *r)
{
    size_t count;
    const struct record *review = rec_ref_to(r, REVIEW_PACK_REVIEW, TYPE_MANAGEMENT_REVIEW);
    const struct field_value *files = rec_items(r, REVIEW_PACK_FILES, &count);
    for (size_t i = 0; i < count; i++)
        if (field_target(&files[i]) != NULL)
            check_file(c, files[i].record);
    if (review != NULL && review_pack_of(review) != r)
        diag(c->diags, CHECK_RULE(FROZEN), check_place(r, REVIEW_PACK_REVIEW),
             "the review '" STR_FMT "' has a frozen pack already, '" STR_FMT "'",
             STR_ARG(review->id), STR_ARG(review_pack_of(review)->id));
}

/* One that was withdrawn is not shown. */
static void check_packs(struct checker *c)
{
    const struct record_list *list = model_list(c->model, TYPE_REVIEW_PACK);
    for (size_t i = 0; i < list->count; i++)
        if (rec_counts(list->items[i]))
            check_pack(c, list->items[i]);
}

static void check_frozen(struct checker *c, const struct record *r)
{
    long long days = model_limit(c->model, LIMITS_TELL_DAYS);
    if (review_pack_of(r) == NULL && rec_lacks(r, COMMON_EVIDENCE) &&
        check_is_days_ago(c, rec_date(r, MANAGEMENT_REVIEW_HELD), days))
        check_report(c, CHECK_RULE_REVIEW_UNFROZEN, r, check_place(r, MANAGEMENT_REVIEW_HELD),
                     "what the review '" STR_FMT "' looked at on " STR_FMT " was not kept",
                     STR_ARG(r->id),
                     STR_ARG(check_day_words(c, rec_date(r, MANAGEMENT_REVIEW_HELD))));
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
        if (field_target(&items[i]) != NULL)
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
    const struct record *holder = rec_ref_to(role, ROLE_HOLDER, TYPE_PERSON);
    size_t count;
    const struct field_value *items = rec_items(r, MANAGEMENT_REVIEW_ATTENDEES, &count);
    if (holder != NULL && !role_is_held_by(role, holder, rec_date(r, MANAGEMENT_REVIEW_HELD)))
        return true;
    for (size_t i = 0; i < count; i++) {
        const struct record *who = field_target(&items[i]);
        if (who != NULL && (who == role || who == holder))
            return true;
    }
    return false;
}

static void check_chair(struct checker *c, const struct record *r)
{
    const struct record *chair = rec_ref_to(r, MANAGEMENT_REVIEW_CHAIR, TYPE_ROLE);
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
    check_packs(c);
    for (size_t i = 0; i < list->count; i++) {
        const struct record *r = list->items[i];
        if (!rec_has(r, MANAGEMENT_REVIEW_HELD) || !rec_counts(r))
            continue;
        check_inputs(c, r);
        check_frozen(c, r);
        check_outputs(c, r);
        check_chair(c, r);
        check_told(c, r);
    }
}
