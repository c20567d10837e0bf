/* form/doc/directives: fenced blocks that stand for a table or a drawing. */
#include "form/doc/doc_int.h"

#include "base/path.h"
#include "form/draw/draw.h"
#include "form/table/blank.h"
#include "form/table/cells.h"
#include "form/table/fields.h"
#include "form/table/glossary.h"
#include "form/table/lists.h"
#include "form/table/record_tables.h"
#include "form/table/register.h"

/* One row each: the first word of the fence's info string. The function gives
 * false when the argument names nothing; then it has reported. */
struct directive {
    str name;
    bool (*fill)(struct doc_pass *p, struct md_node *n, str argument);
};

bool doc_put_table(struct md_node *n, const struct table *t)
{
    n->kind = MD_FORM_TABLE;
    n->table = t;
    return true;
}

bool doc_unknown(struct doc_pass *p, const struct md_node *n, str argument, const char *usage)
{
    diag(p->diags, CHECK_RULE(DIRECTIVE), n->span, "'" STR_FMT "' is not known here",
         STR_ARG(argument));
    diag_hint(p->diags, "%s", usage);
    return false;
}

/* `register suppliers` and `register supplier` both work. */
static const struct type_def *type_named(const struct doc_pass *p, str name)
{
    const struct schema *s = p->world->model->schema;
    const struct type_def *t = schema_type(s, name);
    for (size_t i = 0; t == NULL && i < s->type_count; i++)
        if (!s->types[i]->is_part && str_eq(str_lower(p->arena, s->types[i]->plural), name))
            t = s->types[i];
    return t != NULL && !t->is_part ? t : NULL;
}

/* What was asked for is not in this copy: the words that say so, in its place. */
bool doc_put_notice(struct doc_pass *p, struct md_node *n, str id)
{
    struct md_node *text = md_new(p->arena, MD_TEXT, n->span);
    text->text = text_not_in_copy(p->arena, id);
    n->kind = MD_PARA;
    n->text = S("");
    md_append(n, text);
    return true;
}

static bool fill_register(struct doc_pass *p, struct md_node *n, str argument)
{
    const struct list_def *list = list_find(argument);
    if (list != NULL && !list_is_there(p->world->model, list))
        return doc_put_notice(p, n, S(""));
    if (list != NULL)
        return doc_put_table(n, list_table(p->arena, p->world->model, list));
    const struct type_def *t = type_named(p, argument);
    if (t == NULL)
        return doc_unknown(p, n, argument, "use: register TYPE, for example `register supplier`");
    return doc_put_table(n, register_table(p->arena, p->world->model, t));
}

/* A sheet of paper has room for so many roles side by side. */
enum { RACI_COLUMNS_MAX = 16 };

static bool fill_raci(struct doc_pass *p, struct md_node *n, str argument)
{
    (void)argument;
    return doc_put_table(n, raci_table(p->arena, p->world->model, RACI_COLUMNS_MAX));
}

static bool fill_record(struct doc_pass *p, struct md_node *n, str argument)
{
    const struct record *r = model_find(p->world->model, argument);
    if (r == NULL && model_may_lack(p->world->model, argument))
        return doc_put_notice(p, n, argument);
    if (r == NULL)
        return doc_unknown(p, n, argument, "use: record ID, for example `record ACT-001`");
    return doc_put_table(n, record_table(p->arena, r));
}

static bool fill_glossary(struct doc_pass *p, struct md_node *n, str argument)
{
    (void)argument;
    return doc_put_table(n, glossary_table(p->arena));
}

/* Labels and values; what is not recorded has a dash. */
static bool fill_fields(struct doc_pass *p, struct md_node *n, str argument)
{
    static const struct column columns[] = {COLUMN("field", "", TEXT), COLUMN("value", "", TEXT)};
    str id, key, rest = str_trim(str_cut(argument, ' ', &id));
    const struct record *r = model_find(p->world->model, id);
    if (r == NULL && model_may_lack(p->world->model, id))
        return doc_put_notice(p, n, id);
    const char *usage = "use: fields ID FIELD…, for example `fields SIT-001 address seats`";
    if (r == NULL || rest.n == 0)
        return doc_unknown(p, n, argument, usage);
    struct table *t = table_new(p->arena, S(""), S(""), columns, 2);
    t->head_column = true;
    while (rest.n != 0) {
        struct field_path path;
        rest = str_trim(str_cut(rest, ' ', &key));
        if (!field_path_find(r->type, key, &path))
            return doc_unknown(p, n, key, usage);
        struct cell *cells = table_row(p->arena, t);
        cells[0] = cell_text(p->arena, field_path_end(&path)->heading);
        cells[1] = cell_of_path(p->arena, r, &path, CELL_WHOLE);
    }
    return doc_put_table(n, t);
}

