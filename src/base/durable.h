/* base/durable: what must survive a power cut.
 *
 * A file is durable when its bytes were synced and the folder that names it was
 * synced, too. A failed sync is final: the system may have dropped the bytes and
 * call the page clean, so trying again proves nothing. Every failure gives the
 * errno value (0 is success). Paths are below root and no symbolic link is followed
 * on the way to bytes.
 *
 * Many files cost a sync each, about a millisecond, when each is synced as it is
 * written. Written with file_create_mode, flushed together (dir_flush) and then
 * synced, they cost a tenth: what is clean is only asked about. */
#ifndef BASE_DURABLE_H
#define BASE_DURABLE_H

#include "base/str.h"

/* Makes a new file with exactly these bytes and this mode, whatever the umask
 * says; EEXIST when the name is taken. The folder is not synced. */
int file_create_durable(int root, str path, str data, unsigned mode);
/* The same without a sync; file_sync must follow. */
int file_create_mode(int root, str path, str data, unsigned mode);
int file_sync(int root, str path);
/* Writes out all that is unwritten on the file system of the folder. */
int dir_flush(int folder);
/* Writes `<path>.new`, syncs it, reads it back, renames it over path, syncs the folder, reads
 * again. After a failure the old bytes or the new ones are there; *may_be_new says that it can be
 * the new ones. */
int file_replace_durable(int root, str path, str data, unsigned mode, bool *may_be_new);
/* Renames a file or a folder; EEXIST when `to` is taken. Folders are not synced. */
int file_move(int root, str from, str to);
int file_move_over(int root, str from, str to); /* replaces a file */
int file_remove(int root, str path);            /* fine when absent */

int dir_sync(int root, str path);
/* With its parents; each folder that had to be made is synced into its parent. */
int dir_make_durable(int root, str path);
/* For this process and its children until the last of them closes the folder, or
 * dies: nothing stale can be left. EWOULDBLOCK when somebody else has it. */
int dir_lock(int folder);
int dir_space(int folder, uint64_t *free_bytes); /* for users other than root */

/* A file in memory that forked processes append to, each record whole. */
int file_in_memory(int *fd);
int file_append(int fd, str record);
int file_whole(struct arena *a, int fd, str *text);

#endif
