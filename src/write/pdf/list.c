/* write/pdf/list: lists, their bullets, numbers and boxes. */
#include <math.h>

#include "write/pdf/block_int.h"

enum { BULLET_INDENT = 15, LABEL_GAP = 5 };

struct labels {
    const struct md_node *list;
    int number;    /* of the item at hand */
    double indent; /* of the items' text */
};

double label_words(struct pdf_layout *l, str text, enum font_style style, double size,
                   struct pdf_op *op)
{
    struct pdf_word *words = NEW_ARRAY(l->arena, struct pdf_word, 2);
    words[0].text = font_shape(l->shaper, text, style, false);
    double width = (double)words[0].text->width * size / 1000;
    words[1] = (struct pdf_word){font_shape(l->shaper, S(" "), style, false), (float)width};
    op->kind = OP_TEXT;
    op->style = (unsigned char)style;
    op->size = (float)size;
    op->text.words = words;
    op->text.count = 2;
    return width;
}

static str label_text(struct pdf_layout *l, const struct labels *labels, const struct md_node *item,
                      int depth)
{
    if (item->item.task == TASK_OPEN)
        return S("\u2610");
    if (item->item.task == TASK_DONE)
        return S("\u2611");
    if (labels->list->list.ordered)
        return str_fmt(l->arena, "%d.", labels->number);
    return depth % 2 ? S("\u2013") : S("\u2022");
}

static double text_width(struct pdf_layout *l, str text, double size)
{
    return (double)font_shape(l->shaper, text, FONT_REGULAR, false)->width * size / 1000;
}

/* Wide enough for the longest number. */
static double indent_of(struct pdf_layout *l, const struct block *b, const struct md_node *list)
{
    if (!list->list.ordered)
        return BULLET_INDENT;
    int last = list->list.start;
    for (const struct md_node *n = list->first; n && n->next; n = n->next)
        last++;
    str widest = str_fmt(l->arena, "%d.", last);
    return fmax(BULLET_INDENT, text_width(l, widest, (double)b->size.size) + LABEL_GAP);
}

/* Numbers end, bullets begin at a line of their own. */
static void add_label(struct pdf_layout *l, const struct block *b, const struct labels *labels,
                      const struct md_node *item, unsigned tag)
{
    double size = (double)b->size.size, leading = (double)b->size.leading;
    str text = label_text(l, labels, item, b->list_depth);
    struct pdf_op op = {0};
    double width = label_words(l, text, FONT_REGULAR, size, &op);
    bool is_number = labels->list->list.ordered && item->item.task == TASK_NONE;
    double x = is_number ? labels->indent - LABEL_GAP - width
                         : fmax(0, labels->indent - LABEL_GAP - 1 - width) / 2 + 1;
    if (l->is_rtl)
        x = b->width - x - width;
    double ascent = font_ascent(l->faces, size), descent = font_descent(l->faces, size);
    op.fill = (unsigned char)(is_number ? b->color : COLOR_ACCENT);
    op.tag = tag_new(l->tags, ROLE_LABEL, tag);
    if (item->item.task != TASK_NONE) /* a box alone says nothing aloud */
        tag_describe(l->tags, op.tag, item->item.task == TASK_OPEN ? S("open") : S("done"));
    op.x = (float)(b->x + x);
    op.y = (float)((leading - ascent - descent) / 2 + ascent);
    op_add(l->arena, &l->flow.label, op);
}

static void item(struct pdf_layout *l, const struct block *b, const struct labels *labels,
                 struct md_node *n, unsigned list_tag)
{
    unsigned tag = tag_new(l->tags, ROLE_ITEM, list_tag);
    struct block inner = block_indented(l, b, labels->indent);
    inner.tag = tag_new(l->tags, ROLE_ITEM_BODY, tag);
    inner.list_depth++;
    inner.gap = labels->list->list.tight ? TIGHT_GAP : PARA_GAP;
    add_label(l, b, labels, n, tag);
    block_gap(l, inner.gap);
    block_children(l, &inner, n);
    if (l->flow.label.n > 0) /* nothing came that it could stand beside */
        block_box(
            l, (struct vitem){.x = (float)inner.x, .height = b->size.leading, .frame = b->frame});
    block_gap(l, inner.gap);
}

void list_set(struct pdf_layout *l, const struct block *b, struct md_node *list)
{
    enum pdf_role role = list->list.ordered ? ROLE_NUMBERED_LIST : ROLE_LIST;
    unsigned tag = tag_new(l->tags, role, b->tag);
    struct labels labels = {list, list->list.start, indent_of(l, b, list)};
    block_gap(l, b->list_depth > 0 ? b->gap : b->gap - 2);
    for (struct md_node *n = list->first; n; n = n->next, labels.number++) {
        if (n->prev && (n->prev == list->first || !n->next))
            l->flow.penalty = PENALTY_ROW; /* no item alone on its page */
        item(l, b, &labels, n, tag);
    }
    block_gap(l, b->gap);
}
