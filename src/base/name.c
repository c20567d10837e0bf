/* base/name: each distinct name becomes one small number. */
#include "base/name.h"

#include "base/map.h"

enum { NAMES_BYTES_MAX = 256 * 1024 * 1024 };

/* The one table of the process; entry i holds name i + 1. */
static struct map names;

static void *number_as_pointer(size_t number)
{
    return (void *)(uintptr_t)number;
}

name_id name_find(str text)
{
    return (name_id)(uintptr_t)map_find(&names, text);
}

name_id name_of(str text)
{
    name_id known = name_find(text);
    if (known != NAME_NONE)
        return known;
    if (names.arena == NULL)
        names = map_in(arena_new("names", NAMES_BYTES_MAX));
    map_put(&names, str_dup(names.arena, text), number_as_pointer(names.count + 1));
    return (name_id)names.count;
}

str name_text(name_id name)
{
    return name == NAME_NONE ? S("") : names.entries[name - 1].key;
}
