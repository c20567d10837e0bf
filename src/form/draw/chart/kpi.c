/* form/draw/chart/kpi: where a KPI stood at the end of each period, against its limits.
 *
 * Days run from left to right as time does. The letter in each mark tells the rating, and words
 * at its end what a line is, so that paper without colour says the same. */
#include "form/draw/chart/canvas_int.h"

#include <math.h>

#include "base/path.h"
#include "form/table/figures.h"

#define PLOT_LEFT   (CANVAS_EDGE + 44.0) /* behind the numbers of the scale */
#define PLOT_WIDTH  540.0
#define PLOT_TOP    (CANVAS_EDGE + 24.0)
#define PLOT_HEIGHT 150.0
#define LIMIT_WIDTH 70.0 /* of the words at the end of a limit */
#define DAY_HEIGHT  22.0
#define DAY_WIDTH   58.0 /* of "2026-06-30" */
#define VALUE_WIDTH 32.0 /* of "98.1" */
#define WORDS_ABOVE 13.0 /* a value over its mark */

enum { POINTS_MAX = 24 }; /* more are only in the table */

static const struct {
    struct mark mark;
    str word;
} look[] = {
    [RATING_NONE] = {{MARK_LETTER, S_INIT("•"), INK_MUTED, false, 0}, S_INIT("not rated")},
    [RATING_GREEN] = {{MARK_LETTER, S_INIT("G"), INK_GOOD, false, 0}, S_INIT("green")},
    [RATING_AMBER] = {{MARK_LETTER, S_INIT("A"), INK_WARN, false, 0}, S_INIT("amber")},
    [RATING_RED] = {{MARK_LETTER, S_INIT("R"), INK_BAD, false, 0}, S_INIT("red")},
};
enum { RATINGS = COUNT_OF(look) };

struct plot {
    const struct request *q;
    struct canvas canvas;
    const struct record *kpi;
    const struct figure_point *points;
    size_t count;
    double low, high, step;                /* of the scale, and between its lines */
    bool is_seen[RATINGS][2], has_unknown; /* marks that occur: computed, measured */
};

/* -- The scale -------------------------------------------------------------------------------- */

static void reach(struct plot *p, double value)
{
    p->low = value < p->low ? value : p->low;
    p->high = value > p->high ? value : p->high;
}

static double limit_of(const struct record *kpi, enum field_id limit)
{
    const struct field_value *v = rec_value(kpi, limit);
    return v->state == FV_PRESENT ? v->decimal : NAN;
}

/* 1, 2 or 5 times a power of ten. */
static double even_step(double span)
{
    double rough = span / 4, power = pow(10, floor(log10(rough))), digits = rough / power;
    return power * (digits <= 1 ? 1 : digits <= 2 ? 2 : digits <= 5 ? 5 : 10);
}

static void find_scale(struct plot *p)
{
    static const enum field_id limits[] = {KPI_GREEN, KPI_AMBER};
    p->low = INFINITY;
    p->high = -INFINITY;
    for (size_t i = 0; i < p->count; i++)
        if (p->points[i].value.is >= VALUE_RANGE) {
            reach(p, p->points[i].value.low);
            reach(p, p->points[i].value.high);
        }
    for (size_t i = 0; i < 2; i++)
        if (rec_has(p->kpi, limits[i]))
            reach(p, limit_of(p->kpi, limits[i]));
    if (p->high - p->low < 1e-6 * (1 + fabs(p->high))) {
        p->low -= 1;
        p->high += 1;
    }
    p->step = even_step(p->high - p->low);
    p->low = floor(p->low / p->step) * p->step;
    p->high = ceil(p->high / p->step) * p->step;
}

static double y_of(const struct plot *p, double value)
{
    return PLOT_TOP + PLOT_HEIGHT * (p->high - value) / (p->high - p->low);
}

static double x_of(const struct plot *p, date day)
{
    date first = p->points[0].day, last = p->points[p->count - 1].day;
    double room = PLOT_WIDTH - DAY_WIDTH;
    double share = last > first ? (double)(day - first) / (double)(last - first) : 0.5;
    return PLOT_LEFT + DAY_WIDTH / 2 + room * share;
}

/* -- Its frame -------------------------------------------------------------------------------- */

