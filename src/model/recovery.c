/* model/recovery: what needs what, how soon it must be back, and how soon it can be. */
#include "model/recovery.h"

#include "model/limits.h"

enum { CHAIN_LINKS_MAX = 12 }; /* printed; nobody follows more */

size_t recovery_number(const struct model *m, const struct record *r)
{
    if (m->recovery == NULL || r->type->number >= TYPE_COUNT)
        return NODE_NONE;
    size_t first = m->recovery->first[r->type->number];
    return first == NODE_NONE ? NODE_NONE : first + r->number;
}

const struct node *recovery_node(const struct model *m, const struct record *r)
{
    size_t number = recovery_number(m, r);
    return number == NODE_NONE ? NULL : &m->recovery->nodes[number];
}

/* -- Times that records state ----------------------------------------------------------------- */

static duration of_part(const struct record *r, enum field_id part, enum field_id field)
{
    const struct record *p = rec_ref(r, part);
    return p == NULL ? DURATION_NONE : rec_duration(p, field);
}

duration recovery_own(const struct record *r, enum recovery_time time)
{
    bool is_rto = time == TIME_RTO;
    switch (r->type->number) {
    case TYPE_ACTIVITY:
        return rec_duration(r, is_rto ? ACTIVITY_RTO : ACTIVITY_RPO);
    case TYPE_RESOURCE:
        return rec_duration(r, is_rto ? RESOURCE_RTO_COMMITTED : RESOURCE_RPO_COMMITTED);
    case TYPE_SERVICE:
        return of_part(r, SERVICE_SLA, is_rto ? SLA_RTO : SLA_RPO);
    case TYPE_SUPPLIER:
        return of_part(r, SUPPLIER_COMMITMENT, is_rto ? COMMITMENT_RTO : COMMITMENT_RPO);
    default:
        return DURATION_NONE;
    }
}

duration recovery_late_by(const struct record *achieved, enum recovery_time time)
{
    const struct record *target = rec_ref(achieved, ACHIEVED_TARGET);
    duration own = target != NULL ? recovery_own(target, time) : DURATION_NONE;
    duration took = rec_duration(achieved, time == TIME_RTO ? ACHIEVED_RTO : ACHIEVED_RPO);
    return own == DURATION_NONE || took == DURATION_NONE ? DURATION_NONE : took - own;
}

enum truth recovery_is_in_time(const struct model *m, const struct record *achieved)
{
    const struct record *target = rec_ref(achieved, ACHIEVED_TARGET);
    size_t node = target != NULL ? recovery_number(m, target) : NODE_NONE;
    duration asked =
        node != NODE_NONE ? m->recovery->nodes[node].asked[TIME_RTO].value : DURATION_NONE;
    duration took = rec_duration(achieved, ACHIEVED_RTO);
    duration late = recovery_late_by(achieved, TIME_RTO);
    if (took == DURATION_NONE || (asked == DURATION_NONE && late == DURATION_NONE))
        return TRUTH_UNKNOWN;
    return (asked != DURATION_NONE && took > asked) || (late != DURATION_NONE && late > 0)
               ? TRUTH_NO
               : TRUTH_YES;
}

bool recovery_is_late(const struct node *n, duration time)
{
    duration asked = n->asked[TIME_RTO].value;
    return time != DURATION_NONE && asked != DURATION_NONE && time > asked;
}

bool recovery_holds_data(const struct record *r)
{
    switch (r->type->number) {
    case TYPE_SERVICE:
    case TYPE_SUPPLIER:
        return true;
    case TYPE_RESOURCE:
        return str_eq(rec_text(r, RESOURCE_KIND), S("ict")) ||
               str_eq(rec_text(r, RESOURCE_KIND), S("information"));
    default:
        return false;
    }
}

static bool is_recovered(const struct record *resource)
{
    static const str replaced[] = {S_INIT("people"), S_INIT("building"), S_INIT("finance")};
    for (size_t i = 0; i < COUNT_OF(replaced); i++)
        if (str_eq(rec_text(resource, RESOURCE_KIND), replaced[i]))
            return false;
    return true;
}

bool recovery_commits(const struct record *r, enum recovery_time time)
{
    switch (r->type->number) {
    case TYPE_SUPPLIER:
        return time == TIME_RTO;
    case TYPE_SERVICE:
        return true;
    case TYPE_RESOURCE:
        return time == TIME_RTO ? is_recovered(r) : recovery_holds_data(r);
    default:
        return false;
    }
}

/* -- Chains ----------------------------------------------------------------------------------- */

static str chain(struct arena *a, const struct recovery *r, const size_t *links, size_t count,
                 const char *arrow)
{
    struct buf out = buf_in(a, 128);
    for (size_t i = 0; i < count; i++)
        buf_fmt(&out, "%s" STR_FMT, i == 0 ? "" : arrow, STR_ARG(r->nodes[links[i]].record->id));
    if (count == CHAIN_LINKS_MAX)
        buf_fmt(&out, "%s…", arrow);
    return buf_str(&out);
}

str chain_asked(struct arena *a, const struct recovery *r, size_t node, enum recovery_time time)
{
    size_t links[CHAIN_LINKS_MAX], count = 0, end = r->nodes[node].asked[time].from;
    for (size_t at = node; at != NODE_NONE && count < CHAIN_LINKS_MAX;
         at = r->nodes[at].asked[time].via) {
        links[count++] = at;
        if (at == end)
            break;
    }
    return chain(a, r, links, count, " ← ");
}

/* In a circle a node can be held up by its own commitment to the others. */
str chain_able(struct arena *a, const struct recovery *r, size_t node, enum recovery_time time)
{
    size_t links[CHAIN_LINKS_MAX], count = 0, end = r->nodes[node].able[time].from;
    for (size_t at = node; at != NODE_NONE && count < CHAIN_LINKS_MAX;
         at = r->nodes[at].able[time].via) {
        links[count++] = at;
        if (at == end && (count > 1 || r->nodes[at].able[time].via == NODE_NONE))
            break;
    }
    return chain(a, r, links, count, " → ");
}
