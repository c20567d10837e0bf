/* form/draw/chart/recovery: when each activity must be back, can be, and was.
 *
 * A row for each activity along a scale of time from a quarter of an hour to four weeks, each
 * step a multiple of the one before. Above, hollow, the time that is asked, and on to the time
 * from which the loss is unacceptable; below, solid, the time in which it can be back. */
#include "form/draw/chart/rows_int.h"
#include "form/draw/gap_int.h"

#include <math.h>
#include <stdlib.h>

#include "form/table/cells.h"

#define LABEL_WIDTH 190.0
#define AXIS_LEFT   (CANVAS_EDGE + LABEL_WIDTH + 8)
#define AXIS_WIDTH  300.0
#define GAP_LEFT    (AXIS_LEFT + AXIS_WIDTH + 14)
#define GAP_WIDTH   140.0
#define HEAD_HEIGHT 22.0
#define ROW_HEIGHT  20.0
#define ASKED_Y     2.0 /* of the fields of marks, below the row's top */
#define ABLE_Y      8.5

static const struct {
    duration value;
    str label;
} tick[] = {
    {15, S_INIT("15m")},      {60, S_INIT("1h")},        {4 * 60, S_INIT("4h")},
    {12 * 60, S_INIT("12h")}, {1440, S_INIT("1d")},      {3 * 1440, S_INIT("3d")},
    {7 * 1440, S_INIT("1w")}, {14 * 1440, S_INIT("2w")}, {28 * 1440, S_INIT("4w")},
};
enum { TICKS = COUNT_OF(tick) };

/* How an activity stands: the parts of its unit's bar when there are too many for one chart. */
enum verdict { LATE, UNKNOWN, IN_TIME, VERDICTS };

static const struct {
    str letter, word;
    enum ink ink;
    enum tone tone;
} verdict_look[VERDICTS] = {
    [LATE] = {S_INIT("G"), S_INIT("too late"), INK_BAD, TONE_BAD},
    [UNKNOWN] = {S_INIT("?"), S_INIT("not known"), INK_WARN, TONE_WARN},
    [IN_TIME] = {S_INIT(""), S_INIT("in time"), INK_GOOD, TONE_GOOD},
};

struct timeline {
    const struct request *q;
    struct row *rows;
    size_t count;
};

static const struct node *node_of(const struct timeline *t, const struct record *activity)
{
    return recovery_node(t->q->model, activity);
}

static enum verdict verdict_of(const struct node *n)
{
    const struct able *able = &n->able[TIME_RTO];
    if (gap_of(n) == GAP_LATE || recovery_is_late(n, n->proven[TIME_RTO].value))
        return LATE;
    bool is_known = able->value != DURATION_NONE && able->unknown == NODE_NONE;
    return is_known && n->asked[TIME_RTO].value != DURATION_NONE ? IN_TIME : UNKNOWN;
}

/* -- Which activities ----------------------------------------------------------------------- */

/* The most urgent first; behind them those of which nobody says when. */
struct urgent {
    struct row row;
    duration asked;
};

static int by_urgency(const void *x, const void *y)
{
    const struct urgent *a = x, *b = y;
    if (a->asked != b->asked)
        return b->asked == DURATION_NONE || (a->asked != DURATION_NONE && a->asked < b->asked) ? -1
                                                                                               : 1;
    return a->row.activity->number < b->row.activity->number ? -1 : 1;
}

static void collect(struct timeline *t)
{
    const struct record_list *all = model_list(t->q->model, TYPE_ACTIVITY);
    struct urgent *found = NEW_ARRAY(t->q->arena, struct urgent, all->count + 1);
    for (size_t i = 0; i < all->count; i++) {
        const struct node *n = node_of(t, all->items[i]);
        if (n == NULL || !rec_is_live(all->items[i]))
            continue;
        found[t->count++] =
            (struct urgent){{all->items[i], verdict_of(n)}, n->asked[TIME_RTO].value};
    }
    qsort(found, t->count, sizeof *found, by_urgency);
    t->rows = NEW_ARRAY(t->q->arena, struct row, t->count);
    for (size_t i = 0; i < t->count; i++)
        t->rows[i] = found[i].row;
}

/* -- One row ---------------------------------------------------------------------------------- */

/* What is sooner or later than the scale stands at its ends. */
static double time_x(duration time)
{
    double first = (double)tick[0].value, last = (double)tick[TICKS - 1].value;
    double at = fmin(fmax((double)time, first), last);
    return AXIS_LEFT + AXIS_WIDTH * log(at / first) / log(last / first);
}

