/* base/edits: what was taken out and what was put in, between two sequences.
 *
 * Both are sequences of numbers; equal numbers mean equal things (words, lines, blocks). The
 * answer is always true: taking the deleted ones out of `before` and the inserted ones out of
 * `after` leaves the same sequence twice.
 *
 * Numbers that both have once only are matched first (patience), then the shortest way is
 * searched between them (Myers 1986) as long as it is short. A stretch that is longer than
 * EDITS_SEARCH_MAX steps apart, or whose search would cost too much, is deleted and inserted as a
 * whole, and is_coarse says so. So the time grows with the size of the input, not with its
 * square, whatever the input. */
#ifndef BASE_EDITS_H
#define BASE_EDITS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

#ifdef STRESS
enum { EDITS_SEARCH_MAX = 6, EDITS_COST_EACH = 16 };
#else
enum {
    EDITS_SEARCH_MAX = 512, /* single steps of one stretch: more, and nobody sees a pattern */
    EDITS_COST_EACH = 256,  /* steps of the search for each number of both sequences */
};
#endif

struct edits {
    bool *is_deleted;  /* for each of `before` */
    bool *is_inserted; /* for each of `after` */
    size_t deleted, inserted;
    bool is_coarse;
};

/* Room to work in, used again by each call, so that many small ones cost little. It grows in
 * the arena it was made in; the answers are in the arena of the call. */
struct edits_desk;
struct edits_desk *edits_desk_new(struct arena *a);

struct edits edits_between(struct edits_desk *desk, struct arena *a, const uint32_t *before,
                           size_t before_count, const uint32_t *after, size_t after_count);

#endif
