/* load/approvals: the files that approvals bind, and the copies of what was approved. */
#include "load/load_int.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/path.h"
#include "model/canonical.h"
#include "model/lifecycle.h"
#include "text/md.h"
#include "verify/cms.h"

enum { SCRATCH_BYTES_MAX = 1024 * 1024 * 1024 };

static str hash_of_file(struct loader *l, str path)
{
    arena_reset(l->scratch);
    struct file_read r = file_read(l->scratch, l->content, path, LOAD_EMBEDDED_BYTES_MAX);
    return r.fault == FILE_OK ? sha256_hex(l->model->arena, sha256_of(r.text)) : S("");
}

static void add_file(struct loader *l, str path)
{
    struct model *m = l->model;
    if (path.n == 0 || map_find(&m->files, path) != NULL)
        return;
    struct model_file *file = NEW(m->arena, struct model_file);
    file->sha256 = hash_of_file(l, path);
    file->is_there = file->sha256.n != 0;
    map_put(&m->files, path, file);
}

static str code_and_version(struct arena *a, str code, str version)
{
    return str_fmt(a, STR_FMT "\n" STR_FMT, STR_ARG(code), STR_ARG(version));
}

/* What is at hand, in all documents: two may share an id by mistake. */
static struct map working_texts(const struct model *m)
{
    const struct record_list *documents = model_list(m, TYPE_DOCUMENT);
    struct map texts = map_in(m->arena);
    for (size_t i = 0; i < documents->count; i++) {
        struct record *r = documents->items[i];
        map_put(&texts, code_and_version(m->arena, r->id, rec_text(r, DOCUMENT_VERSION)), r);
    }
    return texts;
}

/* Older versions have their files in the copy that was kept of them. */
static bool is_of_working_text(struct arena *a, const struct map *texts,
                               const struct record *approval)
{
    str code = rec_text(approval, APPROVAL_DOCUMENT),
        version = rec_text(approval, APPROVAL_VERSION);
    return map_find(texts, code_and_version(a, code, version)) != NULL;
}

/* Signatures are small and are judged by the check. */
static void add_signature(struct loader *l, str path)
{
    struct model *m = l->model;
    if (path.n == 0 || map_find(&m->files, path) != NULL)
        return;
    struct model_file *file = NEW(m->arena, struct model_file);
    struct file_read r = file_read(m->arena, l->content, path, CMS_BYTES_MAX);
    file->is_there = r.fault == FILE_OK;
    file->bytes = file->is_there ? r.text : S("");
    file->sha256 = file->is_there ? sha256_hex(m->arena, sha256_of(r.text)) : S("");
    map_put(&m->files, path, file);
}

void load_approved_files(struct loader *l)
{
    const struct record_list *approvals = model_list(l->model, TYPE_APPROVAL);
    struct map texts = working_texts(l->model);
    for (size_t i = 0; i < approvals->count; i++) {
        size_t count = 0;
        const struct field_value *files = rec_items(approvals->items[i], APPROVAL_FILES, &count);
        add_signature(l, rec_text(approvals->items[i], APPROVAL_SIGNATURE));
        if (count == 0 || !is_of_working_text(l->model->arena, &texts, approvals->items[i]))
            continue;
        for (size_t f = 0; f < count; f++)
            if (files[f].state == FV_PRESENT)
                add_file(l, rec_text(files[f].record, APPROVED_FILE_PATH));
    }
}

/* What was frozen for a review, as long as it is what was frozen. */
void load_frozen_files(struct loader *l)
{
    const struct record_list *packs = model_list(l->model, TYPE_REVIEW_PACK);
    for (size_t i = 0; i < packs->count; i++) {
        size_t count;
        const struct field_value *files = rec_items(packs->items[i], REVIEW_PACK_FILES, &count);
        for (size_t f = 0; f < count; f++)
            if (files[f].state == FV_PRESENT)
                add_file(l, rec_text(files[f].record, FROZEN_FILE_PATH));
    }
}

/* -- Copies --------------------------------------------------------------------------------- */

str version_slug(struct arena *a, str version)
{
    struct buf b = buf_in(a, version.n + 1);
    for (size_t i = 0; i < version.n; i++) {
        char c = ascii_lower(version.p[i]);
        bool is_mark = !ascii_is_alnum(c);
        if (is_mark && (b.n == 0 || !ascii_is_alnum(b.p[b.n - 1])))
            continue;
        buf_char(&b, is_mark && c != '.' ? '-' : c);
    }
    while (b.n != 0 && !ascii_is_alnum(b.p[b.n - 1]))
        b.n--;
    return b.n != 0 ? buf_str(&b) : S("none");
}

str approved_folder(struct arena *a, str code, str version)
{
    return str_fmt(a, "approved/" STR_FMT "/" STR_FMT, STR_ARG(path_slug(a, code)),
                   STR_ARG(version_slug(a, version)));
}

/* Every file that the approval names lies in the copy's folder, under its own path. */
static bool files_are_intact(struct loader *l, const struct record *approval, str folder)
{
    size_t count;
    const struct field_value *files = rec_items(approval, APPROVAL_FILES, &count);
    for (size_t i = 0; i < count; i++) {
        if (files[i].state != FV_PRESENT)
            return false;
        str path = rec_text(files[i].record, APPROVED_FILE_PATH);
        str hash = hash_of_file(l, path_join(l->model->arena, folder, path));
        if (!str_eq(hash, rec_text(files[i].record, APPROVED_FILE_SHA256)))
            return false;
    }
    return true;
}

static bool is_this_document(const struct record *copy, const struct record *working,
                             const struct record *approval)
{
    struct arena *a = arena_new("hash", SCRATCH_BYTES_MAX);
    bool same = str_eq(copy->id, working->id) &&
                str_eq(rec_text(copy, DOCUMENT_VERSION), rec_text(approval, APPROVAL_VERSION)) &&
                str_eq(document_sha256(a, copy), rec_text(approval, APPROVAL_TEXT_SHA256));
    arena_free(a);
    return same;
}

/* NULL when there is none. */
static struct record *load_copy(struct loader *l, const struct record *working, str folder)
{
    str path = str_fmt(l->model->arena, STR_FMT ".md", STR_ARG(folder));
    uint32_t file = load_source(l, path, MD_BYTES_MAX, true);
    struct document place = {.path = working->document->path, .files = folder};
    return file == 0 ? NULL : load_document_record(l, file, place);
}

enum approved_copy load_approved_copy(struct model *m, struct diags *d, int content, str name,
                                      const struct record *working, const struct record *approval,
                                      struct record **copy)
{
    struct loader l = {.model = m, .diags = d, .content = content, .name = name};
    l.scratch = arena_new("one file", SCRATCH_BYTES_MAX);
    str folder = approved_folder(m->arena, working->id, rec_text(approval, APPROVAL_VERSION));
    *copy = load_copy(&l, working, folder);
    enum approved_copy found = COPY_MISSING;
    if (*copy != NULL)
        found = is_this_document(*copy, working, approval) && files_are_intact(&l, approval, folder)
                    ? COPY_INTACT
                    : COPY_DIFFERS;
    arena_free(l.scratch);
    return found;
}
