/* form/table/measurements: the matrix from objectives over success factors to figures (S2.30). */
#include "form/table/system.h"

#include "form/table/cells.h"
#include "form/table/figures.h"

struct matrix {
    struct arena *arena;
    const struct model *model;
    struct table *table;
    const struct record **shown_for; /* by number of the KPI: what it was shown for last */
};

/* Whoever changes an objective looks at its figures again. */
static struct cell state_of(const struct matrix *x, const struct record *of,
                            const struct record *kpi)
{
    struct arena *a = x->arena;
    if ((kpi == NULL || of == NULL) && model_is_partial(x->model))
        return (struct cell){0}; /* the other one may not be in this copy */
    if (kpi == NULL)
        return cell_chip(a, S("No figure"), TONE_BAD);
    if (of == NULL)
        return cell_chip(a, S("Serves nothing"), TONE_WARN);
    date aimed = rec_date(of, COMMON_REVIEWED), seen = rec_date(kpi, COMMON_REVIEWED);
    if (rec_lacks(kpi, KPI_CSF) && of->type->number == TYPE_OBJECTIVE)
        return cell_chip(a, S("No success factor"), TONE_WARN);
    if (aimed == DATE_NONE || seen == DATE_NONE)
        return (struct cell){0};
    return aimed > seen ? cell_chip(a, S("To be looked at again"), TONE_WARN)
                        : cell_chip(a, S("In step"), TONE_GOOD);
}

static void put_kpi(struct arena *a, const struct model *m, struct cell *cells,
                    const struct record *kpi)
{
    const struct figure *f = kpi_figure(m, kpi);
    const struct figure_point *last = figure_last(f);
    cells[4] = cell_record(a, kpi);
    cells[5] = cell_field(a, kpi, KPI_FREQUENCY);
    cells[6] = cell_field(a, kpi, KPI_GREEN);
    if (last != NULL) {
        cells[7] = cell_day(a, last->day);
        cells[8] = figure_cell(a, kpi, last);
        cells[9] = figure_rating_cell(a, kpi, last);
    } else if (f->is_withheld) {
        cells[8] = cell_text(a, text_not_in_copy(a, S("")));
    }
    cells[10] = cell_field(a, kpi, COMMON_REVIEWED);
}

static void add_row(struct matrix *x, const struct record *of, const struct record *kpi)
{
    struct arena *a = x->arena;
    struct cell *cells = table_row(a, x->table);
    bool is_service = of != NULL && of->type->number == TYPE_SERVICE;
    if (of != NULL) {
        cells[0] = cell_record(a, of);
        cells[1] = is_service ? cell_text(a, S("IT service")) : cell_field(a, of, OBJECTIVE_TARGET);
        cells[2] = cell_field(a, of, COMMON_REVIEWED);
    }
    if (is_service)
        cells[3] = cell_field(a, of, SERVICE_CSF);
    else if (kpi != NULL)
        cells[3] = cell_field(a, kpi, KPI_CSF);
    if (kpi != NULL)
        put_kpi(a, x->model, cells, kpi);
    cells[11] = state_of(x, of, kpi);
}

/* Once for each of its objectives, whichever of the two names the other. */
static void show(struct matrix *x, const struct record *of, const struct record *kpi, size_t *shown)
{
    if (kpi == NULL || kpi->type->number != TYPE_KPI || !rec_is_live(kpi) ||
        x->shown_for[kpi->number] == of)
        return;
    x->shown_for[kpi->number] = of;
    add_row(x, of, kpi);
    ++*shown;
}

static void add_subject(struct matrix *x, const struct record *of, enum field_id kpis)
{
    size_t count, shown = 0;
    const struct field_value *v = rec_items(of, kpis, &count);
    for (size_t i = 0; i < count; i++)
        show(x, of, field_target(&v[i]), &shown);
    for (size_t i = 0; i < of->back_count; i++)
        show(x, of, of->back[i].from, &shown);
    if (shown == 0 && rec_lacks(of, kpis))
        add_row(x, of, NULL);
}

