/* base/arena: memory that dies together.
 *
 * Two kinds of arena exist while continuo runs, both made in cli/:
 *   site   everything loaded, checked and derived; lives until exit
 *   page   scratch for one output; reset after each output
 *
 * Allocation never returns NULL: no memory, or more than the arena's limit,
 * ends the process with a message (in a worker, that fails its output only).
 * Memory comes zeroed. With -DARENA_DEBUG every object is a malloc of its own,
 * so that sanitizers see each edge. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena;

/* The name appears in the message when the limit is reached; it is borrowed. */
struct arena *arena_new(const char *name, size_t limit_bytes);
void arena_free(struct arena *a);
/* Every pointer into a is invalid afterwards; the memory is kept for reuse. */
void arena_reset(struct arena *a);
void *arena_alloc(struct arena *a, size_t count, size_t size, size_t align);
/* Bytes handed out since the last reset. */
size_t arena_used_bytes(const struct arena *a);

#define NEW(a, T)              ((T *)arena_alloc((a), 1, sizeof(T), _Alignof(T)))
#define NEW_ARRAY(a, T, count) ((T *)arena_alloc((a), (count), sizeof(T), _Alignof(T)))

/* The items of an array; never of a pointer. */
#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* Growing arrays in an arena: `T *v; size_t n, cap;` The old copy stays in the
 * arena, which costs at most as much again as the final array. */
#define PUSH(a, v, n, cap, T)                                                                      \
    (*((n) == (cap) ? ((v) = (T *)arena_grow((a), (v), (n), &(cap), sizeof(T), _Alignof(T)))       \
                    : (v),                                                                         \
       &(v)[(n)++]))
void *arena_grow(struct arena *a, const void *old, size_t count, size_t *cap, size_t size,
                 size_t align);

#endif
