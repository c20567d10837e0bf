/* check/approvals: who approved what, when, in which order (DC4-DC6, DC10, DC15). */
#include "check/check_int.h"

#include "model/audits.h"
#include "model/canonical.h"
#include "model/lifecycle.h"
#include "verify/cms.h"

enum {
    /* What one person can have read before saying yes. */
    APPROVALS_A_MINUTE_MAX = 1,
    APPROVALS_A_DAY_MAX = 5,
};

/* -- Two pairs of eyes (DC4) ----------------------------------------------------------------- */

static const struct record *holder_of(const struct record *role)
{
    return role != NULL && role->type->number == TYPE_ROLE ? rec_ref(role, ROLE_HOLDER) : NULL;
}

struct eyes {
    const struct record *role, *person;
    date on;
    struct span at;
};

static void check_eyes(struct checker *c, const struct record *r, const struct eyes *approver)
{
    const struct record *role = approver->role, *person = approver->person;
    const struct record *preparer = rec_ref(r, DOCUMENT_PREPARED_BY);
    if (preparer == NULL || role == NULL)
        return;
    if (preparer == role)
        check_report(c, CHECK_RULE_SELF_APPROVED, r, approver->at,
                     "'" STR_FMT "' was prepared and approved by the same role '" STR_FMT "'",
                     STR_ARG(r->id), STR_ARG(role->id));
    else if (person != NULL && preparer->type->number == TYPE_ROLE &&
             role_is_held_by(preparer, person, approver->on))
        check_report(c, CHECK_RULE_SELF_APPROVED, r, approver->at,
                     "'" STR_FMT "' was prepared and approved by the same person, " STR_FMT,
                     STR_ARG(r->id), STR_ARG(person->title));
}

/* -- Dates (DC5) ------------------------------------------------------------------------------ */

static bool is_crisis_plan(const struct record *r)
{
    for (size_t i = 0; i < r->back_count; i++) {
        const struct record *plan = r->back[i].from;
        if (plan->type->number == TYPE_PLAN && rec_ref(plan, PLAN_DOCUMENT) == r &&
            str_eq(rec_text(plan, PLAN_KIND), S("crisis")))
            return true;
    }
    return false;
}

static void check_order(struct checker *c, const struct record *r, date on, date valid,
                        struct span at)
{
    date written = rec_date(r, DOCUMENT_VERSION_DATE);
    str day = check_day_words(c, on), code = r->id;
    if (written == DATE_NONE || on == DATE_NONE)
        return;
    bool is_top = str_eq(rec_text(r, DOCUMENT_KIND), S("policy")) || is_crisis_plan(r);
    if (written > on)
        check_report(c, CHECK_RULE_DATE_ORDER, r, at,
                     "'" STR_FMT "' was approved on " STR_FMT
                     ", before its date of version, " STR_FMT,
                     STR_ARG(code), STR_ARG(day), STR_ARG(check_day_words(c, written)));
    else if (written == on && is_top)
        check_report(c, CHECK_RULE_DATE_ORDER, r, at,
                     "'" STR_FMT "' was approved on the day it was prepared, " STR_FMT,
                     STR_ARG(code), STR_ARG(day));
    if (valid != DATE_NONE && valid < on)
        check_report(c, CHECK_RULE_DATE_ORDER, r, at,
                     "'" STR_FMT "' is valid from " STR_FMT ", before its approval on " STR_FMT,
                     STR_ARG(code), STR_ARG(check_day_words(c, valid)), STR_ARG(day));
    date sent = rec_date(r, DOCUMENT_SUBMITTED_ON);
    if (sent != DATE_NONE && (sent > on || sent < written))
        check_report(c, CHECK_RULE_DATE_ORDER, r, check_place(r, DOCUMENT_SUBMITTED_ON),
                     "'" STR_FMT "' went to review on " STR_FMT
                     ", not between its date of version and its approval",
                     STR_ARG(code), STR_ARG(check_day_words(c, sent)));
}

/* -- Versions (DC6) --------------------------------------------------------------------------- */

