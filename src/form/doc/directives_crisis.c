/* form/doc/directives_crisis: fenced blocks for plans and binders: people, steps, losses. */
#include "form/doc/doc_int.h"

#include "form/doc/report.h"
#include "form/table/response.h"
#include "form/table/lists.h"
#include "form/table/lose/lose.h"

enum {
    NAMED_MAX = 256, /* of one block: more is a register */
    LOSE_TITLE_LEVEL = 3,
};

/* What a block may name: `types` ends with TYPE_COUNT. */
struct wanted {
    const enum type_id *types;
    const char *usage;
};

static bool is_wanted(const struct record *r, const enum type_id *types)
{
    for (; *types != TYPE_COUNT; types++)
        if (r->type->number == *types)
            return true;
    return false;
}

/* The record of this id. NULL: the node says that it is not in this copy, or it was reported. */
static const struct record *named(struct doc_pass *p, struct md_node *n, str id,
                                  const struct wanted *wanted)
{
    const struct record *r = model_find(p->world->model, id);
    if (r != NULL && is_wanted(r, wanted->types))
        return r;
    if (r == NULL && id.n != 0 && model_may_lack(p->world->model, id))
        doc_put_notice(p, n, id);
    else
        doc_unknown(p, n, id, wanted->usage);
    return NULL;
}

/* -- Tables --------------------------------------------------------------------------------- */

/* Of what is not in this copy the table shows nothing; of a slip there is no table. */
bool doc_fill_reach(struct doc_pass *p, struct md_node *n, str argument)
{
    static const enum type_id types[] = {TYPE_ROLE, TYPE_TEAM, TYPE_PERSON, TYPE_CONTACT,
                                         TYPE_COUNT};
    static const struct wanted wanted = {
        types,
        "use: reach ID…, for example `reach ROL-036 TEA-001`: roles, teams, people, contacts"};
    const struct record **who = NEW_ARRAY(p->arena, const struct record *, NAMED_MAX);
    size_t count = 0;
    for (str id; argument.n != 0 && count < NAMED_MAX;) {
        argument = str_trim(str_cut(argument, ' ', &id));
        const struct record *r = model_find(p->world->model, id);
        if (r == NULL && model_may_lack(p->world->model, id))
            continue;
        if (r == NULL || !is_wanted(r, types))
            return doc_unknown(p, n, id, wanted.usage);
        who[count++] = r;
    }
    return doc_put_table(n, reach_table(p->arena, who, count));
}

bool doc_fill_calls(struct doc_pass *p, struct md_node *n, str argument)
{
    static const enum type_id types[] = {TYPE_CALL_TREE, TYPE_COUNT};
    static const struct wanted wanted = {types, "use: calls ID, for example `calls CAL-001`"};
    const struct record *r = named(p, n, argument, &wanted);
    return r != NULL && doc_put_table(n, calls_table(p->arena, r));
}

static const enum type_id plan_type[] = {TYPE_PLAN, TYPE_COUNT};

bool doc_fill_steps(struct doc_pass *p, struct md_node *n, str argument)
{
    static const struct wanted wanted = {plan_type, "use: steps ID, for example `steps PLN-001`"};
    const struct record *r = named(p, n, argument, &wanted);
    return r != NULL && doc_put_table(n, steps_table(p->arena, p->world->model, r));
}

bool doc_fill_ticks(struct doc_pass *p, struct md_node *n, str argument)
{
    static const struct wanted wanted = {plan_type, "use: ticks ID, for example `ticks PLN-001`"};
    const struct record *r = named(p, n, argument, &wanted);
    return r != NULL && doc_put_table(n, ticks_table(p->arena, r, PLAN_IMMEDIATE_ACTIONS));
}

bool doc_fill_box(struct doc_pass *p, struct md_node *n, str argument)
{
    static const enum type_id types[] = {TYPE_BATTLE_BOX, TYPE_COUNT};
    static const struct wanted wanted = {types, "use: box ID, for example `box BOX-001`"};
    const struct record *r = named(p, n, argument, &wanted);
    return r != NULL && doc_put_table(n, box_table(p->arena, r, p->world->model->as_of));
}