static void draw_tick(const struct canvas *c, enum ink ink, double x, double y)
{
    const struct mark mark = {.kind = MARK_TICK, .ink = ink, .line_width = 2.5};
    mark_shape(&c->pen, &mark, x - MARK_SIDE / 2, y, MARK_SIDE);
}

static void draw_asked(const struct canvas *c, const struct node *n, double y)
{
    duration asked = n->asked[TIME_RTO].value;
    duration limit = rec_duration(n->record, ACTIVITY_MTPD);
    const struct mark bar = {.kind = MARK_BAR, .ink = INK_ACCENT};
    double middle = y + ASKED_Y + MARK_SIDE / 2;
    if (asked != DURATION_NONE)
        mark_shape(&c->pen, &bar, AXIS_LEFT, y + ASKED_Y, fmax(time_x(asked) - AXIS_LEFT, 2));
    if (limit == DURATION_NONE)
        return;
    if (asked != DURATION_NONE && limit > asked)
        canvas_line(c, INK_ACCENT, 0.75, (struct point){time_x(asked), middle},
                    (struct point){time_x(limit), middle});
    draw_tick(c, INK_TEXT, time_x(limit), y + ASKED_Y);
}

/* Open to the right: it takes at least so long. */
static void draw_arrow_head(const struct canvas *c, enum ink ink, double x, double middle)
{
    struct point *points = NEW_ARRAY(c->pen.arena, struct point, 3);
    points[0] = (struct point){x + 8, middle};
    points[1] = (struct point){x, middle - 4.5};
    points[2] = (struct point){x, middle + 4.5};
    shape_polygon(&c->pen, ink, points, 3);
}

static void draw_able(const struct canvas *c, const struct node *n, double y)
{
    const struct able *able = &n->able[TIME_RTO];
    const struct proof *proven = &n->proven[TIME_RTO];
    enum ink ink = recovery_is_late(n, able->value)  ? INK_BAD
                   : able->unknown != NODE_NONE ? INK_WARN
                                                : INK_GOOD;
    const struct mark beam = {.kind = MARK_BEAM, .ink = ink};
    double right = able->value == DURATION_NONE ? AXIS_LEFT : time_x(able->value);
    if (able->value != DURATION_NONE)
        mark_shape(&c->pen, &beam, AXIS_LEFT, y + ABLE_Y, fmax(right - AXIS_LEFT, 2));
    if (able->unknown != NODE_NONE)
        draw_arrow_head(c, ink, right, y + ABLE_Y + MARK_SIDE / 2);
    if (proven->value == DURATION_NONE)
        return;
    const struct mark diamond = {.kind = MARK_DIAMOND, .ink = INK_TEXT};
    mark_shape(&c->pen, &diamond, time_x(proven->value) - MARK_SIDE / 2, y + ABLE_Y, MARK_SIDE);
}

/* "8h late, past MTPD", by the later of what can be and what was. */
static str late_words(const struct timeline *t, const struct node *n)
{
    struct arena *a = t->q->arena;
    duration asked = n->asked[TIME_RTO].value, limit = rec_duration(n->record, ACTIVITY_MTPD);
    duration can = n->able[TIME_RTO].value, was = n->proven[TIME_RTO].value;
    duration worst = can > was ? can : was; /* DURATION_NONE is the smallest */
    if (!recovery_is_late(n, worst))
        return str_fmt(a, "its own RTO is " STR_FMT,
                       STR_ARG(duration_short(a, recovery_own(n->record, TIME_RTO))));
    return str_fmt(a, STR_FMT " late%s", STR_ARG(duration_short(a, worst - asked)),
                   limit != DURATION_NONE && worst > limit ? ", past MTPD" : "");
}

static str gap_words(const struct timeline *t, const struct node *n)
{
    const struct able *able = &n->able[TIME_RTO];
    if (verdict_of(n) == LATE)
        return late_words(t, n);
    if (n->asked[TIME_RTO].value == DURATION_NONE)
        return rec_lacks(n->record, ACTIVITY_RTO) ? S("no RTO") : S("no RTO known here");
    if (able->unknown != NODE_NONE)
        return str_fmt(t->q->arena, STR_FMT " says no time",
                       STR_ARG(t->q->model->recovery->nodes[able->unknown].record->id));
    return able->value == DURATION_NONE ? S("no needs known") : S("in time");
}

