/* derive/recovery: what needs what, how soon it must be back, and how soon it can be. */
#include "derive/recovery_int.h"

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
    analysis_single_points(&x, r);
}
