/* form/draw/chart/risks: how likely and how bad each risk is, before and after treatment.
 *
 * A field for each likelihood and impact holds the ids of its risks: filled as they are, hollow
 * as they are left after treatment. What has no room is counted; the table has them all. */
#include "form/draw/chart/canvas_int.h"

#include <stdlib.h>

#include "form/table/cells.h"
#include "model/limits.h"

enum { LEVELS = 5, MARKS_PER_ROW = 2, MARK_ROWS_MIN = 2, MARK_ROWS_MAX = 6 };

#define AXIS_WIDTH  46.0 /* of the numbers at the left */
#define AXIS_HEIGHT 16.0
#define FIELD_PAD   5.0
#define FIELD_HEAD  16.0 /* of the words in a field: its score */
#define MARK_GAP    3.0
#define MARK_STEP   15.5
#define ID_SIZE     8.0
#define ID_WIDTH    70.0 /* at most */

/* From high to low. */
static const struct {
    str word;
    enum ink fill;
    enum tone tone;
} band[] = {
    {S_INIT("high"), INK_BAD_FILL, TONE_BAD},
    {S_INIT("medium"), INK_WARN_FILL, TONE_WARN},
    {S_INIT("low"), INK_GOOD_FILL, TONE_GOOD},
};
enum { HIGH, MEDIUM, LOW };

/* A likelihood and an impact, each 1 to LEVELS; 0: not known. */
struct rating {
    long long likelihood, impact;
};

struct risk {
    const struct record *record;
    struct rating inherent, residual;
};

struct grid {
    const struct request *q;
    struct canvas canvas;
    struct risk *risks;
    size_t count;
    double mark_width;
};

static long long level(const struct record *r, enum field_id field)
{
    long long n = rec_int(r, field, 0);
    return n >= 1 && n <= LEVELS ? n : 0;
}

static bool is_known(struct rating r)
{
    return r.likelihood != 0 && r.impact != 0;
}

static long long score(struct rating r)
{
    return r.likelihood * r.impact;
}

static size_t band_of(const struct model *m, long long points)
{
    return points >= model_limit(m, LIMITS_HIGH_RISK)     ? HIGH
           : points >= model_limit(m, LIMITS_MEDIUM_RISK) ? MEDIUM
                                                          : LOW;
}

/* -- Which risks ---------------------------------------------------------------------- */

/* The kinds that the schema has, or all. */
static bool is_kind(const struct request *q)
{
    const struct type_def *t = q->model->schema->types[TYPE_RISK];
    const struct field_def *f = &t->fields[schema_slot(t, RISK_KIND)];
    for (size_t i = 0; i < f->word_count; i++)
        if (str_eq(f->words[i], q->subject))
            return true;
    return q->subject.n == 0;
}

/* What is to be dealt with first comes first (S1.04); what is not known has no score. */
static int by_score(const void *x, const void *y)
{
    const struct risk *a = x, *b = y;
    long long one = score(a->inherent), other = score(b->inherent);
    if (one == other) {
        one = score(a->residual);
        other = score(b->residual);
    }
    if (one != other)
        return one > other ? -1 : 1;
    return str_cmp_natural(a->record->id, b->record->id);
}

static void collect(struct grid *g)
{
    const struct record_list *all = model_list(g->q->model, TYPE_RISK);
    g->risks = NEW_ARRAY(g->q->arena, struct risk, all->count);
    for (size_t i = 0; i < all->count; i++) {
        const struct record *r = all->items[i];
        bool is_asked = g->q->subject.n == 0 || str_eq(rec_text(r, RISK_KIND), g->q->subject);
        if (!is_asked || rec_is_over(r))
            continue;
        struct risk *risk = &g->risks[g->count++];
        risk->record = r;
        risk->inherent = (struct rating){level(r, RISK_LIKELIHOOD), level(r, RISK_IMPACT)};
        risk->residual =
            (struct rating){level(r, RISK_RESIDUAL_LIKELIHOOD), level(r, RISK_RESIDUAL_IMPACT)};
    }
    if (g->count != 0)
        qsort(g->risks, g->count, sizeof *g->risks, by_score);
}

