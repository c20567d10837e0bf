/* write/pdf/content: operations of a page as a PDF content stream. */
#include "write/pdf/content_int.h"

#include <limits.h>
#include <math.h>

#include "write/pdf/content_state_int.h"
#include "write/pdf/picture_int.h"
#include "write/pdf/style_int.h"

struct pdf_content *content_new(struct arena *a, struct font_shaper *shaper,
                                struct pdf_subsets *subsets, struct pdf_tags *tags,
                                const struct pdf_pages *pages)
{
    struct pdf_content *c = NEW(a, struct pdf_content);
    *c = (struct pdf_content){.arena = a,
                              .shaper = shaper,
                              .subsets = subsets,
                              .tags = tags,
                              .pages = pages,
                              .out = buf_in(a, 16 * 1024)};
    return c;
}

void content_number(struct pdf_content *c, double value)
{
    buf_number(&c->out, value, 2);
    buf_char(&c->out, ' ');
}

void content_point(struct pdf_content *c, double x, double y)
{
    content_number(c, x);
    content_number(c, c->height - y);
}

void content_color(struct pdf_content *c, enum pdf_color color, bool is_stroke)
{
    enum pdf_color *now = is_stroke ? &c->stroke : &c->fill;
    if (*now == color)
        return;
    *now = color;
    struct pdf_rgb rgb = color_rgb[color];
    const unsigned char part[3] = {rgb.r, rgb.g, rgb.b};
    for (size_t i = 0; i < 3; i++) {
        buf_number(&c->out, part[i] / 255.0, 3);
        buf_char(&c->out, ' ');
    }
    buf_add(&c->out, is_stroke ? S("RG\n") : S("rg\n"));
}

static void set_width(struct pdf_content *c, double width)
{
    if (c->line_width == width)
        return;
    c->line_width = width;
    content_number(c, width);
    buf_lit(&c->out, "w\n");
}

static void end_mark(struct pdf_content *c)
{
    content_end_text(c);
    if (c->is_marked)
        buf_lit(&c->out, "EMC\n");
    c->is_marked = false;
}

/* Everything painted stands in a marked content: of its element, or artifact. */
void content_mark(struct pdf_content *c, unsigned tag)
{
    static const str artifact[] = {
        [STRIP_NONE] = S_INIT("/Artifact BMC\n"),
        [STRIP_HEAD] = S_INIT("/Artifact <</Type /Pagination /Subtype /Header>> BDC\n"),
        [STRIP_FOOT] = S_INIT("/Artifact <</Type /Pagination /Subtype /Footer>> BDC\n"),
    };
    if (c->is_decoration)
        tag = TAG_NONE;
    if (c->is_marked && c->tag == tag && c->marked_strip == c->strip)
        return;
    end_mark(c);
    c->is_marked = true;
    c->tag = tag;
    c->marked_strip = c->strip;
    if (tag == TAG_NONE) {
        buf_add(&c->out, artifact[c->strip]);
    } else {
        unsigned mark = tag_mark(c->tags, tag, c->page); /* settles the name */
        buf_fmt(&c->out, "/%s <</MCID %u>> BDC\n", tag_name(c->tags, tag), mark);
    }
}

static void paint(struct pdf_content *c, const struct pdf_op *op, bool is_closed)
{
    static const str operator_of[2][2] = {{S_INIT("n\n"), S_INIT("S\n")},
                                          {S_INIT("f\n"), S_INIT("B\n")}};
    static const str closing_of[2][2] = {{S_INIT("n\n"), S_INIT("s\n")},
                                         {S_INIT("f\n"), S_INIT("b\n")}};
    bool fills = op->fill != COLOR_NONE, strokes = op->stroke != COLOR_NONE;
    buf_add(&c->out, is_closed ? closing_of[fills][strokes] : operator_of[fills][strokes]);
}

static void prepare(struct pdf_content *c, const struct pdf_op *op)
{
    content_mark(c, op->tag);
    content_end_text(c);
    if (op->fill != COLOR_NONE)
        content_color(c, op->fill, false);
    if (op->stroke != COLOR_NONE) {
        content_color(c, op->stroke, true);
        set_width(c, (double)op->size);
    }
}

static void curve(struct pdf_content *c, double x1, double y1, double x2, double y2, double x,
                  double y)
{
    content_point(c, x1, y1);
    content_point(c, x2, y2);
    content_point(c, x, y);
    buf_lit(&c->out, "c\n");
}

static void line_to(struct pdf_content *c, double x, double y)
{
    content_point(c, x, y);
    buf_lit(&c->out, "l\n");
}

