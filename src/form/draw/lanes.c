/* form/draw/lanes: places processes in lanes, side by side, with arrows between them.
 *
 * Each cluster is a lane, from left to right; its boxes stand in it from top to
 * bottom. Arrows run at right angles: out of a box's right side, along a track
 * in the gutter between lanes, into the left side of the next box; those that
 * pass over a lane take a bus above all lanes. Ways back (loose edges) share a
 * rail below, from lane to lane. No two tracks of a gutter lie on each other. */
#include "form/draw/layout.h"

#include <math.h>

#include "base/buf.h"

#define LANE_PAD    12.0
#define LANE_TITLE  26.0
#define BOX_GAP_MIN 15.0
#define BOX_GAP_MAX 40.0
#define GUTTER_MIN  26.0
#define TRACK       7.0  /* between parallel lines */
#define HEAD        6.0  /* length of an arrow's head */
#define RAIL        16.0 /* from the lanes down to the way back */
#define NO_RUN      SIZE_MAX

/* A vertical stretch in one gutter; gutter i is to the right of lane i. Arrows
 * of one box and one style share a run, like branches of a trunk. */
struct run {
    size_t gutter, giver;
    bool dashed, is_arrival; /* of a bus: belongs to one taker's gutter */
    double top, bottom;
    size_t track;
};

struct wire {
    bool is_shown, is_straight;
    double out_y, in_y;
    size_t run, arrival; /* NO_RUN: none */
    size_t bus;          /* track above the lanes */
};

struct lanes {
    const struct graph *graph;
    struct arena *arena;
    struct box *lane;  /* of each cluster */
    struct box *box;   /* of each node */
    size_t *above;     /* of each node: boxes over it in its lane */
    struct wire *wire; /* of each edge */
    struct run *runs;
    size_t run_count, run_cap;
    size_t bus_count;
    double top, bottom; /* of all lanes */
};

static size_t lane_of(const struct lanes *l, size_t node)
{
    return l->graph->nodes[node].cluster - 1;
}

static bool is_back(const struct lanes *l, const struct graph_edge *e)
{
    return e->loose || lane_of(l, e->from) > lane_of(l, e->to);
}

/* -- Heights: boxes of each lane share the height of the fullest ------------ */

static void place_down(struct lanes *l)
{
    const struct graph *g = l->graph;
    double *filled = NEW_ARRAY(l->arena, double, g->cluster_count), fullest = 0;
    size_t *count = NEW_ARRAY(l->arena, size_t, g->cluster_count);
    for (size_t i = 0; i < g->node_count; i++) {
        size_t lane = lane_of(l, i);
        l->above[i] = count[lane]++;
        filled[lane] += g->nodes[i].height;
        fullest = fmax(fullest, filled[lane] + BOX_GAP_MIN * (double)(count[lane] - 1));
    }
    double *y = NEW_ARRAY(l->arena, double, g->cluster_count);
    for (size_t i = 0; i < g->node_count; i++) {
        size_t lane = lane_of(l, i), gaps = count[lane] > 1 ? count[lane] - 1 : 1;
        double gap = fmin((fullest - filled[lane]) / (double)gaps, BOX_GAP_MAX);
        l->box[i].w = g->nodes[i].width;
        l->box[i].h = g->nodes[i].height;
        l->box[i].y = l->top + LANE_TITLE + y[lane];
        y[lane] += l->box[i].h + gap;
    }
    l->bottom = l->top + LANE_TITLE + fullest + LANE_PAD;
}

/* -- Ways -------------------------------------------------------------------- */

/* The box right below: its arrow goes straight down. */
static bool is_next_below(const struct lanes *l, const struct graph_edge *e)
{
    return lane_of(l, e->from) == lane_of(l, e->to) && l->above[e->to] == l->above[e->from] + 1;
}

