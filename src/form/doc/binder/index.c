/* form/doc/binder/index: where each name of the binder has a place of its own.
 *
 * Headings are entered under their words; people under their names, at the cards and teams of
 * their roles. A name with several places has all of them. */
#include "form/doc/binder/binder_int.h"

#include <stdlib.h>

#include "form/doc/report.h"

struct place {
    str name, anchor;
    size_t order; /* in the binder */
};

struct places {
    struct binding *b;
    struct place *items;
    size_t count, cap;
};

static void add_place(struct places *p, str name, str anchor)
{
    if (name.n != 0)
        PUSH(p->b->arena, p->items, p->count, p->cap, struct place) =
            (struct place){name, anchor, p->count};
}

/* -- People --------------------------------------------------------------------------------- */

static void add_person(struct places *p, const struct record *person, str anchor)
{
    if (person != NULL && person->type->number == TYPE_PERSON)
        add_place(p, person->title, anchor);
}

static void add_role(struct places *p, const struct record *role, str anchor)
{
    size_t count;
    if (role == NULL || role->type->number != TYPE_ROLE)
        return;
    const struct field_value *v = rec_items(role, ROLE_DEPUTIES, &count);
    add_person(p, rec_ref(role, ROLE_HOLDER), anchor);
    for (size_t i = 0; i < count; i++)
        add_person(p, v[i].record, anchor);
}

static void add_team(struct places *p, const struct record *team, str anchor)
{
    size_t count;
    const struct field_value *v = rec_items(team, TEAM_MEMBERS, &count);
    add_role(p, rec_ref(team, TEAM_LEAD), anchor);
    for (size_t i = 0; i < count; i++)
        add_role(p, v[i].record, anchor);
}

/* The heading that is named like a role or team is its card or its page. */
static void add_people(struct places *p, str name, str anchor)
{
    const struct binding *b = p->b;
    for (size_t i = 0; i < b->roles.count; i++)
        if (str_eq(b->roles.items[i]->title, name))
            add_role(p, b->roles.items[i], anchor);
    for (size_t i = 0; i < b->teams.count; i++)
        if (str_eq(b->teams.items[i]->title, name))
            add_team(p, b->teams.items[i], anchor);
}

/* -- The index ------------------------------------------------------------------------------ */

static int by_name(const void *x, const void *y)
{
    const struct place *a = x, *b = y;
    int order = str_cmp_natural(a->name, b->name);
    if (order != 0)
        return order;
    return a->order < b->order ? -1 : a->order > b->order;
}

static void add_link(struct places *p, struct md_node *para, const struct place *place)
{
    struct md_node *link = report_node(p->b->arena, MD_LINK);
    link->url = str_fmt(p->b->arena, "#" STR_FMT, STR_ARG(place->anchor));
    link->is_folio = true;
    report_text(p->b->arena, link, place->name);
    md_append(para, link);
}

/* Titles of sections and what stands directly below them. */
enum { LEVEL_MAX = 2 };

static void collect(struct places *p)
{
    for (struct md_walk w = md_walk(p->b->doc->body); md_step(&w);) {
        const struct md_node *n = w.node;
        if (!w.enter || n->kind != MD_HEADING || n->id.n == 0 || n->heading.level > LEVEL_MAX)
            continue;
        str name = md_text(p->b->arena, n);
        add_place(p, name, n->id);
        add_people(p, name, n->id);
    }
}

void binder_index(struct binding *b)
{
    struct places p = {.b = b};
    collect(&p);
    if (p.count == 0)
        return;
    qsort(p.items, p.count, sizeof *p.items, by_name);
    md_append(b->doc->body, report_node(b->arena, MD_PAGE_BREAK));
    report_heading(b->arena, b->doc->body, 1, S("Index"))->id = S("index");
    struct md_node *index = report_node(b->arena, MD_INDEX), *para = NULL;
    md_append(b->doc->body, index);
    for (size_t i = 0; i < p.count; i++) {
        if (i == 0 || !str_eq(p.items[i].name, p.items[i - 1].name))
            para = report_para(b->arena, index, p.items[i].name);
        if (i == 0 || !str_eq(p.items[i].anchor, p.items[i - 1].anchor) ||
            !str_eq(p.items[i].name, p.items[i - 1].name))
            add_link(&p, para, &p.items[i]);
    }
}
