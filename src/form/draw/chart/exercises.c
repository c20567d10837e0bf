/* form/draw/chart/exercises: which prioritised activities were exercised when, how and how well.
 *
 * A row for each activity, a column for each quarter of the programme. A mark holds the letter
 * of the kind of exercise and a sign for its outcome; it leads to the exercise. */
#include "form/draw/chart/cover_int.h"

#include "base/path.h"
#include "form/table/cells.h"
#include "model/limits.h"

enum { CELL_MARKS_MAX = 3 };

#define LABEL_WIDTH      206.0
#define LAST_WIDTH       86.0
#define GRID_WIDTH       320.0
#define HEAD_HEIGHT      40.0
#define ROW_HEIGHT       17.0
#define UNIT_HEIGHT      17.0
#define MARK_STEP        14.5
#define MARK_WIDTH       21.0
#define MARK_LETTER_SIZE 8.5

/* In the order of the words of the field `kind`. */
static const str kind_letter[] = {S_INIT("A"), S_INIT("W"), S_INIT("S"), S_INIT("K"),
                                  S_INIT("T"), S_INIT("G"), S_INIT("D"), S_INIT("F"),
                                  S_INIT("M"), S_INIT("R"), S_INIT("X")};
enum { KINDS = COUNT_OF(kind_letter) };

static const struct {
    struct mark mark; /* its letters are the sign */
    str word;
} result[RESULTS] = {
    [MET] = {{MARK_LETTER, S_INIT("+"), INK_GOOD, false, 0}, S_INIT("met")},
    [PARTLY] = {{MARK_SOFT, S_INIT("±"), INK_WARN_FILL, false, 0}, S_INIT("partly met")},
    [NOT_MET] = {{MARK_LETTER, S_INIT("−"), INK_BAD, false, 0}, S_INIT("not met")},
    [NO_RESULT] = {{MARK_OUTLINE, S_INIT("?"), INK_MUTED, false, 0}, S_INIT("no outcome known")},
    [PLANNED] = {{MARK_OUTLINE, S_INIT(""), INK_MUTED, true, 0}, S_INIT("planned")},
    [MISSED] = {{MARK_OUTLINE, S_INIT("!"), INK_BAD, true, 0}, S_INIT("planned and not held")},
};

/* -- The grid ------------------------------------------------------------------------------- */

/* One chart on its way down the page. */
struct grid {
    const struct cover *cover;
    struct canvas canvas;
    double y;
    bool kinds[KINDS], results[RESULTS]; /* that occur */
};

static double column_x(const struct cover *c, size_t column)
{
    return CANVAS_EDGE + LABEL_WIDTH + GRID_WIDTH * (double)column / (double)c->columns;
}

/* The most marks that stand above each other in a row. */
static size_t row_marks(const struct cover *c, const struct line *l)
{
    size_t most = 1, here = 0, column = SIZE_MAX;
    for (size_t i = 0; i < l->count; i++) {
        size_t at = cover_column(c, l->sessions[i].day);
        here = at < c->columns && at == column ? here + 1 : 1;
        column = at;
        if (at < c->columns && here > most)
            most = here;
    }
    return most < CELL_MARKS_MAX ? most : CELL_MARKS_MAX;
}

static str name_of_kind(struct arena *a, const struct record *exercise)
{
    str word = rec_text(exercise, EXERCISE_KIND);
    return word.n != 0 ? str_lower(a, word_for_people(a, word)) : S("exercise");
}

static void draw_session(struct grid *g, const struct session *s, double x, double y)
{
    struct arena *a = g->cover->q->arena;
    struct mark mark = result[s->result].mark;
    str letter = s->kind < KINDS ? kind_letter[s->kind] : S("?");
    mark.letters = str_fmt(a, STR_FMT STR_FMT, STR_ARG(letter), STR_ARG(mark.letters));
    if (s->kind < KINDS)
        g->kinds[s->kind] = true;
    g->results[s->result] = true;
    shape_open(&g->canvas.pen,
               str_fmt(a, STR_FMT ", " STR_FMT ", " STR_FMT ", " STR_FMT, STR_ARG(s->exercise->id),
                       STR_ARG(name_of_kind(a, s->exercise)), STR_ARG(date_iso(a, s->day)),
                       STR_ARG(result[s->result].word)),
               s->exercise);
    mark_letters(&g->canvas.pen, &mark, x, y, MARK_WIDTH, MARK_LETTER_SIZE);
    shape_close(&g->canvas.pen);
}

