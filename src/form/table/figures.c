/* form/table/figures: KPIs over time, as cells and as lists. */
#include "form/table/figures.h"

#include "base/buf.h"
#include "form/table/cells.h"
#include "form/table/system.h"

/* -- Cells ------------------------------------------------------------------------------------ */

struct cell figure_cell(struct arena *a, const struct record *kpi, const struct figure_point *p)
{
    if (p == NULL)
        return (struct cell){0};
    struct cell c = cell_text(a, figure_words(a, kpi, p));
    if (p->value.is < VALUE_RANGE)
        return c;
    c.data = figure_bare(a, p);
    c.sort = sort_key_number(a, p->value.low);
    return c;
}

struct cell figure_rating_cell(struct arena *a, const struct record *kpi,
                               const struct figure_point *p)
{
    switch (figure_rating(kpi, p)) {
    case RATING_GREEN:
        return cell_chip(a, S("Green"), TONE_GOOD);
    case RATING_AMBER:
        return cell_chip(a, S("Amber"), TONE_WARN);
    case RATING_RED:
        return cell_chip(a, S("Red"), TONE_BAD);
    default:
        return (struct cell){0};
    }
}

struct cell figure_line_cell(struct arena *a, const struct figure *f)
{
    struct buf words = buf_in(a, 64);
    size_t shown = 0, from = f->count;
    while (from > 0 && shown < FIGURE_LINE_MAX)
        shown += f->points[--from].value.is >= VALUE_RANGE;
    for (size_t i = from; i < f->count; i++)
        if (f->points[i].value.is >= VALUE_RANGE)
            buf_fmt(&words, "%s" STR_FMT, words.n != 0 ? "\u00a0→ " : "",
                    STR_ARG(figure_bare(a, &f->points[i])));
    return words.n != 0 ? cell_text(a, buf_str(&words)) : (struct cell){0};
}

struct cell figure_trend_cell(struct arena *a, const struct record *kpi, const struct figure *f)
{
    switch (figure_trend(kpi, f)) {
    case TREND_BETTER:
        return cell_chip(a, S("Better"), TONE_GOOD);
    case TREND_SAME:
        return cell_chip(a, S("Unchanged"), TONE_MUTED);
    case TREND_WORSE:
        return cell_chip(a, S("Worse"), TONE_WARN);
    default:
        return (struct cell){0};
    }
}

/* -- One KPI ---------------------------------------------------------------------------------- */

static str whence(const struct figure_point *p)
{
    return p->is_measured ? S("measured") : S("computed");
}

/* What the value rests on, or what else was said of that day. */
static struct cell note_of(struct arena *a, const struct figure_point *p)
{
    str note = p->measurement != NULL ? rec_text(p->measurement, MEASUREMENT_NOTE) : S("");
    if (p->is_measured && p->computed.is == VALUE_RANGE)
        note =
            str_fmt(a, "The records give " STR_FMT ", since %zu of %zu were written over%s" STR_FMT,
                    STR_ARG(figure_value_words(a, &p->computed)), p->computed.unknown,
                    p->computed.of, note.n != 0 ? "; " : "", STR_ARG(note));
    else if (p->is_measured && p->computed.is == VALUE_UNKNOWN)
        note = str_fmt(a, "The records no longer tell%s" STR_FMT, note.n != 0 ? "; " : "",
                       STR_ARG(note));
    else if (p->value.is == VALUE_RANGE)
        note = str_fmt(a, "%zu of %zu were written over since", p->value.unknown, p->value.of);
    else if (!p->is_measured && p->measurement != NULL && !figure_agrees(p))
        note = str_fmt(a, "Measured at " STR_FMT "%s" STR_FMT,
                       STR_ARG(rec_text(p->measurement, MEASUREMENT_VALUE)),
                       note.n != 0 ? "; " : "", STR_ARG(note));
    return note.n != 0 ? cell_text(a, note) : (struct cell){0};
}

static void put_point(struct arena *a, struct cell *cells, const struct record *kpi,
                      const struct figure_point *p)
{
    cells[0] = cell_day(a, p->day);
    cells[1] = figure_cell(a, kpi, p);
    cells[2] = cell_text(a, whence(p));
    cells[3] = figure_rating_cell(a, kpi, p);
    cells[4] = note_of(a, p);
}

const struct table *figure_table(struct arena *a, const struct model *m, const struct record *kpi,
                                 str id, str caption)
{
    static const struct column column[] = {
        COLUMN("day", "Day", DATE),    COLUMN("value", "Value", NUMBER),
        COLUMN("whence", "How", TEXT), COLUMN("rating", "Rating", CHIP),
        COLUMN("note", "Note", TEXT),
    };
    const struct figure *f = kpi_figure(m, kpi);
    struct table *t = table_new(a, id, caption, column, COUNT_OF(column));
    for (size_t i = f->count; i-- > 0;)
        put_point(a, table_row(a, t), kpi, &f->points[i]);
    if (f->is_withheld)
        t->note = S("It is computed from records that are not all in this copy.");
    else if (f->count == 0)
        t->note = S("Nothing recorded.");
    else if (f->def != NULL)
        t->note = str_fmt(a, "Computed from the records: " STR_FMT ".",
                          STR_ARG(text_inside_sentence(a, f->def->words)));
    return t;
}

