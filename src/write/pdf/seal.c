/* write/pdf/seal: the words of the seal, at the end of a document; of one in parts, in front.
 *
 * A frame with an emblem and who prepared, approved and sealed. All of it is
 * content of the page; the signature's field lies over it and paints nothing. */
#include "write/pdf/seal_int.h"

#include <math.h>

#include "write/pdf/block_int.h"

enum { PAD = 11, EMBLEM = 40, EMBLEM_GAP = 14, LABEL_WIDTH = 74, ROW_GAP = 2, SEAL_GAP = 26 };

struct frame {
    struct pdf_layout *layout;
    struct block block;
    struct pdf_ops ops;
    double x, y, width; /* of the text: where the next line begins */
};

/* Sets text in a column at x from the left edge of the text; gives its height. */
static double column(struct frame *f, str words, double x, double width, enum pdf_text_size size,
                     const struct look *look)
{
    struct pdf_layout *l = f->layout;
    struct chunks c = {0};
    chunks_text(l, &c, words, look, false);
    bidi_resolve(l, &c);
    struct para_style style = {
        .size = text_size[size], .width = width, .align = l->is_rtl ? PARA_RIGHT : PARA_LEFT};
    struct para p = para_set(l, &c, &style);
    double y = f->y, left = l->is_rtl ? f->width - x - width : x;
    for (size_t i = 0; i < p.count; y += p.lines[i++].height)
        op_copy(l->arena, &f->ops, p.lines[i].ops.v, p.lines[i].ops.n, f->x + left, y);
    arena_reset(l->scratch);
    return y - f->y;
}

static void line(struct frame *f, str words, enum pdf_text_size size, enum font_style style,
                 enum pdf_color color)
{
    unsigned tag = tag_new(f->layout->tags, ROLE_P, f->block.tag);
    struct look *look = look_new(f->layout, style, (double)text_size[size].size, color, tag);
    f->y += column(f, words, 0, f->width, size, look);
}

static void row(struct frame *f, const char *label, str value)
{
    struct pdf_layout *l = f->layout;
    if (value.n == 0)
        return;
    double size = (double)text_size[SIZE_TABLE].size;
    struct look *muted = /* apart from the value, which would be read as its last word */
        look_new(l, FONT_REGULAR, size, COLOR_MUTED, tag_new(l->tags, ROLE_P, f->block.tag));
    double a = column(f, str_from(label), 0, LABEL_WIDTH, SIZE_TABLE, muted);
    struct look *bold =
        look_new(l, FONT_BOLD, size, COLOR_TEXT, tag_new(l->tags, ROLE_P, f->block.tag));
    double z = column(f, value, LABEL_WIDTH, f->width - LABEL_WIDTH, SIZE_TABLE, bold);
    f->y += fmax(a, z) + ROW_GAP;
}

static void ring(struct frame *f, double x, double y, double radius, float width)
{
    op_add(f->layout->arena, &f->ops,
           (struct pdf_op){.kind = OP_RECT,
                           .stroke = COLOR_ACCENT,
                           .x = (float)(x - radius),
                           .y = (float)(y - radius),
                           .w = (float)(2 * radius),
                           .h = (float)(2 * radius),
                           .radius = (float)radius,
                           .size = width});
}

/* Two rings around a tick, in line art that a fax carries. */
static void emblem(struct frame *f, double x, double y)
{
    static const double tick[][2] = {{-8, 0.5}, {-2.5, 6.5}, {8.5, -6}};
    struct point *p = NEW_ARRAY(f->layout->arena, struct point, 3);
    for (size_t i = 0; i < 3; i++)
        p[i] = (struct point){tick[i][0], tick[i][1]};
    ring(f, x, y, EMBLEM / 2.0, 1.4f);
    ring(f, x, y, EMBLEM / 2.0 - 3.2, 0.5f);
    op_add(f->layout->arena, &f->ops,
           (struct pdf_op){.kind = OP_PATH,
                           .stroke = COLOR_ACCENT,
                           .x = (float)x,
                           .y = (float)y,
                           .size = 2.6f,
                           .shape = {.points = p, .count = 3, .path = PATH_OPEN}});
}

static void words(struct frame *f, const struct pdf_seal *seal)
{
    const struct pdf_layout *l = f->layout;
    line(f, S("Electronic seal"), SIZE_BODY, FONT_BOLD, COLOR_ACCENT);
    f->y += ROW_GAP + 1;
    row(f, "Prepared by", l->doc->prepared_by);
    row(f, "Approved by", l->doc->approved_by);
    row(f, "Sealed by",
        str_fmt(l->arena, STR_FMT " when issued, " STR_FMT, STR_ARG(seal->signer),
                STR_ARG(seal->day)));
    if (seal->is_demo)
        line(f, S("DEMO KEY: not for real use. Anybody can make such a key; it proves nothing."),
             SIZE_SMALL, FONT_BOLD, COLOR_BAD);
    f->y += ROW_GAP;
    line(f,
         S("Digitally signed: programs that check signatures show whether this file is as it was "
           "issued."),
         SIZE_SMALL, FONT_REGULAR, COLOR_MUTED);
}

/* The frame stands behind the words, but its height is known only after them. */
static void frame(struct frame *f, double height)
{
    f->ops.v[0] = (struct pdf_op){.kind = OP_RECT,
                                  .stroke = COLOR_ACCENT,
                                  .w = (float)f->block.width,
                                  .h = (float)height,
                                  .radius = 3,
                                  .size = 0.9f};
    unsigned tag = tag_new(f->layout->tags, ROLE_FORM, f->block.tag);
    op_add(f->layout->arena, &f->ops,
           (struct pdf_op){
               .kind = OP_FIELD, .tag = tag, .w = (float)f->block.width, .h = (float)height});
}

void seal_set(struct pdf_layout *l)
{
    const struct pdf_seal *seal = l->options->seal;
    if (!seal)
        return;
    struct block body = block_body(l);
    struct frame f = {.layout = l, .block = block_wide(l, &body), .y = PAD - 2};
    f.block.tag = tag_new(l->tags, ROLE_SECTION, TAG_DOCUMENT);
    f.x = l->is_rtl ? PAD : PAD + EMBLEM + EMBLEM_GAP;
    f.width = f.block.width - 2 * PAD - EMBLEM - EMBLEM_GAP;
    op_add(l->arena, &f.ops, (struct pdf_op){0}); /* the frame */
    words(&f, seal);
    double height = fmax(f.y + PAD, EMBLEM + 2 * PAD);
    double middle = PAD + EMBLEM / 2.0;
    emblem(&f, l->is_rtl ? f.block.width - middle : middle, height / 2);
    frame(&f, height);
    block_gap(l, SEAL_GAP);
    block_box(
        l, (struct vitem){
               .x = (float)f.block.x, .height = (float)height, .ops = f.ops.v, .count = f.ops.n});
}
