/* write/html/html_table: tables, their cells and chips. */
#include "write/html/html_int.h"

#include "base/path.h"
#include "form/table/table.h"

static const char *const tone_class[] = {
    [TONE_NONE] = NULL,      [TONE_GOOD] = "chip good",   [TONE_WARN] = "chip warn",
    [TONE_BAD] = "chip bad", [TONE_MUTED] = "chip muted",
};

static const char *const column_class[] = {
    [COLUMN_TEXT] = NULL,     [COLUMN_CODE] = "code-cell", [COLUMN_NUMBER] = "number",
    [COLUMN_DATE] = "date",   [COLUMN_CHIP] = NULL,        [COLUMN_PROSE] = "words",
    [COLUMN_BLANK] = "blank", [COLUMN_ANSWER] = "blank",
};

/* -- The region around a table ---------------------------------------------- */

void html_scroll_open(struct html *h, str label)
{
    html_newline(h);
    html_open(h, "div");
    html_attr(h, "class", S("scroll"));
    html_attr(h, "role", S("region"));
    html_attr_number(h, "tabindex", 0);
    html_attr(h, "aria-label", label);
    html_newline(h);
}

void html_scroll_close(struct html *h)
{
    html_newline(h);
    html_close(h, "div");
    html_newline(h);
}

/* -- Cells ------------------------------------------------------------------ */

static void put_piece(struct html *h, const struct html_context *ctx, const struct piece *p)
{
    const char *chip = tone_class[p->tone];
    if (chip != NULL) {
        html_open(h, "span");
        html_attr(h, "class", str_from(chip));
    }
    html_record(h, ctx, p->link, p->text);
    if (chip != NULL)
        html_close(h, "span");
}

static void put_pieces(struct html *h, const struct html_context *ctx, const struct cell *c)
{
    if (c->page.n != 0) {
        html_open(h, "a");
        html_url(h, "href", path_relative(ctx->arena, ctx->page_path, c->page));
    }
    for (size_t i = 0; i < c->count; i++) {
        if (i != 0 && !c->is_text)
            html_text(h, c->pieces[i].tone == TONE_NONE ? S(", ") : S(" "));
        put_piece(h, ctx, &c->pieces[i]);
    }
    if (c->page.n != 0)
        html_close(h, "a");
}

/* A head that says nothing would be a riddle to a screen reader. */
static void put_empty_head(struct html *h)
{
    html_open(h, "span");
    html_attr(h, "aria-hidden", S("true"));
    html_text(h, S("–"));
    html_close(h, "span");
    html_element(h, "span", "unseen", S("empty"));
}

static void put_class(struct html *h, const struct html_context *ctx, const char *class,
                      bool is_empty)
{
    if (is_empty && class != NULL)
        html_attr(h, "class", str_fmt(ctx->arena, "%s none", class));
    else if (is_empty)
        html_attr(h, "class", S("none"));
    else if (class != NULL)
        html_attr(h, "class", str_from(class));
}

/* An empty cell stays empty: registers have thousands of them. The style sheet
 * shows a dash, screen readers say that it is blank, and it sorts behind all. */
static void put_cell(struct html *h, const struct html_context *ctx, const struct table *t,
                     size_t row, size_t column)
{
    const struct cell *c = table_cell(t, row, column);
    bool heads = column == 0 && t->head_column, is_empty = c->count == 0;
    const char *element = heads ? "th" : "td";
    html_open(h, element);
    if (heads)
        html_attr(h, "scope", S("row"));
    put_class(h, ctx, column_class[t->columns[column].kind], is_empty && !heads);
    if (is_empty || c->sort.n != 0)
        html_attr(h, "data-sort", is_empty ? S("") : c->sort);
    if (!is_empty)
        put_pieces(h, ctx, c);
    else if (heads)
        put_empty_head(h);
    html_close(h, element);
    html_newline(h);
}

/* -- The table -------------------------------------------------------------- */

static void put_head(struct html *h, const struct table *t)
{
    html_open(h, "thead");
    html_open(h, "tr");
    html_newline(h);
    for (size_t i = 0; i < t->column_count; i++) {
        const char *class = column_class[t->columns[i].kind];
        html_open(h, "th");
        html_attr(h, "scope", S("col"));
        if (class != NULL && t->columns[i].kind == COLUMN_NUMBER)
            html_attr(h, "class", str_from(class));
        html_text(h, t->columns[i].head);
        html_close(h, "th");
        html_newline(h);
    }
    html_close(h, "tr");
    html_close(h, "thead");
    html_newline(h);
}

static void put_note_row(struct html *h, const struct table *t)
{
    html_open(h, "tr");
    html_open(h, "td");
    html_attr(h, "class", S("note"));
    html_attr_number(h, "colspan", (long long)t->column_count);
    html_text(h, t->note.n ? t->note : S("nothing recorded"));
    html_close(h, "td");
    html_close(h, "tr");
    html_newline(h);
}

void html_table(struct html *h, const struct html_context *ctx, const struct table *t,
                const char *css_class)
{
    html_table_called(h, ctx, t, css_class, t->caption);
}

void html_table_called(struct html *h, const struct html_context *ctx, const struct table *t,
                       const char *css_class, str name)
{
    html_scroll_open(h, name);
    html_open(h, "table");
    if (t->id.n != 0)
        html_attr(h, "id", t->id);
    if (css_class != NULL)
        html_attr(h, "class", str_from(css_class));
    html_newline(h);
    html_element(h, "caption", NULL, t->caption);
    html_newline(h);
    if (table_has_heads(t))
        put_head(h, t);
    html_open(h, "tbody");
    html_newline(h);
    for (size_t row = 0; row < t->row_count; row++) {
        html_open(h, "tr");
        html_newline(h);
        for (size_t column = 0; column < t->column_count; column++)
            put_cell(h, ctx, t, row, column);
        html_close(h, "tr");
        html_newline(h);
    }
    if (t->row_count == 0)
        put_note_row(h, t);
    html_close(h, "tbody");
    html_newline(h);
    html_close(h, "table");
    html_scroll_close(h);
    if (t->row_count != 0 && t->note.n != 0) {
        html_element(h, "p", "note", t->note);
        html_newline(h);
    }
}
