/* check/response/incidents: what is decided, told and learnt (IN1-IN5). */
#include "check/check_int.h"

#include "model/due.h"
#include "model/limits.h"
#include "model/notice.h"

struct duties {
    const struct record **items;
    size_t count, cap;
};

struct aftermath {
    struct map duties;              /* id of a record → duties to notify that apply to it */
    size_t *settled;                /* by number of the obligation: the incident in which it was
                                       dealt with last, counted from 1 */
    bool *is_acted_on;              /* by number of the incident: an action came of it */
    const struct record *threshold; /* with the shortest clock; NULL */
};

static bool is_disruption(const struct record *r)
{
    return str_eq(rec_text(r, INCIDENT_KIND), S("disruption"));
}

/* -- Reviewed (IN1) --------------------------------------------------------------------------- */

static void check_reviewed(struct checker *c, const struct record *r)
{
    enum field_id field = rec_has(r, INCIDENT_STOOD_DOWN) ? INCIDENT_STOOD_DOWN : INCIDENT_START;
    date over = rec_moment_day(r, field);
    long long days = model_limit(c->model, LIMITS_INCIDENT_REVIEW_DAYS);
    if (due_is_past(c->model, due_incident_review(c->model, r)))
        check_report(c, CHECK_RULE_INCIDENT_UNREVIEWED, r, check_place(r, field),
                     "'" STR_FMT "' %s on " STR_FMT
                     " and has not been reviewed; %lld days are allowed",
                     STR_ARG(r->id), field == INCIDENT_START ? "began" : "was over",
                     STR_ARG(check_day_words(c, over)), days);
}

/* -- Decided (IN2, IN5) ----------------------------------------------------------------------- */

static bool has_decision(const struct record *r)
{
    size_t count;
    const struct field_value *items = rec_items(r, INCIDENT_TIMELINE, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *event = field_target(&items[i]);
        if (event != NULL && str_eq(rec_text(event, EVENT_KIND), S("decision")))
            return true;
    }
    return false;
}

/* One that is not stood down still goes on; how long a closed one took is unknown then. */
static duration lasted(const struct checker *c, const struct record *r)
{
    long long start = rec_int(r, INCIDENT_START, 0);
    if (rec_lacks(r, INCIDENT_START) || (rec_lacks(r, INCIDENT_STOOD_DOWN) && !rec_is_live(r)))
        return DURATION_NONE;
    return rec_int(r, INCIDENT_STOOD_DOWN, (long long)c->model->as_of * MINUTES_PER_DAY) - start;
}

/* No plan was activated, and nobody wrote down that none should be. */
static void check_activation(struct checker *c, const struct aftermath *a, const struct record *r)
{
    duration took = lasted(c, r);
    const struct record *t = a->threshold;
    if (rec_has(r, INCIDENT_DECLARED))
        check_report(c, CHECK_RULE_INCIDENT_NOT_ACTIVATED, r, check_place(r, INCIDENT_DECLARED),
                     "'" STR_FMT "' was declared, but no plan was activated and no decision logged",
                     STR_ARG(r->id));
    else if (t != NULL && took > rec_duration(t, THRESHOLD_CLOCK))
        check_report(c, CHECK_RULE_INCIDENT_NOT_ACTIVATED, r, check_place(r, INCIDENT_STOOD_DOWN),
                     "'" STR_FMT "' went on for " STR_FMT ", '" STR_FMT
                     "' asks for a decision within " STR_FMT
                     ", and neither a plan was activated nor a decision logged",
                     STR_ARG(r->id), STR_ARG(check_time_words(c, took)), STR_ARG(t->id),
                     STR_ARG(check_time_words(c, rec_duration(t, THRESHOLD_CLOCK))));
    else
        check_report(c, CHECK_RULE_INCIDENT_NO_DECISION, r, check_place(r, INCIDENT_TIMELINE),
                     "the timeline of '" STR_FMT "' has no decision", STR_ARG(r->id));
}

/* A near miss or a false alarm asks for a decision only where a plan was activated. */
static void check_decided(struct checker *c, const struct aftermath *a, const struct record *r)
{
    bool has_plan = rec_has(r, INCIDENT_PLANS);
    if (has_decision(r))
        return;
    if (!has_plan && is_disruption(r))
        check_activation(c, a, r);
    else if (has_plan)
        check_report(c, CHECK_RULE_INCIDENT_NO_DECISION, r, check_place(r, INCIDENT_TIMELINE),
                     "a plan was activated in '" STR_FMT "', but its timeline has no decision",
                     STR_ARG(r->id));
}