static void draw_scale(const struct plot *p)
{
    const struct lettering number = {9, false, INK_MUTED, ANCHOR_END};
    size_t lines = (size_t)round((p->high - p->low) / p->step);
    for (size_t i = 0; i <= lines; i++) {
        double value = p->low + (double)i * p->step, y = y_of(p, value);
        canvas_line(&p->canvas, INK_LINE, 0.5, (struct point){PLOT_LEFT, y},
                    (struct point){PLOT_LEFT + PLOT_WIDTH, y});
        canvas_words(&p->canvas, &number, PLOT_LEFT - 6, y, PLOT_LEFT - 8,
                     figure_number(p->q->arena, value));
    }
}

static void draw_limit(const struct plot *p, enum field_id limit, enum ink ink, bool dashed)
{
    if (!rec_has(p->kpi, limit))
        return;
    double y = y_of(p, limit_of(p->kpi, limit));
    struct lettering how = {9, true, ink, ANCHOR_START};
    struct point *ends = NEW_ARRAY(p->q->arena, struct point, 2);
    const struct look line = {INK_NONE, ink, 1.5, dashed};
    ends[0] = (struct point){PLOT_LEFT, y};
    ends[1] = (struct point){PLOT_LEFT + PLOT_WIDTH, y};
    shape_line(&p->canvas.pen, DRAW_LINE, &line, ends, 2);
    canvas_words(&p->canvas, &how, PLOT_LEFT + PLOT_WIDTH + 6, y, LIMIT_WIDTH,
                 str_fmt(p->q->arena, "%s " STR_FMT, limit == KPI_GREEN ? "green" : "amber",
                         STR_ARG(rec_text(p->kpi, limit))));
}

static void draw_frame(const struct plot *p)
{
    str unit = rec_text(p->kpi, KPI_UNIT), way = rec_text(p->kpi, KPI_DIRECTION);
    const char *arrow = str_eq(way, S("up")) ? "↑" : "↓";
    draw_scale(p);
    draw_limit(p, KPI_AMBER, INK_WARN, true);
    draw_limit(p, KPI_GREEN, INK_GOOD, false);
    canvas_words(&p->canvas, &words_detail, CANVAS_EDGE, CANVAS_EDGE + 5, PLOT_WIDTH,
                 way.n == 0 ? unit
                            : str_fmt(p->q->arena, STR_FMT "%sbetter is " STR_FMT " %s",
                                      STR_ARG(unit), unit.n != 0 ? ", " : "", STR_ARG(way), arrow));
}

/* -- Points ----------------------------------------------------------------------------------- */

/* Only from one value to the next: across what is not known nothing is drawn. */
static void draw_line(const struct plot *p)
{
    for (size_t i = 1; i < p->count; i++) {
        const struct figure_point *from = &p->points[i - 1], *to = &p->points[i];
        if (from->value.is == VALUE_KNOWN && to->value.is == VALUE_KNOWN)
            canvas_line(&p->canvas, INK_TEXT, 1.25,
                        (struct point){x_of(p, from->day), y_of(p, from->value.low)},
                        (struct point){x_of(p, to->day), y_of(p, to->value.low)});
    }
}

static str words_of(const struct plot *p, const struct figure_point *point)
{
    struct arena *a = p->q->arena;
    enum rating rating = figure_rating(p->kpi, point);
    return str_fmt(a, STR_FMT ": " STR_FMT "%s" STR_FMT ", %s", STR_ARG(date_long(a, point->day)),
                   STR_ARG(figure_words(a, p->kpi, point)), rating == RATING_NONE ? "" : ", ",
                   STR_ARG(rating == RATING_NONE ? S("") : look[rating].word),
                   point->is_measured ? "measured" : "computed");
}

static void draw_value(struct plot *p, const struct figure_point *point, double x, bool is_said)
{
    enum rating rating = figure_rating(p->kpi, point);
    struct mark mark = look[rating].mark;
    const struct pen *pen = &p->canvas.pen;
    double top = y_of(p, point->value.high), bottom = y_of(p, point->value.low);
    mark.kind = point->is_measured ? MARK_OUTLINE : mark.kind;
    if (point->value.is == VALUE_RANGE) {
        const struct look beam = {INK_SUNKEN, INK_TEXT, 1, true};
        shape_rect(pen, &beam, x - 3, top, 6, bottom - top, 0);
    }
    mark_letters(pen, &mark, x - MARK_SIDE / 2, (top + bottom) / 2 - MARK_SIDE / 2, MARK_SIDE,
                 MARK_SIZE);
    const struct lettering how = {9, true, INK_TEXT, ANCHOR_MIDDLE};
    if (is_said)
        canvas_words(&p->canvas, &how, x, top - WORDS_ABOVE, DAY_WIDTH,
                     figure_bare(p->q->arena, point));
    p->is_seen[rating][point->is_measured] = true;
}

