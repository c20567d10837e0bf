/* form/draw/layout: a graph goes into a child process, places come back. */
#include "form/draw/layout.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum {
    POINTS_MAX = 4000,   /* of one edge; long curves have dozens */
    EXTENT_MAX = 200000, /* points, 70 m: more is a slip of the layout */
    ANSWER_BYTES_MAX = 8 * 1024 * 1024,
};

#define LIMITS                                                                                     \
    {                                                                                              \
        .cpu_seconds = 5, .wall_seconds = 20, .memory_bytes = (size_t)512 * 1024 * 1024,           \
        .answer_bytes_max = ANSWER_BYTES_MAX                                                       \
    }
const struct layout_how layout_usual = {.place = layout_dot, .limits = LIMITS};
const struct layout_how layout_as_tree = {.place = layout_tree, .limits = LIMITS};
const struct layout_how layout_in_lanes = {.place = layout_lanes, .limits = LIMITS};

void layout_put(struct buf *answer, double value)
{
    buf_add(answer, (str){(const char *)&value, sizeof value});
}

void layout_put_point(struct buf *answer, double x, double y)
{
    layout_put(answer, x + LAYOUT_MARGIN);
    layout_put(answer, y + LAYOUT_MARGIN);
}

struct job {
    struct arena *arena;
    const struct graph *graph;
    const struct layout_how *how;
    str answer, why;
    bool answered;
};

/* In the child. An empty answer is a refusal: a true one has a width. */
static void run(void *self, size_t number, struct buf *answer)
{
    struct job *job = self;
    (void)number;
    if (!job->how->place(job->graph, answer))
        answer->n = 0;
}

static void take(void *self, size_t number, str answer)
{
    struct job *job = self;
    (void)number;
    job->answer = str_dup(job->arena, answer);
    job->answered = true;
}

static void lost(void *self, size_t number, str reason)
{
    struct job *job = self;
    (void)number;
    job->why = str_dup(job->arena, reason);
}

/* -- Reading the answer: nothing in it is believed -------------------------- */

struct reader {
    str rest;
    bool broken;
};

static double number_take(struct reader *r)
{
    double value;
    if (r->rest.n < sizeof value) {
        r->broken = true;
        return 0;
    }
    memcpy(&value, r->rest.p, sizeof value);
    r->rest = str_skip(r->rest, sizeof value);
    if (!isfinite(value) || fabs(value) > EXTENT_MAX) {
        r->broken = true;
        return 0;
    }
    return round(value * 100) / 100 + 0.0; /* never minus zero */
}

static struct point point_take(struct reader *r)
{
    struct point p;
    p.x = number_take(r);
    p.y = number_take(r);
    return p;
}

static struct layout_edge edge_take(struct arena *a, struct reader *r)
{
    struct layout_edge e = {.points = NULL};
    double count = number_take(r);
    e.straight = number_take(r) != 0;
    if (count < 0 || count > POINTS_MAX || (count > 0 && !e.straight && fmod(count, 3) != 1))
        r->broken = true;
    if (r->broken)
        return e;
    e.count = (size_t)count;
    struct point *points = NEW_ARRAY(a, struct point, e.count);
    for (size_t i = 0; i < e.count; i++)
        points[i] = point_take(r);
    e.points = points;
    e.tip = point_take(r);
    e.label = point_take(r);
    return e;
}

static bool layout_read(struct arena *a, const struct graph *g, str answer, struct layout *out)
{
    struct reader r = {answer, false};
    out->width = number_take(&r);
    out->height = number_take(&r);
    out->nodes = NEW_ARRAY(a, struct point, g->node_count);
    out->clusters = NEW_ARRAY(a, struct box, g->cluster_count);
    out->edges = NEW_ARRAY(a, struct layout_edge, g->edge_count);
    for (size_t i = 0; i < g->node_count; i++)
        out->nodes[i] = point_take(&r);
    for (size_t i = 0; i < g->cluster_count; i++) {
        struct point corner = point_take(&r), size = point_take(&r);
        out->clusters[i] = (struct box){corner.x, corner.y, size.x, size.y};
        r.broken |= size.x < 0 || size.y < 0;
    }
    for (size_t i = 0; i < g->edge_count && !r.broken; i++)
        out->edges[i] = edge_take(a, &r);
    return !r.broken && r.rest.n == 0 && out->width > 0 && out->height > 0;
}

bool layout_run(struct arena *a, const struct graph *g, const struct layout_how *how,
                struct layout *out, str *why)
{
    assert(g->node_count != 0);
    if (g->node_count > GRAPH_NODES_MAX || g->edge_count > GRAPH_EDGES_MAX) {
        *why = str_fmt(a, "would need %zu boxes and %zu arrows; at most %d and %d can be drawn",
                       g->node_count, g->edge_count, GRAPH_NODES_MAX, GRAPH_EDGES_MAX);
        return false;
    }
    struct job job = {.arena = a, .graph = g, .how = how};
    struct pool_work work = {.self = &job, .run = run, .take = take, .lost = lost};
    int error_number = pool_run(1, 1, &how->limits, &work);
    *why = job.why;
    if (job.answered && layout_read(a, g, job.answer, out))
        return true;
    if (job.answered)
        *why = S("gave no usable answer");
    else if (job.why.n == 0)
        *why = str_fmt(a, "got no process: %s", strerror(error_number));
    return false;
}
