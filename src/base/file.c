/* base/file: bytes from and to the disk. */
#define _GNU_SOURCE /* openat2, renameat2: the only ways to refuse links and to swap */
#include "base/file.h"
#include "base/file_int.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/path.h"

enum { PATH_BYTES_MAX = FILE_PATH_BYTES_MAX, TREE_DEPTH_MAX = 64 };

const char *file_c_path(str path, char copy[PATH_BYTES_MAX])
{
    if (path.n == 0)
        return ".";
    if (path.n >= PATH_BYTES_MAX || memchr(path.p, 0, path.n) != NULL)
        return NULL;
    memcpy(copy, path.p, path.n);
    copy[path.n] = 0;
    return copy;
}

int file_open_beneath(int root, const char *path, int flags)
{
    struct open_how how = {
        .flags = (unsigned)(flags | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW),
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
    };
    int fd; /* signals may interrupt opening on network file systems */
    do
        fd = (int)syscall(SYS_openat2, root, path, &how, sizeof how);
    while (fd < 0 && errno == EINTR);
    return fd;
}

static bool same_state(const struct stat *a, const struct stat *b)
{
    return a->st_size == b->st_size && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
           a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

static struct file_read failed(int error_number)
{
    struct file_read r = {.fault = FILE_ERRNO, .error_number = error_number};
    if (error_number == ELOOP || error_number == EXDEV) /* a link, or a way out of the root */
        r.fault = FILE_LINK;
    if (error_number == ENXIO) /* a socket cannot even be opened */
        r.fault = FILE_KIND;
    return r;
}

static struct file_read read_open(struct arena *a, int fd, size_t size_bytes_max)
{
    struct stat before, after;
    if (fstat(fd, &before) != 0)
        return failed(errno);
    if (!S_ISREG(before.st_mode))
        return (struct file_read){.fault = FILE_KIND};
    struct file_read r = {.size_bytes = (uint64_t)before.st_size};
    if (r.size_bytes > size_bytes_max) {
        r.fault = FILE_TOO_LARGE;
        return r;
    }
    size_t size = (size_t)before.st_size, got = 0;
    char *text = NEW_ARRAY(a, char, size + 1);
    while (got < size) {
        ssize_t n = read(fd, text + got, size - got);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return failed(errno);
        if (n == 0)
            break;
        got += (size_t)n;
    }
    if (fstat(fd, &after) != 0)
        return failed(errno);
    if (got != size || !same_state(&before, &after))
        r.fault = FILE_CHANGED;
    r.text = (str){text, got};
    return r;
}

struct file_read file_read(struct arena *a, int root, str path, size_t size_bytes_max)
{
    char copy[PATH_BYTES_MAX];
    const char *name = file_c_path(path, copy);
    if (name == NULL)
        return failed(ENAMETOOLONG);
    int fd = file_open_beneath(root, name, O_RDONLY);
    if (fd < 0)
        return failed(errno);
    struct file_read r = read_open(a, fd, size_bytes_max);
    close(fd);
    return r;
}

struct file_read file_read_any(struct arena *a, const char *path, size_t size_bytes_max)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return failed(errno);
    struct file_read r = read_open(a, fd, size_bytes_max);
    close(fd);
    return r;
}

enum { HASH_BLOCK_BYTES = 256 * 1024 };

static struct file_read hash_open(int fd, struct sha256 *hash)
{
    static char block[HASH_BLOCK_BYTES]; /* too large for a stack, used by one at a time */
    struct stat before, after;
    if (fstat(fd, &before) != 0)
        return failed(errno);
    if (!S_ISREG(before.st_mode))
        return (struct file_read){.fault = FILE_KIND};
    struct file_read r = {.size_bytes = 0};
    struct sha256_run run = sha256_begin();
    ssize_t n;
    while ((n = read(fd, block, sizeof block)) > 0 || (n < 0 && errno == EINTR)) {
        if (n > 0)
            sha256_add(&run, (str){block, (size_t)n});
        r.size_bytes += n > 0 ? (uint64_t)n : 0;
    }
    int error_number = errno;
    *hash = sha256_end(&run);
    if (n < 0)
        return failed(error_number);
    if (fstat(fd, &after) != 0)
        return failed(errno);
    if (r.size_bytes != (uint64_t)before.st_size || !same_state(&before, &after))
        r.fault = FILE_CHANGED;
    return r;
}

struct file_read file_hash(int root, str path, struct sha256 *hash)
{
    char copy[PATH_BYTES_MAX];
    const char *name = file_c_path(path, copy);
    if (name == NULL)
        return failed(ENAMETOOLONG);
    int fd = file_open_beneath(root, name, O_RDONLY);
    if (fd < 0)
        return failed(errno);
    struct file_read r = hash_open(fd, hash);
    close(fd);
    return r;
}

