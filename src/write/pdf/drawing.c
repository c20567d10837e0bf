/* write/pdf/drawing: diagrams and charts as operations. */
#include <math.h>

#include "write/pdf/figure_int.h"
#include "write/pdf/para_int.h"

/* Groups that lead to a record: the area that their shapes cover. */
struct group {
    const struct record *link;
    str target, name;
    double left, top, right, bottom;
};

struct drawing_pass {
    struct pdf_layout *layout;
    struct pdf_ops *ops;
    double scale;
    unsigned tag, links;             /* of the figure, of the paragraph after it; 0: none so far */
    struct group open[MD_DEPTH_MAX]; /* deeper groups count for the innermost of these */
    size_t depth;
};

static void cover(struct drawing_pass *p, double x, double y)
{
    for (size_t i = 0; i < p->depth && i < MD_DEPTH_MAX; i++) {
        struct group *g = &p->open[i];
        g->left = fmin(g->left, x);
        g->top = fmin(g->top, y);
        g->right = fmax(g->right, x);
        g->bottom = fmax(g->bottom, y);
    }
}

static void add(struct drawing_pass *p, struct pdf_op op)
{
    op.tag = p->tag;
    op_add(p->layout->arena, p->ops, op);
}

static void open_group(struct drawing_pass *p, const struct draw_op *op)
{
    if (p->depth < MD_DEPTH_MAX)
        p->open[p->depth] = (struct group){op->link, op->target, op->text, INFINITY,
                                           INFINITY, -INFINITY,  -INFINITY};
    p->depth++;
}

static void add_link(struct drawing_pass *p, const struct group *g, const str *uri)
{
    struct pdf_layout *l = p->layout;
    if (p->links == TAG_NONE)
        p->links = tag_new(l->tags, ROLE_P, tag_parent(l->tags, p->tag));
    unsigned tag = tag_new(l->tags, ROLE_LINK, p->links);
    tag_describe(l->tags, tag, g->name);
    op_add(l->arena, p->ops, (struct pdf_op){.kind = OP_TOUCH, .tag = tag});
    op_add(l->arena, p->ops,
           (struct pdf_op){.kind = OP_LINK,
                           .tag = tag,
                           .x = (float)g->left,
                           .y = (float)g->top,
                           .w = (float)(g->right - g->left),
                           .h = (float)(g->bottom - g->top),
                           .link = {uri, g->target}});
}

static void close_group(struct drawing_pass *p)
{
    const struct pdf_options *o = p->layout->options;
    if (p->depth == 0)
        return;
    p->depth--;
    if (p->depth >= MD_DEPTH_MAX)
        return;
    const struct group *g = &p->open[p->depth];
    if (g->right < g->left)
        return;
    str *uri = NULL;
    if (g->link && o->href) {
        uri = NEW(p->layout->arena, str);
        *uri = o->href(o->self, p->layout->arena, g->link);
    }
    if ((uri && uri->n > 0) || g->target.n > 0)
        add_link(p, g, uri);
}

static struct pdf_op inked(const struct drawing_pass *p, const struct draw_op *op, int kind)
{
    double width = op->line_width > 0 ? op->line_width : 0.8;
    return (struct pdf_op){.kind = (unsigned char)kind,
                           .fill = (unsigned char)color_of_ink[op->fill],
                           .stroke = (unsigned char)color_of_ink[op->stroke],
                           .size = (float)(width * p->scale)};
}

static void draw_rect(struct drawing_pass *p, const struct draw_op *op)
{
    struct pdf_op rect = inked(p, op, OP_RECT);
    rect.x = (float)(op->x * p->scale);
    rect.y = (float)(op->y * p->scale);
    rect.w = (float)(op->w * p->scale);
    rect.h = (float)(op->h * p->scale);
    rect.radius = (float)(op->radius * p->scale);
    rect.shape.is_dashed = op->dashed;
    add(p, rect);
    cover(p, (double)rect.x, (double)rect.y);
    cover(p, (double)rect.x + (double)rect.w, (double)rect.y + (double)rect.h);
}

