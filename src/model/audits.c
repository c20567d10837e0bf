/* model/audits: which clauses were audited, and the slots of an audit programme. */
#include "model/audits.h"

#include "model/limits.h"

static bool counts(const struct model *m, const struct record *audit)
{
    date held = rec_date(audit, AUDIT_HELD);
    int months = (int)model_limit(m, LIMITS_AUDIT_MONTHS);
    return held != DATE_NONE && !rec_is_withdrawn(audit) &&
           !str_eq(rec_text(audit, AUDIT_KIND), S("supplier")) &&
           (m->as_of == DATE_NONE || date_add_months(held, months) >= m->as_of);
}

static void take(struct map *held, const struct record *audit)
{
    size_t count;
    const struct field_value *items = rec_items(audit, AUDIT_SCOPE_CLAUSES, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record **last = map_find(held, items[i].text);
        if (last == NULL) {
            last = NEW(held->arena, const struct record *);
            map_put(held, items[i].text, last);
        }
        if (*last == NULL || rec_date(*last, AUDIT_HELD) < rec_date(audit, AUDIT_HELD))
            *last = audit;
    }
}

struct map audits_held(struct arena *a, const struct model *m)
{
    const struct record_list *audits = model_list(m, TYPE_AUDIT);
    struct map held = map_in(a);
    for (size_t i = 0; i < audits->count; i++)
        if (counts(m, audits->items[i]))
            take(&held, audits->items[i]);
    return held;
}

const struct record *audit_of(const struct map *held, str clause)
{
    const struct record *newest = NULL;
    while (clause.n != 0) {
        const struct record **found = map_find(held, clause);
        if (found != NULL &&
            (newest == NULL || rec_date(newest, AUDIT_HELD) < rec_date(*found, AUDIT_HELD)))
            newest = *found;
        while (clause.n != 0 && clause.p[clause.n - 1] != '.')
            clause.n--;
        clause.n -= clause.n != 0;
    }
    return newest;
}

date quarter_first(struct arena *a, str quarter)
{
    date first;
    if (quarter.n != S("2026-Q2").n || quarter.p[5] != 'Q')
        return DATE_NONE;
    str day = str_fmt(a, "%.4s-%02d-01", quarter.p, 3 * (quarter.p[6] - '1') + 1);
    return date_parse(day, &first) ? first : DATE_NONE;
}