/* All of one column, from `from` on; gives the first beyond it. */
static size_t draw_cell(struct grid *g, const struct line *l, size_t from, double y)
{
    const struct cover *c = g->cover;
    size_t column = cover_column(c, l->sessions[from].day), end = from;
    while (end < l->count && cover_column(c, l->sessions[end].day) == column)
        end++;
    if (column >= c->columns)
        return end;
    double middle = (column_x(c, column) + column_x(c, column + 1)) / 2;
    for (size_t i = from; i < end; i++, y += MARK_STEP) {
        size_t left = end - i;
        if (i - from + 1 == CELL_MARKS_MAX && left > 1) {
            canvas_words(&g->canvas, &words_axis, middle, y + MARK_SIDE / 2, MARK_WIDTH,
                         str_fmt(c->q->arena, "+%zu", left));
            break;
        }
        draw_session(g, &l->sessions[i], middle - MARK_WIDTH / 2, y);
    }
    return end;
}

static void say_last(const struct grid *g, const struct line *l, double y)
{
    const struct cover *c = g->cover;
    double x = CANVAS_EDGE + LABEL_WIDTH + GRID_WIDTH + 8;
    enum standing standing = cover_standing(c, l);
    bool is_partial = model_is_partial(c->q->model);
    struct lettering how =
        standing == RECENT || (standing == NEVER && is_partial) ? words_detail : words_alarm;
    str words = standing == RECENT ? date_iso(c->q->arena, l->last)
                : standing == LONG_AGO
                    ? str_fmt(c->q->arena, STR_FMT ", old", STR_ARG(date_iso(c->q->arena, l->last)))
                : is_partial ? S("none known here")
                             : S("never exercised");
    if (standing == LONG_AGO)
        how.ink = INK_WARN;
    canvas_words(&g->canvas, &how, x, y, LAST_WIDTH, words);
}

static void draw_line(struct grid *g, const struct line *l, bool is_shaded)
{
    const struct cover *c = g->cover;
    double height = ROW_HEIGHT + (double)(row_marks(c, l) - 1) * MARK_STEP;
    const struct look shade = {INK_SUNKEN, INK_NONE, 0, false};
    const struct pen *pen = &g->canvas.pen;
    if (is_shaded)
        shape_rect(pen, &shade, CANVAS_EDGE, g->y, LABEL_WIDTH + GRID_WIDTH + LAST_WIDTH + 8,
                   height, 0);
    shape_open(pen, record_name(l->activity), l->activity);
    canvas_words(&g->canvas, &words_plain, CANVAS_EDGE + 4, g->y + ROW_HEIGHT / 2, LABEL_WIDTH - 8,
                 record_name(l->activity));
    shape_close(pen);
    for (size_t i = 0; i < l->count;)
        i = draw_cell(g, l, i, g->y + (ROW_HEIGHT - MARK_SIDE) / 2);
    say_last(g, l, g->y + ROW_HEIGHT / 2);
    g->y += height;
}

/* -- Its frame -------------------------------------------------------------------------------- */

static void draw_head(const struct grid *g)
{
    const struct cover *c = g->cover;
    const struct lettering year = {9, true, INK_TEXT, ANCHOR_MIDDLE};
    size_t per_year = cover_columns_per_year(c);
    for (size_t i = 0; i < c->columns; i++) {
        double left = column_x(c, i), right = column_x(c, i + 1);
        if (i % per_year == 0)
            canvas_words(&g->canvas, &year, (left + column_x(c, i + per_year)) / 2, CANVAS_EDGE + 8,
                         column_x(c, per_year) - column_x(c, 0),
                         str_fmt(c->q->arena, "%d", c->from_year + (int)(i / per_year)));
        if (per_year > 1)
            canvas_words(&g->canvas, &words_axis, (left + right) / 2, CANVAS_EDGE + 24,
                         right - left, str_fmt(c->q->arena, "Q%zu", i % per_year + 1));
    }
    canvas_words(&g->canvas, &words_detail, CANVAS_EDGE + LABEL_WIDTH + GRID_WIDTH + 8,
                 CANVAS_EDGE + 24, LAST_WIDTH, S("last held"));
}

/* A share of the year, by days. */
static double year_share(date day)
{
    struct ymd d = date_ymd(day);
    date first = date_from((struct ymd){d.year, 1, 1});
    return (double)(day - first) / (double)(date_from((struct ymd){d.year + 1, 1, 1}) - first);
}

