/* publish/archive_check: whether a new edition may be built on what is there. */
#include "publish/archive_int.h"

#include <errno.h>

#include "base/durable.h"
#include "base/file.h"
#include "base/path.h"

enum { SIGNATURE_BYTES_MAX = 64 * 1024 };

#define CHANGED PUBLISH_RULE(CHANGED)

/* An absent file is no text; false only after a report. */
static bool read_small(const struct archive *ar, struct diags *d, str path, size_t max, str *text,
                       bool *is_there)
{
    struct file_read r = file_read(ar->arena, ar->root, path, max);
    *text = r.text;
    *is_there = r.fault == FILE_OK;
    if (r.fault == FILE_OK || (r.fault == FILE_ERRNO && r.error_number == ENOENT))
        return true;
    if (r.fault == FILE_ERRNO)
        return archive_os(ar, d, path, r.error_number, "read this file");
    return archive_report(ar, d, CHANGED, path, "this is not the file that was published");
}

/* -- The ledger ------------------------------------------------------------------------------- */

static bool ledger_has(const struct ledger *l, str edition)
{
    for (size_t i = 0; i < l->count; i++)
        if (str_eq(l->lines[i].edition, edition))
            return true;
    return false;
}

static const char *line_fault(const struct ledger *all, const struct ledger_line *l)
{
    if (l->number != all->count + 1)
        return "it has not the next number";
    if (!hash_eq(l->previous, all->last))
        return "it does not follow from the line before";
    if (all->count != 0 && l->as_of < all->lines[all->count - 1].as_of)
        return "it goes back in time";
    return ledger_has(all, l->edition) ? "it names an edition a second time" : NULL;
}

bool archive_read_ledger(struct archive *ar, struct diags *d)
{
    struct ledger *all = &ar->ledger;
    bool is_there;
    str path = S("ledger.jsonl"), line;
    *all = (struct ledger){0};
    if (!read_small(ar, d, path, LEDGER_BYTES_MAX, &all->text, &is_there))
        return false;
    for (str rest = all->text; ledger_next(&rest, &line);) {
        struct ledger_line l;
        struct format_fault fault = {0};
        if (ledger_line_read(ar->arena, line, &l, &fault))
            fault.what = line_fault(all, &l);
        if (fault.what != NULL)
            return archive_report(ar, d, CHANGED, path, "line %zu: %s", all->count + 1, fault.what);
        PUSH(ar->arena, all->lines, all->count, all->cap, struct ledger_line) = l;
        all->last = l.hash;
    }
    return true;
}

/* -- Editions --------------------------------------------------------------------------------- */

static const char *record_fault(const struct edition_record *r, const struct ledger_line *l,
                                str audience, const struct archive_last *before)
{
    static const struct sha256 none;
    if (!str_eq(r->edition, l->edition) || r->number != l->number)
        return "speaks of another edition than the ledger";
    if (!str_eq(r->audience, audience))
        return "speaks of another audience than the ledger";
    if (r->as_of != l->as_of || !hash_eq(r->certificate, l->certificate))
        return "has another date or certificate than the ledger";
    if (!hash_eq(r->previous, before ? before->record : none))
        return "does not follow from the edition before";
    return NULL;
}

static bool check_record(struct archive *ar, struct diags *d, const struct ledger_line *l,
                         const struct ledger_edition *e)
{
    str folder = path_join(ar->arena, e->audience, l->edition), text;
    str path = path_join(ar->arena, folder, S("edition.json"));
    struct edition_record r;
    struct format_fault wrong;
    bool is_there;
    if (!read_small(ar, d, path, EDITION_BYTES_MAX, &text, &is_there))
        return false;
    if (!is_there)
        return archive_report(ar, d, CHANGED, path,
                              "this edition is in the ledger, but missing here");
    if (!hash_eq(sha256_of(text), e->hash))
        return archive_report(ar, d, CHANGED, path, "the bytes of this file are others");
    if (!edition_read(ar->arena, text, &r, &wrong))
        return archive_report(ar, d, CHANGED, path, "line %zu: %s", wrong.line, wrong.what);
    struct archive_last *last = map_find(&ar->last, e->audience);
    const char *fault = record_fault(&r, l, e->audience, last);
    if (fault != NULL)
        return archive_report(ar, d, CHANGED, path, "%s", fault);
    if (last == NULL) {
        last = NEW(ar->arena, struct archive_last);
        map_put(&ar->last, e->audience, last);
    }
    *last = (struct archive_last){l->edition, l->number, l->as_of, e->hash, r.certificate, r.bytes};
    return true;
}

static bool check_signature_is_there(const struct archive *ar, struct diags *d, str path)
{
    str text;
    bool is_there;
    if (!read_small(ar, d, path, SIGNATURE_BYTES_MAX, &text, &is_there))
        return false;
    if (text.n == 0)
        return archive_report(ar, d, CHANGED, path, "this signature is missing");
    return true;
}

/* One signature for each line, and no other. */
static bool check_signatures(const struct archive *ar, struct diags *d)
{
    struct dir_entry *entries;
    size_t count;
    bool good = true;
    int error_number = dir_list(ar->arena, ar->root, S("ledger"), &entries, &count);
    if (error_number == ENOENT)
        return true; /* each that is missing is reported by its line */
    if (error_number != 0)
        return archive_os(ar, d, S("ledger"), error_number, "list this folder");
    for (size_t i = 0; i < count; i++) {
        bool is_known = false;
        for (size_t n = 1; n <= ar->ledger.count && !is_known; n++)
            is_known = str_eq(entries[i].name, str_fmt(ar->arena, "%zu.p7s", n));
        if (!is_known)
            good =
                archive_report(ar, d, CHANGED, path_join(ar->arena, S("ledger"), entries[i].name),
                               "the ledger has no such line");
    }
    return good;
}