bool doc_fill_copies(struct doc_pass *p, struct md_node *n, str argument)
{
    static const enum type_id types[] = {TYPE_BINDER, TYPE_DOCUMENT, TYPE_COUNT};
    static const struct wanted wanted = {types, "use: copies ID, for example `copies BND-001`"};
    const struct record *r = named(p, n, argument, &wanted);
    return r != NULL && doc_put_table(n, list_copies_of(p->arena, p->world->model, r));
}

/* -- Prose ---------------------------------------------------------------------------------- */

static const struct field_value *prose_of(const struct record *r, str key)
{
    size_t slot = r == NULL ? SIZE_MAX : type_field(r->type, key);
    if (slot == SIZE_MAX || r->type->fields[slot].kind != FIELD_PROSE)
        return NULL;
    return &r->values[slot];
}

/* The text of a field, set off as what it is: somebody else's words. */
bool doc_fill_prose(struct doc_pass *p, struct md_node *n, str argument)
{
    str id, key = str_trim(str_cut(argument, ' ', &id));
    const struct record *r = model_find(p->world->model, id);
    if (r == NULL && model_may_lack(p->world->model, id))
        return doc_put_notice(p, n, id);
    const struct field_value *v = prose_of(r, key);
    if (v == NULL)
        return doc_unknown(p, n, argument, "use: prose ID FIELD, for example `prose MSG-001 text`");
    if (v->state == FV_WITHHELD)
        return doc_put_notice(p, n, id);
    struct md_node *text = doc_prose(p->arena, p->diags, p->world, v->span, v->text);
    n->kind = MD_QUOTE;
    n->text = S("");
    while (text->first != NULL) {
        struct md_node *child = text->first;
        md_remove(child);
        md_append(n, child);
    }
    return true;
}

/* -- Losses --------------------------------------------------------------------------------- */

static void put_words(struct doc_pass *p, struct md_node *n, str text)
{
    struct md_node *para = md_new(p->arena, MD_PARA, n->span);
    report_text(p->arena, para, text);
    md_insert_before(n, para);
}

static void put_title(struct doc_pass *p, struct md_node *n, str text)
{
    struct md_node *title = md_new(p->arena, MD_HEADING, n->span);
    title->heading.level = LOSE_TITLE_LEVEL;
    report_text(p->arena, title, text);
    md_insert_before(n, title);
}

/* Whole: who holds the paper may have nothing else to look in. */
static void put_section(struct doc_pass *p, struct md_node *n, const struct lose_section *s)
{
    put_title(p, n, s->title);
    if (s->table->row_count == 0) {
        put_words(p, n, s->table->note);
        return;
    }
    struct table *bare = NEW(p->arena, struct table);
    struct md_node *t = md_new(p->arena, MD_FORM_TABLE, n->span);
    *bare = *s->table;
    bare->caption = S(""); /* said above it */
    t->table = bare;
    md_insert_before(n, t);
}

/* The node itself becomes the last line. */
bool doc_fill_lose(struct doc_pass *p, struct md_node *n, str argument)
{
    const struct model *m = p->world->model;
    str id = str_trim(argument);
    const struct record *lost = model_find(m, id);
    if (lost == NULL && model_may_lack(m, id))
        return doc_put_notice(p, n, id);
    if (lost == NULL || !lose_is_subject(lost))
        return doc_unknown(p, n, argument, "use: lose ID, for example `lose SIT-001`");
    if (p->lose == NULL)
        p->lose = lose_open(p->arena, m, SIZE_MAX);
    struct lose_question question = {&lost, 1, SIZE_MAX};
    struct lose_answer answer = lose_answer(p->arena, p->lose, &question);
    put_words(p, n, answer.summary);
    if (model_is_partial(m))
        put_words(p, n,
                  S("This copy does not hold everything: what is not in it is not in this "
                    "analysis."));
    for (size_t i = 0; i < answer.section_count; i++)
        put_section(p, n, &answer.sections[i]);
    n->kind = MD_PARA;
    n->text = S("");
    report_text(
        p->arena, n,
        str_fmt(p->arena, "Worked out as of " STR_FMT ".", STR_ARG(date_long(p->arena, m->as_of))));
    return true;
}
