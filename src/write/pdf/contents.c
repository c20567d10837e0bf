/* write/pdf/contents: the table of contents.
 *
 * Its lines are set before anybody knows the pages; the numbers are operations
 * that name a heading and are filled in when the file is written. */
#include <math.h>

#include "write/pdf/front_int.h"

enum {
    HEADINGS_MIN = 5, /* fewer are found by leafing through */
    ENTRIES_MAX = 70, /* beyond this the lowest level is left out */
    RANKS_MAX = 3,
    FOLIO_WIDTH = 26,
};

struct entry_style {
    double indent, number_width, before;
    struct pdf_font_size size;
    enum font_style style;
    enum pdf_color color;
};

static const struct entry_style entry_style[RANKS_MAX] = {
    {0, 24, 5, {9.6f, 14.6f}, FONT_BOLD, COLOR_TEXT},
    {24, 30, 1, {9.6f, 14.6f}, FONT_REGULAR, COLOR_TEXT},
    {54, 38, 0, {9.6f, 14.6f}, FONT_REGULAR, COLOR_MUTED},
};

static const struct entry_style divider_style = {0, 30, 4, {11.5f, 17}, FONT_REGULAR, COLOR_TEXT};

/* Labels of parts are longer: "C-12". */
static double folio_width(const struct pdf_layout *l)
{
    enum { NUMBER_WIDTH = 32 };
    double widest = 0;
    for (size_t i = 0; i < l->part_count; i++) {
        const struct font_text *mark = font_shape(l->shaper, l->parts[i].mark, FONT_BOLD, false);
        widest = fmax(widest, (double)mark->width * (double)divider_style.size.size / 1000);
    }
    return l->part_count > 0 ? widest + NUMBER_WIDTH : FOLIO_WIDTH;
}

static int ranks_shown(const struct pdf_layout *l)
{
    size_t count = 0;
    int ranks = 1;
    for (; ranks <= RANKS_MAX; ranks++) {
        for (size_t i = 0; i < l->entry_count; i++)
            count += l->entries[i].rank == ranks - 1;
        if (count > ENTRIES_MAX)
            break;
    }
    return ranks > 2 ? ranks - 1 : 1;
}

/* Dots to the number, on a grid of their own so that they stand in columns. */
static void add_leader(struct pdf_layout *l, const struct block *b, struct pdf_ops *ops,
                       double text_end, double baseline, const struct entry_style *style,
                       const struct look *look, str anchor)
{
    enum { STEP = 5 };
    double from = ceil((text_end + 5) / STEP) * STEP;
    double to = floor((b->width - folio_width(l)) / STEP) * STEP;
    if (l->is_rtl) { /* from the left edge to where the text begins */
        from = folio_width(l);
        to = b->width - text_end - 5;
    }
    if (to > from)
        op_add(l->arena, ops,
               (struct pdf_op){.kind = OP_LINE,
                               .stroke = COLOR_LINE,
                               .x = (float)from,
                               .y = (float)baseline,
                               .w = (float)(to - from),
                               .size = 0.8f,
                               .radius = STEP});
    op_add(l->arena, ops,
           (struct pdf_op){.kind = OP_FOLIO,
                           .style = (unsigned char)style->style,
                           .fill = (unsigned char)style->color,
                           .tag = look->tag,
                           .x = (float)(l->is_rtl ? folio_width(l) - 10 : b->width),
                           .y = (float)baseline,
                           .size = look->size,
                           .link = {NULL, anchor}});
}

/* Where the heading's number ends and its words begin. */
static double add_number(struct pdf_layout *l, const struct block *b, struct pdf_ops *ops,
                         const struct pdf_entry *h, const struct entry_style *style,
                         const struct look *look, double baseline)
{
    if (h->number.n == 0)
        return l->has_numbers ? style->indent : style->indent / 24 * 14;
    struct pdf_op op = {.fill = (unsigned char)look->color, .tag = look->tag, .y = (float)baseline};
    double width = label_words(l, h->number, look->style, (double)look->size, &op);
    op.x = (float)(l->is_rtl ? b->width - style->indent - width : style->indent);
    op_add(l->arena, ops, op);
    return style->indent + fmax(style->number_width, width + 8);
}

