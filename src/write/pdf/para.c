/* write/pdf/para: a paragraph in lines, and each line as operations. */
#include "write/pdf/para_int.h"

#include <math.h>

#include "write/pdf/reference_int.h"

/* A stretch of one chunk in one line. */
struct seg {
    const struct chunk *chunk; /* NULL: room between ideographs */
    const struct font_text *text;
    unsigned from, to;
    double width, stretch, shrink, x;
    bool is_space;
};

struct line_pass {
    struct pdf_layout *layout;
    const struct items *items;
    const struct para_style *style;
    const struct chunks *chunks;
    struct seg *segs;
    size_t n, cap;
    double natural; /* width of all segments */
    struct pdf_ops ops;
    struct para_line line;
};

static void add_seg(struct line_pass *p, struct seg seg)
{
    PUSH(p->layout->work, p->segs, p->n, p->cap, struct seg) = seg;
}

/* Parts of a word that were only possible ends of lines become one again. */
static void add_box_seg(struct line_pass *p, const struct item *item)
{
    struct seg *last = p->n > 0 ? &p->segs[p->n - 1] : NULL;
    if (last && last->chunk == item->chunk && !last->is_space && last->to == item->from)
        last->to = item->to;
    else
        add_seg(p, (struct seg){.chunk = item->chunk, .from = item->from, .to = item->to});
}

static void collect_segs(struct line_pass *p, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        const struct item *item = &p->items->v[i];
        if (item->kind == ITEM_BOX)
            add_box_seg(p, item);
        else if (item->kind == ITEM_GLUE)
            add_seg(p, (struct seg){.chunk = item->chunk,
                                    .to = item->to,
                                    .is_space = true,
                                    .width = (double)item->width,
                                    .stretch = (double)item->stretch,
                                    .shrink = (double)item->shrink});
    }
    while (p->n > 0 && p->segs[p->n - 1].is_space)
        p->n--;
}

static void shape_segs(struct line_pass *p)
{
    for (size_t i = 0; i < p->n; i++) {
        struct seg *s = &p->segs[i];
        if (s->chunk && s->chunk->kind != CHUNK_PICTURE)
            s->text = item_shape(p->layout, s->chunk, s->from, s->to);
        if (s->chunk && s->chunk->kind == CHUNK_PICTURE)
            s->width = fmin((double)s->chunk->width, p->style->width);
        else if (!s->is_space)
            s->width = (double)s->text->width * (double)s->chunk->look->size / 1000;
        p->natural += s->width;
        /* A word's note goes with its last part. */
        if (s->chunk && s->chunk->note && s->to == s->chunk->text.n)
            vnote_append(&p->line.notes, s->chunk->note);
    }
}

/* Readers' programs must not run the words of two lines together, so the space
 * at which a line ends is written, without width. */
static void add_last_space(struct line_pass *p, const struct item *end)
{
    if (end->kind == ITEM_GLUE && end->chunk && p->n > 0)
        add_seg(p, (struct seg){.chunk = end->chunk,
                                .to = end->to,
                                .is_space = true,
                                .text = item_shape(p->layout, end->chunk, 0, end->to)});
}

static void add_hyphen(struct line_pass *p, const struct item *end)
{
    if (!end->is_hyphen)
        return;
    const struct look *look = end->chunk->look;
    const struct font_text *hyphen = font_hyphen(p->layout->shaper, look->style);
    double width = (double)hyphen->width * (double)look->size / 1000;
    add_seg(p, (struct seg){.chunk = end->chunk,
                            .text = hyphen,
                            .width = width,
                            .from = 1}); /* not from 0: no part of the chunk's own text */
    p->natural += width;
    p->line.ends_in_word = true;
}

/* Gives the spaces what the line has left or takes from them what it lacks.
 * A line that would have to stretch beyond reason stays as it is. */
static void justify(struct line_pass *p)
{
    enum { RATIO_MAX = 6 };
    double stretch = 0, shrink = 0, missing = p->style->width - p->natural;
    for (size_t i = 0; i < p->n; i++) {
        stretch += p->segs[i].stretch;
        shrink += p->segs[i].shrink;
    }
    double ratio =
        missing > 0 ? (stretch > 0 ? missing / stretch : 0) : (shrink > 0 ? missing / shrink : 0);
    if (ratio > RATIO_MAX)
        return;
    ratio = fmax(ratio, -1);
    for (size_t i = 0; i < p->n; i++)
        p->segs[i].width += ratio * (ratio > 0 ? p->segs[i].stretch : p->segs[i].shrink);
    p->natural += ratio * (ratio > 0 ? stretch : shrink);
}