static bool has_history_row(const struct record *r, str version)
{
    size_t count;
    const struct field_value *rows = rec_items(r, DOCUMENT_REVISIONS, &count);
    for (size_t i = 0; i < count; i++)
        if (rows[i].state == FV_PRESENT &&
            str_eq(rec_text(rows[i].record, REVISION_VERSION), version))
            return true;
    return false;
}

static void check_history(struct checker *c, const struct record *r)
{
    str version = rec_text(r, DOCUMENT_VERSION);
    if (version.n == 0 || has_history_row(r, version))
        return;
    bool matters = r->life == NULL || r->life->approval != NULL;
    (matters ? check_report : check_warn)(
        c, CHECK_RULE_VERSION_ORDER, r, check_place(r, DOCUMENT_VERSION),
        "the change history of '" STR_FMT "' has no row for version '" STR_FMT "'", STR_ARG(r->id),
        STR_ARG(version));
}

/* Editions of outside documents are named as their issuer likes. */
static bool counts_versions(const struct record *r)
{
    return !str_eq(rec_text(r, DOCUMENT_KIND), S("external"));
}

static void check_versions(struct checker *c, const struct record *r)
{
    const struct approvals *all = &r->life->approvals;
    for (size_t i = 1; i < all->count && counts_versions(r); i++) {
        str before = rec_text(all->items[i - 1], APPROVAL_VERSION);
        str version = rec_text(all->items[i], APPROVAL_VERSION);
        if (str_cmp_natural(version, before) <= 0)
            check_report(
                c, CHECK_RULE_VERSION_ORDER, r, check_place(all->items[i], APPROVAL_VERSION),
                "version '" STR_FMT "' of '" STR_FMT "' was approved after version '" STR_FMT "'",
                STR_ARG(version), STR_ARG(r->id), STR_ARG(before));
    }
    str version = rec_text(r, DOCUMENT_VERSION);
    str last = all->count ? rec_text(all->items[all->count - 1], APPROVAL_VERSION) : S("");
    if (r->life->approval == NULL && last.n != 0 && counts_versions(r) &&
        str_cmp_natural(version, last) <= 0)
        check_report(c, CHECK_RULE_VERSION_ORDER, r, check_place(r, DOCUMENT_VERSION),
                     "version '" STR_FMT "' of '" STR_FMT
                     "' is not higher than the approved version '" STR_FMT "'",
                     STR_ARG(version), STR_ARG(r->id), STR_ARG(last));
}

/* -- Signatures (DC10) ------------------------------------------------------------------------ */

/* Whether the statement was signed, and by a certificate of use then. Whose it is, is
 * for `continuo verify`, which knows whom its user trusts. */
static const char *signature_fault(struct checker *c, const struct record *approval)
{
    const struct model_file *file =
        map_find(&c->model->files, rec_text(approval, APPROVAL_SIGNATURE));
    date on = rec_date(approval, APPROVAL_DATE);
    struct cms_question question = {
        .part = {approval_statement(c->scratch, approval)}, .as_of = on, .today = on};
    if (file == NULL || !file->is_there)
        return "is not there or cannot be read";
    question.der = file->bytes;
    struct cms_verdict verdict = cms_judge(c->scratch, &question);
    return verdict.state == SIGNER_INVALID ? cms_fault_words(verdict.fault) : NULL;
}

/* A signature is a file beside the approval, or a sheet of paper whose place is noted. */
static void check_signature(struct checker *c, const struct record *r)
{
    const struct record *approval = r->life->approval;
    size_t count;
    rec_items(approval, COMMON_EVIDENCE, &count);
    if (rec_has(approval, APPROVAL_SIGNATURE)) {
        const char *fault = signature_fault(c, approval);
        if (fault != NULL)
            check_report(c, CHECK_RULE_UNSIGNED, r, check_place(approval, APPROVAL_SIGNATURE),
                         "the signature of the approval '" STR_FMT "' %s", STR_ARG(approval->id),
                         fault);
    } else if (rec_bool(r, DOCUMENT_SIGNATURE_REQUIRED) && count == 0) {
        check_report(c, CHECK_RULE_UNSIGNED, r, approval->id_span,
                     "'" STR_FMT "' must be signed, and the approval '" STR_FMT
                     "' has no signature",
                     STR_ARG(r->id), STR_ARG(approval->id));
    }
}

