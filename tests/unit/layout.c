/* unit/layout: graphs are placed, the same each time, and nothing of it can hurt. */
#include "unit.h"

#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "form/draw/layout.h"

static double width(const void *self, str text, double size, bool bold)
{
    (void)self;
    return (double)utf8_count(text) * size * (bold ? 0.6 : 0.55);
}

static const struct ruler ruler = {NULL, width};
static const struct graph_style plain = {9, false, INK_TEXT, 0};

static void add_nodes(struct graph *g, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct graph_node *n = graph_node(g, NULL);
        graph_say(g, &n->block, str_fmt(g->arena, "Step %zu of the work", i), plain, 118);
    }
}

/* Clusters, words on edges, ways back: all that a drawing may ask for. */
static struct graph *rich_graph(struct arena *a)
{
    struct graph *g = graph_new(a, ruler, GRAPH_RIGHT);
    graph_cluster(g, S("First"));
    graph_cluster(g, S("Second"));
    add_nodes(g, 24);
    for (size_t i = 0; i < 24; i++)
        g->nodes[i].cluster = i % 3;
    for (size_t i = 0; i < 40; i++) {
        struct graph_edge *e = graph_edge(g, i * 7 % 24, (i * 11 + 5) % 24);
        if (i % 4 == 0)
            graph_say(g, &e->block, S("handed over"), plain, 90);
        e->loose = i % 5 == 0;
        e->hidden = i % 9 == 0;
        e->dashed = i % 2 == 0;
    }
    graph_settle(g);
    return g;
}

static struct graph *complete_graph(struct arena *a, size_t count)
{
    struct graph *g = graph_new(a, ruler, GRAPH_DOWN);
    add_nodes(g, count);
    for (size_t i = 0; i < count; i++)
        for (size_t k = i + 1; k < count; k++)
            graph_edge(g, i, k);
    graph_settle(g);
    return g;
}

static void dump(const struct graph *g, const struct layout *l, struct buf *out)
{
    buf_fmt(out, "%.2f %.2f\n", l->width, l->height);
    for (size_t i = 0; i < g->node_count; i++)
        buf_fmt(out, "n %.2f %.2f\n", l->nodes[i].x, l->nodes[i].y);
    for (size_t i = 0; i < g->cluster_count; i++)
        buf_fmt(out, "c %.2f %.2f %.2f %.2f\n", l->clusters[i].x, l->clusters[i].y,
                l->clusters[i].w, l->clusters[i].h);
    for (size_t i = 0; i < g->edge_count; i++) {
        const struct layout_edge *e = &l->edges[i];
        for (size_t k = 0; k < e->count; k++)
            buf_fmt(out, "e %.2f %.2f\n", e->points[k].x, e->points[k].y);
        buf_fmt(out, "t %.2f %.2f %.2f %.2f\n", e->tip.x, e->tip.y, e->label.x, e->label.y);
    }
}

static str placed(struct arena *a, const struct graph *g, const struct layout_how *how)
{
    struct buf out = buf_in(a, 4096);
    struct layout l;
    str why = S("");
    bool ok = layout_run(a, g, how, &l, &why);
    if (!ok)
        print_error(STR_FMT "\n", STR_ARG(why));
    assert_true(ok);
    dump(g, &l, &out);
    return buf_str(&out);
}

static void no_children_left(void)
{
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
}

static void same_each_time(void **state)
{
    struct arena *a = arena_new("test", 64 << 20);
    (void)state;
    str first = placed(a, rich_graph(a), &layout_usual);
    assert_true(first.n > 1000);
    for (int i = 0; i < 20; i++)
        assert_true(str_eq(placed(a, rich_graph(a), &layout_usual), first));
    no_children_left();
    arena_free(a);
}

/* A worker of a pool lays out in a child of its own. */
static void run_in_worker(void *self, size_t job, struct buf *answer)
{
    (void)self, (void)job;
    buf_add(answer, placed(answer->arena, rich_graph(answer->arena), &layout_usual));
}

static void take_from_worker(void *self, size_t job, str answer)
{
    const str *expected = self;
    (void)job;
    assert_true(str_eq(answer, *expected));
}

static void lost_worker(void *self, size_t job, str reason)
{
    (void)self, (void)job;
    print_error(STR_FMT "\n", STR_ARG(reason));
    fail();
}

