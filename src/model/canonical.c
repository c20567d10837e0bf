/* model/canonical: the bytes that an approval speaks of. */
#include "model/canonical.h"

#include <assert.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/hash.h"
#include "verify/format.h"

static void key_line(struct buf *out, const char *key, str value)
{
    buf_fmt(out, "%s:%s" STR_FMT "\n", key, value.n ? " " : "", STR_ARG(value));
}

str document_canonical(struct arena *a, const struct record *r)
{
    assert(r->document != NULL);
    struct canonical_head head = {.code = r->id,
                                  .title = rec_text(r, COMMON_TITLE),
                                  .version = rec_text(r, DOCUMENT_VERSION),
                                  .class = rec_text(r, COMMON_CLASS),
                                  .language = rec_text(r, DOCUMENT_LANGUAGE)};
    return canonical_text(a, &head, r->document->body);
}

str document_sha256(struct arena *a, const struct record *r)
{
    return sha256_hex(a, sha256_of(document_canonical(a, r)));
}

/* -- The statement ------------------------------------------------------------------------- */

/* Who approved is part of what was said, though this copy may hold nothing of them. */
static str written(const struct record *approval, enum field_id field)
{
    const struct field_value *v = rec_value(approval, field);
    return v->state == FV_PRESENT || v->state == FV_WITHHELD ? v->text : S("");
}

static int by_path(const void *x, const void *y)
{
    const struct record *const *a = x, *const *b = y;
    return str_cmp(rec_text(*a, APPROVED_FILE_PATH), rec_text(*b, APPROVED_FILE_PATH));
}

static void add_files(struct arena *a, struct buf *out, const struct record *approval)
{
    size_t count, used = 0;
    const struct field_value *items = rec_items(approval, APPROVAL_FILES, &count);
    const struct record **files = NEW_ARRAY(a, const struct record *, count + 1);
    for (size_t i = 0; i < count; i++)
        if (items[i].state == FV_PRESENT)
            files[used++] = items[i].record;
    qsort(files, used, sizeof *files, by_path);
    for (size_t i = 0; i < used; i++)
        buf_fmt(out, "file: " STR_FMT " " STR_FMT "\n",
                STR_ARG(rec_text(files[i], APPROVED_FILE_SHA256)),
                STR_ARG(rec_text(files[i], APPROVED_FILE_PATH)));
}

str approval_statement(struct arena *a, const struct record *approval)
{
    assert(approval->type->number == TYPE_APPROVAL);
    struct buf out = buf_in(a, 512);
    buf_lit(&out, "continuo-approval-1\n");
    key_line(&out, "document", written(approval, APPROVAL_DOCUMENT));
    key_line(&out, "version", rec_text(approval, APPROVAL_VERSION));
    key_line(&out, "role", written(approval, APPROVAL_APPROVER));
    key_line(&out, "person", written(approval, APPROVAL_PERSON));
    key_line(&out, "date", date_iso(a, rec_date(approval, APPROVAL_DATE)));
    key_line(&out, "text", rec_text(approval, APPROVAL_TEXT_SHA256));
    add_files(a, &out, approval);
    return buf_str(&out);
}
