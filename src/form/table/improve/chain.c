/* form/table/improve/chain: from an action or change back to where it comes from. */
#include "form/table/improve/chain.h"

void chain_add_findings(struct links *l, const struct record *cause)
{
    if (cause->type->number == TYPE_ACTION)
        links_add_field(l, cause, ACTION_FINDINGS);
}

static void add_sources_of_action(struct links *l, const struct record *action)
{
    size_t count;
    const struct field_value *v = rec_items(action, ACTION_FINDINGS, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *f = field_target(&v[i]);
        if (f == NULL || f->type->number != TYPE_FINDING)
            continue;
        links_text(l, word_for_people(l->arena, rec_text(f, FINDING_SOURCE)));
        links_add_field(l, f, FINDING_SOURCE_REF);
    }
}

void chain_add_sources(struct links *l, const struct record *cause)
{
    if (cause->type->number == TYPE_ACTION)
        add_sources_of_action(l, cause);
    if (cause->type->number == TYPE_CHANGE)
        links_add_field(l, cause, CHANGE_TRIGGER);
}

/* An action names its decision; meetings and reviews name actions and changes. */
void chain_add_decisions(struct links *l, const struct record *cause)
{
    if (cause->type->number == TYPE_ACTION)
        links_add_field(l, cause, ACTION_DECISION);
    if (cause->type->number != TYPE_ACTION && cause->type->number != TYPE_CHANGE)
        return;
    for (size_t i = 0; i < cause->back_count; i++) {
        const struct record *from = cause->back[i].from;
        bool decides =
            from->type->number == TYPE_MEETING || from->type->number == TYPE_MANAGEMENT_REVIEW;
        if (decides && rec_counts(from))
            links_add(l, from);
    }
}

struct cell chain_findings(struct arena *a, const struct record *cause)
{
    struct links l = links_in(a);
    chain_add_findings(&l, cause);
    return links_cell(&l);
}

struct cell chain_source(struct arena *a, const struct record *cause)
{
    struct links l = links_in(a);
    chain_add_sources(&l, cause);
    return links_cell(&l);
}

struct cell chain_decision(struct arena *a, const struct record *cause)
{
    struct links l = links_in(a);
    chain_add_decisions(&l, cause);
    return links_cell(&l);
}
