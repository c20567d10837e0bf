/* model/canonical: the bytes that an approval speaks of. */
#include "model/canonical.h"

#include <assert.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/hash.h"

static void key_line(struct buf *out, const char *key, str value)
{
    buf_fmt(out, "%s:%s" STR_FMT "\n", key, value.n ? " " : "", STR_ARG(value));
}

static str without_blanks_at_end(str line)
{
    while (line.n != 0 && (line.p[line.n - 1] == ' ' || line.p[line.n - 1] == '\t'))
        line.n--;
    return line;
}

/* The next line without its end, which may be LF, CRLF or CR. */
static bool next_line(str *rest, str *line)
{
    if (rest->n == 0)
        return false;
    size_t at = 0;
    while (at < rest->n && rest->p[at] != '\n' && rest->p[at] != '\r')
        at++;
    *line = str_from_to(*rest, 0, at);
    bool is_crlf = at + 1 < rest->n && rest->p[at] == '\r' && rest->p[at + 1] == '\n';
    *rest = str_skip(*rest, at + 1 + is_crlf);
    return true;
}

/* Empty lines are written when the next full one comes, so none stand at the ends. */
static void add_body(struct buf *out, str body)
{
    size_t empty = 0;
    bool has_begun = false;
    for (str line; next_line(&body, &line);) {
        line = without_blanks_at_end(line);
        if (line.n == 0) {
            empty++;
            continue;
        }
        for (; has_begun && empty != 0; empty--)
            buf_char(out, '\n');
        empty = 0;
        has_begun = true;
        buf_add(out, line);
        buf_char(out, '\n');
    }
}

str document_canonical(struct arena *a, const struct record *r)
{
    assert(r->document != NULL);
    struct buf out = buf_in(a, r->document->body.n + 256);
    buf_lit(&out, "---\n");
    key_line(&out, "code", r->id);
    key_line(&out, "title", rec_text(r, COMMON_TITLE));
    key_line(&out, "version", rec_text(r, DOCUMENT_VERSION));
    key_line(&out, "class", rec_text(r, COMMON_CLASS));
    key_line(&out, "language", rec_text(r, DOCUMENT_LANGUAGE));
    buf_lit(&out, "---\n");
    add_body(&out, r->document->body);
    return buf_str(&out);
}

str document_sha256(struct arena *a, const struct record *r)
{
    return sha256_hex(a, sha256_of(document_canonical(a, r)));
}

/* -- The statement ------------------------------------------------------------------------- */

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
    key_line(&out, "document", rec_text(approval, APPROVAL_DOCUMENT));
    key_line(&out, "version", rec_text(approval, APPROVAL_VERSION));
    key_line(&out, "role", rec_text(approval, APPROVAL_APPROVER));
    key_line(&out, "person", rec_text(approval, APPROVAL_PERSON));
    key_line(&out, "date", date_iso(a, rec_date(approval, APPROVAL_DATE)));
    key_line(&out, "text", rec_text(approval, APPROVAL_TEXT_SHA256));
    add_files(a, &out, approval);
    return buf_str(&out);
}
