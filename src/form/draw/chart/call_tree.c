/* form/draw/chart/call_tree: who calls whom when a call tree starts.
 *
 * No telephone numbers: they stand where their class allows. */
#include "form/draw/draw_int.h"

#include "base/path.h"

struct call {
    size_t caller, callee;
};

struct calls {
    const struct request *q;
    const struct record *tree;
    struct graph *graph;
    const struct record **who; /* of each node */
    size_t who_count, who_cap;
    struct call *items;
    size_t count, cap;
    size_t *step;   /* of each node: calls until it is reached; 0 for the root */
    size_t *order;  /* nodes as they are reached */
    size_t reached; /* of them */
};

#define NEVER SIZE_MAX

static size_t number_of(struct calls *c, const struct record *r)
{
    for (size_t i = 0; i < c->who_count; i++)
        if (c->who[i] == r)
            return i;
    PUSH(c->q->arena, c->who, c->who_count, c->who_cap, const struct record *) = r;
    return c->who_count - 1;
}

static void add_call(struct calls *c, const struct record *from, const struct record *to)
{
    struct call call = {number_of(c, from), number_of(c, to)};
    for (size_t i = 0; i < c->count; i++)
        if (c->items[i].caller == call.caller && c->items[i].callee == call.callee)
            return;
    PUSH(c->q->arena, c->items, c->count, c->cap, struct call) = call;
}

static void collect(struct calls *c)
{
    size_t count, callee_count;
    const struct field_value *edge = rec_items(c->tree, CALL_TREE_EDGES, &count);
    if (rec_ref(c->tree, CALL_TREE_ROOT) != NULL)
        number_of(c, rec_ref(c->tree, CALL_TREE_ROOT));
    for (size_t i = 0; i < count; i++) {
        if (edge[i].state != FV_PRESENT)
            continue;
        const struct record *part = edge[i].record, *caller = rec_ref(part, CALL_CALLER);
        const struct field_value *callee = rec_items(part, CALL_CALLEES, &callee_count);
        for (size_t k = 0; caller != NULL && k < callee_count; k++)
            if (callee[k].record != NULL)
                add_call(c, caller, callee[k].record);
    }
}

/* From the root outwards; who is left is never called. */
static void reach(struct calls *c)
{
    c->step = NEW_ARRAY(c->q->arena, size_t, c->who_count);
    c->order = NEW_ARRAY(c->q->arena, size_t, c->who_count);
    for (size_t i = 0; i < c->who_count; i++)
        c->step[i] = NEVER;
    size_t added = 0;
    if (c->who_count != 0 && rec_ref(c->tree, CALL_TREE_ROOT) != NULL)
        c->step[c->order[added++] = 0] = 0;
    for (size_t seen = 0; seen < added; seen++)
        for (size_t i = 0; i < c->count; i++) {
            size_t to = c->items[i].callee;
            if (c->items[i].caller != c->order[seen] || c->step[to] != NEVER)
                continue;
            c->step[to] = c->step[c->order[seen]] + 1;
            c->order[added++] = to;
        }
    c->reached = added;
    for (size_t i = 0; i < c->who_count; i++)
        if (c->step[i] == NEVER)
            c->order[added++] = i;
}

static void draw_one(struct calls *c, size_t i)
{
    const struct record *r = c->who[i];
    struct graph_node *n = graph_node(c->graph, r);
    if (is_of(r, TYPE_ROLE)) {
        say_role(c->graph, n, r);
    } else {
        graph_say(c->graph, &n->block, record_name(r), style_title, c->graph->wrap_width);
        graph_say(c->graph, &n->block, r->type->singular, style_detail, c->graph->wrap_width);
        n->rounded = true;
    }
    if (c->step[i] == 0) {
        n->fill = INK_ACCENT_FILL;
        n->stroke = INK_ACCENT;
        n->line_width = 1.5;
    }
    if (c->step[i] == NEVER) {
        graph_say(c->graph, &n->block, S("nobody calls"), style_alarm, c->graph->wrap_width);
        n->stroke = INK_BAD;
        n->dashed = true;
    }
}

static void add_row(const struct calls *c, struct table *t, const struct call *call)
{
    struct arena *a = c->q->arena;
    const struct record *caller = c->who[call->caller], *callee = c->who[call->callee];
    struct cell *cell = table_row(a, t);
    size_t step = c->step[call->caller];
    if (step == NEVER)
        cell_add(a, &cell[0], S("never reached"), NULL, TONE_BAD);
    else
        cell[0] = cell_text(a, str_fmt(a, "%zu", step + 1));
    cell[1] = cell_link(a, caller, record_name(caller));
    cell[2] = is_of(caller, TYPE_ROLE) ? cell_holder(a, caller) : (struct cell){0};
    cell[3] = cell_link(a, callee, record_name(callee));
    cell[4] =
        is_of(callee, TYPE_ROLE) ? cell_holder(a, callee) : cell_text(a, callee->type->singular);
}

static const struct table *table_of(const struct calls *c, str id, str caption)
{
    const struct column columns[] = {
        {S("step"), S("Step"), COLUMN_NUMBER},           {S("caller"), S("Caller"), COLUMN_TEXT},
        {S("caller_holder"), S("Held by"), COLUMN_TEXT}, {S("callee"), S("Calls"), COLUMN_TEXT},
        {S("callee_holder"), S("Who is"), COLUMN_TEXT},
    };
    struct arena *a = c->q->arena;
    struct table *t = table_new(a, id, caption, columns, COUNT_OF(columns));
    str no_answer = rec_text(c->tree, CALL_TREE_NO_ANSWER);
    if (no_answer.n != 0)
        t->note = str_fmt(a, "If nobody answers: " STR_FMT, STR_ARG(no_answer));
    for (size_t k = 0; k < c->who_count; k++)
        for (size_t i = 0; i < c->count; i++)
            if (c->items[i].caller == c->order[k])
                add_row(c, t, &c->items[i]);
    return t;
}

const struct drawing *chart_call_tree(const struct request *q)
{
    const enum type_id type = TYPE_CALL_TREE;
    struct arena *a = q->arena;
    struct calls c = {.q = q, .tree = request_record(q, &type, 1)};
    if (c.tree == NULL)
        return NULL;
    c.graph = graph_new(a, q->ruler, GRAPH_RIGHT);
    c.graph->node_gap = 8;
    c.graph->wrap_width = 142;
    c.graph->rank_gap = 56;
    c.graph->same_width = true;
    collect(&c);
    reach(&c);
    for (size_t i = 0; i < c.who_count; i++)
        draw_one(&c, i);
    for (size_t i = 0; i < c.count; i++)
        graph_edge(c.graph, c.items[i].caller, c.items[i].callee);
    struct graph_caption caption = request_caption(q);
    caption.title = record_name(c.tree);
    caption.id = path_slug(a, str_fmt(a, "calltree-" STR_FMT, STR_ARG(c.tree->id)));
    caption.description = S("Calls go from left to right: each box calls those that its arrows "
                            "lead to. The first caller is marked.");
    caption.table = table_of(&c, caption.id, caption.title);
    return graph_draw(q->diags, c.graph, &layout_usual, &caption);
}
