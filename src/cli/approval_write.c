/* cli/approval_write: an approval, put on disk. */
#include "cli/approval_write.h"

#include "base/path.h"
#include "cli/record_write.h"
#include "load/load.h"
#include "model/canonical.h"
#include "verify/format.h"

/* -- The record ------------------------------------------------------------------------------ */

static str version_of(const struct new_approval *n)
{
    return rec_text(n->document, DOCUMENT_VERSION);
}

static str signature_path(struct arena *a, const struct new_approval *n)
{
    return str_fmt(a, "files/approvals/" STR_FMT ".p7s", STR_ARG(path_slug(a, n->id)));
}

static str title_of(struct arena *a, const struct new_approval *n)
{
    return str_fmt(a, STR_FMT " " STR_FMT ", approved by " STR_FMT, STR_ARG(n->document->id),
                   STR_ARG(version_of(n)), STR_ARG(n->role->title));
}

static void put_files(struct buf *out, const struct new_approval *n)
{
    if (n->picture_count != 0)
        buf_lit(out, "files:\n");
    for (size_t i = 0; i < n->picture_count; i++) {
        buf_lit(out, "  - path: ");
        record_put_quoted(out, n->pictures[i].path);
        buf_fmt(out, "\n    sha256: " STR_FMT "\n", STR_ARG(n->pictures[i].sha256));
    }
}

static void put_paper(struct buf *out, struct arena *a, const struct new_approval *n)
{
    if (n->paper.n == 0)
        return;
    buf_lit(out, "evidence:\n  - path: ");
    record_put_quoted(out, n->paper);
    buf_fmt(out, "\n    date: " STR_FMT "\n    kind: signed on paper\n",
            STR_ARG(date_iso(a, n->on)));
}

static str record_text(struct arena *a, const struct new_approval *n)
{
    struct buf out = buf_in(a, 1024);
    buf_lit(&out, "# Written by `continuo approve`. The hashes bind it to one text.\n");
    buf_fmt(&out, "id: " STR_FMT "\n", STR_ARG(n->id));
    record_put_line(&out, "title", title_of(a, n));
    buf_fmt(&out, "document: " STR_FMT "\n", STR_ARG(n->document->id));
    record_put_line(&out, "version", version_of(n));
    buf_fmt(&out, "approver: " STR_FMT "\nperson: " STR_FMT "\ndate: " STR_FMT "\n",
            STR_ARG(n->role->id), STR_ARG(n->person->id), STR_ARG(date_iso(a, n->on)));
    date valid = rec_date(n->document, DOCUMENT_VALID_FROM);
    if (valid != DATE_NONE)
        buf_fmt(&out, "valid_from: " STR_FMT "\n", STR_ARG(date_iso(a, valid)));
    buf_fmt(&out, "text_sha256: " STR_FMT "\n", STR_ARG(document_sha256(a, n->document)));
    put_files(&out, n);
    record_put_line(&out, "note", n->note);
    put_paper(&out, a, n);
    if (n->signature.n != 0)
        record_put_line(&out, "signature", signature_path(a, n));
    buf_lit(&out, "clauses: [7.5.2]\n");
    return buf_str(&out);
}

str new_approval_path(struct arena *a, const struct new_approval *n)
{
    return str_fmt(a, "records/approval/" STR_FMT "-" STR_FMT ".yaml",
                   STR_ARG(path_slug(a, n->document->id)), STR_ARG(version_slug(a, version_of(n))));
}

str new_approval_statement(struct arena *a, const struct new_approval *n)
{
    struct approval_statement s = {.document = n->document->id,
                                   .version = version_of(n),
                                   .role = n->role->id,
                                   .person = n->person->id,
                                   .day = n->on,
                                   .files = NEW_ARRAY(a, struct sums_entry, n->picture_count + 1),
                                   .file_count = n->picture_count};
    format_hex(document_sha256(a, n->document), &s.text);
    for (size_t i = 0; i < n->picture_count; i++) {
        s.files[i].path = n->pictures[i].path;
        format_hex(n->pictures[i].sha256, &s.files[i].hash);
    }
    return approval_text(a, &s);
}

/* -- On disk --------------------------------------------------------------------------------- */

bool new_approval_write(struct arena *a, struct diags *d, int content, const struct new_approval *n)
{
    str folder = approved_folder(a, n->document->id, version_of(n));
    if (!content_is_free(a, d, content, new_approval_path(a, n)))
        return false;
    for (size_t i = 0; i < n->picture_count; i++)
        if (!content_put(a, d, content, path_join(a, folder, n->pictures[i].path),
                         n->pictures[i].bytes))
            return false;
    if (n->signature.n != 0 && !content_put(a, d, content, signature_path(a, n), n->signature))
        return false;
    return content_put(a, d, content, str_fmt(a, STR_FMT ".md", STR_ARG(folder)), n->source) &&
           content_put(a, d, content, new_approval_path(a, n), record_text(a, n));
}
