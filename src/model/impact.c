/* model/impact: what impact analyses say, and which of them holds. */
#include "model/impact.h"

#include "model/due.h"

#include "model/limits.h"

/* -- Which holds ---------------------------------------------------------------------------- */

const struct record *model_bia_method(const struct model *m)
{
    return m->bia_method;
}

void model_choose_bia_method(struct model *m)
{
    const struct record_list *list = model_list(m, TYPE_BIA_METHOD);
    const struct record *last = NULL;
    for (size_t i = 0; i < list->count; i++) {
        const struct record *r = list->items[i];
        str status = rec_status(r);
        bool is_used = status.n == 0 || str_eq(status, S("active"));
        if (is_used && (last == NULL || rec_date(r, BIA_METHOD_APPROVED_ON) >
                                            rec_date(last, BIA_METHOD_APPROVED_ON)))
            last = r;
    }
    m->bia_method = last;
}

bool model_bia_is_approved(const struct model *m, const struct record *bia)
{
    date on = rec_date(bia, BIA_APPROVED_ON);
    return str_eq(rec_status(bia), S("approved")) && rec_ref(bia, BIA_APPROVED_BY) != NULL &&
           on != DATE_NONE && (m->as_of == DATE_NONE || on <= m->as_of);
}

const struct record *model_bia(const struct model *m, const struct record *activity)
{
    const struct record *last = NULL;
    for (size_t i = 0; i < activity->back_count; i++) {
        const struct record *r = activity->back[i].from;
        if (r->type->number != TYPE_BIA || rec_ref(r, BIA_ACTIVITY) != activity ||
            !model_bia_is_approved(m, r))
            continue;
        if (last == NULL || rec_date(r, BIA_APPROVED_ON) > rec_date(last, BIA_APPROVED_ON))
            last = r;
    }
    return last;
}

bool activity_analysis_is_unknown(const struct record *activity)
{
    for (size_t i = 0; i < activity->back_count; i++) {
        const struct record *r = activity->back[i].from;
        if (r->type->number == TYPE_BIA && rec_ref(r, BIA_ACTIVITY) == activity &&
            rec_is_unknown(r, BIA_APPROVED_ON))
            return true;
    }
    return false;
}

/* One that was approved again later may have held before, too. */
enum truth activity_is_analysed(const struct model *m, const struct record *activity)
{
    const struct record *bia = model_bia(m, activity);
    struct due_day due = {DUE_AT_ONCE, DATE_NONE};
    if (bia != NULL)
        due = due_bia_review(m, bia);
    if (due.state != DUE_UNKNOWN && !due_is_past(m, due))
        return TRUTH_YES;
    return due.state == DUE_UNKNOWN || activity_analysis_is_unknown(activity) ? TRUTH_UNKNOWN
                                                                              : TRUTH_NO;
}

/* -- The grid ------------------------------------------------------------------------------- */

/* What a grid says of one category. */
struct rows {
    const struct field_value *levels; /* of the last row */
    size_t level_count, count;
};

/* A grid while it is read: the earliest cell that is unacceptable, and that is unknown. */
struct reading {
    struct map rows; /* by category → struct rows */
    const struct field_value *buckets;
    size_t bucket_count;
    duration unknown_from; /* DURATION_NONE: all is known */
    struct impact found;
};

static bool is_before(duration a, duration b)
{
    return b == DURATION_NONE || a < b;
}

static void take_rows(struct reading *g, struct arena *a, const struct record *bia)
{
    size_t count;
    const struct field_value *items = rec_items(bia, BIA_GRID, &count);
    g->rows = map_in(a);
    for (size_t i = 0; i < count; i++) {
        if (items[i].state != FV_PRESENT)
            continue;
        str category = rec_text(items[i].record, IMPACT_ROW_CATEGORY);
        struct rows *rows = map_find(&g->rows, category);
        if (rows == NULL) {
            rows = NEW(a, struct rows);
            map_put(&g->rows, category, rows);
        }
        rows->levels = rec_items(items[i].record, IMPACT_ROW_LEVELS, &rows->level_count);
        rows->count++;
    }
}

/* The levels of the category's only row; NULL when it has none, several or not one a bucket. */
static const struct field_value *levels_of(const struct reading *g, str category)
{
    const struct rows *rows = map_find(&g->rows, category);
    return rows != NULL && rows->count == 1 && rows->level_count == g->bucket_count ? rows->levels
                                                                                    : NULL;
}

static void read_category(struct reading *g, const struct record *category)
{
    long long unacceptable = rec_int(category, IMPACT_CATEGORY_UNACCEPTABLE, 0);
    const struct field_value *level = levels_of(g, rec_text(category, IMPACT_CATEGORY_KEY));
    for (size_t i = 0; i < g->bucket_count; i++) {
        duration after = g->buckets[i].minutes;
        bool is_known = level != NULL && level[i].state == FV_PRESENT;
        if (!is_known && is_before(after, g->unknown_from))
            g->unknown_from = after;
        if (is_known && level[i].number >= unacceptable && is_before(after, g->found.at_most)) {
            g->found.at_most = after;
            g->found.category = category;
            g->found.at = level[i].span;
        }
    }
}

/* False: what the grid is to be judged by is missing or cannot be read. */
static bool read_grid(struct reading *g, struct arena *a, const struct model *m,
                      const struct record *bia)
{
    const struct record *method = model_bia_method(m);
    size_t count, judged = 0;
    if (method == NULL)
        return false;
    const struct field_value *category = rec_items(method, BIA_METHOD_CATEGORIES, &count);
    g->buckets = rec_items(method, BIA_METHOD_BUCKETS, &g->bucket_count);
    take_rows(g, a, bia);
    for (size_t i = 0; i < g->bucket_count; i++)
        if (g->buckets[i].state != FV_PRESENT)
            return false;
    for (size_t i = 0; i < count; i++) {
        const struct record *r = field_target(&category[i]);
        if (r != NULL && rec_lacks(r, IMPACT_CATEGORY_UNACCEPTABLE))
            continue;
        if (r == NULL || !rec_has(r, IMPACT_CATEGORY_UNACCEPTABLE))
            return false;
        read_category(g, r);
        judged++;
    }
    return judged != 0 && g->bucket_count != 0;
}

struct impact model_impact(struct arena *a, const struct model *m, const struct record *bia)
{
    struct reading g = {
        .unknown_from = DURATION_NONE,
        .found = {.mtpd = DURATION_NONE, .at_most = DURATION_NONE, .bearable = DURATION_NONE}};
    struct impact *found = &g.found;
    if (!read_grid(&g, a, m, bia))
        return g.found;
    found->is_known = g.unknown_from == DURATION_NONE ||
                      (found->at_most != DURATION_NONE && found->at_most <= g.unknown_from);
    if (found->is_known)
        found->mtpd = found->at_most;
    for (size_t i = 0; i < g.bucket_count; i++) {
        duration after = g.buckets[i].minutes;
        if (is_before(after, found->at_most) && is_before(after, g.unknown_from) &&
            after > found->bearable) /* DURATION_NONE is below every time */
            found->bearable = after;
    }
    return g.found;
}