static double line_start(const struct line_pass *p)
{
    double left = p->style->width - p->natural;
    switch (p->style->align) {
    case PARA_CENTER:
        return left / 2;
    case PARA_RIGHT:
        return left;
    case PARA_LEFT:
    case PARA_JUSTIFIED:
        break;
    }
    return p->chunks->is_rtl ? left : 0;
}

static size_t *visual_order(struct line_pass *p)
{
    size_t *order = NEW_ARRAY(p->layout->work, size_t, p->n);
    unsigned char *levels = NEW_ARRAY(p->layout->work, unsigned char, p->n);
    for (size_t i = 0; i < p->n; i++)
        levels[i] = p->segs[i].chunk ? p->segs[i].chunk->level : 0;
    bidi_order(levels, p->n, order);
    return order;
}

static void op(struct line_pass *p, struct pdf_op op)
{
    op_add(p->layout->work, &p->ops, op);
}

/* What lies behind the words of one look: x to x + w around the baseline y. */
static void decorate(struct line_pass *p, const struct look *look, double x, double w, double y)
{
    float size = look->size, fx = (float)x, fw = (float)w, fy = (float)(y - (double)look->rise);
    if (look->is_mark || look->is_gap)
        op(p, (struct pdf_op){.kind = OP_RECT,
                              .fill = COLOR_MARK,
                              .x = fx - 1,
                              .y = fy - size * 0.95f,
                              .w = fw + 2,
                              .h = size * 1.25f,
                              .stroke = look->is_gap ? COLOR_WARN : COLOR_NONE,
                              .size = 0.5f});
    if (look->is_chip)
        op(p, (struct pdf_op){.kind = OP_RECT,
                              .fill = (unsigned char)look->ground,
                              .x = fx - 2.5f,
                              .y = fy - size * 0.98f,
                              .w = fw + 5,
                              .h = size * 1.3f,
                              .radius = 2});
    if (look->is_key)
        op(p, (struct pdf_op){.kind = OP_RECT,
                              .fill = COLOR_TINT,
                              .stroke = COLOR_LINE,
                              .x = fx - 1.5f,
                              .y = fy - size * 1.0f,
                              .w = fw + 3,
                              .h = size * 1.35f,
                              .radius = 2,
                              .size = 0.5f});
    if (look->is_inserted)
        op(p, (struct pdf_op){.kind = OP_LINE,
                              .stroke = (unsigned char)look->color,
                              .x = fx,
                              .y = fy + size * 0.16f,
                              .w = fw,
                              .size = 1.0f});
    if (look->is_underlined)
        op(p, (struct pdf_op){.kind = OP_LINE,
                              .stroke = (unsigned char)look->color,
                              .x = fx,
                              .y = fy + size * 0.14f,
                              .w = fw,
                              .size = 0.4f});
    if (look->is_link)
        op(p, (struct pdf_op){.kind = OP_LINK,
                              .tag = look->link_tag,
                              .x = fx,
                              .y = fy - size * 1.05f,
                              .w = fw,
                              .h = size * 1.35f,
                              .link = {look->uri, look->anchor}});
}

static void strike(struct line_pass *p, const struct look *look, double x, double w, double y)
{
    if (look->is_strike)
        op(p, (struct pdf_op){.kind = OP_LINE,
                              .stroke = (unsigned char)look->color,
                              .x = (float)x,
                              .y = (float)y - look->size * 0.3f,
                              .w = (float)w,
                              .size = look->size * 0.06f});
}

static void text_op(struct line_pass *p, const size_t *order, size_t from, size_t to, double y)
{
    const struct seg *first = &p->segs[order[from]];
    const struct look *look = first->chunk->look;
    struct pdf_word *words = NEW_ARRAY(p->layout->arena, struct pdf_word, to - from);
    size_t count = 0;
    for (size_t i = from; i < to; i++) {
        const struct seg *s = &p->segs[order[i]];
        if (s->text)
            words[count++] = (struct pdf_word){s->text, (float)(s->x - first->x)};
    }
    op(p, (struct pdf_op){.kind = OP_TEXT,
                          .style = (unsigned char)look->style,
                          .fill = (unsigned char)look->color,
                          .tag = look->tag,
                          .x = (float)first->x,
                          .y = (float)(y - (double)look->rise),
                          .size = look->size,
                          .text = {words, count}});
}