static size_t run_of(struct lanes *l, size_t gutter, size_t giver, bool dashed, bool is_arrival)
{
    for (size_t i = 0; i < l->run_count; i++) {
        const struct run *r = &l->runs[i];
        if (r->gutter == gutter && r->giver == giver && r->dashed == dashed &&
            r->is_arrival == is_arrival)
            return i;
    }
    PUSH(l->arena, l->runs, l->run_count, l->run_cap, struct run) =
        (struct run){gutter, giver, dashed, is_arrival, INFINITY, -INFINITY, 0};
    return l->run_count - 1;
}

static void stretch(struct lanes *l, size_t run, double y)
{
    l->runs[run].top = fmin(l->runs[run].top, y);
    l->runs[run].bottom = fmax(l->runs[run].bottom, y);
}

/* Where the k-th of n arrows touches a box: they arrive at the upper half of a
 * side and leave from the lower, so that both never meet. */
static double port(const struct box *b, bool arrives, size_t k, size_t n)
{
    return b->y + b->h / 2 * ((arrives ? 0 : 1) + (double)(k + 1) / (double)(n + 1));
}

static void place_arrivals(struct lanes *l)
{
    const struct graph *g = l->graph;
    size_t *expected = NEW_ARRAY(l->arena, size_t, g->node_count);
    size_t *arrived = NEW_ARRAY(l->arena, size_t, g->node_count);
    for (size_t i = 0; i < g->edge_count; i++)
        if (l->wire[i].is_shown && !l->wire[i].is_straight)
            expected[g->edges[i].to]++;
    for (size_t i = 0; i < g->edge_count; i++) {
        size_t to = g->edges[i].to;
        if (l->wire[i].is_shown && !l->wire[i].is_straight)
            l->wire[i].in_y = port(&l->box[to], true, arrived[to]++, expected[to]);
    }
}

/* One port for each run that leaves a box. */
static void place_departures(struct lanes *l)
{
    const struct graph *g = l->graph;
    for (size_t r = 0; r < l->run_count; r++) {
        size_t before = 0, all = 0, giver = l->runs[r].giver;
        for (size_t k = 0; k < l->run_count; k++) {
            bool is_sibling = l->runs[k].giver == giver && !l->runs[k].is_arrival;
            all += is_sibling;
            before += is_sibling && k < r;
        }
        for (size_t i = 0; i < g->edge_count; i++)
            if (l->wire[i].run == r)
                l->wire[i].out_y = port(&l->box[giver], false, before, all);
    }
}

/* Which gutters each arrow runs through. */
static void choose_ways(struct lanes *l)
{
    const struct graph *g = l->graph;
    for (size_t i = 0; i < g->edge_count; i++) {
        const struct graph_edge *e = &g->edges[i];
        struct wire *w = &l->wire[i];
        size_t from = lane_of(l, e->from), to = lane_of(l, e->to);
        *w = (struct wire){.run = NO_RUN, .arrival = NO_RUN};
        w->is_shown = !is_back(l, e) && e->from != e->to;
        w->is_straight = w->is_shown && is_next_below(l, e);
        if (!w->is_shown || w->is_straight)
            continue;
        w->run = run_of(l, from, e->from, e->dashed, false);
        if (to > from + 1) {
            w->arrival = run_of(l, to - 1, e->from, e->dashed, true);
            w->bus = l->bus_count++;
        }
    }
}

static double bus_y(const struct lanes *l, const struct wire *w)
{
    return l->top - TRACK * (double)(w->bus + 1);
}

static void stretch_runs(struct lanes *l)
{
    for (size_t i = 0; i < l->graph->edge_count; i++) {
        const struct wire *w = &l->wire[i];
        if (w->run == NO_RUN)
            continue;
        stretch(l, w->run, w->out_y);
        stretch(l, w->run, w->arrival == NO_RUN ? w->in_y : bus_y(l, w));
        if (w->arrival != NO_RUN) {
            stretch(l, w->arrival, w->in_y);
            stretch(l, w->arrival, bus_y(l, w));
        }
    }
}

