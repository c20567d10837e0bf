/* cli/approval_write: an approval, put on disk. */
#include "cli/approval_write.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/durable.h"
#include "base/path.h"
#include "load/load.h"
#include "model/canonical.h"
#include "verify/format.h"

enum { CONTENT_FILE_MODE = 0644 };

/* -- The record ------------------------------------------------------------------------------ */

/* Double quotes hold any text on one line. */
static void put_quoted(struct buf *out, str text)
{
    buf_char(out, '"');
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c == '"' || c == '\\')
            buf_fmt(out, "\\%c", c);
        else if (c < 0x20 || c == 0x7F)
            buf_fmt(out, "\\x%02x", c);
        else
            buf_char(out, text.p[i]);
    }
    buf_char(out, '"');
}

static void put_line(struct buf *out, const char *key, str value)
{
    if (value.n == 0)
        return;
    buf_fmt(out, "%s: ", key);
    put_quoted(out, value);
    buf_char(out, '\n');
}

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
        put_quoted(out, n->pictures[i].path);
        buf_fmt(out, "\n    sha256: " STR_FMT "\n", STR_ARG(n->pictures[i].sha256));
    }
}

static void put_paper(struct buf *out, struct arena *a, const struct new_approval *n)
{
    if (n->paper.n == 0)
        return;
    buf_lit(out, "evidence:\n  - path: ");
    put_quoted(out, n->paper);
    buf_fmt(out, "\n    date: " STR_FMT "\n    kind: signed on paper\n",
            STR_ARG(date_iso(a, n->on)));
}

static str record_text(struct arena *a, const struct new_approval *n)
{
    struct buf out = buf_in(a, 1024);
    buf_lit(&out, "# Written by `continuo approve`. The hashes bind it to one text.\n");
    buf_fmt(&out, "id: " STR_FMT "\n", STR_ARG(n->id));
    put_line(&out, "title", title_of(a, n));
    buf_fmt(&out, "document: " STR_FMT "\n", STR_ARG(n->document->id));
    put_line(&out, "version", version_of(n));
    buf_fmt(&out, "approver: " STR_FMT "\nperson: " STR_FMT "\ndate: " STR_FMT "\n",
            STR_ARG(n->role->id), STR_ARG(n->person->id), STR_ARG(date_iso(a, n->on)));
    date valid = rec_date(n->document, DOCUMENT_VALID_FROM);
    if (valid != DATE_NONE)
        buf_fmt(&out, "valid_from: " STR_FMT "\n", STR_ARG(date_iso(a, valid)));
    buf_fmt(&out, "text_sha256: " STR_FMT "\n", STR_ARG(document_sha256(a, n->document)));
    put_files(&out, n);
    put_line(&out, "note", n->note);
    put_paper(&out, a, n);
    if (n->signature.n != 0)
        put_line(&out, "signature", signature_path(a, n));
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

static bool put(struct arena *a, struct diags *d, int content, str path, str bytes)
{
    bool may_be_new;
    int error_number = dir_make_durable(content, path_folder(path));
    if (error_number == 0)
        error_number = file_replace_durable(content, path, bytes, CONTENT_FILE_MODE, &may_be_new);
    if (error_number != 0)
        diag_os(d, path_join(a, S("content"), path), error_number, "write this file");
    return error_number == 0;
}

/* A record is evidence: what is there is never written over. */
static bool is_free(struct arena *a, struct diags *d, int content, str path)
{
    if (faccessat(content, str_c(a, path), F_OK, AT_SYMLINK_NOFOLLOW) != 0 && errno == ENOENT)
        return true;
    diag_os(d, path_join(a, S("content"), path), EEXIST, "write this file");
    return false;
}

bool new_approval_write(struct arena *a, struct diags *d, int content, const struct new_approval *n)
{
    str folder = approved_folder(a, n->document->id, version_of(n));
    if (!is_free(a, d, content, new_approval_path(a, n)))
        return false;
    for (size_t i = 0; i < n->picture_count; i++)
        if (!put(a, d, content, path_join(a, folder, n->pictures[i].path), n->pictures[i].bytes))
            return false;
    if (n->signature.n != 0 && !put(a, d, content, signature_path(a, n), n->signature))
        return false;
    return put(a, d, content, str_fmt(a, STR_FMT ".md", STR_ARG(folder)), n->source) &&
           put(a, d, content, new_approval_path(a, n), record_text(a, n));
}
