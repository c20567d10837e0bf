/* form/draw/dot_read: a graph that an author wrote in the DOT language.
 *
 * Graphviz parses it in a child process; only boxes, arrows, clusters, their
 * words and the direction come back, as counts and texts that are checked and
 * built anew. Whatever else DOT can say (positions, colours, pictures, files,
 * addresses, HTML) ends with the child. */
#include "form/draw/draw_int.h"

#include <assert.h>
#include <gvc.h>
#include <stdlib.h>
#include <string.h>

#include "text/rules.h"

enum {
    SUBGRAPH_DEPTH_MAX = 8,
    CLUSTERS_MAX = 50,
    DOT_BYTES_MAX = 64 * 1024, /* that of any block of Markdown */
    ANSWER_BYTES_MAX = 1024 * 1024,
};

/* -- In the child: DOT becomes counts and texts ------------------------------- */

struct parsed {
    struct buf *answer;
    Agraph_t *graph;
    Agnode_t **nodes;
    size_t *cluster; /* of each node, from 1 */
    size_t node_count, cluster_count;
    Agraph_t *clusters[CLUSTERS_MAX];
};

static struct buf *complaint; /* what the parser says; it passes nothing along */

static int hear(char *message)
{
    buf_add(complaint, str_from(message));
    return 0;
}

static void put_number(struct buf *out, size_t value)
{
    uint32_t number = (uint32_t)value;
    buf_add(out, (str){(const char *)&number, sizeof number});
}

static void put_text(struct buf *out, str text)
{
    put_number(out, text.n);
    buf_add(out, text);
}

/* An attribute as written; HTML is none. */
static str attribute(void *object, char *name)
{
    char *value = agget(object, name);
    return value == NULL || aghtmlstr(value) ? S("") : str_from(value);
}

/* Line breaks become blanks, \N the name, any other escaped character itself. */
static void put_words(struct parsed *p, str words, str name)
{
    struct buf out = buf_in(p->answer->arena, words.n + 16);
    for (size_t i = 0; i < words.n; i++) {
        char c = words.p[i];
        if (c != '\\' || i + 1 == words.n) {
            buf_char(&out, c);
            continue;
        }
        c = words.p[++i];
        if (c == 'N')
            buf_add(&out, name);
        else
            buf_char(&out, c == 'n' || c == 'l' || c == 'r' ? ' ' : c);
    }
    put_text(p->answer, buf_str(&out));
}

static size_t number_of(const struct parsed *p, const Agnode_t *node)
{
    size_t i = 0;
    while (i < p->node_count && p->nodes[i] != node)
        i++;
    assert(i < p->node_count);
    return i;
}

/* The outermost cluster around a node is the one it is drawn in. */
static void find_clusters(struct parsed *p, Agraph_t *graph, int depth)
{
    for (Agraph_t *sub = agfstsubg(graph); sub != NULL; sub = agnxtsubg(sub)) {
        if (!str_starts(str_from(agnameof(sub)), S("cluster"))) {
            if (depth < SUBGRAPH_DEPTH_MAX)
                find_clusters(p, sub, depth + 1);
            continue;
        }
        if (p->cluster_count == CLUSTERS_MAX)
            return;
        p->clusters[p->cluster_count++] = sub;
        for (Agnode_t *n = agfstnode(sub); n != NULL; n = agnxtnode(sub, n))
            if (p->cluster[number_of(p, n)] == 0)
                p->cluster[number_of(p, n)] = p->cluster_count;
    }
}

static bool has_style(void *object, const char *style)
{
    return str_find(attribute(object, "style"), str_from(style), 0) != SIZE_MAX;
}

static void put_nodes(struct parsed *p)
{
    put_number(p->answer, p->node_count);
    for (size_t i = 0; i < p->node_count; i++) {
        Agnode_t *n = p->nodes[i];
        str name = str_from(agnameof(n)), label = attribute(n, "label");
        put_text(p->answer, name);
        put_words(p, label.n != 0 ? label : S("\\N"), name);
        put_number(p->answer, p->cluster[i]);
        put_number(p->answer, has_style(n, "dashed") || has_style(n, "dotted"));
        put_number(p->answer, has_style(n, "rounded"));
    }
}

static void put_edges(struct parsed *p)
{
    put_number(p->answer, (size_t)agnedges(p->graph));
    for (size_t i = 0; i < p->node_count; i++)
        for (Agedge_t *e = agfstout(p->graph, p->nodes[i]); e != NULL; e = agnxtout(p->graph, e)) {
            put_number(p->answer, i);
            put_number(p->answer, number_of(p, aghead(e)));
            put_words(p, attribute(e, "label"), S(""));
            put_number(p->answer, has_style(e, "dashed") || has_style(e, "dotted"));
            put_number(p->answer,
                       !agisdirected(p->graph) || str_eq(attribute(e, "dir"), S("none")));
        }
}

