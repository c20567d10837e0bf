/* write/pdf/front: the head of the first page: who, what, which version. */
#include "write/pdf/front_int.h"

#include <math.h>

#include "write/pdf/figure_int.h"

enum {
    QR_SIDE = 78,
    QR_GAP = 18,
    LABEL_WIDTH = 92,
    LABEL_GAP = 6,
    PAIR_GAP = 14,
    LOGO_HEIGHT = 34,
    LOGO_WIDTH = 150,
    NAME_HEIGHT = 15,
    CONTROL_GAP = 16,
};
#define QR_FIELD_MIN (0.5 * 72 / 25.4)

/* The front stands at the margin, not in the column of the text. */
static struct block front_block(const struct pdf_layout *l)
{
    struct block body = block_body(l), b = block_wide(l, &body);
    b.tag = TAG_DOCUMENT;
    return b;
}

static void line_of_text(struct pdf_layout *l, const struct block *b, str text,
                         struct pdf_font_size size, enum font_style style, enum pdf_color color,
                         enum pdf_role role)
{
    if (text.n == 0)
        return;
    struct block inner = *b;
    inner.size = size;
    struct look *look =
        look_new(l, style, (double)size.size, color, tag_new(l->tags, role, b->tag));
    struct para_style para = block_style(&inner, l->is_rtl ? PARA_RIGHT : PARA_LEFT);
    para.can_hyphenate = false;
    block_text(l, &inner, text, look, &para);
}

/* Beside the name, at the other edge; the name stands at its foot. */
static void logo(struct pdf_layout *l, const struct block *b)
{
    struct figure_size size;
    const struct pdf_picture *p = figure_logo(l, &size);
    if (p == NULL)
        return;
    double scale = fmin(LOGO_HEIGHT / size.height, LOGO_WIDTH / size.width);
    unsigned tag =
        figure_tag(l, b->tag, str_fmt(l->arena, "Logo of " STR_FMT, STR_ARG(l->doc->organisation)));
    struct pdf_op *op = NEW(l->arena, struct pdf_op);
    *op = (struct pdf_op){.kind = OP_PICTURE,
                          .tag = tag,
                          .w = (float)(size.width * scale),
                          .h = (float)(size.height * scale),
                          .picture = p};
    double x = l->is_rtl ? b->x : b->x + b->width - (double)op->w;
    block_box(l, (struct vitem){.x = (float)x, .ops = op, .count = 1});
    block_keep(l);
    block_gap(l, fmax(0, (double)op->h - NAME_HEIGHT));
}

static void bar(struct pdf_layout *l, const struct block *b)
{
    struct pdf_op *op = NEW(l->arena, struct pdf_op);
    *op = (struct pdf_op){.kind = OP_RECT, .fill = COLOR_ACCENT, .w = (float)b->width, .h = 2.2f};
    block_box(l, (struct vitem){.x = (float)b->x, .height = 2.2f, .ops = op, .count = 1});
}

/* "BCP-001 · Version 2.1 · Approved · Internal" */
static str summary(const struct pdf_layout *l)
{
    const struct doc *d = l->doc;
    struct buf b = buf_in(l->arena, 80);
    str version =
        d->version.n > 0 ? str_fmt(l->arena, "Version " STR_FMT, STR_ARG(d->version)) : S("");
    str parts[] = {d->code, version, d->status, d->class_};
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        if (parts[i].n > 0 && b.n > 0)
            buf_lit(&b, " \u00B7 ");
        buf_add(&b, parts[i]);
    }
    return buf_str(&b);
}

