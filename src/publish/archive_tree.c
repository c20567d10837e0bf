/* publish/archive_tree: what lies in a folder of the archive, and whether it should. */
#include "publish/archive_int.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/path.h"

enum { MESSAGE_BYTES_MAX = 300 };

str archive_path(const struct archive *ar, str folder, str name)
{
    return path_join(ar->arena, folder, name);
}

static uint32_t source_at(const struct archive *ar, struct diags *d, str path)
{
    return diags_source(d, path_join(ar->arena, ar->folder, path), S(""));
}

bool archive_os(const struct archive *ar, struct diags *d, str path, int error_number,
                const char *doing)
{
    diag_os(d, path.n ? path_join(ar->arena, ar->folder, path) : ar->folder, error_number, doing);
    return false;
}

/* Whose fault a finding is decides the exit status. */
static bool is_of_machine(const struct rule *rule)
{
    return rule == PUBLISH_RULE(BUSY) || rule == PUBLISH_RULE(SPACE) ||
           rule == PUBLISH_RULE(WRITTEN);
}

bool archive_report(const struct archive *ar, struct diags *d, const struct rule *rule, str path,
                    const char *format, ...)
{
    char message[MESSAGE_BYTES_MAX];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    uint32_t file = path.n ? source_at(ar, d, path) : diags_source(d, ar->folder, S(""));
    diag(d, rule, (struct span){file, 0, 0}, "%s", message);
    if (is_of_machine(rule))
        diag_machine(d);
    return false;
}

static int path_order(const void *a, const void *b)
{
    return str_cmp(*(const str *)a, *(const str *)b);
}

/* Breadth first: the list of folders is the queue. */
int tree_list(struct arena *a, int root, str folder, struct tree *t)
{
    *t = (struct tree){0};
    PUSH(a, t->folders, t->folder_count, t->folder_cap, str) = S("");
    for (size_t next = 0; next < t->folder_count; next++) {
        struct dir_item *entries;
        size_t count;
        str below = t->folders[next];
        str full = below.n ? path_join(a, folder, below) : folder;
        int error_number = dir_list_all(a, root, full, &entries, &count);
        if (error_number != 0)
            return error_number;
        for (size_t i = 0; i < count; i++) {
            str path = path_join(a, below, entries[i].name);
            if (entries[i].kind == DIR_FOLDER)
                PUSH(a, t->folders, t->folder_count, t->folder_cap, str) = path;
            else
                PUSH(a, t->files, t->file_count, t->file_cap, str) = path;
        }
    }
    if (t->file_count != 0)
        qsort(t->files, t->file_count, sizeof *t->files, path_order);
    return 0;
}

bool archive_hash(const struct archive *ar, struct diags *d, const struct rule *rule, str path,
                  struct sha256 *hash)
{
    struct file_read r = file_hash(ar->root, path, hash);
    if (r.fault == FILE_OK)
        return true;
    if (r.fault == FILE_ERRNO)
        return archive_os(ar, d, path, r.error_number, "read this file");
    return archive_report(ar, d, rule, path, "this is no regular file, or changes meanwhile");
}

static bool file_is(const struct archive *ar, struct diags *d, const struct rule *rule, str path,
                    struct sha256 hash)
{
    struct sha256 got;
    if (!archive_hash(ar, d, rule, path, &got))
        return false;
    return hash_eq(got, hash) ||
           archive_report(ar, d, rule, path, "the bytes of this file are others");
}

/* The tree itself is below "". */
static bool holds_a_file(str folder, const struct made *files, size_t count)
{
    bool found = folder.n == 0;
    for (size_t i = 0; i < count && !found; i++)
        found = str_starts(files[i].path, folder) && files[i].path.p[folder.n] == '/';
    return found;
}

/* Walks both lists, which are sorted. */
bool tree_is(const struct archive *ar, struct diags *d, const struct rule *rule, str folder,
             const struct made *files, size_t count)
{
    struct tree t;
    bool good = true;
    int error_number = tree_list(ar->arena, ar->root, folder, &t);
    if (error_number != 0)
        return archive_os(ar, d, folder, error_number, "list this folder");
    for (size_t i = 0, j = 0; i < count || j < t.file_count;) {
        int order = i == count ? 1 : j == t.file_count ? -1 : str_cmp(files[i].path, t.files[j]);
        str path = archive_path(ar, folder, order <= 0 ? files[i].path : t.files[j]);
        if (order < 0)
            good = archive_report(ar, d, rule, path, "this file is missing");
        else if (order > 0)
            good = archive_report(ar, d, rule, path, "this file was added");
        else
            good = file_is(ar, d, rule, path, files[i].hash) && good;
        i += order <= 0;
        j += order >= 0;
    }
    for (size_t i = 0; i < t.folder_count; i++)
        if (!holds_a_file(t.folders[i], files, count))
            good = archive_report(ar, d, rule, archive_path(ar, folder, t.folders[i]),
                                  "this folder was added");
    return good;
}