static void draw_unknown(struct plot *p, double x)
{
    const struct mark mark = {MARK_OUTLINE, S("?"), INK_MUTED, true, 0};
    mark_letters(&p->canvas.pen, &mark, x - MARK_SIDE / 2, PLOT_TOP + PLOT_HEIGHT - MARK_SIDE - 2,
                 MARK_SIDE, MARK_SIZE);
    p->has_unknown = true;
}

/* Where days stand too close for words, the later of them has its own: `next` is the one after
 * it that has, SIZE_MAX for none. */
static bool has_room(const struct plot *p, size_t i, size_t next, double width)
{
    return next == SIZE_MAX || x_of(p, p->points[next].day) - x_of(p, p->points[i].day) >= width;
}

static void draw_points(struct plot *p)
{
    const struct pen *pen = &p->canvas.pen;
    size_t day = SIZE_MAX, value = SIZE_MAX;
    for (size_t i = p->count; i-- > 0;) {
        const struct figure_point *point = &p->points[i];
        double x = x_of(p, point->day);
        bool has_value = has_room(p, i, value, VALUE_WIDTH);
        shape_open(pen, words_of(p, point), NULL);
        if (point->value.is >= VALUE_RANGE)
            draw_value(p, point, x, has_value);
        else
            draw_unknown(p, x);
        if (has_room(p, i, day, DAY_WIDTH)) {
            canvas_words(&p->canvas, &words_axis, x, PLOT_TOP + PLOT_HEIGHT + DAY_HEIGHT / 2 + 3,
                         DAY_WIDTH, date_iso(p->q->arena, point->day));
            day = i;
        }
        value = has_value ? i : value;
        shape_close(pen);
    }
}

static size_t legend_of(const struct plot *p, struct legend_entry *legend)
{
    size_t count = 0;
    for (size_t rating = 0; rating < RATINGS; rating++)
        for (int measured = 0; measured < 2; measured++) {
            if (!p->is_seen[rating][measured])
                continue;
            struct mark mark = look[rating].mark;
            mark.kind = measured ? MARK_OUTLINE : mark.kind;
            legend[count++] = (struct legend_entry){
                mark, str_fmt(p->q->arena, STR_FMT ", %s", STR_ARG(look[rating].word),
                              measured ? "measured" : "computed")};
        }
    if (p->has_unknown)
        legend[count++] = (struct legend_entry){{MARK_OUTLINE, S("?"), INK_MUTED, true, 0},
                                                S("not known any more")};
    return count;
}

/* -- All of it -------------------------------------------------------------------------------- */

static bool has_value(const struct plot *p)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->points[i].value.is >= VALUE_RANGE)
            return true;
    return false;
}

const struct drawing *chart_kpi(const struct request *q)
{
    const enum type_id type = TYPE_KPI;
    struct arena *a = q->arena;
    struct plot p = {.q = q, .kpi = request_record(q, &type, 1)};
    if (p.kpi == NULL)
        return NULL;
    const struct figure *f = kpi_figure(q->model, p.kpi);
    struct graph_caption caption = request_caption(q);
    p.count = f->count < POINTS_MAX ? f->count : POINTS_MAX;
    p.points = f->points + (f->count - p.count);
    caption.id = path_slug(a, str_fmt(a, "chart-kpi-" STR_FMT, STR_ARG(p.kpi->id)));
    caption.title = record_name(p.kpi);
    caption.description = S("Each mark is the value of one day: filled when it is computed from "
                            "the records as they were then, hollow when it was measured. Its "
                            "letter tells the rating: G green, A amber, R red. Lines across show "
                            "the limits.");
    caption.table = figure_table(a, q->model, p.kpi, caption.id, caption.title);
    caption.note = f->is_withheld       ? caption.table->note
                   : p.count < f->count ? S("Earlier values are in the table.")
                                        : S("");
    p.canvas = canvas_new(q, &caption);
    if (!has_value(&p))
        return canvas_empty(&p.canvas, &caption);
    find_scale(&p);
    draw_frame(&p);
    draw_line(&p);
    draw_points(&p);
    struct legend_entry legend[2 * RATINGS + 1];
    size_t entries = legend_of(&p, legend);
    return canvas_close(&p.canvas, PLOT_LEFT + PLOT_WIDTH + LIMIT_WIDTH + CANVAS_EDGE,
                        PLOT_TOP + PLOT_HEIGHT + DAY_HEIGHT + 6, legend, entries);
}
