/* derive/recovery: what needs what, how soon it must be back, and how soon it can be. */
#include "derive/recovery_int.h"

#include "derive/what_if.h"

/* Prioritised activities that stop when one node alone is lost: single points of failure. */
static void count_stops(struct analysis *x)
{
    struct arena *scratch = arena_new("recovery", SIZE_MAX / 2);
    struct what_if *w = what_if_open(scratch, x->model, SPARES_ALL);
    for (size_t i = 0; i < x->count; i++) {
        size_t affected, stopped = 0;
        what_if_lose(w, &i, 1);
        const size_t *nodes = what_if_affected(w, &affected);
        for (size_t k = 0; k < affected; k++)
            stopped += nodes[k] != i && x->nodes[nodes[k]].is_prioritised &&
                       what_if_fate(w, nodes[k])->kind == FATE_STOPS;
        x->nodes[i].stops = stopped;
    }
    arena_free(scratch);
}

void derive_recovery(struct model *m)
{
    struct analysis x = {.model = m, .arena = m->arena};
    analysis_needs(&x);
    analysis_circles(&x);
    analysis_asked(&x);
    analysis_able(&x);
    analysis_proven(&x);
    struct recovery *r = NEW(m->arena, struct recovery);
    *r = (struct recovery){.nodes = x.nodes,
                           .needs = x.needs,
                           .order = x.order,
                           .count = x.count,
                           .need_count = x.need_count};
    for (size_t t = 0; t < TYPE_COUNT; t++)
        r->first[t] = x.first[t];
    m->recovery = r;
    count_stops(&x);
}
