/* form/draw/layout: where the boxes and arrows of a graph go.
 *
 * Graphviz decides, in a child process of its own for each graph: it can crash,
 * never end or take all memory, and repeats itself exactly only in a fresh
 * process. It gets sizes and numbers, no text of an author. What comes back is
 * checked (counts, finite, within bounds) and rounded to a hundredth of a point. */
#ifndef FORM_DRAW_LAYOUT_H
#define FORM_DRAW_LAYOUT_H

#include "base/pool.h"
#include "form/draw/graph.h"

struct box {
    double x, y, w, h;
};

struct layout_edge {
    const struct point *points; /* begins at [0]; then cubic curves, three points each */
    size_t count;               /* 0: nothing to draw */
    bool straight;              /* the points are corners instead */
    struct point tip;           /* where the arrow's head ends; the curve ends at its base */
    struct point label;         /* the middle of the edge's words */
};

#define LAYOUT_MARGIN 6.0 /* around all that is placed */

struct layout {
    double width, height; /* with the margin */
    struct point *nodes;  /* centres */
    struct box *clusters;
    struct layout_edge *edges;
};

/* Who decides, and for how long it may think. */
struct layout_how {
    /* Runs in the child. Appends doubles: width, height; x y of each node; x y
     * w h of each cluster; of each edge the number of points, 1 when they are
     * corners or 0, the points, tip and label, each x y. False when it refuses. */
    bool (*place)(const struct graph *g, struct buf *answer);
    struct pool_limits limits;
};
extern const struct layout_how layout_usual;    /* Graphviz; 5 s, 512 MiB */
extern const struct layout_how layout_as_tree;  /* our own, for trees of people; the same limits */
extern const struct layout_how layout_in_lanes; /* our own, for processes in phases */

/* g must be settled. False: there is no layout, and `why` ends a sentence that
 * begins "its layout": "was killed by …". */
bool layout_run(struct arena *a, const struct graph *g, const struct layout_how *how,
                struct layout *out, str *why);

/* The `place` of layout_usual. The process is of no use afterwards. */
bool layout_dot(const struct graph *g, struct buf *answer);
/* The `place` of layout_as_tree: roots on top, below each the branches in
 * columns, in which sub-branches are indented. The first edge into a node makes
 * it a child; further ones, and circles, are not drawn. */
bool layout_tree(const struct graph *g, struct buf *answer);

/* The `place` of layout_in_lanes: each cluster is a lane, from left to right.
 * Every node needs a cluster. Loose edges, and those to a lane further left,
 * share a way back from lane to lane; a loose edge within a lane is not drawn. */
bool layout_lanes(const struct graph *g, struct buf *answer);

/* In a child that lets Graphviz work: no core file, no noise, no file of its own
 * choice, and no life after the parent's. */
void layout_enter_cell(void);

/* For a `place`: appends to its answer. Points get the margin added. */
void layout_put(struct buf *answer, double value);
void layout_put_point(struct buf *answer, double x, double y);

#endif
