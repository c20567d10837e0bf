/* form/table/impact_grid: the impact of an outage over time, category by category (8.2.2). */
#include "form/table/recovery.h"

#include "form/table/cells.h"
#include "model/impact.h"

/* The row of a category; NULL: the analysis has none. */
static const struct record *row_of(const struct record *bia, str key)
{
    size_t count;
    const struct field_value *v = rec_items(bia, BIA_GRID, &count);
    for (size_t i = 0; i < count; i++)
        if (v[i].state == FV_PRESENT && str_eq(rec_text(v[i].record, IMPACT_ROW_CATEGORY), key))
            return v[i].record;
    return NULL;
}

/* From the level on that the method calls unacceptable the number stands in a chip. */
static struct cell level_cell(struct arena *a, const struct field_value *level,
                              const struct record *category)
{
    long long limit = rec_int(category, IMPACT_CATEGORY_UNACCEPTABLE, INT64_MAX);
    if (level->state != FV_PRESENT)
        return cell_chip(a, S("?"), TONE_WARN);
    str text = str_fmt(a, "%lld", level->number);
    return level->number >= limit ? cell_chip(a, text, TONE_BAD) : cell_text(a, text);
}

static void add_category(struct arena *a, struct table *t, const struct record *bia,
                         const struct record *category, size_t buckets)
{
    size_t count = 0;
    const struct record *row = row_of(bia, rec_text(category, IMPACT_CATEGORY_KEY));
    const struct field_value *v = row == NULL ? NULL : rec_items(row, IMPACT_ROW_LEVELS, &count);
    struct cell *cells = table_row(a, t);
    cells[0] = cell_text(a, rec_text(category, IMPACT_CATEGORY_NAME));
    for (size_t i = 0; i < buckets; i++) /* levels that do not fit the buckets mean nothing */
        cells[i + 1] =
            count == buckets ? level_cell(a, &v[i], category) : cell_chip(a, S("?"), TONE_WARN);
    if (row != NULL)
        cells[buckets + 1] = cell_field(a, row, IMPACT_ROW_REASON);
}

static struct column *columns_of(struct arena *a, const struct field_value *buckets, size_t count)
{
    struct column *columns = NEW_ARRAY(a, struct column, count + 2);
    columns[0] = (struct column){S("category"), S("If it is out for"), COLUMN_TEXT};
    for (size_t i = 0; i < count; i++) {
        str time = buckets[i].state == FV_PRESENT ? duration_short(a, buckets[i].minutes)
                                                  : buckets[i].text;
        columns[i + 1] = (struct column){time, time, COLUMN_NUMBER};
    }
    columns[count + 1] = (struct column){S("reason"), S("Why"), COLUMN_TEXT};
    return columns;
}

static str in_words(struct arena *a, const struct impact *i)
{
    if (i->is_known && i->mtpd == DURATION_NONE)
        return S("It never becomes unacceptable, so the grid gives no MTPD.");
    if (i->is_known)
        return str_fmt(a,
                       "Unacceptable from " STR_FMT " on (" STR_FMT "): that is the MTPD by the "
                       "grid. Levels in a frame are unacceptable.",
                       STR_ARG(duration_words(a, i->mtpd)),
                       STR_ARG(rec_text(i->category, IMPACT_CATEGORY_NAME)));
    if (i->bearable == DURATION_NONE)
        return S("The grid has gaps: it gives no MTPD.");
    return str_fmt(a, "The grid has gaps: bearable for " STR_FMT ", beyond that not known.",
                   STR_ARG(duration_words(a, i->bearable)));
}

const struct table *impact_grid(struct arena *a, const struct model *m, const struct record *bia)
{
    size_t buckets = 0, categories = 0;
    const struct record *method = model_bia_method(m);
    const struct field_value *b =
        method == NULL ? NULL : rec_items(method, BIA_METHOD_BUCKETS, &buckets);
    if (b == NULL || buckets == 0)
        return NULL;
    struct impact impact = model_impact(a, m, bia);
    struct table *t =
        table_new(a, S("impact"), S("Impact over time"), columns_of(a, b, buckets), buckets + 2);
    const struct field_value *v = rec_items(method, BIA_METHOD_CATEGORIES, &categories);
    for (size_t i = 0; i < categories; i++)
        if (v[i].state == FV_PRESENT)
            add_category(a, t, bia, v[i].record, buckets);
    t->head_column = true;
    t->note = in_words(a, &impact);
    return t;
}
