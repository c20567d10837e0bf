/* write/pdf/table: tables: columns, rows, heads that come again on each page. */
#include <math.h>

#include "write/pdf/table_int.h"

enum {
    SIGNING_HEIGHT = 34, /* points that a hand needs for a name, */
    WRITING_HEIGHT = 24, /* and for a time or a line of words */
};

/* One cell of the row at hand, set in lines. */
struct set_cell {
    struct para para;
    double x, y; /* of its first line, in the row */
};

struct set_row {
    struct set_cell *cells; /* one a column */
    double height;          /* with padding */
};

static struct para_style cell_style(const struct grid *g, size_t column)
{
    enum para_align align = g->align[column];
    if (align == PARA_LEFT && g->layout->is_rtl)
        align = PARA_RIGHT; /* the side where lines begin */
    return (struct para_style){.size = g->size,
                               .align = align,
                               .width = g->width[column] - 2 * g->pad + 0.01, /* rounding */
                               .can_hyphenate = true};
}

static bool is_empty(const struct md_node *cell)
{
    return cell == NULL || cell->first == NULL;
}

static bool has_heads(const struct grid *g)
{
    if (g->table != NULL)
        return table_has_heads(g->table);
    for (size_t i = 0; i < g->columns; i++)
        if (!is_empty(g->cells[i]))
            return true;
    return false;
}

/* Where no column has a head, the first one holds labels. */
static enum pdf_role cell_role(const struct grid *g, size_t row, size_t column)
{
    if (row == 0)
        return ROLE_COLUMN_HEAD;
    bool is_label = column == 0 && (g->has_head_column || !has_heads(g));
    return is_label ? ROLE_ROW_HEAD : ROLE_CELL;
}

/* There is a column that is left to write in. */
static bool has_blanks(const struct grid *g)
{
    for (size_t i = 0; g->table != NULL && i < g->columns; i++)
        if (g->table->columns[i].kind == COLUMN_BLANK)
            return true;
    return false;
}

static struct set_row set_row(struct grid *g, size_t row, struct pdf_ops *ops)
{
    struct pdf_layout *l = g->layout;
    struct set_row r = {.cells = NEW_ARRAY(l->scratch, struct set_cell, g->columns)};
    bool has_words = false;
    unsigned tag = tag_new(l->tags, ROLE_ROW, g->tag);
    if (row > 0 && g->table != NULL && g->table->row_anchors != NULL)
        op_add(l->scratch, ops,
               (struct pdf_op){.kind = OP_TARGET, .link = {NULL, g->table->row_anchors[row - 1]}});
    for (size_t i = 0; i < g->columns; i++) {
        struct set_cell *cell = &r.cells[i];
        unsigned cell_tag = tag_new(l->tags, cell_role(g, row, i), tag);
        struct chunks c = cell_chunks(g, row, i, cell_tag);
        has_words |= c.n != 0;
        struct para_style style = cell_style(g, i);
        cell->para = para_set(l, &c, &style);
        cell->x = g->x[i] + g->pad;
        cell->y = CELL_Y;
        r.height = fmax(r.height, cell->para.height + 2 * CELL_Y);
        op_add(l->scratch, ops, (struct pdf_op){.kind = OP_TOUCH, .tag = cell_tag});
    }
    if (g->is_form && row > 0)
        r.height = fmax(r.height, SIGNING_HEIGHT);
    else if (row > 0 && (!has_words || has_blanks(g)))
        r.height = fmax(r.height, WRITING_HEIGHT);
    for (size_t i = 0; i < g->columns && row == 0; i++) /* heads stand on their rule */
        r.cells[i].y = r.height - CELL_Y - r.cells[i].para.height;
    return r;
}

static void add_rule(struct grid *g, struct pdf_ops *ops, double y, enum pdf_color color,
                     float size)
{
    op_add(g->layout->scratch, ops,
           (struct pdf_op){.kind = OP_LINE,
                           .stroke = (unsigned char)color,
                           .x = (float)g->block.x,
                           .y = (float)y,
                           .w = (float)g->block.width,
                           .size = size});
}