static void draw_lines(const struct grid *g, double top)
{
    const struct cover *c = g->cover;
    size_t per_year = cover_columns_per_year(c);
    date today = c->q->model->as_of;
    for (size_t i = 0; i <= c->columns; i += per_year)
        canvas_line(&g->canvas, INK_LINE, 0.75, (struct point){column_x(c, i), top},
                    (struct point){column_x(c, i), g->y});
    if (cover_column(c, today) >= c->columns)
        return;
    double years = (double)(date_ymd(today).year - c->from_year) + year_share(today);
    double x = column_x(c, 0) + GRID_WIDTH * years / (double)(c->to_year - c->from_year + 1);
    canvas_line(&g->canvas, INK_ACCENT, 1.5, (struct point){x, top}, (struct point){x, g->y});
}

static size_t legend_of(const struct grid *g, struct legend_entry *legend)
{
    const struct request *q = g->cover->q;
    const struct type_def *t = q->model->schema->types[TYPE_EXERCISE];
    const struct field_def *kind = &t->fields[schema_slot(t, EXERCISE_KIND)];
    size_t count = 0;
    for (size_t k = 0; k < KINDS; k++)
        if (g->kinds[k])
            legend[count++] = (struct legend_entry){
                {.kind = MARK_OUTLINE, .letters = kind_letter[k], .ink = INK_TEXT},
                str_lower(q->arena, word_for_people(q->arena, kind->words[k]))};
    for (size_t k = 0; k < RESULTS; k++)
        if (g->results[k])
            legend[count++] = (struct legend_entry){result[k].mark, result[k].word};
    date today = q->model->as_of;
    if (cover_column(g->cover, today) < g->cover->columns)
        legend[count++] = (struct legend_entry){
            {.kind = MARK_TICK, .ink = INK_ACCENT, .line_width = 1.5},
            str_fmt(q->arena, "as of " STR_FMT, STR_ARG(date_long(q->arena, today)))};
    return count;
}

static const struct drawing *draw(const void *self, const struct graph_caption *caption,
                                  const size_t *places, size_t count)
{
    const struct cover *c = self;
    struct grid g = {.cover = c, .canvas = canvas_new(c->q, caption)};
    struct legend_entry legend[KINDS + RESULTS + 1];
    const struct record *unit = NULL;
    g.y = CANVAS_EDGE + HEAD_HEIGHT;
    draw_head(&g);
    for (size_t i = 0, in_unit = 0; i < count; i++) {
        const struct line *l = &c->lines[places[i]];
        if (i == 0 || row_unit(l->activity) != unit) {
            unit = row_unit(l->activity);
            in_unit = 0;
            const struct lettering how = {9, true, INK_MUTED, ANCHOR_START};
            canvas_words(&g.canvas, &how, CANVAS_EDGE, g.y + UNIT_HEIGHT / 2,
                         LABEL_WIDTH + GRID_WIDTH,
                         unit != NULL ? record_name(unit) : S("No known unit"));
            g.y += UNIT_HEIGHT;
        }
        draw_line(&g, l, in_unit++ % 2 == 0);
    }
    draw_lines(&g, CANVAS_EDGE + HEAD_HEIGHT - 6);
    size_t entries = legend_of(&g, legend);
    return canvas_close(&g.canvas, LABEL_WIDTH + GRID_WIDTH + LAST_WIDTH + 8 + 2 * CANVAS_EDGE,
                        g.y + 4, legend, entries);
}

/* -- The table ------------------------------------------------------------------------------- */

static void add_sessions(const struct cover *c, const struct line *l, struct cell *held,
                         struct cell *planned)
{
    struct arena *a = c->q->arena;
    for (size_t i = 0; i < l->count; i++) {
        const struct session *s = &l->sessions[i];
        bool is_planned = s->result == PLANNED || s->result == MISSED;
        if (cover_column(c, s->day) >= c->columns)
            continue;
        str words = str_fmt(a, STR_FMT " " STR_FMT " " STR_FMT, STR_ARG(s->exercise->id),
                            STR_ARG(name_of_kind(a, s->exercise)), STR_ARG(date_iso(a, s->day)));
        if (s->result != PLANNED)
            words = str_fmt(a, STR_FMT " (" STR_FMT ")", STR_ARG(words),
                            STR_ARG(result[s->result].word));
        cell_add(a, is_planned ? planned : held, words, s->exercise, TONE_NONE);
    }
}