/* -- Many at once (DC15) ---------------------------------------------------------------------- */

struct burst {
    const struct record *first;
    size_t count;
};

static struct burst *burst_of(struct checker *c, struct map *bursts, str key,
                              const struct record *r)
{
    struct burst *b = map_find(bursts, key);
    if (b == NULL) {
        b = NEW(c->scratch, struct burst);
        b->first = r;
        map_put(bursts, key, b);
    }
    b->count++;
    return b;
}

static void report_bursts(struct checker *c, const struct map *bursts, size_t max, const char *when)
{
    for (size_t i = 0; i < bursts->count; i++) {
        const struct burst *b = bursts->entries[i].value;
        if (b->count <= max)
            continue;
        const struct record *person = rec_ref(b->first, APPROVAL_PERSON);
        check_report(c, CHECK_RULE_BULK_APPROVAL, b->first, b->first->id_span,
                     STR_FMT " approved %zu documents %s",
                     STR_ARG(person ? person->title : rec_text(b->first, APPROVAL_PERSON)),
                     b->count, when);
    }
}

/* Of the approvals that hold: what was approved one by one since is mended. */
static void check_bursts(struct checker *c)
{
    const struct record_list *list = model_list(c->model, TYPE_DOCUMENT);
    struct map minutes = map_in(c->scratch), days = map_in(c->scratch);
    for (size_t i = 0; i < list->count; i++) {
        const struct lifecycle *life = list->items[i]->life;
        const struct record *r = life != NULL && !life_is_over(life) ? life->issued : NULL;
        if (r == NULL)
            continue;
        str person = rec_text(r, APPROVAL_PERSON);
        if (rec_has(r, APPROVAL_AT))
            burst_of(
                c, &minutes,
                str_fmt(c->scratch, STR_FMT " %lld", STR_ARG(person), rec_int(r, APPROVAL_AT, 0)),
                r);
        burst_of(
            c, &days,
            str_fmt(c->scratch, STR_FMT " %d", STR_ARG(person), (int)rec_date(r, APPROVAL_DATE)),
            r);
    }
    report_bursts(c, &minutes, APPROVALS_A_MINUTE_MAX, "in the same minute");
    report_bursts(c, &days, APPROVALS_A_DAY_MAX, "on the same day");
}

/* -- All of it -------------------------------------------------------------------------------- */

static void check_approval(struct checker *c, const struct record *r)
{
    const struct record *approval = r->life->approval;
    date valid = rec_date(approval, APPROVAL_VALID_FROM);
    if (valid == DATE_NONE)
        valid = rec_date(r, DOCUMENT_VALID_FROM);
    check_eyes(c, r,
               &(struct eyes){rec_ref(approval, APPROVAL_APPROVER),
                              rec_ref(approval, APPROVAL_PERSON), rec_date(approval, APPROVAL_DATE),
                              check_place(approval, APPROVAL_APPROVER)});
    check_order(c, r, rec_date(approval, APPROVAL_DATE), valid,
                check_place(approval, APPROVAL_DATE));
    check_signature(c, r);
}

void check_approvals(struct checker *c)
{
    const struct record_list *list = model_list(c->model, TYPE_DOCUMENT);
    for (size_t i = 0; i < list->count; i++) {
        const struct record *r = list->items[i];
        if (r->life == NULL || r->life->status == LIFE_WITHDRAWN || r->is_later ||
            life_is_first_draft(r->life))
            continue;
        check_history(c, r);
        check_versions(c, r);
        if (r->life->approval != NULL)
            check_approval(c, r);
    }
    check_bursts(c);
}

/* -- Before an approval ------------------------------------------------------------------------ */

