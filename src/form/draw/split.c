/* form/draw/split: a graph too large for one picture becomes an overview and its parts.
 *
 * Each group of boxes is a part, or several of like size when it is large itself. The overview
 * has a box for each part, which leads there. A part shows its own boxes, those that belong to
 * every part, and for what lies beyond one box for each part that an arrow leads to. */
#include "form/draw/graph.h"
#include "form/draw/layout.h"

static const struct graph_style style_part = {10, true, INK_TEXT, 0};
static const struct graph_style style_count = {9, false, INK_MUTED, 0};
static const struct graph_style style_gaps = {9, true, INK_BAD, 0};

#define EVERYWHERE SIZE_MAX

struct part {
    str title, id;
    size_t count, gaps;
};

struct split {
    struct diags *diags;
    const struct graph *graph;
    const struct graph_caption *caption;
    struct part *parts;
    size_t count;
    size_t *part_of; /* of each node; EVERYWHERE */
};

/* -- Which box goes where ----------------------------------------------------------- */

static size_t group_size(const struct graph *g, size_t group)
{
    size_t count = 0;
    for (size_t i = 0; i < g->node_count; i++)
        count += g->nodes[i].group == group;
    return count;
}

static void name_part(const struct split *s, size_t part, str title, size_t number, size_t of)
{
    struct arena *a = s->graph->arena;
    struct part *p = &s->parts[part];
    p->title = of == 1 ? title : str_fmt(a, STR_FMT " (%zu of %zu)", STR_ARG(title), number, of);
    p->id = str_fmt(a, STR_FMT "-part-%zu", STR_ARG(s->caption->id), part + 1);
}

/* False when they become too many. */
static bool cut_group(struct split *s, size_t group)
{
    const struct graph *g = s->graph;
    size_t size = group_size(g, group), seen = 0;
    size_t pieces = (size + GRAPH_READABLE_MAX - 1) / GRAPH_READABLE_MAX;
    if (s->count + pieces > GRAPH_PARTS_MAX)
        return false;
    for (size_t i = 0; i < pieces; i++)
        name_part(s, s->count + i, g->groups[group - 1].title, i + 1, pieces);
    for (size_t i = 0; i < g->node_count; i++) {
        if (g->nodes[i].group != group)
            continue;
        size_t part = s->count + seen++ * pieces / size;
        s->part_of[i] = part;
        s->parts[part].count++;
        s->parts[part].gaps += g->nodes[i].flag_ink == INK_BAD && g->nodes[i].flag.n != 0;
    }
    s->count += pieces;
    return true;
}

static bool cut(struct split *s)
{
    const struct graph *g = s->graph;
    s->parts = NEW_ARRAY(g->arena, struct part, GRAPH_PARTS_MAX);
    s->part_of = NEW_ARRAY(g->arena, size_t, g->node_count);
    for (size_t i = 0; i < g->node_count; i++)
        s->part_of[i] = EVERYWHERE;
    for (size_t group = 1; group <= g->group_count; group++)
        if (!cut_group(s, group))
            return false;
    return s->count > 1;
}

/* -- Pictures of some of the boxes -------------------------------------------------- */

#define NOT_SHOWN SIZE_MAX

/* One picture: where the boxes of the whole, and those that stand for parts, are in it. */
struct section {
    const struct split *split;
    struct graph *graph;
    size_t own; /* the part it shows; EVERYWHERE: the overview */
    size_t *node, *stub;
    bool *joined; /* stubs and boxes that an edge joins already */
    size_t cap;   /* of boxes, for joined */
};

static size_t add_stub(struct section *p, size_t part)
{
    const struct part *to = &p->split->parts[part];
    struct graph *g = p->graph;
    bool is_overview = p->own == EVERYWHERE;
    struct graph_node *n = graph_node(g, NULL);
    n->target = to->id;
    n->rounded = n->dashed = !is_overview;
    graph_say(g, &n->block, to->title, style_part, g->wrap_width);
    graph_say(g, &n->block,
              is_overview ? str_fmt(g->arena, "%zu on its map", to->count) : S("on another map"),
              style_count, g->wrap_width);
    if (is_overview && to->gaps != 0)
        graph_say(g, &n->block,
                  str_fmt(g->arena, to->gaps == 1 ? "%zu with a gap" : "%zu with gaps", to->gaps),
                  style_gaps, g->wrap_width);
    return g->node_count - 1;
}

