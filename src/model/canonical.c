/* model/canonical: the bytes that an approval speaks of. */
#include "model/canonical.h"

#include <assert.h>
#include <stdlib.h>

#include "base/hash.h"
#include "verify/format.h"

enum { CANONICAL_BYTES_MAX = 64 * 1024 * 1024 }; /* a buffer doubles; a document has 2 MiB */

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

/* The text is as long as the document; only its hash is kept. */
str document_sha256(struct arena *a, const struct record *r)
{
    struct arena *scratch = arena_new("canonical text", CANONICAL_BYTES_MAX);
    struct sha256 hash = sha256_of(document_canonical(scratch, r));
    arena_free(scratch);
    return sha256_hex(a, hash);
}

/* -- The statement ------------------------------------------------------------------------- */

/* Who approved is part of what was said, though this copy may hold nothing of them. */
static str written(const struct record *approval, enum field_id field)
{
    const struct field_value *v = rec_value(approval, field);
    return v->state == FV_PRESENT || v->state == FV_WITHHELD ? v->text : S("");
}

/* What is no hash binds nothing: it becomes one that no text has. */
static struct sha256 hash_in(const struct record *r, enum field_id field)
{
    struct sha256 hash;
    if (!format_hex(rec_text(r, field), &hash))
        hash = (struct sha256){{0}};
    return hash;
}

static int by_path(const void *x, const void *y)
{
    return str_cmp(((const struct sums_entry *)x)->path, ((const struct sums_entry *)y)->path);
}

static void add_files(struct arena *a, struct approval_statement *s, const struct record *approval)
{
    size_t count;
    const struct field_value *items = rec_items(approval, APPROVAL_FILES, &count);
    s->files = NEW_ARRAY(a, struct sums_entry, count + 1);
    for (size_t i = 0; i < count; i++)
        if (items[i].state == FV_PRESENT)
            s->files[s->file_count++] =
                (struct sums_entry){rec_text(items[i].record, APPROVED_FILE_PATH),
                                    hash_in(items[i].record, APPROVED_FILE_SHA256)};
    qsort(s->files, s->file_count, sizeof *s->files, by_path);
}

str approval_statement(struct arena *a, const struct record *approval)
{
    assert(approval->type->number == TYPE_APPROVAL);
    struct approval_statement s = {.document = written(approval, APPROVAL_DOCUMENT),
                                   .version = rec_text(approval, APPROVAL_VERSION),
                                   .role = written(approval, APPROVAL_APPROVER),
                                   .person = written(approval, APPROVAL_PERSON),
                                   .day = rec_date(approval, APPROVAL_DATE),
                                   .text = hash_in(approval, APPROVAL_TEXT_SHA256)};
    add_files(a, &s, approval);
    return approval_text(a, &s);
}
