/* form/draw/paint: a graph with its layout becomes shapes.
 *
 * From back to front: fields of clusters, arrows, boxes, legend. Fields and
 * arrows are decoration for a screen reader, which hears the boxes, cluster by
 * cluster, and finds the arrows in the table. */
#include "form/draw/graph.h"
#include "form/draw/layout.h"
#include "form/draw/shape.h"

#include <math.h>

#include "base/buf.h"
#include "text/rules.h"

#define RADIUS 4.0
#define PILL   13.0 /* radius of a box that is rounded; smaller than half of any box */

struct painter {
    struct pen pen;
    const struct graph *graph;
    const struct layout *layout;
};

static struct point point_of(double x, double y)
{
    return (struct point){round(x * 100) / 100 + 0.0, round(y * 100) / 100 + 0.0};
}

/* The lines of a block, the first one's top at y. */
static void paint_block(const struct painter *p, const struct graph_block *block,
                        enum anchor anchor, double x, double y)
{
    for (size_t i = 0; i < block->count; i++) {
        const struct graph_line *line = &block->lines[i];
        double height = line->style.size * GRAPH_LINE_HEIGHT;
        struct point at =
            point_of(x + line->indent, y + height / 2 + line->style.size * TEXT_ASCENT / 2);
        struct lettering how = {line->style.size, line->style.bold, line->style.ink, anchor};
        shape_text(&p->pen, &how, at.x, at.y, line->text);
        y += height;
    }
}

static struct point *points_new(const struct painter *p, size_t count)
{
    return NEW_ARRAY(p->pen.arena, struct point, count);
}

static void paint_cluster_field(const struct painter *p, size_t i)
{
    const struct box *b = &p->layout->clusters[i];
    const struct look look = {INK_SUNKEN, INK_NONE, 0, false};
    shape_rect(&p->pen, &look, b->x, b->y, b->w, b->h, 2 * RADIUS);
}

static void paint_arrow_head(const struct painter *p, enum ink ink, struct point base,
                             struct point tip)
{
    const double slim = 0.42; /* half the width of a head, in its lengths */
    double dx = tip.x - base.x, dy = tip.y - base.y;
    if (hypot(dx, dy) < 0.5)
        return;
    struct point *points = points_new(p, 3);
    points[0] = tip;
    points[1] = point_of(base.x - dy * slim, base.y + dx * slim);
    points[2] = point_of(base.x + dy * slim, base.y - dx * slim);
    shape_polygon(&p->pen, ink, points, 3);
}

static void paint_edge(const struct painter *p, size_t i)
{
    const struct graph_edge *e = &p->graph->edges[i];
    const struct layout_edge *way = &p->layout->edges[i];
    if (e->hidden || way->count == 0)
        return;
    const struct look look = {INK_NONE, e->ink, e->line_width > 0 ? e->line_width : 1, e->dashed};
    shape_line(&p->pen, way->straight ? DRAW_LINE : DRAW_PATH, &look, way->points, way->count);
    if (!e->no_arrow)
        paint_arrow_head(p, e->ink, way->points[way->count - 1], way->tip);
}

/* On a field of its own, so that no line runs through the words. */
static void paint_edge_words(const struct painter *p, size_t i)
{
    const struct graph_block *block = &p->graph->edges[i].block;
    struct point at = p->layout->edges[i].label;
    if (block->count == 0 || p->layout->edges[i].count == 0)
        return;
    double w = block->width * TEXT_SLACK + 4, h = block->height + 1;
    struct point corner = point_of(at.x - w / 2, at.y - h / 2);
    const struct look look = {INK_SURFACE, INK_NONE, 0, false};
    shape_rect(&p->pen, &look, corner.x, corner.y, point_of(w, 0).x, point_of(h, 0).x, 3);
    paint_block(p, block, ANCHOR_MIDDLE, at.x, at.y - block->height / 2);
}

