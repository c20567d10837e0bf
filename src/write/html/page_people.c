/* write/html/page_people: what each role and person owns, owes and must know. */
#include "write/html/portal_int.h"

#include "form/table/cells.h"

str people_path(struct arena *a, size_t part)
{
    return part == 0 ? S("people/index.html") : str_fmt(a, "people/index-%zu.html", part + 1);
}

static str aside_of(struct page *pg, const struct record *who)
{
    const struct record *holder =
        who->type->number == TYPE_ROLE ? rec_ref_to(who, ROLE_HOLDER, TYPE_PERSON) : NULL;
    if (holder != NULL)
        return str_fmt(pg->arena, "Role, " STR_FMT, STR_ARG(holder->title));
    return who->type->number == TYPE_PERSON && rec_has(who, PERSON_JOB) ? rec_text(who, PERSON_JOB)
                                                                        : who->type->singular;
}

static void add_person(struct page *pg, struct items *people, const struct record *who)
{
    items_add_link(pg, people, page_link(pg, part_path(pg->arena, who)),
                   who->title.n != 0 ? who->title : who->id, aside_of(pg, who));
}

void put_people(struct page *pg)
{
    const struct portal *p = pg->portal;
    struct items people = items_new(pg);
    for (size_t i = 0; p->people_count <= STAFF_PEOPLE_MAX && i < p->people_count; i++)
        add_person(pg, &people, p->people[i]);
    put_items(pg, pg->data, S("people"), &people);
    put_flag(pg->data, S("has_people"), p->people_count != 0);
    put_text(pg->data, S("all_people"), page_link(pg, people_path(pg->arena, 0)));
}

void put_own_part(struct page *pg)
{
    const struct record *r = pg->ref->record;
    if (!part_is_there(pg->model, r))
        put_nothing(pg->data, S("own_part"));
    else
        put_link(pg, S("own_part"), page_link(pg, part_path(pg->arena, r)),
                 r->type->number == TYPE_ROLE
                     ? S("My part: what this role owns, owes and must know")
                     : S("My part: what is asked of this person"));
}

/* -- Everybody ---------------------------------------------------------------------------- */

static void put_runs(struct page *pg)
{
    const struct portal *p = pg->portal;
    struct items runs = items_new(pg);
    size_t count = (p->people_count + INDEX_ENTRIES_MAX - 1) / INDEX_ENTRIES_MAX;
    for (size_t i = 0; count > 1 && i < count; i++) {
        if (!page_shows_part(i, pg->ref->from / INDEX_ENTRIES_MAX, count))
            continue;
        struct tmap *m = items_add(pg, &runs);
        put_text(m, S("href"), page_link(pg, people_path(pg->arena, i)));
        put_text(m, S("label"), p->people[i * INDEX_ENTRIES_MAX]->title);
        put_flag(m, S("is_here"), i == pg->ref->from / INDEX_ENTRIES_MAX);
    }
    put_items(pg, pg->data, S("runs"), &runs);
}

static void put_kind(struct page *pg, enum type_id type)
{
    struct items people = items_new(pg);
    for (size_t i = pg->ref->from; i < pg->ref->from + pg->ref->count; i++)
        if (pg->portal->people[i]->type->number == type)
            add_person(pg, &people, pg->portal->people[i]);
    put_items(pg, pg->data, type == TYPE_ROLE ? S("roles") : S("persons"), &people);
}

void fill_PEOPLE(struct page *pg)
{
    pg->title = pg->ref->from == 0
                    ? S("People and roles")
                    : str_fmt(pg->arena, "People and roles, from %zu", pg->ref->from + 1);
    put_runs(pg);
    put_kind(pg, TYPE_ROLE);
    put_kind(pg, TYPE_PERSON);
}

/* -- One of them -------------------------------------------------------------------------- */

static void add_section(struct page *pg, struct items *sections, const struct part_section *s)
{
    struct tmap *m = items_add(pg, sections);
    put_text(m, S("id"), s->id);
    put_text(m, S("heading"), s->heading);
    put_text(m, S("about"), s->about);
    if (s->is_fields)
        put_fields(pg, m, S("content"), s->table);
    else
        put_table(pg, m, S("content"), s->table, NULL);
}

void fill_PART(struct page *pg)
{
    const struct record *who = pg->ref->record;
    const struct part *part = part_of(pg->arena, pg->portal->parts, who);
    struct items sections = items_new(pg);
    pg->title =
        str_fmt(pg->arena, "My part: " STR_FMT, STR_ARG(who->title.n != 0 ? who->title : who->id));
    put_text(pg->data, S("code"), id_and_type(pg->arena, who));
    put_text(pg->data, S("lead"), part->lead);
    for (size_t i = 0; i < part->count; i++)
        add_section(pg, &sections, &part->items[i]);
    put_items(pg, pg->data, S("sections"), &sections);
    put_link(pg, S("own"), page_link_record(pg, who),
             who->type->number == TYPE_ROLE ? S("The record of the role")
                                            : S("The record of the person"));
    put_text(pg->data, S("feed"),
             due_has_feed(pg->model, who) ? page_link(pg, due_feed_path(pg->arena, who)) : S(""));
    put_text(pg->data, S("pdf"),
             pg->portal->world.only_html ? S("") : page_link(pg, part_paper_path(pg->arena, who)));
}