/* -- Learnt from (IN3) ------------------------------------------------------------------------ */

static void check_lessons(struct checker *c, const struct aftermath *a, const struct record *r)
{
    size_t count;
    rec_items(r, INCIDENT_LESSONS, &count);
    if (count != 0 && !a->is_acted_on[r->number])
        check_report(c, CHECK_RULE_LESSON_UNUSED, r, check_place(r, INCIDENT_LESSONS),
                     "'" STR_FMT "' taught %zu %s, and no action came of it", STR_ARG(r->id), count,
                     count == 1 ? "lesson" : "lessons");
}

static void act_on(struct aftermath *a, const struct record *incident)
{
    if (incident != NULL)
        a->is_acted_on[incident->number] = true;
}

/* Through its own decision, or the finding that it answers. */
static void take_actions(struct checker *c, struct aftermath *a)
{
    const struct record_list *actions = model_list(c->model, TYPE_ACTION);
    const struct record_list *incidents = model_list(c->model, TYPE_INCIDENT);
    bool *is_answered = NEW_ARRAY(c->scratch, bool, model_list(c->model, TYPE_FINDING)->count + 1);
    for (size_t i = 0; i < actions->count; i++) {
        size_t count;
        const struct field_value *items = rec_items(actions->items[i], ACTION_FINDINGS, &count);
        if (!rec_counts(actions->items[i]))
            continue;
        act_on(a, rec_ref_to(actions->items[i], ACTION_DECISION, TYPE_INCIDENT));
        for (size_t j = 0; j < count; j++) {
            const struct record *f = field_target_of(&items[j], TYPE_FINDING);
            if (f == NULL)
                continue;
            is_answered[f->number] = true;
            act_on(a, rec_ref_to(f, FINDING_SOURCE_REF, TYPE_INCIDENT));
        }
    }
    for (size_t i = 0; i < incidents->count; i++) {
        size_t count;
        const struct field_value *items = rec_items(incidents->items[i], INCIDENT_FINDINGS, &count);
        for (size_t j = 0; j < count; j++) {
            const struct record *f = field_target_of(&items[j], TYPE_FINDING);
            if (f != NULL && is_answered[f->number])
                act_on(a, incidents->items[i]);
        }
    }
}

/* -- Told in time (IN4) ----------------------------------------------------------------------- */

static const char *clock_words(const struct record *r)
{
    return notice_clock(r) == INCIDENT_DETECTED ? "was noticed" : "began";
}

static void check_notification(struct checker *c, const struct record *r, const struct record *n,
                               const struct record *obligation)
{
    struct notice told = notice_of(r, n, obligation);
    if (told.state == NOTICE_SILENT) {
        check_report(c, CHECK_RULE_NOTIFIED_LATE, r, n->span,
                     "'" STR_FMT "' says neither when notice was given under '" STR_FMT
                     "' nor why it was not due",
                     STR_ARG(r->id), STR_ARG(obligation->id));
        return;
    }
    if (told.state != NOTICE_LATE)
        return;
    check_report(c, CHECK_RULE_NOTIFIED_LATE, r, check_place(n, NOTIFICATION_AT),
                 "notice under '" STR_FMT "' was given " STR_FMT " after '" STR_FMT
                 "' %s; it is due within " STR_FMT,
                 STR_ARG(obligation->id), STR_ARG(check_time_words(c, told.took)), STR_ARG(r->id),
                 clock_words(r), STR_ARG(check_time_words(c, told.within)));
    diag_hint(c->diags, "find out why it was late and mend that; what cannot be undone is "
                        "accepted in a waiver");
}

static void check_notified(struct checker *c, struct aftermath *a, const struct record *r)
{
    size_t count;
    const struct field_value *items = rec_items(r, INCIDENT_NOTIFIED, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *n = field_target(&items[i]);
        const struct record *o = n ? rec_ref_to(n, NOTIFICATION_OBLIGATION, TYPE_OBLIGATION) : NULL;
        if (o == NULL)
            continue;
        a->settled[o->number] = r->number + 1;
        check_notification(c, r, n, o);
    }
}