static void paint_badge(const struct painter *p, enum ink ink, str letters, str words,
                        struct point corner)
{
    const struct mark mark = {.kind = MARK_LETTER, .letters = letters, .ink = ink};
    if (letters.n == 0)
        return;
    shape_open(&p->pen, words, NULL);
    mark_letters(&p->pen, &mark, corner.x, corner.y, MARK_SIDE, MARK_SIZE);
    shape_close(&p->pen);
}

/* What a box is called where its words cannot be read one by one. */
static str label_of(const struct painter *p, const struct graph_node *n)
{
    struct buf words = buf_in(p->pen.arena, 64);
    for (size_t i = 0; i < n->block.count; i++)
        buf_fmt(&words, "%s" STR_FMT, i == 0 ? "" : " ", STR_ARG(n->block.lines[i].text));
    const str marks[] = {n->badge_words, n->flag_words};
    for (size_t i = 0; i < 2; i++)
        if (marks[i].n != 0)
            buf_fmt(&words, ", " STR_FMT, STR_ARG(marks[i]));
    return buf_str(&words);
}

/* The dashed field at the top of a box. */
static void paint_above(const struct painter *p, const struct graph_node *n, struct point corner)
{
    const double inset = 4;
    const struct look look = {INK_NONE, INK_MUTED, 1, true};
    if (n->above.count == 0)
        return;
    struct point at = point_of(corner.x + inset, corner.y + inset);
    struct point size = point_of(n->width - 2 * inset, graph_field_height(&n->above) - 3);
    shape_rect(&p->pen, &look, at.x, at.y, size.x, size.y, RADIUS - 1);
    paint_block(p, &n->above, ANCHOR_START, corner.x + GRAPH_PAD_X,
                corner.y + inset + (GRAPH_PAD_Y - 1) / 2);
}

static void paint_below(const struct painter *p, const struct graph_node *n, struct point corner)
{
    double top = corner.y + n->height - graph_field_height(&n->below) - 1;
    if (n->below.count == 0)
        return;
    struct point *points = points_new(p, 2);
    points[0] = point_of(corner.x, top);
    points[1] = point_of(corner.x + n->width, top);
    const struct look look = {INK_NONE, n->stroke, 0.75, false};
    shape_line(&p->pen, DRAW_LINE, &look, points, 2);
    paint_block(p, &n->below, ANCHOR_START, corner.x + GRAPH_PAD_X, top + 3);
}

/* What stands around the words that name a box: decoration for a screen reader,
 * which finds the rest in the table. */
static void paint_particulars(const struct painter *p, const struct graph_node *n,
                              struct point corner)
{
    if (n->above.count == 0 && n->below.count == 0)
        return;
    shape_open(&p->pen, S(""), NULL);
    paint_above(p, n, corner);
    paint_below(p, n, corner);
    shape_close(&p->pen);
}

static void paint_node(const struct painter *p, size_t i)
{
    const struct graph_node *n = &p->graph->nodes[i];
    struct point at = p->layout->nodes[i];
    struct point corner = point_of(at.x - n->width / 2, at.y - n->height / 2);
    struct point size = point_of(n->width, n->height);
    double above = graph_field_height(&n->above), below = graph_field_height(&n->below);
    double y = corner.y + above + (n->height - above - below - n->block.height) / 2;
    double inset = n->rounded ? GRAPH_INSET_ROUND : GRAPH_INSET;
    const struct look look = {n->fill, n->stroke, n->line_width, n->dashed};
    if (n->target.n != 0)
        shape_open_to(&p->pen, label_of(p, n), n->target);
    else
        shape_open(&p->pen, label_of(p, n), n->link);
    shape_rect(&p->pen, &look, corner.x, corner.y, size.x, size.y, n->rounded ? PILL : RADIUS);
    paint_particulars(p, n, corner);
    if (p->graph->left)
        paint_block(p, &n->block, ANCHOR_START,
                    corner.x + (n->badge.n != 0 ? GRAPH_BADGE + 6 : GRAPH_PAD_X), y);
    else
        paint_block(p, &n->block, ANCHOR_MIDDLE, at.x, y);
    paint_badge(p, n->badge_ink, n->badge, n->badge_words,
                point_of(corner.x + inset, corner.y + above + inset));
    paint_badge(p, n->flag_ink, n->flag, n->flag_words,
                point_of(corner.x + n->width - inset - MARK_SIDE, corner.y + above + inset));
    shape_close(&p->pen);
}

