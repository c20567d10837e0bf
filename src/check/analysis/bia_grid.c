/* check/analysis/bia_grid: impact over time, as the method asks (BI3 to BI5). */
#include "check/check_int.h"

#include "model/due.h"
#include "model/impact.h"

/* The method in use, and its time buckets. */
struct method {
    const struct record *record;
    const struct field_value *buckets;
    size_t count;
    bool is_rising;        /* each bucket is longer than the one before */
    struct map categories; /* keys */
};

/* -- The MTPD (BI3) --------------------------------------------------------------------------- */

static void check_stated(struct checker *c, const struct record *bia)
{
    struct impact grid = model_impact(c->scratch, c->model, bia);
    duration stated = rec_duration(bia, BIA_MTPD_STATED);
    if (grid.at_most == DURATION_NONE || stated <= grid.at_most || !rec_lacks(bia, BIA_MTPD_REASON))
        return;
    check_report(c, CHECK_RULE_MTPD_LATE, bia, check_place(bia, BIA_MTPD_STATED),
                 "'" STR_FMT "' states an MTPD of " STR_FMT ", but '" STR_FMT
                 "' is unacceptable after " STR_FMT,
                 STR_ARG(bia->id), STR_ARG(check_time_words(c, stated)),
                 STR_ARG(diag_quote(rec_text(grid.category, IMPACT_CATEGORY_NAME))),
                 STR_ARG(check_time_words(c, grid.at_most)));
    diag_related(c->diags, grid.at, "the grid says so here");
}

/* -- Rising (BI4) ----------------------------------------------------------------------------- */

static bool check_buckets(struct checker *c, const struct method *m)
{
    for (size_t i = 1; i < m->count; i++) {
        const struct field_value *before = &m->buckets[i - 1], *now = &m->buckets[i];
        if (before->state != FV_PRESENT || now->state != FV_PRESENT)
            return false;
        if (now->minutes > before->minutes)
            continue;
        check_report(c, CHECK_RULE_IMPACT_FALLS, m->record, now->span,
                     "the time buckets of '" STR_FMT "' do not rise: " STR_FMT
                     " comes after " STR_FMT,
                     STR_ARG(m->record->id), STR_ARG(check_time_words(c, now->minutes)),
                     STR_ARG(check_time_words(c, before->minutes)));
        return false;
    }
    return true;
}

/* The first fall of a row; a level that cannot be read is left out. */
static void check_rise(struct checker *c, const struct method *m, const struct record *bia,
                       const struct record *row)
{
    size_t count, before = 0;
    const struct field_value *level = rec_items(row, IMPACT_ROW_LEVELS, &count);
    for (size_t i = 0; i < count && count == m->count; i++) {
        if (level[i].state != FV_PRESENT)
            continue;
        if (level[before].state != FV_PRESENT || level[i].number >= level[before].number) {
            before = i;
            continue;
        }
        check_report(c, CHECK_RULE_IMPACT_FALLS, bia, level[i].span,
                     "'" STR_FMT "' of '" STR_FMT "' falls from %lld after " STR_FMT
                     " to %lld after " STR_FMT,
                     STR_ARG(rec_text(row, IMPACT_ROW_CATEGORY)), STR_ARG(bia->id),
                     level[before].number, STR_ARG(check_time_words(c, m->buckets[before].minutes)),
                     level[i].number, STR_ARG(check_time_words(c, m->buckets[i].minutes)));
        return;
    }
}

/* -- Complete (BI5) --------------------------------------------------------------------------- */

/* How many rows each category has. */
static struct map count_rows(struct checker *c, const struct record *bia)
{
    struct map rows = map_in(c->scratch);
    size_t count;
    const struct field_value *row = rec_items(bia, BIA_GRID, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *r = field_target(&row[i]);
        str category = r != NULL ? rec_text(r, IMPACT_ROW_CATEGORY) : S("");
        size_t *n = map_find(&rows, category);
        if (n == NULL) {
            n = NEW(c->scratch, size_t);
            map_put(&rows, category, n);
        }
        (*n)++;
    }
    return rows;
}