static void round_rect(struct pdf_content *c, double x, double y, double w, double h, double r)
{
    double k = r * 0.4477; /* a quarter circle by a cubic: 1 - 4/3 (sqrt 2 - 1) */
    content_point(c, x + r, y);
    buf_lit(&c->out, "m\n");
    line_to(c, x + w - r, y);
    curve(c, x + w - k, y, x + w, y + k, x + w, y + r);
    line_to(c, x + w, y + h - r);
    curve(c, x + w, y + h - k, x + w - k, y + h, x + w - r, y + h);
    line_to(c, x + r, y + h);
    curve(c, x + k, y + h, x, y + h - k, x, y + h - r);
    line_to(c, x, y + r);
    curve(c, x, y + k, x + k, y, x + r, y);
}

/* As long as the line is wide, so that a scaled drawing stays what it was. */
static void dashes(struct pdf_content *c, const struct pdf_op *op)
{
    if (!op->shape.is_dashed)
        return;
    buf_char(&c->out, '[');
    content_number(c, 4 * (double)op->size);
    content_number(c, 3 * (double)op->size);
    buf_lit(&c->out, "] 0 d\n");
}

static void rect(struct pdf_content *c, const struct pdf_op *op, double x, double y)
{
    prepare(c, op);
    dashes(c, op);
    double w = (double)op->w, h = (double)op->h, r = (double)op->radius;
    if (r > 0) {
        round_rect(c, x, y, w, h, fmin(r, fmin(w, h) / 2));
    } else {
        content_point(c, x, y + h);
        content_number(c, w);
        content_number(c, h);
        buf_lit(&c->out, "re\n");
    }
    paint(c, op, r > 0);
    if (op->shape.is_dashed)
        buf_lit(&c->out, "[] 0 d\n");
}

/* A radius makes a row of dots at that distance: leaders. */
static void line(struct pdf_content *c, const struct pdf_op *op, double x, double y)
{
    prepare(c, op);
    if (op->radius > 0) {
        buf_lit(&c->out, "[0 ");
        content_number(c, (double)op->radius);
        buf_lit(&c->out, "] 0 d 1 J\n");
    }
    content_point(c, x, y);
    buf_lit(&c->out, "m\n");
    line_to(c, x + (double)op->w, y + (double)op->h);
    buf_lit(&c->out, "S\n");
    if (op->radius > 0)
        buf_lit(&c->out, "[] 0 d 0 J\n");
}

static void path(struct pdf_content *c, const struct pdf_op *op, double x, double y)
{
    const struct point *p = op->shape.points;
    if (op->shape.count < 2)
        return;
    prepare(c, op);
    dashes(c, op);
    content_point(c, x + p[0].x, y + p[0].y);
    buf_lit(&c->out, "m\n");
    if (op->shape.path == PATH_CURVE) {
        for (size_t i = 1; i + 2 < op->shape.count; i += 3)
            curve(c, x + p[i].x, y + p[i].y, x + p[i + 1].x, y + p[i + 1].y, x + p[i + 2].x,
                  y + p[i + 2].y);
    } else {
        for (size_t i = 1; i < op->shape.count; i++)
            line_to(c, x + p[i].x, y + p[i].y);
    }
    paint(c, op, op->shape.path == PATH_CLOSED);
    if (op->shape.is_dashed)
        buf_lit(&c->out, "[] 0 d\n");
}

/* Exif turns: the unit square of the picture onto x y w h, as a matrix over
 * (w, h). Row n is orientation n + 1. */
static const signed char turn_matrix[8][6] = {
    {1, 0, 0, 1, 0, 0},   {-1, 0, 0, 1, 1, 0}, {-1, 0, 0, -1, 1, 1}, {1, 0, 0, -1, 0, 1},
    {0, -1, -1, 0, 1, 1}, {0, -1, 1, 0, 0, 1}, {0, 1, 1, 0, 0, 0},   {0, 1, -1, 0, 1, 0},
};

static void touch(struct pdf_content *c, const struct pdf_op *op, double x, double y)
{
    if (op->tag == TAG_NONE || c->is_decoration)
        return;
    double w = (double)op->w, h = (double)op->h;
    tag_touch(c->tags, op->tag);
    if (w > 0)
        tag_frame(c->tags, op->tag,
                  (double[4]){x * c->scale, (c->height - y - h) * c->scale, (x + w) * c->scale,
                              (c->height - y) * c->scale});
}

