/* publish/in_force: the texts that hold, in place of those at hand. */
#include "publish/in_force.h"

#include "check/rules.h"
#include "derive/lifecycle.h"
#include "load/load.h"
#include "model/classes.h"

struct taking {
    struct model *model;
    struct diags *diags;
    int content;
    str name;
};

static void report(const struct taking *t, enum severity severity, const struct record *approval,
                   const char *what)
{
    str code = rec_text(approval, APPROVAL_DOCUMENT),
        version = rec_text(approval, APPROVAL_VERSION);
    diag_as(t->diags, CHECK_RULE(CHANGED), severity, approval->id_span,
            "the copy of version '" STR_FMT "' of '" STR_FMT "' %s", STR_ARG(version),
            STR_ARG(code), what);
    diag_hint(t->diags,
              "it belongs to " STR_FMT "/" STR_FMT ".md; take it from a backup or an edition",
              STR_ARG(t->name), STR_ARG(approved_folder(t->model->arena, code, version)));
}

/* NULL after a report. */
static struct record *copy_of(const struct taking *t, const struct record *working,
                              const struct record *approval, bool is_needed)
{
    struct record *copy = NULL;
    switch (load_approved_copy(t->model, t->diags, t->content, t->name, working, approval, &copy)) {
    case COPY_INTACT:
        return copy;
    case COPY_MISSING:
        report(t, is_needed ? SEVERITY_ERROR : SEVERITY_WARNING, approval, "is missing");
        return NULL;
    default:
        report(t, SEVERITY_ERROR, approval, "is not what was approved");
        return NULL;
    }
}

/* -- In place of the working text -------------------------------------------------------------- */

/* That it is withdrawn is said of a document, not of one of its versions. */
static void keep_withdrawal(const struct record *r, struct record *copy)
{
    static const enum field_id kept[] = {DOCUMENT_WITHDRAWN_ON, DOCUMENT_WITHDRAWN_REASON};
    for (size_t i = 0; i < COUNT_OF(kept); i++) {
        size_t slot = schema_slot(r->type, kept[i]);
        copy->values[slot] = r->values[slot];
    }
}

/* Whoever closed the text at hand may believe that nobody reads it any more. In a version to
 * come that is a plan; in the one that was approved it is meant to hold now. */
static void check_class(const struct taking *t, const struct record *r, const struct record *copy)
{
    enum class_level now = class_of_record(r), then = class_of_record(copy);
    bool is_same = r->life->text == LIFE_CHANGED;
    const struct field_value *own = rec_value(r, COMMON_CLASS);
    if (now <= then)
        return;
    diag_as(t->diags, CHECK_RULE(CHANGED), is_same ? SEVERITY_ERROR : SEVERITY_WARNING,
            own->state == FV_ABSENT ? r->id_span : own->span,
            "'" STR_FMT "' is '" STR_FMT "', but its version '" STR_FMT
            "', which is issued, is '" STR_FMT "'",
            STR_ARG(r->id), STR_ARG(class_word(now)), STR_ARG(rec_text(copy, DOCUMENT_VERSION)),
            STR_ARG(class_word(then)));
    diag_hint(t->diags, "raise the version and have it approved: who reads it follows its class");
}

static str reason_of(struct arena *a, const struct record *r)
{
    if (r->life->status != LIFE_NOT_YET_VALID)
        return r->life->reason;
    date from = rec_date(r->life->approval, APPROVAL_VALID_FROM);
    if (from == DATE_NONE)
        from = rec_date(r, DOCUMENT_VALID_FROM);
    return str_fmt(a, "it is valid from " STR_FMT, STR_ARG(date_long(a, from)));
}

static struct not_issued not_issued(struct arena *a, const struct record *r)
{
    return (struct not_issued){r, reason_of(a, r)};
}

/* The working text is what holds when it is approved and its day has come. What took the place
 * of the document does not matter: an audience that may not see the one reads the other, and
 * nobody reads what was not approved. */
static void exchange(const struct taking *t, struct record *r, struct in_force *all)
{
    const struct record *approval = r->life->issued;
    if (r->life->text == LIFE_APPROVED || approval == NULL)
        return;
    struct record *copy = copy_of(t, r, approval, true);
    if (copy == NULL)
        return;
    check_class(t, r, copy);
    keep_withdrawal(r, copy);
    PUSH(t->model->arena, all->exchanged, all->exchanged_count, all->exchanged_cap,
         struct not_issued) = not_issued(t->model->arena, r);
    model_exchange(r, copy);
}

struct in_force in_force_take(struct model *m, struct diags *d, int content, str name)
{
    const struct taking t = {m, d, content, name};
    const struct record_list *documents = model_list(m, TYPE_DOCUMENT);
    struct in_force all = {0};
    for (size_t i = 0; i < documents->count; i++)
        exchange(&t, documents->items[i], &all);
    if (all.exchanged_count != 0)
        derive_lifecycle(m);
    for (size_t i = 0; i < documents->count; i++) {
        const struct record *r = documents->items[i];
        if (r->life->status != LIFE_APPROVED)
            PUSH(m->arena, all.left, all.left_count, all.left_cap, struct not_issued) =
                not_issued(m->arena, r);
    }
    return all;
}

void in_force_check_copies(struct model *m, struct diags *d, int content, str name)
{
    const struct taking t = {m, d, content, name};
    const struct record_list *approvals = model_list(m, TYPE_APPROVAL);
    for (size_t i = 0; i < approvals->count; i++) {
        const struct record *approval = approvals->items[i];
        const struct record *r = model_find(m, rec_text(approval, APPROVAL_DOCUMENT));
        if (r != NULL && r->document != NULL)
            copy_of(&t, r, approval, false);
    }
}