static void draw_gap(const struct timeline *t, const struct canvas *c, const struct node *n,
                     double y)
{
    enum verdict v = verdict_of(n);
    struct mark mark = {.kind = MARK_LETTER, .letters = verdict_look[v].letter};
    mark.ink = verdict_look[v].ink;
    if (mark.letters.n != 0)
        mark_letters(&c->pen, &mark, GAP_LEFT, y + (ROW_HEIGHT - MARK_SIDE) / 2, MARK_SIDE,
                     MARK_SIZE);
    canvas_words(c, v == LATE ? &words_alarm : &words_detail, GAP_LEFT + MARK_SIDE + 5,
                 y + ROW_HEIGHT / 2, GAP_WIDTH - MARK_SIDE - 5, gap_words(t, n));
}

static void draw_row(const struct timeline *t, const struct canvas *c,
                     const struct record *activity, double y)
{
    const struct node *n = node_of(t, activity);
    str label = str_fmt(t->q->arena, STR_FMT ", " STR_FMT, STR_ARG(record_name(activity)),
                        STR_ARG(gap_words(t, n)));
    shape_open(&c->pen, label, activity);
    canvas_words(c, &words_plain, CANVAS_EDGE + 3, y + ROW_HEIGHT / 2, LABEL_WIDTH,
                 record_name(activity));
    draw_asked(c, n, y);
    draw_able(c, n, y);
    draw_gap(t, c, n, y);
    shape_close(&c->pen);
}

/* -- The picture ----------------------------------------------------------------------------- */

static void draw_axis(const struct canvas *c, double bottom)
{
    for (size_t i = 0; i < TICKS; i++) {
        double x = time_x(tick[i].value);
        canvas_words(c, &words_axis, x, CANVAS_EDGE + 8, 40, tick[i].label);
        canvas_line(c, INK_LINE, 0.4, (struct point){x, CANVAS_EDGE + HEAD_HEIGHT - 6},
                    (struct point){x, bottom});
    }
}

static const struct drawing *draw(const void *self, const struct graph_caption *caption,
                                  const size_t *places, size_t count)
{
    static const struct legend_entry legend[] = {
        {{.kind = MARK_BAR, .ink = INK_ACCENT}, S_INIT("must be back (RTO)")},
        {{.kind = MARK_TICK, .ink = INK_TEXT, .line_width = 2.5},
         S_INIT("unacceptable from here (MTPD)")},
        {{.kind = MARK_BEAM, .ink = INK_GOOD}, S_INIT("can be back, with an arrow: at least")},
        {{.kind = MARK_DIAMOND, .ink = INK_TEXT}, S_INIT("was back: proven")},
        {{.kind = MARK_LETTER, .letters = S_INIT("G"), .ink = INK_BAD}, S_INIT("gap: too late")},
        {{.kind = MARK_LETTER, .letters = S_INIT("?"), .ink = INK_WARN}, S_INIT("not known")},
    };
    const struct timeline *t = self;
    struct canvas c = canvas_new(t->q, caption);
    double y = CANVAS_EDGE + HEAD_HEIGHT, bottom = y + ROW_HEIGHT * (double)count;
    draw_axis(&c, bottom);
    for (size_t i = 0; i < count; i++, y += ROW_HEIGHT)
        draw_row(t, &c, t->rows[places[i]].activity, y);
    return canvas_close(&c, GAP_LEFT + GAP_WIDTH + CANVAS_EDGE, bottom + 4, legend,
                        COUNT_OF(legend));
}

/* -- The table ------------------------------------------------------------------------------- */

static struct cell cell_proven(struct arena *a, const struct proof *p)
{
    struct cell c = {.count = 0};
    if (p->value == DURATION_NONE)
        return c;
    cell_add(a, &c, duration_short(a, p->value), NULL, TONE_NONE);
    if (p->by != NULL)
        cell_add(a, &c, p->by->id, p->by, TONE_NONE);
    cell_add(a, &c, date_long(a, p->day), NULL, TONE_NONE);
    c.sort = sort_key_number(a, (double)p->value);
    return c;
}

