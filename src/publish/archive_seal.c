/* publish/archive_seal: from files that were put to an edition that can be trusted. */
#include "publish/archive_int.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/durable.h"
#include "base/file.h"
#include "base/path.h"

enum { PDF_BYTES_MAX = 512 * 1024 * 1024 };

/* -- Signing PDFs ----------------------------------------------------------------------------- */

/* The signer sees the very bytes that were meant: what the disk gives back is compared
 * with what the worker had in memory. */
static bool sign_bytes(const struct archive *ar, struct diags *d, struct arena *scratch, str path,
                       struct made *m, str *signed_pdf)
{
    const struct archive_signer *by = ar->edition.signer;
    struct file_read r = file_read(scratch, ar->root, path, PDF_BYTES_MAX);
    if (r.fault == FILE_ERRNO)
        return archive_os(ar, d, path, r.error_number, "read this file");
    if (r.fault != FILE_OK || !hash_eq(sha256_of(r.text), m->hash))
        return archive_report(ar, d, PUBLISH_RULE(WRITTEN), path,
                              "the bytes of this file are others");
    char *pdf = NEW_ARRAY(scratch, char, r.text.n + 1);
    memcpy(pdf, r.text.p, r.text.n);
    *signed_pdf = (str){pdf, r.text.n};
    return by->sign_pdf(by->self, scratch, d, path, pdf, r.text.n);
}

static bool sign_one(const struct archive *ar, struct diags *d, const struct stage *s,
                     struct made *m)
{
    struct arena *scratch = arena_new("PDF to sign", (size_t)3 * PDF_BYTES_MAX);
    str path = archive_path(ar, s->tree, m->path), pdf;
    bool good = sign_bytes(ar, d, scratch, path, m, &pdf);
    if (good) {
        m->hash = sha256_of(pdf);
        int error_number = file_remove(ar->root, path);
        if (error_number == 0)
            error_number = file_create_mode(ar->root, path, pdf, ARCHIVE_FILE_MODE);
        if (error_number != 0)
            good = archive_os(ar, d, path, error_number, "write this file");
    }
    arena_free(scratch);
    return good;
}

/* -- Lists ------------------------------------------------------------------------------------ */

/* Writes a file of our own into the staged tree and notes it for the reading back. */
static bool add_file(const struct archive *ar, struct diags *d, str folder, str name, str data,
                     struct made **files, size_t *count)
{
    size_t cap = *count;
    str path = archive_path(ar, folder, name);
    int error_number = file_create_mode(ar->root, path, data, ARCHIVE_FILE_MODE);
    if (error_number != 0)
        return archive_os(ar, d, path, error_number, "write this file");
    PUSH(ar->arena, *files, *count, cap, struct made) =
        (struct made){name, sha256_of(data), data.n, false};
    return true;
}

static struct edition_record record_of(const struct archive *ar, const struct stage *s,
                                       const struct made *files, size_t count, str manifest)
{
    struct edition_record r = {.edition = ar->edition.id,
                               .number = (uint32_t)ar->ledger.count + 1,
                               .audience = s->audience,
                               .organisation = s->organisation,
                               .as_of = ar->edition.as_of,
                               .tool = ar->edition.tool,
                               .files = count,
                               .manifest = sha256_of(manifest),
                               .certificate = ar->edition.signer->certificate,
                               .demo = ar->edition.signer->is_demo};
    for (size_t i = 0; i < count; i++) {
        r.bytes += files[i].size_bytes;
        r.pdfs += format_is_sealed(files[i].path);
    }
    if (s->before != NULL)
        r.previous = s->before->record;
    return r;
}

/* What could not be read again must not be published: a name no system can store, say, or
 * one of an organisation that is far too long. */
static bool can_be_read(const struct archive *ar, struct diags *d, const struct stage *s,
                        str manifest, str record)
{
    struct sums sums;
    struct edition_record again;
    struct format_fault fault;
    str name = S("SHA256SUMS");
    bool good = sums_read(ar->arena, manifest, &sums, &fault);
    if (good) {
        name = S("edition.json");
        good = edition_read(ar->arena, record, &again, &fault);
    }
    return good || archive_report(ar, d, PUBLISH_RULE(WRITTEN), archive_path(ar, s->final, name),
                                  "line %zu: %s", fault.line, fault.what);
}

static bool write_record(const struct archive *ar, struct diags *d, struct stage *s,
                         struct made **files, size_t *count)
{
    const struct archive_signer *by = ar->edition.signer;
    str manifest = manifest_write(ar->arena, *files, *count), signature;
    struct edition_record r = record_of(ar, s, *files, *count, manifest);
    str record = edition_write(ar->arena, &r), name = archive_path(ar, s->final, S("edition.json"));
    s->record = sha256_of(record);
    return can_be_read(ar, d, s, manifest, record) &&
           by->sign_detached(by->self, ar->arena, d, name, record, &signature) &&
           add_file(ar, d, s->tree, S("SHA256SUMS"), manifest, files, count) &&
           add_file(ar, d, s->tree, S("edition.json"), record, files, count) &&
           add_file(ar, d, s->tree, S("edition.json.p7s"), signature, files, count);
}

