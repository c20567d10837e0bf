/* form/draw/chart/rows: charts with a row for each activity, cut by unit when they are long. */
#include "form/draw/chart/rows_int.h"

#include "text/rules.h"

/* One picture: some of the rows, all of one unit. */
struct part {
    size_t from, count; /* in `places` */
    str title, id;
};

struct cutting {
    const struct rows *rows;
    size_t *places; /* of all items, unit by unit */
    struct part *parts;
    size_t count, cap;
};

const struct record *row_unit(const struct record *activity)
{
    const struct record *unit = rec_ref(activity, ACTIVITY_UNIT);
    return is_of(unit, TYPE_UNIT) ? unit : NULL;
}

static str unit_name(const struct record *unit)
{
    return unit != NULL ? record_name(unit) : S("No known unit");
}

/* -- Unit by unit ------------------------------------------------------------------------- */

/* Units in their own order; behind them what has none. */
static size_t unit_number(const struct cutting *c, size_t place)
{
    const struct record *unit = row_unit(c->rows->items[place].activity);
    return unit != NULL ? unit->number : model_list(c->rows->q->model, TYPE_UNIT)->count;
}

static void add_parts(struct cutting *c, const struct record *unit, size_t from, size_t size)
{
    struct arena *a = c->rows->q->arena;
    size_t pieces = (size + ROWS_MAX - 1) / ROWS_MAX;
    for (size_t i = 0; i < pieces; i++) {
        size_t first = size * i / pieces, end = size * (i + 1) / pieces;
        struct part *p = &PUSH(a, c->parts, c->count, c->cap, struct part);
        *p = (struct part){from + first, end - first, unit_name(unit), S("")};
        if (pieces > 1)
            p->title = str_fmt(a, STR_FMT " (%zu of %zu)", STR_ARG(p->title), i + 1, pieces);
        p->id = str_fmt(a, STR_FMT "-part-%zu", STR_ARG(c->rows->caption->id), c->count);
    }
}

/* A counting sort, which keeps the order of the rows within a unit. */
static void cut(struct cutting *c)
{
    const struct rows *r = c->rows;
    struct arena *a = r->q->arena;
    size_t units = model_list(r->q->model, TYPE_UNIT)->count + 1;
    size_t *begin = NEW_ARRAY(a, size_t, units + 1), *next = NEW_ARRAY(a, size_t, units);
    for (size_t i = 0; i < r->count; i++)
        begin[unit_number(c, i) + 1]++;
    for (size_t u = 0; u < units; u++) {
        begin[u + 1] += begin[u];
        next[u] = begin[u];
    }
    c->places = NEW_ARRAY(a, size_t, r->count);
    for (size_t i = 0; i < r->count; i++)
        c->places[next[unit_number(c, i)]++] = i;
    for (size_t u = 0; u < units; u++)
        if (begin[u + 1] > begin[u])
            add_parts(c, row_unit(r->items[c->places[begin[u]]].activity), begin[u],
                      begin[u + 1] - begin[u]);
}

/* -- The overview and its parts -------------------------------------------------------------- */

static struct bar bar_of(const struct cutting *c, const struct part *p)
{
    struct bar bar = {.label = p->title, .target = p->id};
    for (size_t i = 0; i < p->count; i++)
        bar.counts[c->rows->items[c->places[p->from + i]].state]++;
    return bar;
}

static struct canvas draw_overview(const struct cutting *c)
{
    const struct rows *r = c->rows;
    struct arena *a = r->q->arena;
    struct bars bars = {.parts = r->states, .part_count = r->state_count};
    struct canvas canvas = canvas_new(r->q, r->caption);
    size_t longest = 0;
    double y = CANVAS_EDGE;
    for (size_t i = 0; i < c->count; i++) {
        PUSH(a, bars.items, bars.count, bars.cap, struct bar) = bar_of(c, &c->parts[i]);
        longest = c->parts[i].count > longest ? c->parts[i].count : longest;
    }
    bars_draw(&canvas, &bars, S(""), longest, &y);
    bars_close(&canvas, &bars, y + 4);
    canvas.pen.drawing->note =
        str_fmt(a,
                "%zu activities are too many for one picture: each bar leads to a chart of its "
                "unit below.%s" STR_FMT,
                r->count, r->caption->note.n != 0 ? " " : "", STR_ARG(r->caption->note));
    return canvas;
}

static const struct drawing *draw_part(const struct cutting *c, const struct part *p)
{
    struct graph_caption caption = *c->rows->caption;
    caption.id = p->id;
    caption.title =
        str_fmt(c->rows->q->arena, STR_FMT ": " STR_FMT, STR_ARG(caption.title), STR_ARG(p->title));
    caption.table = NULL;
    caption.note = S("");
    return c->rows->draw(c->rows->self, &caption, c->places + p->from, p->count);
}

static const struct drawing *give_up(const struct cutting *c)
{
    const struct rows *r = c->rows;
    struct canvas canvas = canvas_new(r->q, r->caption);
    canvas.pen.drawing->note =
        str_fmt(r->q->arena,
                "The picture could not be drawn: %zu activities would need %zu charts, and at "
                "most %d can be drawn. The table says the same.",
                r->count, c->count, ROW_PARTS_MAX);
    diag(r->q->diags, TEXT_RULE(DRAW_LAYOUT), r->caption->at,
         "no picture of '" STR_FMT "': it would need %zu charts; at most %d can be drawn",
         STR_ARG(r->caption->id), c->count, ROW_PARTS_MAX);
    return canvas.pen.drawing;
}

const struct drawing *rows_draw(const struct rows *r)
{
    struct arena *a = r->q->arena;
    struct cutting c = {.rows = r};
    if (r->count == 0) {
        struct canvas canvas = canvas_new(r->q, r->caption);
        return canvas_empty(&canvas, r->caption);
    }
    if (r->count <= ROWS_MAX) {
        size_t *places = NEW_ARRAY(a, size_t, r->count);
        for (size_t i = 0; i < r->count; i++)
            places[i] = i;
        return r->draw(r->self, r->caption, places, r->count);
    }
    cut(&c);
    if (c.count > ROW_PARTS_MAX)
        return give_up(&c);
    struct canvas overview = draw_overview(&c);
    const struct drawing **parts = NEW_ARRAY(a, const struct drawing *, c.count);
    for (size_t i = 0; i < c.count; i++)
        parts[i] = draw_part(&c, &c.parts[i]);
    overview.pen.drawing->parts = parts;
    overview.pen.drawing->part_count = c.count;
    return overview.pen.drawing;
}
