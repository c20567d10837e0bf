/* form/draw/split: a graph too large for one picture becomes an overview and its parts.
 *
 * Each group of boxes is a part, or several of like size when it is large itself. The overview
 * has a box for each part, which leads there. A part shows its own boxes, those that follow them
 * or belong to every part, and for what lies beyond one box for each part that an arrow joins. */
#include "form/draw/graph.h"
#include "form/draw/layout.h"

static const struct graph_style style_part = {10, true, INK_TEXT, 0};
static const struct graph_style style_count = {9, false, INK_MUTED, 0};
static const struct graph_style style_gaps = {9, true, INK_BAD, 0};

#define EVERYWHERE SIZE_MAX
#define FOLLOWS    (SIZE_MAX - 1)

struct part {
    str title, id;
    size_t group, count, gaps;
};

struct split {
    struct diags *diags;
    const struct graph *graph;
    const struct graph_caption *caption;
    struct part *parts;
    size_t count;
    size_t *part_of;   /* of each node; EVERYWHERE, FOLLOWS */
    size_t *weight;    /* of each node: with what follows it */
    size_t filled_max; /* boxes of a part */
};

/* -- Which box goes where ----------------------------------------------------------- */

static void weigh(struct split *s)
{
    const struct graph *g = s->graph;
    s->weight = NEW_ARRAY(g->arena, size_t, g->node_count);
    for (size_t i = 0; i < g->node_count; i++)
        s->weight[i] = 1;
    for (size_t i = 0; i < g->edge_count; i++) {
        const struct graph_edge *e = &g->edges[i];
        s->weight[e->from] += g->nodes[e->to].group == GRAPH_FOLLOWS;
        s->weight[e->to] += g->nodes[e->from].group == GRAPH_FOLLOWS;
    }
}

static size_t group_weight(const struct split *s, size_t group)
{
    size_t weight = 0;
    for (size_t i = 0; i < s->graph->node_count; i++)
        weight += s->graph->nodes[i].group == group ? s->weight[i] : 0;
    return weight;
}

/* Into parts of like weight, each about as large as can be read. False when there are too
 * many of them. */
static bool cut_group(struct split *s, size_t group)
{
    const struct graph *g = s->graph;
    size_t weight = group_weight(s, group), before = 0, last = SIZE_MAX;
    size_t pieces = (weight + s->filled_max - 1) / s->filled_max;
    for (size_t i = 0; i < g->node_count; i++) {
        const struct graph_node *n = &g->nodes[i];
        if (n->group != group)
            continue;
        size_t piece = before * pieces / weight;
        if (piece != last && s->count == GRAPH_PARTS_MAX)
            return false;
        if (piece != last)
            s->parts[s->count++] = (struct part){.group = group};
        last = piece;
        before += s->weight[i];
        s->part_of[i] = s->count - 1;
        s->parts[s->count - 1].count++;
        s->parts[s->count - 1].gaps += n->flag_ink == INK_BAD && n->flag.n != 0;
    }
    return true;
}

/* "Claims (2 of 3)" */
static void name_parts(struct split *s)
{
    struct arena *a = s->graph->arena;
    for (size_t i = 0, number = 0, of = 0; i < s->count; i++) {
        struct part *p = &s->parts[i];
        number = i > 0 && s->parts[i - 1].group == p->group ? number + 1 : 1;
        if (number == 1)
            for (of = 1; i + of < s->count && s->parts[i + of].group == p->group;)
                of++;
        p->title = s->graph->groups[p->group - 1].title;
        if (of > 1)
            p->title = str_fmt(a, STR_FMT " (%zu of %zu)", STR_ARG(p->title), number, of);
        p->id = str_fmt(a, STR_FMT "-part-%zu", STR_ARG(s->caption->id), i + 1);
    }
}

/* False when that helps nobody: one part, too many, or each as large as the whole. */
static bool cut(struct split *s, size_t filled_max)
{
    const struct graph *g = s->graph;
    s->count = 0;
    s->filled_max = filled_max;
    s->parts = NEW_ARRAY(g->arena, struct part, GRAPH_PARTS_MAX);
    s->part_of = NEW_ARRAY(g->arena, size_t, g->node_count);
    size_t in_all = 0;
    weigh(s);
    for (size_t i = 0; i < g->node_count; i++) {
        s->part_of[i] = g->nodes[i].group == GRAPH_FOLLOWS ? FOLLOWS : EVERYWHERE;
        in_all += g->nodes[i].group == 0;
    }
    if (in_all > s->filled_max)
        return false;
    for (size_t group = 1; group <= g->group_count; group++)
        if (!cut_group(s, group))
            return false;
    name_parts(s);
    return s->count > 1;
}

/* -- Pictures of some of the boxes -------------------------------------------------- */

#define NOT_SHOWN SIZE_MAX

