/* model/audits: when audits are planned, and whether who audits is impartial. */
#include "model/audits.h"

#include <string.h>

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
