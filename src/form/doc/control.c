/* form/doc/control: cover, change history and signature block (S2.01-S2.06, S2.39). */
#include "form/doc/doc_int.h"

#include "form/table/cells.h"
#include "model/classes.h"
#include "model/lifecycle.h"

static struct table *two_columns(struct arena *a, str id, str caption)
{
    static const struct column columns[] = {COLUMN("field", "Field", TEXT),
                                            COLUMN("value", "Value", TEXT)};
    struct table *t = table_new(a, id, caption, columns, 2);
    t->head_column = true;
    return t;
}

static void row(struct arena *a, struct table *t, str label, struct cell value)
{
    struct cell *cells = table_row(a, t);
    cells[0] = cell_text(a, label);
    cells[1] = value;
}

static struct cell field_cell(struct arena *a, const struct record *r, enum field_id field)
{
    return cell_text(a, rec_display(a, r, field));
}

/* "Head of Claims (Mara Whitlock)": plans name roles, print resolves to people. */
static struct cell role_cell(struct arena *a, const struct record *r, enum field_id field)
{
    const struct record *role = rec_ref(r, field);
    if (role == NULL || role->type->number != TYPE_ROLE)
        return field_cell(a, r, field);
    const struct record *holder = rec_ref(role, ROLE_HOLDER);
    str text = holder == NULL ? role->title
                              : str_fmt(a, STR_FMT " (" STR_FMT ")", STR_ARG(role->title),
                                        STR_ARG(holder->title));
    return cell_link(a, role, text);
}

static struct cell approval_cell(struct arena *a, const struct record *r)
{
    const struct record *role = rec_ref(r, DOCUMENT_APPROVED_BY);
    date on = rec_date(r, DOCUMENT_APPROVED_ON);
    if (rec_lacks(r, DOCUMENT_APPROVED_BY))
        return cell_text(a, S("not approved"));
    struct cell c = role_cell(a, r, DOCUMENT_APPROVED_BY);
    if (on == DATE_NONE || role == NULL)
        return c;
    return cell_link(
        a, role,
        str_fmt(a, STR_FMT ", " STR_FMT, STR_ARG(c.pieces[0].text), STR_ARG(date_long(a, on))));
}

/* "Changed since approval: the text is not the one of which version 4.0 was approved on …";
 * of a draft beside a version in force the row below says enough. */
static struct cell status_cell(struct arena *a, const struct record *r)
{
    const struct lifecycle *life = r->life;
    if (life == NULL)
        return field_cell(a, r, DOCUMENT_STATUS);
    str word = word_for_people(a, rec_text(r, DOCUMENT_STATUS));
    if (life->status == LIFE_WITHDRAWN)
        return cell_text(a, str_fmt(a, STR_FMT " on " STR_FMT, STR_ARG(word),
                                    STR_ARG(date_long(a, rec_date(r, DOCUMENT_WITHDRAWN_ON)))));
    if (life->successor != NULL)
        return cell_text(
            a, str_fmt(a, STR_FMT " by " STR_FMT, STR_ARG(word), STR_ARG(life->successor->id)));
    bool is_plain =
        life->reason.n == 0 || (life->in_force != NULL && life->status <= LIFE_IN_REVIEW);
    return cell_text(
        a,
        is_plain ? word : str_fmt(a, STR_FMT ": " STR_FMT, STR_ARG(word), STR_ARG(life->reason)));
}

/* What holds while the text at hand is not it; empty when the text at hand is. */
static str in_force(struct arena *a, const struct lifecycle *life)
{
    if (life == NULL || life->status == LIFE_APPROVED || life->in_force == NULL)
        return S("");
    return str_fmt(a, "version " STR_FMT " (approved " STR_FMT ")",
                   STR_ARG(rec_text(life->in_force, APPROVAL_VERSION)),
                   STR_ARG(date_long(a, rec_date(life->in_force, APPROVAL_DATE))));
}

