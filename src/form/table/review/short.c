/* form/table/review/short: lists that a pack shows in the columns that top management reads. */
#include "form/table/about.h"

#include "form/table/audits.h"
#include "form/table/figures.h"
#include "form/table/improve.h"

/* The columns with these keys, in this order; "" ends them. */
static const struct table *in_short(struct arena *a, const struct table *whole, str id, str caption,
                                    const str *keys)
{
    enum { COLUMNS_MAX = 12 };
    size_t shown[COLUMNS_MAX], count = 0;
    for (size_t k = 0; keys[k].n != 0 && count < COLUMNS_MAX; k++)
        for (size_t i = 0; i < whole->column_count; i++)
            if (str_eq(whole->columns[i].key, keys[k]))
                shown[count++] = i;
    struct table *t = table_pick(a, whole, id, shown, count);
    t->caption = caption;
    t->note = whole->note;
    return t;
}

const struct table *review_kpis(struct arena *a, const struct model *m, const struct record *r)
{
    static const str keys[] = {S_INIT("figure"), S_INIT("value"),  S_INIT("before"),
                               S_INIT("trend"),  S_INIT("rating"), S_INIT("limits"),
                               S_INIT("owner"),  S_INIT("")};
    (void)r;
    return in_short(a, kpi_board(a, m), S("review-kpis"), S("Figures against their limits"), keys);
}

const struct table *review_objectives(struct arena *a, const struct model *m,
                                      const struct record *r)
{
    static const str keys[] = {S_INIT("objective"), S_INIT("target"), S_INIT("due"),
                               S_INIT("figures"),   S_INIT("who"),    S_INIT("state"),
                               S_INIT("")};
    (void)r;
    return in_short(a, objective_board(a, m), S("review-objectives"),
                    S("Objectives against their targets"), keys);
}

const struct table *review_actions(struct arena *a, const struct model *m, const struct record *r)
{
    static const str keys[] = {S_INIT("id"),    S_INIT("action"), S_INIT("source"),
                               S_INIT("cause"), S_INIT("owner"),  S_INIT("due"),
                               S_INIT("moved"), S_INIT("done"),   S_INIT("effect"),
                               S_INIT("state"), S_INIT("")};
    (void)r;
    return in_short(a, action_log(a, m), S("review-actions"), S("Action log"), keys);
}

const struct table *review_clauses(struct arena *a, const struct model *m, const struct record *r)
{
    static const str keys[] = {S_INIT("clause"), S_INIT("title"), S_INIT("audits"), S_INIT("last"),
                               S_INIT("next"),   S_INIT("open"),  S_INIT("state"),  S_INIT("")};
    (void)r;
    return in_short(a, audit_coverage(a, m), S("review-clauses"), S("Clauses audited"), keys);
}
