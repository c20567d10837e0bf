/* form/draw/dot: Graphviz places boxes and arrows; it draws nothing.
 *
 * Runs in a child process (see layout.h). Boxes are numbers with a size;
 * titles of clusters and words on edges are numbers too, whose size Graphviz
 * asks of our text-layout plugin. So no text of an author is ever parsed,
 * expanded (\N, &#60;) or taken for HTML here. */
#define _GNU_SOURCE /* prctl's PR_SET_PDEATHSIG lives outside POSIX */
#include "form/draw/layout.h"

#include <fcntl.h>
#include <gvc.h>
#include <gvplugin.h>
#include <gvplugin_textlayout.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/buf.h"

extern gvplugin_library_t gvplugin_dot_layout_LTX_library;

/* The graph whose tokens are being measured: Graphviz passes nothing along. */
static const struct graph *measured;

enum { LABEL_MARGIN = 4 }; /* points between words on an edge and what is near */

/* Tokens are "e12" or "c3": the words on an edge, the title of a cluster. */
static boolean token_layout(textspan_t *span, char **font_path)
{
    (void)font_path;
    double width = 0, height = 0;
    size_t number = strtoul(span->str + 1, NULL, 10);
    if (span->str[0] == 'e' && number < measured->edge_count) {
        width = measured->edges[number].block.width * TEXT_SLACK + 2 * LABEL_MARGIN;
        height = measured->edges[number].block.height + 2 * LABEL_MARGIN;
    } else if (span->str[0] == 'c' && number < measured->cluster_count) {
        width = measured->clusters[number].block.width * TEXT_SLACK;
        height = measured->clusters[number].block.height;
    }
    span->size = (pointf){width, height};
    return TRUE;
}

static gvtextlayout_engine_t token_engine = {token_layout};
static gvplugin_installed_t token_types[] = {{0, "textlayout", 1, &token_engine, NULL}, {0}};
static gvplugin_api_t token_apis[] = {{API_textlayout, token_types}, {(api_t)0, NULL}};
static gvplugin_library_t token_library = {"continuo", token_apis};

/* Ids count upwards: those of cgraph are addresses, which differ between runs
 * and decide the order of what is equal. Names are left to cgraph's own map. */
static void *ids_open(Agraph_t *g, Agdisc_t *disc)
{
    static IDTYPE last;
    (void)g, (void)disc;
    return &last;
}

static long ids_map(void *state, int kind, char *name, IDTYPE *id, int create)
{
    (void)kind;
    if (name != NULL || !create)
        return FALSE;
    *id = ++*(IDTYPE *)state;
    return TRUE;
}

static long ids_alloc(void *state, int kind, IDTYPE id)
{
    (void)state, (void)kind, (void)id;
    return FALSE;
}

static void ids_free(void *state, int kind, IDTYPE id)
{
    (void)state, (void)kind, (void)id;
}

static char *ids_print(void *state, int kind, IDTYPE id)
{
    (void)state, (void)kind, (void)id;
    return NULL;
}

static void ids_close(void *state)
{
    (void)state;
}

static void ids_register(void *state, int kind, void *object)
{
    (void)state, (void)kind, (void)object;
}

static Agiddisc_t counting_ids = {ids_open,  ids_map,   ids_alloc,   ids_free,
                                  ids_print, ids_close, ids_register};

static int silent(char *message)
{
    (void)message;
    return 0;
}

void layout_enter_cell(void)
{
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setenv("SERVER_NAME", "continuo", 1); /* Graphviz then opens no files */
    unsetenv("GV_FILE_PATH");
    int quiet = open("/dev/null", O_WRONLY);
    if (quiet >= 0)
        dup2(quiet, STDERR_FILENO);
    agseterrf(silent);
}

/* agset and its kin take text that they never change as plain char *. */
static void set(void *object, char *name, const char *value)
{
    char copy[64];
    snprintf(copy, sizeof copy, "%s", value);
    agsafeset(object, name, copy, "");
}

static void set_inches(void *object, char *name, double points)
{
    char text[32];
    snprintf(text, sizeof text, "%.4f", points / 72);
    set(object, name, text);
}

static void set_token(void *object, char kind, size_t number)
{
    char text[32];
    snprintf(text, sizeof text, "%c%zu", kind, number);
    set(object, "label", text);
}

