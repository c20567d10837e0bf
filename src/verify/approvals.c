/* verify/approvals: that what was approved is what was published. */
#include "verify/verify_int.h"

#include "base/path.h"

struct approving {
    struct verifying *v;
    str folder, id; /* of the edition; slug of the document's code */
    const struct sums *sums;
    str path; /* of the statement, below the root */
};

/* The first entry whose path does not come before this. */
static size_t lower_bound(const struct sums *sums, str path)
{
    size_t from = 0, to = sums->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (str_cmp(sums->entries[middle].path, path) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

static bool is_embedded(const struct approving *p, struct sha256 hash)
{
    str prefix = str_fmt(p->v->a, "d/" STR_FMT "/", STR_ARG(p->id));
    for (size_t i = lower_bound(p->sums, prefix);
         i < p->sums->count && str_starts(p->sums->entries[i].path, prefix); i++)
        if (hash_eq(p->sums->entries[i].hash, hash))
            return true;
    return false;
}

/* A section of a text may hide a picture from readers of this copy; then their text does not
 * name it. A name that can be written in several ways counts as named. */
static bool is_shown(const struct approving *p, str file)
{
    str name = path_name(file);
    str path = str_fmt(p->v->a, "source/" STR_FMT ".rendered.md", STR_ARG(p->id));
    for (size_t i = 0; i < name.n; i++)
        if (!ascii_is_alnum(name.p[i]) && name.p[i] != '-' && name.p[i] != '.')
            return true;
    struct file_read r =
        file_read(p->v->a, p->v->q->root, below(p->v, p->folder, path), SOURCE_BYTES_MAX);
    return r.fault != FILE_OK || str_find(r.text, name, 0) != SIZE_MAX;
}

static void judge_embedded(const struct approving *p, const struct approval_statement *s)
{
    for (size_t i = 0; i < s->file_count; i++)
        if (!is_embedded(p, s->files[i].hash) && is_shown(p, s->files[i].path))
            found(p->v, DAMAGE_CHANGED, p->path,
                  "the approved file '" STR_FMT "' was published otherwise, or not at all",
                  STR_ARG(s->files[i].path));
}

/* The head of the text names the document and the version that the statement means. */
static void judge_head(const struct approving *p, const struct approval_statement *s, str source)
{
    struct canonical_head head;
    struct format_fault fault;
    str text, path = below(p->v, p->folder, source);
    struct file_read r = file_read(p->v->a, p->v->q->root, path, SOURCE_BYTES_MAX);
    text = r.text;
    if (r.fault != FILE_OK || !hash_eq(sha256_of(text), s->text))
        return; /* reported with the files */
    if (!canonical_read(p->v->a, text, &head, &fault))
        found(p->v, DAMAGE_CHANGED, path, "it is not in the one spelling of texts (line %zu): %s",
              fault.line, fault.what);
    else if (!str_eq(head.code, s->document) || !str_eq(head.version, s->version))
        found(p->v, DAMAGE_CHANGED, p->path,
              "it approves " STR_FMT " " STR_FMT ", but the text is " STR_FMT " " STR_FMT,
              STR_ARG(s->document), STR_ARG(s->version), STR_ARG(head.code), STR_ARG(head.version));
}

static void judge_text(const struct approving *p, const struct approval_statement *s)
{
    str source = str_fmt(p->v->a, "source/" STR_FMT ".md", STR_ARG(p->id));
    const struct sums_entry *e = sums_find(p->sums, source);
    if (!str_eq(path_slug(p->v->a, s->document), p->id))
        found(p->v, DAMAGE_RENAMED, p->path, "it is the approval of " STR_FMT,
              STR_ARG(s->document));
    else if (e == NULL)
        found(p->v, DAMAGE_MISSING, below(p->v, p->folder, source),
              "it was approved, but is not there");
    else if (!hash_eq(e->hash, s->text))
        found(p->v, DAMAGE_CHANGED, below(p->v, p->folder, source),
              "it is not the text that was approved");
    else
        judge_head(p, s, source);
}

static void judge_signature(const struct approving *p, const struct approval_statement *s, str text)
{
    struct cms_verdict verdict;
    str name = str_fmt(p->v->a, "approvals/" STR_FMT ".p7s", STR_ARG(p->id));
    struct signed_file f = {.content = text,
                            .content_path = p->path,
                            .signature_path = below(p->v, p->folder, name),
                            .as_of = s->day};
    if (sums_find(p->sums, name) != NULL)
        judge_signed(p->v, &f, &verdict);
}

static void judge_statement(const struct approving *p, const struct sums_entry *e)
{
    struct approval_statement s;
    struct format_fault fault;
    struct file_read r = file_read(p->v->a, p->v->q->root, p->path, APPROVAL_BYTES_MAX);
    if (r.fault != FILE_OK || !hash_eq(sha256_of(r.text), e->hash))
        return; /* reported with the files */
    if (!approval_read(p->v->a, r.text, &s, &fault)) {
        found(p->v, DAMAGE_CHANGED, p->path, "line %zu: %s", fault.line, fault.what);
        return;
    }
    judge_text(p, &s);
    judge_embedded(p, &s);
    judge_signature(p, &s, r.text);
}

/* A signature without its statement approves nothing. */
static void judge_lonely(const struct approving *p)
{
    str name = str_fmt(p->v->a, "approvals/" STR_FMT ".txt", STR_ARG(p->id));
    if (sums_find(p->sums, name) == NULL)
        found(p->v, DAMAGE_MISSING, below(p->v, p->folder, name),
              "its signature is there, but not the statement");
}

void judge_approvals(struct verifying *v, str folder, const struct sums *sums)
{
    str prefix = S("approvals/");
    for (size_t i = lower_bound(sums, prefix);
         i < sums->count && str_starts(sums->entries[i].path, prefix); i++) {
        str name = str_skip(sums->entries[i].path, prefix.n);
        bool is_text = str_ends(name, S(".txt")), is_signature = str_ends(name, S(".p7s"));
        struct approving p = {.v = v,
                              .folder = folder,
                              .id = str_from_to(name, 0, name.n - (name.n < 4 ? name.n : 4)),
                              .sums = sums,
                              .path = below(v, folder, sums->entries[i].path)};
        if (is_text)
            judge_statement(&p, &sums->entries[i]);
        else if (is_signature)
            judge_lonely(&p);
        else
            found(v, DAMAGE_ADDED, p.path, "approvals are texts and their signatures");
    }
}
