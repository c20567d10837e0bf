/* form/table/objectives: what is aimed at by when, and what the figures say of it. */
#include "form/table/cells.h"
#include "form/table/figures.h"

/* The figures of one objective, each once, whichever of the two names the other. */
struct aim {
    const struct record **kpis;
    size_t count, cap;
    size_t of[RATING_RED + 1]; /* by rating */
    size_t withheld;           /* computed, but not in this copy */
};

struct board {
    struct arena *arena;
    const struct model *model;
    size_t *shown_for; /* by number of the KPI: the objective that had it last, counted from 1 */
};

/* An old value by hand says nothing of a figure that this copy cannot compute. */
static enum rating rating_of(const struct board *b, const struct record *kpi)
{
    const struct figure *f = kpi_figure(b->model, kpi);
    return f->is_withheld ? RATING_NONE : figure_rating(kpi, figure_last(f));
}

static void take(struct board *b, struct aim *aim, const struct record *objective,
                 const struct record *kpi)
{
    if (kpi == NULL || kpi->type->number != TYPE_KPI || !rec_is_live(kpi) ||
        b->shown_for[kpi->number] == objective->number + 1)
        return;
    b->shown_for[kpi->number] = objective->number + 1;
    PUSH(b->arena, aim->kpis, aim->count, aim->cap, const struct record *) = kpi;
    aim->of[rating_of(b, kpi)]++;
    aim->withheld += kpi_figure(b->model, kpi)->is_withheld;
}

static struct aim aim_of(struct board *b, const struct record *objective)
{
    struct aim aim = {0};
    size_t count;
    const struct field_value *v = rec_items(objective, OBJECTIVE_KPI, &count);
    for (size_t i = 0; i < count; i++)
        take(b, &aim, objective, field_target(&v[i]));
    for (size_t i = 0; i < objective->back_count; i++)
        take(b, &aim, objective, objective->back[i].from);
    return aim;
}

/* "KPI-001 Analyses in date: 97 %", each in the tone of its rating, which its word says too. */
static struct cell figures_of(const struct board *b, const struct aim *aim)
{
    static const struct {
        const char *word;
        enum tone tone;
    } look[] = {[RATING_NONE] = {"not rated", TONE_MUTED},
                [RATING_GREEN] = {"green", TONE_GOOD},
                [RATING_AMBER] = {"amber", TONE_WARN},
                [RATING_RED] = {"red", TONE_BAD}};
    struct arena *a = b->arena;
    struct piece *p = NEW_ARRAY(a, struct piece, aim->count + 1);
    for (size_t i = 0; i < aim->count; i++) {
        const struct record *kpi = aim->kpis[i];
        const struct figure *f = kpi_figure(b->model, kpi);
        const struct figure_point *last = figure_last(f);
        enum rating rating = rating_of(b, kpi);
        str value = f->is_withheld ? text_not_in_copy(a, S(""))
                    : last != NULL ? figure_words(a, kpi, last)
                                   : S("no value");
        p[i] = (struct piece){str_fmt(a, STR_FMT ": " STR_FMT ", %s", STR_ARG(kpi->id),
                                      STR_ARG(value), look[rating].word),
                              kpi, look[rating].tone};
    }
    return (struct cell){.pieces = p, .count = aim->count};
}

/* Only what all of its figures say is said. */
static struct cell state_of(const struct board *b, const struct record *objective,
                            const struct aim *aim)
{
    struct arena *a = b->arena;
    bool is_late = model_is_past(b->model, rec_date(objective, OBJECTIVE_DUE));
    bool is_green = aim->count != 0 && aim->of[RATING_GREEN] == aim->count;
    if (aim->withheld != 0)
        return (struct cell){0};
    if (is_green)
        return cell_chip(a, is_late ? S("Reached") : S("On target"), TONE_GOOD);
    if (aim->of[RATING_RED] + aim->of[RATING_AMBER] == 0)
        return model_is_partial(b->model) ? (struct cell){0}
               : is_late                  ? cell_chip(a, S("Late, not measured"), TONE_BAD)
                                          : cell_chip(a, S("Not measured"), TONE_WARN);
    if (is_late)
        return cell_chip(a, S("Late"), TONE_BAD);
    return aim->of[RATING_RED] != 0 ? cell_chip(a, S("At risk"), TONE_BAD)
                                    : cell_chip(a, S("Not there yet"), TONE_WARN);
}

static void add_objective(struct board *b, struct table *t, const struct record *r)
{
    struct arena *a = b->arena;
    struct aim aim = aim_of(b, r);
    const struct record *progress = rec_newest(r, OBJECTIVE_PROGRESS, PROGRESS_DATE);
    struct cell *cells = table_row(a, t);
    cells[0] = cell_text(a, r->id);
    cells[1] = cell_record(a, r);
    cells[2] = cell_field(a, r, OBJECTIVE_TARGET);
    cells[3] = cell_field(a, r, OBJECTIVE_DUE);
    cells[4] = figures_of(b, &aim);
    if (aim.withheld == 0 && aim.of[RATING_NONE] < aim.count)
        cells[5] =
            cell_text(a, str_fmt(a, "%zu\u00a0of\u00a0%zu", aim.of[RATING_GREEN], aim.count));
    if (progress != NULL)
        cells[6] = cell_text(a, str_fmt(a, STR_FMT " (" STR_FMT ")",
                                        STR_ARG(rec_text(progress, PROGRESS_TEXT)),
                                        STR_ARG(date_long(a, rec_date(progress, PROGRESS_DATE)))));
    cells[7] = cell_field(a, r, OBJECTIVE_WHO);
    cells[8] = state_of(b, r, &aim);
}

const struct table *objective_board(struct arena *a, const struct model *m)
{
    static const struct column column[] = {
        COLUMN("id", "ID", CODE),
        COLUMN("objective", "Objective", TEXT),
        COLUMN("target", "Target", TEXT),
        COLUMN("due", "Due", DATE),
        COLUMN("figures", "Figures", CHIP),
        COLUMN("green", "Green", TEXT),
        COLUMN("progress", "Progress", TEXT),
        COLUMN("who", "Who", TEXT),
        COLUMN("state", "State", CHIP),
    };
    const struct record_list *list = model_list(m, TYPE_OBJECTIVE);
    struct board b = {a, m, NEW_ARRAY(a, size_t, model_list(m, TYPE_KPI)->count + 1)};
    struct table *t = table_new(a, S("list-objectives"), S("Objectives"), column, COUNT_OF(column));
    for (size_t i = 0; i < list->count; i++)
        if (rec_is_live(list->items[i]))
            add_objective(&b, t, list->items[i]);
    return t;
}
