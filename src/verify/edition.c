/* verify/edition: one edition's folder, from its record down to its files. */
#include "verify/verify_int.h"

#include <errno.h>
#include <unistd.h>

#include "base/path.h"

/* What is known while one edition is judged. */
struct editing {
    struct verifying *v;
    const struct expected_edition *expected;
    str record_path;
    str bytes; /* of edition.json */
    struct sha256 hash;
    struct edition_record record;
    struct verify_edition row;
};

/* The bytes are those of another published edition: an older one, or another audience's. */
static bool found_elsewhere(struct editing *e)
{
    struct verifying *v = e->v;
    str audience = e->expected->audience;
    for (size_t i = 0; i < v->line_count; i++) {
        const struct ledger_line *line = &v->lines[i];
        for (size_t j = 0; j < line->edition_count; j++) {
            if (!hash_eq(line->editions[j].hash, e->hash))
                continue;
            bool same = str_eq(line->editions[j].audience, audience);
            bool older =
                same && e->expected->line != NULL && line->number < e->expected->line->number;
            found(v, older ? DAMAGE_ROLLED_BACK : DAMAGE_RENAMED, e->record_path,
                  "it is that of edition " STR_FMT " for " STR_FMT, STR_ARG(line->edition),
                  STR_ARG(line->editions[j].audience));
            return true;
        }
    }
    return false;
}

static bool record_is_published(struct editing *e)
{
    if (e->expected->hash == NULL || hash_eq(e->hash, *e->expected->hash))
        return true;
    if (!found_elsewhere(e))
        found(e->v, e->bytes.n == 0 ? DAMAGE_TRUNCATED : DAMAGE_CHANGED, e->record_path,
              "its hash is not the one in the ledger; its files were not judged");
    return false;
}

static bool ledger_vouches(struct verifying *v, const struct signed_file *f)
{
    (void)v;
    return f->line != NULL;
}

/* Swapped signatures: the one beside another edition's record. */
static bool is_of_other_edition(struct verifying *v, struct sha256 content, str *where)
{
    for (size_t i = 0; i < v->line_count; i++)
        for (size_t j = 0; j < v->lines[i].edition_count; j++)
            if (hash_eq(v->lines[i].editions[j].hash, content)) {
                *where = str_fmt(v->a, STR_FMT "/" STR_FMT "/edition.json",
                                 STR_ARG(v->lines[i].editions[j].audience),
                                 STR_ARG(v->lines[i].edition));
                return true;
            }
    return false;
}

static bool record_is_signed(struct editing *e)
{
    struct cms_verdict verdict;
    struct signed_file f = {.content = e->bytes,
                            .content_path = e->record_path,
                            .signature_path =
                                below(e->v, e->expected->folder, S("edition.json.p7s")),
                            .as_of = e->record.as_of,
                            .certificate = &e->record.certificate,
                            .line = e->expected->line,
                            .is_known = ledger_vouches,
                            .is_elsewhere = is_of_other_edition};
    bool fine = judge_signed(e->v, &f, &verdict);
    e->row.signer = verdict.name;
    e->row.state = verdict.state;
    e->row.expires = verdict.to;
    e->row.demo = verdict.demo;
    if (fine && verdict.demo != e->record.demo)
        found(e->v, DAMAGE_FORGED, e->record_path,
              e->record.demo ? "it calls itself a demonstration, but a real key signed it"
                             : "a demonstration key signed it, but it does not say so");
    return fine;
}

