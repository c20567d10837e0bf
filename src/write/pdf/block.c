/* write/pdf/block: block elements into the vertical list. */
#include "write/pdf/block_int.h"

#include <math.h>

struct block block_body(const struct pdf_layout *l)
{
    enum { TEXT_WIDTH_MAX = 480 }; /* on a turned sheet the eye would lose the line */
    struct pdf_sheet s = layout_sheet(l);
    double room = s.width - s.left - s.right - s.hang, width = fmin(room, TEXT_WIDTH_MAX);
    return (struct block){
        .x = l->is_rtl ? s.left + room - width : s.left + s.hang,
        .width = width,
        .tag = l->section,
        .gap = PARA_GAP,
        .size = text_size[SIZE_BODY],
        .color = COLOR_TEXT,
        .is_top = true,
    };
}

struct block block_wide(const struct pdf_layout *l, const struct block *b)
{
    struct block wide = *b;
    struct pdf_sheet s = layout_sheet(l);
    if (b->is_top) {
        wide.x = s.left;
        wide.width = s.width - s.left - s.right;
    }
    return wide;
}

struct block block_indented(const struct pdf_layout *l, const struct block *b, double indent)
{
    enum { NARROWEST = 110 }; /* nests that leave less begin again at the margin */
    struct block inner = *b;
    if (inner.width - indent < NARROWEST) {
        struct block body = block_body(l);
        inner.x = body.x;
        inner.width = body.width;
    }
    inner.x += l->is_rtl ? 0 : indent;
    inner.width -= indent;
    inner.is_top = false;
    return inner;
}

struct para_style block_style(const struct block *b, enum para_align align)
{
    return (struct para_style){
        .size = b->size, .align = align, .width = b->width, .can_hyphenate = true};
}

void block_gap(struct pdf_layout *l, double gap)
{
    l->flow.gap = fmax(l->flow.gap, gap);
}

void block_keep(struct pdf_layout *l)
{
    l->flow.is_kept = true;
}

/* The innermost frame that both stand in. */
static const struct vframe *common_frame(const struct vframe *a, const struct vframe *b)
{
    for (const struct vframe *x = a; x; x = x->outer)
        for (const struct vframe *y = b; y; y = y->outer)
            if (x == y)
                return x;
    return NULL;
}

static void add_label(struct pdf_layout *l, struct vitem *box)
{
    struct pdf_ops ops = {0};
    op_copy(l->arena, &ops, l->flow.label.v, l->flow.label.n, -(double)box->x, 0);
    op_copy(l->arena, &ops, box->ops, box->count, 0, 0);
    box->ops = ops.v;
    box->count = ops.n;
    l->flow.label = (struct pdf_ops){0};
}

/* The space before what comes next, and how gladly a page ends there. */
static void join(struct pdf_layout *l, struct vitem *next)
{
    if (l->flow.list.n > 0) {
        if (l->flow.is_kept)
            next->penalty = PENALTY_NEVER;
        else if (next->penalty < l->flow.penalty)
            next->penalty = (short)l->flow.penalty;
        if (l->flow.gap > 0)
            vlist_space(&l->flow.list, l->flow.gap,
                        common_frame(l->flow.frame_before, next->frame));
    }
    l->flow.gap = 0;
    l->flow.is_kept = false;
    l->flow.penalty = 0;
    l->flow.frame_before = next->frame;
}

void block_box(struct pdf_layout *l, struct vitem box)
{
    join(l, &box);
    if (l->flow.label.n > 0)
        add_label(l, &box);
    vlist_box(&l->flow.list, box);
}

void block_columns(struct pdf_layout *l, const struct vcolumns *columns)
{
    struct vitem item = {.columns = columns};
    join(l, &item);
    vlist_columns(&l->flow.list, item);
}

static void new_sheet(struct pdf_layout *l, struct vitem sheet)
{
    vlist_sheet(&l->flow.list, sheet);
    l->is_landscape = sheet.is_landscape;
    l->flow.gap = 0;
    l->flow.is_kept = false;
    l->flow.has_lead = false;
}

void block_sheet(struct pdf_layout *l, bool is_landscape)
{
    new_sheet(l, (struct vitem){.is_landscape = is_landscape});
}

void block_sheet_right(struct pdf_layout *l, unsigned part)
{
    bool is_landscape = part == 0 && l->is_landscape;
    new_sheet(l, (struct vitem){.is_landscape = is_landscape, .is_right = true, .part = part});
}

