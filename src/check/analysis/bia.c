/* check/analysis/bia: impact analyses, approved and without contradiction.
 *
 * BI1, BI2, BI6, BI9 and BI11 to BI14; the others are bia_grid's and bia_age's.
 *
 * A draft is still being worked on: nothing of it is judged, and BI1 says that there is no
 * analysis yet. */
#include "check/check_int.h"

#include <stdlib.h>

#include "model/audits.h"
#include "model/due.h"
#include "model/impact.h"
#include "model/recovery.h"

/* -- Approved (BI1) --------------------------------------------------------------------------- */

/* The last one that somebody works on, or else the last at all. */
static const struct record *last_analysis(const struct record *activity)
{
    const struct record *last = NULL;
    for (size_t i = 0; i < activity->back_count; i++) {
        const struct record *bia = backlink_by(&activity->back[i], BIA_ACTIVITY);
        if (bia != NULL && (last == NULL || rec_is_live(bia) || !rec_is_live(last)))
            last = bia;
    }
    return last;
}

static const char *why_not_approved(const struct record *bia)
{
    str status = rec_status(bia);
    if (str_eq(status, S("draft")))
        return "is a draft";
    if (str_eq(status, S("in_review")))
        return "is in review";
    if (str_eq(status, S("superseded")))
        return "is superseded";
    if (status.n == 0)
        return "has no status";
    if (rec_ref_to(bia, BIA_APPROVED_BY, TYPE_ROLE) == NULL)
        return "names no role that approved it";
    return "names no day up to the as-of date on which it was approved";
}

static void check_analysed(struct checker *c, const struct record *activity)
{
    const struct node *n = recovery_node(c->model, activity);
    duration rto = n->asked[TIME_RTO].value;
    if (!n->is_prioritised || model_bia(c->model, activity) != NULL ||
        activity_analysis_is_unknown(activity))
        return;
    if (rto == DURATION_NONE && !rec_lacks(activity, ACTIVITY_RTO))
        return; /* X5: nobody knows yet whether it is prioritised */
    if (rto == DURATION_NONE)
        check_report(c, CHECK_RULE_NO_BIA, activity, activity->id_span,
                     "'" STR_FMT "' has no RTO and no approved impact analysis",
                     STR_ARG(activity->id));
    else
        check_report(c, CHECK_RULE_NO_BIA, activity, activity->id_span,
                     "'" STR_FMT "' must be back within " STR_FMT STR_FMT
                     ", but has no approved impact analysis",
                     STR_ARG(activity->id), STR_ARG(check_time_words(c, rto)),
                     STR_ARG(check_asked_by(c, activity)));
    const struct record *bia = last_analysis(activity);
    if (bia != NULL)
        diag_related(c->diags, bia->id_span, "'" STR_FMT "' %s", STR_ARG(bia->id),
                     why_not_approved(bia));
}

/* -- RTO and MTPD (BI2) ----------------------------------------------------------------------- */

static void check_in_time(struct checker *c, const struct record *r, enum field_id field,
                          duration mtpd, struct span mtpd_at)
{
    duration rto = rec_duration(r, field);
    if (rto == DURATION_NONE || mtpd == DURATION_NONE || rto < mtpd)
        return;
    check_report(c, CHECK_RULE_RTO_TOO_LONG, r, check_place(r, field),
                 "the RTO of '" STR_FMT "', " STR_FMT ", is not shorter than its MTPD, " STR_FMT,
                 STR_ARG(r->id), STR_ARG(check_time_words(c, rto)),
                 STR_ARG(check_time_words(c, mtpd)));
    diag_related(c->diags, mtpd_at, "the MTPD is here");
}

/* What an analysis states, or else where its grid is unacceptable at the latest. */
static void check_bia_in_time(struct checker *c, const struct record *bia)
{
    struct impact grid = model_impact(c->scratch, c->model, bia);
    duration stated = rec_duration(bia, BIA_MTPD_STATED);
    bool is_stated = stated != DURATION_NONE;
    check_in_time(c, bia, BIA_RTO, is_stated ? stated : grid.at_most,
                  is_stated ? check_place(bia, BIA_MTPD_STATED) : grid.at);
}

/* -- The activity and its analysis (BI14) ----------------------------------------------------- */

static duration mtpd_of(const struct checker *c, const struct record *bia)
{
    duration stated = rec_duration(bia, BIA_MTPD_STATED);
    return stated != DURATION_NONE ? stated : model_impact(c->scratch, c->model, bia).mtpd;
}

