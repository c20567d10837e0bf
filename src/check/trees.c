/* check/trees: circles where a tree is required (X3). */
#include "check/check_int.h"

static const struct {
    enum type_id type;
    enum field_id parent;
} tree[] = {
    {TYPE_UNIT, UNIT_PARENT},
    {TYPE_ROLE, ROLE_REPORTS_TO},
    {TYPE_TEAM, TEAM_REPORTS_TO},
    {TYPE_ACTION, ACTION_FOLLOW_UP},
};

enum { NOT_SEEN, SEEN_FIRST }; /* marks hold the number of the walk that saw it, from 1 */

static void report_circle(struct checker *c, const struct record *r, enum field_id parent)
{
    struct buf chain = buf_in(c->scratch, 128);
    const struct record *at = r;
    do {
        buf_fmt(&chain, STR_FMT " → ", STR_ARG(at->id));
        at = rec_ref(at, parent);
    } while (at != r);
    buf_add(&chain, r->id);
    diag(c->diags, CHECK_RULE(CYCLE), rec_value(r, parent)->span, "a circle: " STR_FMT,
         STR_ARG(buf_str(&chain)));
}

/* Each record is walked over once: a walk ends where an earlier one passed. */
static void check_tree(struct checker *c, enum type_id type, enum field_id parent)
{
    const struct record_list *list = model_list(c->model, type);
    size_t *seen_in = NEW_ARRAY(c->scratch, size_t, list->count + 1);
    for (size_t i = 0; i < list->count; i++) {
        const struct record *r = list->items[i];
        while (r != NULL && r->type == list->items[i]->type && seen_in[r->number] == NOT_SEEN) {
            seen_in[r->number] = SEEN_FIRST + i;
            r = rec_ref(r, parent);
        }
        if (r != NULL && r->type == list->items[i]->type && seen_in[r->number] == SEEN_FIRST + i)
            report_circle(c, r, parent);
    }
}

void check_trees(struct checker *c)
{
    for (size_t t = 0; t < COUNT_OF(tree); t++)
        check_tree(c, tree[t].type, tree[t].parent);
}