/* Nothing but a few lines of text; footnotes have their place elsewhere. */
static bool is_little(const struct md_node *rest)
{
    enum { BYTES_MAX = 600 };
    size_t bytes = 0;
    for (const struct md_node *n = rest; n; n = n->next) {
        if (n->kind == MD_FOOTNOTE)
            continue;
        if ((n->kind != MD_PARA && n->kind != MD_HEADING && n->kind != MD_LIST) ||
            n->span.len > BYTES_MAX)
            return false;
        for (struct md_walk w = md_walk((struct md_node *)n); md_step(&w) && bytes <= BYTES_MAX;)
            bytes += w.enter ? w.node->text.n : 0;
        if (bytes > BYTES_MAX)
            return false;
    }
    return true;
}

void block_turn_back(struct pdf_layout *l)
{
    if (l->top == NULL || !is_little(l->top->next))
        block_sheet(l, false);
}

enum { LEAD_HEIGHT_MAX = 120 }; /* points; a heading and a paragraph of some lines */

/* The walk is as short as what may be brought along: this is asked for each drawing. */
double block_led(const struct pdf_layout *l)
{
    const struct vlist *list = &l->flow.list;
    double height = 0;
    for (size_t i = list->n; i > 0 && height <= LEAD_HEIGHT_MAX; i--) {
        if (list->v[i - 1].kind == V_SHEET)
            return height;
        height += (double)list->v[i - 1].height;
    }
    return 0;
}

/* The heading itself may begin a page: only what follows it is held. */
void block_hold_lead(struct pdf_layout *l)
{
    struct vlist *list = &l->flow.list;
    if (!l->flow.has_lead || vlist_height(list, l->flow.lead, list->n) > LEAD_HEIGHT_MAX)
        return;
    bool is_first = true;
    for (size_t i = l->flow.lead; i < list->n; i++) {
        struct vitem *box = &list->v[i];
        if (box->kind == V_BOX && !is_first && box->penalty < PENALTY_LEAD)
            box->penalty = PENALTY_LEAD;
        is_first = is_first && box->kind != V_BOX;
    }
    l->flow.penalty = PENALTY_LEAD;
}

static bool can_move(const struct vlist *list, size_t from)
{
    for (size_t i = from; i < list->n; i++)
        if (list->v[i].frame || list->v[i].head) /* these know where on the sheet they stand */
            return false;
    return vlist_height(list, from, list->n) <= LEAD_HEIGHT_MAX;
}

void block_turn(struct pdf_layout *l)
{
    struct vlist *list = &l->flow.list;
    struct pdf_sheet upright = style_sheet(&l->paper, false, false);
    struct pdf_sheet turned = style_sheet(&l->paper, true, false);
    size_t from = l->flow.lead;
    if (!l->flow.has_lead || !can_move(list, from)) {
        block_sheet(l, true);
        return;
    }
    vlist_sheet(list, (struct vitem){.is_landscape = true});
    struct vitem sheet = list->v[list->n - 1];
    for (size_t i = list->n - 1; i > from; i--) {
        list->v[i] = list->v[i - 1];
        list->v[i].x += (float)(turned.left - upright.left);
    }
    list->v[from] = sheet;
    l->is_landscape = true;
    l->flow.has_lead = false;
}

void block_target(struct pdf_layout *l, str anchor)
{
    if (anchor.n > 0)
        op_add(l->arena, &l->flow.label,
               (struct pdf_op){.kind = OP_TARGET, .y = -6, .link = {NULL, anchor}});
}

/* Two lines at least on each side of a page's end. */
static int penalty_before(const struct para *p, size_t line)
{
    if (line == 1 || line + 1 == p->count)
        return PENALTY_ORPHAN;
    return p->lines[line - 1].ends_in_word ? PENALTY_HYPHEN : 0;
}

static struct vitem line_box(const struct block *b, const struct para_line *line)
{
    return (struct vitem){.x = (float)b->x,
                          .height = (float)line->height,
                          .ops = line->ops.v,
                          .count = line->ops.n,
                          .frame = b->frame,
                          .notes = line->notes};
}

void block_lines(struct pdf_layout *l, const struct block *b, struct chunks *c,
                 const struct para_style *style)
{
    struct para p = para_set(l, c, style);
    for (size_t i = 0; i < p.count; i++) {
        struct vitem box = line_box(b, &p.lines[i]);
        box.penalty = (short)(i == 0 ? 0 : penalty_before(&p, i));
        block_box(l, box);
    }
}

