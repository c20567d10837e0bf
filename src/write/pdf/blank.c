/* write/pdf/blank: a form to be filled in by hand, on a sheet of its own.
 *
 * Rows are as tall as the sheet lets them be, never lower than a pen needs: a
 * form that wishes for more rows gets fewer. All lines are decoration to a
 * screen reader, the cells are a table. In a file that is meant for a screen,
 * fields to type in lie over the lines and cells. */
#include "write/pdf/block_int.h"

#include <math.h>

#include "form/table/blank.h"
#include "write/pdf/table_int.h"
#include "write/pdf/words_int.h"

#define PEN_HEIGHT 22.7 /* points: 8 mm */
#define ROW_HEIGHT 25.5 /* where the form names no number of rows: 9 mm */

enum {
    PAD = 4, /* from a rule to the words */
    NUMBER_WIDTH = 26,
    SHORT_LEAST = 46, /* a time in large letters */
    SHORT_MOST = 60,
    HEAD_LINES_MAX = 4,
    PURPOSE_LINES_MAX = 5,
    LEFT_OUT_LINES_MAX = 4,
    LINES_UPRIGHT = 2, /* beside each other in the head of the sheet */
    LINES_TURNED = 4,
    LINES_GAP = 16,
    SHEET_LINE = 30, /* "Sheet ____ of ____" */
    RAISED = 26,     /* a form alone stands higher: no running head is above it */
    TWO_LINES = 24,  /* fields as tall as this take several */
};

struct sheet {
    struct pdf_layout *layout;
    const struct blank *form;
    struct pdf_ops ops, rules;
    unsigned tag;
    bool is_input; /* fields to type in lie over it */
    double width, height, y;
    double *x, *column; /* left edges and widths of the columns */
};

/* -- Parts ------------------------------------------------------------------------------------ */

static double mirrored(const struct sheet *s, double x, double width)
{
    return s->layout->is_rtl ? s->width - x - width : x;
}

static double put(struct sheet *s, str text, const struct words *how, double x, double width)
{
    return words_put(s->layout, &s->ops, text, how, mirrored(s, x, width), s->y, width);
}

static void rule(struct sheet *s, double x, double y, double width, double height, float size)
{
    op_add(s->layout->arena, &s->rules,
           (struct pdf_op){.kind = OP_LINE,
                           .stroke = COLOR_TEXT,
                           .x = (float)mirrored(s, x, width),
                           .y = (float)y,
                           .w = (float)width,
                           .h = (float)height,
                           .size = size});
}

/* Over the area; its tag is what the field belongs to. */
static void input(struct sheet *s, struct pdf_input what, unsigned tag, const double area[4])
{
    if (!s->is_input)
        return;
    struct pdf_input *kept = NEW(s->layout->arena, struct pdf_input);
    *kept = what;
    kept->has_lines = area[3] >= TWO_LINES;
    op_add(s->layout->arena, &s->ops,
           (struct pdf_op){.kind = OP_INPUT,
                           .tag = tag_new(s->layout->tags, ROLE_FORM, tag),
                           .x = (float)mirrored(s, area[0], area[2]),
                           .y = (float)area[1],
                           .w = (float)area[2],
                           .h = (float)area[3],
                           .input = kept});
}

static struct words words_of(const struct sheet *s, float size, enum font_style style,
                             enum pdf_role role)
{
    return (struct words){.size = {size, size * 1.32f},
                          .style = style,
                          .color = COLOR_TEXT,
                          .align = PARA_LEFT,
                          .tag = tag_new(s->layout->tags, role, s->tag)};
}

/* -- The head of the sheet ------------------------------------------------------------------- */

/* "Sheet ____ of ____", at the end of the line of the title; to be numbered by hand. */
static void sheet_numbers(struct sheet *s)
{
    static const struct {
        str word, key, label;
    } part[2] = {{S_INIT("Sheet"), S_INIT("sheet"), S_INIT("Number of this sheet")},
                 {S_INIT("of"), S_INIT("sheets"), S_INIT("Number of sheets")}};
    struct words how = words_of(s, 8.8f, FONT_REGULAR, ROLE_P);
    double narrowest, width[2], x = s->width - 2 * (SHEET_LINE + PAD) - PAD;
    for (size_t i = 0; i < 2; i++) {
        width[i] = words_width(s->layout, part[i].word, &how, &narrowest) + 1;
        x -= width[i];
    }
    for (size_t i = 0; i < 2; i++) {
        words_put(s->layout, &s->ops, part[i].word, &how, mirrored(s, x, width[i]), s->y + 5,
                  width[i]);
        x += width[i] + PAD;
        rule(s, x, s->y + 16, SHEET_LINE, 0, RULE_LIGHT);
        struct pdf_input what = {.group = S("head"), .key = part[i].key, .label = part[i].label};
        input(s, what, how.tag, (double[4]){x, s->y + 1, SHEET_LINE, 14});
        x += SHEET_LINE + PAD;
    }
}