/* Its mark, and the label once the page is written. */
static void reference_ops(struct line_pass *p, const struct seg *s, double y)
{
    const struct pdf_reference *r = s->chunk->reference;
    const struct look *look = s->chunk->look;
    op(p, (struct pdf_op){.kind = OP_TARGET, .x = (float)s->x, .link = {NULL, r->mark}});
    if (!r->is_shown)
        return;
    decorate(p, look, s->x, s->width, y);
    op(p, (struct pdf_op){.kind = OP_FOLIO,
                          .style = (unsigned char)look->style,
                          .fill = (unsigned char)look->color,
                          .tag = look->tag,
                          .x = (float)(s->x + s->width),
                          .y = (float)(y - (double)look->rise),
                          .size = look->size,
                          .link = {NULL, r->anchor}});
}

static void picture_op(struct line_pass *p, const struct seg *s, double y)
{
    const struct chunk *c = s->chunk;
    if (c->reference)
        reference_ops(p, s, y);
    if (!c->picture) /* mere room */
        return;
    double scale = c->width > 0 ? s->width / (double)c->width : 1;
    float height = c->height * (float)scale;
    op(p, (struct pdf_op){.kind = OP_PICTURE,
                          .tag = c->look->tag,
                          .x = (float)s->x,
                          .y = (float)y - height,
                          .w = (float)s->width,
                          .h = height,
                          .picture = c->picture});
    if (c->look->is_link)
        decorate(p, c->look, s->x, s->width, y);
}

/* Segments of one look stand in one operation. */
static void line_ops(struct line_pass *p, const size_t *order, double y)
{
    for (size_t from = 0; from < p->n;) {
        const struct seg *first = &p->segs[order[from]];
        size_t to = from + 1;
        if (!first->chunk) {
            from = to;
            continue;
        }
        if (first->chunk->kind == CHUNK_PICTURE) {
            picture_op(p, first, y);
            from = to;
            continue;
        }
        while (to < p->n && (!p->segs[order[to]].chunk ||
                             (p->segs[order[to]].chunk->look == first->chunk->look &&
                              p->segs[order[to]].chunk->kind != CHUNK_PICTURE)))
            to++;
        const struct seg *last = &p->segs[order[to - 1]];
        double width = last->x + last->width - first->x;
        decorate(p, first->chunk->look, first->x, width, y);
        text_op(p, order, from, to, y);
        strike(p, first->chunk->look, first->x, width, y);
        from = to;
    }
}

static double picture_height(const struct seg *s)
{
    const struct chunk *c = s->chunk;
    if (!c || c->kind != CHUNK_PICTURE || c->width <= 0)
        return 0;
    return (double)c->height * s->width / (double)c->width;
}

static void finish_ops(struct line_pass *p)
{
    p->line.ops.v = NEW_ARRAY(p->layout->arena, struct pdf_op, p->ops.n);
    p->line.ops.n = p->line.ops.cap = p->ops.n;
    for (size_t i = 0; i < p->ops.n; i++)
        p->line.ops.v[i] = p->ops.v[i];
}

static struct para_line set_line(struct line_pass *p, size_t from, size_t to)
{
    const struct item *end = &p->items->v[to];
    collect_segs(p, from, to);
    shape_segs(p);
    add_hyphen(p, end);
    bool is_last = end->kind == ITEM_PENALTY && end->penalty == ITEM_FORCED;
    add_last_space(p, end);
    if (p->style->align == PARA_JUSTIFIED && (!is_last || p->natural > p->style->width))
        justify(p);
    size_t *order = visual_order(p);
    double x = line_start(p), tallest = 0;
    for (size_t i = 0; i < p->n; i++) {
        struct seg *s = &p->segs[order[i]];
        s->x = x;
        x += s->width;
        tallest = fmax(tallest, picture_height(s));
    }
    double size = (double)p->style->size.size, leading = (double)p->style->size.leading;
    double ascent = font_ascent(p->layout->faces, size),
           descent = font_descent(p->layout->faces, size);
    double above = (leading - ascent - descent) / 2 + ascent; /* from top to baseline */
    double extra = fmax(0, tallest - above);
    line_ops(p, order, above + extra);
    finish_ops(p);
    p->line.height = leading + extra;
    p->line.width = p->natural;
    return p->line;
}

static double natural_width(const struct items *items)
{
    double width = 0;
    for (size_t i = 0; i < items->n; i++) {
        if (items->v[i].kind == ITEM_PENALTY && items->v[i].penalty == ITEM_FORCED &&
            i + 1 < items->n)
            return INFINITY; /* more lines than one in any case */
        if (items->v[i].kind != ITEM_PENALTY)
            width += (double)items->v[i].width;
    }
    return width;
}

