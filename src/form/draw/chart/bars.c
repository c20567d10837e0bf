/* form/draw/chart/bars: how many of what, as bars from left to right. */
#include "form/draw/chart/bars_int.h"

#include <assert.h>

#include "base/buf.h"

#define LABEL_WIDTH  180.0
#define BAR_LEFT     (CANVAS_EDGE + LABEL_WIDTH + 8)
#define BAR_WIDTH    210.0 /* of the longest */
#define UNIT_MAX     22.0  /* of one thing, when there are few */
#define ROW          20.0
#define HEADING      20.0
#define LETTER_WIDTH 11.0 /* a part that is narrower has no letter */

struct bar *bars_find(struct arena *a, struct bars *b, str label, const struct record *link)
{
    for (size_t i = 0; i < b->count; i++)
        if (b->items[i].link == link && str_eq(b->items[i].label, label))
            return &b->items[i];
    PUSH(a, b->items, b->count, b->cap, struct bar) = (struct bar){.label = label, .link = link};
    return &b->items[b->count - 1];
}

size_t bar_total(const struct bar *b)
{
    size_t total = 0;
    for (size_t i = 0; i < BAR_PARTS_MAX; i++)
        total += b->counts[i];
    return total;
}

/* "5: 2 overdue, 3 later", or "2 overdue" when that is all. */
static str words_of(const struct canvas *c, const struct bars *b, const struct bar *bar)
{
    struct buf words = buf_in(c->pen.arena, 48);
    const char *before = "";
    size_t kinds = 0;
    for (size_t i = 0; i < b->part_count; i++)
        kinds += bar->counts[i] != 0;
    if (kinds == 0)
        return S("none");
    if (kinds > 1)
        buf_fmt(&words, "%zu: ", bar_total(bar));
    for (size_t i = 0; i < b->part_count; i++) {
        if (bar->counts[i] == 0)
            continue;
        buf_fmt(&words, "%s%zu " STR_FMT, before, bar->counts[i], STR_ARG(b->parts[i].word));
        before = ", ";
    }
    return buf_str(&words);
}

static void draw_part(const struct canvas *c, const struct bar_part *part, size_t count, double x,
                      double y, double width)
{
    struct mark mark = part->mark;
    str both = str_fmt(c->pen.arena, STR_FMT " %zu", STR_ARG(mark.letters), count);
    if (canvas_width(c, both, MARK_SIZE, true) + 4 <= width)
        mark.letters = both;
    else if (width < LETTER_WIDTH)
        mark.letters = S("");
    mark_letters(&c->pen, &mark, x, y, width - 1, MARK_SIZE);
}

static void draw_bar(const struct canvas *c, const struct bars *b, const struct bar *bar,
                     double unit, double y)
{
    double x = BAR_LEFT, middle = y + ROW / 2;
    str words = words_of(c, b, bar);
    str label = str_fmt(c->pen.arena, STR_FMT ", " STR_FMT, STR_ARG(bar->label), STR_ARG(words));
    if (bar->link == NULL && bar->target.n != 0)
        shape_open_to(&c->pen, label, bar->target);
    else
        shape_open(&c->pen, label, bar->link);
    canvas_words(c, &words_name, CANVAS_EDGE, middle, LABEL_WIDTH, bar->label);
    for (size_t i = 0; i < b->part_count; i++) {
        double width = (double)bar->counts[i] * unit;
        if (bar->counts[i] != 0)
            draw_part(c, &b->parts[i], bar->counts[i], x, middle - MARK_SIDE / 2, width);
        x += width;
    }
    x = x > BAR_LEFT ? x + 5 : x;
    canvas_words(c, &words_detail, x, middle, BARS_WIDTH - CANVAS_EDGE - x, words);
    shape_close(&c->pen);
}

void bars_draw(const struct canvas *c, const struct bars *b, str heading, size_t longest, double *y)
{
    assert(b->part_count <= BAR_PARTS_MAX);
    double unit = longest == 0 ? UNIT_MAX : BAR_WIDTH / (double)longest;
    unit = unit > UNIT_MAX ? UNIT_MAX : unit;
    if (heading.n != 0) {
        const struct lettering how = {10, true, INK_MUTED, ANCHOR_START};
        canvas_words(c, &how, CANVAS_EDGE, *y + HEADING / 2, BARS_WIDTH, heading);
        *y += HEADING;
    }
    for (size_t i = 0; i < b->count; i++, *y += ROW)
        draw_bar(c, b, &b->items[i], unit, *y);
}

const struct drawing *bars_close(const struct canvas *c, const struct bars *b, double y)
{
    struct legend_entry legend[BAR_PARTS_MAX];
    size_t count = 0;
    for (size_t k = 0; k < b->part_count; k++) {
        bool is_seen = false;
        for (size_t i = 0; i < b->count; i++)
            is_seen |= b->items[i].counts[k] != 0;
        if (is_seen)
            legend[count++] = (struct legend_entry){b->parts[k].mark, b->parts[k].legend};
    }
    return canvas_close(c, BARS_WIDTH, y, legend, count);
}