static void picture(struct pdf_content *c, const struct pdf_op *op, double x, double y)
{
    content_mark(c, op->tag);
    content_end_text(c);
    touch(c, op, x, y);
    double w = (double)op->w, h = (double)op->h;
    const signed char *m = turn_matrix[op->picture->turn - 1];
    buf_lit(&c->out, "q ");
    for (size_t i = 0; i < 4; i++)
        content_number(c, m[i] * (i % 2 ? h : w));
    content_number(c, x + m[4] * w);
    content_number(c, c->height - y - h + m[5] * h);
    buf_fmt(&c->out, "cm /I%u Do Q\n", op->picture->number);
}

static void write_op(struct pdf_content *c, const struct pdf_op *op, double x, double y)
{
    x += (double)op->x;
    y += (double)op->y;
    switch ((enum pdf_op_kind)op->kind) {
    case OP_TEXT:
        content_text(c, op, x, y);
        break;
    case OP_FOLIO:
        content_folio(c, op, x, y);
        break;
    case OP_RECT:
        rect(c, op, x, y);
        break;
    case OP_LINE:
        line(c, op, x, y);
        break;
    case OP_PATH:
        path(c, op, x, y);
        break;
    case OP_PICTURE:
        picture(c, op, x, y);
        break;
    case OP_TOUCH:
        touch(c, op, x, y);
        break;
    case OP_LINK:
    case OP_FIELD:
    case OP_INPUT:
    case OP_TARGET:
        break; /* not painted: emit.c makes annotations and destinations */
    }
}

/* Centred, along the diagonal that a sheet of this format has; on a small sheet
 * smaller. */
static void watermark(struct pdf_content *c, double width, double height)
{
    enum { DIAGONAL = 950 }; /* from here on the word has room */
    buf_lit(&c->out, "/Artifact <</Type /Pagination /Subtype /Watermark>> BDC\nq ");
    double diagonal = sqrt(width * width + height * height);
    double size = fmin(1, diagonal / DIAGONAL);
    double cosine = size * width / diagonal, sine = size * height / diagonal;
    buf_number(&c->out, cosine, 4);
    buf_char(&c->out, ' ');
    buf_number(&c->out, sine, 4);
    buf_char(&c->out, ' ');
    buf_number(&c->out, -sine, 4);
    buf_char(&c->out, ' ');
    buf_number(&c->out, cosine, 4);
    buf_char(&c->out, ' ');
    content_number(c, width / 2);
    content_number(c, height / 2);
    buf_lit(&c->out, "cm /Mark Do Q\nEMC\n");
}

/* The head of a table that begins on a page that is left out is no repetition. */
static bool is_repetition(const struct pdf_content *c, const struct pdf_placed *group)
{
    for (size_t i = 0; i < group->count; i++) {
        const struct pdf_op *op = &group->ops[i];
        if (op->kind == OP_TOUCH && op->tag != TAG_NONE && !tag_is_said(c->tags, op->tag))
            return false;
    }
    return true;
}

/* All that follows is larger. */
static void enlarge(struct pdf_content *c)
{
    buf_number(&c->out, c->scale, 4);
    buf_lit(&c->out, " 0 0 ");
    buf_number(&c->out, c->scale, 4);
    buf_lit(&c->out, " 0 0 cm\n");
}

/* Half a turn about the middle of the group's area; a second one undoes it. */
static void turn(struct pdf_content *c, const struct pdf_placed *group)
{
    if (group->turned_width <= 0)
        return;
    end_mark(c);
    buf_lit(&c->out, "-1 0 0 -1 ");
    content_number(c, 2 * group->x + group->turned_width);
    content_number(c, 2 * (c->height - group->y) - group->turned_height);
    buf_lit(&c->out, "cm\n");
}

str content_page(struct pdf_content *c, size_t page, bool is_marked)
{
    const struct pdf_page *p = c->pages->v[page];
    c->out.n = 0;
    c->page = page;
    c->height = p->height;
    c->scale = p->scale;
    c->fill = c->stroke = COLOR_NONE;
    c->line_width = c->size = -1;
    c->face = UINT_MAX;
    c->in_text = c->is_marked = false;
    if (is_marked)
        watermark(c, p->width * p->scale, p->height * p->scale);
    if (p->scale != 1)
        enlarge(c);
    for (size_t i = 0; i < p->count; i++) {
        const struct pdf_placed *group = &p->placed[i];
        c->is_decoration = group->is_decoration && is_repetition(c, group);
        c->strip = group->strip;
        turn(c, group);
        for (size_t k = 0; k < group->count; k++)
            write_op(c, &group->ops[k], group->x, group->y);
        turn(c, group);
    }
    end_mark(c);
    return buf_str(&c->out);
}
