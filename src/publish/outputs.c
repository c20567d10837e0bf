/* publish/outputs: what was made, on its way to the disk: the one door. */
#define _GNU_SOURCE /* linkat with folders held open */
#include "publish/outputs.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "publish/pdf_hole.h"

#include "base/durable.h"
#include "base/file.h"
#include "base/map.h"
#include "base/path.h"
#include "verify/format.h"

enum {
    OUTPUT_PATH_BYTES_MAX = 100, /* what FAT sticks and old Windows take */
    PDF_BYTES_MAX = 512 * 1024 * 1024,
};

struct outputs {
    struct arena *arena;
    str folder; /* as the user named it: for messages */
    str tree;
    str fresh; /* tree + ".new" */
    int root;  /* folder */
    int fresh_root;
    int old_root;    /* -1: there is none */
    struct map made; /* folders known to exist in the new tree */
    bool is_durable, resigns;
    unsigned mode;
    int list; /* of a durable tree, else -1: what was put */
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

static struct outputs *outputs_new(struct arena *a, const char *folder, str tree, str fresh)
{
    struct outputs *o = NEW(a, struct outputs);
    *o = (struct outputs){.arena = a,
                          .folder = str_from(folder),
                          .tree = tree,
                          .fresh = fresh,
                          .root = -1,
                          .fresh_root = -1,
                          .old_root = -1,
                          .list = -1,
                          .made = map_in(a)};
    return o;
}

struct outputs *outputs_open(struct arena *a, struct diags *d, const char *folder, str tree)
{
    struct outputs *o = outputs_new(a, folder, tree, str_fmt(a, STR_FMT ".new", STR_ARG(tree)));
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

struct outputs *outputs_open_durable(struct arena *a, struct diags *d, const char *folder,
                                     const struct outputs_durable *how)
{
    struct outputs *o = outputs_new(a, folder, how->before, how->tree);
    o->is_durable = true;
    o->resigns = how->resigns;
    o->mode = how->mode;
    int error_number = dir_open(folder, &o->root);
    if (error_number == 0)
        error_number = made_open(&o->list);
    if (error_number == 0)
        error_number = dir_make(o->root, path_folder(how->tree));
    if (error_number == 0 && mkdirat(o->root, str_c(a, how->tree), 0777) != 0)
        error_number = errno;
    if (error_number == 0 && (o->fresh_root = open_folder(o->root, o->fresh, a)) < 0)
        error_number = errno;
    if (error_number == 0 && how->before.n != 0 &&
        (o->old_root = open_folder(o->root, how->before, a)) < 0)
        error_number = errno;
    if (error_number == 0)
        return o;
    refuse(d, o->folder, o->fresh, error_number, "make the output folder");
    outputs_close(o);
    return NULL;
}

/* Most outputs of a rebuild equal the ones before: linking costs no block. */
static bool link_equal(const struct outputs *o, const char *name, str path, str data)
{
    return o->old_root >= 0 && file_equals(o->old_root, path, data) &&
           linkat(o->old_root, name, o->fresh_root, name, 0) == 0;
}

/* The hash is of the bytes in memory: the disk is asked later. */
static int put_whole(struct outputs *o, const char *name, str path, str data)
{
    struct made m = {path, sha256_of(data), data.n, false};
    m.is_kept = link_equal(o, name, path, data);
    int error_number = m.is_kept ? 0 : file_create_mode(o->fresh_root, path, data, o->mode);
    return error_number ? error_number : made_add(o->list, &m);
}

/* A signature costs time and a key; when the old one covers the same bytes it is kept. */
static int put_pdf(struct outputs *o, const char *name, str path, str data)
{
    struct arena *scratch = arena_new("old PDF", (size_t)PDF_BYTES_MAX + 4096);
    struct made m = {path, sha256_of(data), data.n, false};
    struct file_read old = {.fault = FILE_KIND};
    if (o->old_root >= 0 && !o->resigns)
        old = file_read(scratch, o->old_root, path, PDF_BYTES_MAX);
    if (old.fault == FILE_OK && pdf_hole_same_outside(old.text, data))
        m.is_kept = linkat(o->old_root, name, o->fresh_root, name, 0) == 0;
    if (m.is_kept)
        m.hash = sha256_of(old.text);
    arena_free(scratch);
    int error_number = m.is_kept ? 0 : file_create_mode(o->fresh_root, path, data, o->mode);
    return error_number ? error_number : made_add(o->list, &m);
}

static int put_durable(struct outputs *o, const char *name, str path, str data)
{
    bool is_sealed = format_is_sealed(path);
    return is_sealed ? put_pdf(o, name, path, data) : put_whole(o, name, path, data);
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
    int error_number = 0;
    if (o->is_durable)
        error_number = put_durable(o, name, path, data);
    else if (!link_equal(o, name, path, data))
        error_number = file_create(o->fresh_root, path, data);
    return error_number == 0 || refuse(d, o->folder, path, error_number, "write this file");
}

static void close_all(struct outputs *o)
{
    const int open[] = {o->fresh_root, o->old_root, o->root, o->list};
    for (size_t i = 0; i < COUNT_OF(open); i++)
        if (open[i] >= 0)
            close(open[i]);
}

bool outputs_made(struct outputs *o, struct diags *d, struct made **all, size_t *count)
{
    int error_number = made_read(o->arena, o->list, all, count);
    return error_number == 0 ||
           refuse(d, o->folder, o->fresh, error_number, "list what was written");
}

void outputs_close(struct outputs *o)
{
    close_all(o);
}

bool outputs_commit(struct outputs *o, struct diags *d)
{
    assert(!o->is_durable);
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