static void check_same_time(struct checker *c, const struct record *activity, enum field_id field,
                            const struct record *bia, duration says)
{
    duration own = rec_duration(activity, field);
    const char *name = field == ACTIVITY_RTO ? "RTO" : field == ACTIVITY_RPO ? "RPO" : "MTPD";
    if (says == DURATION_NONE || own == says ||
        (own == DURATION_NONE && !rec_lacks(activity, field)))
        return;
    if (own == DURATION_NONE)
        check_report(c, CHECK_RULE_BIA_DIFFERS, activity, activity->id_span,
                     "'" STR_FMT "' has no %s, but its analysis '" STR_FMT "' says " STR_FMT,
                     STR_ARG(activity->id), name, STR_ARG(bia->id),
                     STR_ARG(check_time_words(c, says)));
    else
        check_report(c, CHECK_RULE_BIA_DIFFERS, activity, check_place(activity, field),
                     "the %s of '" STR_FMT "' is " STR_FMT ", but its analysis '" STR_FMT
                     "' says " STR_FMT,
                     name, STR_ARG(activity->id), STR_ARG(check_time_words(c, own)),
                     STR_ARG(bia->id), STR_ARG(check_time_words(c, says)));
    diag_related(c->diags, bia->id_span, "'" STR_FMT "' is here", STR_ARG(bia->id));
}

static void check_agreement(struct checker *c, const struct record *activity)
{
    const struct record *bia = model_bia(c->model, activity);
    if (bia == NULL)
        return;
    check_same_time(c, activity, ACTIVITY_RTO, bia, rec_duration(bia, BIA_RTO));
    check_same_time(c, activity, ACTIVITY_RPO, bia, rec_duration(bia, BIA_RPO));
    check_same_time(c, activity, ACTIVITY_MTPD, bia, mtpd_of(c, bia));
    for (size_t i = 0; i < activity->back_count; i++) {
        const struct record *other = backlink_by(&activity->back[i], BIA_ACTIVITY);
        if (other == NULL || other == bia || !model_bia_is_approved(c->model, other))
            continue;
        check_report(c, CHECK_RULE_BIA_DIFFERS, other, check_place(other, BIA_STATUS),
                     "'" STR_FMT "' is still approved, although '" STR_FMT
                     "' is the analysis of '" STR_FMT "' that was approved last",
                     STR_ARG(other->id), STR_ARG(bia->id), STR_ARG(activity->id));
        diag_hint(c->diags, "set 'status: superseded' for '" STR_FMT "'", STR_ARG(other->id));
    }
}

/* -- What an analysis says (BI6, BI9, BI13) --------------------------------------------------- */

static void check_minimum(struct checker *c, const struct record *bia)
{
    if (rec_lacks(bia, BIA_MBCO) && rec_lacks(bia, BIA_MBCO_PERCENT))
        check_report(c, CHECK_RULE_NO_MBCO, bia, bia->id_span,
                     "'" STR_FMT "' does not say how much must be kept up", STR_ARG(bia->id));
}

static void check_own_answers(struct checker *c, const struct record *bia)
{
    const struct record *role = rec_ref_to(bia, BIA_APPROVED_BY, TYPE_ROLE);
    const struct record *person = rec_ref_to(bia, BIA_RESPONDENT, TYPE_PERSON);
    if (role == NULL || person == NULL ||
        !role_is_held_by(role, person, rec_date(bia, BIA_APPROVED_ON)))
        return;
    check_report(c, CHECK_RULE_OWN_ANSWERS, bia, check_place(bia, BIA_APPROVED_BY),
                 "'" STR_FMT "' was answered and approved by the same person, " STR_FMT,
                 STR_ARG(bia->id), STR_ARG(person->title));
}

static void check_peak(struct checker *c, const struct record *bia)
{
    size_t count;
    const struct record *activity = rec_ref_to(bia, BIA_ACTIVITY, TYPE_ACTIVITY);
    if (activity == NULL || rec_has(bia, BIA_PEAK))
        return;
    const struct field_value *peaks = rec_items(activity, ACTIVITY_PEAKS, &count);
    const struct record *first = count != 0 ? field_target(&peaks[0]) : NULL;
    if (first == NULL)
        return;
    check_report(c, CHECK_RULE_NO_PEAK, bia, bia->id_span,
                 "'" STR_FMT "' does not say which peak it assumes; '" STR_FMT "' has '" STR_FMT
                 "'%s",
                 STR_ARG(bia->id), STR_ARG(activity->id),
                 STR_ARG(diag_quote(rec_text(first, PEAK_SEASON))), count > 1 ? " and more" : "");
    diag_related(c->diags, check_place(activity, ACTIVITY_PEAKS), "the peaks are here");
}

