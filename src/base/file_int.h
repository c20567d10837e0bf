/* base/file_int: what file.c and durable.c share. */
#ifndef BASE_FILE_INT_H
#define BASE_FILE_INT_H

#include "base/str.h"

enum { FILE_PATH_BYTES_MAX = 4096 };

/* A zero-terminated copy on the stack, "." for the empty path: callers must not need
 * an arena to write. NULL when it is too long or holds a zero byte. */
const char *file_c_path(str path, char copy[FILE_PATH_BYTES_MAX]);
/* Opens below root and follows no link; -1 and errno. */
int file_open_beneath(int root, const char *path, int flags);
int file_write_all(int fd, str data); /* errno or 0 */

#endif