static bool check_lines(struct archive *ar, struct diags *d)
{
    bool good = true; /* what follows from a broken edition cannot be judged */
    for (size_t i = 0; good && i < ar->ledger.count; i++) {
        const struct ledger_line *l = &ar->ledger.lines[i];
        str signature = str_fmt(ar->arena, "ledger/%llu.p7s", (unsigned long long)l->number);
        good = check_signature_is_there(ar, d, signature) && good;
        for (size_t j = 0; j < l->edition_count; j++)
            good = check_record(ar, d, l, &l->editions[j]) && good;
    }
    return good;
}

/* -- The newest edition of an audience, whose files will be linked ---------------------------- */

static bool read_manifest(const struct archive *ar, struct diags *d, str folder,
                          struct made **files, size_t *count)
{
    str path = path_join(ar->arena, folder, S("SHA256SUMS")), text, record_text;
    bool is_there;
    struct edition_record r;
    struct format_fault fault;
    if (!read_small(ar, d, path_join(ar->arena, folder, S("edition.json")), EDITION_BYTES_MAX,
                    &record_text, &is_there) ||
        !read_small(ar, d, path, SUMS_BYTES_MAX, &text, &is_there))
        return false;
    if (!is_there)
        return archive_report(ar, d, CHANGED, path, "this file is missing");
    if (!edition_read(ar->arena, record_text, &r, &fault) ||
        !hash_eq(sha256_of(text), r.manifest) || !manifest_read(ar->arena, text, files, count))
        return archive_report(ar, d, CHANGED, path, "the bytes of this file are others");
    return true;
}

/* The list and what speaks of the list do not list themselves. */
static bool add_itself(struct archive *ar, struct diags *d, str folder, struct made **files,
                       size_t *count)
{
    static const str names[] = {S_INIT("SHA256SUMS"), S_INIT("edition.json"),
                                S_INIT("edition.json.p7s")};
    size_t cap = *count;
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct made m = {.path = names[i]};
        str path = path_join(ar->arena, folder, names[i]);
        if (!archive_hash(ar, d, CHANGED, path, &m.hash))
            return false;
        PUSH(ar->arena, *files, *count, cap, struct made) = m;
    }
    made_sort(*files, *count);
    return true;
}

static bool check_whole(struct archive *ar, struct diags *d, str audience,
                        const struct archive_last *last)
{
    str folder = path_join(ar->arena, audience, last->edition);
    struct made *files;
    size_t count;
    bool good =
        check_signature_is_there(ar, d, path_join(ar->arena, folder, S("edition.json.p7s")));
    return good && read_manifest(ar, d, folder, &files, &count) &&
           add_itself(ar, d, folder, &files, &count) &&
           tree_is(ar, d, CHANGED, folder, files, count);
}

/* -- Folders that nobody published ------------------------------------------------------------ */

static bool is_known(const struct archive *ar, str audience, str name)
{
    if (str_eq(name, S("draft")) || str_eq(name, S("draft.new")) || str_eq(name, S("to")))
        return true;
    for (size_t i = 0; i < ar->ledger.count; i++)
        if (str_eq(ar->ledger.lines[i].edition, name))
            return ledger_find(&ar->ledger.lines[i], audience) != NULL;
    return false;
}

/* Beside the editions of an audience nothing else lies; folders of other people are theirs,
 * unless they hold what looks like an edition. */
static bool is_stranger(const struct archive *ar, str audience, str name)
{
    struct sha256 unused;
    if (is_known(ar, audience, name))
        return false;
    str folder = archive_path(ar, audience, name);
    struct file_read r = file_hash(ar->root, archive_path(ar, folder, S("edition.json")), &unused);
    bool is_absent = r.fault == FILE_ERRNO && r.error_number == ENOENT;
    return archive_last(ar, audience) != NULL || !is_absent;
}

static bool check_strangers(const struct archive *ar, struct diags *d, str audience)
{
    struct dir_entry *entries;
    size_t count;
    bool good = true;
    int error_number = dir_list(ar->arena, ar->root, audience, &entries, &count);
    if (error_number != 0)
        return archive_os(ar, d, audience, error_number, "list this folder");
    for (size_t i = 0; i < count; i++)
        if (entries[i].is_folder && is_stranger(ar, audience, entries[i].name))
            good = archive_report(ar, d, CHANGED, archive_path(ar, audience, entries[i].name),
                                  "the ledger knows no such edition");
    return good;
}

static bool check_folders(const struct archive *ar, struct diags *d)
{
    struct dir_entry *entries;
    size_t count;
    bool good = true;
    int error_number = dir_list(ar->arena, ar->root, S(""), &entries, &count);
    if (error_number != 0)
        return archive_os(ar, d, S(""), error_number, "list this folder");
    for (size_t i = 0; i < count; i++)
        if (entries[i].is_folder && format_id(entries[i].name))
            good = check_strangers(ar, d, entries[i].name) && good;
    return good;
}

bool archive_check(struct archive *ar, struct diags *d)
{
    bool good = check_lines(ar, d);
    good = check_signatures(ar, d) && good;
    good = check_folders(ar, d) && good;
    for (size_t i = 0; good && i < ar->last.count; i++)
        good = check_whole(ar, d, ar->last.entries[i].key, ar->last.entries[i].value);
    return good;
}
