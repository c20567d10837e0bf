/* write/pdf/tab: the dark block at the outer edge that shows the part.
 *
 * Office printers leave 4 to 5 mm of each edge white, so the block keeps 5 mm
 * away from it and is seen when the pages are fanned, not on the closed stack.
 * It is as dark as text and says the mark: no colour is needed. Its height goes
 * by the part's ordinal among at least twelve places, so that a part put in at the
 * end moves no other tab. */
#include <math.h>

#include "write/pdf/paginate_int.h"

enum { PLACES_MIN = 12, GAP = 4 };
#define EDGE     14.2 /* 5 mm */
#define DEPTH    19.0
#define DEPTH_A5 15.0

struct place {
    double x, y, w, h;
};

/* Along the edge of the bound book, from its top. On a turned sheet that edge is
 * the lower one of a front page, and the book's top is at the right. */
static struct place place_of(const struct pdf_layout *l, const struct pdf_page *page)
{
    const struct pdf_paper *paper = &l->paper;
    struct pdf_sheet upright = style_sheet(paper, false, false);
    size_t places = l->part_count > PLACES_MIN ? l->part_count : PLACES_MIN;
    double scale = style_scale(paper), edge = EDGE / scale;
    double depth = (paper->size == DOC_A5 ? DEPTH_A5 : DEPTH) / scale;
    double step = (upright.height - upright.top - upright.bottom) / (double)places;
    double along = upright.top + step * (double)(page->part - 1);
    double height = step - fmin(GAP / scale, step / 4);
    bool is_outer_first = page->is_back != paper->is_bound_right; /* left, or above */
    if (page->width > page->height)
        return (struct place){page->width - along - height,
                              is_outer_first ? edge : page->height - edge - depth, height, depth};
    return (struct place){is_outer_first ? edge : page->width - edge - depth, along, depth, height};
}

static void add(struct pdf_layout *l, struct pdf_page *page)
{
    struct place at = place_of(l, page);
    struct pdf_ops ops = {0};
    op_add(l->arena, &ops,
           (struct pdf_op){.kind = OP_RECT,
                           .fill = COLOR_TEXT,
                           .x = (float)at.x,
                           .y = (float)at.y,
                           .w = (float)at.w,
                           .h = (float)at.h,
                           .radius = 2});
    str mark = l->parts[page->part - 1].mark;
    struct pdf_op text = {.fill = COLOR_PAPER};
    double size = fmin(at.w, at.h) * 0.78, width = label_words(l, mark, FONT_BOLD, size, &text);
    size = fmin(size, size * (at.w - 4) / fmax(width, 1));
    width = label_words(l, mark, FONT_BOLD, size, &text);
    text.x = (float)(at.x + (at.w - width) / 2);
    text.y = (float)(at.y + at.h / 2 + size * 0.365); /* half the height of a capital */
    op_add(l->arena, &ops, text);
    PUSH(l->arena, page->placed, page->count, page->cap, struct pdf_placed) =
        (struct pdf_placed){.ops = ops.v, .count = ops.n, .is_decoration = true};
}

void tab_add(struct pdf_layout *l, struct pdf_pages *pages)
{
    for (size_t i = 0; i < pages->n; i++)
        if (pages->v[i]->part > 0)
            add(l, pages->v[i]);
}