/* The lines of all cells that begin at or below `from` and above `to`. */
static void add_lines(struct grid *g, const struct set_row *r, double from, double to,
                      struct pdf_ops *ops)
{
    for (size_t i = 0; i < g->columns; i++) {
        double y = r->cells[i].y;
        for (size_t k = 0; k < r->cells[i].para.count; k++) {
            const struct para_line *line = &r->cells[i].para.lines[k];
            if (y >= from && y < to)
                op_copy(g->layout->scratch, ops, line->ops.v, line->ops.n, r->cells[i].x, y - from);
            y += line->height;
        }
    }
}

/* Of the same lines; they are taken out of the row. */
static struct vnote *take_notes(const struct grid *g, struct set_row *r, double from, double to)
{
    struct vnote *notes = NULL;
    for (size_t i = 0; i < g->columns; i++) {
        double y = r->cells[i].y;
        for (size_t k = 0; k < r->cells[i].para.count; k++) {
            struct para_line *line = &r->cells[i].para.lines[k];
            if (y >= from && y < to) {
                vnote_append(&notes, line->notes);
                line->notes = NULL;
            }
            y += line->height;
        }
    }
    return notes;
}

static struct vitem finish_box(struct grid *g, const struct pdf_ops *ops, double height,
                               const struct vhead *head)
{
    struct pdf_op *kept = NEW_ARRAY(g->layout->arena, struct pdf_op, ops->n);
    for (size_t i = 0; i < ops->n; i++)
        kept[i] = ops->v[i];
    return (struct vitem){.height = (float)height,
                          .ops = kept,
                          .count = ops->n,
                          .frame = g->block.frame,
                          .head = head};
}

/* The next place at or below `wish` that goes through no line of any cell. */
static double next_cut(const struct grid *g, const struct set_row *r, double wish)
{
    for (bool is_clear = false; !is_clear;) {
        is_clear = true;
        for (size_t i = 0; i < g->columns; i++) {
            double y = r->cells[i].y;
            for (size_t k = 0; k < r->cells[i].para.count; k++) {
                double end = y + r->cells[i].para.lines[k].height;
                if (y < wish - 0.001 && end > wish + 0.001) {
                    wish = end;
                    is_clear = false;
                }
                y = end;
            }
        }
    }
    return wish;
}

static void add_row_rule(struct grid *g, size_t row, struct pdf_ops *ops, double y)
{
    bool is_last = row + 1 == g->rows;
    add_rule(g, ops, y, is_last ? COLOR_ACCENT : COLOR_LINE, is_last ? RULE_LIGHT : RULE_HAIR);
}

/* The head stays with the first row; a row alone, first or last, looks lost. */
static short row_penalty(const struct grid *g, size_t row)
{
    if (row == 1)
        return PENALTY_NEVER;
    return row == 2 || row + 1 == g->rows ? PENALTY_ROW : 0;
}

/* A row that would leave much of a page empty goes in slices of a line each. All of them
 * name its cells, since pages before may be left out. */
static void add_slices(struct grid *g, size_t row, struct set_row *r, const struct vhead *head,
                       const struct pdf_ops *cells)
{
    struct pdf_layout *l = g->layout;
    double line = (double)g->size.leading, from = 0;
    struct vhead *above = NEW(l->arena, struct vhead); /* further slices lack the padding */
    *above = *head;
    above->height += CELL_Y;
    for (size_t slice = 0; from < r->height; slice++) {
        double to = fmin(next_cut(g, r, from + line + (slice == 0 ? CELL_Y : 0)), r->height);
        if (r->height - to < line)
            to = r->height;
        struct pdf_ops ops = {0};
        op_copy(l->scratch, &ops, cells->v, cells->n, 0, 0);
        add_lines(g, r, from, to, &ops);
        if (to == r->height)
            add_row_rule(g, row, &ops, to - from);
        struct vitem box = finish_box(g, &ops, to - from, slice == 0 ? head : above);
        box.notes = take_notes(g, r, from, to);
        box.penalty = slice == 0                      ? row_penalty(g, row)
                      : slice == 1 || to == r->height ? PENALTY_ORPHAN
                                                      : PENALTY_ROW;
        block_box(l, box);
        from = to;
    }
}

