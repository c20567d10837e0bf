/* form/draw/graph: boxes and arrows, before anyone knows where they go.
 *
 * A drawing function fills a graph; graph_draw has it laid out, paints it and
 * gives a struct drawing. Text is cleaned of control characters, wrapped and
 * measured here with the fonts the writers use, so that a box always holds its
 * words. Sizes are points. Everything lives in one arena. */
#ifndef FORM_DRAW_GRAPH_H
#define FORM_DRAW_GRAPH_H

#include "base/diag.h"
#include "form/draw/mark.h"

enum {
    GRAPH_NODES_MAX = 400, /* Graphviz needs seconds beyond, and no eye follows it */
    GRAPH_EDGES_MAX = 800,
    GRAPH_READABLE_MAX = 60,    /* boxes of one picture, where there are groups to split it by */
    GRAPH_PARTS_MAX = 24,       /* pictures that it is split into; each takes a layout */
    GRAPH_TEXT_BYTES_MAX = 400, /* of one label; the rest is cut and marked with an ellipsis */
    GRAPH_LINES_MAX = 4,        /* of one label */
};

enum graph_flow { GRAPH_DOWN, GRAPH_RIGHT };

struct graph_style {
    double size; /* of the text, in points */
    bool bold;
    enum ink ink;
    double hang; /* how far lines after the first are indented, in points */
};

struct graph_line {
    str text;
    struct graph_style style;
    double width, indent;
};

/* A block of lines, one under the other. */
struct graph_block {
    struct graph_line *lines;
    size_t count, cap;
    double width, height;
};

struct graph_node {
    struct graph_block block;  /* what it is */
    struct graph_block above;  /* in a dashed field over it: what sets it off; may be empty */
    struct graph_block below;  /* under a line: particulars; may be empty */
    const struct record *link; /* NULL: none */
    str target;                /* else the part of the drawing that it leads to; may be empty */
    str badge;                 /* one or two letters in the corner; may be empty */
    str badge_words;           /* what they stand for, said by screen readers */
    enum ink badge_ink;
    str flag; /* the same in the other corner: what is wrong */
    str flag_words;
    enum ink flag_ink;
    enum ink fill, stroke;
    double line_width;
    bool dashed;
    bool rounded;         /* a pill: something from outside */
    size_t cluster;       /* its number from 1; 0: in none */
    size_t group;         /* its number from 1; 0: it is in every part; GRAPH_FOLLOWS */
    double width, height; /* set by graph_settle */
};

struct graph_edge {
    size_t from, to;
    struct graph_block block; /* stands on the edge; may be empty */
    enum ink ink;
    double line_width; /* 0: as thin as any */
    bool dashed;
    bool loose;  /* does not pull its ends into order: a way back */
    bool hidden; /* only puts its ends into order */
    bool no_arrow;
};

struct graph_cluster {
    struct graph_block block; /* its title */
};

/* A box that is in each part in which one is that it is joined to. */
#define GRAPH_FOLLOWS SIZE_MAX

/* What a graph that is too large for one picture is split by. */
struct graph_group {
    str title;
};

struct graph {
    struct arena *arena;
    struct ruler ruler;
    enum graph_flow flow;
    bool same_width;   /* all boxes as wide as the widest */
    bool left;         /* words begin at the left of their box, not in its middle; lines
                          are then as full as they go, else of like length */
    double wrap_width; /* of a box's text */
    double node_gap, rank_gap;
    size_t readable_max; /* boxes of one picture, where there are groups to split it by */
    struct graph_node *nodes;
    size_t node_count, node_cap;
    struct graph_edge *edges;
    size_t edge_count, edge_cap;
    struct graph_cluster *clusters;
    size_t cluster_count, cluster_cap;
    struct graph_group *groups;
    size_t group_count, group_cap;
    struct legend_entry *legend;
    size_t legend_count, legend_cap;
};

struct graph *graph_new(struct arena *a, struct ruler ruler, enum graph_flow flow);
/* The pointers below are valid until the next of their kind is added. */
struct graph_node *graph_node(struct graph *g, const struct record *link);
struct graph_edge *graph_edge(struct graph *g, size_t from, size_t to);
size_t graph_cluster(struct graph *g, str title); /* its number, from 1 */
size_t graph_group(struct graph *g, str title);   /* its number, from 1 */
/* Without a badge a line is shown. */
void graph_legend(struct graph *g, str badge, enum ink ink, bool dashed, str text);
/* Adds text to a block, wrapped at wrap_width; line breaks in it are blanks. */
void graph_say(const struct graph *g, struct graph_block *block, str text, struct graph_style style,
               double wrap_width);
/* Boxes that nothing joins stand in several rows, not in one that no screen holds. */
void graph_stack(struct graph *g);
double graph_field_height(const struct graph_block *block);
/* Makes the sizes of all boxes final. */
void graph_settle(struct graph *g);
/* On one line: control characters and runs of white space become one blank. */
str graph_clean(struct arena *a, str text);

#define GRAPH_LINE_HEIGHT 1.27 /* of the size of the text */
#define GRAPH_PAD_X       9.0
#define GRAPH_PAD_Y       7.0
#define GRAPH_INSET       4.0 /* of a letter's field from the edges of its box */
#define GRAPH_INSET_ROUND 8.0
#define GRAPH_BADGE       15.0 /* width and height of a letter's field */

/* What a finished drawing says about itself. */
struct graph_caption {
    str id, title, description;
    const struct table *table;
    str note;        /* under the picture; may be empty */
    struct span at;  /* where it was asked for */
    bool is_partial; /* the records at hand may not be all there are */
};
/* The note of a drawing without shapes, for which nothing is recorded. */
str graph_nothing(const struct graph_caption *caption);

struct layout_how;
/* Lays out and paints. A graph with groups that has more boxes than one can read becomes an
 * overview of its groups, which lead to parts of like size. When there can be no picture (too
 * large, out of time, the layout died) the drawing has no shapes, a note that says so, and DR3
 * is reported. Never NULL. */
const struct drawing *graph_draw(struct diags *d, struct graph *g, const struct layout_how *how,
                                 const struct graph_caption *caption);
/* The same as one picture, whatever its size. */
struct drawing *graph_draw_whole(struct diags *d, struct graph *g, const struct layout_how *how,
                                 const struct graph_caption *caption);
/* The overview and its parts; NULL when the graph cannot be split well. */
struct drawing *graph_split(struct diags *d, const struct graph *g,
                            const struct graph_caption *caption);

#endif