static void paint_cluster(const struct painter *p, size_t i)
{
    const struct graph_block *title = &p->graph->clusters[i].block;
    const struct box *b = &p->layout->clusters[i];
    shape_open(&p->pen, title->count != 0 ? title->lines[0].text : S("group"), NULL);
    paint_block(p, title, ANCHOR_START, b->x + 12, b->y + 8);
    for (size_t n = 0; n < p->graph->node_count; n++)
        if (p->graph->nodes[n].cluster == i + 1)
            paint_node(p, n);
    shape_close(&p->pen);
}

/* -- The whole -------------------------------------------------------------------- */

static void paint_all(const struct painter *p)
{
    const struct graph *g = p->graph;
    shape_open(&p->pen, S(""), NULL);
    for (size_t i = 0; i < g->cluster_count; i++)
        paint_cluster_field(p, i);
    for (size_t i = 0; i < g->edge_count; i++)
        paint_edge(p, i);
    for (size_t i = 0; i < g->edge_count; i++)
        paint_edge_words(p, i);
    shape_close(&p->pen);
    for (size_t i = 0; i < g->node_count; i++)
        if (g->nodes[i].cluster == 0)
            paint_node(p, i);
    for (size_t i = 0; i < g->cluster_count; i++)
        paint_cluster(p, i);
    shape_open(&p->pen, S(""), NULL);
    legend_draw(&p->pen, &g->ruler, g->legend, g->legend_count);
    shape_close(&p->pen);
}

str graph_nothing(const struct graph_caption *caption)
{
    return caption->is_partial ? S("This copy holds nothing that could be drawn.")
                               : S("Nothing is recorded yet that could be drawn.");
}

/* Why there is no picture, for the reader and for the author. */
static void give_up(struct diags *d, struct arena *a, struct drawing *drawing,
                    const struct graph_caption *caption, str why)
{
    drawing->note =
        str_fmt(a,
                "The picture could not be drawn: its layout " STR_FMT ". The table says the same."
                "%s" STR_FMT,
                STR_ARG(why), caption->note.n != 0 ? " " : "", STR_ARG(caption->note));
    diag(d, TEXT_RULE(DRAW_LAYOUT), caption->at, "no picture of '" STR_FMT "': its layout " STR_FMT,
         STR_ARG(caption->id), STR_ARG(why));
}

struct drawing *graph_draw_whole(struct diags *d, struct graph *g, const struct layout_how *how,
                                 const struct graph_caption *caption)
{
    struct arena *a = g->arena;
    struct drawing *drawing = NEW(a, struct drawing);
    *drawing = (struct drawing){.id = caption->id, .title = caption->title};
    drawing->note = caption->note;
    drawing->description = caption->description;
    drawing->table = caption->table;
    if (g->node_count == 0) {
        drawing->note = graph_nothing(caption);
        return drawing;
    }
    graph_settle(g);
    struct layout layout;
    str why;
    if (!layout_run(a, g, how, &layout, &why)) {
        give_up(d, a, drawing, caption, why);
        return drawing;
    }
    drawing->width = layout.width;
    drawing->height = layout.height;
    const struct painter painter = {{a, drawing}, g, &layout};
    paint_all(&painter);
    return drawing;
}

const struct drawing *graph_draw(struct diags *d, struct graph *g, const struct layout_how *how,
                                 const struct graph_caption *caption)
{
    struct drawing *split = NULL;
    if (g->group_count != 0 && g->node_count > g->readable_max)
        split = graph_split(d, g, caption);
    return split != NULL ? split : graph_draw_whole(d, g, how, caption);
}
