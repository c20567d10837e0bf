/* unit/split: graphs that are too large for one picture. */
#include "unit.h"

#include "form/draw/graph.h"
#include "form/draw/layout.h"

static double width(const void *self, str text, double size, bool bold)
{
    (void)self, (void)bold;
    return (double)utf8_count(text) * size / 2;
}

static const struct ruler ruler = {NULL, width};

struct world {
    struct arena *arena;
    struct diags *diags;
    struct graph *graph;
    struct graph_caption caption;
};

static struct world world_new(void)
{
    struct world w = {.arena = arena_new("test", 64 << 20)};
    w.diags = diags_new(w.arena);
    w.graph = graph_new(w.arena, ruler, GRAPH_RIGHT);
    w.graph->readable_max = 10;
    w.caption = (struct graph_caption){.id = S("map-x"), .title = S("X"), .note = S("All.")};
    w.caption.table = NEW(w.arena, struct table);
    return w;
}

static size_t add(struct world *w, const char *name, size_t group)
{
    struct graph_node *n = graph_node(w->graph, NULL);
    n->group = group;
    graph_say(w->graph, &n->block, str_from(name), (struct graph_style){9, false, INK_TEXT, 0},
              100);
    return w->graph->node_count - 1;
}

static const struct drawing *draw(struct world *w)
{
    return graph_draw(w->diags, w->graph, &layout_usual, &w->caption);
}

static size_t count_texts(const struct drawing *d, const char *text)
{
    size_t count = 0;
    for (size_t i = 0; i < d->count; i++)
        count += d->ops[i].kind == DRAW_TEXT && str_eq(d->ops[i].text, str_from(text));
    return count;
}

static bool leads_to(const struct drawing *d, str target)
{
    for (size_t i = 0; i < d->count; i++)
        if (d->ops[i].kind == DRAW_GROUP && str_eq(d->ops[i].target, target))
            return true;
    return false;
}

/* A root for all, a small group, a large one, and a box that goes with two of them. */
static void fill(struct world *w)
{
    size_t small = graph_group(w->graph, S("Small")), large = graph_group(w->graph, S("Large"));
    size_t root = add(w, "root", 0), shared = add(w, "shared", GRAPH_FOLLOWS);
    for (size_t i = 0; i < 25; i++) {
        size_t box = add(w, i < 3 ? "small" : "large", i < 3 ? small : large);
        graph_edge(w->graph, root, box);
        if (i == 0 || i == 3)
            graph_edge(w->graph, box, shared);
        if (i == 4)
            graph_edge(w->graph, box - 2, box);
    }
    w->graph->nodes[root + 6].flag = S("G");
    w->graph->nodes[root + 6].flag_ink = INK_BAD;
}

static void splits(void **state)
{
    struct world w = world_new();
    (void)state;
    fill(&w);
    const struct drawing *d = draw(&w);
    assert_int_equal(d->part_count, 4); /* of 3 boxes, and of 7, 8 and 7 */
    assert_ptr_equal(d->table, w.caption.table);
    assert_str(d->note, "27 boxes are too many for one picture: each box here leads to a map of "
                        "its own below. All.");
    assert_int_equal(count_texts(d, "Small"), 1);
    assert_int_equal(count_texts(d, "Large (3 of 3)"), 1);
    assert_int_equal(count_texts(d, "1 with a gap"), 1);
    assert_int_equal(count_texts(d, "root"), 1);
    assert_int_equal(count_texts(d, "shared"), 0);
    size_t large = 0;
    for (size_t i = 0; i < d->part_count; i++) {
        const struct drawing *part = d->parts[i];
        assert_true(leads_to(d, part->id));
        assert_null(part->table);
        assert_int_equal(part->note.n, 0);
        assert_int_equal(count_texts(part, "root"), 1);
        assert_int_equal(count_texts(part, "shared"), i < 2);
        assert_true(count_texts(part, "large") <= 10);
        large += count_texts(part, "large");
    }
    assert_int_equal(large, 22);
    assert_str(d->parts[0]->id, "map-x-part-1");
    assert_str(d->parts[0]->title, "X: Small");
    assert_int_equal(count_texts(d->parts[0], "on another map"), 1); /* one arrow leads out */
    assert_true(leads_to(d->parts[0], d->parts[1]->id));
    assert_int_equal(diags_count(w.diags, SEVERITY_WARNING), 0);
    arena_free(w.arena);
}

static void leaves_small_ones_whole(void **state)
{
    struct world w = world_new();
    (void)state;
    size_t group = graph_group(w.graph, S("Only"));
    for (size_t i = 0; i < 10; i++)
        add(&w, "box", group);
    const struct drawing *d = draw(&w);
    assert_int_equal(d->part_count, 0);
    assert_int_equal(count_texts(d, "box"), 10);
    assert_str(d->note, "All.");
    arena_free(w.arena);
}

/* What cannot be split is drawn as it is, or not at all; the reader is told. */
static void keeps_the_bound(void **state)
{
    struct world w = world_new();
    (void)state;
    size_t group = graph_group(w.graph, S("Crowd"));
    for (size_t i = 0; i < (size_t)GRAPH_PARTS_MAX * GRAPH_READABLE_MAX + 1; i++)
        add(&w, "box", group);
    const struct drawing *d = draw(&w);
    assert_int_equal(d->count, 0);
    assert_int_equal(d->part_count, 0);
    assert_str(d->note,
               "The picture could not be drawn: its layout would need 1441 boxes and "
               "0 arrows; at most 400 and 800 can be drawn. The table says the same. All.");
    assert_int_equal(diags_count(w.diags, SEVERITY_WARNING), 1);
    arena_free(w.arena);
}

int unit_split(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(splits),
        cmocka_unit_test(leaves_small_ones_whole),
        cmocka_unit_test(keeps_the_bound),
    };
    return unit_run("split", cases);
}
