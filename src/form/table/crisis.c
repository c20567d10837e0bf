/* form/table/crisis: what counts first in a crisis, picked from a model. */
#include "form/table/crisis.h"

#include "base/buf.h"
#include "form/table/cells.h"

enum { COPY_DAYS = 30 }; /* unless the workspace says otherwise */

/* A second record with an id that is taken was reported; the first one counts. */
static bool is_first(const struct model *m, const struct record *r)
{
    return model_find(m, r->id) == r;
}

const struct record *crisis_plan(const struct model *m)
{
    const struct record_list *plans = model_list(m, TYPE_PLAN);
    for (size_t i = 0; i < plans->count; i++)
        if (rec_is_live(plans->items[i]) &&
            str_eq(rec_text(plans->items[i], PLAN_KIND), S("crisis")) &&
            rec_has(plans->items[i], PLAN_IMMEDIATE_ACTIONS) && is_first(m, plans->items[i]))
            return plans->items[i];
    return NULL;
}

static bool is_for_crisis(const struct record *role)
{
    return str_eq(rec_text(role, ROLE_KIND), S("crisis"));
}

struct crisis_list crisis_deciders(struct arena *a, const struct model *m)
{
    const struct record_list *roles = model_list(m, TYPE_ROLE);
    struct crisis_list l = {NEW_ARRAY(a, const struct record *, roles->count + 1), 0};
    for (int crisis = 1; crisis >= 0; crisis--)
        for (size_t i = 0; i < roles->count; i++) {
            const struct record *r = roles->items[i];
            if (rec_bool(r, ROLE_DECISION_ROLE) && is_for_crisis(r) == (crisis == 1) &&
                is_first(m, r) && !rec_is_over(r))
                l.items[l.count++] = r;
        }
    return l;
}

static void add_once(struct crisis_list *l, bool *is_listed, const struct record *role)
{
    if (role == NULL || role->type->number != TYPE_ROLE || is_listed[role->number] ||
        rec_is_over(role))
        return;
    is_listed[role->number] = true;
    l->items[l->count++] = role;
}

struct crisis_list crisis_members(struct arena *a, const struct model *m)
{
    const struct record_list *teams = model_list(m, TYPE_TEAM);
    size_t roles = model_list(m, TYPE_ROLE)->count;
    bool *is_listed = NEW_ARRAY(a, bool, roles + 1);
    struct crisis_list l = {NEW_ARRAY(a, const struct record *, roles + 1), 0};
    for (size_t i = 0; i < teams->count; i++) {
        size_t count;
        const struct field_value *v = rec_items(teams->items[i], TEAM_MEMBERS, &count);
        if (!str_eq(rec_text(teams->items[i], TEAM_KIND), S("crisis")) ||
            rec_is_over(teams->items[i]))
            continue;
        add_once(&l, is_listed, rec_ref(teams->items[i], TEAM_LEAD));
        for (size_t k = 0; k < count; k++)
            add_once(&l, is_listed, field_target(&v[k]));
    }
    struct crisis_list deciders = crisis_deciders(a, m);
    for (size_t i = 0; i < deciders.count; i++)
        if (is_for_crisis(deciders.items[i]) || l.count == 0)
            add_once(&l, is_listed, deciders.items[i]);
    return l;
}

static bool is_for_emergencies(const struct record *r)
{
    str kind = rec_text(r, CONTACT_KIND);
    return str_eq(kind, S("emergency_service")) || str_eq(kind, S("authority")) ||
           str_eq(kind, S("utility"));
}

struct crisis_list crisis_contacts(struct arena *a, const struct model *m)
{
    const struct record_list *list = model_list(m, TYPE_CONTACT);
    struct crisis_list l = {NEW_ARRAY(a, const struct record *, list->count + 1), 0};
    for (int first = 1; first >= 0; first--)
        for (size_t i = 0; i < list->count; i++)
            if (is_for_emergencies(list->items[i]) == (first == 1) && !rec_is_over(list->items[i]))
                l.items[l.count++] = list->items[i];
    return l;
}

str crisis_number(const struct record *contact)
{
    return rec_text(contact,
                    rec_has(contact, CONTACT_PHONE_24H) ? CONTACT_PHONE_24H : CONTACT_PHONE);
}

str crisis_decision(struct arena *a, const struct record *threshold)
{
    const struct record *role = rec_ref(threshold, THRESHOLD_DECIDED_BY);
    const struct record *team = rec_ref(threshold, THRESHOLD_TEAM);
    struct buf out = buf_in(a, 128);
    if (role != NULL)
        buf_fmt(&out, "Decided by: " STR_FMT, STR_ARG(role->title));
    if (rec_has(threshold, THRESHOLD_CLOCK)) {
        str clock = duration_words(a, rec_duration(threshold, THRESHOLD_CLOCK));
        buf_fmt(&out, "%s" STR_FMT, out.n > 0 ? ", within " : "Decide within ", STR_ARG(clock));
    }
    if (team != NULL)
        buf_fmt(&out, "%sTeam: " STR_FMT, out.n > 0 ? ". " : "", STR_ARG(team->title));
    return buf_str(&out);
}

bool crisis_can_dial(str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (ascii_is_digit(text.p[i]))
            return true;
    return false;
}

/* What an audience may not see is not in its model. */
size_t crisis_phones(struct arena *a, const struct record *person, struct crisis_phone *out,
                     size_t most)
{
    size_t count = 0, found = 0;
    const struct field_value *v = person != NULL ? rec_items(person, PERSON_PHONES, &count) : NULL;
    for (size_t i = 0; i < count && found < most; i++) {
        if (v[i].state != FV_PRESENT || rec_bool(v[i].record, PHONE_PRIVATE))
            continue;
        str number = rec_text(v[i].record, PHONE_NUMBER);
        str label = word_for_people(a, rec_text(v[i].record, PHONE_KIND));
        if (crisis_can_dial(number))
            out[found++] = (struct crisis_phone){label, number};
    }
    return found;
}

long long crisis_copy_days(const struct model *m)
{
    return rec_int(m->workspace, WORKSPACE_COPY_AGE_DAYS, COPY_DAYS);
}

date crisis_valid_until(const struct model *m)
{
    return m->as_of + (date)crisis_copy_days(m);
}
