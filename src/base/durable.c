/* base/durable: what must survive a power cut. */
#define _GNU_SOURCE /* renameat2, memfd_create, syncfs */
#include "base/durable.h"
#include "base/file_int.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/file.h"
#include "base/path.h"

/* Signals may interrupt opening on network file systems. */
static int open_retrying(int root, const char *path, int flags, mode_t mode)
{
    int fd;
    do
        fd = openat(root, path, flags, mode);
    while (fd < 0 && errno == EINTR);
    return fd;
}

/* The mode is set before the sync, so that it is as durable as the bytes. */
static int fill(int fd, str data, unsigned mode, bool is_synced)
{
    int error_number = file_write_all(fd, data);
    if (error_number == 0 && fchmod(fd, (mode_t)mode) != 0)
        error_number = errno;
    if (error_number == 0 && is_synced && fsync(fd) != 0)
        error_number = errno;
    return error_number;
}

static int create(int root, str path, str data, unsigned mode, bool is_synced)
{
    char copy[FILE_PATH_BYTES_MAX];
    const char *name = file_c_path(path, copy);
    if (name == NULL)
        return ENAMETOOLONG;
    int fd = open_retrying(root, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return errno;
    int error_number = fill(fd, data, mode, is_synced);
    if (close(fd) != 0 && error_number == 0)
        error_number = errno;
    if (error_number != 0)
        unlinkat(root, name, 0);
    return error_number;
}

int file_create_durable(int root, str path, str data, unsigned mode)
{
    return create(root, path, data, mode, true);
}

int file_create_mode(int root, str path, str data, unsigned mode)
{
    return create(root, path, data, mode, false);
}

static int sync_opened(int root, str path, int flags)
{
    char copy[FILE_PATH_BYTES_MAX];
    const char *name = file_c_path(path, copy);
    int fd = name ? open_retrying(root, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | flags, 0) : -1;
    if (fd < 0)
        return name ? errno : ENAMETOOLONG;
    int error_number = fsync(fd) == 0 ? 0 : errno;
    close(fd);
    return error_number;
}

int file_sync(int root, str path)
{
    return sync_opened(root, path, 0);
}

int dir_sync(int root, str path)
{
    return sync_opened(root, path, O_DIRECTORY);
}

int dir_flush(int folder)
{
    return syncfs(folder) == 0 ? 0 : errno;
}

int file_replace_durable(int root, str path, str data, unsigned mode, bool *may_be_new)
{
    char beside[FILE_PATH_BYTES_MAX];
    *may_be_new = false;
    if (path.n + 5 > sizeof beside)
        return ENAMETOOLONG;
    int n = snprintf(beside, sizeof beside, STR_FMT ".new", STR_ARG(path));
    str fresh = {beside, (size_t)n};
    int error_number = file_remove(root, fresh);
    if (error_number == 0)
        error_number = file_create_durable(root, fresh, data, mode);
    if (error_number == 0 && !file_equals(root, fresh, data)) /* the disk lied */
        error_number = EIO;
    if (error_number != 0)
        return error_number;
    *may_be_new = true;
    error_number = file_move_over(root, fresh, path);
    if (error_number == 0)
        error_number = dir_sync(root, path_folder(path));
    return error_number == 0 && !file_equals(root, path, data) ? EIO : error_number;
}

/* Where the file system cannot refuse by itself, only we write (see dir_lock). */
static int move_checked(int root, const char *from, const char *to)
{
    struct stat st;
    if (fstatat(root, to, &st, AT_SYMLINK_NOFOLLOW) == 0)
        return EEXIST;
    if (errno != ENOENT)
        return errno;
    return renameat(root, from, root, to) == 0 ? 0 : errno;
}

int file_move(int root, str from, str to)
{
    char a[FILE_PATH_BYTES_MAX], b[FILE_PATH_BYTES_MAX];
    if (file_c_path(from, a) == NULL || file_c_path(to, b) == NULL)
        return ENAMETOOLONG;
    if (renameat2(root, a, root, b, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP)
        return move_checked(root, a, b);
    return errno;
}

int file_move_over(int root, str from, str to)
{
    char a[FILE_PATH_BYTES_MAX], b[FILE_PATH_BYTES_MAX];
    if (file_c_path(from, a) == NULL || file_c_path(to, b) == NULL)
        return ENAMETOOLONG;
    return renameat(root, a, root, b) == 0 ? 0 : errno;
}

int file_remove(int root, str path)
{
    char copy[FILE_PATH_BYTES_MAX];
    const char *name = file_c_path(path, copy);
    if (name == NULL)
        return ENAMETOOLONG;
    return unlinkat(root, name, 0) == 0 || errno == ENOENT ? 0 : errno;
}

static int make_one(int root, str path)
{
    char copy[FILE_PATH_BYTES_MAX];
    const char *name = file_c_path(path, copy);
    if (name == NULL)
        return ENAMETOOLONG;
    if (mkdirat(root, name, 0777) != 0)
        return errno == EEXIST ? 0 : errno;
    str parent = path_folder(path);
    return dir_sync(root, parent.n == 0 && path.p[0] == '/' ? S("/") : parent);
}

int dir_make_durable(int root, str path)
{
    char copy[FILE_PATH_BYTES_MAX];
    struct stat st;
    for (size_t i = 1; i <= path.n; i++) {
        if (i < path.n && path.p[i] != '/')
            continue;
        int error_number = make_one(root, str_from_to(path, 0, i));
        if (error_number != 0)
            return error_number;
    }
    const char *name = file_c_path(path, copy);
    if (fstatat(root, name, &st, 0) != 0)
        return errno;
    return S_ISDIR(st.st_mode) ? 0 : ENOTDIR;
}

int dir_lock(int folder)
{
    int failed;
    do
        failed = flock(folder, LOCK_EX | LOCK_NB);
    while (failed != 0 && errno == EINTR);
    return failed ? errno : 0;
}

int dir_space(int folder, uint64_t *free_bytes)
{
    struct statvfs space;
    *free_bytes = 0;
    if (fstatvfs(folder, &space) != 0)
        return errno;
    bool is_endless = space.f_blocks == 0; /* a file system in memory without a limit */
    *free_bytes = is_endless ? UINT64_MAX : (uint64_t)space.f_bavail * space.f_frsize;
    return 0;
}

int file_in_memory(int *fd)
{
    *fd = memfd_create("continuo", MFD_CLOEXEC);
    if (*fd < 0)
        return errno;
    if (fcntl(*fd, F_SETFL, O_APPEND) == 0)
        return 0;
    int error_number = errno;
    close(*fd);
    return error_number;
}

/* One write: the system appends it whole, or its part would be a record of its own. */
int file_append(int fd, str record)
{
    ssize_t n;
    do
        n = write(fd, record.p, record.n);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return errno;
    return (size_t)n == record.n ? 0 : EIO;
}

int file_whole(struct arena *a, int fd, str *text)
{
    struct stat st;
    if (fstat(fd, &st) != 0)
        return errno;
    size_t size = (size_t)st.st_size, got = 0;
    char *to = NEW_ARRAY(a, char, size + 1);
    while (got < size) {
        ssize_t n = pread(fd, to + got, size - got, (off_t)got);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n < 0 ? errno : EIO;
        got += (size_t)n;
    }
    *text = (str){to, size};
    return 0;
}
