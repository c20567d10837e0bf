/* write/pdf/page: a page is a list of drawing operations. */
#include "write/pdf/page_int.h"

struct pdf_page *page_add(struct arena *a, struct pdf_pages *pages, double width, double height)
{
    struct pdf_page *p = NEW(a, struct pdf_page);
    p->width = width;
    p->height = height;
    p->scale = 1;
    return PUSH(a, pages->v, pages->n, pages->cap, struct pdf_page *) = p;
}

void page_place(struct arena *a, struct pdf_pages *pages, struct pdf_placed group)
{
    struct pdf_page *p = pages->v[pages->n - 1];
    PUSH(a, p->placed, p->count, p->cap, struct pdf_placed) = group;
    for (size_t i = 0; i < group.count; i++) {
        const struct pdf_op *op = &group.ops[i];
        if (op->kind != OP_TARGET || map_find(&pages->targets, op->link.anchor))
            continue;
        struct pdf_target *t = NEW(a, struct pdf_target);
        *t = (struct pdf_target){pages->n - 1, group.y + (double)op->y};
        map_put(&pages->targets, op->link.anchor, t);
    }
}

const struct pdf_target *page_target(const struct pdf_pages *pages, str anchor)
{
    return map_find(&pages->targets, anchor);
}

static void dump_text(const struct pdf_op *op, struct buf *out)
{
    static const char *const style_name[FONT_STYLE_COUNT] = {
        "regular", "bold", "italic", "bold-italic", "mono", "mono-bold",
    };
    buf_fmt(out, "text %s ", style_name[op->style]);
    buf_number(out, (double)op->size, 2);
    buf_char(out, ' ');
    for (size_t i = 0; i < op->text.count; i++)
        buf_add(out, op->text.words[i].text->text);
}

static void dump_op(const struct pdf_op *op, double x, double y, struct buf *out)
{
    static const char *const kind_name[] = {
        [OP_RECT] = "rect",       [OP_LINE] = "line",   [OP_PATH] = "path",
        [OP_PICTURE] = "picture", [OP_LINK] = "link",   [OP_TARGET] = "target",
        [OP_FOLIO] = "folio",     [OP_TOUCH] = "touch", [OP_FIELD] = "field",
        [OP_INPUT] = "input",
    };
    buf_lit(out, "  ");
    buf_number(out, x + (double)op->x, 1);
    buf_char(out, ' ');
    buf_number(out, y + (double)op->y, 1);
    buf_char(out, ' ');
    if (op->kind == OP_TEXT)
        dump_text(op, out);
    else
        buf_fmt(out, "%s", kind_name[op->kind]);
    if (op->kind == OP_LINK || op->kind == OP_TARGET || op->kind == OP_FOLIO) {
        buf_char(out, ' ');
        buf_add(out, op->kind == OP_LINK && op->link.uri ? *op->link.uri : op->link.anchor);
    }
    buf_char(out, '\n');
}

void page_dump(const struct pdf_pages *pages, struct buf *out)
{
    for (size_t i = 0; i < pages->n; i++) {
        const struct pdf_page *p = pages->v[i];
        buf_fmt(out, "page %zu: ", i + 1);
        buf_number(out, p->width, 2);
        buf_lit(out, " x ");
        buf_number(out, p->height, 2);
        buf_char(out, '\n');
        for (size_t k = 0; k < p->count; k++)
            for (size_t m = 0; m < p->placed[k].count; m++)
                dump_op(&p->placed[k].ops[m], p->placed[k].x, p->placed[k].y, out);
    }
}