static void same_in_other_processes(void **state)
{
    struct arena *a = arena_new("test", 64 << 20);
    (void)state;
    str expected = placed(a, rich_graph(a), &layout_usual);
    const struct pool_limits limits = {.answer_bytes_max = 1 << 20};
    struct pool_work work = {&expected, run_in_worker, take_from_worker, lost_worker, NULL};
    assert_int_equal(pool_run(4, 2, &limits, &work), 0);
    no_children_left();
    arena_free(a);
}

static bool overlaps(const struct graph *g, const struct layout *l, size_t i, size_t k)
{
    double dx = fabs(l->nodes[i].x - l->nodes[k].x), dy = fabs(l->nodes[i].y - l->nodes[k].y);
    return dx < (g->nodes[i].width + g->nodes[k].width) / 2 - 0.1 &&
           dy < (g->nodes[i].height + g->nodes[k].height) / 2 - 0.1;
}

static void check_boxes(const struct graph *g, const struct layout *l)
{
    for (size_t i = 0; i < g->node_count; i++) {
        const struct graph_node *n = &g->nodes[i];
        assert_true(l->nodes[i].x - n->width / 2 >= -0.1);
        assert_true(l->nodes[i].y - n->height / 2 >= -0.1);
        assert_true(l->nodes[i].x + n->width / 2 <= l->width + 0.1);
        assert_true(l->nodes[i].y + n->height / 2 <= l->height + 0.1);
        for (size_t k = 0; k < i; k++)
            assert_false(overlaps(g, l, i, k));
    }
}

static void boxes_apart(void **state)
{
    struct arena *a = arena_new("test", 64 << 20);
    struct graph *g = rich_graph(a);
    struct layout l;
    str why;
    (void)state;
    assert_true(layout_run(a, g, &layout_usual, &l, &why));
    check_boxes(g, &l);
    for (size_t i = 0; i < g->edge_count; i++)
        assert_int_equal(l.edges[i].count == 0, g->edges[i].hidden);
    for (size_t i = 0; i < g->node_count; i++) {
        const struct box *b = &l.clusters[g->nodes[i].cluster - 1];
        if (g->nodes[i].cluster == 0)
            continue;
        assert_true(l.nodes[i].x > b->x && l.nodes[i].x < b->x + b->w);
        assert_true(l.nodes[i].y > b->y && l.nodes[i].y < b->y + b->h);
    }
    arena_free(a);
}

static void refuses_large(void **state)
{
    struct arena *a = arena_new("test", 64 << 20);
    struct graph *g = graph_new(a, ruler, GRAPH_DOWN);
    struct layout l;
    str why;
    (void)state;
    add_nodes(g, GRAPH_NODES_MAX + 1);
    graph_settle(g);
    assert_false(layout_run(a, g, &layout_usual, &l, &why));
    assert_str(why, "would need 401 boxes and 0 arrows; at most 400 and 800 can be drawn");
    arena_free(a);
}

static void takes_the_most(void **state)
{
    struct arena *a = arena_new("test", 64 << 20);
    struct graph *g = graph_new(a, ruler, GRAPH_RIGHT);
    struct layout l;
    str why;
    (void)state;
    add_nodes(g, GRAPH_NODES_MAX);
    for (size_t i = 1; i < GRAPH_NODES_MAX; i++)
        graph_edge(g, i / 3, i);
    graph_settle(g);
    assert_true(layout_run(a, g, &layout_usual, &l, &why));
    arena_free(a);
}

/* Every box with every other: Graphviz would think for half a minute. */
static void ends_in_time(void **state)
{
    struct arena *a = arena_new("test", 64 << 20);
    struct layout_how how = layout_usual;
    struct layout l;
    str why;
    (void)state;
    how.limits.wall_seconds = 1;
    assert_false(layout_run(a, complete_graph(a, 40), &how, &l, &why));
    assert_str(why, "took longer than its time limit");
    no_children_left();
    arena_free(a);
}

static bool place_crash(const struct graph *g, struct buf *answer)
{
    (void)g, (void)answer;
    signal(SIGABRT, SIG_DFL);
    abort();
}

static bool place_refuse(const struct graph *g, struct buf *answer)
{
    (void)g;
    layout_put(answer, 1);
    return false;
}

/* Right for one box and nothing else, but for what `spoilt` names. */
static double answer_of_one[] = {100, 50, 50, 25};