static void judge_names(struct editing *e)
{
    const struct expected_edition *x = e->expected;
    const struct edition_record *r = &e->record;
    const struct ledger_line *line = x->line;
    if ((x->edition.n != 0 && !str_eq(x->edition, r->edition)) ||
        (x->audience.n != 0 && !str_eq(x->audience, r->audience)))
        found(e->v, DAMAGE_RENAMED, e->record_path,
              "it is edition " STR_FMT " for " STR_FMT ", in the folder of another",
              STR_ARG(r->edition), STR_ARG(r->audience));
    if (line != NULL && (line->number != r->number || line->as_of != r->as_of ||
                         !hash_eq(line->certificate, r->certificate)))
        found(e->v, DAMAGE_REWRITTEN, e->record_path,
              "its number, day or certificate is not that of the ledger");
    if (line == NULL && x->previous != NULL && hash_is_zero(*x->previous) &&
        !hash_is_zero(r->previous))
        found(e->v, DAMAGE_MISSING, e->record_path, "the edition that it follows is not here");
    else if (x->previous != NULL && !hash_eq(*x->previous, r->previous))
        found(e->v, DAMAGE_REWRITTEN, e->record_path,
              "it does not follow the edition that was published before it");
}

static void judge_list(struct editing *e)
{
    struct verifying *v = e->v;
    struct sums sums;
    struct format_fault fault;
    str text, path = below(v, e->expected->folder, S("SHA256SUMS"));
    if (!read_own(v, v->a, path, SUMS_BYTES_MAX, &text))
        return;
    if (!hash_eq(sha256_of(text), e->record.manifest)) {
        found(v, text.n == 0 ? DAMAGE_TRUNCATED : DAMAGE_CHANGED, path,
              "it is not the list that edition.json names; the files were not judged");
        return;
    }
    if (!sums_read(v->a, text, &sums, &fault)) {
        found(v, DAMAGE_CHANGED, path, "line %zu: %s", fault.line, fault.what);
        return;
    }
    judge_files(v, e->expected->folder, &e->record, &sums);
    judge_approvals(v, e->expected->folder, &sums);
}

static bool folder_is_there(struct verifying *v, str folder)
{
    struct dir_item *items;
    size_t count;
    return dir_list_all(v->scratch, v->q->root, folder, &items, &count) == 0;
}

static bool read_record(struct editing *e)
{
    struct verifying *v = e->v;
    struct file_read r = file_read(v->a, v->q->root, e->record_path, EDITION_BYTES_MAX);
    bool absent = r.fault == FILE_ERRNO && (r.error_number == ENOENT || r.error_number == ENOTDIR);
    bool gone = absent && !folder_is_there(v, e->expected->folder);
    arena_reset(v->scratch);
    if (gone)
        found(v, DAMAGE_MISSING, e->expected->folder, "the whole edition is not there");
    else if (r.fault != FILE_OK)
        found_unread(v, e->record_path, &r);
    e->bytes = r.text;
    e->hash = sha256_of(r.text);
    v->r.bytes_read += r.text.n;
    return r.fault == FILE_OK;
}

static void judge_record(struct editing *e)
{
    struct format_fault fault;
    if (!read_record(e) || !record_is_published(e))
        return;
    if (!edition_read(e->v->a, e->bytes, &e->record, &fault)) {
        found(e->v, e->bytes.n == 0 ? DAMAGE_TRUNCATED : DAMAGE_CHANGED, e->record_path,
              "line %zu: %s", fault.line, fault.what);
        return;
    }
    /* What nobody vouches for says nothing about the files; the ledger can vouch, too. */
    bool is_signed = record_is_signed(e);
    judge_names(e);
    if (is_signed || e->expected->line != NULL)
        judge_list(e);
}

void judge_edition(struct verifying *v, const struct expected_edition *expected)
{
    struct editing e = {.v = v, .expected = expected};
    size_t before = v->r.damage_count;
    e.record_path = below(v, expected->folder, S("edition.json"));
    judge_record(&e);
    e.row.edition = e.record.edition.n ? e.record.edition : expected->edition;
    e.row.audience = e.record.audience.n ? e.record.audience : expected->audience;
    e.row.number = e.record.number;
    e.row.as_of = e.record.as_of;
    e.row.files = e.record.files;
    e.row.bytes = e.record.bytes;
    e.row.pdfs = e.record.pdfs;
    e.row.hash = e.hash;
    e.row.certificate = e.record.certificate;
    e.row.findings = v->r.damage_count - before;
    PUSH(v->a, v->r.editions, v->r.edition_count, v->edition_cap, struct verify_edition) = e.row;
}
