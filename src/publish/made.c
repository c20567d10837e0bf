/* publish/made: what was written into a tree, as told by who made it. */
#include "publish/made.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/durable.h"

/* What a record is followed by: the bytes of its path. */
struct record {
    struct sha256 hash;
    uint64_t size_bytes;
    uint32_t path_bytes;
    bool is_kept;
};

enum { RECORD_PATH_BYTES_MAX = 200 };

int made_open(int *list)
{
    return file_in_memory(list);
}

int made_add(int list, const struct made *m)
{
    char line[sizeof(struct record) + RECORD_PATH_BYTES_MAX];
    assert(m->path.n != 0 && m->path.n <= RECORD_PATH_BYTES_MAX);
    struct record r;
    memset(&r, 0, sizeof r);
    r.hash = m->hash;
    r.size_bytes = m->size_bytes;
    r.path_bytes = (uint32_t)m->path.n;
    r.is_kept = m->is_kept;
    memcpy(line, &r, sizeof r);
    memcpy(line + sizeof r, m->path.p, m->path.n);
    return file_append(list, (str){line, sizeof r + m->path.n});
}

static int order(const void *a, const void *b)
{
    return str_cmp(((const struct made *)a)->path, ((const struct made *)b)->path);
}

void made_sort(struct made *all, size_t count)
{
    if (count != 0)
        qsort(all, count, sizeof *all, order);
}

int made_read(struct arena *a, int list, struct made **all, size_t *count)
{
    str text;
    size_t cap = 0;
    *all = NULL;
    *count = 0;
    int error_number = file_whole(a, list, &text);
    while (error_number == 0 && text.n != 0) {
        struct record r;
        if (text.n < sizeof r)
            return EIO;
        memcpy(&r, text.p, sizeof r);
        text = str_skip(text, sizeof r);
        if (r.path_bytes == 0 || r.path_bytes > text.n)
            return EIO;
        PUSH(a, *all, *count, cap, struct made) =
            (struct made){{text.p, r.path_bytes}, r.hash, r.size_bytes, r.is_kept};
        text = str_skip(text, r.path_bytes);
    }
    made_sort(*all, *count);
    for (size_t i = 1; i < *count; i++)
        if (str_eq((*all)[i].path, (*all)[i - 1].path))
            return EEXIST;
    return error_number;
}
