/* form/draw/tree: places a tree of people so that it fits on a page.
 *
 * A tree that spreads sideways at each level is as wide as all its leaves, too
 * wide to read on paper with more than a dozen of them. So only the branches
 * of a root spread, over as many columns as make the whole a little wider than
 * high; below that, each box stands indented under the one it belongs to. */
#include "form/draw/layout.h"

#include <math.h>

#include "base/buf.h"

#define INDENT     18.0 /* of a child's box against its parent's */
#define SPINE      8.0  /* of the line that children hang on, from the parent's left edge */
#define ROW_GAP    7.0  /* between boxes of one column */
#define COLUMN_GAP 16.0
#define DROP       26.0 /* from a root to its columns */
#define SHAPE      1.4  /* wanted width to height: a sheet of paper on its side */
#define NOBODY     SIZE_MAX

struct tree {
    const struct graph *graph;
    struct arena *arena;
    size_t *parent;    /* of each node; NOBODY: a root */
    size_t *edge;      /* from the parent to it */
    size_t *before;    /* the sibling before it; NOBODY: it is the first */
    size_t *order;     /* all nodes, parents before children, siblings in order */
    struct box *boxes; /* of each node */
    double *deep;      /* height of a node with all below it */
    double *wide;
    double *next_y;  /* where a node's next child goes */
    size_t *columns; /* of a root: over how many its branches spread */
    double *spine;   /* of a branch: the x of the line that it hangs on */
};

/* Finds parents, and the order. Who belongs to a circle has a parent but is
 * never reached from a root: the first of them becomes one. */
static void tree_order(struct tree *t)
{
    const struct graph *g = t->graph;
    bool *reached = NEW_ARRAY(t->arena, bool, g->node_count);
    size_t count = 0, seen = 0;
    for (size_t i = 0; i < g->node_count; i++)
        t->parent[i] = t->edge[i] = t->before[i] = NOBODY;
    for (size_t i = 0; i < g->edge_count; i++) {
        const struct graph_edge *e = &g->edges[i];
        if (t->parent[e->to] == NOBODY && e->from != e->to) {
            t->parent[e->to] = e->from;
            t->edge[e->to] = i;
        }
    }
    for (int circles = 0; circles < 2; circles++)
        for (size_t root = 0; root < g->node_count; root++) {
            if (reached[root] || (!circles && t->parent[root] != NOBODY))
                continue;
            t->parent[root] = NOBODY;
            reached[root] = true;
            t->order[count++] = root;
            for (; seen < count; seen++) {
                size_t before = NOBODY;
                for (size_t i = 0; i < g->node_count; i++)
                    if (!reached[i] && t->parent[i] == t->order[seen]) {
                        reached[i] = true;
                        t->before[i] = before;
                        before = t->order[count++] = i;
                    }
            }
        }
}

/* From the leaves upwards: what each branch needs when its boxes hang under
 * each other. */
static void tree_measure(struct tree *t)
{
    const struct graph *g = t->graph;
    for (size_t i = 0; i < g->node_count; i++) {
        t->boxes[i] = (struct box){0, 0, g->nodes[i].width, g->nodes[i].height};
        t->deep[i] = g->nodes[i].height;
        t->wide[i] = g->nodes[i].width;
    }
    for (size_t k = g->node_count; k-- > 0;) {
        size_t i = t->order[k], parent = t->parent[i];
        if (parent == NOBODY)
            continue;
        t->deep[parent] += ROW_GAP + t->deep[i];
        t->wide[parent] = fmax(t->wide[parent], INDENT + t->wide[i]);
    }
}

/* The branches of a root, in order. */
struct branches {
    const size_t *nodes;
    size_t count;
};

static struct branches branches_of(const struct tree *t, size_t root)
{
    size_t *nodes = NEW_ARRAY(t->arena, size_t, t->graph->node_count), count = 0;
    for (size_t k = 0; k < t->graph->node_count; k++)
        if (t->parent[t->order[k]] == root)
            nodes[count++] = t->order[k];
    return (struct branches){nodes, count};
}