static void add_row(struct grid *g, size_t row, const struct vhead *head)
{
    struct pdf_layout *l = g->layout;
    struct pdf_sheet s = layout_sheet(l);
    struct pdf_ops ops = {0};
    struct set_row r = set_row(g, row, &ops);
    if (r.height > (s.height - s.top - s.bottom) * 0.3) {
        add_slices(g, row, &r, head, &ops);
    } else {
        add_lines(g, &r, 0, r.height, &ops);
        add_row_rule(g, row, &ops, r.height);
        struct vitem box = finish_box(g, &ops, r.height, head);
        box.notes = take_notes(g, &r, 0, r.height);
        box.penalty = row_penalty(g, row);
        block_box(l, box);
    }
    arena_reset(l->scratch);
}

/* Labels and values have no heads: a rule begins them on each page. */
static const struct vhead *add_rule_alone(struct grid *g)
{
    struct pdf_layout *l = g->layout;
    struct pdf_ops ops = {0};
    add_rule(g, &ops, 0, COLOR_ACCENT, RULE_LIGHT);
    struct vitem box = finish_box(g, &ops, 0, NULL);
    block_box(l, box);
    arena_reset(l->scratch);
    struct vhead *head = NEW(l->arena, struct vhead);
    *head = (struct vhead){box.ops, box.count, 0};
    return head;
}

static const struct vhead *add_head(struct grid *g)
{
    struct pdf_layout *l = g->layout;
    if (!has_heads(g))
        return add_rule_alone(g);
    struct pdf_ops ops = {0};
    struct set_row r = set_row(g, 0, &ops);
    add_rule(g, &ops, 0, COLOR_ACCENT, RULE_STRONG);
    add_lines(g, &r, 0, r.height, &ops);
    add_rule(g, &ops, r.height, COLOR_ACCENT, RULE_LIGHT);
    struct vitem box = finish_box(g, &ops, r.height, NULL);
    box.notes = take_notes(g, &r, 0, r.height);
    block_box(l, box);
    arena_reset(l->scratch);
    struct vhead *head = NEW(l->arena, struct vhead);
    *head = (struct vhead){box.ops, box.count, (double)box.height};
    return head;
}

static void add_rows(struct grid *g)
{
    const struct vhead *head = add_head(g);
    for (size_t row = 1; row < g->rows; row++)
        add_row(g, row, head);
}

/* As wide as the text: words beside a narrow table need not wrap as it does. */
static struct block beside(const struct grid *g, const struct block *outer,
                           const struct pdf_font_size *size)
{
    struct block b = g->block;
    double width = fmax(b.width, outer->width);
    b.x -= g->layout->is_rtl ? width - b.width : 0;
    b.width = width;
    b.size = *size;
    return b;
}

static void add_caption(struct grid *g, const struct block *outer, str caption)
{
    struct pdf_layout *l = g->layout;
    if (caption.n == 0)
        return;
    struct look *look = look_new(l, FONT_BOLD, (double)text_size[SIZE_TABLE].size, COLOR_ACCENT,
                                 tag_new(l->tags, ROLE_CAPTION, g->tag));
    struct block b = beside(g, outer, &text_size[SIZE_TABLE]);
    struct para_style style = block_style(&b, PARA_LEFT);
    block_text(l, &b, caption, look, &style);
    block_gap(l, 4);
    block_keep(l);
}

static void add_note(struct grid *g, const struct block *outer, str note)
{
    struct pdf_layout *l = g->layout;
    if (note.n == 0)
        return;
    struct look *look = look_new(l, FONT_REGULAR, (double)text_size[SIZE_SMALL].size, COLOR_MUTED,
                                 tag_new(l->tags, ROLE_P, g->block.tag));
    struct block b = beside(g, outer, &text_size[SIZE_SMALL]);
    struct para_style style = block_style(&b, PARA_LEFT);
    block_gap(l, 4);
    block_keep(l);
    block_text(l, &b, note, look, &style);
}

