/* derive/lifecycle: the status of every document, from approvals, dates and hashes. */
#include "derive/lifecycle.h"

#include "model/canonical.h"

static bool has_come(const struct model *m, date day)
{
    return day != DATE_NONE && (m->as_of == DATE_NONE || day <= m->as_of);
}

/* -- Which approval counts ------------------------------------------------------------------ */

/* The day from which an approved version holds; DATE_NONE: at once. The approval says
 * it; one written by hand may leave it to the document, if it is of this version. */
static date valid_from(const struct record *approval, const struct record *document)
{
    date day = rec_date(approval, APPROVAL_VALID_FROM);
    bool is_this =
        str_eq(rec_text(approval, APPROVAL_VERSION), rec_text(document, DOCUMENT_VERSION));
    return day == DATE_NONE && is_this ? rec_date(document, DOCUMENT_VALID_FROM) : day;
}

static bool is_valid_by_now(const struct model *m, const struct record *approval,
                            const struct record *document)
{
    date day = valid_from(approval, document);
    return day == DATE_NONE || has_come(m, day);
}

static void choose_approvals(const struct model *m, const struct record *r, struct lifecycle *life)
{
    str version = rec_text(r, DOCUMENT_VERSION);
    for (size_t i = 0; i < life->approvals.count; i++) {
        const struct record *approval = life->approvals.items[i];
        if (str_eq(rec_text(approval, APPROVAL_VERSION), version))
            life->approval = approval;
        if (is_valid_by_now(m, approval, r))
            life->issued = approval;
    }
}

/* -- Whether the text is still what was approved ------------------------------------------- */

/* A copy has its files as they were; the load of the copy has compared them. */
static str changed_file(const struct model *m, const struct record *approval)
{
    size_t count;
    const struct field_value *items = rec_items(approval, APPROVAL_FILES, &count);
    for (size_t i = 0; i < count; i++) {
        if (items[i].state != FV_PRESENT)
            continue;
        str path = rec_text(items[i].record, APPROVED_FILE_PATH);
        const struct model_file *file = map_find(&m->files, path);
        if (file == NULL || !str_eq(file->sha256, rec_text(items[i].record, APPROVED_FILE_SHA256)))
            return path;
    }
    return S("");
}

static bool is_changed(const struct model *m, struct lifecycle *life)
{
    if (!str_eq(life->text_sha256, rec_text(life->approval, APPROVAL_TEXT_SHA256)))
        return true;
    if (!life->is_copy)
        life->changed_file = changed_file(m, life->approval);
    return life->changed_file.n != 0;
}

/* A version that a later approval has replaced. */
static bool is_outdated(const struct lifecycle *life)
{
    return life->issued != NULL && life->issued != life->approval &&
           str_cmp_natural(rec_text(life->issued, APPROVAL_VERSION),
                           rec_text(life->approval, APPROVAL_VERSION)) > 0;
}

static enum life_status text_of(const struct model *m, const struct record *r,
                                struct lifecycle *life)
{
    if (life->approval == NULL)
        return has_come(m, rec_date(r, DOCUMENT_SUBMITTED_ON)) ? LIFE_IN_REVIEW : LIFE_DRAFT;
    if (is_changed(m, life))
        return LIFE_CHANGED;
    if (is_outdated(life))
        return LIFE_SUPERSEDED;
    return is_valid_by_now(m, life->approval, r) ? LIFE_APPROVED : LIFE_NOT_YET_VALID;
}

/* -- In words ------------------------------------------------------------------------------- */

static str version_and_day(struct arena *a, const struct record *approval)
{
    return str_fmt(a, "version " STR_FMT " was approved on " STR_FMT,
                   STR_ARG(rec_text(approval, APPROVAL_VERSION)),
                   STR_ARG(date_long(a, rec_date(approval, APPROVAL_DATE))));
}

static str why_not_approved(struct arena *a, const struct record *r, const struct lifecycle *life)
{
    str version = rec_text(r, DOCUMENT_VERSION);
    size_t count = life->approvals.count;
    if (count == 0)
        return S("no approval is recorded");
    return str_fmt(a, "no approval of version " STR_FMT " is recorded; " STR_FMT, STR_ARG(version),
                   STR_ARG(version_and_day(a, life->approvals.items[count - 1])));
}

static str why_changed(struct arena *a, const struct lifecycle *life)
{
    str what = life->changed_file.n == 0
                   ? S("the text")
                   : str_fmt(a, "the file '" STR_FMT "'", STR_ARG(life->changed_file));
    return str_fmt(a, STR_FMT " is not the one of which " STR_FMT, STR_ARG(what),
                   STR_ARG(version_and_day(a, life->approval)));
}

