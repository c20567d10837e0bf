/* publish/archive_point: which edition is current, for readers.
 *
 * The pointers of the newest edition wait in to.new/<edition>/, with a list of
 * what they are. Each step first looks how far it got, so that after a kill at any
 * place the next run goes on from there. */
#include "publish/archive_int.h"

#include <errno.h>

#include "base/durable.h"
#include "base/file.h"
#include "base/path.h"

struct pointers {
    str audience, marker;
    struct made *files; /* as they shall be */
    size_t count;
    struct made *to; /* those below to/, without it */
    size_t to_count;
};

static bool read_list(const struct archive *ar, struct diags *d, struct pointers *p)
{
    str path = archive_path(ar, p->marker, S("SHA256SUMS"));
    struct file_read r = file_read(ar->arena, ar->root, path, SUMS_BYTES_MAX);
    if (r.fault == FILE_ERRNO)
        return archive_os(ar, d, path, r.error_number, "read this file");
    if (r.fault != FILE_OK || !manifest_read(ar->arena, r.text, &p->files, &p->count))
        return archive_report(ar, d, PUBLISH_RULE(UNFINISHED), p->marker,
                              "what waits here was changed");
    p->to = NEW_ARRAY(ar->arena, struct made, p->count + 1);
    for (size_t i = 0; i < p->count; i++) {
        if (!str_starts(p->files[i].path, S("to/")))
            continue;
        p->to[p->to_count] = p->files[i];
        p->to[p->to_count++].path = str_skip(p->files[i].path, 3);
    }
    return true;
}

enum answer { NO, YES, FAILED };

/* Asks without a report, unless the machine gives no answer. */
static enum answer is_to(const struct archive *ar, struct diags *d, const struct pointers *p,
                         str folder)
{
    struct diags *unheard = diags_new(ar->arena);
    struct dir_entry *entries;
    size_t count;
    if (dir_list(ar->arena, ar->root, folder, &entries, &count) == ENOENT)
        return NO;
    if (tree_is(ar, unheard, PUBLISH_RULE(UNFINISHED), folder, p->to, p->to_count))
        return YES;
    if (!diags_machine_failed(unheard))
        return NO;
    struct buf heard = buf_in(ar->arena, 256);
    diags_pack(unheard, &heard);
    diags_unpack(d, buf_str(&heard));
    return FAILED;
}

/* A swap leaves the old folder under the name of the new one, so the names alone
 * don't tell whether it was done. */
static bool place_to(const struct archive *ar, struct diags *d, const struct pointers *p)
{
    if (p->to_count == 0)
        return true;
    str staged = archive_path(ar, p->marker, S("to"));
    str placed = archive_path(ar, p->audience, S("to"));
    enum answer waits = is_to(ar, d, p, staged);
    enum answer done = waits == NO ? is_to(ar, d, p, placed) : NO;
    if (waits == FAILED || done == FAILED)
        return false;
    if (waits == NO)
        return done == YES || archive_report(ar, d, PUBLISH_RULE(UNFINISHED), p->marker,
                                             "what waits here was changed");
    int error_number = file_swap(ar->root, staged, placed);
    if (error_number == 0)
        error_number = dir_sync(ar->root, p->marker);
    return error_number == 0 || archive_os(ar, d, placed, error_number, "put this in place");
}

/* Absent: not given, or already in place, which is looked at in the end. */
static bool place_file(const struct archive *ar, struct diags *d, const struct pointers *p,
                       str name)
{
    str placed = archive_path(ar, p->audience, name);
    int error_number = file_move_over(ar->root, archive_path(ar, p->marker, name), placed);
    if (error_number == ENOENT)
        error_number = 0;
    if (error_number == 0)
        error_number = dir_sync(ar->root, p->audience);
    return error_number == 0 || archive_os(ar, d, placed, error_number, "put this in place");
}

static bool is_placed(const struct archive *ar, struct diags *d, const struct pointers *p)
{
    const struct rule *rule = PUBLISH_RULE(WRITTEN);
    if (p->to_count != 0 &&
        !tree_is(ar, d, rule, archive_path(ar, p->audience, S("to")), p->to, p->to_count))
        return false;
    for (size_t i = 0; i < p->count; i++) {
        struct sha256 hash;
        if (str_starts(p->files[i].path, S("to/")))
            continue;
        str path = archive_path(ar, p->audience, p->files[i].path);
        if (!archive_hash(ar, d, rule, path, &hash))
            return false;
        if (!hash_eq(hash, p->files[i].hash))
            return archive_report(ar, d, rule, path, "the bytes of this file are others");
    }
    return true;
}

/* Under another name first: half a marker would look like work to be finished. */
static bool drop_marker(const struct archive *ar, struct diags *d, const struct pointers *p)
{
    str folder = path_folder(p->marker);
    str rubbish = str_fmt(ar->arena, STR_FMT ".new", STR_ARG(p->marker));
    int error_number = file_move(ar->root, p->marker, rubbish);
    if (error_number == 0)
        error_number = dir_remove_tree(ar->root, folder);
    if (error_number == 0)
        error_number = dir_sync(ar->root, p->audience);
    return error_number == 0 || archive_os(ar, d, folder, error_number, "remove this folder");
}

static bool find_waiting(const struct archive *ar, struct diags *d, struct pointers **all,
                         size_t *count)
{
    const struct ledger_line *l = archive_newest(ar);
    size_t cap = 0;
    *all = NULL;
    *count = 0;
    for (size_t i = 0; l != NULL && i < l->edition_count; i++) {
        struct dir_entry *entries;
        size_t entry_count;
        str audience = l->editions[i].audience;
        str marker =
            str_fmt(ar->arena, STR_FMT "/to.new/" STR_FMT, STR_ARG(audience), STR_ARG(l->edition));
        int error_number = dir_list(ar->arena, ar->root, marker, &entries, &entry_count);
        if (error_number == ENOENT)
            continue;
        if (error_number != 0)
            return archive_os(ar, d, marker, error_number, "list this folder");
        PUSH(ar->arena, *all, *count, cap, struct pointers) =
            (struct pointers){.audience = audience, .marker = marker};
    }
    return true;
}

bool archive_point(struct archive *ar, struct diags *d)
{
    size_t count;
    struct pointers *all;
    if (!find_waiting(ar, d, &all, &count))
        return false;
    if (count == 0)
        return true;
    int error_number = dir_sync(ar->root, S("")); /* the ledger first, whoever wrote it */
    bool good = error_number == 0 || archive_os(ar, d, S(""), error_number, "sync this folder");
    for (size_t i = 0; good && i < count; i++)
        good = read_list(ar, d, &all[i]) && place_to(ar, d, &all[i]) &&
               place_file(ar, d, &all[i], S("current.css"));
    for (size_t i = 0; good && i < count; i++)
        good = place_file(ar, d, &all[i], S("index.html"));
    for (size_t i = 0; good && i < count; i++)
        good = is_placed(ar, d, &all[i]);
    for (size_t i = 0; good && i < count; i++)
        good = drop_marker(ar, d, &all[i]);
    return good;
}
