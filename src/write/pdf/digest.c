/* write/pdf/digest: what each page says, as a hash.
 *
 * All that is painted goes into it: where, how large, in which colour. What is
 * only for screens (links, targets, tags) does not, nor do head and foot. */
#include "write/pdf/digest_int.h"

#include "write/pdf/picture_int.h"
#include "write/pdf/reference_int.h"

static void number(struct buf *b, double value)
{
    buf_number(b, value, 2);
    buf_char(b, ' ');
}

/* With its length in front, so that no two lists of words are the same bytes. */
static void words(struct buf *b, str text)
{
    buf_fmt(b, "%zu:" STR_FMT " ", text.n, STR_ARG(text));
}

static void add_text(struct buf *b, const struct pdf_op *op)
{
    for (size_t i = 0; i < op->text.count; i++) {
        number(b, (double)op->text.words[i].x);
        words(b, op->text.words[i].text->text);
    }
}

static void add_path(struct buf *b, const struct pdf_op *op)
{
    buf_fmt(b, "%d ", (int)op->shape.path);
    for (size_t i = 0; i < op->shape.count; i++) {
        number(b, op->shape.points[i].x);
        number(b, op->shape.points[i].y);
    }
}

static void add_picture(struct arena *a, struct buf *b, const struct pdf_picture *p)
{
    buf_fmt(b, "%u %u %u ", p->width, p->height, p->turn);
    buf_add(b, sha256_hex(a, sha256_of(p->data)));
    buf_add(b, sha256_hex(a, sha256_of(p->alpha)));
}

static bool is_painted(const struct pdf_op *op)
{
    return op->kind != OP_LINK && op->kind != OP_TARGET && op->kind != OP_TOUCH &&
           op->kind != OP_FIELD;
}

static void add_op(struct arena *a, struct buf *b, const struct pdf_pages *pages,
                   const struct pdf_placed *group, const struct pdf_op *op)
{
    const double place[] = {
        group->x + (double)op->x, group->y + (double)op->y, (double)op->w, (double)op->h,
        (double)op->size,         (double)op->radius};
    const struct pdf_target *to = op->kind == OP_FOLIO ? page_target(pages, op->link.anchor) : NULL;
    buf_fmt(b, "\n%d %d %d %d ", op->kind, op->fill, op->stroke, op->style);
    for (size_t i = 0; i < COUNT_OF(place); i++)
        number(b, place[i]);
    if (op->kind == OP_TEXT)
        add_text(b, op);
    else if (op->kind == OP_PATH)
        add_path(b, op);
    else if (op->kind == OP_PICTURE)
        add_picture(a, b, op->picture);
    else if (to)
        words(b, pages->v[to->page]->label);
    if (op->kind == OP_PATH || op->kind == OP_RECT)
        buf_fmt(b, "%d", op->shape.is_dashed);
}

struct sha256 digest_page(struct pdf_layout *l, const struct pdf_pages *pages,
                          const struct pdf_page *page, struct buf *b)
{
    b->n = 0;
    words(b, page->label);
    words(b, page->of);
    words(b, l->doc->mark); /* stands across the page */
    number(b, page->width * page->scale);
    number(b, page->height * page->scale);
    for (size_t i = 0; i < page->count; i++) {
        const struct pdf_placed *group = &page->placed[i];
        for (size_t k = 0; k < group->count && group->strip == STRIP_NONE; k++)
            if (is_painted(&group->ops[k]))
                add_op(l->arena, b, pages, group, &group->ops[k]);
    }
    return sha256_of(buf_str(b));
}

void digest_pages(struct pdf_layout *l, const struct pdf_pages *pages, struct pdf_sheets *sheets)
{
    struct buf b = buf_in(l->arena, 16 * 1024);
    *sheets = (struct pdf_sheets){.count = pages->n, .anchors = map_in(l->arena)};
    sheets->entries = NEW_ARRAY(l->arena, struct pdf_sheet_entry, pages->n);
    for (size_t i = 0; i < pages->n; i++) {
        const struct pdf_page *page = pages->v[i];
        sheets->entries[i] =
            (struct pdf_sheet_entry){.label = page->label,
                                     .part = page->part > 0 ? l->parts[page->part - 1].mark : S(""),
                                     .hash = digest_page(l, pages, page, &b)};
    }
    for (size_t i = 0; i < pages->targets.count; i++) {
        const struct pdf_target *t = pages->targets.entries[i].value;
        str anchor = pages->targets.entries[i].key;
        if (anchor.p[0] != REFERENCE_MARK)
            map_put(&sheets->anchors, anchor, &sheets->entries[t->page]);
    }
}