void block_text(struct pdf_layout *l, const struct block *b, str text, const struct look *look,
                const struct para_style *style)
{
    struct chunks c = {0};
    chunks_text(l, &c, text, look, false);
    bidi_resolve(l, &c);
    block_lines(l, b, &c, style);
    arena_reset(l->scratch);
}

static bool is_blank_para(const struct chunks *c)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->v[i].kind != CHUNK_SPACE)
            return false;
    return true;
}

static void para(struct pdf_layout *l, const struct block *b, struct md_node *n)
{
    if (figure_is_alone(n)) {
        figure_set_picture(l, b, n);
        return;
    }
    unsigned tag = tag_new(l->tags, ROLE_P, b->tag);
    struct look *look = look_new(l, FONT_REGULAR, (double)b->size.size, b->color, tag);
    look->is_prose = true;
    struct chunks c = inline_chunks(l, n, look);
    struct para_style style = block_style(b, b->width > 300 ? PARA_JUSTIFIED : PARA_LEFT);
    if (!is_blank_para(&c)) {
        block_gap(l, b->gap);
        block_lines(l, b, &c, &style);
        block_gap(l, b->gap);
    }
    arena_reset(l->scratch);
}

/* Numbers of headings of the text hang in the margin. */
static void heading_number(struct pdf_layout *l, struct block *b, str number,
                           const struct look *look, double baseline)
{
    struct pdf_sheet s = layout_sheet(l);
    struct pdf_op op = {.fill = (unsigned char)look->color, .tag = look->tag, .y = (float)baseline};
    double width = label_words(l, number, look->style, (double)look->size, &op), room = HANG - 6;
    op.x = (float)(l->is_rtl ? s.width - s.right - width : s.left);
    op_add(l->arena, &l->flow.label, op);
    double more = s.hang == 0 ? width + 8 : fmax(0, width - room);
    *b = block_indented(l, b, more);
}

static enum pdf_role heading_role(int depth)
{
    int level = depth + 2; /* the title of the document is the first level */
    return (enum pdf_role)(ROLE_H1 + (level < 6 ? level : 6) - 1);
}

static double baseline_of(const struct pdf_layout *l, double size, double leading)
{
    double ascent = font_ascent(l->faces, size), descent = font_descent(l->faces, size);
    return (leading - ascent - descent) / 2 + ascent;
}

static void begin_lead(struct pdf_layout *l)
{
    if (!(l->flow.has_lead && l->flow.is_kept)) /* else one leads to the other */
        l->flow.lead = l->flow.list.n;
    l->flow.has_lead = true;
}

/* Of headings that together are too high to be brought along, the last one still is. */
static void shorten_lead(struct pdf_layout *l, size_t last)
{
    const struct vlist *list = &l->flow.list;
    if (vlist_height(list, l->flow.lead, list->n) > LEAD_HEIGHT_MAX)
        l->flow.lead = last;
}

static void heading(struct pdf_layout *l, const struct block *outer, struct md_node *n)
{
    int rank = n->heading.level - l->top_level;
    rank = rank < 0 ? 0 : rank >= HEADING_RANKS ? HEADING_RANKS - 1 : rank;
    const struct pdf_heading_style *h = &heading_style[rank];
    struct block b = *outer;
    if (b.is_top && rank == 0)
        l->section = tag_new(l->tags, ROLE_SECTION, l->part_section);
    if (b.is_top)
        b.tag = l->section;
    int depth = rank + (l->part_section != TAG_DOCUMENT);
    unsigned tag = tag_new(l->tags, heading_role(depth), b.tag);
    struct look *look = look_new(l, h->style, (double)h->size, h->color, tag);
    struct para_style style = {{h->size, h->leading}, PARA_LEFT, b.width, false};
    block_gap(l, (double)h->before);
    block_target(l, n->id);
    if (b.is_top)
        begin_lead(l);
    if (b.is_top && n->title.n > 0)
        heading_number(l, &b, n->title, look, baseline_of(l, (double)h->size, (double)h->leading));
    else if (b.is_top)
        b = block_wide(l, &b);
    style.width = b.width;
    struct chunks c = inline_chunks(l, n, look);
    size_t from = l->flow.list.n;
    block_lines(l, &b, &c, &style);
    for (size_t i = from; i < l->flow.list.n; i++) /* a heading is one piece */
        if (l->flow.list.v[i].penalty == PENALTY_ORPHAN)
            l->flow.list.v[i].penalty = PENALTY_NEVER;
    if (outer->is_top)
        shorten_lead(l, from);
    block_gap(l, (double)h->after);
    block_keep(l);
    arena_reset(l->scratch);
}

