/* model/scope_view: a scope spread over what really depends on what (S0.05, S0.06).
 *
 * In scope: what the scope names, the live activities of its units, and those that its
 * products need. From these the needs of the recovery analysis are followed, minor ones
 * aside; whatever is reached is needed, and the chain of users leads back to what is in
 * scope. After derive_recovery. One view serves all scopes of a model, one after the other:
 * each costs what it names and what it reaches, whatever else the house has. */
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

struct scope_marks;

struct scope_view {
    const struct model *model;
    const struct record *scope;
    const size_t *reached; /* nodes, nearest to the scope first */
    size_t reached_count;
    size_t steps; /* references and needs that were followed for all scopes so far */
    bool lists_sites, lists_technologies;
    struct scope_marks *marks;
};

/* Of no scope yet; in `a`. */
struct scope_view scope_view_open(struct arena *a, const struct model *m);
/* What was known of the scope before is gone. */
void scope_view_spread(struct scope_view *v, const struct record *scope);
enum scope_state scope_state_of(const struct scope_view *v, size_t node);
/* The user through which a node is reached; itself: it is in scope; NODE_NONE: not reached. */
size_t scope_via(const struct scope_view *v, size_t node);
/* "ACT-001 → RES-001 → SUP-005": from what is in scope down to a node that is reached. */
str scope_chain(struct arena *a, const struct scope_view *v, size_t node);

#endif