const struct table *measurements(struct arena *a, const struct model *m)
{
    static const struct column column[] = {
        COLUMN("of", "Objective or service", TEXT),
        COLUMN("target", "Target", TEXT),
        COLUMN("aimed_on", "Objective looked at", DATE),
        COLUMN("factor", "Critical success factor", TEXT),
        COLUMN("figure", "Figure", TEXT),
        COLUMN("frequency", "Taken every", TEXT),
        COLUMN("green", "Green limit", NUMBER),
        COLUMN("taken", "Taken", DATE),
        COLUMN("value", "Value", NUMBER),
        COLUMN("rating", "Rating", CHIP),
        COLUMN("figure_seen", "Figure looked at", DATE),
        COLUMN("state", "State", CHIP),
    };
    const struct record_list *objectives = model_list(m, TYPE_OBJECTIVE);
    const struct record_list *services = model_list(m, TYPE_SERVICE);
    const struct record_list *kpis = model_list(m, TYPE_KPI);
    struct matrix x = {
        a, m,
        table_new(a, S("list-measures"), S("Matrix of measurements"), column, COUNT_OF(column)),
        NEW_ARRAY(a, const struct record *, kpis->count + 1)};
    for (size_t i = 0; i < objectives->count; i++)
        if (rec_is_live(objectives->items[i]))
            add_subject(&x, objectives->items[i], OBJECTIVE_KPI);
    for (size_t i = 0; i < services->count; i++)
        if (rec_is_live(services->items[i]))
            add_subject(&x, services->items[i], SERVICE_KPIS);
    for (size_t i = 0; i < kpis->count; i++)
        if (rec_is_live(kpis->items[i]) && x.shown_for[kpis->items[i]->number] == NULL)
            add_row(&x, NULL, kpis->items[i]);
    return x.table;
}

/* -- Out of their limits ---------------------------------------------------------------------- */

/* Of what this copy cannot compute nothing is said. */
static bool is_out(const struct record *kpi, const struct figure *f)
{
    enum rating rating = figure_rating(kpi, figure_last(f));
    return rating == RATING_AMBER || rating == RATING_RED ||
           (figure_last(f) == NULL && !f->is_withheld);
}

const struct table *figures_out(struct arena *a, const struct model *m)
{
    static const struct column column[] = {
        COLUMN("figure", "Figure", TEXT),       COLUMN("owner", "Owner", TEXT),
        COLUMN("green", "Green limit", NUMBER), COLUMN("taken", "Taken", DATE),
        COLUMN("value", "Value", NUMBER),       COLUMN("rating", "Rating", CHIP),
        COLUMN("note", "Note", TEXT),
    };
    struct table *t = table_new(a, S("list-figures-out"), S("Figures out of their limits"), column,
                                COUNT_OF(column));
    const struct record_list *kpis = model_list(m, TYPE_KPI);
    for (size_t i = 0; i < kpis->count; i++) {
        const struct record *kpi = kpis->items[i];
        const struct figure *f = kpi_figure(m, kpi);
        const struct figure_point *last = figure_last(f);
        if (!rec_is_live(kpi) || !is_out(kpi, f))
            continue;
        struct cell *cells = table_row(a, t);
        cells[0] = cell_record(a, kpi);
        cells[1] = cell_field(a, kpi, COMMON_OWNER);
        cells[2] = cell_field(a, kpi, KPI_GREEN);
        if (last == NULL) {
            cells[5] = cell_chip(a, S("No value"), TONE_BAD);
            continue;
        }
        cells[3] = cell_day(a, last->day);
        cells[4] = figure_cell(a, kpi, last);
        cells[5] = figure_rating_cell(a, kpi, last);
        if (last->measurement != NULL)
            cells[6] = cell_field(a, last->measurement, MEASUREMENT_NOTE);
    }
    return t;
}
