/* check/analysis/scope_test: whether what is in scope rests on what is not (SC2). */
#include "check/check_int.h"

#include "model/scope_view.h"

static void report(struct checker *c, const struct scope_view *v, size_t node)
{
    const struct record *r = c->model->recovery->nodes[node].record;
    bool is_excluded = v->is_excluded[node];
    check_report(c, CHECK_RULE_OUTSIDE_SCOPE, v->scope,
                 check_place(v->scope, is_excluded ? SCOPE_EXCLUSIONS : COMMON_ID),
                 "what is in scope rests on '" STR_FMT "', which is %s: " STR_FMT, STR_ARG(r->id),
                 is_excluded ? "excluded" : "not in scope",
                 STR_ARG(scope_chain(c->scratch, v, node)));
    diag_related(c->diags, r->id_span, "'" STR_FMT "' is here", STR_ARG(r->id));
}

static void test(struct checker *c, const struct record *scope)
{
    struct scope_view v = model_scope_view(c->scratch, c->model, scope);
    for (size_t i = 0; i < v.reached_count; i++) {
        enum scope_state state = scope_state_of(&v, v.reached[i]);
        if (state == SCOPE_EXCLUDED || state == SCOPE_OUTSIDE)
            report(c, &v, v.reached[i]);
    }
}

void check_scope_test(struct checker *c)
{
    check_each_live(c, TYPE_SCOPE, test);
}
