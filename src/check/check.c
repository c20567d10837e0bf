/* check: model → findings. */
#include "check/check_int.h"

#include <assert.h>

enum { SCRATCH_BYTES_MAX = 1024 * 1024 * 1024 };

void check_each_value(struct checker *c, const struct record *r, visit_value visit)
{
    for (size_t i = 0; i < r->type->field_count; i++) {
        const struct field_def *f = &r->type->fields[i];
        const struct field_value *v = &r->values[i];
        if (v->state == FV_ABSENT)
            continue;
        if (f->count == FIELD_ONE || v->state != FV_PRESENT) {
            visit(c, r, f, v);
            continue;
        }
        for (size_t j = 0; j < v->list.count; j++)
            visit(c, r, f, &v->list.items[j]);
    }
}

/* Parts nest no deeper than YAML does, and that has its limit. */
static void each_part(struct checker *c, const struct record *r, visit_record visit);

static void visit_whole(struct checker *c, const struct record *r, visit_record visit)
{
    visit(c, r);
    each_part(c, r, visit);
}

static void each_part(struct checker *c, const struct record *r, visit_record visit)
{
    for (size_t i = 0; i < r->type->field_count; i++) {
        const struct field_def *f = &r->type->fields[i];
        const struct field_value *v = &r->values[i];
        if (f->kind != FIELD_PART || v->state != FV_PRESENT)
            continue;
        size_t count = f->count == FIELD_MANY ? v->list.count : 1;
        const struct field_value *items = f->count == FIELD_MANY ? v->list.items : v;
        for (size_t j = 0; j < count; j++)
            if (items[j].state == FV_PRESENT)
                visit_whole(c, items[j].record, visit);
    }
}

void check_each(struct checker *c, visit_record visit)
{
    visit_whole(c, c->model->workspace, visit);
    for (size_t i = 0; i < c->model->all.count; i++)
        visit_whole(c, c->model->all.items[i], visit);
}

void check_structure(const struct model *m, struct diags *d)
{
    struct checker c = {.model = m, .diags = d, .scratch = arena_new("check", SCRATCH_BYTES_MAX)};
    check_fields(&c);
    check_ids(&c);
    check_references(&c);
    check_trees(&c);
    check_dates(&c);
    check_classes(&c);
    if (model_is_partial(m)) { /* nobody judges it, and who refers to what may be in no sight */
        check_copies(&c);
        check_clearances(&c);
    } else {
        check_numbers(&c);
    }
    arena_free(c.scratch);
}

/* Families of the management system, in the order in which an auditor asks. */
static void (*const family[])(struct checker *c) = {
    /* the analysis */
    check_scope,
    check_scope_test,
    check_bia,
    check_bia_grid,
    check_bia_age,
    check_dependencies,
    check_alternates,
    check_risks,
    check_strategies,
    check_kinds,
    check_suppliers,
    /* the response */
    check_plans,
    check_tasks,
    check_reachable,
    check_binders,
    check_call_trees,
    check_exercises,
    check_programme,
    check_incidents,
    /* the cycle */
    check_governance,
    check_people,
    check_context,
    check_objectives,
    check_findings,
    check_actions,
    check_changes,
    check_training,
    check_audits,
    check_reviews,
    check_evaluations,
    check_gate,
    check_evidence,
    check_orders,
    check_periods,
    /* what was accepted for a time */
    check_expired,
};

const struct check_results *check_system(const struct model *m, struct diags *d, enum control level)
{
    assert(!model_is_partial(m) && m->recovery != NULL);
    struct checker c = {.model = m,
                        .diags = d,
                        .scratch = arena_new("check", SCRATCH_BYTES_MAX),
                        .level = level,
                        .results = NEW(m->arena, struct check_results)};
    check_waivers(&c);
    check_orphans(&c);
    check_copies(&c);
    check_clearances(&c);
    check_control(&c);
    check_approvals(&c);
    check_readers(&c);
    check_codes(&c);
    c.level = level == CONTROL_CHECK ? CONTROL_CHECK : CONTROL_DRAFT;
    for (size_t i = 0; i < COUNT_OF(family); i++) {
        check_family_done(&c);
        family[i](&c);
    }
    check_family_done(&c);
    check_settle(&c);
    arena_free(c.scratch);
    return c.results;
}