/* The chain that it waits for, and what says no time. */
static struct cell cell_chain(const struct timeline *t, const struct node *n)
{
    struct arena *a = t->q->arena;
    const struct recovery *all = t->q->model->recovery;
    const struct able *able = &n->able[TIME_RTO];
    struct cell c = {.count = 0};
    if (able->value != DURATION_NONE && able->via != NODE_NONE)
        cell_add(a, &c, chain_able(a, all, (size_t)(n - all->nodes), TIME_RTO), NULL, TONE_NONE);
    if (able->unknown != NODE_NONE) {
        const struct record *open = all->nodes[able->unknown].record;
        cell_add(a, &c, str_fmt(a, STR_FMT " says no time", STR_ARG(open->id)), open, TONE_NONE);
    }
    return c;
}

static void add_row(const struct timeline *t, struct table *table, const struct record *r)
{
    struct arena *a = t->q->arena;
    const struct node *n = node_of(t, r);
    enum verdict v = verdict_of(n);
    struct cell *cell = table_row(a, table);
    cell[0] = cell_link(a, r, record_name(r));
    cell[1] = cell_of_field(a, r, schema_slot(r->type, ACTIVITY_UNIT), CELL_SHORT);
    cell[2] = cell_of_field(a, r, schema_slot(r->type, ACTIVITY_MTPD), CELL_SHORT);
    cell[3] = gap_cell_time(a, n->asked[TIME_RTO].value, "");
    cell[4] = gap_cell_able(a, n);
    cell[5] = cell_chain(t, n);
    cell[6] = cell_proven(a, &n->proven[TIME_RTO]);
    cell_add(a, &cell[7], v == LATE ? gap_words(t, n) : verdict_look[v].word, NULL,
             verdict_look[v].tone);
}

static const struct table *table_of(const struct timeline *t, str id, str caption)
{
    const struct column columns[] = {
        {S("activity"), S("Activity"), COLUMN_TEXT}, {S("unit"), S("Unit"), COLUMN_TEXT},
        {S("mtpd"), S("MTPD"), COLUMN_TEXT},         {S("rto"), S("Must be back"), COLUMN_TEXT},
        {S("able"), S("Can be back"), COLUMN_TEXT},  {S("chain"), S("Waits for"), COLUMN_TEXT},
        {S("proven"), S("Was back"), COLUMN_TEXT},   {S("gap"), S("Gap"), COLUMN_CHIP},
    };
    struct table *table = table_new(t->q->arena, id, caption, columns, COUNT_OF(columns));
    table->head_column = true;
    table->note = request_scope(t->q);
    for (size_t i = 0; i < t->count; i++)
        add_row(t, table, t->rows[i].activity);
    return table;
}

static str note_of(const struct timeline *t)
{
    size_t of[VERDICTS] = {0};
    for (size_t i = 0; i < t->count; i++)
        of[t->rows[i].state]++;
    return str_fmt(t->q->arena,
                   "Of %zu activities%s %zu can be back in time, %zu too late (G); of %zu it is "
                   "not known (?).",
                   t->count, model_is_partial(t->q->model) ? " in this copy" : "", of[IN_TIME],
                   of[LATE], of[UNKNOWN]);
}

const struct drawing *chart_recovery(const struct request *q)
{
    static const struct bar_part part[VERDICTS] = {
        [LATE] = {{MARK_LETTER, S_INIT("G"), INK_BAD, false, 0},
                  S_INIT("too late"),
                  S_INIT("gap: back too late")},
        [UNKNOWN] = {{MARK_SOFT, S_INIT("?"), INK_WARN_FILL, false, 0},
                     S_INIT("not known"),
                     S_INIT("not known")},
        [IN_TIME] = {{MARK_OUTLINE, S_INIT("I"), INK_MUTED, false, 0},
                     S_INIT("in time"),
                     S_INIT("in time")},
    };
    struct timeline t = {.q = q};
    struct graph_caption caption = request_caption(q);
    collect(&t);
    caption.id = S("chart-recovery");
    caption.title = S("When activities must be back, and can be");
    caption.description =
        S("Each row is an activity on a scale of time, the most urgent first. A hollow bar ends "
          "when it must be back, a thick tick marks from when its loss is unacceptable, a solid "
          "line ends when it can be back with all it needs, a diamond marks the time that was "
          "shown. G marks a gap, ? what is not known.");
    caption.table = table_of(&t, caption.id, caption.title);
    caption.note = t.count != 0 ? note_of(&t) : S("");
    const struct rows rows = {.q = q,
                              .caption = &caption,
                              .items = t.rows,
                              .count = t.count,
                              .states = part,
                              .state_count = VERDICTS,
                              .draw = draw,
                              .self = &t};
    return rows_draw(&rows);
}
