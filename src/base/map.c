/* base/map: from a name to a pointer, kept in the order of insertion. */
#include "base/map.h"

#include <assert.h>

struct map map_in(struct arena *a)
{
    return (struct map){.arena = a};
}

/* The slot of the key, or the free slot where it would go. */
static size_t slot_of(const struct map *m, str key, uint64_t hash)
{
    size_t mask = m->slot_count - 1, i = (size_t)hash & mask;
    while (m->slots[i] != 0) {
        const struct map_entry *e = &m->entries[m->slots[i] - 1];
        if (e->hash == hash && str_eq(e->key, key))
            break;
        i = (i + 1) & mask;
    }
    return i;
}

void *map_find(const struct map *m, str key)
{
    if (m->slot_count == 0)
        return NULL;
    size_t i = slot_of(m, key, str_hash(key));
    return m->slots[i] ? m->entries[m->slots[i] - 1].value : NULL;
}

static void slots_grow(struct map *m)
{
    m->slot_count = m->slot_count ? m->slot_count * 2 : 16;
    m->slots = NEW_ARRAY(m->arena, uint32_t, m->slot_count);
    for (size_t e = 0; e < m->count; e++)
        m->slots[slot_of(m, m->entries[e].key, m->entries[e].hash)] = (uint32_t)(e + 1);
}

void *map_put(struct map *m, str key, void *value)
{
    assert(value != NULL && m->count < UINT32_MAX / 2);
    if ((m->count + 1) * 2 > m->slot_count)
        slots_grow(m);
    uint64_t hash = str_hash(key);
    size_t i = slot_of(m, key, hash);
    if (m->slots[i] != 0)
        return m->entries[m->slots[i] - 1].value;
    PUSH(m->arena, m->entries, m->count, m->cap, struct map_entry) =
        (struct map_entry){key, value, hash};
    m->slots[i] = (uint32_t)m->count;
    return NULL;
}
