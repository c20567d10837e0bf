/* cli/serve_watch: notices that the content changed, by inotify. */
#include "cli/serve_int.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/path.h"
#include "load/load.h"

enum {
    SCRATCH_BYTES_MAX = 64 * 1024 * 1024,
    FOLDERS_MAX = 20 * 1000,
    WANTED = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_ATTRIB |
             IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR | IN_DONT_FOLLOW | IN_EXCL_UNLINK,
};

int watch_open(struct watch *w, const char *content)
{
    *w = (struct watch){.path = content, .scratch = arena_new("watching", SCRATCH_BYTES_MAX)};
    w->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    return w->fd < 0 ? errno : 0;
}

struct watching {
    size_t count; /* of folders */
    int refused;  /* errno of the last that could not be watched; 0: none */
};

/* A folder that is watched already keeps its watch: the kernel knows it by its inode. A new one
 * is watched before it is listed, so that nothing put into it meanwhile is missed. */
static void watch_folder(struct watch *w, str folder, int depth, struct watching *x)
{
    struct dir_entry *entries;
    size_t entry_count;
    if (depth > LOAD_FOLDER_DEPTH_MAX + 1)
        return;
    if (++x->count > FOLDERS_MAX) {
        x->refused = ENOSPC;
        return;
    }
    if (inotify_add_watch(w->fd, str_c(w->scratch, folder), WANTED) < 0 && errno != ENOENT &&
        errno != ENOTDIR && errno != ELOOP)
        x->refused = errno;
    int root;
    if (dir_open(str_c(w->scratch, folder), &root) != 0)
        return;
    if (dir_list(w->scratch, root, S(""), &entries, &entry_count) != 0)
        entry_count = 0;
    close(root);
    for (size_t i = 0; i < entry_count; i++)
        if (entries[i].is_folder)
            watch_folder(w, path_join(w->scratch, folder, entries[i].name), depth + 1, x);
}

static void remember(struct watch *w)
{
    struct stat st;
    bool is_there = stat(w->path, &st) == 0;
    w->device = is_there ? st.st_dev : 0;
    w->inode = is_there ? st.st_ino : 0;
}

void watch_all(struct watch *w)
{
    struct watching x = {0};
    remember(w);
    watch_folder(w, str_from(w->path), 0, &x);
    arena_reset(w->scratch);
    if (x.refused != 0 && !w->is_blind)
        fprintf(stderr,
                "continuo serve: not every folder can be watched (%s): what is saved in the others "
                "is seen with the next change that is\n",
                strerror(x.refused));
    w->is_blind = x.refused != 0;
}

/* Editors keep their own files beside ours; nothing reads those. */
static bool is_of_editor(const struct inotify_event *e)
{
    size_t n = e->len != 0 ? str_from(e->name).n : 0;
    return n != 0 && (e->name[0] == '.' || e->name[n - 1] == '~');
}

bool watch_read(struct watch *w)
{
    _Alignas(struct inotify_event) char events[16 * (sizeof(struct inotify_event) + NAME_MAX + 1)];
    bool has_changed = false;
    ssize_t n;
    while ((n = read(w->fd, events, sizeof events)) > 0)
        for (ssize_t at = 0; at < n;) {
            const struct inotify_event *e = (const void *)(events + at);
            has_changed |= (e->mask & IN_IGNORED) == 0 && !is_of_editor(e);
            at += (ssize_t)(sizeof *e + e->len);
        }
    return has_changed;
}

bool watch_has_moved(struct watch *w)
{
    dev_t device = w->device;
    ino_t inode = w->inode;
    remember(w);
    return device != w->device || inode != w->inode;
}

void watch_close(struct watch *w)
{
    close(w->fd);
    arena_free(w->scratch);
}
