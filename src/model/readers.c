/* model/readers: who must have read a document, and who has. */
#include "model/readers.h"

enum { TARGET_PERCENT = 90, RECEIPT_DAYS = 30 };

long long readers_target(const struct model *m)
{
    return rec_int(m->workspace, WORKSPACE_ACKNOWLEDGEMENT_TARGET, TARGET_PERCENT);
}

long long receipt_days(const struct model *m)
{
    return rec_int(m->workspace, WORKSPACE_RECEIPT_DAYS, RECEIPT_DAYS);
}

date reading_due(const struct model *m, const struct record *document)
{
    date from = rec_date(document, DOCUMENT_VALID_FROM);
    date on = rec_date(document, DOCUMENT_APPROVED_ON);
    if (from == DATE_NONE || from < on)
        from = on;
    return from == DATE_NONE ? DATE_NONE : from + (date)receipt_days(m);
}

struct gathering {
    struct arena *arena;
    struct readers *readers;
    struct map seen; /* ids of people */
};

static void add_holder(struct gathering *g, const struct record *role)
{
    if (role == NULL || role->type->number != TYPE_ROLE)
        return;
    const struct record *person = rec_ref(role, ROLE_HOLDER);
    if (person == NULL || map_put(&g->seen, person->id, (void *)person) != NULL)
        return;
    struct readers *all = g->readers;
    PUSH(g->arena, all->items, all->count, all->cap, struct reader) =
        (struct reader){.person = person, .role = role};
}

static void add_team(struct gathering *g, const struct record *team)
{
    size_t count;
    const struct field_value *members = rec_items(team, TEAM_MEMBERS, &count);
    add_holder(g, rec_ref(team, TEAM_LEAD));
    for (size_t i = 0; i < count; i++)
        if (members[i].state == FV_PRESENT)
            add_holder(g, members[i].record);
}

static bool counts(const struct model *m, const struct record *r, const struct record *ack)
{
    date on = rec_date(ack, ACKNOWLEDGEMENT_DATE);
    return rec_ref(ack, ACKNOWLEDGEMENT_DOCUMENT) == r &&
           str_eq(rec_text(ack, ACKNOWLEDGEMENT_VERSION), rec_text(r, DOCUMENT_VERSION)) &&
           on != DATE_NONE && (m->as_of == DATE_NONE || on <= m->as_of);
}

/* Who confirmed is found among what refers to the document, not in all records. */
static void find_acknowledgements(const struct model *m, const struct record *r,
                                  struct gathering *g)
{
    struct map by_person = map_in(g->arena);
    for (size_t i = 0; i < r->back_count; i++) {
        const struct record *ack = r->back[i].from;
        if (ack->type->number == TYPE_ACKNOWLEDGEMENT && counts(m, r, ack))
            map_put(&by_person, rec_text(ack, ACKNOWLEDGEMENT_PERSON), (void *)ack);
    }
    for (size_t i = 0; i < g->readers->count; i++) {
        struct reader *reader = &g->readers->items[i];
        reader->acknowledgement = map_find(&by_person, reader->person->id);
        g->readers->confirmed += reader->acknowledgement != NULL;
    }
}

/* A document that was left out (model_look_back) leads nowhere, so its ids are looked up. */
static const struct record *addressee(const struct model *m, const struct field_value *to)
{
    if (to->state != FV_PRESENT)
        return NULL;
    return to->record != NULL ? to->record : model_find(m, to->text);
}

struct readers document_readers(struct arena *a, const struct model *m, const struct record *r)
{
    struct readers all = {0};
    struct gathering g = {a, &all, map_in(a)};
    size_t count;
    const struct field_value *to = rec_items(r, DOCUMENT_DISTRIBUTION, &count);
    if (!rec_bool(r, DOCUMENT_ACKNOWLEDGE))
        return all;
    for (size_t i = 0; i < count; i++) {
        const struct record *one = addressee(m, &to[i]);
        if (one != NULL && one->type->number == TYPE_TEAM)
            add_team(&g, one);
        else
            add_holder(&g, one);
    }
    find_acknowledgements(m, r, &g);
    return all;
}
