/* write/pdf/cells: what stands in a cell of a table. */
#include "write/pdf/table_int.h"

static struct look *cell_look(struct grid *g, size_t row, size_t column, unsigned tag)
{
    bool is_bold = row == 0 || (g->has_head_column && column == 0);
    return look_new(g->layout, is_bold ? FONT_BOLD : FONT_REGULAR, (double)g->size.size,
                    g->block.color, tag);
}

static const struct {
    enum pdf_color color, ground;
} tone_color[] = {
    [TONE_NONE] = {COLOR_TEXT, COLOR_NONE},      [TONE_GOOD] = {COLOR_GOOD, COLOR_GOOD_TINT},
    [TONE_WARN] = {COLOR_WARN, COLOR_WARN_TINT}, [TONE_BAD] = {COLOR_BAD, COLOR_BAD_TINT},
    [TONE_MUTED] = {COLOR_MUTED, COLOR_NONE},
};

/* What stands in a row without leading anywhere is of the record that the row is
 * about: the first that it leads to. */
static const struct record *record_of_row(const struct grid *g, size_t row)
{
    for (size_t i = 0; i < g->columns; i++) {
        const struct cell *cell = table_cell(g->table, row - 1, i);
        for (size_t k = 0; k < cell->count; k++)
            if (cell->pieces[k].link)
                return cell->pieces[k].link;
    }
    return NULL;
}

static const struct origin *origin_of(const struct grid *g, const struct record *r)
{
    struct origin *origin = r ? NEW(g->layout->scratch, struct origin) : NULL;
    if (origin)
        origin->record = r;
    return origin;
}

/* The words themselves say good or bad; the chip only makes it quick to find. */
static void add_piece(struct grid *g, struct chunks *c, const struct look *base,
                      const struct piece *piece, bool is_fixed)
{
    const struct pdf_options *o = g->layout->options;
    struct look *look = NEW(g->layout->scratch, struct look);
    *look = *base;
    if (piece->tone != TONE_NONE) {
        look->color = tone_color[piece->tone].color;
        look->ground = tone_color[piece->tone].ground;
        look->is_chip = look->ground != COLOR_NONE;
        look->style = look->is_chip ? FONT_BOLD : look->style;
    }
    str *uri = NEW(g->layout->arena, str);
    *uri = piece->link && o->href ? o->href(o->self, g->layout->arena, piece->link) : S("");
    if (uri->n > 0) {
        look->is_link = true;
        look->uri = uri;
        look->link_tag = look->tag = tag_new(g->layout->tags, ROLE_LINK, base->tag);
        tag_describe(g->layout->tags, look->tag, piece->text);
    }
    chunks_text(g->layout, c, piece->text, look, is_fixed || look->is_chip);
}

/* "27 September" and "2026": where the columns are many, dates in one line would
 * take the room of the text beside them. */
static void loosen_year(struct chunks *c, size_t from)
{
    size_t spaces = 0, last = 0;
    for (size_t i = from; i < c->n; i++)
        if (c->v[i].kind == CHUNK_SPACE) {
            spaces++;
            last = i;
        }
    if (spaces > 1)
        c->v[last].is_fixed = false;
}

static void form_cell(struct grid *g, struct chunks *c, size_t row, size_t column,
                      const struct look *look)
{
    struct look *muted =
        look_new(g->layout, look->style, (double)look->size, COLOR_MUTED, look->tag);
    if (row == 0) {
        chunks_text(g->layout, c, g->table->columns[column].head, look, false);
        return;
    }
    const struct cell *cell = table_cell(g->table, row - 1, column);
    const struct record *of_row = record_of_row(g, row);
    for (size_t i = 0; i < cell->count; i++) {
        const struct record *link = cell->pieces[i].link;
        c->origin = origin_of(g, link ? link : of_row);
        bool is_chip = cell->pieces[i].tone != TONE_NONE;
        if (i > 0 && is_chip) /* room for the grounds of two chips */
            PUSH(g->layout->scratch, c->v, c->n, c->cap, struct chunk) =
                (struct chunk){.kind = CHUNK_SPACE, .text = S("\u2003"), .look = look};
        else if (i > 0 && !cell->is_text)
            chunks_text(g->layout, c, S(", "), look, false);
        size_t from = c->n;
        add_piece(g, c, look, &cell->pieces[i], g->is_fixed[column]);
        if (g->is_date[column])
            loosen_year(c, from);
    }
    bool is_blank = g->is_form || column_is_blank(g->table->columns[column].kind);
    if (c->n == 0 && !is_blank)
        chunks_text(g->layout, c, S("\u2013"), muted, false);
}

struct chunks cell_chunks(struct grid *g, size_t row, size_t column, unsigned tag)
{
    struct look *look = cell_look(g, row, column, tag);
    struct chunks c = {0};
    if (g->table) {
        form_cell(g, &c, row, column, look);
        bidi_resolve(g->layout, &c);
        return c;
    }
    struct md_node *node = g->cells[row * g->columns + column];
    return node ? inline_chunks(g->layout, node, look) : c;
}
