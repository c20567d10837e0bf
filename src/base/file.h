/* base/file: bytes from and to the disk.
 *
 * Reading opens below one root folder and follows no symbolic link: regular
 * files only, up to a limit, read once into memory. Writing goes to a new file;
 * replacing is write beside, then rename. Every failure gives the errno value
 * (0 is success); the caller says what it means for its user. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/hash.h"
#include "base/str.h"

/* Why a file was refused though the machine could read it. */
enum file_fault {
    FILE_OK,
    FILE_ERRNO,     /* see error_number */
    FILE_LINK,      /* a symbolic link on the way, or at the end */
    FILE_KIND,      /* a folder, device, pipe or socket */
    FILE_TOO_LARGE, /* over the limit */
    FILE_CHANGED,   /* changed while it was read */
};

struct file_read {
    enum file_fault fault;
    int error_number;
    str text;            /* followed by one zero byte that is not counted */
    uint64_t size_bytes; /* as found, also when too large */
};

/* root is an open folder; path is relative to it. */
struct file_read file_read(struct arena *a, int root, str path, size_t size_bytes_max);
/* A file of ours or of the caller's choice: links are followed. */
struct file_read file_read_any(struct arena *a, const char *path, size_t size_bytes_max);
/* Hashes a file of any size in pieces; text stays empty. */
struct file_read file_hash(int root, str path, struct sha256 *hash);

struct dir_entry {
    str name;
    bool is_folder;
};
/* Sorted by name; "." entries and hidden names (a leading dot) are left out.
 * Returns errno or 0. */
int dir_list(struct arena *a, int root, str path, struct dir_entry **entries, size_t *count);
enum dir_kind { DIR_FILE, DIR_FOLDER, DIR_LINK, DIR_OTHER };
struct dir_item {
    str name;
    enum dir_kind kind;
};
/* Everything but "." and "..", hidden names too, sorted by name: for who must know what
 * else is there. */
int dir_list_all(struct arena *a, int root, str path, struct dir_item **items, size_t *count);
int dir_open(const char *path, int *fd);
int dir_make(int root, str path);        /* with its parents; fine when there */
int dir_remove_tree(int root, str path); /* never follows links */

/* Makes a new file with exactly these bytes; EEXIST when the name is taken. */
int file_create(int root, str path, str data);
/* Replaces atomically: temporary name beside it, sync, rename. What is no file
 * (a device, a pipe) is written to and stays what it is. */
int file_replace(int root, str path, str data);
bool file_exists(int root, str path); /* a regular file; links are not followed */
/* True when the file exists below root and holds exactly these bytes. */
bool file_equals(int root, str path, str data);
/* Swaps two folders below root in one step; falls back to rename when `to`
 * does not exist yet. */
int file_swap(int root, str from, str to);
/* The same where the file system cannot do it in one step (exFAT, FUSE): a crash
 * between the steps leaves the old folder beside, as `<from>.old`. */
int file_swap_by_steps(int root, const char *from, const char *to);

#endif
