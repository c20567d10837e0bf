/* write/pdf/code: blocks of code, line by line. */
#include "write/pdf/block_int.h"

/* Tabs go to every fourth column, as they do on screens. */
static str expand_tabs(struct pdf_layout *l, str line)
{
    if (str_find_char(line, '\t', 0) == SIZE_MAX)
        return line;
    struct buf b = buf_in(l->arena, line.n + 16);
    size_t column = 0;
    for (size_t at = 0; at < line.n;) {
        size_t from = at;
        if (utf8_next(line, &at) != '\t') {
            buf_add(&b, str_from_to(line, from, at));
            column++;
            continue;
        }
        do
            buf_char(&b, ' ');
        while (++column % 4);
    }
    return buf_str(&b);
}

/* Lines after the first of a long one carry a mark outside the text. */
static void mark_wrapped(struct pdf_layout *l, const struct block *b, size_t from,
                         unsigned char color)
{
    for (size_t i = from; i < l->flow.list.n; i++) {
        struct vitem *box = &l->flow.list.v[i];
        if (box->kind != V_BOX)
            continue;
        struct pdf_ops ops = {0};
        op_copy(l->arena, &ops, box->ops, box->count, 0, 0);
        struct pdf_word *word = NEW(l->arena, struct pdf_word);
        word->text = font_shape(l->shaper, S("\u21AA"), FONT_REGULAR, false);
        op_add(l->arena, &ops,
               (struct pdf_op){.kind = OP_TEXT,
                               .style = FONT_REGULAR,
                               .fill = color,
                               .x = -7.5f,
                               .y = b->size.leading * 0.72f,
                               .size = 6.5f,
                               .text = {word, 1}});
        box->ops = ops.v;
        box->count = ops.n;
    }
}

static void code_line(struct pdf_layout *l, const struct block *b, str line, enum md_kind kind,
                      unsigned tag)
{
    struct look *look = look_new(l, FONT_MONO, (double)b->size.size, b->color, tag);
    look->is_code = true;
    if (kind == MD_INSERTED || kind == MD_DELETED)
        look_revise(l, look, kind == MD_INSERTED);
    struct chunks c = {0};
    str text = expand_tabs(l, line);
    chunks_word(l, &c, text, look);
    bidi_resolve(l, &c);
    struct para_style style = block_style(b, PARA_LEFT);
    style.can_hyphenate = false;
    size_t from = l->flow.list.n;
    block_lines(l, b, &c, &style);
    while (from < l->flow.list.n && l->flow.list.v[from].kind != V_BOX)
        from++;
    mark_wrapped(l, b, from + 1, COLOR_MUTED);
    arena_reset(l->scratch);
}

/* False: there are no lines. */
static bool code_lines(struct pdf_layout *l, const struct block *b, str text, enum md_kind kind,
                       unsigned tag)
{
    str line;
    bool is_empty = true;
    for (; str_line(&text, &line); is_empty = false)
        code_line(l, b, line, kind, tag);
    return !is_empty;
}

void code_set(struct pdf_layout *l, const struct block *b, struct md_node *n)
{
    enum { INSET = 8 };
    struct vframe *frame = NEW(l->arena, struct vframe);
    *frame = (struct vframe){.outer = b->frame,
                             .x = b->x,
                             .width = b->width,
                             .color = COLOR_TINT,
                             .above = 5,
                             .below = 5};
    struct block inner = block_indented(l, b, INSET);
    inner.x = b->x + INSET;
    inner.width = b->width - 2 * INSET;
    inner.frame = frame;
    inner.size = text_size[SIZE_CODE];
    l->at.len += (uint32_t)(2 * n->text.n); /* not the fence alone; lines may be indented */
    unsigned tag = tag_new(l->tags, ROLE_CODE, tag_new(l->tags, ROLE_P, b->tag));
    block_gap(l, BLOCK_GAP + frame->above);
    bool has_lines = code_lines(l, &inner, n->text, MD_CODE_BLOCK, tag);
    for (const struct md_node *part = n->first; part; part = part->next)
        has_lines =
            code_lines(l, &inner, part->first ? part->first->text : part->text, part->kind, tag) ||
            has_lines;
    if (!has_lines)
        code_line(l, &inner, S(""), MD_CODE_BLOCK, tag);
    block_gap(l, BLOCK_GAP + frame->below);
}