static void entry(struct pdf_layout *l, const struct block *b, const struct pdf_entry *h,
                  const struct entry_style *style, unsigned contents)
{
    unsigned item = tag_new(l->tags, ROLE_CONTENTS_ITEM, contents);
    unsigned tag = tag_new(l->tags, ROLE_LINK, tag_new(l->tags, ROLE_REFERENCE, item));
    tag_describe(l->tags, tag, h->text);
    struct pdf_font_size size = style->size;
    struct look *look = look_new(l, style->style, (double)size.size, style->color, tag);
    double ascent = font_ascent(l->faces, (double)size.size);
    double descent = font_descent(l->faces, (double)size.size);
    double baseline = ((double)size.leading - ascent - descent) / 2 + ascent;
    struct pdf_ops ops = {0};
    double x = add_number(l, b, &ops, h, style, look, baseline);
    struct chunks c = {0};
    chunks_text(l, &c, h->text, look, false);
    bidi_resolve(l, &c);
    struct para_style para = {
        .size = size, .align = PARA_LEFT, .width = fmax(b->width - x - folio_width(l) - 30, 80)};
    struct para p = para_set(l, &c, &para);
    double y = 0;
    for (size_t i = 0; i < p.count; y += p.lines[i++].height)
        op_copy(l->arena, &ops, p.lines[i].ops.v, p.lines[i].ops.n,
                l->is_rtl ? b->width - x - para.width : x, y);
    double last = p.lines[p.count - 1].height;
    add_leader(l, b, &ops, x + p.lines[p.count - 1].width, y - last + baseline, style, look,
               h->anchor);
    op_add(l->arena, &ops,
           (struct pdf_op){.kind = OP_LINK,
                           .tag = tag,
                           .w = (float)b->width,
                           .h = (float)y,
                           .link = {NULL, h->anchor}});
    block_gap(l, style->before);
    block_box(l,
              (struct vitem){.x = (float)b->x, .height = (float)y, .ops = ops.v, .count = ops.n});
    arena_reset(l->scratch);
}

void contents_divider_entry(struct pdf_layout *l, const struct block *b, const struct pdf_entry *e,
                            unsigned contents)
{
    entry(l, b, e, &divider_style, contents);
}

/* As deep in the contents as a section. */
void contents_entry(struct pdf_layout *l, const struct block *b, const struct pdf_entry *e,
                    unsigned contents)
{
    entry(l, b, e, &entry_style[1], contents);
}

static void set_entries(struct pdf_layout *l)
{
    struct block body = block_body(l), b = block_wide(l, &body);
    const struct pdf_heading_style *h = &heading_style[1];
    struct look *look =
        look_new(l, h->style, (double)h->size, h->color, tag_new(l->tags, ROLE_H2, TAG_DOCUMENT));
    struct para_style title = {{h->size, h->leading}, PARA_LEFT, b.width, false};
    block_text(l, &b, S("Contents"), look, &title);
    block_gap(l, 4);
    block_keep(l);
    unsigned contents = tag_new(l->tags, ROLE_CONTENTS, TAG_DOCUMENT);
    int ranks = ranks_shown(l);
    for (size_t i = 0; i < l->entry_count; i++)
        if (l->entries[i].rank < ranks)
            entry(l, &b, &l->entries[i], &entry_style[l->entries[i].rank], contents);
}

/* Those of a binder are asked for whatever its length. They stay in one piece: on the first page if
 * there is room, else on the second. The text begins on a new page, unless most of one were lost.
 */
void contents_set(struct pdf_layout *l, double body_height)
{
    enum { GAP = 24, LOST_PERCENT_MAX = 55 };
    struct pdf_sheet s = layout_sheet(l);
    double room = s.height - s.top - s.bottom;
    bool is_short = l->entry_count < HEADINGS_MIN || body_height < 2.5 * room;
    if (is_short && l->part_count == 0)
        return;
    struct flow front = l->flow;
    l->flow = (struct flow){.list = {.arena = l->arena}};
    set_entries(l);
    lists_of_set(l);
    struct vlist entries = l->flow.list;
    l->flow = front;
    double height = vlist_height(&entries, 0, entries.n);
    bool is_moved = vlist_height(&front.list, 0, front.list.n) + GAP + height > room;
    if (is_moved)
        block_sheet(l, l->is_landscape);
    else
        vlist_space(&l->flow.list, GAP, NULL);
    vlist_append(&l->flow.list, &entries);
    if (!is_moved || (room - height) * 100 < room * LOST_PERCENT_MAX)
        block_sheet(l, l->is_landscape);
}