/* One picture: where the boxes of the whole, and those that stand for parts, are in it. */
struct section {
    const struct split *split;
    struct graph *graph;
    size_t own;   /* the part it shows; EVERYWHERE: the overview */
    size_t *node; /* of the whole's; NOT_SHOWN */
    size_t *stub; /* of each part: the box that stands for it; NOT_SHOWN */
    bool *joined; /* stubs and boxes that an edge joins already: cap × cap */
    size_t cap;
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

static bool is_own(const struct section *p, size_t node)
{
    return p->node[node] != NOT_SHOWN;
}

/* What stands for a box of the whole in this picture; NOT_SHOWN: nothing does. */
static size_t place_of(struct section *p, size_t node)
{
    size_t part = p->split->part_of[node];
    if (is_own(p, node) || part >= p->split->count)
        return p->node[node];
    if (p->stub[part] == NOT_SHOWN)
        p->stub[part] = add_stub(p, part);
    return p->stub[part];
}

/* Only what one of its own boxes has to do with what lies beyond; the overview has no own. */
static bool is_wanted(const struct section *p, const struct graph_edge *e)
{
    const size_t *part_of = p->split->part_of;
    return p->own == EVERYWHERE || part_of[e->from] == p->own || part_of[e->to] == p->own;
}

static void add_edge(struct section *p, const struct graph_edge *e)
{
    bool is_whole = is_own(p, e->from) && is_own(p, e->to);
    if (!is_whole && !is_wanted(p, e))
        return;
    size_t from = place_of(p, e->from), to = place_of(p, e->to);
    if (from == NOT_SHOWN || to == NOT_SHOWN || (!is_whole && from == to))
        return;
    if (!is_whole && p->joined[from * p->cap + to])
        return;
    p->joined[from * p->cap + to] = true;
    struct graph_edge *mine = graph_edge(p->graph, from, to);
    if (is_whole)
        *mine = *e;
    mine->from = from;
    mine->to = to;
}

static void add_node(struct section *p, size_t i)
{
    if (is_own(p, i))
        return;
    struct graph_node *n = graph_node(p->graph, NULL);
    *n = p->split->graph->nodes[i];
    n->cluster = 0;
    p->node[i] = p->graph->node_count - 1;
}

static void add_nodes(struct section *p)
{
    const struct graph *g = p->split->graph;
    const size_t *part_of = p->split->part_of;
    for (size_t i = 0; i < g->node_count; i++) {
        p->node[i] = NOT_SHOWN;
        if (part_of[i] == EVERYWHERE || part_of[i] == p->own)
            add_node(p, i);
    }
    for (size_t i = 0; i < g->edge_count && p->own != EVERYWHERE; i++) {
        size_t from = g->edges[i].from, to = g->edges[i].to;
        if (part_of[from] == FOLLOWS && part_of[to] == p->own)
            add_node(p, from);
        if (part_of[to] == FOLLOWS && part_of[from] == p->own)
            add_node(p, to);
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

static struct graph_caption caption_of(const struct split *s, size_t own)
{
    struct graph_caption caption = *s->caption;
    if (own == EVERYWHERE)
        return caption;
    caption.id = s->parts[own].id;
    caption.title = str_fmt(s->graph->arena, STR_FMT ": " STR_FMT, STR_ARG(caption.title),
                            STR_ARG(s->parts[own].title));
    caption.table = NULL;
    caption.note = S("");
    return caption;
}

static struct drawing *draw_section(const struct split *s, size_t own)
{
    const struct graph *g = s->graph;
    struct section p = {.split = s, .graph = graph_like(g), .own = own};
    p.node = NEW_ARRAY(g->arena, size_t, g->node_count);
    p.stub = NEW_ARRAY(g->arena, size_t, s->count);
    add_nodes(&p);
    for (size_t i = 0; i < s->count; i++)
        p.stub[i] = own == EVERYWHERE ? add_stub(&p, i) : NOT_SHOWN;
    p.cap = p.graph->node_count + s->count;
    p.joined = NEW_ARRAY(g->arena, bool, p.cap *p.cap);
    for (size_t i = 0; i < g->edge_count; i++)
        add_edge(&p, &g->edges[i]);
    for (size_t i = 0; i < g->legend_count && own != EVERYWHERE; i++)
        PUSH(g->arena, p.graph->legend, p.graph->legend_count, p.graph->legend_cap,
             struct legend_entry) = g->legend[i];
    graph_stack(p.graph);
    struct graph_caption caption = caption_of(s, own);
    return graph_draw_whole(s->diags, p.graph, &layout_usual, &caption);
}

struct drawing *graph_split(struct diags *d, const struct graph *g,
                            const struct graph_caption *caption)
{
    struct split s = {.diags = d, .graph = g, .caption = caption};
    if (!cut(&s, g->readable_max) && !cut(&s, GRAPH_READABLE_MAX))
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