/* Columns that branches fill when none may be higher than `limit`. */
static size_t columns_needed(const struct tree *t, const struct branches *b, double limit)
{
    size_t columns = 0;
    double y = 0;
    for (size_t i = 0; i < b->count; i++) {
        double deep = t->deep[b->nodes[i]] + ROW_GAP;
        if (columns == 0 || y + deep > limit) {
            columns++;
            y = 0;
        }
        y += deep;
    }
    return columns;
}

/* The least height at which the branches fit into that many columns. */
static double height_for(const struct tree *t, const struct branches *b, size_t columns)
{
    enum { STEPS = 24 };
    double low = 0, high = 0;
    for (size_t i = 0; i < b->count; i++) {
        double deep = t->deep[b->nodes[i]] + ROW_GAP;
        low = fmax(low, deep);
        high += deep;
    }
    for (int i = 0; i < STEPS; i++) {
        double middle = (low + high) / 2;
        if (columns_needed(t, b, middle) <= columns)
            high = middle;
        else
            low = middle;
    }
    return high;
}

static double column_width(const struct tree *t, const struct branches *b)
{
    double width = 0;
    for (size_t i = 0; i < b->count; i++)
        width = fmax(width, t->wide[b->nodes[i]]);
    return INDENT + width;
}

/* The number of columns that comes nearest to the wanted shape. */
static size_t columns_best(const struct tree *t, const struct branches *b)
{
    size_t best = 1;
    double best_off = INFINITY, width = column_width(t, b);
    for (size_t columns = 1; columns <= b->count; columns++) {
        double w = (double)columns * (width + COLUMN_GAP), h = height_for(t, b, columns) + 60;
        double off = fabs(log(w / h / SHAPE));
        if (off < best_off - 1e-9) {
            best_off = off;
            best = columns;
        }
    }
    return best;
}

/* Places a root and its branches with their corner at x y; gives the size. */
static struct point place_root(struct tree *t, size_t root, double x, double y)
{
    struct branches b = branches_of(t, root);
    struct box *box = &t->boxes[root];
    box->x = x;
    box->y = y;
    if (b.count == 0)
        return (struct point){box->w, box->h};
    size_t columns = columns_best(t, &b);
    double limit = height_for(t, &b, columns) + 0.01, step = column_width(t, &b) + COLUMN_GAP;
    double top = y + box->h + (columns > 1 ? DROP : ROW_GAP), bottom = top;
    t->columns[root] = columns_needed(t, &b, limit);
    double column_x = x, next_y = top;
    for (size_t i = 0; i < b.count; i++) {
        size_t n = b.nodes[i];
        double deep = t->deep[n] + ROW_GAP;
        if (next_y > top && next_y - top + deep > limit) {
            column_x += step;
            next_y = top;
        }
        t->boxes[n].x = column_x + INDENT;
        t->boxes[n].y = next_y;
        t->spine[n] = column_x + SPINE;
        next_y += deep;
        bottom = fmax(bottom, next_y - ROW_GAP);
    }
    double width = fmax(column_x - x + step - COLUMN_GAP, box->w);
    if (t->columns[root] > 1)
        box->x = x + (width - box->w) / 2;
    return (struct point){width, bottom - y};
}

/* Roots go beside each other as long as the row stays within the width that
 * the largest of them needs anyway. */
static struct point place_roots(struct tree *t)
{
    const struct graph *g = t->graph;
    struct point all = {0, 0};
    double x = 0, y = 0, row = 0, width_max = 700;
    for (size_t k = 0; k < g->node_count; k++) {
        size_t root = t->order[k];
        if (t->parent[root] != NOBODY)
            continue;
        struct point size = place_root(t, root, x, y);
        if (x > 0 && x + size.x > width_max) {
            y += row + DROP;
            x = row = 0;
            size = place_root(t, root, x, y);
        }
        width_max = fmax(width_max, size.x);
        x += size.x + COLUMN_GAP;
        row = fmax(row, size.y);
        all = (struct point){fmax(all.x, x - COLUMN_GAP), fmax(all.y, y + row)};
    }
    return all;
}

