/* form/table/response/reach: who stands behind roles, teams and contacts, and at which numbers. */
#include "form/table/response.h"

#include "form/table/cells.h"
#include "form/table/crisis.h"

enum { WHO, HOLDER, DEPUTIES, REACHED };

/* -- Numbers -------------------------------------------------------------------------------- */

/* Where numbers are silent: the mailbox that is out of band works when ours does not. */
static str address_of(const struct record *person)
{
    str out_of_band = rec_text(person, PERSON_OUT_OF_BAND);
    return out_of_band.n != 0 ? out_of_band : rec_text(person, PERSON_EMAIL);
}

str person_numbers(struct arena *a, const struct record *person)
{
    enum { PHONES_MAX = 6 };
    struct crisis_phone phones[PHONES_MAX];
    struct buf out = buf_in(a, 96);
    size_t count = crisis_phones(a, person, phones, PHONES_MAX);
    for (size_t i = 0; i < count; i++)
        buf_fmt(&out, "%s" STR_FMT " " STR_FMT, i == 0 ? "" : ", ",
                STR_ARG(text_inside_sentence(a, phones[i].label)), STR_ARG(phones[i].number));
    return count != 0 ? buf_str(&out) : address_of(person);
}

static str contact_numbers(struct arena *a, const struct record *contact)
{
    str day = rec_text(contact, CONTACT_PHONE), always = rec_text(contact, CONTACT_PHONE_24H);
    if (always.n == 0 || day.n == 0 || str_eq(always, day))
        return always.n != 0 ? always : day;
    return str_fmt(a, STR_FMT " (24 h), " STR_FMT, STR_ARG(always), STR_ARG(day));
}

/* -- Rows ----------------------------------------------------------------------------------- */

/* People in one cell: "Ann Lee, work +44 …; Ben Ode, …". */
struct people {
    struct arena *arena;
    struct piece *pieces;
    size_t count, cap;
};

static void add_piece(struct people *p, str text, const struct record *link, enum tone tone)
{
    PUSH(p->arena, p->pieces, p->count, p->cap, struct piece) = (struct piece){text, link, tone};
}

static void add_person(struct people *p, const struct record *person)
{
    if (person == NULL || person->type->number != TYPE_PERSON)
        return;
    if (p->count != 0)
        add_piece(p, S("; "), NULL, TONE_NONE);
    add_piece(p, person->title, person, TONE_NONE);
    str numbers = person_numbers(p->arena, person);
    if (numbers.n != 0)
        add_piece(p, str_fmt(p->arena, ", " STR_FMT, STR_ARG(numbers)), NULL, TONE_NONE);
    else
        add_piece(p, S(", no number is known"), NULL, TONE_NONE);
}

static struct cell people_cell(const struct people *p)
{
    return (struct cell){.pieces = p->pieces, .count = p->count, .is_text = true};
}

static struct cell *add_row(struct arena *a, struct table *t, const struct record *who)
{
    struct cell *cells = table_row(a, t);
    cells[WHO] = cell_record(a, who);
    return cells;
}

/* What a copy does not hold is neither vacant nor filled. */
static struct cell holder_cell(struct arena *a, const struct record *role)
{
    struct people p = {.arena = a};
    add_person(&p, rec_ref(role, ROLE_HOLDER));
    if (p.count != 0)
        return people_cell(&p);
    return rec_lacks(role, ROLE_HOLDER) ? cell_chip(a, S("Vacant"), TONE_BAD)
                                        : cell_text(a, text_not_in_copy(a, S("")));
}

static struct cell deputies_cell(struct arena *a, const struct record *role)
{
    struct people p = {.arena = a};
    size_t count;
    const struct field_value *v = rec_items(role, ROLE_DEPUTIES, &count);
    for (size_t i = 0; i < count; i++)
        add_person(&p, v[i].record);
    return people_cell(&p);
}

static void add_role(struct arena *a, struct table *t, const struct record *role)
{
    struct cell *cells = add_row(a, t, role);
    cells[HOLDER] = holder_cell(a, role);
    cells[DEPUTIES] = deputies_cell(a, role);
}

static void add_team(struct arena *a, struct table *t, const struct record *team)
{
    const struct record *lead = rec_ref(team, TEAM_LEAD);
    size_t count;
    const struct field_value *members = rec_items(team, TEAM_MEMBERS, &count);
    if (lead != NULL && lead->type->number == TYPE_ROLE)
        add_role(a, t, lead);
    for (size_t i = 0; i < count; i++)
        if (members[i].record != NULL && members[i].record != lead &&
            members[i].record->type->number == TYPE_ROLE)
            add_role(a, t, members[i].record);
}

static void add_who(struct arena *a, struct table *t, const struct record *r)
{
    switch (r->type->number) {
    case TYPE_ROLE:
        add_role(a, t, r);
        break;
    case TYPE_TEAM:
        add_team(a, t, r);
        break;
    case TYPE_PERSON: {
        struct people p = {.arena = a};
        add_person(&p, r);
        add_row(a, t, r)[HOLDER] = people_cell(&p);
        break;
    }
    case TYPE_CONTACT:
        add_row(a, t, r)[HOLDER] = cell_text(a, contact_numbers(a, r));
        break;
    default:
        break;
    }
}

const struct table *reach_table(struct arena *a, const struct record *const *who, size_t count)
{
    static const struct column column[] = {
        COLUMN("who", "Who", TEXT),
        COLUMN("holder", "First", TEXT),
        COLUMN("deputies", "Then", TEXT),
        COLUMN("reached", "Reached at", BLANK),
    };
    struct table *t = table_new(a, S(""), S(""), column, COUNT_OF(column));
    for (size_t i = 0; i < count; i++)
        add_who(a, t, who[i]);
    if (t->row_count == 0)
        t->note = S("Nobody is named.");
    return t;
}

/* -- Call trees ----------------------------------------------------------------------------- */

/* Each row says who calls: a sheet may begin with any of them. */
static void add_call(struct arena *a, struct table *t, const struct record *caller,
                     const struct record *callee)
{
    struct table *one = table_new(a, S(""), S(""), t->columns + 1, t->column_count - 1);
    add_who(a, one, callee);
    for (size_t i = 0; i < one->row_count; i++) {
        struct cell *cells = table_row(a, t);
        cells[0] = cell_record(a, caller);
        for (size_t k = 0; k < one->column_count; k++)
            cells[k + 1] = *table_cell(one, i, k);
    }
}

const struct table *calls_table(struct arena *a, const struct record *tree)
{
    static const struct column column[] = {
        COLUMN("caller", "Caller", TEXT),       COLUMN("who", "Calls", TEXT),
        COLUMN("holder", "First", TEXT),        COLUMN("deputies", "Then", TEXT),
        COLUMN("reached", "Reached at", BLANK),
    };
    struct table *t = table_new(a, S(""), S(""), column, COUNT_OF(column));
    size_t count, callee_count;
    const struct field_value *calls = rec_items(tree, CALL_TREE_EDGES, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *call = field_target(&calls[i]);
        const struct field_value *callees =
            call != NULL ? rec_items(call, CALL_CALLEES, &callee_count) : NULL;
        for (size_t k = 0; callees != NULL && k < callee_count; k++)
            if (callees[k].record != NULL)
                add_call(a, t, rec_ref(call, CALL_CALLER), callees[k].record);
    }
    if (t->row_count == 0)
        t->note = S("No call is recorded.");
    return t;
}
