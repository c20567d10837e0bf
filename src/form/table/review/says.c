/* form/table/review/says: what each kind of record tells a review. */
#include "form/table/review/review_int.h"

#include "form/table/cells.h"
#include "form/table/improve.h"
#include "form/table/system.h"
#include "model/actions.h"
#include "model/lifecycle.h"

enum { SAYS_MAX = 200 }; /* code points: a review reads lines, the record has the rest */

static str shortened(str text, size_t max)
{
    size_t n = 0, at = 0, blank = 0;
    for (; at < text.n && n < max; at++) {
        n += ((unsigned char)text.p[at] & 0xC0) != 0x80;
        if (text.p[at] == ' ' || text.p[at] == '\n')
            blank = at;
    }
    return at == text.n ? text : str_from_to(text, 0, blank != 0 ? blank : at);
}

str review_short(struct arena *a, str text, size_t max)
{
    str first = shortened(text, max);
    return first.n == text.n ? text : str_fmt(a, STR_FMT " …", STR_ARG(first));
}

/* The words of fields that say something, with their headings where these are not plain. */
static str words_of(struct arena *a, const struct record *r, enum field_id field)
{
    struct cell c = cell_field(a, r, field);
    return review_short(a, cell_plain(a, &c), SAYS_MAX);
}

static str labelled(struct arena *a, const struct record *r, enum field_id field)
{
    str words = words_of(a, r, field);
    const struct field_def *f = &r->type->fields[schema_slot(r->type, field)];
    return words.n == 0 ? words
                        : str_fmt(a, STR_FMT ": " STR_FMT, STR_ARG(f->heading), STR_ARG(words));
}

static str joined(struct arena *a, const str *parts, size_t count, str between)
{
    str *kept = NEW_ARRAY(a, str, count + 1);
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        if (parts[i].n != 0)
            kept[n++] = parts[i];
    return str_join(a, kept, n, between);
}

/* -- By type --------------------------------------------------------------------------------- */

static str says_risk(struct arena *a, const struct record *r)
{
    long long l = rec_int(r, RISK_LIKELIHOOD, 0), i = rec_int(r, RISK_IMPACT, 0),
              rl = rec_int(r, RISK_RESIDUAL_LIKELIHOOD, 0),
              ri = rec_int(r, RISK_RESIDUAL_IMPACT, 0);
    str score = l * i != 0 ? str_fmt(a, "score %lld", l * i) : S("not scored");
    str after = rl * ri != 0 ? str_fmt(a, "%lld after treatment", rl * ri) : S("");
    const str parts[] = {score, after, words_of(a, r, RISK_TREATMENT)};
    return joined(a, parts, 3, S(", "));
}

static str says_exercise(struct arena *a, const struct record *r)
{
    size_t objectives, met = 0, achieved;
    const struct field_value *v = rec_items(r, EXERCISE_OBJECTIVES, &objectives);
    rec_items(r, EXERCISE_ACHIEVED, &achieved);
    for (size_t i = 0; i < objectives; i++)
        met += v[i].state == FV_PRESENT &&
               str_eq(rec_text(v[i].record, EXERCISE_OBJECTIVE_RESULT), S("met"));
    const str parts[] = {
        words_of(a, r, EXERCISE_KIND),
        objectives != 0 ? str_fmt(a, "%zu of %zu objectives met", met, objectives) : S(""),
        achieved != 0 ? str_fmt(a, "%zu time%s taken", achieved, achieved == 1 ? "" : "s") : S("")};
    return joined(a, parts, 3, S(", "));
}

static str says_incident(struct arena *a, const struct record *r)
{
    size_t lessons;
    rec_items(r, INCIDENT_LESSONS, &lessons);
    const struct field_value *start = rec_value(r, INCIDENT_START),
                             *end = rec_value(r, INCIDENT_STOOD_DOWN);
    bool is_over = start->state == FV_PRESENT && end->state == FV_PRESENT;
    str plans = labelled(a, r, INCIDENT_PLANS);
    const str parts[] = {
        words_of(a, r, INCIDENT_KIND),
        is_over && end->number > start->number
            ? str_fmt(a, "lasted " STR_FMT,
                      STR_ARG(duration_words(a, (duration)(end->number - start->number))))
            : S(""),
        plans.n != 0 ? plans : S("no plan activated"),
        str_fmt(a, "%zu lesson%s", lessons, lessons == 1 ? "" : "s")};
    return joined(a, parts, 4, S(", "));
}