static void quote(struct pdf_layout *l, const struct block *b, struct md_node *n)
{
    enum { BAR = 2, INDENT = 13 };
    struct vframe *frame = NEW(l->arena, struct vframe);
    double x = l->is_rtl ? b->x + b->width - BAR : b->x;
    *frame = (struct vframe){.outer = b->frame, .x = x, .width = BAR, .color = COLOR_LINE};
    struct block inner = block_indented(l, b, INDENT);
    inner.frame = frame;
    inner.tag = tag_new(l->tags, ROLE_QUOTE, b->tag);
    inner.gap = PARA_GAP;
    block_gap(l, PARA_GAP + 2);
    block_children(l, &inner, n);
    block_gap(l, PARA_GAP + 2);
}

static void rule(struct pdf_layout *l, const struct block *b)
{
    struct pdf_ops ops = {0};
    op_add(l->arena, &ops,
           (struct pdf_op){
               .kind = OP_LINE, .stroke = COLOR_LINE, .w = (float)b->width, .size = RULE_LIGHT});
    block_gap(l, 12);
    block_box(l, (struct vitem){.x = (float)b->x,
                                .height = RULE_LIGHT,
                                .ops = ops.v,
                                .count = ops.n,
                                .frame = b->frame});
    block_gap(l, 12);
}

/* On paper, details are open and their summary is a small heading. */
static void element(struct pdf_layout *l, const struct block *b, struct md_node *n)
{
    if (n->element != ELEMENT_SUMMARY) {
        block_children(l, b, n);
        return;
    }
    unsigned tag = tag_new(l->tags, ROLE_P, b->tag);
    struct look *look = look_new(l, FONT_BOLD, (double)b->size.size, b->color, tag);
    struct chunks c = inline_chunks(l, n, look);
    struct para_style style = block_style(b, PARA_LEFT);
    block_gap(l, b->gap);
    block_lines(l, b, &c, &style);
    block_gap(l, b->gap / 2);
    block_keep(l);
    arena_reset(l->scratch);
}

static void one(struct pdf_layout *l, const struct block *b, struct md_node *n)
{
    switch (n->kind) {
    case MD_PARA:
        para(l, b, n);
        break;
    case MD_HEADING:
        heading(l, b, n);
        break;
    case MD_LIST:
        list_set(l, b, n);
        break;
    case MD_QUOTE:
        quote(l, b, n);
        break;
    case MD_CODE_BLOCK:
        code_set(l, b, n);
        break;
    case MD_RULE:
        rule(l, b);
        break;
    case MD_TABLE:
        table_set_markdown(l, b, n);
        break;
    case MD_FORM_TABLE:
        table_set_form(l, b, n->table);
        break;
    case MD_FORM_DRAWING:
        figure_set_drawing(l, b, n);
        break;
    case MD_FORM_BLANK:
        blank_set(l, n);
        break;
    case MD_PAGE_BREAK:
        if (n->page_break.right)
            block_sheet_right(l, 0);
        else
            block_sheet(l, l->is_landscape);
        break;
    case MD_PART:
        part_set(l, n);
        break;
    case MD_INDEX:
        index_set(l, b, n);
        break;
    case MD_BLOCK_ELEMENT:
        element(l, b, n);
        break;
    case MD_CONTENTS: /* stands in front */
    case MD_FOOTNOTE: /* stands where it is mentioned */
        break;
    default: /* words without a paragraph around them */
        if (n->first)
            block_children(l, b, n);
        break;
    }
}

/* As deep as the parser nests blocks: MD_DEPTH_MAX. */
void block_children(struct pdf_layout *l, const struct block *b, struct md_node *parent)
{
    struct block inner = *b;
    struct span outer = l->at;
    for (struct md_node *n = parent->first; n; n = n->next) {
        if (b->is_top) {
            inner = block_body(l); /* a heading or a turned sheet may have changed it */
            l->top = n;
        }
        l->at = n->span;
        one(l, &inner, n);
    }
    l->at = outer;
}