static void check_untold(struct checker *c, const struct record *r, const struct record *o,
                         const struct field_value *affected)
{
    const struct field_value *start = rec_value(r, notice_clock(r));
    duration within = rec_duration(o, OBLIGATION_NOTIFY_WITHIN);
    if (start->state != FV_PRESENT || !check_is_past(c, date_of_moment(start->number + within)))
        return;
    check_report(c, CHECK_RULE_NOTIFIED_LATE, r, affected->span,
                 "'" STR_FMT "' affected '" STR_FMT "', and no notice was given under '" STR_FMT
                 "'; it is due within " STR_FMT,
                 STR_ARG(r->id), STR_ARG(affected->record->id), STR_ARG(o->id),
                 STR_ARG(check_time_words(c, within)));
    diag_hint(c->diags,
              "where no notice was due, say so: notified: [{obligation: " STR_FMT
              ", not_due: why}]",
              STR_ARG(o->id));
}

/* So many incidents may affect what so many duties apply to that of one incident only the first
 * duties are looked at. */
static void check_affected(struct checker *c, struct aftermath *a, const struct record *r)
{
    enum { DUTIES_MAX = 100 };
    size_t count, open = 0;
    const struct field_value *items = rec_items(r, INCIDENT_AFFECTED, &count);
    for (size_t i = 0; i < count && open <= DUTIES_MAX; i++) {
        const struct record *hit = field_target(&items[i]);
        const struct duties *d = hit != NULL ? map_find(&a->duties, hit->id) : NULL;
        for (size_t j = 0; d != NULL && j < d->count && open <= DUTIES_MAX; j++) {
            const struct record *o = d->items[j];
            if (a->settled[o->number] == r->number + 1)
                continue;
            a->settled[o->number] = r->number + 1;
            if (++open <= DUTIES_MAX)
                check_untold(c, r, o, &items[i]);
        }
    }
    if (open > DUTIES_MAX)
        check_report(c, CHECK_RULE_NOTIFIED_LATE, r, check_place(r, INCIDENT_AFFECTED),
                     "more than %d duties to give notice bear on '" STR_FMT
                     "'; the others are not looked at",
                     DUTIES_MAX, STR_ARG(r->id));
}

static void take_obligation(struct checker *c, struct aftermath *a, const struct record *o)
{
    size_t count;
    const struct field_value *items = rec_items(o, OBLIGATION_APPLIES_TO, &count);
    if (!notice_is_asked(o))
        return;
    for (size_t i = 0; i < count; i++) {
        const struct record *to = field_target(&items[i]);
        if (to == NULL)
            continue;
        struct duties *d = map_find(&a->duties, to->id);
        if (d == NULL) {
            d = NEW(c->scratch, struct duties);
            map_put(&a->duties, to->id, d);
        }
        PUSH(c->scratch, d->items, d->count, d->cap, const struct record *) = o;
    }
}

/* -- All of it -------------------------------------------------------------------------------- */

static const struct record *shortest_clock(const struct checker *c)
{
    const struct record_list *list = model_list(c->model, TYPE_THRESHOLD);
    const struct record *shortest = NULL;
    for (size_t i = 0; i < list->count; i++) {
        const struct record *t = list->items[i];
        if (rec_has(t, THRESHOLD_CLOCK) && rec_is_live(t) &&
            (shortest == NULL ||
             rec_duration(t, THRESHOLD_CLOCK) < rec_duration(shortest, THRESHOLD_CLOCK)))
            shortest = t;
    }
    return shortest;
}

static struct aftermath aftermath_of(struct checker *c)
{
    const struct record_list *obligations = model_list(c->model, TYPE_OBLIGATION);
    size_t incidents = model_list(c->model, TYPE_INCIDENT)->count;
    struct aftermath a = {.duties = map_in(c->scratch),
                          .settled = NEW_ARRAY(c->scratch, size_t, obligations->count + 1),
                          .is_acted_on = NEW_ARRAY(c->scratch, bool, incidents + 1),
                          .threshold = shortest_clock(c)};
    for (size_t i = 0; i < obligations->count; i++)
        take_obligation(c, &a, obligations->items[i]);
    take_actions(c, &a);
    return a;
}

void check_incidents(struct checker *c)
{
    const struct record_list *list = model_list(c->model, TYPE_INCIDENT);
    struct aftermath a = aftermath_of(c);
    for (size_t i = 0; i < list->count; i++) {
        const struct record *r = list->items[i];
        if (!rec_counts(r))
            continue;
        check_decided(c, &a, r);
        check_lessons(c, &a, r);
        check_notified(c, &a, r);
        if (!is_disruption(r))
            continue;
        check_reviewed(c, r);
        check_affected(c, &a, r);
    }
}