static str says_evaluation(struct arena *a, const struct record *r)
{
    const str parts[] = {labelled(a, r, EVALUATION_SUITABLE), labelled(a, r, EVALUATION_ADEQUATE),
                         labelled(a, r, EVALUATION_EFFECTIVE), words_of(a, r, EVALUATION_METHOD)};
    return joined(a, parts, 4, S(", "));
}

static str says_bia(struct arena *a, const struct record *r)
{
    const str parts[] = {labelled(a, r, BIA_RTO), labelled(a, r, BIA_MTPD_STATED),
                         labelled(a, r, BIA_VERSION)};
    return joined(a, parts, 3, S(", "));
}

static str says_audit(struct arena *a, const struct record *r)
{
    size_t findings;
    rec_items(r, AUDIT_FINDINGS, &findings);
    const str parts[] = {words_of(a, r, AUDIT_RESULT),
                         str_fmt(a, "%zu finding%s", findings, findings == 1 ? "" : "s")};
    return joined(a, parts, 2, S(" · "));
}

/* Fields that tell it all: the first two that say something. */
static const struct {
    enum type_id type;
    enum field_id first, second;
} told[] = {
    {TYPE_ISSUE, ISSUE_EFFECT, ISSUE_CLIMATE_RELEVANT},
    {TYPE_PARTY, PARTY_NEEDS, PARTY_CHANNEL},
    {TYPE_OBLIGATION, OBLIGATION_CITATION, OBLIGATION_KIND},
    {TYPE_CHANGE, CHANGE_DECISION, CHANGE_DESCRIPTION},
    {TYPE_FINDING, FINDING_STATEMENT, FINDING_SOURCE},
    {TYPE_ACTION, ACTION_PLAN, ACTION_CAUSE},
    {TYPE_ASSUMPTION, ASSUMPTION_TEXT, ASSUMPTION_ABOUT},
    {TYPE_AWARENESS, AWARENESS_AUDIENCE, AWARENESS_TOPICS},
    {TYPE_SCOPE, SCOPE_ARGUMENT, SCOPE_STATEMENT},
    {TYPE_OBJECTIVE, OBJECTIVE_TARGET, OBJECTIVE_MEASURE},
    {TYPE_ROADMAP, ROADMAP_PHASE, ROADMAP_LINK},
    {TYPE_TRAINING, TRAINING_COURSE, TRAINING_PERSON},
    {TYPE_ROLE, ROLE_HOLDER, ROLE_KIND},
    {TYPE_PERSON, PERSON_JOB, PERSON_UNIT},
    {TYPE_STRATEGY, STRATEGY_SOLUTION, STRATEGY_FOR},
    {TYPE_SUPPLIER, SUPPLIER_SERVICES, SUPPLIER_SERVICES},
    {TYPE_MEETING, MEETING_AGENDA, MEETING_KIND},
    {TYPE_DOCUMENT, DOCUMENT_KIND, DOCUMENT_VERSION},
    {TYPE_FEEDBACK, FEEDBACK_TEXT, FEEDBACK_TEXT},
    {TYPE_PROGRESS, PROGRESS_TEXT, PROGRESS_TEXT},
    {TYPE_SUPPLIER_REVIEW, SUPPLIER_REVIEW_RESULT, SUPPLIER_REVIEW_METHOD},
    {TYPE_REVIEW_OUTPUT, REVIEW_OUTPUT_DECISION, REVIEW_OUTPUT_REASON},
};

static str says_fields(struct arena *a, const struct record *r)
{
    for (size_t i = 0; i < COUNT_OF(told); i++) {
        if (told[i].type != r->type->number)
            continue;
        str first = words_of(a, r, told[i].first);
        return first.n != 0 ? first : labelled(a, r, told[i].second);
    }
    return S("");
}

struct cell review_says(struct arena *a, const struct model *m, const struct review_item *item)
{
    const struct record *r = item->part != NULL ? item->part : item->record;
    (void)m;
    switch (r->type->number) {
    case TYPE_RISK:
        return cell_text(a, says_risk(a, r));
    case TYPE_EXERCISE:
        return cell_text(a, says_exercise(a, r));
    case TYPE_INCIDENT:
        return cell_text(a, says_incident(a, r));
    case TYPE_EVALUATION:
        return cell_text(a, says_evaluation(a, r));
    case TYPE_BIA:
        return cell_text(a, says_bia(a, r));
    case TYPE_AUDIT:
        return cell_text(a, says_audit(a, r));
    default:
        return cell_text(a, says_fields(a, r));
    }
}

