/* base/arena: memory that dies together. */
#include "base/arena.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/fatal.h"

struct chunk {
    struct chunk *next;
    size_t size_bytes, used_bytes;
    _Alignas(max_align_t) unsigned char data[];
};

struct arena {
    const char *name;
    size_t limit_bytes, used_bytes;
    struct chunk *first, *current;
};

enum { CHUNK_FIRST_BYTES = 64 * 1024, CHUNK_MAX_BYTES = 4 * 1024 * 1024 };

struct arena *arena_new(const char *name, size_t limit_bytes)
{
    struct arena *a = calloc(1, sizeof *a);
    if (a == NULL)
        fatal("out of memory for arena '%s'", name);
    a->name = name;
    a->limit_bytes = limit_bytes;
    return a;
}

static void chunks_free(struct chunk *c)
{
    while (c != NULL) {
        struct chunk *next = c->next;
        free(c);
        c = next;
    }
}

void arena_free(struct arena *a)
{
    if (a == NULL)
        return;
    chunks_free(a->first);
    free(a);
}

void arena_reset(struct arena *a)
{
#ifdef ARENA_DEBUG
    chunks_free(a->first);
    a->first = NULL;
#else
    for (struct chunk *c = a->first; c != NULL; c = c->next)
        c->used_bytes = 0;
#endif
    a->current = a->first;
    a->used_bytes = 0;
}

static struct chunk *chunk_new(struct arena *a, size_t need_bytes)
{
    size_t size = a->current ? a->current->size_bytes * 2 : CHUNK_FIRST_BYTES;
    if (size > CHUNK_MAX_BYTES)
        size = CHUNK_MAX_BYTES;
#ifdef ARENA_DEBUG
    size = 0;
#endif
    if (size < need_bytes)
        size = need_bytes;
    struct chunk *c = malloc(sizeof *c + size);
    if (c == NULL)
        fatal("out of memory in arena '%s' after %zu bytes", a->name, a->used_bytes);
    c->size_bytes = size;
    c->used_bytes = 0;
    c->next = NULL;
    return c;
}

/* Finds room after the current chunk: a later one kept from before a reset, or
 * a new one put right behind the current, so that the kept ones stay in use.
 * A new one begins aligned: with ARENA_DEBUG it ends where its object ends. */
static struct chunk *chunk_with_room(struct arena *a, size_t want_bytes, size_t align)
{
#ifdef ARENA_DEBUG
    (void)align;
#else
    for (struct chunk *c = a->current; c != NULL; c = c->next)
        if (c->size_bytes - c->used_bytes >= want_bytes + align)
            return a->current = c;
#endif
    struct chunk *c = chunk_new(a, want_bytes);
    if (a->current == NULL) {
        a->first = c;
    } else {
        c->next = a->current->next;
        a->current->next = c;
    }
    return a->current = c;
}

void *arena_alloc(struct arena *a, size_t count, size_t size, size_t align)
{
    assert(align <= _Alignof(max_align_t));
    if (size != 0 && count > SIZE_MAX / 2 / size)
        fatal("arena '%s': %zu objects of %zu bytes is too much", a->name, count, size);
    size_t want = count * size;
    if (want > a->limit_bytes || a->used_bytes > a->limit_bytes - want)
        fatal("arena '%s' is over its limit of %zu bytes", a->name, a->limit_bytes);
    struct chunk *c = a->current;
    size_t at = c ? (c->used_bytes + align - 1) & ~(align - 1) : 0;
#ifdef ARENA_DEBUG
    c = NULL;
#endif
    if (c == NULL || at > c->size_bytes || c->size_bytes - at < want) {
        c = chunk_with_room(a, want, align);
        at = (c->used_bytes + align - 1) & ~(align - 1);
    }
    c->used_bytes = at + want;
    a->used_bytes += want;
    return memset(c->data + at, 0, want);
}

size_t arena_used_bytes(const struct arena *a)
{
    return a->used_bytes;
}

void *arena_grow(struct arena *a, const void *old, size_t count, size_t *cap, size_t size,
                 size_t align)
{
    *cap = *cap ? *cap * 2 : 8;
    void *grown = arena_alloc(a, *cap, size, align);
    if (count != 0)
        memcpy(grown, old, count * size);
    return grown;
}
