/* model/audits: when audits are planned, what was audited, and whether that was impartial. */
#include "model/audits.h"

#include <string.h>

#include "model/limits.h"

enum { QUARTER_MONTHS = 3 };

bool quarter_parse(str text, struct quarter *out)
{
    char day[] = "0000-01-01";
    enum { YEAR_BYTES = 4 };
    if (text.n != S("2026-Q2").n || !str_eq(str_from_to(text, YEAR_BYTES, text.n - 1), S("-Q")) ||
        text.p[text.n - 1] < '1' || text.p[text.n - 1] > '4')
        return false;
    memcpy(day, text.p, YEAR_BYTES);
    if (!date_parse(str_from(day), &out->first))
        return false;
    out->first = date_add_months(out->first, QUARTER_MONTHS * (text.p[text.n - 1] - '1'));
    out->last = date_add_months(out->first, QUARTER_MONTHS) - 1;
    return true;
}

static const struct record *ref_to(const struct record *r, enum field_id field, enum type_id type)
{
    const struct record *to = rec_ref(r, field);
    return to != NULL && to->type->number == type ? to : NULL;
}

bool role_is_held_by(const struct record *role, const struct record *person, date day)
{
    date since = rec_date(role, ROLE_HOLDER_SINCE);
    return ref_to(role, ROLE_HOLDER, TYPE_PERSON) == person &&
           (day == DATE_NONE || since == DATE_NONE || since <= day);
}

bool audit_is_of_own(const struct record *auditor, const struct record *subject, date held)
{
    bool is_role = subject->type->number == TYPE_ROLE;
    const struct record *role = is_role ? subject : ref_to(subject, COMMON_OWNER, TYPE_ROLE);
    const struct record *person =
        auditor->type->number == TYPE_ROLE ? ref_to(auditor, ROLE_HOLDER, TYPE_PERSON) : auditor;
    return role != NULL &&
           (role == auditor || (person != NULL && role_is_held_by(role, person, held)));
}

static bool counts(const struct model *m, const struct record *audit)
{
    date held = rec_date(audit, AUDIT_HELD);
    int months = (int)model_limit(m, LIMITS_AUDIT_MONTHS);
    return held != DATE_NONE && rec_counts(audit) &&
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