/* The first track of the gutter on which no run before lies beside this one. */
static void choose_tracks(struct lanes *l)
{
    for (size_t i = 0; i < l->run_count; i++) {
        struct run *r = &l->runs[i];
        for (size_t k = 0; k < i; k++) {
            const struct run *other = &l->runs[k];
            if (other->gutter == r->gutter && other->track == r->track &&
                other->top < r->bottom + TRACK && other->bottom > r->top - TRACK) {
                r->track++;
                k = SIZE_MAX; /* again from the first */
            }
        }
    }
}

/* -- Widths ------------------------------------------------------------------ */

static double gutter_width(const struct lanes *l, size_t gutter)
{
    size_t tracks = 0;
    for (size_t i = 0; i < l->run_count; i++)
        if (l->runs[i].gutter == gutter && l->runs[i].track + 1 > tracks)
            tracks = l->runs[i].track + 1;
    if (gutter + 1 == l->graph->cluster_count && tracks == 0)
        return 0;
    return fmax(GUTTER_MIN, TRACK * (double)(tracks + 1) + HEAD);
}

static double place_across(struct lanes *l)
{
    const struct graph *g = l->graph;
    double x = 0, right = 0;
    for (size_t lane = 0; lane < g->cluster_count; lane++) {
        double widest = g->clusters[lane].block.width * TEXT_SLACK;
        for (size_t i = 0; i < g->node_count; i++)
            if (lane_of(l, i) == lane)
                widest = fmax(widest, l->box[i].w);
        for (size_t i = 0; i < g->node_count; i++)
            if (lane_of(l, i) == lane)
                l->box[i].x = x + LANE_PAD + (widest - l->box[i].w) / 2;
        l->lane[lane] = (struct box){x, l->top, widest + 2 * LANE_PAD, l->bottom - l->top};
        right = x + l->lane[lane].w + (lane + 1 == g->cluster_count ? gutter_width(l, lane) : 0);
        x += l->lane[lane].w + gutter_width(l, lane);
    }
    return right;
}

/* -- The answer -------------------------------------------------------------- */

static double run_x(const struct lanes *l, size_t run)
{
    const struct run *r = &l->runs[run];
    const struct box *lane = &l->lane[r->gutter];
    return lane->x + lane->w + TRACK * (double)(r->track + 1);
}

struct way {
    struct point corner[8];
    size_t count;
    struct point tip;
};

static void turn(struct way *w, double x, double y)
{
    w->corner[w->count++] = (struct point){x, y};
}

static struct way way_back(const struct lanes *l, size_t from, size_t to)
{
    const struct box *a = &l->lane[from], *b = &l->lane[to];
    struct way w = {.count = 0};
    double out = a->x + a->w / 2 + 2 * TRACK, in = b->x + b->w / 2 - 2 * TRACK;
    turn(&w, out, l->bottom);
    turn(&w, out, l->bottom + RAIL);
    turn(&w, in, l->bottom + RAIL);
    turn(&w, in, l->bottom + HEAD);
    w.tip = (struct point){in, l->bottom};
    return w;
}

static struct way way_down(const struct lanes *l, const struct graph_edge *e)
{
    const struct box *a = &l->box[e->from], *b = &l->box[e->to];
    struct way w = {.count = 0};
    turn(&w, a->x + a->w / 2, a->y + a->h);
    turn(&w, a->x + a->w / 2, b->y - HEAD);
    w.tip = (struct point){a->x + a->w / 2, b->y};
    return w;
}

/* One line says it for all between the same two lanes. */
static bool is_first_back(const struct lanes *l, size_t edge)
{
    const struct graph_edge *e = &l->graph->edges[edge];
    for (size_t i = 0; i < edge; i++) {
        const struct graph_edge *other = &l->graph->edges[i];
        if (is_back(l, other) && lane_of(l, other->from) == lane_of(l, e->from) &&
            lane_of(l, other->to) == lane_of(l, e->to))
            return false;
    }
    return true;
}