static str reason_of(struct arena *a, const struct record *r, const struct lifecycle *life)
{
    switch (life->status) {
    case LIFE_DRAFT:
    case LIFE_IN_REVIEW:
        return why_not_approved(a, r, life);
    case LIFE_CHANGED:
        return why_changed(a, life);
    case LIFE_SUPERSEDED:
        return life->successor != NULL
                   ? str_fmt(a, "it is superseded by " STR_FMT, STR_ARG(life->successor->id))
                   : version_and_day(a, life->in_force);
    case LIFE_WITHDRAWN:
        return str_fmt(a, "it was withdrawn on " STR_FMT,
                       STR_ARG(date_long(a, rec_date(r, DOCUMENT_WITHDRAWN_ON))));
    default:
        return S("");
    }
}

/* -- The derived fields --------------------------------------------------------------------- */

/* The words of the field stand in the order of enum life_status. */
static struct field_value status_value(const struct record *r, enum life_status status)
{
    const struct field_def *f = &r->type->fields[schema_slot(r->type, DOCUMENT_STATUS)];
    return (struct field_value){.state = FV_PRESENT,
                                .span = r->id_span,
                                .text = f->words[status],
                                .number = (long long)status};
}

static struct field_value copy_of(const struct record *r, enum field_id field)
{
    struct field_value v = *rec_value(r, field);
    if (v.state != FV_PRESENT)
        v = (struct field_value){.state = FV_ABSENT};
    return v;
}

/* Who approved is said of the text that they saw, so not once it has changed, nor when the
 * document was withdrawn after that. */
static void fill_fields(struct record *r, const struct lifecycle *life)
{
    static const struct field_value nothing = {.state = FV_ABSENT};
    bool is_seen = life_is_bound(life);
    rec_derive(r, DOCUMENT_STATUS, status_value(r, life->status));
    rec_derive(r, DOCUMENT_APPROVED_BY,
               is_seen ? copy_of(life->approval, APPROVAL_APPROVER) : nothing);
    rec_derive(r, DOCUMENT_APPROVED_ON, is_seen ? copy_of(life->approval, APPROVAL_DATE) : nothing);
    rec_derive(
        r, DOCUMENT_CONTENT_SHA256,
        (struct field_value){.state = FV_PRESENT, .span = r->id_span, .text = life->text_sha256});
}

/* -- All documents -------------------------------------------------------------------------- */

static struct lifecycle *life_of(struct model *m, const struct map *approvals, struct record *r)
{
    struct lifecycle *life = NEW(m->arena, struct lifecycle);
    const struct approvals *own = map_find(approvals, r->id);
    if (own != NULL)
        life->approvals = *own;
    life->is_copy = r->document->files.n != 0;
    life->text_sha256 = document_sha256(m->arena, r);
    choose_approvals(m, r, life);
    life->text = text_of(m, r, life);
    bool is_withdrawn = has_come(m, rec_date(r, DOCUMENT_WITHDRAWN_ON));
    life->status = is_withdrawn ? LIFE_WITHDRAWN : life->text;
    life->in_force = is_withdrawn ? NULL : life->issued;
    return life;
}

/* Only a document that holds, or did, takes the place of another; a place once taken is not
 * given back when a third takes its own, or when it is withdrawn. */
static void supersede(const struct model *m, const struct map *lives, const struct record *by)
{
    size_t count;
    const struct field_value *items = rec_items(by, DOCUMENT_SUPERSEDES, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *old = model_find(m, items[i].text);
        struct lifecycle *life = old == NULL || old == by ? NULL : map_find(lives, old->id);
        if (life == NULL || life->status == LIFE_WITHDRAWN)
            continue;
        life->status = LIFE_SUPERSEDED;
        life->successor = by;
        life->in_force = NULL;
    }
}

void derive_lifecycle(struct model *m)
{
    const struct record_list *documents = model_list(m, TYPE_DOCUMENT);
    struct map approvals = model_approvals(m->arena, m), by_code = map_in(m->arena);
    struct lifecycle **lives = NEW_ARRAY(m->arena, struct lifecycle *, documents->count + 1);
    for (size_t i = 0; i < documents->count; i++) {
        lives[i] = life_of(m, &approvals, documents->items[i]);
        map_put(&by_code, documents->items[i]->id, lives[i]);
    }
    for (size_t i = 0; i < documents->count; i++)
        if (lives[i]->text == LIFE_APPROVED)
            supersede(m, &by_code, documents->items[i]);
    for (size_t i = 0; i < documents->count; i++) {
        struct record *r = documents->items[i];
        lives[i]->reason = reason_of(m->arena, r, lives[i]);
        r->life = lives[i];
        fill_fields(r, lives[i]);
    }
}