static enum dir_kind kind_of(int dir, const struct dirent *e)
{
    struct stat st;
    if (e->d_type == DT_DIR || e->d_type == DT_REG || e->d_type == DT_LNK)
        return e->d_type == DT_DIR ? DIR_FOLDER : e->d_type == DT_REG ? DIR_FILE : DIR_LINK;
    if (e->d_type != DT_UNKNOWN || fstatat(dir, e->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0)
        return DIR_OTHER;
    return S_ISDIR(st.st_mode)   ? DIR_FOLDER
           : S_ISREG(st.st_mode) ? DIR_FILE
           : S_ISLNK(st.st_mode) ? DIR_LINK
                                 : DIR_OTHER;
}

static int item_order(const void *a, const void *b)
{
    return str_cmp(((const struct dir_item *)a)->name, ((const struct dir_item *)b)->name);
}

int dir_list_all(struct arena *a, int root, str path, struct dir_item **items, size_t *count)
{
    char copy[PATH_BYTES_MAX];
    const char *name = file_c_path(path, copy);
    *items = NULL;
    *count = 0;
    int fd = name ? file_open_beneath(root, name, O_RDONLY | O_DIRECTORY) : -1;
    if (fd < 0)
        return name ? errno : ENAMETOOLONG;
    DIR *dir = fdopendir(fd);
    if (dir == NULL) {
        int error_number = errno;
        close(fd);
        return error_number;
    }
    size_t cap = 0;
    const struct dirent *e;
    /* Only an errno that readdir itself sets is an error of the listing. */
    while (errno = 0, (e = readdir(dir)) != NULL) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        struct dir_item item = {str_dup(a, str_from(e->d_name)), kind_of(fd, e)};
        PUSH(a, *items, *count, cap, struct dir_item) = item;
    }
    int error_number = errno;
    closedir(dir);
    if (*count != 0)
        qsort(*items, *count, sizeof **items, item_order);
    return error_number;
}

int dir_list(struct arena *a, int root, str path, struct dir_entry **entries, size_t *count)
{
    struct dir_item *items;
    size_t item_count;
    int error_number = dir_list_all(a, root, path, &items, &item_count);
    *entries = NEW_ARRAY(a, struct dir_entry, item_count + 1);
    *count = 0;
    for (size_t i = 0; i < item_count; i++)
        if (items[i].name.p[0] != '.')
            (*entries)[(*count)++] = (struct dir_entry){items[i].name, items[i].kind == DIR_FOLDER};
    return error_number;
}

int dir_open(const char *path, int *fd)
{
    *fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return *fd < 0 ? errno : 0;
}

int dir_make(int root, str path)
{
    char copy[PATH_BYTES_MAX];
    if (path.n == 0)
        return 0;
    if (file_c_path(path, copy) == NULL)
        return ENAMETOOLONG;
    for (size_t i = 1; i <= path.n; i++) {
        if (i < path.n && path.p[i] != '/')
            continue;
        copy[i] = 0;
        if (mkdirat(root, copy, 0777) != 0 && errno != EEXIST)
            return errno;
        copy[i] = i < path.n ? '/' : 0;
    }
    struct stat st;
    if (fstatat(root, copy, &st, 0) != 0)
        return errno;
    return S_ISDIR(st.st_mode) ? 0 : ENOTDIR;
}

static int remove_below(int folder, const char *name, int depth);

static int remove_entries(int fd, int depth)
{
    DIR *dir = fdopendir(fd);
    int error_number = dir ? 0 : errno;
    if (dir == NULL) {
        close(fd);
        return error_number;
    }
    const struct dirent *e;
    while (error_number == 0 && (e = readdir(dir)) != NULL)
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            error_number = remove_below(dirfd(dir), e->d_name, depth + 1);
    closedir(dir);
    return error_number;
}

static int remove_below(int folder, const char *name, int depth)
{
    if (unlinkat(folder, name, 0) == 0 || errno == ENOENT)
        return 0;
    struct stat st;
    if (errno == EROFS) /* comes before the question whether the name is there */
        return fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) != 0 && errno == ENOENT ? 0 : EROFS;
    if (errno != EISDIR && errno != EPERM)
        return errno;
    if (depth > TREE_DEPTH_MAX)
        return ENAMETOOLONG;
    int fd = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return errno;
    int error_number = remove_entries(fd, depth);
    if (error_number != 0)
        return error_number;
    return unlinkat(folder, name, AT_REMOVEDIR) == 0 ? 0 : errno;
}