static struct way way_on(const struct lanes *l, const struct graph_edge *e, const struct wire *wire)
{
    const struct box *a = &l->box[e->from], *b = &l->box[e->to];
    bool is_same_lane = lane_of(l, e->from) == lane_of(l, e->to);
    double side = is_same_lane ? b->x + b->w : b->x, head = is_same_lane ? HEAD : -HEAD;
    struct way w = {.count = 0};
    turn(&w, a->x + a->w, wire->out_y);
    turn(&w, run_x(l, wire->run), wire->out_y);
    if (wire->arrival != NO_RUN) {
        turn(&w, run_x(l, wire->run), bus_y(l, wire));
        turn(&w, run_x(l, wire->arrival), bus_y(l, wire));
        turn(&w, run_x(l, wire->arrival), wire->in_y);
    } else {
        turn(&w, run_x(l, wire->run), wire->in_y);
    }
    turn(&w, side + head, wire->in_y);
    w.tip = (struct point){side, wire->in_y};
    return w;
}

static void put_edge(const struct lanes *l, size_t edge, struct buf *answer)
{
    const struct graph_edge *e = &l->graph->edges[edge];
    const struct wire *wire = &l->wire[edge];
    struct way w = {.count = 0};
    if (wire->is_straight)
        w = way_down(l, e);
    else if (wire->is_shown)
        w = way_on(l, e, wire);
    else if (lane_of(l, e->from) != lane_of(l, e->to) && is_first_back(l, edge))
        w = way_back(l, lane_of(l, e->from), lane_of(l, e->to));
    layout_put(answer, (double)w.count);
    layout_put(answer, 1);
    for (size_t i = 0; i < w.count; i++)
        layout_put_point(answer, w.corner[i].x, w.corner[i].y);
    layout_put_point(answer, w.tip.x, w.tip.y);
    layout_put_point(answer, 0, 0);
}

static void put_all(const struct lanes *l, double width, struct buf *answer)
{
    const struct graph *g = l->graph;
    bool has_rail = false;
    for (size_t i = 0; i < g->edge_count; i++)
        has_rail |= is_back(l, &g->edges[i]);
    layout_put(answer, width + 2 * LAYOUT_MARGIN);
    layout_put(answer, l->bottom + (has_rail ? RAIL + 4 : 0) + 2 * LAYOUT_MARGIN);
    for (size_t i = 0; i < g->node_count; i++)
        layout_put_point(answer, l->box[i].x + l->box[i].w / 2, l->box[i].y + l->box[i].h / 2);
    for (size_t i = 0; i < g->cluster_count; i++) {
        layout_put_point(answer, l->lane[i].x, l->lane[i].y);
        layout_put(answer, l->lane[i].w);
        layout_put(answer, l->lane[i].h);
    }
    for (size_t i = 0; i < g->edge_count; i++)
        put_edge(l, i, answer);
}

bool layout_lanes(const struct graph *g, struct buf *answer)
{
    struct arena *a = answer->arena;
    struct lanes l = {.graph = g, .arena = a};
    for (size_t i = 0; i < g->node_count; i++)
        if (g->nodes[i].cluster == 0)
            return false;
    l.lane = NEW_ARRAY(a, struct box, g->cluster_count);
    l.box = NEW_ARRAY(a, struct box, g->node_count);
    l.above = NEW_ARRAY(a, size_t, g->node_count);
    l.wire = NEW_ARRAY(a, struct wire, g->edge_count);
    place_down(&l); /* for the order in each lane, which the ways need */
    choose_ways(&l);
    l.top = l.bus_count == 0 ? 0 : TRACK * (double)(l.bus_count + 1);
    place_down(&l);
    place_arrivals(&l);
    place_departures(&l);
    stretch_runs(&l);
    choose_tracks(&l);
    put_all(&l, place_across(&l), answer);
    return true;
}