/* -- How it stands --------------------------------------------------------------------------- */

struct cell review_action_state(struct arena *a, const struct model *m, const struct record *action)
{
    size_t open = 0;
    if (!rec_counts(action))
        return cell_chip(a, S("Withdrawn"), TONE_MUTED);
    updates_cell(a, m, action, ACTION_UPDATES, rec_date(action, COMMON_CREATED), &open);
    return action_state(a, m, action, open);
}

/* A finding is as far as the action that is behind most. */
static struct cell finding_state(struct arena *a, const struct model *m, const struct record *r)
{
    size_t open = 0, late = 0, count = 0;
    for (size_t i = 0; i < r->back_count; i++) {
        const struct record *action = r->back[i].from;
        if (action->type->number != TYPE_ACTION || !rec_counts(action))
            continue;
        count++;
        open += action_is_open(action);
        late += action_is_overdue(m, action);
    }
    if (count == 0)
        return model_is_partial(m) ? (struct cell){0} : cell_chip(a, S("No action"), TONE_MUTED);
    return late != 0   ? cell_chip(a, S("Overdue"), TONE_BAD)
           : open != 0 ? cell_chip(a, S("In hand"), TONE_WARN)
                       : cell_chip(a, S("Acted on"), TONE_GOOD);
}

static struct cell due_state(struct arena *a, const struct model *m, bool is_done, date due)
{
    return is_done                 ? cell_chip(a, S("Done"), TONE_GOOD)
           : model_is_past(m, due) ? cell_chip(a, S("Overdue"), TONE_BAD)
                                   : cell_chip(a, S("To come"), TONE_NONE);
}

static struct cell change_state(struct arena *a, const struct record *r)
{
    if (rec_has(r, CHANGE_CLOSED_ON))
        return cell_chip(a, S("Closed"), TONE_GOOD);
    if (rec_has(r, CHANGE_ASSESSED_ON))
        return cell_chip(a, S("Assessed"), TONE_WARN);
    return rec_lacks(r, CHANGE_ASSESSED_ON) ? cell_chip(a, S("Not assessed"), TONE_BAD)
                                            : (struct cell){0};
}

/* The day of its review may be one that is still to come. */
static struct cell incident_state(struct arena *a, const struct model *m, const struct record *r)
{
    date reviewed = rec_date(r, INCIDENT_REVIEW_DATE);
    if (rec_lacks(r, INCIDENT_STOOD_DOWN) && !rec_is_over(r))
        return cell_chip(a, S("Goes on"), TONE_WARN);
    if (model_has_come(m, reviewed))
        return cell_chip(a, S("Reviewed"), TONE_GOOD);
    if (reviewed != DATE_NONE)
        return cell_chip(a, S("Review to come"), TONE_WARN);
    return rec_lacks(r, INCIDENT_REVIEW_DATE) ? cell_chip(a, S("Not reviewed"), TONE_WARN)
                                              : (struct cell){0};
}

struct cell review_state(struct arena *a, const struct model *m, const struct review_item *item)
{
    const struct record *r = item->record;
    if (item->part != NULL)
        return item->part->type->number == TYPE_REVIEW_OUTPUT
                   ? review_decision_state(a, m, item->part)
                   : (struct cell){0};
    switch (r->type->number) {
    case TYPE_FINDING:
        return finding_state(a, m, r);
    case TYPE_ACTION:
        return review_action_state(a, m, r);
    case TYPE_CHANGE:
        return change_state(a, r);
    case TYPE_INCIDENT:
        return incident_state(a, m, r);
    case TYPE_EXERCISE:
        return cell_field(a, r, EXERCISE_OUTCOME);
    case TYPE_OBLIGATION:
        return cell_field(a, r, OBLIGATION_COMPLIANCE);
    case TYPE_ROADMAP:
        return due_state(a, m, rec_has(r, ROADMAP_DONE_ON), rec_date(r, ROADMAP_DUE));
    case TYPE_ASSUMPTION:
    case TYPE_RISK:
        return item->day == rec_date(r, r->type->number == TYPE_RISK ? RISK_ACCEPT_EXPIRES
                                                                     : ASSUMPTION_EXPIRES)
                   ? due_state(a, m, rec_is_over(r), item->day)
                   : cell_field(a, r, COMMON_STATUS);
    default:
        return str_eq(item->happened, S("due for review")) || str_eq(item->happened, S("due"))
                   ? due_state(a, m, rec_is_over(r), item->day)
                   : (struct cell){0};
    }
}