static const struct table *cover(struct arena *a, const struct record *r)
{
    struct table *t = two_columns(a, S("document-control"), S("Document control"));
    row(a, t, S("Code"), cell_text(a, r->id));
    row(a, t, S("Version"), field_cell(a, r, DOCUMENT_VERSION));
    row(a, t, S("Date of version"), field_cell(a, r, DOCUMENT_VERSION_DATE));
    row(a, t, S("Created by"), role_cell(a, r, DOCUMENT_PREPARED_BY));
    if (!rec_lacks(r, DOCUMENT_REVIEWED_BY))
        row(a, t, S("Reviewed by"), role_cell(a, r, DOCUMENT_REVIEWED_BY));
    row(a, t, S("Approved by"), approval_cell(a, r));
    row(a, t, S("Confidentiality level"), cell_text(a, class_word(r->class_level)));
    row(a, t, S("Status"), status_cell(a, r));
    if (in_force(a, r->life).n != 0)
        row(a, t, S("In force"), cell_text(a, in_force(a, r->life)));
    row(a, t, S("Owner"), role_cell(a, r, COMMON_OWNER));
    row(a, t, S("Valid from"), field_cell(a, r, DOCUMENT_VALID_FROM));
    row(a, t, S("Next review"), field_cell(a, r, COMMON_NEXT_REVIEW));
    return t;
}

static const struct table *history(struct arena *a, const struct record *r)
{
    static const struct column columns[] = {
        COLUMN("date", "Date", DATE), COLUMN("version", "Version", CODE),
        COLUMN("by", "Created by", TEXT), COLUMN("text", "Description of change", TEXT)};
    size_t count;
    const struct field_value *items = rec_items(r, DOCUMENT_REVISIONS, &count);
    struct table *t = table_new(a, S("change-history"), S("Change history"), columns, 4);
    for (size_t i = 0; i < count; i++) {
        if (items[i].state != FV_PRESENT)
            continue;
        const struct record *revision = items[i].record;
        struct cell *cells = table_row(a, t);
        cells[0] = field_cell(a, revision, REVISION_DATE);
        cells[0].sort = cells[0].data = date_iso(a, rec_date(revision, REVISION_DATE));
        cells[1] = field_cell(a, revision, REVISION_VERSION);
        cells[2] = role_cell(a, revision, REVISION_BY);
        cells[3] = field_cell(a, revision, REVISION_TEXT);
    }
    return t->row_count ? t : NULL;
}

static void signature_row(struct arena *a, struct table *t, const struct record *role)
{
    if (role == NULL || role->type->number != TYPE_ROLE)
        return;
    const struct record *holder = rec_ref(role, ROLE_HOLDER);
    struct cell *cells = table_row(a, t);
    cells[0] = cell_text(a, role->title);
    if (holder != NULL || rec_lacks(role, ROLE_HOLDER))
        cells[1] = cell_text(a, holder ? holder->title : S("vacant"));
}

/* Only where paper signing is prescribed: an empty line invites a signature. */
static const struct table *signatures(struct arena *a, const struct record *r)
{
    static const struct column columns[] = {
        COLUMN("title", "Job title", TEXT), COLUMN("name", "Name", TEXT),
        COLUMN("signature", "Signature", TEXT), COLUMN("date", "Date", TEXT)};
    if (!rec_bool(r, DOCUMENT_SIGNATURE_REQUIRED))
        return NULL;
    struct table *t = table_new(a, S("signature-block"), S("Signatures"), columns, 4);
    signature_row(a, t, rec_ref(r, DOCUMENT_PREPARED_BY));
    signature_row(a, t, rec_ref(r, DOCUMENT_APPROVED_BY));
    return t->row_count ? t : NULL;
}

static str cell_words(struct cell c)
{
    return c.count > 0 ? c.pieces[0].text : S("");
}

/* Nothing without a day: then nobody has approved it. */
static str approval_words(struct arena *a, const struct record *r)
{
    const struct record *role = rec_ref(r, DOCUMENT_APPROVED_BY);
    date on = rec_date(r, DOCUMENT_APPROVED_ON);
    if (role == NULL || on == DATE_NONE)
        return S("");
    str who = cell_words(role_cell(a, r, DOCUMENT_APPROVED_BY));
    return str_fmt(a, STR_FMT " on " STR_FMT, STR_ARG(who), STR_ARG(date_long(a, on)));
}

void doc_control(struct doc_pass *p)
{
    const struct record *r = p->doc->record;
    if (r == NULL)
        return;
    p->doc->cover = cover(p->arena, r);
    if (r->life != NULL && r->life->status != LIFE_APPROVED)
        p->doc->standing = cell_words(status_cell(p->arena, r));
    p->doc->in_force = in_force(p->arena, r->life);
    p->doc->prepared_by = cell_words(role_cell(p->arena, r, DOCUMENT_PREPARED_BY));
    p->doc->approved_by = approval_words(p->arena, r);
    p->doc->history = history(p->arena, r);
    p->doc->signatures = signatures(p->arena, r);
}
