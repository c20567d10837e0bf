/* verify/files: the files of an edition against its list, and what stands beside them. */
#include "verify/verify_int.h"

#include <errno.h>

#include "base/path.h"
#include "verify/pdf.h"

/* One listed file as it was found. */
struct seen {
    const struct sums_entry *entry;
    bool is_fine, is_missing, is_read; /* is_read: hash and size are known */
    bool has_no_end;                   /* a PDF that does not close */
    struct sha256 hash;
    uint64_t size_bytes;
};

/* A file that nobody listed. */
struct extra {
    str path; /* below the edition */
    struct sha256 hash;
    bool is_read, is_explained;
};

struct walking {
    struct verifying *v;
    str folder;
    const struct edition_record *record;
    const struct sums *sums;
    struct seen *seen; /* one for each entry of the list */
    struct extra *extras;
    size_t extra_count, extra_cap;
    struct map folders;                /* that hold listed files */
    struct map lower;                  /* listed paths without case */
    struct map by_hash, extra_by_hash; /* hash in hex -> entry, extra */
    uint64_t bytes;
    size_t bad;
};

/* -- Listed files ----------------------------------------------------------------- */

static void judge_pdf(struct walking *w, str path, str bytes)
{
    struct verifying *v = w->v;
    struct pdf_question q = {
        .bytes = bytes, .trust = v->q->trust, .as_of = w->record->as_of, .today = v->q->today};
    struct pdf_verdict verdict = pdf_judge(v->scratch, &q);
    if (verdict.fault == PDF_NONE)
        judge_signer(v, path, &verdict.signer, &w->record->certificate);
    else if (verdict.fault == PDF_SIGNER)
        found(v, DAMAGE_FORGED, path, "its signature %s", cms_fault_words(verdict.signer.fault));
    else
        found(v, DAMAGE_FORGED, path, "the PDF %s (at byte %zu)", pdf_fault_words(verdict.fault),
              verdict.at);
}

/* A sealed PDF is read once, then hashed and judged from the same bytes. */
static struct file_read read_pdf(struct walking *w, struct seen *s, str path)
{
    struct file_read r = file_read(w->v->scratch, w->v->q->root, path, PDF_BYTES_MAX);
    if (r.fault != FILE_OK)
        return r;
    s->hash = sha256_of(r.text);
    s->has_no_end = !str_ends(r.text, S("%%EOF\n"));
    if (hash_eq(s->hash, s->entry->hash))
        judge_pdf(w, path, r.text);
    return r;
}

static void read_listed(struct walking *w, struct seen *s)
{
    struct verifying *v = w->v;
    str path = str_fmt(v->scratch, STR_FMT "%s" STR_FMT, STR_ARG(w->folder), w->folder.n ? "/" : "",
                       STR_ARG(s->entry->path));
    struct file_read r = format_is_sealed(s->entry->path) ? read_pdf(w, s, path)
                                                          : file_hash(v->q->root, path, &s->hash);
    s->size_bytes = r.size_bytes;
    s->is_read = r.fault == FILE_OK;
    s->is_missing =
        r.fault == FILE_ERRNO && (r.error_number == ENOENT || r.error_number == ENOTDIR);
    s->is_fine = s->is_read && hash_eq(s->hash, s->entry->hash);
    if (!s->is_read && !s->is_missing)
        found_unread(v, path, &r);
    w->bytes += s->is_read ? r.size_bytes : 0;
    w->bad += !s->is_fine;
    v->r.bytes_read += r.size_bytes;
    arena_reset(v->scratch);
}

/* -- What else is there ----------------------------------------------------------- */

static void note_folders(struct walking *w)
{
    str last = S("");
    w->folders = map_in(w->v->a);
    for (size_t i = 0; i < w->sums->count; i++) {
        str folder = path_folder(w->sums->entries[i].path);
        if (str_eq(folder, last))
            continue;
        last = folder;
        for (; folder.n != 0; folder = path_folder(folder))
            map_put(&w->folders, folder, w);
    }
}

