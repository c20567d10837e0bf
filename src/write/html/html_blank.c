/* write/html/html_blank: a form to be filled in by hand, as a table of empty rows. */
#include "write/html/html_int.h"

#include "form/table/blank.h"

enum { ROWS_MAX = 40 }; /* of a sheet, whatever the form wishes */

static const char *const column_class[] = {
    [BLANK_NUMBER] = "blank-number",
    [BLANK_SHORT] = "blank-short",
    [BLANK_NAME] = NULL,
    [BLANK_TEXT] = "blank-text",
};

static void put_title(struct html *h, const struct html_context *ctx, const struct blank *b)
{
    html_open(h, "p");
    html_attr(h, "class", S("blank-title"));
    html_element(h, "strong", NULL, b->title);
    html_text(h, str_fmt(ctx->arena, " " STR_FMT " ", STR_ARG(b->id)));
    html_element(h, "span", "blank-sheet", S("Sheet ____ of ____"));
    html_close(h, "p");
    html_newline(h);
}

static void put_words(struct html *h, str words)
{
    if (words.n == 0)
        return;
    html_element(h, "p", NULL, words);
    html_newline(h);
}

static void put_lines(struct html *h, const struct blank *b)
{
    if (b->line_count == 0)
        return;
    html_open(h, "ul");
    html_attr(h, "class", S("blank-lines"));
    for (size_t i = 0; i < b->line_count; i++)
        html_element(h, "li", NULL, b->lines[i].label);
    html_close(h, "ul");
    html_newline(h);
}

static void put_head(struct html *h, const struct blank *b)
{
    html_open(h, "thead");
    html_open(h, "tr");
    for (size_t i = 0; i < b->column_count; i++) {
        const char *css_class = column_class[b->columns[i].kind];
        html_open(h, "th");
        html_attr(h, "scope", S("col"));
        if (css_class != NULL)
            html_attr(h, "class", str_from(css_class));
        html_text(h, b->columns[i].head);
        html_close(h, "th");
    }
    html_close(h, "tr");
    html_close(h, "thead");
    html_newline(h);
}

static void put_row(struct html *h, const struct html_context *ctx, const struct blank *b,
                    size_t number)
{
    html_open(h, "tr");
    for (size_t i = 0; i < b->column_count; i++) {
        bool is_number = b->columns[i].kind == BLANK_NUMBER;
        html_open(h, is_number ? "th" : "td");
        if (is_number) {
            html_attr(h, "scope", S("row"));
            html_text(h, str_fmt(ctx->arena, "%zu", number));
        }
        html_close(h, is_number ? "th" : "td");
    }
    html_close(h, "tr");
    html_newline(h);
}

void html_blank(struct html *h, const struct html_context *ctx, const struct blank *b)
{
    size_t rows = b->rows == 0 ? BLANK_ROWS : b->rows < ROWS_MAX ? b->rows : ROWS_MAX;
    html_newline(h);
    html_open(h, "div");
    html_attr(h, "class", S("blank"));
    html_newline(h);
    put_title(h, ctx, b);
    put_words(h, b->purpose);
    put_words(h, blank_left_out(ctx->arena, b));
    put_lines(h, b);
    html_scroll_open(h, b->title);
    html_open(h, "table");
    html_newline(h);
    put_head(h, b);
    html_open(h, "tbody");
    html_newline(h);
    for (size_t i = 1; i <= rows; i++)
        put_row(h, ctx, b, i);
    html_close(h, "tbody");
    html_close(h, "table");
    html_scroll_close(h);
    html_close(h, "div");
    html_newline(h);
}
