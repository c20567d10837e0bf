/* form/draw/map/deps: what an activity, service or resource needs, and who needs it. */
#include "form/draw/gap_int.h"
#include "form/draw/map/needs_int.h"

#include "base/path.h"

/* Of other activities only the name is shown: each has a map of its own. So it is with
 * whom people are. */
static bool is_followed(const struct needs_map *n, size_t node)
{
    const struct record *r = needs_record(n, node);
    return node == n->nodes[0] || is_of(r, TYPE_RESOURCE) || is_of(r, TYPE_SERVICE);
}

static void collect(struct needs_map *n, size_t subject)
{
    const struct node *all = n->recovery->nodes;
    needs_place(n, subject);
    for (size_t i = 0; i < n->count; i++)
        for (size_t k = 0; is_followed(n, n->nodes[i]) && k < all[n->nodes[i]].need_count; k++)
            needs_add(n, &all[n->nodes[i]].needs[k]);
    for (size_t k = 0; k < all[subject].user_count; k++)
        needs_add(n, &n->recovery->needs[all[subject].users[k]]);
}

/* Between a node and the subject, whichever needs the other; the first that is found. */
static const struct need **needs_beside(struct needs_map *n)
{
    const struct need **beside = NEW_ARRAY(n->q->arena, const struct need *, n->count);
    for (size_t i = 0; i < n->item_count; i++) {
        const struct need *need = n->items[i];
        size_t other = need->user == n->nodes[0]   ? needs_place(n, need->used)
                       : need->used == n->nodes[0] ? needs_place(n, need->user)
                                                   : 0;
        if (other != 0 && beside[other] == NULL)
            beside[other] = need;
    }
    return beside;
}

static void draw_box(struct needs_map *n, struct graph *g, size_t i, const struct need *beside)
{
    const struct record *r = needs_record(n, n->nodes[i]);
    struct graph_node *box = needs_box(n, g, n->nodes[i]);
    if (i == 0) {
        box->fill = INK_ACCENT_FILL;
        box->line_width = 1.5;
        if (box->flag.n == 0)
            box->stroke = INK_ACCENT;
    }
    /* Who needs the subject is what there may be too many of. */
    if (i != 0 && beside != NULL && beside->used == n->nodes[0])
        box->group = needs_group(n, g, r);
    if (beside == NULL || !beside->is_recorded)
        return;
    box->badge = loss_look[beside->loss].letter;
    box->badge_ink = loss_look[beside->loss].ink;
    box->badge_words = loss_look[beside->loss].legend;
}

static void fill(struct needs_map *n, struct graph *g)
{
    const struct need **beside = needs_beside(n);
    for (size_t i = 0; i < n->count; i++)
        draw_box(n, g, i, beside[i]);
    for (size_t i = 0; i < n->item_count; i++)
        graph_edge(g, needs_place(n, n->items[i]->user), needs_place(n, n->items[i]->used));
    for (size_t k = 0; k < LOSSES; k++) {
        bool is_seen = false;
        for (size_t i = 0; i < g->node_count && !is_seen; i++)
            is_seen = str_eq(g->nodes[i].badge, loss_look[k].letter);
        if (is_seen)
            graph_legend(g, loss_look[k].letter, loss_look[k].ink, false, loss_look[k].legend);
    }
    gap_legend(g);
}

const struct drawing *map_deps(const struct request *q)
{
    const enum type_id types[] = {TYPE_ACTIVITY, TYPE_SERVICE, TYPE_RESOURCE, TYPE_SUPPLIER,
                                  TYPE_SITE};
    struct arena *a = q->arena;
    const struct record *subject = request_record(q, types, COUNT_OF(types));
    if (subject == NULL)
        return NULL;
    struct needs_map n = needs_new(q);
    collect(&n, recovery_number(q->model, subject));
    struct graph *g = graph_new(a, q->ruler, GRAPH_RIGHT);
    g->node_gap = 12;
    g->rank_gap = 56;
    g->same_width = true;
    g->readable_max = 24;
    fill(&n, g);
    struct graph_caption caption = request_caption(q);
    caption.id = path_slug(a, str_fmt(a, "map-deps-" STR_FMT, STR_ARG(subject->id)));
    caption.title = str_fmt(a, "Dependencies of " STR_FMT, STR_ARG(record_name(subject)));
    caption.description = S("An arrow leads from who needs something to what is needed. To the "
                            "left of the marked box stands who needs it, to the right what it "
                            "needs. The letter at the left tells what the loss does to who needs "
                            "it: S stops, D degrades, m minor. At the right G marks what can be "
                            "back later than it must, ? of what that is not known.");
    caption.table = needs_table(&n, caption.id, caption.title);
    return graph_draw(q->diags, g, &layout_usual, &caption);
}