/* -- Needs over time (BI11) ------------------------------------------------------------------- */

struct step {
    const struct record *need;
    duration after;
    size_t place;
};

static int step_order(const void *x, const void *y)
{
    const struct step *a = x, *b = y;
    if (a->after != b->after)
        return a->after < b->after ? -1 : 1;
    return a->place < b->place ? -1 : 1;
}

/* Numbers that are not given say nothing; each is compared with the last one that is. */
static void check_need(struct checker *c, const struct record *bia, const struct step *steps,
                       size_t count, enum field_id field)
{
    const struct step *before = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct step *s = &steps[i];
        if (!rec_has(s->need, field))
            continue;
        long long now = rec_int(s->need, field, 0);
        long long then = before != NULL ? rec_int(before->need, field, 0) : now;
        if (now < then && rec_lacks(s->need, NEED_REASON))
            check_report(c, CHECK_RULE_NEED_FALLS, bia, check_place(s->need, field),
                         "'" STR_FMT "' needs %lld %s after " STR_FMT
                         ", but only %lld after " STR_FMT,
                         STR_ARG(bia->id), then, field == NEED_PEOPLE ? "people" : "seats",
                         STR_ARG(check_time_words(c, before->after)), now,
                         STR_ARG(check_time_words(c, s->after)));
        before = s;
    }
}

static void check_needs(struct checker *c, const struct record *bia)
{
    size_t count, used = 0;
    const struct field_value *items = rec_items(bia, BIA_NEEDS, &count);
    struct step *steps = NEW_ARRAY(c->scratch, struct step, count + 1);
    for (size_t i = 0; i < count; i++) {
        const struct record *need = field_target(&items[i]);
        if (need != NULL && rec_has(need, NEED_AFTER))
            steps[used++] = (struct step){need, rec_duration(need, NEED_AFTER), i};
    }
    qsort(steps, used, sizeof *steps, step_order);
    check_need(c, bia, steps, used, NEED_PEOPLE);
    check_need(c, bia, steps, used, NEED_SEATS);
}

/* -- All of them ------------------------------------------------------------------------------ */

/* One RTO for everything, in more activities than chance explains (BI12). */
static void check_variety(struct checker *c)
{
    enum { ACTIVITIES_MIN = 5 };
    const struct record_list *list = model_list(c->model, TYPE_ACTIVITY);
    const struct record *first = NULL, *method = model_bia_method(c->model);
    size_t same = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct record *r = list->items[i];
        if (!rec_is_live(r) || !rec_has(r, ACTIVITY_RTO))
            continue;
        if (first == NULL)
            first = r;
        if (rec_duration(r, ACTIVITY_RTO) != rec_duration(first, ACTIVITY_RTO))
            return;
        same++;
    }
    if (same < ACTIVITIES_MIN)
        return;
    const struct record *about = method != NULL ? method : first;
    check_report(c, CHECK_RULE_SAME_RTO, about, about->id_span,
                 "all %zu activities with an RTO have the same one, " STR_FMT, same,
                 STR_ARG(check_time_words(c, rec_duration(first, ACTIVITY_RTO))));
}

/* The approved analysis says the same, and is judged itself. */
static bool is_as_analysed(const struct checker *c, const struct record *activity)
{
    const struct record *bia = model_bia(c->model, activity);
    return bia != NULL && rec_duration(bia, BIA_RTO) == rec_duration(activity, ACTIVITY_RTO) &&
           mtpd_of(c, bia) == rec_duration(activity, ACTIVITY_MTPD);
}

static void check_activity(struct checker *c, const struct record *r)
{
    check_analysed(c, r);
    if (!is_as_analysed(c, r))
        check_in_time(c, r, ACTIVITY_RTO, rec_duration(r, ACTIVITY_MTPD),
                      check_place(r, ACTIVITY_MTPD));
    check_agreement(c, r);
}

static void check_analysis(struct checker *c, const struct record *r)
{
    check_bia_in_time(c, r);
    check_minimum(c, r);
    check_own_answers(c, r);
    check_needs(c, r);
    check_peak(c, r);
}

void check_bia(struct checker *c)
{
    const struct record_list *activities = model_list(c->model, TYPE_ACTIVITY);
    const struct record_list *analyses = model_list(c->model, TYPE_BIA);
    for (size_t i = 0; i < activities->count; i++)
        if (rec_is_live(activities->items[i]))
            check_activity(c, activities->items[i]);
    for (size_t i = 0; i < analyses->count; i++)
        if (bia_is_submitted(analyses->items[i]))
            check_analysis(c, analyses->items[i]);
    check_variety(c);
}
