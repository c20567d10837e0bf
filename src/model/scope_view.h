/* model/scope_view: a scope spread over what really depends on what (S0.05, S0.06).
 *
 * In scope: what the scope names, the live activities of its units, and those that its
 * products need. From these the needs of the recovery analysis are followed, minor ones
 * aside; whatever is reached is needed, and the chain of users leads back to what is in
 * scope. After derive_recovery. Linear in nodes and needs. */
#ifndef MODEL_SCOPE_VIEW_H
#define MODEL_SCOPE_VIEW_H

#include "model/recovery.h"

enum scope_state {
    SCOPE_IN,
    SCOPE_EXCLUDED, /* an exclusion names it, or its unit */
    SCOPE_OUTSIDE,  /* needed and not named, of a sort of which the scope names all it has: an
                       activity; a site, a service or an application where the scope lists any */
    SCOPE_NEEDED,   /* needed; of a sort that scopes do not list one by one */
    SCOPE_APART,    /* neither named nor needed */
};

struct scope_view {
    const struct model *model;
    const struct record *scope;
    bool *is_named, *is_excluded; /* by node */
    size_t *via;           /* by node: the user through which it is reached; itself: it is in scope;
                              NODE_NONE: not reached */
    const size_t *reached; /* nodes, nearest to the scope first */
    size_t reached_count;
    bool lists_sites, lists_technologies;
};

/* In `a`. */
struct scope_view model_scope_view(struct arena *a, const struct model *m,
                                   const struct record *scope);
enum scope_state scope_state_of(const struct scope_view *v, size_t node);
/* "ACT-001 → RES-001 → SUP-005": from what is in scope down to a node that is reached. */
str scope_chain(struct arena *a, const struct scope_view *v, size_t node);

#endif