/* -- Marks in a field ------------------------------------------------------------------ */

static bool is_at(struct rating r, struct rating field)
{
    return r.likelihood == field.likelihood && r.impact == field.impact;
}

static size_t marks_at(const struct grid *g, struct rating field)
{
    size_t count = 0;
    for (size_t i = 0; i < g->count; i++)
        count += (size_t)is_at(g->risks[i].inherent, field) + is_at(g->risks[i].residual, field);
    return count;
}

static size_t mark_rows(const struct grid *g, long long impact)
{
    size_t most = 0;
    for (long long likelihood = 1; likelihood <= LEVELS; likelihood++) {
        size_t count = marks_at(g, (struct rating){likelihood, impact});
        most = count > most ? count : most;
    }
    size_t rows = (most + MARKS_PER_ROW - 1) / MARKS_PER_ROW;
    return rows < MARK_ROWS_MIN ? MARK_ROWS_MIN : rows > MARK_ROWS_MAX ? MARK_ROWS_MAX : rows;
}

/* Marks on their way into a field; the last place says how many find none. */
struct filling {
    double x, y; /* of the first mark */
    size_t places, marks, placed;
};

static void add_mark(const struct grid *g, struct filling *f, const struct record *r, bool is_left)
{
    struct arena *a = g->q->arena;
    const struct canvas *c = &g->canvas;
    size_t at = f->placed++, last = f->places - 1;
    double x = f->x + (double)(at % MARKS_PER_ROW) * (g->mark_width + MARK_GAP);
    double y = f->y + (double)(at / MARKS_PER_ROW) * MARK_STEP;
    if (f->marks > f->places && at >= last) {
        if (at == last)
            canvas_words(c, &words_name, x + 2, y + MARK_SIDE / 2, g->mark_width,
                         str_fmt(a, "+%zu", f->marks - last));
        return;
    }
    struct mark mark = {.kind = is_left ? MARK_OUTLINE : MARK_LETTER, .ink = INK_TEXT};
    mark.letters = canvas_fit(c, r->id, ID_SIZE, true, g->mark_width - 4);
    shape_open(&c->pen,
               str_fmt(a, STR_FMT " " STR_FMT "%s", STR_ARG(r->id), STR_ARG(record_name(r)),
                       is_left ? ", after treatment" : ""),
               r);
    mark_letters(&c->pen, &mark, x, y, g->mark_width, ID_SIZE);
    shape_close(&c->pen);
}

static double field_width(const struct grid *g)
{
    return MARKS_PER_ROW * (g->mark_width + MARK_GAP) - MARK_GAP + 2 * FIELD_PAD;
}

static void draw_field(const struct grid *g, struct rating at, struct point corner, double height,
                       size_t rows)
{
    const struct pen *pen = &g->canvas.pen;
    size_t b = band_of(g->q->model, score(at));
    const struct look look = {band[b].fill, INK_LINE, 0.75, false};
    str words = str_fmt(g->q->arena, "%lld " STR_FMT, score(at), STR_ARG(band[b].word));
    struct filling f = {corner.x + FIELD_PAD, corner.y + FIELD_HEAD, rows * MARKS_PER_ROW,
                        marks_at(g, at), 0};
    const struct lettering head = {ID_SIZE, false, INK_TEXT, ANCHOR_START};
    shape_open(pen,
               str_fmt(g->q->arena, "likelihood %lld, impact %lld: " STR_FMT, at.likelihood,
                       at.impact, STR_ARG(words)),
               NULL);
    shape_rect(pen, &look, corner.x, corner.y, field_width(g), height, 0);
    canvas_words(&g->canvas, &head, corner.x + FIELD_PAD, corner.y + FIELD_HEAD / 2, field_width(g),
                 words);
    for (int is_left = 0; is_left < 2; is_left++)
        for (size_t i = 0; i < g->count; i++)
            if (is_at(is_left ? g->risks[i].residual : g->risks[i].inherent, at))
                add_mark(g, &f, g->risks[i].record, is_left);
    shape_close(pen);
}