/* What stands for a box of the whole in this picture. */
static size_t place_of(struct section *p, size_t node)
{
    size_t part = p->split->part_of[node];
    if (part == EVERYWHERE || part == p->own)
        return p->node[node];
    if (p->stub[part] == NOT_SHOWN)
        p->stub[part] = add_stub(p, part);
    return p->stub[part];
}

static void add_edge(struct section *p, const struct graph_edge *e)
{
    const size_t *part_of = p->split->part_of;
    bool is_own[2] = {part_of[e->from] == EVERYWHERE || part_of[e->from] == p->own,
                      part_of[e->to] == EVERYWHERE || part_of[e->to] == p->own};
    if (p->own != EVERYWHERE && !is_own[0] && !is_own[1])
        return;
    size_t from = place_of(p, e->from), to = place_of(p, e->to);
    if (from == to && part_of[e->from] != EVERYWHERE && p->own == EVERYWHERE)
        return;
    bool is_whole = is_own[0] && is_own[1];
    if (!is_whole && p->joined[from * p->cap + to])
        return;
    p->joined[from * p->cap + to] = true;
    struct graph_edge *mine = graph_edge(p->graph, from, to);
    if (is_whole)
        *mine = *e;
    mine->from = from;
    mine->to = to;
}

static void add_nodes(struct section *p)
{
    const struct graph *g = p->split->graph;
    for (size_t i = 0; i < g->node_count; i++) {
        p->node[i] = NOT_SHOWN;
        if (p->split->part_of[i] != EVERYWHERE && p->split->part_of[i] != p->own)
            continue;
        struct graph_node *n = graph_node(p->graph, NULL);
        *n = g->nodes[i];
        n->cluster = 0;
        p->node[i] = p->graph->node_count - 1;
    }
}

static struct graph *graph_like(const struct graph *g)
{
    struct graph *n = graph_new(g->arena, g->ruler, g->flow);
    n->same_width = g->same_width;
    n->left = g->left;
    n->wrap_width = g->wrap_width;
    n->node_gap = g->node_gap;
    n->rank_gap = g->rank_gap;
    return n;
}

static struct drawing *draw_section(const struct split *s, size_t own)
{
    const struct graph *g = s->graph;
    struct section p = {.split = s, .graph = graph_like(g), .own = own};
    struct graph_caption caption = *s->caption;
    p.node = NEW_ARRAY(g->arena, size_t, g->node_count);
    p.stub = NEW_ARRAY(g->arena, size_t, s->count);
    add_nodes(&p);
    for (size_t i = 0; i < s->count; i++)
        p.stub[i] = own == EVERYWHERE ? add_stub(&p, i) : NOT_SHOWN;
    p.cap = p.graph->node_count + s->count;
    p.joined = NEW_ARRAY(g->arena, bool, p.cap *p.cap);
    for (size_t i = 0; i < g->edge_count; i++)
        add_edge(&p, &g->edges[i]);
    if (own != EVERYWHERE) {
        for (size_t i = 0; i < g->legend_count; i++)
            PUSH(g->arena, p.graph->legend, p.graph->legend_count, p.graph->legend_cap,
                 struct legend_entry) = g->legend[i];
        caption.id = s->parts[own].id;
        caption.title = str_fmt(g->arena, STR_FMT ": " STR_FMT, STR_ARG(caption.title),
                                STR_ARG(s->parts[own].title));
        caption.table = NULL;
        caption.note = S("");
    }
    return graph_draw_whole(s->diags, p.graph, &layout_usual, &caption);
}

struct drawing *graph_split(struct diags *d, const struct graph *g,
                            const struct graph_caption *caption)
{
    struct split s = {.diags = d, .graph = g, .caption = caption};
    if (!cut(&s))
        return NULL;
    struct drawing *overview = draw_section(&s, EVERYWHERE);
    const struct drawing **parts = NEW_ARRAY(g->arena, const struct drawing *, s.count);
    for (size_t i = 0; i < s.count; i++)
        parts[i] = draw_section(&s, i);
    overview->parts = parts;
    overview->part_count = s.count;
    if (overview->count != 0)
        overview->note =
            str_fmt(g->arena,
                    "%zu boxes are too many for one picture: each box here leads to "
                    "a map of its own below.%s" STR_FMT,
                    g->node_count, caption->note.n != 0 ? " " : "", STR_ARG(caption->note));
    return overview;
}