int dir_remove_tree(int root, str path)
{
    char folder[PATH_BYTES_MAX], name[PATH_BYTES_MAX];
    if (file_c_path(path_folder(path), folder) == NULL ||
        file_c_path(path_name(path), name) == NULL)
        return ENAMETOOLONG;
    if (path_folder(path).n == 0)
        return remove_below(root, name, 0);
    int fd = file_open_beneath(root, folder, O_RDONLY | O_DIRECTORY);
    if (fd < 0)
        return errno == ENOENT ? 0 : errno;
    int error_number = remove_below(fd, name, 0);
    close(fd);
    return error_number;
}

int file_write_all(int fd, str data)
{
    while (data.n != 0) {
        ssize_t n = write(fd, data.p, data.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return errno;
        data = str_skip(data, (size_t)n);
    }
    return 0;
}

static int create_named(int root, const char *name, str data, bool sync)
{
    int fd = openat(root, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (fd < 0)
        return errno;
    int error_number = file_write_all(fd, data);
    if (error_number == 0 && sync && fsync(fd) != 0)
        error_number = errno;
    if (close(fd) != 0 && error_number == 0)
        error_number = errno;
    if (error_number != 0)
        unlinkat(root, name, 0);
    return error_number;
}

int file_create(int root, str path, str data)
{
    char copy[PATH_BYTES_MAX];
    const char *name = file_c_path(path, copy);
    return name ? create_named(root, name, data, false) : ENAMETOOLONG;
}

/* A device or pipe is written to: a rename would put a file in its place. */
static bool is_stream(int root, const char *name)
{
    struct stat st;
    return fstatat(root, name, &st, 0) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode);
}

static int write_stream(int root, const char *name, str data)
{
    int fd = openat(root, name, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return errno;
    int error_number = file_write_all(fd, data);
    if (close(fd) != 0 && error_number == 0)
        error_number = errno;
    return error_number;
}

int file_replace(int root, str path, str data)
{
    char copy[PATH_BYTES_MAX], beside[PATH_BYTES_MAX + 8];
    const char *name = file_c_path(path, copy);
    if (name == NULL)
        return ENAMETOOLONG;
    if (is_stream(root, name))
        return write_stream(root, name, data);
    snprintf(beside, sizeof beside, "%s.new", name);
    unlinkat(root, beside, 0);
    int error_number = create_named(root, beside, data, true);
    if (error_number == 0 && renameat(root, beside, root, name) != 0) {
        error_number = errno;
        unlinkat(root, beside, 0);
    }
    return error_number;
}

enum { COMPARE_BYTES = 64 * 1024 };

static bool equals_open(int fd, str data)
{
    char block[COMPARE_BYTES];
    while (data.n != 0) {
        ssize_t n = read(fd, block, sizeof block);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0 || (size_t)n > data.n || memcmp(block, data.p, (size_t)n) != 0)
            return false;
        data = str_skip(data, (size_t)n);
    }
    return true;
}

bool file_exists(int root, str path)
{
    char copy[PATH_BYTES_MAX];
    const char *name = file_c_path(path, copy);
    struct stat st;
    return name != NULL && fstatat(root, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
           S_ISREG(st.st_mode);
}

bool file_equals(int root, str path, str data)
{
    char copy[PATH_BYTES_MAX];
    const char *name = file_c_path(path, copy);
    int fd = name ? file_open_beneath(root, name, O_RDONLY) : -1;
    if (fd < 0)
        return false;
    struct stat st;
    bool same = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && (uint64_t)st.st_size == data.n &&
                equals_open(fd, data);
    close(fd);
    return same;
}

int file_swap_by_steps(int root, const char *from, const char *to)
{
    char spare[PATH_BYTES_MAX + 8];
    snprintf(spare, sizeof spare, "%s.old", from);
    int error_number = renameat(root, to, root, spare) == 0 || errno == ENOENT ? 0 : errno;
    if (error_number != 0)
        return error_number;
    if (renameat(root, from, root, to) != 0) {
        error_number = errno;
        renameat(root, spare, root, to); /* what was there comes back */
        return error_number;
    }
    return renameat(root, spare, root, from) == 0 || errno == ENOENT ? 0 : errno;
}

int file_swap(int root, str from, str to)
{
    char a[PATH_BYTES_MAX], b[PATH_BYTES_MAX];
    if (file_c_path(from, a) == NULL || file_c_path(to, b) == NULL)
        return ENAMETOOLONG;
    if (renameat2(root, a, root, b, RENAME_EXCHANGE) == 0)
        return 0;
    if (errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP)
        return file_swap_by_steps(root, a, b);
    if (errno != ENOENT)
        return errno;
    return renameat(root, a, root, b) == 0 ? 0 : errno;
}
