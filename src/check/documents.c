/* check/documents: the control of documents and records (DC1-DC3, DC8, DC9, DC12-DC14). */
#include "check/check_int.h"

#include "model/due.h"
#include "model/lifecycle.h"

/* -- Approved, and unchanged (DC1, DC2) ------------------------------------------------------- */

/* A draft beside a version in force is ordinary work; one that was never approved is
 * worth a word, and a fault where it is to be issued. */
static void check_unapproved(struct checker *c, const struct record *r)
{
    bool is_first = r->life->in_force == NULL;
    if (c->level == CONTROL_ISSUE)
        check_report(c, CHECK_RULE_UNAPPROVED, r, r->id_span,
                     "'" STR_FMT "' is not approved: " STR_FMT, STR_ARG(r->id),
                     STR_ARG(r->life->reason));
    else if (is_first)
        check_warn(c, CHECK_RULE_UNAPPROVED, r, r->id_span,
                   "'" STR_FMT "' is not approved: " STR_FMT, STR_ARG(r->id),
                   STR_ARG(r->life->reason));
}

static void check_status(struct checker *c, const struct record *r)
{
    switch (r->life->status) {
    case LIFE_DRAFT:
    case LIFE_IN_REVIEW:
        check_unapproved(c, r);
        break;
    case LIFE_CHANGED:
        check_report(c, CHECK_RULE_CHANGED, r, check_place(r, DOCUMENT_VERSION),
                     "'" STR_FMT "' has changed since its approval: " STR_FMT, STR_ARG(r->id),
                     STR_ARG(r->life->reason));
        diag_related(c->diags, r->life->approval->id_span, "the approval is here");
        break;
    default:
        break;
    }
}

static void check_approver(struct checker *c, const struct record *r)
{
    const struct record *named = rec_ref(r, DOCUMENT_APPROVER), *approval = r->life->approval;
    if (!rec_has(r, DOCUMENT_APPROVER)) {
        check_warn(c, CHECK_RULE_UNAPPROVED, r, r->id_span,
                   "'" STR_FMT "' names nobody who must approve it", STR_ARG(r->id));
        diag_hint(c->diags, "add 'approver:' with the id of a role");
        return;
    }
    const struct record *role = approval ? rec_ref(approval, APPROVAL_APPROVER) : NULL;
    if (named == NULL || role == NULL || role == named)
        return;
    check_report(c, CHECK_RULE_UNAPPROVED, r, check_place(approval, APPROVAL_APPROVER),
                 "'" STR_FMT "' was approved by '" STR_FMT "', but names '" STR_FMT
                 "' as its approver",
                 STR_ARG(r->id), STR_ARG(role->id), STR_ARG(named->id));
}

/* -- Reviews (DC3, DC9) ----------------------------------------------------------------------- */

static void check_review(struct checker *c, const struct record *r)
{
    date due = rec_date(r, COMMON_NEXT_REVIEW), done = rec_date(r, COMMON_REVIEWED);
    if (due_is_past(c->model, due_review(c->model, r)))
        check_report(c, CHECK_RULE_REVIEW_LATE, r, check_place(r, COMMON_NEXT_REVIEW),
                     "the review of '" STR_FMT "' was due on " STR_FMT, STR_ARG(r->id),
                     STR_ARG(check_day_words(c, due)));
    if (done != DATE_NONE && done > rec_date(r, DOCUMENT_VERSION_DATE) &&
        !rec_has(r, DOCUMENT_REVIEW_NOTE))
        check_report(c, CHECK_RULE_REVIEW_NOTE, r, check_place(r, COMMON_REVIEWED),
                     "the review of '" STR_FMT "' on " STR_FMT " says nothing of what it found",
                     STR_ARG(r->id), STR_ARG(check_day_words(c, done)));
}

/* -- References (DC8) ------------------------------------------------------------------------- */

static void check_references_in_force(struct checker *c, const struct record *r)
{
    size_t count;
    const struct field_value *items = rec_items(r, DOCUMENT_REFERENCES, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *to = field_target(&items[i]);
        if (to == NULL || to->life == NULL || !life_is_over(to->life))
            continue;
        check_report(c, CHECK_RULE_OUTDATED_REFERENCE, r, items[i].span,
                     "'" STR_FMT "' refers to '" STR_FMT "', but " STR_FMT, STR_ARG(r->id),
                     STR_ARG(to->id), STR_ARG(to->life->reason));
        if (to->life->successor != NULL)
            diag_hint(c->diags, "refer to '" STR_FMT "' instead", STR_ARG(to->life->successor->id));
    }
}

/* -- Distribution, retention, editions (DC12, DC14) ------------------------------------------- */

static void check_keeping(struct checker *c, const struct record *r)
{
    bool has_readers = rec_has(r, DOCUMENT_DISTRIBUTION), is_kept = rec_has(r, DOCUMENT_RETENTION);
    if (!has_readers || !is_kept)
        check_report(c, CHECK_RULE_UNCONTROLLED, r, r->id_span, "'" STR_FMT "' has no %s",
                     STR_ARG(r->id),
                     has_readers ? "retention rule"
                     : is_kept   ? "distribution list"
                                 : "distribution list and no retention rule");
    bool is_external = str_eq(rec_text(r, DOCUMENT_KIND), S("external"));
    if (is_external && !rec_has(r, DOCUMENT_EDITION_DATE))
        check_report(c, CHECK_RULE_EXTERNAL_EDITION, r, r->id_span,
                     "the external document '" STR_FMT "' has no date of edition", STR_ARG(r->id));
}

static void check_document(struct checker *c, const struct record *r)
{
    if (life_is_over(r->life) || r->id.n == 0 || r->is_later)
        return;
    check_status(c, r);
    if (life_is_first_draft(r->life))
        return; /* the rest is due when it goes to review */
    check_approver(c, r);
    check_review(c, r);
    check_references_in_force(c, r);
    check_keeping(c, r);
}

/* -- Disposal (DC13) -------------------------------------------------------------------------- */

static void check_disposal(struct checker *c, const struct record *r)
{
    date due = rec_date(r, DISPOSITION_DUE);
    if (rec_has(r, DISPOSITION_DONE_ON) || !check_is_past(c, due) || !rec_counts(r))
        return;
    check_report(c, CHECK_RULE_DISPOSAL_DUE, r, check_place(r, DISPOSITION_DUE),
                 "the disposal of '" STR_FMT "' was due on " STR_FMT,
                 STR_ARG(diag_quote(rec_text(r, DISPOSITION_WHAT))),
                 STR_ARG(check_day_words(c, due)));
}

void check_control(struct checker *c)
{
    const struct record_list *documents = model_list(c->model, TYPE_DOCUMENT);
    for (size_t i = 0; i < documents->count; i++)
        if (documents->items[i]->life != NULL)
            check_document(c, documents->items[i]);
    const struct record_list *disposals = model_list(c->model, TYPE_DISPOSITION);
    for (size_t i = 0; i < disposals->count; i++)
        check_disposal(c, disposals->items[i]);
}
