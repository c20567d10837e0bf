/* write/pdf/settle: columns that make the rows of a table low.
 *
 * Shares by what usually stands in a column leave some rows tall for one long
 * cell beside empty ones. From there, room goes from column to column in steps
 * that become smaller, as long as the rows that were sampled become lower. */
#include <math.h>

#include "write/pdf/table_int.h"

struct settling {
    const struct row_sample *sample;
    double *width;
    double *weight; /* of each cell: the fourth power of its lines */
    double *row;    /* their sums: of each row */
};

/* Lines of a cell that is so wide, each filled as far as it goes. The last counts for
 * less when little stands in it, so that a step too small to spare it is felt. */
static double lines_of(const struct para_extent *cell, double width)
{
    double lines = 1, used = 0;
    for (size_t i = 0; i < cell->count; i++) {
        double part = (double)cell->parts[i].width;
        if (used > 0 && used + part > width + 0.01) {
            lines++;
            used = 0;
        }
        used += part + (double)cell->parts[i].space;
    }
    return lines - 0.3 * (1 - fmin(1, used / width));
}

static double weight_of(const struct settling *s, size_t row, size_t column, double width)
{
    const struct row_sample *m = s->sample;
    const struct para_extent *cell = &m->cell[row * m->columns + column];
    double room = (width - 2 * m->pad) / m->scale;
    double lines = cell->widest <= room + 0.01 ? 1 : lines_of(cell, room);
    return lines * lines * lines * lines;
}

static void weigh(struct settling *s)
{
    const struct row_sample *m = s->sample;
    for (size_t row = 0; row < m->rows; row++) {
        s->row[row] = 0;
        for (size_t i = 0; i < m->columns; i++) {
            double weight = weight_of(s, row, i, s->width[i]);
            s->weight[row * m->columns + i] = weight;
            s->row[row] += weight;
        }
    }
}

/* How much lower the rows become, in lines, when `to` gets that much of `from`.
 * The fourth root of the sum of fourth powers is close to the tallest cell, yet
 * notices a second one that is nearly as tall. */
static double gain(const struct settling *s, size_t from, size_t to, double step)
{
    const struct row_sample *m = s->sample;
    double total = 0;
    for (size_t row = 0; row < m->rows; row++) {
        const double *weight = &s->weight[row * m->columns];
        double after = s->row[row] - weight[from] - weight[to] +
                       weight_of(s, row, from, s->width[from] - step) +
                       weight_of(s, row, to, s->width[to] + step);
        total += sqrt(sqrt(s->row[row])) - sqrt(sqrt(after));
    }
    return total;
}

/* True when anything was moved. */
static bool move_all(struct settling *s, const struct column_need *need, double step)
{
    bool is_moved = false;
    size_t count = s->sample->columns;
    for (size_t i = 0; i < count * count; i++) {
        size_t from = i / count, to = i % count;
        if (from == to || s->width[from] - step < need[from].least ||
            s->width[to] + step > need[to].most)
            continue;
        if (gain(s, from, to, step) <= 0.002 * (double)s->sample->rows)
            continue;
        s->width[from] -= step;
        s->width[to] += step;
        weigh(s);
        is_moved = true;
    }
    return is_moved;
}

void widths_settle(struct arena *a, const struct column_need *need, const struct row_sample *sample,
                   double *width)
{
    enum { SWEEPS_MAX = 6 }; /* for each step; two do nearly all */
    struct settling s = {sample, width, NEW_ARRAY(a, double, sample->rows * sample->columns),
                         NEW_ARRAY(a, double, sample->rows)};
    weigh(&s);
    for (double step = 32; step >= 4; step /= 2)
        for (int sweep = 0; sweep < SWEEPS_MAX && move_all(&s, need, step); sweep++)
            ;
}
