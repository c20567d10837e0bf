/* publish/archive_heal: what a publish left behind that did not come to its end.
 *
 * Only what is provably a publisher's is touched: names that end in ".new", which no
 * edition may have; and an edition folder that has its marker in to.new/, carries the
 * number that the ledger has not reached, and so was moved but never committed. */
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

static bool is_uncommitted(const struct archive *ar, str audience, str edition)
{
    str folder = archive_path(ar, audience, edition);
    struct file_read r = file_read(ar->arena, ar->root, archive_path(ar, folder, S("edition.json")),
                                   EDITION_BYTES_MAX);
    struct edition_record e;
    struct format_fault fault;
    return r.fault == FILE_OK && edition_read(ar->arena, r.text, &e, &fault) &&
           str_eq(e.edition, edition) && str_eq(e.audience, audience) &&
           e.number == ar->ledger.count + 1;
}

/* Back to the name of what is staged: from there on it needs no proof. */
static bool unmove(const struct archive *ar, struct diags *d, str audience, str edition)
{
    if (!is_uncommitted(ar, audience, edition))
        return true;
    str folder = archive_path(ar, audience, edition);
    int error_number =
        file_move(ar->root, folder, str_fmt(ar->arena, STR_FMT ".new", STR_ARG(folder)));
    if (error_number == 0)
        error_number = dir_sync(ar->root, audience);
    return error_number == 0 ||
           archive_os(ar, d, folder, error_number, "take back what was not published");
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
        else if (!unmove(ar, d, audience, entries[i].name))
            return false;
    }
    return kept != 0 || drop(ar, d, folder);
}

static bool heal_staged(const struct archive *ar, struct diags *d, str audience)
{
    struct dir_entry *entries;
    size_t count;
    bool good = list(ar, d, audience, &entries, &count);
    for (size_t i = 0; good && i < count; i++) {
        str name = entries[i].name;
        bool staged = entries[i].is_folder && str_ends(name, S(".new")) &&
                      format_id(str_from_to(name, 0, name.n - 4));
        if (staged)
            good = drop(ar, d, archive_path(ar, audience, name));
    }
    return good;
}

static bool has_uncommitted(const struct archive *ar, str audience)
{
    struct dir_entry *entries;
    size_t count;
    dir_list(ar->arena, ar->root, archive_path(ar, audience, S("to.new")), &entries, &count);
    for (size_t i = 0; i < count; i++)
        if (!is_newest(ar, audience, entries[i].name) && format_id(entries[i].name))
            return true;
    return false;
}

/* The signature of a line that never came; before the markers, which prove it. */
static bool heal_ledger(const struct archive *ar, struct diags *d, bool has_marker)
{
    struct dir_entry *entries;
    size_t count;
    str next = str_fmt(ar->arena, "%zu.p7s", ar->ledger.count + 1);
    bool good = drop(ar, d, S("ledger.jsonl.new")) && list(ar, d, S("ledger"), &entries, &count);
    for (size_t i = 0; good && i < count; i++) {
        str name = entries[i].name;
        if (str_ends(name, S(".new")) || (has_marker && str_eq(name, next)))
            good = drop(ar, d, archive_path(ar, S("ledger"), name));
    }
    return good;
}

bool archive_heal(struct archive *ar, struct diags *d)
{
    struct dir_entry *entries;
    size_t count;
    bool has_marker = false;
    if (!list(ar, d, S(""), &entries, &count))
        return false;
    for (size_t i = 0; i < count; i++)
        if (entries[i].is_folder && format_id(entries[i].name))
            has_marker = has_marker || has_uncommitted(ar, entries[i].name);
    bool good = heal_ledger(ar, d, has_marker);
    for (size_t i = 0; good && i < count; i++)
        if (entries[i].is_folder && format_id(entries[i].name))
            good = heal_markers(ar, d, entries[i].name) && heal_staged(ar, d, entries[i].name);
    return good && archive_point(ar, d);
}