/* Ever more generous: without hyphens, with them, with wide spaces, at all. */
static struct items find_breaks(struct pdf_layout *l, struct chunks *c,
                                const struct para_style *style, struct breaks *out)
{
    bool is_justified = style->align == PARA_JUSTIFIED;
    double ragged = style->width * 0.14 + (double)style->size.size;
    struct items items = items_of(l, c, style, false);
    if (natural_width(&items) <= style->width) {
        PUSH(l->work, out->v, out->n, out->cap, size_t) = items.n - 1;
        return items;
    }
    if (breaks_best(l->work, &items, style->width, is_justified, is_justified ? 220 : 3000,
                    is_justified ? 0 : ragged, out))
        return items;
    if (style->can_hyphenate)
        items = items_of(l, c, style, true);
    if (breaks_best(l->work, &items, style->width, is_justified, is_justified ? 900 : 9000,
                    is_justified ? 0 : ragged, out))
        return items;
    if (!breaks_best(l->work, &items, style->width, is_justified, 9000, ragged, out))
        breaks_first(l->work, &items, style->width, out);
    return items;
}

/* The next chunks that are set together. No paragraph within the limits of a
 * document is longer; what is beyond them has been reported, and must still be
 * set in memory that has an end. */
static struct chunks next_part(const struct chunks *c, size_t from)
{
    struct chunks part = *c;
    size_t bytes = 0, end = from;
    while (end < c->n && (bytes < MD_BLOCK_BYTES_MAX || c->v[end].kind != CHUNK_SPACE) &&
           bytes < 2 * MD_BLOCK_BYTES_MAX)
        bytes += c->v[end++].text.n;
    part.v += c->n > 0 ? from : 0;
    part.n = end - from;
    return part;
}

static void set_part(struct pdf_layout *l, struct chunks *c, const struct para_style *style,
                     struct para *para, size_t *cap)
{
    struct breaks breaks = {0};
    arena_reset(l->work);
    struct items items = find_breaks(l, c, style, &breaks);
    size_t start = 0;
    for (size_t i = 0; i < breaks.n; i++) {
        struct line_pass p = {.layout = l, .items = &items, .style = style, .chunks = c};
        struct para_line line = set_line(&p, start, breaks.v[i]);
        PUSH(l->scratch, para->lines, para->count, *cap, struct para_line) = line;
        para->height += line.height;
        start = breaks_next_start(&items, breaks.v[i]);
    }
}

struct para para_set(struct pdf_layout *l, struct chunks *c, const struct para_style *style)
{
    struct para para = {.is_rtl = c->is_rtl};
    size_t cap = 0, from = 0;
    do { /* an empty paragraph has a line, too */
        struct chunks part = next_part(c, from);
        set_part(l, &part, style, &para, &cap);
        from += part.n;
    } while (from < c->n);
    return para;
}

/* Where a line may end, so that what is measured next is a part of its own. */
static bool ends_part(const struct items *items, size_t i)
{
    const struct item *item = &items->v[i];
    if (item->kind == ITEM_GLUE)
        return i > 0 && items->v[i - 1].kind == ITEM_BOX;
    return item->kind == ITEM_PENALTY && item->penalty < ITEM_NEVER;
}

static bool ends_line(const struct item *item)
{
    return item->kind == ITEM_PENALTY && item->penalty == ITEM_FORCED;
}

struct para_extent para_measure(struct pdf_layout *l, struct chunks *c,
                                const struct para_style *style, struct arena *keep)
{
    struct para_extent e = {0};
    struct para_style endless = *style;
    endless.width = 1e6;
    endless.align = PARA_LEFT;
    arena_reset(l->work);
    struct items items = items_of(l, c, &endless, false);
    if (keep)
        e.parts = NEW_ARRAY(keep, struct para_part, items.n);
    double line = 0, part = 0;
    for (size_t i = 0; i < items.n; i++) {
        double width = items.v[i].kind == ITEM_PENALTY ? 0 : (double)items.v[i].width;
        bool is_end = ends_part(&items, i);
        line += width;
        if (is_end && keep)
            e.parts[e.count++] =
                (struct para_part){(float)part, ends_line(&items.v[i]) ? INFINITY : (float)width};
        part = is_end ? 0 : part + width;
        e.narrowest = fmax(e.narrowest, part);
        e.widest = fmax(e.widest, line);
        line = ends_line(&items.v[i]) ? 0 : line;
    }
    return e;
}