/* A label or a value of the control data, at x in the row. */
static double add_cell(struct pdf_layout *l, struct pdf_ops *ops, str text, double x, double width,
                       const struct look *look)
{
    struct chunks c = {0};
    chunks_text(l, &c, text, look, false);
    bidi_resolve(l, &c);
    struct para_style style = {
        .size = text_size[SIZE_TABLE], .width = width, .align = l->is_rtl ? PARA_RIGHT : PARA_LEFT};
    struct para p = para_set(l, &c, &style);
    double y = CELL_Y;
    for (size_t i = 0; i < p.count; y += p.lines[i++].height)
        op_copy(l->arena, ops, p.lines[i].ops.v, p.lines[i].ops.n, x, y);
    return y + CELL_Y;
}

static double add_pair(struct pdf_layout *l, const struct block *b, struct pdf_ops *ops, size_t row,
                       double x, double width, unsigned tag)
{
    const struct table *t = l->doc->cover;
    double size = (double)text_size[SIZE_TABLE].size;
    unsigned head = tag_new(l->tags, ROLE_ROW_HEAD, tag), cell = tag_new(l->tags, ROLE_CELL, tag);
    struct look *label = look_new(l, FONT_REGULAR, size, COLOR_MUTED, head);
    struct look *value = look_new(l, FONT_BOLD, size, COLOR_TEXT, cell);
    str words = cell_plain(l->arena, table_cell(t, row, 1));
    double value_x = x + LABEL_WIDTH, value_width = width - LABEL_WIDTH;
    if (l->is_rtl) {
        value_x = b->width - x - width;
        x = b->width - x - LABEL_WIDTH + LABEL_GAP;
    }
    double a = add_cell(l, ops, cell_plain(l->arena, table_cell(t, row, 0)), x,
                        LABEL_WIDTH - LABEL_GAP, label);
    double z = add_cell(l, ops, words.n > 0 ? words : S("\u2013"), value_x, value_width, value);
    return fmax(a, z);
}

/* Pairs of label and value in two columns, the first half on the left; in one where
 * the sheet is narrow. */
static void control(struct pdf_layout *l, const struct block *b)
{
    enum { TWO_COLUMNS_MIN = 380 };
    const struct table *t = l->doc->cover;
    bool is_narrow = b->width < TWO_COLUMNS_MIN;
    size_t rows = is_narrow ? t->row_count : (t->row_count + 1) / 2;
    double half = is_narrow ? b->width : (b->width - PAIR_GAP) / 2;
    unsigned tag = tag_new(l->tags, ROLE_TABLE, b->tag);
    for (size_t i = 0; i < rows; i++) {
        struct pdf_ops ops = {0};
        unsigned row = tag_new(l->tags, ROLE_ROW, tag);
        double height = add_pair(l, b, &ops, i, 0, half, row);
        if (i + rows < t->row_count)
            height = fmax(height, add_pair(l, b, &ops, i + rows, half + PAIR_GAP, half, row));
        for (size_t k = 0; i + rows >= t->row_count && rows > 1 && k < 2; k++) /* as wide as all */
            op_add(l->arena, &ops,
                   (struct pdf_op){.kind = OP_TOUCH, .tag = tag_new(l->tags, ROLE_CELL, row)});
        op_add(l->arena, &ops,
               (struct pdf_op){.kind = OP_LINE,
                               .stroke = COLOR_LINE,
                               .y = (float)height,
                               .w = (float)b->width,
                               .size = RULE_HAIR});
        block_box(l, (struct vitem){
                         .x = (float)b->x, .height = (float)height, .ops = ops.v, .count = ops.n});
        arena_reset(l->scratch);
    }
}

/* A long address has more fields, and none is below half a millimetre. */
static double qr_side(const struct pdf_layout *l)
{
    return fmax(QR_SIDE, QR_FIELD_MIN * l->qr->width);
}

