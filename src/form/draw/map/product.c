/* form/draw/map/product: the activities behind a product or service, and what these need. */
#include "form/draw/gap_int.h"
#include "form/draw/map/needs_int.h"

#include "base/path.h"

/* Places and people would be joined to everything; each activity's own map has them. */
static bool is_shown(const struct record *used)
{
    return is_of(used, TYPE_ACTIVITY) || is_of(used, TYPE_RESOURCE) || is_of(used, TYPE_SUPPLIER) ||
           is_of(used, TYPE_SERVICE);
}

/* The product, its activities, and what they need: gaps further down show in the times of
 * these. */
static size_t collect(struct needs_map *n, size_t product)
{
    const struct node *all = n->recovery->nodes;
    needs_place(n, product);
    for (size_t k = 0; k < all[product].need_count; k++)
        needs_add(n, &all[product].needs[k]);
    size_t own = n->count;
    for (size_t i = 1; i < own; i++)
        for (size_t k = 0; k < all[n->nodes[i]].need_count; k++)
            if (is_shown(needs_record(n, all[n->nodes[i]].needs[k].used)))
                needs_add(n, &all[n->nodes[i]].needs[k]);
    return own;
}

static void fill(struct needs_map *n, struct graph *g, size_t own)
{
    bool is_soft = false;
    for (size_t i = 0; i < n->count; i++) {
        struct graph_node *box = needs_box(n, g, n->nodes[i]);
        if (i != 0 && i < own)
            box->group = needs_group(n, g, box->link);
        else if (i != 0)
            box->group = GRAPH_FOLLOWS;
        if (i == 0) {
            box->fill = INK_ACCENT_FILL;
            box->stroke = INK_ACCENT;
            box->line_width = 1.5;
        }
    }
    for (size_t i = 0; i < n->item_count; i++) {
        const struct need *need = n->items[i];
        struct graph_edge *e =
            graph_edge(g, needs_place(n, need->user), needs_place(n, need->used));
        e->dashed = need->loss != LOSS_STOPS;
        is_soft |= e->dashed;
    }
    graph_legend(g, S(""), INK_MUTED, false, S("stops without it"));
    if (is_soft)
        graph_legend(g, S(""), INK_MUTED, true, S("degrades without it, or hardly"));
    gap_legend(g);
}

const struct drawing *map_product(const struct request *q)
{
    const enum type_id type = TYPE_PRODUCT;
    struct arena *a = q->arena;
    const struct record *product = request_record(q, &type, 1);
    if (product == NULL)
        return NULL;
    struct needs_map n = needs_new(q);
    size_t own = collect(&n, recovery_number(q->model, product));
    struct graph *g = graph_new(a, q->ruler, GRAPH_RIGHT);
    g->node_gap = 10;
    g->rank_gap = 70;
    g->same_width = true;
    g->readable_max = 24;
    fill(&n, g, own);
    struct graph_caption caption = request_caption(q);
    caption.id = path_slug(a, str_fmt(a, "map-product-" STR_FMT, STR_ARG(product->id)));
    caption.title = str_fmt(a, "What " STR_FMT " depends on", STR_ARG(record_name(product)));
    caption.description = S("From left to right: the product or service, the activities that it "
                            "takes, and what these need. An arrow leads to what is needed; it is "
                            "dashed where a loss does not stop its user. G marks what can be back "
                            "later than it must, ? of what that is not known.");
    caption.table = needs_table(&n, caption.id, caption.title);
    return graph_draw(q->diags, g, &layout_usual, &caption);
}