static void put_graph(struct parsed *p)
{
    p->nodes = NEW_ARRAY(p->answer->arena, Agnode_t *, p->node_count);
    p->cluster = NEW_ARRAY(p->answer->arena, size_t, p->node_count);
    size_t i = 0;
    for (Agnode_t *n = agfstnode(p->graph); n != NULL; n = agnxtnode(p->graph, n))
        p->nodes[i++] = n;
    find_clusters(p, p->graph, 0);
    put_words(p, attribute(p->graph, "label"), S(""));
    put_number(p->answer, str_eq(attribute(p->graph, "rankdir"), S("LR")));
    put_number(p->answer, p->cluster_count);
    for (size_t k = 0; k < p->cluster_count; k++)
        put_words(p, attribute(p->clusters[k], "label"), S(""));
    put_nodes(p);
    put_edges(p);
}

/* Begins with 1, or with 0 and what is wrong. */
static void read_dot(str text, struct buf *answer)
{
    struct buf said = buf_in(answer->arena, 256);
    layout_enter_cell();
    complaint = &said;
    agseterrf(hear);
    struct parsed p = {.answer = answer, .graph = agmemread(str_c(answer->arena, text))};
    if (p.graph != NULL)
        p.node_count = (size_t)agnnodes(p.graph);
    if (p.graph == NULL && said.n == 0)
        buf_lit(&said, "it holds no graph");
    else if (p.node_count > GRAPH_NODES_MAX || (p.graph && agnedges(p.graph) > GRAPH_EDGES_MAX))
        buf_fmt(&said, "at most %d boxes and %d arrows can be drawn", GRAPH_NODES_MAX,
                GRAPH_EDGES_MAX);
    put_number(answer, said.n == 0);
    if (said.n == 0)
        put_graph(&p);
    else
        put_text(answer, buf_str(&said));
}

/* -- In the parent: counts and texts become a graph ---------------------------- */

struct reader {
    struct arena *arena;
    str rest;
    bool broken;
};

static size_t take_number(struct reader *r, size_t max)
{
    uint32_t number = 0;
    if (r->rest.n >= sizeof number) {
        memcpy(&number, r->rest.p, sizeof number);
        r->rest = str_skip(r->rest, sizeof number);
    } else {
        r->broken = true;
    }
    r->broken |= number > max;
    return r->broken ? 0 : number;
}

static str take_text(struct reader *r)
{
    size_t n = take_number(r, r->rest.n);
    str text = str_from_to(r->rest, 0, r->broken ? 0 : n);
    r->broken |= utf8_invalid_at(text) != SIZE_MAX;
    r->rest = str_skip(r->rest, text.n);
    return r->broken ? S("") : text;
}

struct author_graph {
    const struct model *model;
    struct graph *graph;
    str title;
    str *name, *words; /* of each box */
    str *item;         /* what each arrow says */
};

static void take_node(struct author_graph *g, struct reader *r, size_t i)
{
    g->name[i] = take_text(r);
    g->words[i] = take_text(r);
    const struct record *record = model_find(g->model, g->name[i]);
    if (record != NULL && str_eq(g->words[i], g->name[i]))
        g->words[i] = record_name(record);
    struct graph_node *n = graph_node(g->graph, record);
    graph_say(g->graph, &n->block, g->words[i], style_title, g->graph->wrap_width);
    n->cluster = take_number(r, g->graph->cluster_count);
    n->dashed = take_number(r, 1) != 0;
    n->rounded = take_number(r, 1) != 0;
}

static void take_edge(struct author_graph *g, struct reader *r, size_t i)
{
    size_t from = take_number(r, g->graph->node_count - 1);
    size_t to = take_number(r, g->graph->node_count - 1);
    g->item[i] = take_text(r);
    struct graph_edge *e = graph_edge(g->graph, from, to);
    graph_say(g->graph, &e->block, g->item[i], style_detail, 90);
    e->dashed = take_number(r, 1) != 0;
    e->no_arrow = take_number(r, 1) != 0;
}

