/* form/draw/map/needs: some of the needs of the model, as boxes, arrows and rows. */
#include "form/draw/gap_int.h"
#include "form/draw/map/needs_int.h"

#include <assert.h>

const struct loss_look loss_look[LOSSES] = {
    [LOSS_STOPS] = {S_INIT("stops"), S_INIT("S"), INK_BAD, TONE_BAD, S_INIT("stops without it")},
    [LOSS_DEGRADES] = {S_INIT("degrades"), S_INIT("D"), INK_WARN, TONE_WARN,
                       S_INIT("degrades without it")},
    [LOSS_MINOR] = {S_INIT("minor"), S_INIT("m"), INK_MUTED, TONE_MUTED, S_INIT("minor loss")},
};

struct needs_map needs_new(const struct request *q)
{
    const struct recovery *r = q->model->recovery;
    assert(r != NULL);
    struct needs_map n = {.q = q, .recovery = r};
    n.place = NEW_ARRAY(q->arena, size_t, r->count);
    n.added = NEW_ARRAY(q->arena, bool, r->need_count + 1);
    n.group = NEW_ARRAY(q->arena, size_t, model_list(q->model, TYPE_UNIT)->count + 2);
    return n;
}

size_t needs_place(struct needs_map *n, size_t node)
{
    if (n->place[node] == 0) {
        PUSH(n->q->arena, n->nodes, n->count, n->cap, size_t) = node;
        n->place[node] = n->count;
    }
    return n->place[node] - 1;
}

void needs_add(struct needs_map *n, const struct need *need)
{
    size_t number = (size_t)(need - n->recovery->needs);
    if (n->added[number])
        return;
    n->added[number] = true;
    needs_place(n, need->user);
    needs_place(n, need->used);
    PUSH(n->q->arena, n->items, n->item_count, n->item_cap, const struct need *) = need;
}

const struct record *needs_record(const struct needs_map *n, size_t node)
{
    return n->recovery->nodes[node].record;
}

struct graph_node *needs_box(const struct needs_map *n, struct graph *g, size_t node)
{
    const struct record *r = needs_record(n, node);
    struct graph_node *box = graph_node(g, r);
    graph_say(g, &box->block, record_name(r), style_title, g->wrap_width);
    graph_say(g, &box->block, r->type->singular, style_detail, g->wrap_width);
    gap_say(g, box, &n->recovery->nodes[node]);
    box->rounded = is_of(r, TYPE_SUPPLIER) || is_of(r, TYPE_PRODUCT);
    return box;
}

size_t needs_group(struct needs_map *n, struct graph *g, const struct record *r)
{
    size_t units = model_list(n->q->model, TYPE_UNIT)->count, key = units + 1;
    const struct record *unit = is_of(r, TYPE_ACTIVITY) ? rec_ref(r, ACTIVITY_UNIT) : NULL;
    str title = S("Other than activities");
    if (is_of(unit, TYPE_UNIT)) {
        key = unit->number;
        title = record_name(unit);
    } else if (is_of(r, TYPE_ACTIVITY)) {
        key = units;
        title = S("No known unit");
    }
    if (n->group[key] == 0)
        n->group[key] = graph_group(g, title);
    return n->group[key];
}

/* -- The table -------------------------------------------------------------------------- */

static void add_row(const struct needs_map *n, struct table *t, const struct need *need)
{
    struct arena *a = n->q->arena;
    const struct record *user = needs_record(n, need->user), *used = needs_record(n, need->used);
    const struct node *node = &n->recovery->nodes[need->used];
    enum gap gap = gap_of(node);
    struct cell *cell = table_row(a, t);
    cell[0] = cell_link(a, user, record_name(user));
    cell[1] = cell_link(a, used, record_name(used));
    cell[2] = cell_text(a, used->type->singular);
    if (need->is_recorded)
        cell_add(a, &cell[3], loss_look[need->loss].word, NULL, loss_look[need->loss].tone);
    cell[4] = gap_cell_time(a, need->tolerance, "");
    cell[5] = gap_cell_time(a, node->asked[TIME_RTO].value, "");
    cell[6] = gap_cell_able(a, node);
    if (gap != GAP_NONE)
        cell_add(a, &cell[7], gap_look[gap].chip, NULL, gap_look[gap].tone);
}

const struct table *needs_table(const struct needs_map *n, str id, str caption)
{
    const struct column columns[] = {
        {S("user"), S("Who needs"), COLUMN_TEXT},      {S("used"), S("What"), COLUMN_TEXT},
        {S("type"), S("Kind"), COLUMN_TEXT},           {S("if_lost"), S("If lost"), COLUMN_CHIP},
        {S("tolerance"), S("Tolerates"), COLUMN_TEXT}, {S("must"), S("Must be back"), COLUMN_TEXT},
        {S("can"), S("Can be back"), COLUMN_TEXT},     {S("gap"), S("Gap"), COLUMN_CHIP},
    };
    struct table *t = table_new(n->q->arena, id, caption, columns, COUNT_OF(columns));
    t->note = request_scope(n->q);
    for (size_t i = 0; i < n->item_count; i++)
        add_row(n, t, n->items[i]);
    return t;
}