/* One row for each category of the method. */
static void check_rows(struct checker *c, const struct method *m, const struct record *bia)
{
    size_t count;
    const struct field_value *items = rec_items(m->record, BIA_METHOD_CATEGORIES, &count);
    struct map row_count = count_rows(c, bia);
    for (size_t i = 0; i < count; i++) {
        const struct record *category = field_target(&items[i]);
        if (category == NULL || !rec_has(category, IMPACT_CATEGORY_KEY))
            continue;
        str key = rec_text(category, IMPACT_CATEGORY_KEY);
        const size_t *n = map_find(&row_count, key);
        size_t rows = n != NULL ? *n : 0;
        if (rows == 1)
            continue;
        str name = diag_quote(rec_text(category, IMPACT_CATEGORY_NAME));
        if (rows == 0)
            check_report(c, CHECK_RULE_GRID_GAP, bia, check_place(bia, BIA_GRID),
                         "'" STR_FMT "' has no row for '" STR_FMT "' (" STR_FMT ")",
                         STR_ARG(bia->id), STR_ARG(key), STR_ARG(name));
        else
            check_report(c, CHECK_RULE_GRID_GAP, bia, check_place(bia, BIA_GRID),
                         "'" STR_FMT "' has %zu rows for '" STR_FMT "' (" STR_FMT ")",
                         STR_ARG(bia->id), rows, STR_ARG(key), STR_ARG(name));
    }
}

/* One level for each bucket. */
static void check_row(struct checker *c, const struct method *m, const struct record *bia,
                      const struct record *row)
{
    size_t count;
    str key = rec_text(row, IMPACT_ROW_CATEGORY);
    rec_items(row, IMPACT_ROW_LEVELS, &count);
    if (key.n == 0)
        return;
    if (map_find(&m->categories, key) == NULL)
        check_report(c, CHECK_RULE_GRID_GAP, bia, check_place(row, IMPACT_ROW_CATEGORY),
                     "'" STR_FMT "' has a row for '" STR_FMT "', which is no category of '" STR_FMT
                     "'",
                     STR_ARG(bia->id), STR_ARG(diag_quote(key)), STR_ARG(m->record->id));
    else if (count != 0 && m->count != 0 && count != m->count)
        check_report(c, CHECK_RULE_GRID_GAP, bia, check_place(row, IMPACT_ROW_LEVELS),
                     "'" STR_FMT "' of '" STR_FMT "' has %zu level%s for %zu time bucket%s",
                     STR_ARG(key), STR_ARG(bia->id), count, count == 1 ? "" : "s", m->count,
                     m->count == 1 ? "" : "s");
}

/* -- All of it -------------------------------------------------------------------------------- */

static void check_grid(struct checker *c, const struct method *m, const struct record *bia)
{
    size_t count;
    const struct field_value *items = rec_items(bia, BIA_GRID, &count);
    if (rec_lacks(bia, BIA_GRID)) {
        check_report(c, CHECK_RULE_GRID_GAP, bia, bia->id_span, "'" STR_FMT "' has no impact grid",
                     STR_ARG(bia->id));
        return;
    }
    if (m->record == NULL || !rec_has(bia, BIA_GRID))
        return;
    check_rows(c, m, bia);
    for (size_t i = 0; i < count; i++) {
        const struct record *row = field_target(&items[i]);
        if (row == NULL)
            continue;
        check_row(c, m, bia, row);
        if (m->is_rising)
            check_rise(c, m, bia, row);
    }
    check_stated(c, bia);
}

static struct method method_of(struct checker *c)
{
    struct method m = {.record = model_bia_method(c->model), .categories = map_in(c->scratch)};
    size_t count;
    if (m.record == NULL)
        return m;
    const struct field_value *items = rec_items(m.record, BIA_METHOD_CATEGORIES, &count);
    for (size_t i = 0; i < count; i++)
        if (field_target(&items[i]) != NULL)
            map_put(&m.categories, rec_text(items[i].record, IMPACT_CATEGORY_KEY), items[i].record);
    m.buckets = rec_items(m.record, BIA_METHOD_BUCKETS, &m.count);
    m.is_rising = check_buckets(c, &m);
    return m;
}

void check_bia_grid(struct checker *c)
{
    const struct record_list *list = model_list(c->model, TYPE_BIA);
    struct method m = method_of(c);
    for (size_t i = 0; i < list->count; i++)
        if (bia_is_submitted(list->items[i]))
            check_grid(c, &m, list->items[i]);
}
