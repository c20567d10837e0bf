/* publish/made: what was written into a tree, as told by who made it.
 *
 * Workers hash the bytes in their memory and put a line into a list that all
 * of them share; the parent compares it with what the disk gives back. So a disk
 * that lost bytes cannot vouch for itself. */
#ifndef PUBLISH_MADE_H
#define PUBLISH_MADE_H

#include "base/hash.h"

struct made {
    str path;
    struct sha256 hash;
    uint64_t size_bytes;
    bool is_kept; /* a link to the file of the edition before */
};

int made_open(int *list); /* before the workers are forked; close it afterwards */
int made_add(int list, const struct made *m);
void made_sort(struct made *all, size_t count); /* by path */
/* Sorted by path. EEXIST when a path was made twice. */
int made_read(struct arena *a, int list, struct made **all, size_t *count);

#endif