/* -- What is staged --------------------------------------------------------------------------- */

static bool seal_edition(const struct archive *ar, struct diags *d, struct stage *s)
{
    struct staged *all = &s->files;
    if (!outputs_made(s->outputs, d, &all->files, &all->count))
        return false;
    for (size_t i = 0; i < all->count; i++) {
        struct made *m = &all->files[i];
        if (format_is_sealed(m->path) && !m->is_kept && !sign_one(ar, d, s, m))
            return false;
    }
    return write_record(ar, d, s, &all->files, &all->count);
}

static bool seal_pointers(const struct archive *ar, struct diags *d, struct stage *s)
{
    struct staged *all = &s->leads;
    if (!outputs_made(s->pointers, d, &all->files, &all->count))
        return false;
    str list = manifest_write(ar->arena, all->files, all->count);
    return add_file(ar, d, s->marker, S("SHA256SUMS"), list, &all->files, &all->count);
}

/* -- Certainty -------------------------------------------------------------------------------- */

/* Bottom-up: a folder is synced when all that it names is. */
static bool sync_folders(const struct archive *ar, struct diags *d, str top)
{
    struct tree t;
    int error_number = tree_list(ar->arena, ar->root, top, &t);
    for (size_t i = t.folder_count; error_number == 0 && i-- > 0;)
        error_number =
            dir_sync(ar->root, t.folders[i].n ? path_join(ar->arena, top, t.folders[i]) : top);
    return error_number == 0 || archive_os(ar, d, top, error_number, "sync this folder");
}

/* Links to files of the edition before are clean, so asking costs next to nothing. */
static bool sync_files(const struct archive *ar, struct diags *d, str top, const struct staged *all)
{
    for (size_t i = 0; i < all->count; i++) {
        str path = archive_path(ar, top, all->files[i].path);
        int error_number = file_sync(ar->root, path);
        if (error_number != 0)
            return archive_os(ar, d, path, error_number, "sync this file");
    }
    return true;
}

static bool make_certain(const struct archive *ar, struct diags *d, str folder, struct staged *all)
{
    made_sort(all->files, all->count);
    return sync_files(ar, d, folder, all) && sync_folders(ar, d, folder) &&
           tree_is(ar, d, PUBLISH_RULE(WRITTEN), folder, all->files, all->count);
}

static bool sync_above(const struct archive *ar, struct diags *d, const struct stage *s)
{
    str above = path_folder(s->marker);
    int error_number = dir_sync(ar->root, above);
    if (error_number == 0)
        error_number = dir_sync(ar->root, s->audience);
    return error_number == 0 || archive_os(ar, d, above, error_number, "sync this folder");
}

static bool make_all_certain(const struct archive *ar, struct diags *d)
{
    int error_number = dir_flush(ar->root);
    if (error_number != 0)
        return archive_os(ar, d, S(""), error_number, "write out what was made");
    for (size_t i = 0; i < ar->stage_count; i++) {
        struct stage *s = &ar->stages[i];
        if (!make_certain(ar, d, s->tree, &s->files) ||
            !make_certain(ar, d, s->marker, &s->leads) || !sync_above(ar, d, s))
            return false;
    }
    return true;
}

/* -- The line of the ledger ------------------------------------------------------------------- */

static int stage_order(const void *a, const void *b)
{
    return str_cmp(((const struct stage *)a)->audience, ((const struct stage *)b)->audience);
}

static bool seal_line(struct archive *ar, struct diags *d)
{
    const struct archive_signer *by = ar->edition.signer;
    struct ledger_line l = {.number = (uint32_t)ar->ledger.count + 1,
                            .edition = ar->edition.id,
                            .as_of = ar->edition.as_of,
                            .previous = ar->ledger.last,
                            .certificate = by->certificate,
                            .editions =
                                NEW_ARRAY(ar->arena, struct ledger_edition, ar->stage_count),
                            .edition_count = ar->stage_count};
    for (size_t i = 0; i < ar->stage_count; i++)
        l.editions[i] = (struct ledger_edition){ar->stages[i].audience, ar->stages[i].record};
    ar->line = ledger_line_write(ar->arena, &l);
    struct ledger_line again;
    struct format_fault fault;
    if (!ledger_line_read(ar->arena, ar->line, &again, &fault))
        return archive_report(ar, d, PUBLISH_RULE(WRITTEN), S("ledger.jsonl"), "%s", fault.what);
    return by->sign_detached(by->self, ar->arena, d, S("ledger.jsonl"), ar->line,
                             &ar->line_signature);
}

bool archive_seal(struct archive *ar, struct diags *d)
{
    assert(ar->stage_count != 0 && ar->line.n == 0);
    qsort(ar->stages, ar->stage_count, sizeof *ar->stages, stage_order);
    for (size_t i = 0; i < ar->stage_count; i++)
        if (!seal_edition(ar, d, &ar->stages[i]) || !seal_pointers(ar, d, &ar->stages[i]))
            return false;
    return make_all_certain(ar, d) && seal_line(ar, d);
}