/* -- The picture ------------------------------------------------------------------------ */

static void draw_axis(const struct grid *g, double bottom)
{
    const struct canvas *c = &g->canvas;
    const struct lettering start = {9, true, INK_MUTED, ANCHOR_START};
    const struct lettering end = {9, true, INK_MUTED, ANCHOR_END};
    double left = CANVAS_EDGE + AXIS_WIDTH, width = field_width(g);
    canvas_words(c, &start, CANVAS_EDGE, AXIS_HEIGHT / 2 + 1, 200, S("Impact ↑"));
    for (long long n = 1; n <= LEVELS; n++)
        canvas_words(c, &words_axis, left + ((double)n - 0.5) * width, bottom + AXIS_HEIGHT / 2,
                     width, str_fmt(g->q->arena, "%lld", n));
    canvas_words(c, &end, left + LEVELS * width, bottom + 1.5 * AXIS_HEIGHT, 200,
                 S("Likelihood →"));
}

static void measure_marks(struct grid *g)
{
    g->mark_width = 36;
    for (size_t i = 0; i < g->count; i++) {
        double width = canvas_width(&g->canvas, g->risks[i].record->id, ID_SIZE, true) + 6;
        g->mark_width = width > ID_WIDTH ? ID_WIDTH : width > g->mark_width ? width : g->mark_width;
    }
}

static const struct drawing *draw(struct grid *g)
{
    const struct legend_entry legend[] = {
        {{.kind = MARK_LETTER, .ink = INK_TEXT}, S("as it is")},
        {{.kind = MARK_OUTLINE, .ink = INK_TEXT}, S("after treatment")},
    };
    double y = CANVAS_EDGE + AXIS_HEIGHT, left = CANVAS_EDGE + AXIS_WIDTH;
    measure_marks(g);
    for (long long impact = LEVELS; impact >= 1; impact--) {
        size_t rows = mark_rows(g, impact);
        double height = FIELD_HEAD + (double)rows * MARK_STEP + 2;
        canvas_words(&g->canvas, &words_axis, left - 12, y + height / 2, AXIS_WIDTH,
                     str_fmt(g->q->arena, "%lld", impact));
        for (long long likelihood = 1; likelihood <= LEVELS; likelihood++)
            draw_field(g, (struct rating){likelihood, impact},
                       (struct point){left + (double)(likelihood - 1) * field_width(g), y}, height,
                       rows);
        y += height;
    }
    draw_axis(g, y);
    return canvas_close(&g->canvas, left + LEVELS * field_width(g) + CANVAS_EDGE,
                        y + 2 * AXIS_HEIGHT + CANVAS_EDGE, legend, COUNT_OF(legend));
}

/* -- The table -------------------------------------------------------------------------- */

static struct cell cell_score(const struct grid *g, struct rating r)
{
    struct arena *a = g->q->arena;
    struct cell c = {.count = 0};
    if (!is_known(r))
        return c;
    size_t b = band_of(g->q->model, score(r));
    cell_add(a, &c, str_fmt(a, "%lld", score(r)), NULL, TONE_NONE);
    cell_add(a, &c, band[b].word, NULL, band[b].tone);
    c.sort = sort_key_number(a, (double)score(r));
    c.data = str_fmt(a, "%lld", score(r));
    return c;
}

