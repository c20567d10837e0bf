/* base/edits: patience first, then the shortest way within bounds. */
#include "base/edits.h"

#include <assert.h>
#include <string.h>

enum { LEVELS_MAX = 8 }; /* of numbers that are unique within a stretch between unique ones */

/* A stretch of both sequences that is still to be compared. */
struct stretch {
    size_t a_from, a_to, b_from, b_to;
    int level;
};

/* How often a number stands in a stretch, and where in b. */
struct seen {
    uint32_t number, in_a, in_b;
    size_t b_at;
};

/* What stands once on both sides. */
struct anchor {
    size_t a_at, b_at;
    size_t before; /* place of the anchor before it in the longest run, plus one */
};

struct edits_desk {
    struct arena *arena;
    struct stretch *stack;
    size_t depth, cap;
    struct seen *seen; /* open addressing; a stretch uses as much of it as it needs */
    size_t seen_cap;
    struct anchor *anchors;
    size_t *top; /* of each pile: place of an anchor */
    size_t anchor_cap, top_cap;
    int32_t *rows; /* how far each diagonal got, one row for each number of steps */
    size_t rows_cap;
};

struct search {
    struct edits_desk *desk;
    const uint32_t *a, *b;
    struct edits *out;
    size_t cost, cost_max;
};

struct edits_desk *edits_desk_new(struct arena *a)
{
    struct edits_desk *desk = NEW(a, struct edits_desk);
    desk->arena = a;
    return desk;
}

static void push(struct search *s, struct stretch r)
{
    struct edits_desk *d = s->desk;
    PUSH(d->arena, d->stack, d->depth, d->cap, struct stretch) = r;
}

static void replace(const struct search *s, const struct stretch *r)
{
    for (size_t i = r->a_from; i < r->a_to; i++)
        s->out->is_deleted[i] = true;
    for (size_t i = r->b_from; i < r->b_to; i++)
        s->out->is_inserted[i] = true;
}

static void trim(const struct search *s, struct stretch *r)
{
    while (r->a_from < r->a_to && r->b_from < r->b_to && s->a[r->a_from] == s->b[r->b_from]) {
        r->a_from++;
        r->b_from++;
    }
    while (r->a_from < r->a_to && r->b_from < r->b_to && s->a[r->a_to - 1] == s->b[r->b_to - 1]) {
        r->a_to--;
        r->b_to--;
    }
}

/* -- Patience ----------------------------------------------------------------------------- */

/* A power of two with room for every number of the stretch. */
static size_t seen_size(const struct stretch *r)
{
    size_t size = 16;
    while (size < 2 * (r->a_to - r->a_from + r->b_to - r->b_from))
        size *= 2;
    return size;
}

static void clear_seen(struct edits_desk *d, size_t size)
{
    if (size > d->seen_cap) {
        d->seen = NEW_ARRAY(d->arena, struct seen, size);
        d->seen_cap = size;
    }
    memset(d->seen, 0, size * sizeof *d->seen);
}

static struct seen *seen_of(const struct edits_desk *d, size_t size, uint32_t number)
{
    size_t i = (size_t)((number * UINT64_C(0x9E3779B97F4A7C15)) >> 32) & (size - 1);
    while (d->seen[i].in_a + d->seen[i].in_b > 0 && d->seen[i].number != number)
        i = (i + 1) & (size - 1);
    d->seen[i].number = number;
    return &d->seen[i];
}

static void add_anchor(struct edits_desk *d, size_t *count, struct anchor anchor)
{
    PUSH(d->arena, d->anchors, *count, d->anchor_cap, struct anchor) = anchor;
}

/* What stands once on both sides, in the order of a; gives how many there are. */
static size_t find_anchors(struct search *s, const struct stretch *r)
{
    struct edits_desk *d = s->desk;
    size_t size = seen_size(r), count = 0;
    clear_seen(d, size);
    for (size_t i = r->a_from; i < r->a_to; i++)
        seen_of(d, size, s->a[i])->in_a++;
    for (size_t i = r->b_from; i < r->b_to; i++) {
        struct seen *seen = seen_of(d, size, s->b[i]);
        seen->in_b++;
        seen->b_at = i;
    }
    for (size_t i = r->a_from; i < r->a_to; i++) {
        const struct seen *seen = seen_of(d, size, s->a[i]);
        if (seen->in_a == 1 && seen->in_b == 1)
            add_anchor(d, &count, (struct anchor){i, seen->b_at, 0});
    }
    return count;
}

static size_t *piles_for(struct edits_desk *d, size_t count)
{
    if (count > d->top_cap) {
        d->top_cap = count * 2;
        d->top = NEW_ARRAY(d->arena, size_t, d->top_cap);
    }
    return d->top;
}

/* The longest run that rises in b, too, by the piles of a game of patience. Gives the place of
 * its last anchor plus one; the others hang on its `before`. */
static size_t longest_run(struct edits_desk *d, size_t count)
{
    struct anchor *v = d->anchors;
    size_t *top = piles_for(d, count), piles = 0;
    for (size_t i = 0; i < count; i++) {
        size_t low = 0, high = piles;
        while (low < high) {
            size_t middle = (low + high) / 2;
            if (v[top[middle]].b_at < v[i].b_at)
                low = middle + 1;
            else
                high = middle;
        }
        v[i].before = low > 0 ? top[low - 1] + 1 : 0;
        top[low] = i;
        piles += low == piles;
    }
    return piles > 0 ? top[piles - 1] + 1 : 0;
}