/* -- All KPIs --------------------------------------------------------------------------------- */

static struct cell how_of(struct arena *a, const struct record *kpi, const struct figure *f)
{
    if (f->is_withheld)
        return cell_text(a, S("computed, but not in this copy"));
    if (f->def != NULL) {
        struct cell c = cell_text(a, S("computed"));
        c.data = f->def->name;
        return c;
    }
    return rec_lacks(kpi, KPI_MEASUREMENTS) ? (struct cell){0} : cell_text(a, S("measured"));
}

/* "green 95, amber 85": green is what is aimed at. */
static struct cell limits_of(struct arena *a, const struct record *kpi)
{
    str green = rec_text(kpi, KPI_GREEN), amber = rec_text(kpi, KPI_AMBER);
    struct buf words = buf_in(a, 32);
    if (green.n != 0)
        buf_fmt(&words, "green\u00a0" STR_FMT, STR_ARG(green));
    if (amber.n != 0)
        buf_fmt(&words, "%samber\u00a0" STR_FMT, words.n != 0 ? ", " : "", STR_ARG(amber));
    return words.n != 0 ? cell_text(a, buf_str(&words)) : (struct cell){0};
}

static void add_kpi(struct arena *a, const struct model *m, struct table *t,
                    const struct record *kpi)
{
    const struct figure *f = kpi_figure(m, kpi);
    const struct figure_point *last = figure_last(f), *before = figure_before(f);
    const struct figure_point *first = figure_first(kpi, f);
    struct cell *cells = table_row(a, t);
    cells[0] = cell_text(a, kpi->id);
    cells[1] = cell_record(a, kpi);
    cells[2] = how_of(a, kpi, f);
    cells[3] = last != NULL ? cell_day(a, last->day) : (struct cell){0};
    cells[4] = figure_cell(a, kpi, last);
    cells[5] = figure_cell(a, kpi, before);
    cells[6] = figure_line_cell(a, f);
    cells[7] = figure_trend_cell(a, kpi, f);
    cells[8] = figure_rating_cell(a, kpi, last);
    cells[9] = limits_of(a, kpi);
    cells[10] = cell_field(a, kpi, COMMON_OWNER);
    cells[11] = first != NULL ? cell_day(a, first->day) : (struct cell){0};
}

static str note_of_copy(const struct model *m)
{
    return model_is_partial(m) ? S("What is computed from all records is not in this copy.")
                               : S("");
}

const struct table *kpi_board(struct arena *a, const struct model *m)
{
    static const struct column column[] = {
        COLUMN("id", "ID", CODE),
        COLUMN("figure", "Figure", TEXT),
        COLUMN("how", "How", CODE),
        COLUMN("taken", "As of", DATE),
        COLUMN("value", "Last value", NUMBER),
        COLUMN("before", "Before", NUMBER),
        COLUMN("line", "Last values", TEXT),
        COLUMN("trend", "Trend", CHIP),
        COLUMN("rating", "Rating", CHIP),
        COLUMN("limits", "Limits", TEXT),
        COLUMN("owner", "Owner", TEXT),
        COLUMN("since", "First taken", DATE),
    };
    struct table *t = table_new(a, S("list-kpis"), S("Figures"), column, COUNT_OF(column));
    const struct record_list *list = model_list(m, TYPE_KPI);
    for (size_t i = 0; i < list->count; i++)
        if (rec_is_live(list->items[i]))
            add_kpi(a, m, t, list->items[i]);
    t->note = note_of_copy(m);
    return t;
}

/* The newest first. */
const struct table *kpi_values(struct arena *a, const struct model *m)
{
    static const struct column column[] = {
        COLUMN("id", "ID", CODE),      COLUMN("figure", "Figure", TEXT),
        COLUMN("day", "Day", DATE),    COLUMN("value", "Value", NUMBER),
        COLUMN("whence", "How", TEXT), COLUMN("rating", "Rating", CHIP),
        COLUMN("note", "Note", TEXT),
    };
    struct table *t =
        table_new(a, S("list-kpi-values"), S("Figures over time"), column, COUNT_OF(column));
    const struct record_list *list = model_list(m, TYPE_KPI);
    for (size_t i = 0; i < list->count; i++) {
        const struct record *kpi = list->items[i];
        const struct figure *f = kpi_figure(m, kpi);
        for (size_t j = f->count; rec_is_live(kpi) && j-- > 0;) {
            struct cell *cells = table_row(a, t);
            cells[0] = cell_text(a, kpi->id);
            cells[1] = cell_record(a, kpi);
            put_point(a, cells + 2, kpi, &f->points[j]);
        }
    }
    t->note = note_of_copy(m);
    return t;
}