static bool take_graph(struct author_graph *g, struct reader *r)
{
    g->title = take_text(r);
    if (take_number(r, 1) != 0)
        g->graph->flow = GRAPH_RIGHT;
    size_t clusters = take_number(r, CLUSTERS_MAX);
    for (size_t i = 0; i < clusters; i++)
        graph_cluster(g->graph, take_text(r));
    size_t nodes = take_number(r, GRAPH_NODES_MAX);
    g->name = NEW_ARRAY(r->arena, str, nodes);
    g->words = NEW_ARRAY(r->arena, str, nodes);
    for (size_t i = 0; i < nodes && !r->broken; i++)
        take_node(g, r, i);
    size_t edges = take_number(r, nodes == 0 ? 0 : GRAPH_EDGES_MAX);
    g->item = NEW_ARRAY(r->arena, str, edges);
    for (size_t i = 0; i < edges && !r->broken; i++)
        take_edge(g, r, i);
    return !r->broken && r->rest.n == 0;
}

static const struct table *table_of(const struct author_graph *g, str id, str caption)
{
    const struct column columns[] = {{S("from"), S("From"), COLUMN_TEXT},
                                     {S("to"), S("To"), COLUMN_TEXT},
                                     {S("what"), S("What"), COLUMN_TEXT}};
    struct arena *a = g->graph->arena;
    struct table *t = table_new(a, id, caption, columns, 3);
    bool *named = NEW_ARRAY(a, bool, g->graph->node_count);
    for (size_t i = 0; i < g->graph->edge_count; i++) {
        const struct graph_edge *e = &g->graph->edges[i];
        struct cell *cell = table_row(a, t);
        cell_add(a, &cell[0], g->words[e->from], g->graph->nodes[e->from].link, TONE_NONE);
        cell_add(a, &cell[1], g->words[e->to], g->graph->nodes[e->to].link, TONE_NONE);
        cell[2] = cell_text(a, g->item[i]);
        named[e->from] = named[e->to] = true;
    }
    for (size_t i = 0; i < g->graph->node_count; i++)
        if (!named[i])
            cell_add(a, &table_row(a, t)[0], g->words[i], g->graph->nodes[i].link, TONE_NONE);
    return t;
}

struct job {
    struct arena *arena;
    str text, answer, why;
};

static void run(void *self, size_t number, struct buf *answer)
{
    (void)number;
    read_dot(((struct job *)self)->text, answer);
}

static void take(void *self, size_t number, str answer)
{
    struct job *job = self;
    (void)number;
    job->answer = str_dup(job->arena, answer);
}

static void lost(void *self, size_t number, str reason)
{
    struct job *job = self;
    (void)number;
    job->why = str_fmt(job->arena, "reading it %.*s", STR_ARG(reason));
}

/* What is wrong, or empty. */
static str read_in_child(struct job *job, struct author_graph *g)
{
    const struct pool_limits limits = {.cpu_seconds = 2,
                                       .wall_seconds = 10,
                                       .memory_bytes = (size_t)128 * 1024 * 1024,
                                       .answer_bytes_max = ANSWER_BYTES_MAX};
    struct pool_work work = {.self = job, .run = run, .take = take, .lost = lost};
    if (job->text.n > DOT_BYTES_MAX)
        return S("it is too long");
    int error_number = pool_run(1, 1, &limits, &work);
    if (error_number != 0)
        return str_fmt(job->arena, "no process to read it: %s", strerror(error_number));
    if (job->why.n != 0)
        return job->why;
    struct reader r = {job->arena, job->answer, false};
    bool is_graph = take_number(&r, 1) != 0;
    str said = is_graph ? S("") : graph_clean(job->arena, take_text(&r));
    if (r.broken || (is_graph && !take_graph(g, &r)))
        return S("it could not be read");
    return said;
}

const struct drawing *draw_dot(struct arena *a, struct diags *d, const struct model *m,
                               struct fonts *fonts, struct span at, str text)
{
    struct author_graph g = {.model = m};
    struct job job = {.arena = a, .text = text};
    g.graph = graph_new(a, ruler_of(a, fonts), GRAPH_DOWN);
    str wrong = read_in_child(&job, &g);
    if (wrong.n != 0) {
        diag(d, TEXT_RULE(DRAW_DOT), at, "this graph cannot be drawn: " STR_FMT, STR_ARG(wrong));
        return NULL;
    }
    struct graph_caption caption = {.at = at, .title = graph_clean(a, g.title)};
    caption.id = str_fmt(a, "dot-%u", (unsigned)at.off);
    if (caption.title.n == 0)
        caption.title = S("Diagram");
    caption.description = S("The table after the diagram lists its boxes and arrows.");
    caption.table = table_of(&g, caption.id, caption.title);
    return graph_draw(d, g.graph, &layout_usual, &caption);
}