static bool fill_table(struct doc_pass *p, struct md_node *n, str argument)
{
    str name, id = str_trim(str_cut(argument, ' ', &name));
    const struct record_table_def *def = record_table_find(name);
    const struct record *r = model_find(p->world->model, id);
    if (def != NULL && r == NULL && id.n != 0 && model_is_partial(p->world->model)) {
        str_cut(id, ' ', &id); /* a template says of one of its own that it is not here */
        return doc_put_notice(p, n, id);
    }
    if (def == NULL || r == NULL || !record_table_fits(def, r))
        return doc_unknown(p, n, argument,
                           "use: table NAME ID, for example `table learnt INC-001`");
    return doc_put_table(n, record_table_make(p->arena, p->world->model, def, r));
}

static bool fill_form(struct doc_pass *p, struct md_node *n, str argument)
{
    const struct record *r = model_find(p->world->model, argument);
    if (r == NULL && model_may_lack(p->world->model, argument))
        return doc_put_notice(p, n, argument);
    if (r == NULL || r->type->number != TYPE_FORM)
        return doc_unknown(p, n, argument, "use: form ID, for example `form FRM-002`");
    n->kind = MD_FORM_BLANK;
    n->blank = blank_form(p->arena, r);
    n->id = path_slug(p->arena, r->id);
    return true;
}

static bool fill_contents(struct doc_pass *p, struct md_node *n, str argument)
{
    (void)p;
    (void)argument;
    n->kind = MD_CONTENTS;
    return true;
}

static bool fill_page_break(struct doc_pass *p, struct md_node *n, str argument)
{
    (void)p;
    n->kind = MD_PAGE_BREAK;
    n->page_break.right = str_eq(argument, S("right"));
    return true;
}

static bool put_drawing(struct md_node *n, const struct drawing *d)
{
    n->drawing = d;
    if (d == NULL)
        return false;
    n->kind = MD_FORM_DRAWING;
    return true;
}

static str last_word(str s)
{
    size_t from = s.n;
    while (from > 0 && s.p[from - 1] != ' ')
        from--;
    return str_skip(s, from);
}

static bool fill_drawing(struct doc_pass *p, struct md_node *n, str kind, str argument)
{
    const struct model *m = p->world->model;
    if (put_drawing(n,
                    draw_by_name(p->arena, p->diags, m, p->world->fonts, n->span, kind, argument)))
        return true;
    str subject = last_word(argument);
    return model_find(m, subject) == NULL && model_may_lack(m, subject) &&
           doc_put_notice(p, n, subject);
}

static bool fill_dot(struct doc_pass *p, struct md_node *n, str argument)
{
    (void)argument;
    return put_drawing(
        n, draw_dot(p->arena, p->diags, p->world->model, p->world->fonts, n->span, n->text));
}

static bool fill_map(struct doc_pass *p, struct md_node *n, str argument)
{
    return fill_drawing(p, n, S("map"), argument);
}

static bool fill_chart(struct doc_pass *p, struct md_node *n, str argument)
{
    return fill_drawing(p, n, S("chart"), argument);
}

static bool fill_calltree(struct doc_pass *p, struct md_node *n, str argument)
{
    return fill_drawing(p, n, S("calltree"), argument);
}

static const struct directive directive[] = {
    {S_INIT("register"), fill_register}, {S_INIT("raci"), fill_raci},
    {S_INIT("record"), fill_record},     {S_INIT("map"), fill_map},
    {S_INIT("chart"), fill_chart},       {S_INIT("calltree"), fill_calltree},
    {S_INIT("contents"), fill_contents}, {S_INIT("page-break"), fill_page_break},
    {S_INIT("dot"), fill_dot},           {S_INIT("reach"), doc_fill_reach},
    {S_INIT("calls"), doc_fill_calls},   {S_INIT("steps"), doc_fill_steps},
    {S_INIT("ticks"), doc_fill_ticks},   {S_INIT("box"), doc_fill_box},
    {S_INIT("copies"), doc_fill_copies}, {S_INIT("prose"), doc_fill_prose},
    {S_INIT("lose"), doc_fill_lose},     {S_INIT("glossary"), fill_glossary},
    {S_INIT("fields"), fill_fields},     {S_INIT("form"), fill_form},
    {S_INIT("table"), fill_table},
};

bool doc_is_directive(str info)
{
    str name;
    str_cut(str_trim(info), ' ', &name);
    for (size_t i = 0; i < COUNT_OF(directive); i++)
        if (str_eq(directive[i].name, name))
            return true;
    return false;
}

static void apply(struct doc_pass *p, struct md_node *n)
{
    str name, argument = str_trim(str_cut(str_trim(n->code.info), ' ', &name));
    for (size_t i = 0; i < COUNT_OF(directive); i++)
        if (str_eq(directive[i].name, name))
            directive[i].fill(p, n, argument);
}

void doc_directives(struct doc_pass *p)
{
    if (p->doc->record == NULL)
        return; /* without a workspace there is nothing to ask for */
    for (struct md_walk w = md_walk(p->doc->body); md_step(&w);)
        if (w.enter && w.node->kind == MD_CODE_BLOCK)
            apply(p, w.node);
}
