/* write/pdf/columns: the letters and columns with which a table fits its sheet. */
#include <math.h>

#include "form/table/blank.h"
#include "write/pdf/table_int.h"

enum {
    WRITING_WIDTH = 110, /* points that a hand needs */
    ANSWER_WIDTH = 200,  /* for a line of words, where an author left a column or its head empty */
    BLANK_WIDTH = 40,    /* for a time, or for initials */
    PHRASE_WIDTH = 130,  /* for words in more than one line */
    NUMBER_WIDTH = 42,   /* a number with its unit: "3 days" over two lines looks broken */
    MANY = 8,            /* more columns than this crowd an upright sheet */
};

/* The power of three quarters: full columns get more, yet short ones that head
 * their rows don't become ladders of single words. */
static double weight_of(double width)
{
    return sqrt(width) * sqrt(sqrt(width));
}

static struct para_extent measure_cell(struct grid *g, size_t row, size_t column,
                                       struct column_need *need, struct arena *keep)
{
    struct chunks c = cell_chunks(g, row, column, TAG_NONE);
    struct para_style style = {.size = g->size, .align = PARA_LEFT, .width = 1e6};
    struct para_extent e = para_measure(g->layout, &c, &style, keep);
    need->least = fmax(need->least, e.narrowest);
    need->most = fmax(need->most, e.widest);
    if (row > 0)
        need->whole = fmax(need->whole, e.widest);
    need->weight += e.widest * e.widest;
    return e;
}

/* Of a column that is left to write in, where nothing else stands: what its head tells. */
static void leave_room(const struct grid *g, size_t column, double head_width,
                       struct column_need *need)
{
    struct arena *a = g->layout->scratch;
    bool is_blank = g->table == NULL || g->table->columns[column].kind == COLUMN_BLANK;
    str head = g->table != NULL           ? g->table->columns[column].head
               : g->cells[column] != NULL ? md_text(a, g->cells[column])
                                          : S("");
    if (!is_blank || need->whole > 0 || g->rows < 2 || head.n == 0)
        return;
    switch (blank_kind_of(str_lower(a, head), column == 0)) {
    case BLANK_TEXT:
        need->least = fmax(need->least, PHRASE_WIDTH);
        need->most = fmax(need->most, ANSWER_WIDTH);
        break;
    case BLANK_NAME:
        need->most = fmax(need->most, WRITING_WIDTH);
        break;
    case BLANK_NUMBER:
    case BLANK_SHORT:
        need->most = fmax(fmax(need->least, head_width), BLANK_WIDTH);
        break;
    }
}

/* What the columns need without padding, at the size in use. The weight follows
 * the root of the mean square: full cells count for more than empty ones. */
static struct row_sample measure(struct grid *g, struct column_need *need)
{
    enum { SAMPLE_ROWS = 60 };
    struct arena *a = g->layout->arena;
    size_t every = g->rows / SAMPLE_ROWS + 1;
    struct row_sample sample = {.columns = g->columns};
    sample.cell = NEW_ARRAY(a, struct para_extent, (g->rows / every + 2) * g->columns);
    g->layout->is_measuring = true;
    for (size_t row = 0; row < g->rows; row++) {
        bool is_kept = row % every == 0; /* else the next row takes its place */
        for (size_t i = 0; i < g->columns; i++)
            sample.cell[sample.rows * g->columns + i] =
                measure_cell(g, row, i, &need[i], is_kept ? a : NULL);
        sample.rows += is_kept;
        arena_reset(g->layout->scratch);
    }
    g->layout->is_measuring = false;
    for (size_t i = 0; i < g->columns; i++) {
        if (g->is_form && table_cell(g->table, 0, i)->count == 0)
            need[i].most = fmax(need[i].most, WRITING_WIDTH);
        if (g->table != NULL && column_is_blank(g->table->columns[i].kind))
            need[i].least =
                fmax(need[i].least,
                     g->table->columns[i].kind == COLUMN_ANSWER ? WRITING_WIDTH : BLANK_WIDTH);
        need[i].least = fmax(need[i].least, 6); /* an empty column is still one */
        bool is_headless = i > 0 && sample.cell[i].widest <= 0;
        if (g->table == NULL && g->rows > 1 && (need[i].whole <= 0 || is_headless))
            need[i].most = fmax(need[i].most, g->columns > 2 ? WRITING_WIDTH : ANSWER_WIDTH);
        leave_room(g, i, sample.cell[i].widest, &need[i]);
        if (need[i].whole <= NUMBER_WIDTH)
            need[i].least = fmax(need[i].least, need[i].whole);
        need[i].most = fmax(need[i].most, need[i].least);
        need[i].weight = weight_of(fmax(sqrt(need[i].weight / (double)g->rows), 6));
    }
    return sample;
}

static double sum(const double *v, size_t count)
{
    double total = 0;
    for (size_t i = 0; i < count; i++)
        total += v[i];
    return total;
}

/* Steps of the size for tables that are too wide; below the last nobody reads. */
static const struct {
    float size;
    double pad;
} step[] = {{8.8f, 5}, {8.2f, 4.4}, {7.6f, 3.8}, {7.0f, 3.2}, {6.3f, 2.6}};
enum { STEPS = COUNT_OF(step) };

/* How wide columns of that text are at a step. */
static double column_width(double text, int at)
{
    return text * (double)step[at].size / (double)step[0].size + 2 * step[at].pad;
}