/* Cuts the stretch at what is unique on both sides. False: nothing is. */
static bool cut(struct search *s, const struct stretch *r)
{
    size_t count = find_anchors(s, r), a_to = r->a_to, b_to = r->b_to;
    const struct anchor *v = s->desk->anchors;
    for (size_t at = longest_run(s->desk, count); at > 0; at = v[at - 1].before) {
        const struct anchor *x = &v[at - 1];
        push(s, (struct stretch){x->a_at + 1, a_to, x->b_at + 1, b_to, r->level + 1});
        a_to = x->a_at;
        b_to = x->b_at;
    }
    if (count > 0)
        push(s, (struct stretch){r->a_from, a_to, r->b_from, b_to, r->level + 1});
    return count > 0;
}

/* -- The shortest way ---------------------------------------------------------------------- */

/* Row d holds diagonals -d to d and begins at d * d. */
static int32_t *row_of(const struct search *s, int steps)
{
    return s->desk->rows + (size_t)steps * (size_t)steps + steps;
}

/* The rows before are kept: they tell the way back. */
static void add_row(struct edits_desk *d, int steps)
{
    size_t need = (size_t)(steps + 1) * (size_t)(steps + 1);
    if (need <= d->rows_cap)
        return;
    size_t cap = need > 2 * d->rows_cap ? need : 2 * d->rows_cap;
    int32_t *rows = NEW_ARRAY(d->arena, int32_t, cap);
    if (d->rows_cap > 0)
        memcpy(rows, d->rows, d->rows_cap * sizeof *rows);
    d->rows = rows;
    d->rows_cap = cap;
}

/* Where diagonal k begins after one more step: down from k + 1, or right from k - 1. */
static bool comes_down(const int32_t *before, int k, int steps)
{
    return k == -steps || (k != steps && before[k - 1] < before[k + 1]);
}

static void mark_way(struct search *s, const struct stretch *r, int steps)
{
    int k = (int)(r->a_to - r->a_from) - (int)(r->b_to - r->b_from);
    for (; steps > 0; steps--) {
        const int32_t *before = row_of(s, steps - 1);
        bool down = comes_down(before, k, steps);
        k += down ? 1 : -1;
        size_t x = (size_t)before[k], y = (size_t)(before[k] - k);
        if (down)
            s->out->is_inserted[r->b_from + y] = true;
        else
            s->out->is_deleted[r->a_from + x] = true;
    }
}

/* Goes on along equal numbers. */
static int32_t slide(struct search *s, const struct stretch *r, int32_t x, int k)
{
    int32_t a_size = (int32_t)(r->a_to - r->a_from), b_size = (int32_t)(r->b_to - r->b_from);
    const uint32_t *a = s->a + r->a_from, *b = s->b + r->b_from;
    int32_t from = x;
    while (x < a_size && x - k < b_size && a[x] == b[x - k])
        x++;
    s->cost += (size_t)(x - from) + 1;
    return x;
}

/* False: it is longer than the bounds allow, and nothing is marked. */
static bool shortest_way(struct search *s, const struct stretch *r)
{
    int32_t a_size = (int32_t)(r->a_to - r->a_from), b_size = (int32_t)(r->b_to - r->b_from);
    for (int steps = 0; steps <= EDITS_SEARCH_MAX && s->cost < s->cost_max; steps++) {
        add_row(s->desk, steps);
        const int32_t *before = steps > 0 ? row_of(s, steps - 1) : NULL;
        int32_t *now = row_of(s, steps);
        for (int k = -steps; k <= steps; k += 2) {
            int32_t x = 0;
            if (steps > 0)
                x = comes_down(before, k, steps) ? before[k + 1] : before[k - 1] + 1;
            now[k] = x = slide(s, r, x, k);
            if (x >= a_size && x - k >= b_size) {
                mark_way(s, r, steps);
                return true;
            }
        }
    }
    return false;
}

/* -- All of it ------------------------------------------------------------------------------ */

static void compare(struct search *s, struct stretch r)
{
    trim(s, &r);
    if (r.a_from == r.a_to || r.b_from == r.b_to) {
        replace(s, &r);
    } else if ((r.level == LEVELS_MAX || !cut(s, &r)) && !shortest_way(s, &r)) {
        replace(s, &r);
        s->out->is_coarse = true;
    }
}

static size_t count_true(const bool *v, size_t count)
{
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        n += v[i];
    return n;
}

struct edits edits_between(struct edits_desk *desk, struct arena *a, const uint32_t *before,
                           size_t before_count, const uint32_t *after, size_t after_count)
{
    assert(before_count < INT32_MAX / 2 && after_count < INT32_MAX / 2);
    struct edits out = {.is_deleted = NEW_ARRAY(a, bool, before_count),
                        .is_inserted = NEW_ARRAY(a, bool, after_count)};
    struct search s = {.desk = desk, .a = before, .b = after, .out = &out};
    s.cost_max = (before_count + after_count + EDITS_SEARCH_MAX) * EDITS_COST_EACH;
    push(&s, (struct stretch){0, before_count, 0, after_count, 0});
    while (desk->depth > 0)
        compare(&s, desk->stack[--desk->depth]);
    out.deleted = count_true(out.is_deleted, before_count);
    out.inserted = count_true(out.is_inserted, after_count);
    return out;
}