/* The code stands beside the title, which is so high: a box without height of its own. */
static void add_qr(struct pdf_layout *l, const struct block *b, double above)
{
    double side = qr_side(l);
    unsigned tag =
        figure_tag(l, b->tag, str_fmt(l->arena, "QR code: " STR_FMT, STR_ARG(l->options->address)));
    struct pdf_ops ops = {0}, placed = {0};
    figure_drawing(l, l->qr, side / l->qr->width, tag, &ops);
    op_copy(l->arena, &placed, ops.v, ops.n, 0, -above);
    double x = l->is_rtl ? b->x : b->x + b->width - side;
    block_box(l, (struct vitem){.x = (float)x, .ops = placed.v, .count = placed.n});
    block_keep(l);
    block_gap(l, fmax(0, side - above) + CONTROL_GAP);
}

static void address(struct pdf_layout *l, const struct block *b)
{
    str address = l->options->address;
    if (address.n == 0)
        return;
    struct block inner = *b;
    inner.size = text_size[SIZE_SMALL];
    unsigned tag = tag_new(l->tags, ROLE_P, b->tag);
    double size = (double)inner.size.size;
    struct look *plain = look_new(l, FONT_REGULAR, size, COLOR_MUTED, tag);
    struct look *link = look_new(l, FONT_REGULAR, size, COLOR_ACCENT, tag);
    str *uri = NEW(l->arena, str);
    *uri = address;
    link->is_link = true;
    link->uri = uri;
    link->tag = link->link_tag = tag_new(l->tags, ROLE_LINK, tag);
    tag_describe(l->tags, link->tag, S("The version in force"));
    struct chunks c = {0};
    chunks_text(l, &c, S("The version in force: "), plain, false);
    chunks_text(l, &c, address, link, false);
    bidi_resolve(l, &c);
    struct para_style style = block_style(&inner, PARA_LEFT);
    block_gap(l, 6);
    block_lines(l, &inner, &c, &style);
    arena_reset(l->scratch);
}

static bool body_says_title(const struct pdf_layout *l)
{
    const struct md_node *first = l->doc->body->first;
    return !l->doc->cover && first && first->kind == MD_HEADING &&
           str_eq(md_text(l->arena, first), l->doc->title);
}

static void title_and_code(struct pdf_layout *l, const struct block *b)
{
    struct pdf_font_size title = {25, 30};
    if (l->is_landscape) /* registers: the rows matter more */
        title = (struct pdf_font_size){19, 24};
    struct block inner = *b;
    if (l->qr) {
        inner.width -= qr_side(l) + QR_GAP;
        inner.x += l->is_rtl ? qr_side(l) + QR_GAP : 0;
    }
    block_gap(l, l->is_landscape ? 10 : 26);
    size_t from = l->flow.list.n;
    if (!body_says_title(l)) {
        line_of_text(l, &inner, l->doc->title, title, FONT_BOLD, COLOR_TEXT, ROLE_H1);
        block_gap(l, l->is_landscape ? 1 : 5);
        line_of_text(l, &inner, summary(l), (struct pdf_font_size){10.5f, 15}, FONT_REGULAR,
                     COLOR_MUTED, ROLE_P);
    }
    if (l->qr)
        add_qr(l, b, vlist_height(&l->flow.list, from, l->flow.list.n));
}

void front_set(struct pdf_layout *l)
{
    const struct doc *d = l->doc;
    struct block b = front_block(l);
    logo(l, &b);
    line_of_text(l, &b, d->organisation, (struct pdf_font_size){10.5f, NAME_HEIGHT}, FONT_BOLD,
                 COLOR_ACCENT, ROLE_P);
    block_gap(l, 5);
    bar(l, &b);
    title_and_code(l, &b);
    block_gap(l, CONTROL_GAP);
    if (d->cover)
        control(l, &b);
    address(l, &b);
    b.is_top = true;
    if (d->history) {
        block_gap(l, 22);
        table_set_form(l, &b, d->history);
    }
}

void front_signatures(struct pdf_layout *l)
{
    struct block b = block_body(l);
    b.tag = TAG_DOCUMENT;
    if (!l->doc->signatures)
        return;
    block_gap(l, 28);
    table_set_blank(l, &b, l->doc->signatures);
}