static struct cell cell_last(const struct cover *c, const struct line *l)
{
    struct arena *a = c->q->arena;
    struct cell cell = {.count = 0};
    if (l->last != DATE_NONE) {
        cell_add(a, &cell, date_long(a, l->last), NULL, TONE_NONE);
        cell.sort = cell.data = date_iso(a, l->last);
    } else if (model_is_partial(c->q->model)) {
        cell_add(a, &cell, S("none known here"), NULL, TONE_MUTED);
    } else {
        cell_add(a, &cell, S("never"), NULL, TONE_BAD);
    }
    return cell;
}

static const struct table *table_of(const struct cover *c, str id, str caption)
{
    const struct column columns[] = {
        {S("activity"), S("Activity"), COLUMN_TEXT}, {S("unit"), S("Unit"), COLUMN_TEXT},
        {S("rto"), S("RTO"), COLUMN_TEXT},           {S("last"), S("Last exercised"), COLUMN_DATE},
        {S("held"), S("Held"), COLUMN_TEXT},         {S("planned"), S("Planned"), COLUMN_TEXT},
    };
    struct arena *a = c->q->arena;
    struct table *t = table_new(a, id, caption, columns, COUNT_OF(columns));
    t->head_column = true;
    t->note = request_scope(c->q);
    for (size_t i = 0; i < c->count; i++) {
        const struct line *l = &c->lines[i];
        const struct record *r = l->activity;
        struct cell *cell = table_row(a, t);
        cell[0] = cell_link(a, r, record_name(r));
        cell[1] = cell_of_field(a, r, schema_slot(r->type, ACTIVITY_UNIT), CELL_SHORT);
        cell[2] = cell_of_field(a, r, schema_slot(r->type, ACTIVITY_RTO), CELL_SHORT);
        cell[3] = cell_last(c, l);
        add_sessions(c, l, &cell[4], &cell[5]);
    }
    return t;
}

static str note_of(const struct cover *c)
{
    size_t of[STANDINGS] = {0};
    for (size_t i = 0; i < c->count; i++)
        of[c->rows[i].state]++;
    const char *here = model_is_partial(c->q->model) ? " in this copy" : "";
    return str_fmt(c->q->arena,
                   "%zu of %zu prioritised activities%s were exercised within the last %lld "
                   "months, %zu before that; %s %zu.",
                   of[RECENT], c->count, here, model_limit(c->q->model, LIMITS_EXERCISE_MONTHS),
                   of[LONG_AGO], here[0] != 0 ? "nothing is known here of" : "never:", of[NEVER]);
}

const struct drawing *chart_exercises(const struct request *q)
{
    static const struct bar_part standing[STANDINGS] = {
        [RECENT] = {{MARK_LETTER, S_INIT("R"), INK_GOOD, false, 0},
                    S_INIT("recently"),
                    S_INIT("exercised within the time of the house")},
        [LONG_AGO] = {{MARK_SOFT, S_INIT("L"), INK_WARN_FILL, false, 0},
                      S_INIT("long ago"),
                      S_INIT("longer ago")},
        [NEVER] = {{MARK_OUTLINE, S_INIT("N"), INK_BAD, false, 0},
                   S_INIT("never"),
                   S_INIT("no exercise known")},
    };
    struct arena *a = q->arena;
    struct cover c = {.q = q};
    struct graph_caption caption = request_caption(q);
    if (!cover_years(&c))
        return NULL;
    cover_collect(&c);
    caption.id = S("chart-exercises");
    if (q->subject.n != 0)
        caption.id = path_slug(a, str_fmt(a, "chart-exercises-" STR_FMT, STR_ARG(q->subject)));
    caption.title =
        str_fmt(a, "Exercises of prioritised activities, %d to %d", c.from_year, c.to_year);
    caption.description = S("Each row is a prioritised activity, each column a quarter of the "
                            "programme. A mark is an exercise: its letter tells the kind, its sign "
                            "the outcome: + met, ± partly, − not. A dashed mark is planned.");
    caption.table = table_of(&c, caption.id, caption.title);
    caption.note = c.count != 0 ? note_of(&c) : S("");
    const struct rows rows = {.q = q,
                              .caption = &caption,
                              .items = c.rows,
                              .count = c.count,
                              .states = standing,
                              .state_count = STANDINGS,
                              .draw = draw,
                              .self = &c};
    return rows_draw(&rows);
}