static bool place_one(const struct graph *g, struct buf *answer)
{
    (void)g;
    for (size_t i = 0; i < sizeof answer_of_one / sizeof *answer_of_one; i++)
        layout_put(answer, answer_of_one[i]);
    return true;
}

static bool place_short(const struct graph *g, struct buf *answer)
{
    bool ok = place_one(g, answer);
    answer->n -= 3;
    return ok;
}

static bool place_long(const struct graph *g, struct buf *answer)
{
    bool ok = place_one(g, answer);
    layout_put(answer, 1);
    return ok;
}

static bool run_one(struct arena *a, bool (*place)(const struct graph *, struct buf *), str *why)
{
    struct layout_how how = layout_usual;
    struct graph *g = graph_new(a, ruler, GRAPH_DOWN);
    struct layout l;
    add_nodes(g, 1);
    graph_settle(g);
    how.place = place;
    bool ok = layout_run(a, g, &how, &l, why);
    no_children_left();
    return ok;
}

static void believes_nothing(void **state)
{
    struct arena *a = arena_new("test", 64 << 20);
    str why;
    (void)state;
    assert_true(run_one(a, place_one, &why));
    const double bad[] = {NAN, INFINITY, -INFINITY, 1e9, -1e300};
    for (size_t k = 0; k < 4; k++)
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
            double kept = answer_of_one[k];
            answer_of_one[k] = bad[i];
            assert_false(run_one(a, place_one, &why));
            assert_str(why, "gave no usable answer");
            answer_of_one[k] = kept;
        }
    assert_false(run_one(a, place_short, &why));
    assert_false(run_one(a, place_long, &why));
    assert_false(run_one(a, place_refuse, &why));
    assert_str(why, "gave no usable answer");
    arena_free(a);
}

static void survives_a_crash(void **state)
{
    struct arena *a = arena_new("test", 64 << 20);
    str why;
    (void)state;
    assert_false(run_one(a, place_crash, &why));
    assert_true(str_starts(why, S("was killed by signal 6")));
    arena_free(a);
}

/* Points claimed but not sent, too many, or not a whole number of curves. */
static double claimed_points;

static bool place_edge(const struct graph *g, struct buf *answer)
{
    layout_put(answer, 100);
    layout_put(answer, 50);
    for (size_t i = 0; i < 2 * g->node_count; i++)
        layout_put(answer, 20);
    layout_put(answer, claimed_points);
    layout_put(answer, 0);
    for (size_t i = 0; i < 12; i++)
        layout_put(answer, 5);
    return true;
}

static void believes_no_edge(void **state)
{
    struct arena *a = arena_new("test", 64 << 20);
    struct layout_how how = layout_usual;
    struct graph *g = graph_new(a, ruler, GRAPH_DOWN);
    struct layout l;
    str why;
    (void)state;
    add_nodes(g, 2);
    graph_edge(g, 0, 1);
    graph_settle(g);
    how.place = place_edge;
    claimed_points = 4;
    assert_true(layout_run(a, g, &how, &l, &why));
    const double bad[] = {-1, 2, 3, 4.5, 7, 4001, 199999};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        claimed_points = bad[i];
        assert_false(layout_run(a, g, &how, &l, &why));
    }
    arena_free(a);
}

static void add_edges(struct graph *g, const size_t (*edges)[2], size_t count)
{
    for (size_t i = 0; i < count; i++)
        graph_edge(g, edges[i][0], edges[i][1]);
}

static void tree_of_people(void **state)
{
    /* A tree, somebody with two superiors, a circle, and one alone. */
    static const size_t edges[][2] = {{0, 1}, {0, 2}, {0, 3}, {1, 4}, {4, 5},
                                      {2, 5}, {6, 7}, {7, 6}, {3, 3}};
    struct arena *a = arena_new("test", 64 << 20);
    struct graph *g = graph_new(a, ruler, GRAPH_DOWN);
    struct layout l;
    str why;
    (void)state;
    add_nodes(g, 9);
    add_edges(g, edges, sizeof edges / sizeof *edges);
    g->same_width = true;
    graph_settle(g);
    assert_true(layout_run(a, g, &layout_as_tree, &l, &why));
    check_boxes(g, &l);
    static const bool drawn[] = {true, true, true, true, true, false, true, false, false};
    for (size_t i = 0; i < sizeof drawn / sizeof *drawn; i++)
        assert_int_equal(l.edges[i].count != 0, drawn[i]);
    assert_true(l.nodes[4].y > l.nodes[1].y && l.nodes[4].x > l.nodes[1].x);
    arena_free(a);
}

