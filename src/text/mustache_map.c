/* text/mustache_map: from a place in the output to the place it came from. */
#include "text/mustache_int.h"

static bool continues(const struct template_segment *last, size_t out, struct span from)
{
    return last->from.file == from.file && last->from.off + last->from.len == from.off &&
           last->out + last->from.len == out;
}

static bool same(struct span a, struct span b)
{
    return a.file == b.file && a.off == b.off && a.len == b.len;
}

void template_map_add(struct template_map *map, struct arena *a, size_t out, struct span from,
                      bool verbatim)
{
    struct template_segment *last = map->count ? &map->segments[map->count - 1] : NULL;
    if (last != NULL && verbatim && last->verbatim && continues(last, out, from)) {
        last->from.len += from.len;
        return;
    }
    if (last != NULL && !verbatim && !last->verbatim && same(last->from, from))
        return;
    PUSH(a, map->segments, map->count, map->cap, struct template_segment) =
        (struct template_segment){.out = out, .from = from, .verbatim = verbatim};
}

struct span template_map_find(const struct template_map *map, size_t out_offset)
{
    size_t low = 0, high = map->count; /* segments below low begin at or before the place */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (map->segments[middle].out <= out_offset)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return (struct span){0, 0, 0};
    const struct template_segment *s = &map->segments[low - 1];
    if (!s->verbatim)
        return s->from;
    size_t into = out_offset - s->out;
    if (into > s->from.len)
        into = s->from.len;
    return (struct span){s->from.file, s->from.off + (uint32_t)into, 0};
}
