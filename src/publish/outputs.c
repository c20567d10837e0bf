/* publish/outputs: what was made, on its way to the disk. */
#define _GNU_SOURCE /* linkat with folders held open */
#include "publish/outputs.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/map.h"
#include "base/path.h"

enum { OUTPUT_PATH_BYTES_MAX = 100 }; /* what FAT sticks and old Windows take */

struct outputs {
    struct arena *arena;
    str folder; /* as the user named it: for messages */
    str tree;
    str fresh; /* tree + ".new" */
    int root;  /* folder */
    int fresh_root;
    int old_root;    /* -1: there is none */
    struct map made; /* folders known to exist in the new tree */
};

/* Lower-case ASCII, no leading dot anywhere, no tricks: what every stick stores. */
static bool is_output_path(str path)
{
    if (path.n == 0 || path.n > OUTPUT_PATH_BYTES_MAX || path.p[0] == '/')
        return false;
    for (size_t i = 0; i < path.n; i++) {
        char c = path.p[i], before = i ? path.p[i - 1] : '/';
        bool plain = ascii_is_digit(c) || (c >= 'a' && c <= 'z') ||
                     (before != '/' && (c == '-' || c == '.' || c == '_'));
        if (!plain && !(c == '/' && before != '/'))
            return false;
    }
    return path.p[path.n - 1] != '/';
}

static int open_folder(int root, str path, struct arena *a)
{
    return openat(root, str_c(a, path), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
}

static bool refuse(struct diags *d, str folder, str path, int error_number, const char *doing)
{
    struct arena *scratch = arena_new("message", 1 << 20);
    diag_os(d, path_join(scratch, folder, path), error_number, doing);
    arena_free(scratch);
    return false;
}

struct outputs *outputs_open(struct arena *a, struct diags *d, const char *folder, str tree)
{
    struct outputs *o = NEW(a, struct outputs);
    *o = (struct outputs){.arena = a,
                          .folder = str_from(folder),
                          .tree = tree,
                          .fresh = str_fmt(a, STR_FMT ".new", STR_ARG(tree)),
                          .root = -1,
                          .fresh_root = -1,
                          .old_root = -1,
                          .made = map_in(a)};
    int error_number = dir_make(AT_FDCWD, o->folder);
    if (error_number == 0)
        error_number = dir_open(folder, &o->root);
    if (error_number == 0)
        error_number = dir_remove_tree(o->root, o->fresh);
    if (error_number == 0) /* of a crash where folders cannot be swapped in one step */
        error_number = dir_remove_tree(o->root, str_fmt(a, STR_FMT ".old", STR_ARG(o->fresh)));
    if (error_number == 0)
        error_number = dir_make(o->root, o->fresh);
    if (error_number == 0 && (o->fresh_root = open_folder(o->root, o->fresh, a)) < 0)
        error_number = errno;
    if (error_number != 0) {
        refuse(d, o->folder, o->fresh, error_number, "make the output folder");
        return NULL;
    }
    o->old_root = open_folder(o->root, tree, a);
    return o;
}

/* Most outputs of a rebuild equal the ones before: linking costs no block. */
static bool link_equal(const struct outputs *o, const char *path, str name, str data)
{
    return o->old_root >= 0 && file_equals(o->old_root, name, data) &&
           linkat(o->old_root, path, o->fresh_root, path, 0) == 0;
}

bool outputs_put(struct outputs *o, struct diags *d, str path, str data)
{
    assert(is_output_path(path));
    char name[OUTPUT_PATH_BYTES_MAX + 1] = {0};
    for (size_t i = 0; i < path.n; i++)
        name[i] = path.p[i];
    str folder = path_folder(path);
    if (folder.n != 0 && map_find(&o->made, folder) == NULL) {
        int error_number = dir_make(o->fresh_root, folder);
        if (error_number != 0)
            return refuse(d, o->folder, path, error_number, "make its folder");
        map_put(&o->made, str_dup(o->arena, folder), o);
    }
    if (link_equal(o, name, path, data))
        return true;
    int error_number = file_create(o->fresh_root, path, data);
    return error_number == 0 || refuse(d, o->folder, path, error_number, "write this file");
}

static void close_all(struct outputs *o)
{
    close(o->fresh_root);
    if (o->old_root >= 0)
        close(o->old_root);
    close(o->root);
}

bool outputs_commit(struct outputs *o, struct diags *d)
{
    int error_number = file_swap(o->root, o->fresh, o->tree);
    if (error_number != 0)
        refuse(d, o->folder, o->tree, error_number, "put the new output in place");
    /* After the swap the old tree has the name of the new one. */
    int removed = dir_remove_tree(o->root, o->fresh);
    if (error_number == 0 && removed != 0)
        refuse(d, o->folder, o->fresh, removed, "remove the output before this one");
    close_all(o);
    return error_number == 0;
}

void outputs_abandon(struct outputs *o)
{
    dir_remove_tree(o->root, o->fresh);
    close_all(o);
}