static void wide_tree(void **state)
{
    struct arena *a = arena_new("test", 64 << 20);
    struct graph *g = graph_new(a, ruler, GRAPH_DOWN);
    struct layout l;
    str why;
    (void)state;
    add_nodes(g, 200);
    for (size_t i = 1; i < 200; i++)
        graph_edge(g, i < 40 ? 0 : i % 39 + 1, i);
    g->same_width = true;
    graph_settle(g);
    assert_true(layout_run(a, g, &layout_as_tree, &l, &why));
    check_boxes(g, &l);
    assert_true(l.width / l.height > 0.9 && l.width / l.height < 2.2);
    arena_free(a);
}

/* Straight pieces of two arrows that do not share a box never lie on each other. */
static bool on_each_other(const struct layout_edge *a, const struct layout_edge *b)
{
    for (size_t i = 0; i + 1 < a->count; i++)
        for (size_t k = 0; k + 1 < b->count; k++) {
            struct point p = a->points[i], q = a->points[i + 1];
            struct point r = b->points[k], s = b->points[k + 1];
            bool both_upright = p.x == q.x && r.x == s.x && fabs(p.x - r.x) < 2;
            if (both_upright &&
                fmin(fmax(p.y, q.y), fmax(r.y, s.y)) - fmax(fmin(p.y, q.y), fmin(r.y, s.y)) > 0.1)
                return true;
        }
    return false;
}

static void lanes_of_processes(void **state)
{
    struct arena *a = arena_new("test", 64 << 20);
    struct graph *g = graph_new(a, ruler, GRAPH_DOWN);
    struct layout l;
    str why;
    (void)state;
    for (int i = 0; i < 4; i++)
        graph_cluster(g, str_fmt(a, "Lane %d", i));
    add_nodes(g, 16);
    for (size_t i = 0; i < 16; i++)
        g->nodes[i].cluster = i / 4 + 1;
    for (size_t i = 0; i < 16; i++)
        for (size_t k = i + 1; k < 16; k += 1 + i % 3)
            graph_edge(g, i, k);
    graph_edge(g, 15, 0);
    graph_edge(g, 14, 1);
    graph_edge(g, 14, 13)->loose = true;
    g->same_width = true;
    graph_settle(g);
    assert_true(layout_run(a, g, &layout_in_lanes, &l, &why));
    check_boxes(g, &l);
    for (size_t i = 0; i < g->edge_count; i++)
        for (size_t k = 0; k < i; k++)
            if (g->edges[i].from != g->edges[k].from && g->edges[i].to != g->edges[k].to)
                assert_false(on_each_other(&l.edges[i], &l.edges[k]));
    size_t last = g->edge_count;
    assert_int_equal(l.edges[last - 3].count, 4); /* back from lane to lane */
    assert_int_equal(l.edges[last - 2].count, 0); /* the same two lanes again */
    assert_int_equal(l.edges[last - 1].count, 0); /* within a lane */
    arena_free(a);
}

static void lanes_need_clusters(void **state)
{
    struct arena *a = arena_new("test", 64 << 20);
    struct graph *g = graph_new(a, ruler, GRAPH_DOWN);
    struct layout l;
    str why;
    (void)state;
    add_nodes(g, 2);
    graph_settle(g);
    assert_false(layout_run(a, g, &layout_in_lanes, &l, &why));
    arena_free(a);
}

int unit_layout(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(same_each_time),      cmocka_unit_test(same_in_other_processes),
        cmocka_unit_test(boxes_apart),         cmocka_unit_test(refuses_large),
        cmocka_unit_test(takes_the_most),      cmocka_unit_test(ends_in_time),
        cmocka_unit_test(believes_nothing),    cmocka_unit_test(believes_no_edge),
        cmocka_unit_test(survives_a_crash),    cmocka_unit_test(tree_of_people),
        cmocka_unit_test(wide_tree),           cmocka_unit_test(lanes_of_processes),
        cmocka_unit_test(lanes_need_clusters),
    };
    return unit_run("layout", cases);
}