static void add_node(const struct graph *g, Agraph_t *graph, Agraph_t *const *clusters, size_t i,
                     Agnode_t **out)
{
    const struct graph_node *n = &g->nodes[i];
    char name[32];
    snprintf(name, sizeof name, "n%zu", i + 1);
    Agnode_t *node = agnode(graph, name, TRUE);
    set_inches(node, "width", n->width);
    set_inches(node, "height", n->height);
    if (n->cluster != 0)
        agsubnode(clusters[n->cluster - 1], node, TRUE);
    *out = node;
}

static Agedge_t *add_edge(const struct graph *g, Agraph_t *graph, Agnode_t *const *nodes, size_t i)
{
    const struct graph_edge *e = &g->edges[i];
    Agedge_t *edge = agedge(graph, nodes[e->from], nodes[e->to], NULL, TRUE);
    if (e->block.count != 0)
        set_token(edge, 'e', i);
    if (e->loose)
        set(edge, "constraint", "false");
    if (e->no_arrow)
        set(edge, "arrowhead", "none");
    if (e->hidden)
        set(edge, "style", "invis");
    return edge;
}

static Agraph_t *open_graph(const struct graph *g)
{
    Agdisc_t disc = {&AgMemDisc, &counting_ids, &AgIoDisc};
    Agraph_t *graph = agopen("g", Agdirected, &disc);
    /* newrank: without it, several graphs with clusters and words on edges in
     * one process crash Graphviz 2.42. */
    set(graph, "newrank", "true");
    set(graph, "rankdir", g->flow == GRAPH_RIGHT ? "LR" : "TB");
    set_inches(graph, "nodesep", g->node_gap);
    set_inches(graph, "ranksep", g->rank_gap);
    agattr(graph, AGNODE, "shape", "box");
    agattr(graph, AGNODE, "fixedsize", "true");
    agattr(graph, AGNODE, "label", "");
    agattr(graph, AGEDGE, "arrowsize", "0.7");
    agattr(graph, AGEDGE, "label", "");
    agattr(graph, AGRAPH, "label", "");
    return graph;
}

static Agraph_t *add_cluster(Agraph_t *graph, size_t i)
{
    char name[32];
    snprintf(name, sizeof name, "cluster%zu", i + 1);
    Agraph_t *cluster = agsubg(graph, name, TRUE);
    set_token(cluster, 'c', i);
    set(cluster, "margin", "14");
    return cluster;
}

/* -- The answer --------------------------------------------------------------- */

/* Graphviz counts upwards from the bottom. */
static void put_point(struct buf *out, pointf p, double height)
{
    layout_put_point(out, p.x, height - p.y);
}

/* Between neighbouring ranks nothing is in the way: a curve of our own from the
 * middle of one side to the middle of the other, so that arrows of one box fan
 * out instead of winding round each other. */
static bool put_fan(struct buf *out, const struct graph *g, const struct graph_edge *e,
                    const Agnode_t *const ends[2], double height)
{
    const double head = 6;
    bool right = g->flow == GRAPH_RIGHT;
    pointf a = ND_coord(ends[0]), b = ND_coord(ends[1]);
    a.y = height - a.y;
    b.y = height - b.y;
    a = right ? (pointf){a.x + g->nodes[e->from].width / 2, a.y}
              : (pointf){a.x, a.y + g->nodes[e->from].height / 2};
    b = right ? (pointf){b.x - g->nodes[e->to].width / 2, b.y}
              : (pointf){b.x, b.y - g->nodes[e->to].height / 2};
    double gap = right ? b.x - a.x : b.y - a.y;
    if (e->block.count != 0 || gap < head * 2 || gap > g->rank_gap * 1.5)
        return false;
    double bow = (gap - head) / 2, back = e->no_arrow ? 0 : head;
    layout_put(out, 4);
    layout_put(out, 0);
    layout_put_point(out, a.x, a.y);
    layout_put_point(out, right ? a.x + bow : a.x, right ? a.y : a.y + bow);
    layout_put_point(out, right ? b.x - back - bow : b.x, right ? b.y : b.y - back - bow);
    layout_put_point(out, right ? b.x - back : b.x, right ? b.y : b.y - back);
    layout_put_point(out, b.x, b.y);
    layout_put_point(out, 0, 0);
    return true;
}

/* Now and then Graphviz loses an edge. From middle to middle then; the boxes,
 * painted later, cover its ends. */