/* The columns are measured. */
static void set_part(struct grid *g, const struct block *b, str id, str caption, str note)
{
    struct pdf_layout *l = g->layout;
    g->tag = tag_new(l->tags, ROLE_TABLE, b->tag);
    block_gap(l, BLOCK_GAP);
    bool was_turned = columns_find(g, b);
    block_target(l, id);
    block_hold_lead(l);
    add_caption(g, b, caption);
    add_rows(g);
    add_note(g, b, note);
    block_gap(l, BLOCK_GAP);
    if (was_turned)
        block_turn_back(l);
}

static str part_caption(const struct grid *g, str caption, size_t from, size_t to)
{
    return str_fmt(g->layout->arena, STR_FMT "%s %zu to %zu of %zu", STR_ARG(caption),
                   caption.n > 0 ? ", columns" : "Columns", from + 1, to, g->columns);
}

static void set_parts(struct grid *g, const struct block *b, str id, str caption, str note)
{
    struct pdf_layout *l = g->layout;
    bool turns = b->is_top && !l->is_landscape;
    if (turns)
        block_turn(l);
    for (size_t from = 0, to; from < g->columns; from = to) {
        to = columns_part(g, b, from);
        struct grid part = grid_part(g, from, to);
        columns_measure(&part);
        set_part(&part, b, from == 0 ? id : S(""), part_caption(g, caption, from, to),
                 to == g->columns ? note : S(""));
    }
    if (turns)
        block_turn_back(l);
}

static void set_grid(struct grid *g, const struct block *b, str id, str caption, str note)
{
    g->size = text_size[SIZE_TABLE];
    g->block = *b;
    columns_measure(g);
    if (columns_part(g, b, 0) < g->columns)
        set_parts(g, b, id, caption, note);
    else
        set_part(g, b, id, caption, note);
}

static void set_form(struct pdf_layout *l, const struct block *b, const struct table *table,
                     bool is_form)
{
    struct grid g = {.layout = l,
                     .table = table,
                     .columns = table->column_count,
                     .rows = table->row_count + 1,
                     .has_head_column = table->head_column,
                     .is_form = is_form};
    if (g.columns == 0)
        return;
    g.align = NEW_ARRAY(l->arena, enum para_align, g.columns);
    g.is_fixed = NEW_ARRAY(l->arena, bool, g.columns);
    g.is_date = NEW_ARRAY(l->arena, bool, g.columns);
    for (size_t i = 0; i < g.columns; i++) {
        enum column_kind kind = table->columns[i].kind;
        g.align[i] = kind == COLUMN_NUMBER ? PARA_RIGHT : PARA_LEFT;
        g.is_fixed[i] = kind == COLUMN_CODE || kind == COLUMN_NUMBER || kind == COLUMN_DATE;
        g.is_date[i] = kind == COLUMN_DATE;
    }
    set_grid(&g, b, table->id, table->caption, table->note);
}

void table_set_form(struct pdf_layout *l, const struct block *b, const struct table *table)
{
    set_form(l, b, table, false);
}

void table_set_blank(struct pdf_layout *l, const struct block *b, const struct table *table)
{
    set_form(l, b, table, true);
}

static enum para_align align_of(enum md_align align)
{
    return align == ALIGN_CENTER ? PARA_CENTER : align == ALIGN_RIGHT ? PARA_RIGHT : PARA_LEFT;
}

void table_set_markdown(struct pdf_layout *l, const struct block *b, struct md_node *table)
{
    struct grid g = {.layout = l, .columns = (size_t)table->grid.columns};
    if (g.columns == 0)
        return;
    for (const struct md_node *row = table->first; row; row = row->next)
        g.rows++;
    g.cells = NEW_ARRAY(l->arena, struct md_node *, g.rows * g.columns);
    struct md_node **at = g.cells;
    for (struct md_node *row = table->first; row; row = row->next, at += g.columns) {
        size_t column = 0;
        for (struct md_node *cell = row->first; cell && column < g.columns; cell = cell->next)
            at[column++] = cell;
    }
    g.align = NEW_ARRAY(l->arena, enum para_align, g.columns);
    g.is_fixed = NEW_ARRAY(l->arena, bool, g.columns);
    for (size_t i = 0; i < g.columns; i++)
        g.align[i] = align_of(table->grid.align[i]);
    set_grid(&g, b, S(""), S(""), S(""));
}
