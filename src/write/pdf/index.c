/* write/pdf/index: an index, in two columns where the sheet has room for them. */
#include "write/pdf/block_int.h"

enum { TWO_COLUMNS_MIN = 400, GUTTER = 22, ENTRY_GAP = 2, INDENT = 12 };

/* An entry is one piece; its further lines are indented. */
static void hang(struct pdf_layout *l, size_t from)
{
    bool is_first = true;
    for (size_t i = from; i < l->flow.list.n; i++) {
        struct vitem *line = &l->flow.list.v[i];
        if (line->kind != V_BOX)
            continue;
        if (!is_first)
            line->penalty = PENALTY_NEVER;
        if (is_first == l->is_rtl)
            line->x += INDENT;
        is_first = false;
    }
}

static void entry(struct pdf_layout *l, const struct block *b, struct md_node *n)
{
    unsigned tag = tag_new(l->tags, ROLE_ITEM_BODY, tag_new(l->tags, ROLE_ITEM, b->tag));
    struct look *look = look_new(l, FONT_REGULAR, (double)b->size.size, b->color, tag);
    struct chunks c = inline_chunks(l, n, look);
    struct para_style style = block_style(b, PARA_LEFT);
    size_t from = l->flow.list.n;
    style.width -= INDENT;
    block_gap(l, ENTRY_GAP);
    block_lines(l, b, &c, &style);
    hang(l, from);
    arena_reset(l->scratch);
}

static void entries(struct pdf_layout *l, const struct block *b, struct md_node *index)
{
    for (struct md_node *n = index->first; n; n = n->next)
        entry(l, b, n);
}

/* The lines of one long column, which the pages cut into two. */
static void two_columns(struct pdf_layout *l, const struct block *b, struct md_node *index)
{
    struct block column = *b;
    struct flow outer = l->flow;
    column.width = (b->width - GUTTER) / 2;
    l->flow = (struct flow){.list = {.arena = l->arena}};
    entries(l, &column, index);
    struct vcolumns *columns = NEW(l->arena, struct vcolumns);
    columns->lines = l->flow.list;
    *(l->is_rtl ? &columns->first : &columns->second) = column.width + GUTTER;
    l->flow = outer;
    if (columns->lines.n > 0)
        block_columns(l, columns);
}

void index_set(struct pdf_layout *l, const struct block *b, struct md_node *index)
{
    struct block wide = block_wide(l, b);
    wide.size = text_size[SIZE_TABLE];
    wide.tag = tag_new(l->tags, ROLE_LIST, tag_new(l->tags, ROLE_INDEX, b->tag));
    block_gap(l, BLOCK_GAP);
    if (b->is_top && wide.width >= TWO_COLUMNS_MIN)
        two_columns(l, &wide, index);
    else
        entries(l, &wide, index);
    block_gap(l, BLOCK_GAP);
}