static void put_straight(struct buf *out, const struct graph *g, const struct graph_edge *e,
                         const Agnode_t *const ends[2], double height)
{
    const double head = 6;
    pointf a = ND_coord(ends[0]), b = ND_coord(ends[1]);
    double dx = b.x - a.x, dy = b.y - a.y, length = hypot(dx, dy);
    double share = fmin(g->nodes[e->to].width / 2 / fmax(fabs(dx), 1),
                        g->nodes[e->to].height / 2 / fmax(fabs(dy), 1));
    pointf tip = {b.x - dx * share, b.y - dy * share}, base = tip;
    if (length > head)
        base = (pointf){tip.x - dx / length * head, tip.y - dy / length * head};
    layout_put(out, 2);
    layout_put(out, 1);
    layout_put_point(out, a.x, height - a.y);
    layout_put_point(out, base.x, height - base.y);
    layout_put_point(out, tip.x, height - tip.y);
    layout_put_point(out, (a.x + b.x) / 2, height - (a.y + b.y) / 2);
}

static void put_nothing(struct buf *out)
{
    layout_put(out, 0);
    layout_put(out, 0);
    layout_put_point(out, 0, 0);
    layout_put_point(out, 0, 0);
}

static bool has_curve(Agedge_t *edge)
{
    return ED_spl(edge) != NULL && ED_spl(edge)->size > 0 && ED_spl(edge)->list[0].size > 0;
}

static void put_curve(struct buf *out, Agedge_t *edge, double height)
{
    const bezier *curve = &ED_spl(edge)->list[0];
    const textlabel_t *label = ED_label(edge);
    layout_put(out, curve->size);
    layout_put(out, 0);
    for (int i = 0; i < curve->size; i++)
        put_point(out, curve->list[i], height);
    put_point(out, curve->eflag ? curve->ep : curve->list[curve->size - 1], height);
    put_point(out, label != NULL ? label->pos : (pointf){0, 0}, height);
}

static void put_edge(struct buf *out, const struct graph *g, size_t i, Agnode_t *const *nodes,
                     Agedge_t *edge, double height)
{
    const struct graph_edge *e = &g->edges[i];
    const Agnode_t *const ends[2] = {nodes[e->from], nodes[e->to]};
    if (e->hidden)
        put_nothing(out);
    else if (!has_curve(edge))
        put_straight(out, g, e, ends, height);
    else if (!put_fan(out, g, e, ends, height))
        put_curve(out, edge, height);
}

static void put_layout(struct buf *out, Agraph_t *graph, const struct graph *g,
                       Agraph_t *const *clusters, Agnode_t *const *nodes, Agedge_t *const *edges)
{
    boxf all = GD_bb(graph);
    double height = all.UR.y;
    layout_put(out, all.UR.x + 2 * LAYOUT_MARGIN);
    layout_put(out, height + 2 * LAYOUT_MARGIN);
    for (size_t i = 0; i < g->node_count; i++)
        put_point(out, ND_coord(nodes[i]), height);
    for (size_t i = 0; i < g->cluster_count; i++) {
        boxf b = GD_bb(clusters[i]);
        put_point(out, (pointf){b.LL.x, b.UR.y}, height);
        layout_put(out, b.UR.x - b.LL.x);
        layout_put(out, b.UR.y - b.LL.y);
    }
    for (size_t i = 0; i < g->edge_count; i++)
        put_edge(out, g, i, nodes, edges[i], height);
}

bool layout_dot(const struct graph *g, struct buf *answer)
{
    layout_enter_cell();
    measured = g;
    const lt_symlist_t plugins[] = {
        {"gvplugin_dot_layout_LTX_library", &gvplugin_dot_layout_LTX_library},
        {"gvplugin_continuo_LTX_library", &token_library},
        {NULL, NULL},
    };
    GVC_t *context = gvContextPlugins(plugins, FALSE);
    Agraph_t *graph = open_graph(g);
    Agraph_t **clusters = NEW_ARRAY(answer->arena, Agraph_t *, g->cluster_count);
    Agnode_t **nodes = NEW_ARRAY(answer->arena, Agnode_t *, g->node_count);
    Agedge_t **edges = NEW_ARRAY(answer->arena, Agedge_t *, g->edge_count);
    for (size_t i = 0; i < g->cluster_count; i++)
        clusters[i] = add_cluster(graph, i);
    for (size_t i = 0; i < g->node_count; i++)
        add_node(g, graph, clusters, i, &nodes[i]);
    for (size_t i = 0; i < g->edge_count; i++)
        edges[i] = add_edge(g, graph, nodes, i);
    if (gvLayout(context, graph, "dot") != 0)
        return false;
    put_layout(answer, graph, g, clusters, nodes, edges);
    return true;
}
