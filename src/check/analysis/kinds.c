/* check/analysis/kinds: whether all kinds of resources were considered (ST7). */
#include "check/check_int.h"

/* The words of resource.kind, in their order. */
enum resource_kind {
    KIND_PEOPLE,
    KIND_INFORMATION,
    KIND_BUILDING,
    KIND_EQUIPMENT,
    KIND_ICT,
    KIND_TRANSPORT,
    KIND_FINANCE,
    KIND_SUPPLIER,
    KIND_COUNT
};

struct kinds {
    bool is_considered[KIND_COUNT];
};

static void consider(struct kinds *kinds, const struct record *what)
{
    long long kind = KIND_COUNT;
    switch (what->type->number) {
    case TYPE_RESOURCE:
        kind = rec_int(what, RESOURCE_KIND, KIND_COUNT);
        break;
    case TYPE_SUPPLIER:
        kind = KIND_SUPPLIER;
        break;
    case TYPE_SERVICE:
        kind = KIND_ICT;
        break;
    case TYPE_SITE:
        kind = KIND_BUILDING;
        break;
    case TYPE_ROLE:
        kind = KIND_PEOPLE;
        break;
    default:
        break;
    }
    if (kind < KIND_COUNT)
        kinds->is_considered[kind] = true;
}

static void consider_all(struct kinds *kinds, const struct record *r, enum field_id field)
{
    size_t count;
    const struct field_value *items = rec_items(r, field, &count);
    for (size_t i = 0; i < count; i++)
        if (field_target(&items[i]) != NULL)
            consider(kinds, items[i].record);
}

/* What an analysis asks for, kind by kind; that nothing is needed is an answer, too. */
static void consider_needs(struct kinds *kinds, const struct record *bia)
{
    static const struct {
        enum field_id field;
        enum resource_kind kind;
    } need_kind[] = {
        {NEED_PEOPLE, KIND_PEOPLE},       {NEED_SEATS, KIND_BUILDING},
        {NEED_KIT, KIND_EQUIPMENT},       {NEED_ICT, KIND_ICT},
        {NEED_RECORDS, KIND_INFORMATION}, {NEED_TRANSPORT, KIND_TRANSPORT},
        {NEED_MONEY, KIND_FINANCE},       {NEED_SUPPLIERS, KIND_SUPPLIER},
    };
    size_t count;
    const struct field_value *needs = rec_items(bia, BIA_NEEDS, &count);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < COUNT_OF(need_kind); k++)
            if (field_target(&needs[i]) != NULL && rec_has(needs[i].record, need_kind[k].field))
                kinds->is_considered[need_kind[k].kind] = true;
}

static struct kinds kinds_of(const struct record *activity)
{
    struct kinds kinds = {0};
    size_t count;
    const struct field_value *items = rec_items(activity, ACTIVITY_DEPENDENCIES, &count);
    for (size_t i = 0; i < count; i++)
        if (field_target(&items[i]) != NULL && rec_ref(items[i].record, DEPENDENCY_ON) != NULL)
            consider(&kinds, rec_ref(items[i].record, DEPENDENCY_ON));
    items = rec_items(activity, ACTIVITY_NOT_NEEDED, &count);
    for (size_t i = 0; i < count; i++)
        if (items[i].state == FV_PRESENT)
            kinds.is_considered[items[i].number] = true;
    consider_all(&kinds, activity, ACTIVITY_SITES);
    for (size_t i = 0; i < activity->back_count; i++) {
        const struct record *bia = backlink_by(&activity->back[i], BIA_ACTIVITY);
        const struct record *option = backlink_by(&activity->back[i], STRATEGY_FOR);
        if (bia != NULL)
            consider_needs(&kinds, bia);
        if (option != NULL)
            consider_all(&kinds, option, STRATEGY_RESOURCES);
    }
    return kinds;
}

static void check_activity(struct checker *c, const struct record *r)
{
    if (!check_is_prioritised(c, r))
        return;
    const struct field_def *kind =
        &r->type->fields[schema_slot(r->type, ACTIVITY_NOT_NEEDED)]; /* its words are the kinds */
    struct kinds kinds = kinds_of(r);
    str open[KIND_COUNT];
    size_t count = 0;
    for (size_t k = 0; k < KIND_COUNT; k++)
        if (!kinds.is_considered[k])
            open[count++] = kind->words[k];
    if (count == 0)
        return;
    check_report(c, CHECK_RULE_KINDS, r, check_place(r, ACTIVITY_DEPENDENCIES),
                 "nothing is said of these resources of '" STR_FMT "': " STR_FMT, STR_ARG(r->id),
                 STR_ARG(str_join(c->scratch, open, count, S(", "))));
}

void check_kinds(struct checker *c)
{
    check_each_live(c, TYPE_ACTIVITY, check_activity);
}