static void draw_path(struct drawing_pass *p, const struct draw_op *op)
{
    struct point *points = NEW_ARRAY(p->layout->arena, struct point, op->point_count);
    for (size_t i = 0; i < op->point_count; i++) {
        points[i] = (struct point){op->points[i].x * p->scale, op->points[i].y * p->scale};
        cover(p, points[i].x, points[i].y);
    }
    struct pdf_op path = inked(p, op, OP_PATH);
    if (op->kind != DRAW_POLYGON)
        path.fill = COLOR_NONE;
    path.shape.points = points;
    path.shape.count = op->point_count;
    path.shape.path = op->kind == DRAW_PATH      ? PATH_CURVE
                      : op->kind == DRAW_POLYGON ? PATH_CLOSED
                                                 : PATH_OPEN;
    path.shape.is_dashed = op->dashed;
    add(p, path);
}

/* Labels are single lines; what runs from right to left is put in order. */
/* A label says what the innermost record around it is called. */
static const struct origin *origin_of(const struct drawing_pass *p)
{
    size_t depth = p->depth < MD_DEPTH_MAX ? p->depth : MD_DEPTH_MAX;
    while (depth > 0 && p->open[depth - 1].link == NULL)
        depth--;
    if (depth == 0)
        return NULL;
    struct origin *origin = NEW(p->layout->scratch, struct origin);
    origin->record = p->open[depth - 1].link;
    return origin;
}

static void draw_text(struct drawing_pass *p, const struct draw_op *op)
{
    struct pdf_layout *l = p->layout;
    double size = op->size * p->scale;
    enum pdf_color color = op->fill == INK_NONE ? COLOR_TEXT : color_of_ink[op->fill];
    struct look *look = look_new(l, op->bold ? FONT_BOLD : FONT_REGULAR, size, color, p->tag);
    struct chunks c = {.origin = origin_of(p)};
    chunks_text(l, &c, op->text, look, true);
    bidi_resolve(l, &c);
    c.is_rtl = false; /* the anchor says where it stands */
    struct para_style style = {
        .size = {(float)size, (float)size}, .align = PARA_LEFT, .width = 1e5};
    struct para para = para_set(l, &c, &style);
    const struct para_line *line = &para.lines[0];
    double ascent = font_ascent(l->faces, size), descent = font_descent(l->faces, size);
    double baseline = (size - ascent - descent) / 2 + ascent;
    double x = op->x * p->scale, y = op->y * p->scale;
    if (op->anchor == ANCHOR_MIDDLE)
        x -= line->width / 2;
    else if (op->anchor == ANCHOR_END)
        x -= line->width;
    op_copy(l->arena, p->ops, line->ops.v, line->ops.n, x, y - baseline);
    cover(p, x, y - size);
    cover(p, x + line->width, y);
    arena_reset(l->scratch);
}

void figure_drawing(struct pdf_layout *l, const struct drawing *drawing, double scale, unsigned tag,
                    struct pdf_ops *ops)
{
    struct drawing_pass p = {.layout = l, .ops = ops, .scale = scale, .tag = tag};
    add(&p, (struct pdf_op){.kind = OP_TOUCH,
                            .w = (float)(drawing->width * scale),
                            .h = (float)(drawing->height * scale)});
    for (size_t i = 0; i < drawing->count; i++) {
        const struct draw_op *op = &drawing->ops[i];
        switch (op->kind) {
        case DRAW_GROUP:
            open_group(&p, op);
            break;
        case DRAW_END:
            close_group(&p);
            break;
        case DRAW_RECT:
            draw_rect(&p, op);
            break;
        case DRAW_PATH:
        case DRAW_POLYGON:
        case DRAW_LINE:
            draw_path(&p, op);
            break;
        case DRAW_TEXT:
            draw_text(&p, op);
            break;
        }
    }
}