/* Everyone below the branches: indented under the parent. */
static void place_rest(struct tree *t)
{
    for (size_t k = 0; k < t->graph->node_count; k++) {
        size_t i = t->order[k], parent = t->parent[i];
        struct box *box = &t->boxes[i];
        if (parent != NOBODY && t->parent[parent] != NOBODY) {
            box->x = t->boxes[parent].x + INDENT;
            box->y = t->next_y[parent];
            t->spine[i] = t->boxes[parent].x + SPINE;
            t->next_y[parent] += t->deep[i] + ROW_GAP;
        }
        t->next_y[i] = box->y + box->h + ROW_GAP;
    }
}

static double middle_of(const struct box *b)
{
    return b->y + b->h / 2;
}

/* From the parent to the line that a column hangs on. What the columns before
 * have drawn of the bar is left out: lines on top of each other look thicker. */
static size_t corners_on_bar(const struct tree *t, size_t child, struct point *out)
{
    const struct box *from = &t->boxes[t->parent[child]];
    double middle = from->x + from->w / 2, spine = t->spine[child], start = spine;
    double bottom = from->y + from->h, bar = bottom + DROP / 2;
    size_t count = 0;
    if (t->before[child] == NOBODY) {
        start = middle;
        out[count++] = (struct point){middle, bottom};
    } else if (spine > middle) {
        start = fmax(middle, t->spine[t->before[child]]);
    }
    out[count++] = (struct point){start, bar};
    out[count++] = (struct point){spine, bar};
    return count;
}

/* From the parent, or from the sibling above, to the left side of the child. */
static size_t corners_of(const struct tree *t, size_t child, struct point out[5])
{
    size_t parent = t->parent[child], before = t->before[child], count = 0;
    const struct box *from = &t->boxes[parent], *to = &t->boxes[child];
    double spine = t->spine[child];
    if (before != NOBODY && t->spine[before] >= spine)
        out[count++] = (struct point){spine, middle_of(&t->boxes[before])};
    else if (t->columns[parent] > 1)
        count = corners_on_bar(t, child, out);
    else
        out[count++] = (struct point){spine, from->y + from->h};
    out[count++] = (struct point){spine, middle_of(to)};
    out[count++] = (struct point){to->x, middle_of(to)};
    return count;
}

static void put_edge(const struct tree *t, size_t edge, struct buf *answer)
{
    struct point corner[5];
    size_t child = t->graph->edges[edge].to, count = 0;
    if (t->edge[child] == edge && t->parent[child] != NOBODY)
        count = corners_of(t, child, corner);
    layout_put(answer, (double)count);
    layout_put(answer, 1);
    for (size_t i = 0; i < count; i++)
        layout_put_point(answer, corner[i].x, corner[i].y);
    layout_put_point(answer, t->boxes[child].x, middle_of(&t->boxes[child]));
    layout_put_point(answer, 0, 0);
}

bool layout_tree(const struct graph *g, struct buf *answer)
{
    struct arena *a = answer->arena;
    size_t n = g->node_count;
    if (g->cluster_count != 0)
        return false;
    struct tree t = {.graph = g, .arena = a};
    t.parent = NEW_ARRAY(a, size_t, n);
    t.edge = NEW_ARRAY(a, size_t, n);
    t.before = NEW_ARRAY(a, size_t, n);
    t.order = NEW_ARRAY(a, size_t, n);
    t.columns = NEW_ARRAY(a, size_t, n);
    t.boxes = NEW_ARRAY(a, struct box, n);
    t.deep = NEW_ARRAY(a, double, n);
    t.wide = NEW_ARRAY(a, double, n);
    t.next_y = NEW_ARRAY(a, double, n);
    t.spine = NEW_ARRAY(a, double, n);
    tree_order(&t);
    tree_measure(&t);
    struct point size = place_roots(&t);
    place_rest(&t);
    layout_put(answer, size.x + 2 * LAYOUT_MARGIN);
    layout_put(answer, size.y + 2 * LAYOUT_MARGIN);
    for (size_t i = 0; i < n; i++)
        layout_put_point(answer, t.boxes[i].x + t.boxes[i].w / 2, t.boxes[i].y + t.boxes[i].h / 2);
    for (size_t i = 0; i < g->edge_count; i++)
        put_edge(&t, i, answer);
    return true;
}