static struct cell cell_rating(const struct grid *g, const struct risk *risk,
                               enum field_id likelihood, enum field_id impact, struct rating r)
{
    struct arena *a = g->q->arena;
    const struct type_def *t = risk->record->type;
    if (is_known(r))
        return cell_text(a, str_fmt(a, "%lld × %lld", r.likelihood, r.impact));
    struct cell c = cell_of_field(a, risk->record, schema_slot(t, likelihood), CELL_SHORT);
    return c.count != 0 ? c : cell_of_field(a, risk->record, schema_slot(t, impact), CELL_SHORT);
}

static const struct table *table_of(const struct grid *g, str id, str caption)
{
    const struct column columns[] = {
        {S("id"), S("ID"), COLUMN_CODE},
        {S("title"), S("Risk"), COLUMN_TEXT},
        {S("inherent"), S("Likelihood × impact"), COLUMN_TEXT},
        {S("score"), S("Score"), COLUMN_CHIP},
        {S("treatment"), S("Treatment"), COLUMN_TEXT},
        {S("residual"), S("After treatment"), COLUMN_TEXT},
        {S("residual_score"), S("Score left"), COLUMN_CHIP},
        {S("owner"), S("Owner"), COLUMN_TEXT},
    };
    struct arena *a = g->q->arena;
    struct table *t = table_new(a, id, caption, columns, COUNT_OF(columns));
    t->note = request_scope(g->q);
    for (size_t i = 0; i < g->count; i++) {
        const struct risk *risk = &g->risks[i];
        const struct record *r = risk->record;
        struct cell *cell = table_row(a, t);
        cell[0] = cell_text(a, r->id);
        cell[0].sort = sort_key_natural(a, r->id);
        cell[1] = cell_link(a, r, record_name(r));
        cell[2] = cell_rating(g, risk, RISK_LIKELIHOOD, RISK_IMPACT, risk->inherent);
        cell[3] = cell_score(g, risk->inherent);
        cell[4] = cell_of_field(a, r, schema_slot(r->type, RISK_TREATMENT), CELL_SHORT);
        cell[5] =
            cell_rating(g, risk, RISK_RESIDUAL_LIKELIHOOD, RISK_RESIDUAL_IMPACT, risk->residual);
        cell[6] = cell_score(g, risk->residual);
        cell[7] = cell_of_field(a, r, schema_slot(r->type, COMMON_OWNER), CELL_SHORT);
    }
    return t;
}

static size_t count_without_place(const struct grid *g)
{
    size_t count = 0;
    for (size_t i = 0; i < g->count; i++)
        count += !is_known(g->risks[i].inherent);
    return count;
}

const struct drawing *chart_risks(const struct request *q)
{
    struct arena *a = q->arena;
    struct grid g = {.q = q};
    struct graph_caption caption = request_caption(q);
    if (!is_kind(q)) {
        request_refuse(q, "no kind of risk is called");
        return NULL;
    }
    collect(&g);
    caption.id = S("chart-risks");
    caption.title = S("Risks by likelihood and impact");
    if (q->subject.n != 0) {
        caption.id = str_fmt(a, "chart-risks-" STR_FMT, STR_ARG(q->subject));
        caption.title = str_fmt(a, STR_FMT " risks by likelihood and impact",
                                STR_ARG(word_for_people(a, q->subject)));
    }
    caption.description =
        S("Each field stands for a likelihood, from left to right, and an impact, "
          "from bottom to top, and says its score. It holds the ids of its "
          "risks: filled as they are, hollow as they are left after treatment.");
    caption.table = table_of(&g, caption.id, caption.title);
    g.canvas = canvas_new(q, &caption);
    if (g.count == 0)
        return canvas_empty(&g.canvas, &caption);
    const struct drawing *d = draw(&g);
    size_t left_out = count_without_place(&g);
    if (left_out != 0)
        g.canvas.pen.drawing->note =
            str_fmt(a, "%zu of them %s only in the table, without a known likelihood and impact.",
                    left_out, left_out == 1 ? "is" : "are");
    return d;
}
