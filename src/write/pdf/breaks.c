/* write/pdf/breaks: where lines end.
 *
 * The best ends for a whole paragraph after D. E. Knuth and M. F. Plass,
 * "Breaking Paragraphs into Lines", 1981: among all ways to break, the one
 * with the least sum of demerits, found in one pass over the items with a
 * short list of places from which the current line may still begin. */
#include "write/pdf/para_int.h"

#include <math.h>
#include <stdlib.h>

enum {
    LINE_COST = 10,     /* of having one more line */
    COST_STAIRS = 4000, /* two lines running that end in a hyphen */
    COST_UNEVEN = 3000, /* a tight line next to a loose one */
};

/* A place where a line may begin, and the best way to get there. */
struct place {
    size_t at;                     /* the item at which the line before it ends */
    double width, stretch, shrink; /* of everything before the line's first box */
    double demerits;
    int looseness; /* of the line before it: -1 tight, 0, 1 loose, 2 very */
    bool is_hyphen;
    struct place *before;
    struct place *next; /* in the list of places still in reach */
};

struct search {
    struct arena *arena;
    const struct items *items;
    double line_width, tolerance, emergency;
    bool is_justified;
    struct place *active;
    double width, stretch, shrink; /* of the items before the current one */
};

static bool is_forced(const struct item *item)
{
    return item->kind == ITEM_PENALTY && item->penalty == ITEM_FORCED;
}

/* Spaces and penalties at the start of a line vanish. */
size_t breaks_next_start(const struct items *items, size_t at)
{
    size_t i = at;
    while (i < items->n && items->v[i].kind != ITEM_BOX && (i == at || !is_forced(&items->v[i])))
        i++;
    return i;
}

/* A line may end at glue behind a box and at any penalty that allows it. */
static bool can_end(const struct items *items, size_t i)
{
    const struct item *item = &items->v[i];
    if (item->kind == ITEM_PENALTY)
        return item->penalty < ITEM_NEVER;
    return item->kind == ITEM_GLUE && i > 0 && items->v[i - 1].kind == ITEM_BOX;
}

/* How far the line must stretch (above 0) or shrink (below), in units of what
 * it can; beyond -1 it does not fit. */
static double ratio_of(const struct search *s, const struct place *from, const struct item *end)
{
    double width = s->width - from->width + (end->is_hyphen ? (double)end->width : 0);
    double missing = s->line_width - width;
    double stretch = s->stretch - from->stretch + s->emergency;
    double shrink = s->shrink - from->shrink;
    if (fabs(missing) < 0.01)
        return 0;
    if (missing < 0)
        return shrink > 0 ? missing / shrink : -INFINITY;
    return stretch > 0 ? missing / stretch : INFINITY;
}

static int looseness_of(double ratio)
{
    return ratio < -0.5 ? -1 : ratio <= 0.5 ? 0 : ratio <= 1 ? 1 : 2;
}

static double demerits_of(const struct search *s, const struct place *from, const struct item *end,
                          double badness, double ratio)
{
    double demerits = (LINE_COST + badness) * (LINE_COST + badness);
    int penalty = end->kind == ITEM_PENALTY && !is_forced(end) ? end->penalty : 0;
    demerits += (double)penalty * penalty;
    if (end->is_hyphen && from->is_hyphen)
        demerits += COST_STAIRS;
    if (s->is_justified && abs(looseness_of(ratio) - from->looseness) > 1)
        demerits += COST_UNEVEN;
    return demerits + from->demerits;
}

static void add_place(struct search *s, struct place best, size_t at)
{
    struct place *p = NEW(s->arena, struct place);
    *p = best;
    p->at = at;
    p->is_hyphen = s->items->v[at].is_hyphen;
    p->width = s->width;
    p->stretch = s->stretch;
    p->shrink = s->shrink;
    size_t start = breaks_next_start(s->items, at);
    for (size_t i = at; i < start; i++)
        if (s->items->v[i].kind == ITEM_GLUE) {
            p->width += (double)s->items->v[i].width;
            p->stretch += (double)s->items->v[i].stretch;
            p->shrink += (double)s->items->v[i].shrink;
        }
    p->next = s->active;
    s->active = p;
}

/* Tries to end a line at item i from every place in reach; places whose line
 * has become too long leave the list. */
static void try_end(struct search *s, size_t i)
{
    const struct item *end = &s->items->v[i];
    struct place best = {.demerits = INFINITY};
    for (struct place **link = &s->active; *link;) {
        struct place *from = *link;
        double ratio = ratio_of(s, from, end);
        if (is_forced(end) && ratio > 0)
            ratio = 0; /* the last line may be short */
        double badness = 100 * fabs(ratio * ratio * ratio);
        if (ratio >= -1 && badness <= s->tolerance) {
            double demerits = demerits_of(s, from, end, badness, ratio);
            if (demerits < best.demerits)
                best = (struct place){
                    .demerits = demerits, .before = from, .looseness = looseness_of(ratio)};
        }
        if (ratio < -1 || is_forced(end))
            *link = from->next;
        else
            link = &from->next;
    }
    if (best.before)
        add_place(s, best, i);
}

static void collect(struct arena *a, const struct place *last, struct breaks *out)
{
    size_t count = 0;
    for (const struct place *p = last; p->before; p = p->before)
        count++;
    out->v = NEW_ARRAY(a, size_t, count);
    out->n = out->cap = count;
    for (const struct place *p = last; p->before; p = p->before)
        out->v[--count] = p->at;
}

bool breaks_best(struct arena *a, const struct items *items, double width, bool is_justified,
                 double tolerance, double emergency, struct breaks *out)
{
    struct search s = {.arena = a,
                       .items = items,
                       .line_width = width,
                       .tolerance = tolerance,
                       .emergency = emergency,
                       .is_justified = is_justified};
    struct place start = {0};
    s.active = &start;
    for (size_t i = 0; i < items->n && s.active; i++) {
        const struct item *item = &items->v[i];
        if (can_end(items, i))
            try_end(&s, i);
        if (item->kind == ITEM_PENALTY)
            continue;
        s.width += (double)item->width;
        s.stretch += (double)item->stretch;
        s.shrink += (double)item->shrink;
    }
    if (!s.active)
        return false;
    collect(a, s.active, out); /* the last item forces an end, so only one is left */
    return true;
}

static size_t first_end(const struct items *items, size_t start, double width)
{
    size_t last = SIZE_MAX; /* the last end that fits */
    double used = 0;
    for (size_t i = start; i < items->n; i++) {
        const struct item *item = &items->v[i];
        if (can_end(items, i)) {
            bool fits = used + (item->is_hyphen ? (double)item->width : 0) <= width + 0.01;
            if (!fits && last != SIZE_MAX)
                return last;
            last = i;
            if (is_forced(item))
                return i;
        }
        if (item->kind != ITEM_PENALTY)
            used += (double)item->width;
    }
    return items->n - 1;
}

/* Each line as full as it goes: for paragraphs that have no good way at all. */
void breaks_first(struct arena *a, const struct items *items, double width, struct breaks *out)
{
    *out = (struct breaks){0};
    for (size_t start = 0; start < items->n;) {
        size_t end = first_end(items, start, width);
        PUSH(a, out->v, out->n, out->cap, size_t) = end;
        start = breaks_next_start(items, end);
    }
}
