/* base/map: from a name to a pointer, kept in the order of insertion.
 *
 * Open addressing over FNV-1a with a fixed start, so a map behaves the same in
 * every run; nothing may print in any order but insertion or sorted. Keys are
 * borrowed. Memory comes from the arena and is given back with it. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/str.h"

struct map_entry {
    str key;
    void *value;
    uint64_t hash;
};

struct map {
    struct arena *arena;
    struct map_entry *entries; /* count of them, in order of insertion */
    size_t count, cap;
    uint32_t *slots; /* entry index + 1, or 0 */
    size_t slot_count;
};

struct map map_in(struct arena *a);
void *map_find(const struct map *m, str key); /* NULL: absent */
/* The value already there stays and is returned; NULL means it was put. */
void *map_put(struct map *m, str key, void *value);

#endif
