/* check/analysis/scope_test: whether what is in scope rests on what is not (SC2). */
#include "check/check_int.h"

#include "model/scope_view.h"

/* An organisation has one scope, or one for each of its certificates. What all of them reach
 * together has a bound, so that a thousand scopes of a large house do not take their product. */
enum { STEPS_MAX = 20 * 1000 * 1000 };

static void report(struct checker *c, const struct scope_view *v, size_t node)
{
    const struct record *r = c->model->recovery->nodes[node].record;
    bool is_excluded = scope_state_of(v, node) == SCOPE_EXCLUDED;
    check_report(c, CHECK_RULE_OUTSIDE_SCOPE, v->scope,
                 check_place(v->scope, is_excluded ? SCOPE_EXCLUSIONS : COMMON_ID),
                 "what is in scope rests on '" STR_FMT "', which is %s: " STR_FMT, STR_ARG(r->id),
                 is_excluded ? "excluded" : "not in scope",
                 STR_ARG(scope_chain(c->scratch, v, node)));
    diag_related(c->diags, r->id_span, "'" STR_FMT "' is here", STR_ARG(r->id));
}

static void test(struct checker *c, struct scope_view *v, const struct record *scope)
{
    scope_view_spread(v, scope);
    for (size_t i = 0; i < v->reached_count; i++) {
        enum scope_state state = scope_state_of(v, v->reached[i]);
        if (state == SCOPE_EXCLUDED || state == SCOPE_OUTSIDE)
            report(c, v, v->reached[i]);
    }
}

void check_scope_test(struct checker *c)
{
    const struct record_list *list = model_list(c->model, TYPE_SCOPE);
    struct scope_view v = scope_view_open(c->scratch, c->model);
    for (size_t i = 0; i < list->count; i++) {
        const struct record *scope = list->items[i];
        if (rec_is_live(scope) && v.steps < STEPS_MAX)
            test(c, &v, scope);
        else if (rec_is_live(scope))
            check_report(c, CHECK_RULE_OUTSIDE_SCOPE, scope, scope->id_span,
                         "what '" STR_FMT "' rests on was not followed: the scopes before it "
                         "rest on too much already",
                         STR_ARG(scope->id));
    }
}