static void title(struct sheet *s)
{
    const struct blank *f = s->form;
    enum pdf_role role = s->is_input ? ROLE_H1 : ROLE_H6; /* in a document below any other */
    struct words how = words_of(s, 15, FONT_BOLD, role);
    how.lines_max = 2;
    double room = s->width - 150, height = put(s, f->title, &how, 0, room);
    sheet_numbers(s);
    s->y += height + 1;
    how = words_of(s, 8.8f, FONT_REGULAR, ROLE_P);
    how.lines_max = PURPOSE_LINES_MAX;
    str words = f->purpose.n == 0 ? f->id
                                  : str_fmt(s->layout->arena, STR_FMT " \u00B7 " STR_FMT,
                                            STR_ARG(f->id), STR_ARG(f->purpose));
    s->y += put(s, words, &how, 0, s->width);
    how = words_of(s, 8.8f, FONT_BOLD, ROLE_P);
    how.lines_max = LEFT_OUT_LINES_MAX;
    s->y += put(s, blank_left_out(s->layout->arena, f), &how, 0, s->width) + 4;
}

static void organisation(struct sheet *s)
{
    struct words how = words_of(s, 9.4f, FONT_BOLD, ROLE_P);
    how.color = COLOR_ACCENT;
    how.lines_max = 1;
    s->y += put(s, s->layout->doc->organisation, &how, 0, s->width) + 3;
    op_add(s->layout->arena, &s->rules,
           (struct pdf_op){.kind = OP_RECT,
                           .fill = COLOR_ACCENT,
                           .y = (float)s->y,
                           .w = (float)s->width,
                           .h = 1.8f});
    s->y += 9;
}

/* A label, then a line up to the end of its share of the width. */
static void label_line(struct sheet *s, const struct blank_line *line, double x, double width)
{
    struct words how = words_of(s, 8.4f, FONT_REGULAR, ROLE_P);
    how.lines_max = 2;
    double narrowest, needs = words_width(s->layout, line->label, &how, &narrowest) + 1;
    double label = fmin(needs, width * 0.6);
    double height = (double)how.size.leading * (needs > label ? 2 : 1);
    words_put(s->layout, &s->ops, line->label, &how, mirrored(s, x, label),
              s->y + PEN_HEIGHT - height, label);
    double from = x + label + PAD;
    rule(s, from, s->y + PEN_HEIGHT, x + width - from, 0, RULE_LIGHT);
    struct pdf_input what = {
        .group = S("head"),
        .key = line->key,
        .label = str_fmt(s->layout->arena, "Head of the sheet: " STR_FMT, STR_ARG(line->label))};
    input(s, what, how.tag, (double[4]){from, s->y + 4, x + width - from, PEN_HEIGHT - 5});
}

/* As many beside each other as keep the rows of lines about equal. */
static void label_lines(struct sheet *s)
{
    size_t count = s->form->line_count;
    size_t most = blank_is_turned(s->form) ? LINES_TURNED : LINES_UPRIGHT;
    if (count == 0)
        return;
    size_t rows = (count + most - 1) / most, across = (count + rows - 1) / rows;
    double width = (s->width - (double)(across - 1) * LINES_GAP) / (double)across;
    for (size_t i = 0; i < count; i++) {
        label_line(s, &s->form->lines[i], (double)(i % across) * (width + LINES_GAP), width);
        if (i % across == across - 1 || i + 1 == count)
            s->y += PEN_HEIGHT + 1;
    }
}

/* -- The table ------------------------------------------------------------------------------- */

static struct column_need need_of(struct sheet *s, const struct blank_column *c)
{
    static const double weight[] = {
        [BLANK_NUMBER] = 1, [BLANK_SHORT] = 1, [BLANK_NAME] = 2, [BLANK_TEXT] = 4};
    struct words how = {.size = {8, 10}, .style = FONT_BOLD};
    double narrowest;
    words_width(s->layout, c->head, &how, &narrowest);
    struct column_need need = {
        .least = narrowest + 2 * PAD, .weight = weight[c->kind], .most = s->width};
    if (c->kind == BLANK_NUMBER)
        need.most = fmax(need.least, NUMBER_WIDTH);
    if (c->kind == BLANK_SHORT) {
        need.least = fmax(need.least, SHORT_LEAST);
        need.most = fmax(need.least, SHORT_MOST);
    }
    return need;
}

static void find_columns(struct sheet *s)
{
    size_t count = s->form->column_count;
    struct column_need *need = NEW_ARRAY(s->layout->arena, struct column_need, count);
    s->x = NEW_ARRAY(s->layout->arena, double, count);
    s->column = NEW_ARRAY(s->layout->arena, double, count);
    double total = 0, x = 0;
    for (size_t i = 0; i < count; i++)
        need[i] = need_of(s, &s->form->columns[i]);
    widths_share(need, count, s->width, s->column);
    for (size_t i = 0; i < count; i++)
        total += s->column[i];
    for (size_t i = 0; i < count; i++) { /* what is all narrow is still as wide as the sheet */
        s->column[i] *= s->width / total;
        s->x[i] = x;
        x += s->column[i];
    }
}