static void refuse(struct checker *c, const struct record *r, enum field_id field, str text)
{
    diag(c->diags, CHECK_RULE(NOT_APPROVABLE), check_place(r, field), STR_FMT, STR_ARG(text));
}

static void check_role(struct checker *c, const struct approval_wish *w)
{
    const struct record *r = w->document, *named = rec_ref(r, DOCUMENT_APPROVER);
    if (holder_of(w->approver) == NULL)
        refuse(c, w->approver, ROLE_HOLDER,
               str_fmt(c->scratch,
                       "the role '" STR_FMT "' (" STR_FMT ") is vacant: nobody can approve for it",
                       STR_ARG(w->approver->id), STR_ARG(w->approver->title)));
    if (named != NULL && named != w->approver)
        refuse(c, r, DOCUMENT_APPROVER,
               str_fmt(c->scratch,
                       "'" STR_FMT "' is to be approved by '" STR_FMT "' (" STR_FMT
                       "), not by '" STR_FMT "'",
                       STR_ARG(r->id), STR_ARG(named->id), STR_ARG(named->title),
                       STR_ARG(w->approver->id)));
}

static void check_day(struct checker *c, const struct approval_wish *w)
{
    const struct record *r = w->document;
    const struct approvals *all = &r->life->approvals;
    if (c->model->as_of != DATE_NONE && w->on > c->model->as_of)
        refuse(c, r, COMMON_ID,
               str_fmt(c->scratch,
                       "the day of the approval, " STR_FMT ", is after the as-of date " STR_FMT,
                       STR_ARG(check_day_words(c, w->on)),
                       STR_ARG(check_day_words(c, c->model->as_of))));
    if (all->count != 0 && w->on < rec_date(all->items[all->count - 1], APPROVAL_DATE))
        refuse(c, r, COMMON_ID,
               str_fmt(c->scratch, "'" STR_FMT "' was approved later than on " STR_FMT " already",
                       STR_ARG(r->id), STR_ARG(check_day_words(c, w->on))));
    check_order(c, r, w->on, rec_date(r, DOCUMENT_VALID_FROM),
                check_place(r, DOCUMENT_VERSION_DATE));
}

static void check_number(struct checker *c, const struct approval_wish *w)
{
    const struct record *r = w->document;
    str version = rec_text(r, DOCUMENT_VERSION);
    if (!has_history_row(r, version))
        check_report(c, CHECK_RULE_VERSION_ORDER, r, check_place(r, DOCUMENT_VERSION),
                     "the change history of '" STR_FMT "' has no row for version '" STR_FMT "'",
                     STR_ARG(r->id), STR_ARG(version));
    if (r->life->approval != NULL)
        check_report(c, CHECK_RULE_VERSION_ORDER, r, check_place(r, DOCUMENT_VERSION),
                     "version '" STR_FMT "' of '" STR_FMT
                     "' was approved with another text ('" STR_FMT "')",
                     STR_ARG(version), STR_ARG(r->id), STR_ARG(r->life->approval->id));
    else
        check_versions(c, r);
}

void check_wish(const struct model *m, struct diags *d, const struct approval_wish *w)
{
    enum { SCRATCH_BYTES_MAX = 64 * 1024 * 1024 };
    struct checker c = {.model = m,
                        .diags = d,
                        .scratch = arena_new("wish", SCRATCH_BYTES_MAX),
                        .level = CONTROL_ISSUE};
    const struct record *r = w->document;
    c.waivers = map_in(c.scratch); /* nothing is waived for a new approval */
    if (r->life->status == LIFE_WITHDRAWN || r->life->successor != NULL)
        refuse(&c, r, COMMON_ID,
               str_fmt(c.scratch, "'" STR_FMT "' cannot be approved: " STR_FMT, STR_ARG(r->id),
                       STR_ARG(r->life->reason)));
    check_role(&c, w);
    check_eyes(&c, r,
               &(struct eyes){w->approver, holder_of(w->approver), w->on,
                              check_place(r, DOCUMENT_PREPARED_BY)});
    check_day(&c, w);
    check_number(&c, w);
    arena_free(c.scratch);
}