/* Two names that a stick or a Mac would take for one. */
static void judge_cases(struct walking *w)
{
    struct verifying *v = w->v;
    w->lower = map_in(v->a);
    for (size_t i = 0; i < w->sums->count; i++) {
        struct sums_entry *e = &w->sums->entries[i];
        const struct sums_entry *other = map_put(&w->lower, str_lower(v->a, e->path), e);
        if (other != NULL)
            found(v, DAMAGE_ADDED, below(v, w->folder, e->path),
                  "it differs from '" STR_FMT "' by case only", STR_ARG(other->path));
    }
}

static void found_extra(struct walking *w, str path, const char *what)
{
    found(w->v, DAMAGE_ADDED, below(w->v, w->folder, path), "%s", what);
}

/* A folder may hold an empty one; each is named once. */
static void see_folder(struct walking *w, str path)
{
    if (map_find(&w->folders, path) == NULL)
        found_extra(w, path, "no listed file is in this folder");
}

static void see_extra(struct walking *w, str path)
{
    struct verifying *v = w->v;
    struct extra x = {.path = path};
    struct file_read r = file_hash(v->q->root, below(v, w->folder, path), &x.hash);
    x.is_read = r.fault == FILE_OK;
    v->r.bytes_read += r.size_bytes;
    PUSH(v->a, w->extras, w->extra_count, w->extra_cap, struct extra) = x;
}

static bool is_own(str path)
{
    return str_eq(path, S("SHA256SUMS")) || str_eq(path, S("edition.json")) ||
           str_eq(path, S("edition.json.p7s"));
}

static void see(struct walking *w, str path, enum dir_kind kind)
{
    if (kind == DIR_FOLDER)
        see_folder(w, path);
    else if (is_own(path) || sums_find(w->sums, path) != NULL)
        return;
    else if (kind == DIR_FILE)
        see_extra(w, path);
    else
        found_extra(w, path,
                    kind == DIR_LINK ? "a symbolic link that is not listed"
                                     : "neither file nor folder, and not listed");
}

static size_t depth_of(str path)
{
    size_t depth = 0;
    for (size_t i = 0; i < path.n; i++)
        depth += path.p[i] == '/';
    return depth;
}

static void walk(struct walking *w)
{
    struct verifying *v = w->v;
    str *stack = NULL;
    size_t n = 0, cap = 0;
    PUSH(v->a, stack, n, cap, str) = S("");
    while (n > 0) {
        str folder = stack[--n];
        struct dir_item *items;
        size_t count;
        str whole = folder.n == 0 ? w->folder : below(v, w->folder, folder);
        int error_number = dir_list_all(v->a, v->q->root, whole, &items, &count);
        struct file_read r = {.fault = FILE_ERRNO, .error_number = error_number};
        if (error_number != 0)
            found_unread(v, whole, &r);
        for (size_t i = 0; error_number == 0 && i < count; i++) {
            str path = below(v, folder, items[i].name);
            see(w, path, items[i].kind);
            if (items[i].kind == DIR_FOLDER && depth_of(path) < VERIFY_DEPTH_MAX)
                PUSH(v->a, stack, n, cap, str) = path;
            else if (items[i].kind == DIR_FOLDER)
                found_extra(w, path, "nested deeper than its limit");
        }
    }
}

/* -- What it means ---------------------------------------------------------------- */

static void note_hashes(struct walking *w)
{
    w->by_hash = map_in(w->v->a);
    for (size_t i = 0; i < w->sums->count; i++) {
        struct sums_entry *e = &w->sums->entries[i];
        map_put(&w->by_hash, sha256_hex(w->v->a, e->hash), e);
    }
    w->extra_by_hash = map_in(w->v->a);
    for (size_t i = 0; i < w->extra_count; i++)
        if (w->extras[i].is_read)
            map_put(&w->extra_by_hash, sha256_hex(w->v->a, w->extras[i].hash), &w->extras[i]);
}