/* The first step at which no word need break, or -1. */
static int step_that_fits(const struct column_need *need, size_t columns, double room)
{
    for (int at = 0; at < STEPS; at++) {
        double total = 0;
        for (size_t i = 0; i < columns; i++)
            total += column_width(need[i].least, at);
        if (total <= room)
            return at;
    }
    return -1;
}

/* True when at that step no line need break. */
static bool is_roomy(const struct column_need *need, size_t columns, double room, int at)
{
    double total = 0;
    for (size_t i = 0; i < columns; i++)
        total += column_width(need[i].most, at);
    return total <= room;
}

/* Where single words nearly fill the sheet, texts become ladders of them. */
static bool is_crowded(const struct column_need *need, size_t columns, double room, int at)
{
    enum { CROWDED_PERCENT = 80 };
    double total = 0;
    for (size_t i = 0; i < columns; i++)
        total += column_width(need[i].least, at);
    return total > room * CROWDED_PERCENT / 100 && !is_roomy(need, columns, room, at);
}

/* The first step at which no word need break and texts have room; not smaller for that than
 * most can read. -1: words break at each. */
static int step_with_room(const struct column_need *need, size_t columns, double room)
{
    enum { SMALL = 2 };
    int at = step_that_fits(need, columns, room);
    while (at >= 0 && at < SMALL && is_crowded(need, columns, room, at))
        at++;
    return at;
}

static void use_step(struct grid *g, int at, struct column_need *need, struct row_sample *sample)
{
    float scale = step[at].size / step[0].size;
    g->size.size *= scale;
    g->size.leading *= scale;
    g->pad = step[at].pad;
    for (size_t i = 0; i < g->columns; i++) {
        need[i].least = column_width(need[i].least, at);
        need[i].most = column_width(need[i].most, at);
        need[i].whole = column_width(need[i].whole, at);
    }
    sample->pad = g->pad;
    sample->scale = (double)scale;
}

static void place_columns(struct grid *g)
{
    double x = g->block.x, total = sum(g->width, g->columns);
    if (g->layout->is_rtl)
        x = g->block.x + g->block.width;
    for (size_t i = 0; i < g->columns; i++) {
        if (g->layout->is_rtl)
            x -= g->width[i];
        g->x[i] = x;
        if (!g->layout->is_rtl)
            x += g->width[i];
    }
    g->block.x = g->layout->is_rtl ? g->block.x + g->block.width - total : g->block.x;
    g->block.width = total;
}

/* A sheet is turned when that spares words from breaking, or many columns from
 * letters that few can read. */
static bool should_turn(const struct grid *g, const struct block *b, const struct column_need *need,
                        int at)
{
    enum { TINY = 2 }; /* from this step on */
    struct pdf_layout *l = g->layout;
    if (!b->is_top || l->is_landscape)
        return false;
    struct pdf_sheet turned = style_sheet(&l->paper, true, false);
    double room = turned.width - turned.left - turned.right;
    if (g->columns > MANY)
        return at < 0 || at >= TINY;
    return at < 0 && step_that_fits(need, g->columns, room) >= 0;
}

void columns_measure(struct grid *g)
{
    g->need = NEW_ARRAY(g->layout->arena, struct column_need, g->columns);
    g->sample = measure(g, g->need);
}

/* On the widest sheet that the table may use. */
static double widest_room(const struct grid *g, const struct block *b)
{
    struct pdf_sheet turned = style_sheet(&g->layout->paper, true, false);
    double room = block_wide(g->layout, b).width;
    return b->is_top ? fmax(room, turned.width - turned.left - turned.right) : room;
}

/* An endless word has to break in any case, and claims no more than others. */
static double room_in_part(const struct grid *g, size_t column, double room)
{
    enum { STEP = 2, SHARE = 3 };
    return fmin(column_width(g->need[column].least, STEP), room / SHARE);
}

size_t columns_part(const struct grid *g, const struct block *b, size_t from)
{
    double room = widest_room(g, b), used = room_in_part(g, 0, room);
    if (step_that_fits(g->need, g->columns, room) >= 0)
        return g->columns;
    size_t end = from;
    for (; end < g->columns; end++) {
        used += end > 0 ? room_in_part(g, end, room) : 0;
        if (used > room && end > from)
            break;
    }
    return end;
}

bool columns_find(struct grid *g, const struct block *b)
{
    struct pdf_layout *l = g->layout;
    struct column_need *need = g->need;
    struct row_sample sample = g->sample;
    g->width = NEW_ARRAY(l->arena, double, g->columns);
    g->x = NEW_ARRAY(l->arena, double, g->columns);
    g->block = block_wide(l, b);
    bool turns = should_turn(g, b, need, step_that_fits(need, g->columns, g->block.width));
    if (turns) {
        block_turn(l);
        g->block = block_wide(l, b);
    }
    int at = step_with_room(need, g->columns, g->block.width);
    if (at == 0 && !is_roomy(need, g->columns, g->block.width, 0) &&
        is_roomy(need, g->columns, g->block.width, 1))
        at = 1; /* a little smaller, and nothing wraps */
    use_step(g, at >= 0 ? at : g->columns > MANY ? STEPS - 1 : 0, need, &sample);
    widths_share(need, g->columns, g->block.width, g->width);
    if (at >= 0 && sum(g->width, g->columns) > g->block.width - 1)
        widths_settle(l->arena, need, &sample, g->width);
    place_columns(g);
    return turns;
}
