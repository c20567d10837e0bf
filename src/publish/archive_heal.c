/* publish/archive_heal: what a publish left behind that did not come to its end.
 *
 * Only what is provably a publisher's is touched. The proof is the marker, to.new/<edition>/
 * of an audience: it is on the disk before anything else of that edition is, and goes
 * last. It covers what is staged under a name that no edition may have, and an edition folder
 * that was moved to its place but carries a number that the ledger has not reached. */
#include "publish/archive_int.h"

#include <errno.h>

#include "base/durable.h"
#include "base/file.h"
#include "base/path.h"

static bool list(const struct archive *ar, struct diags *d, str folder, struct dir_entry **entries,
                 size_t *count)
{
    int error_number = dir_list(ar->arena, ar->root, folder, entries, count);
    if (error_number == ENOENT || error_number == ENOTDIR)
        error_number = 0;
    return error_number == 0 || archive_os(ar, d, folder, error_number, "list this folder");
}

static bool drop(const struct archive *ar, struct diags *d, str path)
{
    int error_number = dir_remove_tree(ar->root, path);
    return error_number == 0 ||
           archive_os(ar, d, path, error_number, "remove what an interrupted publish left");
}

/* Committed, and its pointers may wait to be put in place. */
static bool is_newest(const struct archive *ar, str audience, str edition)
{
    const struct ledger_line *l = archive_newest(ar);
    return l != NULL && str_eq(l->edition, edition) && ledger_find(l, audience) != NULL;
}

/* False after a report: what cannot be read is not judged. */
static bool find_uncommitted(const struct archive *ar, struct diags *d, str audience, str edition,
                             bool *found)
{
    str path = archive_path(ar, archive_path(ar, audience, edition), S("edition.json"));
    struct file_read r = file_read(ar->arena, ar->root, path, EDITION_BYTES_MAX);
    struct edition_record e;
    struct format_fault fault;
    *found = r.fault == FILE_OK && edition_read(ar->arena, r.text, &e, &fault) &&
             str_eq(e.edition, edition) && str_eq(e.audience, audience) &&
             e.number == ar->ledger.count + 1;
    if (r.fault == FILE_ERRNO && r.error_number != ENOENT && r.error_number != ENOTDIR)
        return archive_os(ar, d, path, r.error_number, "read this file");
    return true;
}

/* Back to the name of what is staged: from there on it needs no proof. */
static bool unmove(const struct archive *ar, struct diags *d, str audience, str edition)
{
    bool found;
    if (!find_uncommitted(ar, d, audience, edition, &found))
        return false;
    if (!found)
        return true;
    str folder = archive_path(ar, audience, edition);
    int error_number =
        file_move(ar->root, folder, str_fmt(ar->arena, STR_FMT ".new", STR_ARG(folder)));
    if (error_number == 0)
        error_number = dir_sync(ar->root, audience);
    return error_number == 0 ||
           archive_os(ar, d, folder, error_number, "take back what was not published");
}

static bool drop_staged(const struct archive *ar, struct diags *d, str audience, str edition)
{
    if (!format_id(edition)) /* a marker that was finished, and is about to go */
        return true;
    if (!unmove(ar, d, audience, edition) ||
        !drop(ar, d,
              str_fmt(ar->arena, STR_FMT "/" STR_FMT ".new", STR_ARG(audience), STR_ARG(edition))))
        return false;
    int error_number = dir_sync(ar->root, audience);
    return error_number == 0 || archive_os(ar, d, audience, error_number, "sync this folder");
}

static bool heal_markers(const struct archive *ar, struct diags *d, str audience)
{
    struct dir_entry *entries;
    size_t count, kept = 0;
    str folder = archive_path(ar, audience, S("to.new"));
    if (!list(ar, d, folder, &entries, &count))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (is_newest(ar, audience, entries[i].name))
            kept++;
        else if (!drop_staged(ar, d, audience, entries[i].name))
            return false;
    }
    return kept != 0 || drop(ar, d, folder);
}

static bool find_marker(const struct archive *ar, struct diags *d, str audience, bool *found)
{
    struct dir_entry *entries;
    size_t count;
    if (!list(ar, d, archive_path(ar, audience, S("to.new")), &entries, &count))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!is_newest(ar, audience, entries[i].name) && format_id(entries[i].name))
            *found = true;
    return true;
}

/* The signature of a line that never came; before the markers, which prove it. */
static bool heal_ledger(const struct archive *ar, struct diags *d, bool has_marker)
{
    struct dir_entry *entries;
    size_t count, dropped = 0;
    str next = str_fmt(ar->arena, "%zu.p7s", ar->ledger.count + 1);
    bool good = drop(ar, d, S("ledger.jsonl.new")) && list(ar, d, S("ledger"), &entries, &count);
    for (size_t i = 0; good && i < count; i++) {
        str name = entries[i].name;
        if (!str_ends(name, S(".new")) && !(has_marker && str_eq(name, next)))
            continue;
        good = drop(ar, d, archive_path(ar, S("ledger"), name));
        dropped++;
    }
    int error_number = good && dropped != 0 ? dir_sync(ar->root, S("ledger")) : 0;
    return error_number == 0 ? good
                             : archive_os(ar, d, S("ledger"), error_number, "sync this folder");
}

bool archive_heal(struct archive *ar, struct diags *d)
{
    struct dir_entry *entries;
    size_t count;
    bool has_marker = false, good = list(ar, d, S(""), &entries, &count);
    for (size_t i = 0; good && i < count; i++)
        if (entries[i].is_folder && format_id(entries[i].name))
            good = find_marker(ar, d, entries[i].name, &has_marker);
    good = good && heal_ledger(ar, d, has_marker);
    for (size_t i = 0; good && i < count; i++)
        if (entries[i].is_folder && format_id(entries[i].name))
            good = heal_markers(ar, d, entries[i].name);
    return good && archive_point(ar, d);
}