static void explain_missing(struct walking *w, const struct seen *s, str path)
{
    struct extra *x = map_find(&w->extra_by_hash, sha256_hex(w->v->a, s->entry->hash));
    if (x == NULL || x->is_explained) {
        found(w->v, DAMAGE_MISSING, path, "it is listed, but not there");
        return;
    }
    x->is_explained = true;
    found(w->v, DAMAGE_RENAMED, path, "it is called '" STR_FMT "' now", STR_ARG(x->path));
}

/* Only the sum of all sizes is known: it tells when one file alone is wrong. */
static bool is_shorter(const struct walking *w, const struct seen *s)
{
    if (s->size_bytes == 0 || w->bad != 1)
        return s->size_bytes == 0 || s->has_no_end;
    return w->bytes < w->record->bytes;
}

static void explain_changed(struct walking *w, const struct seen *s, str path)
{
    const struct sums_entry *other = map_find(&w->by_hash, sha256_hex(w->v->a, s->hash));
    if (other != NULL)
        found(w->v, DAMAGE_RENAMED, path, "it holds what '" STR_FMT "' should hold",
              STR_ARG(other->path));
    else if (is_shorter(w, s))
        found(w->v, DAMAGE_TRUNCATED, path, "its end is missing: %llu bytes are left",
              (unsigned long long)s->size_bytes);
    else
        found(w->v, DAMAGE_CHANGED, path, "its bytes are not those that were published");
}

static void explain_extra(struct walking *w, const struct extra *x)
{
    struct verifying *v = w->v;
    const struct sums_entry *twin = map_find(&w->lower, str_lower(v->a, x->path));
    const char *fault = path_name_fault(path_name(x->path));
    str path = below(v, w->folder, x->path);
    if (twin != NULL)
        found(v, DAMAGE_ADDED, path,
              "it is not listed, and differs from '" STR_FMT "' by case only", STR_ARG(twin->path));
    else if (fault != NULL)
        found(v, DAMAGE_ADDED, path, "it is not listed, and its name is strange: %s", fault);
    else
        found(v, DAMAGE_ADDED, path, "it is not listed");
}

/* Looks for names only where something is wrong. */
static void explain(struct walking *w)
{
    if (w->bad != 0)
        note_hashes(w);
    for (size_t i = 0; w->bad != 0 && i < w->sums->count; i++) {
        const struct seen *s = &w->seen[i];
        str path = s->is_fine ? S("") : below(w->v, w->folder, s->entry->path);
        if (s->is_missing)
            explain_missing(w, s, path);
        else if (!s->is_fine && s->is_read)
            explain_changed(w, s, path);
    }
    for (size_t i = 0; i < w->extra_count; i++)
        if (!w->extras[i].is_explained)
            explain_extra(w, &w->extras[i]);
}

static void judge_totals(struct walking *w)
{
    const struct edition_record *r = w->record;
    uint64_t pdfs = 0;
    for (size_t i = 0; i < w->sums->count; i++)
        pdfs += format_is_sealed(w->sums->entries[i].path);
    if (r->files != w->sums->count || r->pdfs != pdfs || (w->bad == 0 && r->bytes != w->bytes))
        found(w->v, DAMAGE_CHANGED, below(w->v, w->folder, S("edition.json")),
              "it counts other files than its list");
}

void judge_files(struct verifying *v, str folder, const struct edition_record *record,
                 const struct sums *sums)
{
    struct walking w = {.v = v, .folder = folder, .record = record, .sums = sums};
    w.seen = NEW_ARRAY(v->a, struct seen, sums->count + 1);
    note_folders(&w);
    judge_cases(&w);
    for (size_t i = 0; i < sums->count; i++) {
        w.seen[i].entry = &sums->entries[i];
        read_listed(&w, &w.seen[i]);
    }
    walk(&w);
    explain(&w);
    judge_totals(&w);
}