static unsigned head_row(struct sheet *s)
{
    struct pdf_layout *l = s->layout;
    unsigned table = tag_new(l->tags, ROLE_TABLE, s->tag), row = tag_new(l->tags, ROLE_ROW, table);
    double height = 0;
    rule(s, 0, s->y, s->width, 0, RULE_STRONG);
    s->y += PAD - 1;
    for (size_t i = 0; i < s->form->column_count; i++) {
        struct words how = {.size = {8, 10},
                            .style = FONT_BOLD,
                            .color = COLOR_TEXT,
                            .tag = tag_new(l->tags, ROLE_COLUMN_HEAD, row),
                            .lines_max = HEAD_LINES_MAX};
        double width = s->column[i] - 2 * PAD + 0.01; /* rounding */
        height = fmax(height, put(s, s->form->columns[i].head, &how, s->x[i] + PAD, width));
    }
    s->y += height + PAD;
    return table;
}

static void cell(struct sheet *s, size_t row, size_t column, unsigned row_tag, double height)
{
    struct pdf_layout *l = s->layout;
    const struct blank_column *c = &s->form->columns[column];
    bool is_number = c->kind == BLANK_NUMBER;
    unsigned tag = tag_new(l->tags, is_number ? ROLE_ROW_HEAD : ROLE_CELL, row_tag);
    str number = str_fmt(l->arena, "%zu", row + 1);
    if (is_number) {
        struct words how = {
            .size = {8.8f, 11.6f}, .style = FONT_REGULAR, .color = COLOR_TEXT, .tag = tag};
        s->y += PAD + 1;
        put(s, number, &how, s->x[column] + PAD, s->column[column] - 2 * PAD);
        s->y -= PAD + 1;
        return;
    }
    op_add(l->arena, &s->ops, (struct pdf_op){.kind = OP_TOUCH, .tag = tag});
    struct pdf_input what = {
        .group = str_fmt(l->arena, "row-" STR_FMT, STR_ARG(number)),
        .key = c->key,
        .label = str_fmt(l->arena, "Row " STR_FMT ": " STR_FMT, STR_ARG(number), STR_ARG(c->head))};
    input(s, what, tag,
          (double[4]){s->x[column] + 1.5, s->y + 1.5, s->column[column] - 3, height - 3});
}

static void rows(struct sheet *s, unsigned table)
{
    size_t columns = s->form->column_count, most = (size_t)fmax(1, (s->height - s->y) / PEN_HEIGHT);
    size_t wish =
        s->form->rows > 0 ? s->form->rows : (size_t)fmax(1, (s->height - s->y) / ROW_HEIGHT);
    size_t count = wish < most ? wish : most;
    double height = fmax(PEN_HEIGHT, (s->height - s->y) / (double)count), top = s->y;
    for (size_t row = 0; row < count; row++, s->y += height) {
        unsigned tag = tag_new(s->layout->tags, ROLE_ROW, table);
        rule(s, 0, s->y, s->width, 0, row == 0 ? RULE_STRONG : RULE_LIGHT);
        for (size_t i = 0; i < columns; i++)
            cell(s, row, i, tag, height);
    }
    rule(s, 0, s->y, s->width, 0, RULE_LIGHT);
    for (size_t i = 0; i <= columns; i++)
        rule(s, i < columns ? s->x[i] : s->width, top, 0, s->y - top, RULE_LIGHT);
}

/* -- The sheet ------------------------------------------------------------------------------- */

static void fill(struct sheet *s)
{
    s->tag = tag_new(s->layout->tags, ROLE_SECTION, s->layout->section);
    if (s->is_input) {
        s->y = -RAISED;
        organisation(s);
    }
    title(s);
    label_lines(s);
    s->y += 8;
    find_columns(s);
    rows(s, head_row(s));
    op_copy(s->layout->arena, &s->ops, s->rules.v, s->rules.n, 0, 0);
}

void blank_set(struct pdf_layout *l, const struct md_node *node)
{
    const struct blank *form = node->blank;
    bool was_landscape = l->is_landscape, turns = blank_is_turned(form);
    struct pdf_sheet paper = style_sheet(&l->paper, turns, false);
    struct sheet s = {.layout = l,
                      .form = form,
                      .is_input = l->options->is_form,
                      .width = paper.width - paper.left - paper.right,
                      .height = paper.height - paper.top - paper.bottom};
    block_sheet(l, turns);
    fill(&s);
    block_target(l, node->id);
    block_box(l, (struct vitem){.x = (float)paper.left,
                                .height = (float)s.height,
                                .ops = s.ops.v,
                                .count = s.ops.n});
    block_sheet(l, was_landscape);
}
