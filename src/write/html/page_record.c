/* write/html/page_record: documents and records, and where they are used. */
#include "write/html/portal_int.h"

#include "base/path.h"
#include "form/doc/binder/binder.h"
#include "form/table/audits.h"
#include "form/table/blank.h"
#include "form/table/cells.h"
#include "form/table/fields.h"
#include "form/table/improve.h"
#include "form/table/recovery.h"
#include "model/classes.h"
#include "model/lifecycle.h"

/* -- Where it is used ------------------------------------------------------------------ */

/* Records of one type that refer to this one. */
struct users {
    const struct record *records[USED_ROWS_MAX];
    str through[USED_ROWS_MAX]; /* headings of the fields they do it with */
    size_t shown, count;
    const struct record *last; /* back-links of one record stand together */
};

static void add_user(struct page *pg, struct users *u, const struct backlink *b)
{
    if (b->from == u->last) {
        if (u->count > u->shown)
            return;
        str *through = &u->through[u->shown - 1];
        *through =
            str_fmt(pg->arena, STR_FMT ", " STR_FMT, STR_ARG(*through), STR_ARG(b->field->heading));
        return;
    }
    u->last = b->from;
    u->count++;
    if (u->shown == USED_ROWS_MAX)
        return;
    u->records[u->shown] = b->from;
    u->through[u->shown++] = b->field->heading;
}

static void write_users(struct page *pg, struct html *h, const struct type_def *t,
                        const struct users *u)
{
    const struct register_view *view = pg->portal->registers[t->number];
    struct table *table = register_brief(pg->arena, view, u->records, u->shown, u->through);
    table->id = str_fmt(pg->arena, "used-" STR_FMT, STR_ARG(t->key));
    if (u->count > u->shown)
        table->note = str_fmt(pg->arena, "%zu of %zu are shown; the register has them all.",
                              u->shown, u->count);
    html_table(h, &pg->context, table, NULL);
}

/* Types in the order of the schema, so that the list is the same everywhere. */
static void put_users(struct page *pg)
{
    const struct record *r = pg->ref->record;
    const struct schema *s = pg->model->schema;
    struct users **of_type = NEW_ARRAY(pg->arena, struct users *, s->type_count);
    for (size_t i = 0; i < r->back_count; i++) {
        const struct backlink *b = &r->back[i];
        if (!record_has_page(pg->portal, b->from))
            continue;
        struct users **u = &of_type[b->from->type->number];
        if (*u == NULL)
            *u = NEW(pg->arena, struct users);
        add_user(pg, *u, b);
    }
    struct buf out = buf_in(pg->arena, 1024);
    struct html h = html_into(&out);
    for (size_t t = 0; t < s->type_count; t++)
        if (of_type[t] != NULL)
            write_users(pg, &h, s->types[t], of_type[t]);
    html_done(&h);
    put_markup(pg->data, S("used"), &out);
}

/* -- A document ------------------------------------------------------------------------ */

void put_contents(struct page *pg, const struct doc *doc)
{
    enum { SHOWN_FROM = 3, LEVEL_FIRST = 2, LEVEL_LAST = 3 };
    struct items toc = items_new(pg);
    for (size_t i = 0; i < doc->heading_count; i++) {
        const struct doc_heading *heading = &doc->headings[i];
        if (heading->level < LEVEL_FIRST || heading->level > LEVEL_LAST)
            continue;
        struct tmap *m = items_add(pg, &toc);
        put_text(m, S("href"), str_fmt(pg->arena, "#" STR_FMT, STR_ARG(heading->id)));
        put_text(m, S("css"), heading->level == LEVEL_LAST ? S("level-3") : S("level-2"));
        put_text(m, S("label"),
                 heading->number.n == 0
                     ? heading->text
                     : str_fmt(pg->arena, STR_FMT " " STR_FMT, STR_ARG(heading->number),
                               STR_ARG(heading->text)));
    }
    put_items(pg, pg->data, S("toc"), &toc);
    put_flag(pg->data, S("has_toc"), toc.count >= SHOWN_FROM);
}

/* "bcp-001.pdf" beside "d/bcp-001.html". */
static str pdf_beside(struct page *pg)
{
    str name = path_name(pg->ref->path);
    str stem = str_from_to(name, 0, name.n - S(".html").n);
    return str_fmt(pg->arena, STR_FMT ".pdf", STR_ARG(stem));
}

static str gaps_text(struct arena *a, size_t count)
{
    if (count == 1)
        return S("One placeholder is still to be filled in.");
    return str_fmt(a, "%zu placeholders are still to be filled in.", count);
}

/* The head of the page says these already. */
static bool is_in_head(str label)
{
    static const str labels[] = {S_INIT("Code"), S_INIT("Version"), S_INIT("Status"),
                                 S_INIT("In force"), S_INIT("Confidentiality level")};
    for (size_t i = 0; i < COUNT_OF(labels); i++)
        if (str_eq(label, labels[i]))
            return true;
    return false;
}

/* "Internal: Staff, Crisis team" */
static str who_may_see(struct page *pg, const struct record *r)
{
    size_t count;
    const struct audience *list = model_audiences(pg->model, pg->arena, &count);
    struct buf b = buf_in(pg->arena, 64);
    buf_add(&b, word_for_people(pg->arena, class_word(r->class_level)));
    const char *before = ": ";
    for (size_t i = 0; i < count; i++) {
        if (list[i].clearance < r->class_level || list[i].title.n == 0)
            continue;
        buf_fmt(&b, "%s" STR_FMT, before, STR_ARG(list[i].title));
        before = ", ";
    }
    return buf_str(&b);
}

/* Who approved it and who may see it come first, then the rest of its control data. */
static void put_panel(struct page *pg, const struct record *r, const struct table *cover)
{
    static const struct column columns[] = {COLUMN("field", "Field", TEXT),
                                            COLUMN("value", "Value", TEXT)};
    struct table *panel = table_new(pg->arena, cover->id, cover->caption, columns, 2);
    panel->head_column = true;
    for (int first = 1; first >= 0; first--) {
        for (size_t i = 0; i < cover->row_count; i++) {
            str label = cell_plain(pg->arena, table_cell(cover, i, 0));
            if (str_eq(label, S("Approved by")) != first || is_in_head(label))
                continue;
            struct cell *cells = table_row(pg->arena, panel);
            cells[0] = *table_cell(cover, i, 0);
            cells[1] = *table_cell(cover, i, 1);
        }
        if (first) {
            struct cell *cells = table_row(pg->arena, panel);
            cells[0] = cell_text(pg->arena, S("Who may see it"));
            cells[1] = cell_text(pg->arena, who_may_see(pg, r));
        }
    }
    put_fields(pg, pg->data, S("panel"), panel);
}

/* What the text is that does not hold, and what holds instead. */
static void put_standing(struct page *pg, const struct record *r, const struct doc *doc)
{
    if (doc->standing.n == 0) {
        put_nothing(pg->data, S("standing"));
        return;
    }
    const struct lifecycle *life = r->life;
    bool is_over = life_is_over(life);
    struct tmap *m = tmap_new(pg->arena);
    put_text(m, S("words"), doc->standing);
    put_text(m, S("tone"), is_over || life->status == LIFE_CHANGED ? S("bad") : S("warn"));
    put_text(m, S("then"),
             doc->in_force.n > 0 ? str_fmt(pg->arena, "In force is " STR_FMT ", not this text.",
                                           STR_ARG(doc->in_force))
             : is_over           ? S("Do not work from it.")
                                 : S("No version of it is in force."));
    put_nothing(m, S("successor"));
    if (life->successor != NULL) {
        struct tmap *to = tmap_new(pg->arena);
        put_text(to, S("href"), page_link_record(pg, life->successor));
        put_text(to, S("label"), life->successor->title);
        tmap_put(m, S("successor"), tmap_value(to));
    }
    tmap_put(pg->data, S("standing"), tmap_value(m));
}

/* In an edition: the very bytes that the approval binds, and what the approver stated. */
static void put_proof(struct page *pg, const struct record *r)
{
    if (pg->portal->world.edition.n == 0 || !life_is_bound(r->life)) {
        put_nothing(pg->data, S("proof"));
        return;
    }
    struct arena *a = pg->arena;
    str slug = path_slug(a, r->id);
    struct tmap *m = tmap_new(a);
    put_text(m, S("text"), page_link(pg, str_fmt(a, "source/" STR_FMT ".md", STR_ARG(slug))));
    put_text(m, S("statement"),
             page_link(pg, str_fmt(a, "approvals/" STR_FMT ".txt", STR_ARG(slug))));
    tmap_put(pg->data, S("proof"), tmap_value(m));
}

void fill_DOCUMENT(struct page *pg)
{
    const struct record *r = pg->ref->record;
    struct tmap *m = pg->data;
    const struct doc *doc = pg->ref->doc;
    pg->title = r->title;
    put_text(m, S("code"), r->id);
    put_field(pg, m, S("status"), r, DOCUMENT_STATUS);
    put_text(m, S("version"), doc->version);
    put_standing(pg, r, doc);
    put_panel(pg, r, doc->cover);
    put_text(m, S("pdf"), pg->portal->world.only_html ? S("") : pdf_beside(pg));
    put_proof(pg, r);
    put_flag(m, S("has_gaps"), doc->gap_count > 0);
    put_text(m, S("gaps"), gaps_text(pg->arena, doc->gap_count));
    bool is_foreign = !str_eq(doc->language, pg->portal->language);
    put_text(m, S("foreign"), is_foreign ? doc->language : S(""));
    put_contents(pg, doc);
    put_tree(pg, m, S("body"), doc->body);
    put_changes_link(pg, S("changes"));
    const struct changes *c = pg->portal->world.changes;
    const struct change *change = c != NULL ? changes_find(c, r->id) : NULL;
    put_flag(m, S("has_actions"),
             !pg->portal->world.only_html || (change != NULL && change->kind == CHANGE_CHANGED));
    if (doc->history != NULL)
        put_table(pg, m, S("history"), doc->history, NULL);
    else
        put_nothing(m, S("history"));
    put_findings(pg);
    put_users(pg);
}

/* -- A record -------------------------------------------------------------------------- */

static void add_prose(struct page *pg, struct items *sections, const struct record_prose *prose)
{
    struct buf out = buf_in(pg->arena, 1024);
    struct html h = html_into(&out);
    struct html_context context = pg->context; /* several texts on one page */
    context.ids = str_fmt(pg->arena, STR_FMT "-%zu-", STR_ARG(prose->key), sections->count);
    html_open(&h, "div");
    html_attr(&h, "class", S("prose"));
    html_tree(&h, &context,
              doc_prose(pg->arena, pg->diags, pg->portal->world.doc, prose->value->span,
                        prose->value->text));
    html_close(&h, "div");
    html_done(&h);
    struct tmap *m = items_add(pg, sections);
    put_text(m, S("id"), str_fmt(pg->arena, "field-%zu", sections->count));
    put_text(m, S("heading"), prose->heading);
    put_markup(m, S("content"), &out);
}

/* In place of the rows as they were written: a grid, with the MTPD that follows from it. */
static const struct table *grid_of(struct page *pg, const struct table *parts)
{
    const struct record *r = pg->ref->record;
    const struct type_def *t = r->type;
    bool is_grid = t->number == TYPE_BIA &&
                   str_eq(parts->caption, t->fields[schema_slot(t, BIA_GRID)].heading);
    const struct table *grid = is_grid ? impact_grid(pg->arena, pg->model, r) : NULL;
    return grid != NULL ? grid : parts;
}

static void add_parts(struct page *pg, struct items *sections, const struct table *parts)
{
    struct tmap *m = items_add(pg, sections);
    put_text(m, S("id"), str_fmt(pg->arena, "field-%zu", sections->count));
    put_text(m, S("heading"), parts->caption);
    if (str_eq(parts->columns[0].key, S("field")))
        put_fields(pg, m, S("content"), parts);
    else
        put_table(pg, m, S("content"), parts, NULL);
}

/* How soon it must be back, can be and was; of what commits to times. */
static void put_recovery(struct page *pg)
{
    const struct table *t = recovery_of(pg->arena, pg->model, pg->ref->record);
    if (t == NULL) {
        put_nothing(pg->data, S("recovery"));
        return;
    }
    struct tmap *m = tmap_new(pg->arena);
    put_fields(pg, m, S("content"), t);
    put_text(m, S("note"), t->note);
    tmap_put(pg->data, S("recovery"), tmap_value(m));
}

str page_link_form(const struct page *pg, const struct record *form)
{
    return pg->portal->world.only_html ? S("") : page_link(pg, form_path(pg->arena, form));
}

str page_link_binder(const struct page *pg, const struct record *binder)
{
    if (pg->portal->world.only_html || !rec_is_live(binder))
        return S("");
    return page_link(pg,
                     str_fmt(pg->arena, STR_FMT ".pdf", STR_ARG(binder_path(pg->arena, binder))));
}

static void put_binder(struct page *pg)
{
    const struct record *r = pg->ref->record;
    str href = r->type->number == TYPE_BINDER ? page_link_binder(pg, r) : S("");
    if (href.n != 0)
        put_link(pg, S("binder"), href, S("The binder, to be printed (PDF)"));
    else
        put_nothing(pg->data, S("binder"));
}

/* The sheet itself, and where it is to print and to fill in. */
static void put_form(struct page *pg)
{
    const struct record *r = pg->ref->record;
    if (r->type->number != TYPE_FORM) {
        put_nothing(pg->data, S("form"));
        return;
    }
    struct md_node *root = md_new(pg->arena, MD_DOCUMENT, r->span);
    struct md_node *node = md_new(pg->arena, MD_FORM_BLANK, r->span);
    node->blank = blank_form(pg->arena, r);
    md_append(root, node);
    struct tmap *m = tmap_new(pg->arena);
    put_text(m, S("href"), page_link_form(pg, r));
    put_tree(pg, m, S("content"), root);
    tmap_put(pg->data, S("form"), tmap_value(m));
}

/* Of an action or audit as labels and values, of a programme as a table. */
static const struct table *standing_table(struct page *pg, const struct record *r)
{
    switch (r->type->number) {
    case TYPE_ACTION:
        return action_facts(pg->arena, pg->model, r);
    case TYPE_AUDIT:
        return audit_facts(pg->arena, pg->model, r);
    case TYPE_AUDIT_PROGRAMME:
        return audit_programme_of(pg->arena, pg->model, r);
    default:
        return NULL;
    }
}

/* What follows from the record and those around it: whether it is late, and by how much. */
static void put_standing_of(struct page *pg)
{
    const struct record *r = pg->ref->record;
    const struct table *t = standing_table(pg, r);
    bool is_action = r->type->number == TYPE_ACTION;
    if (t == NULL || t->row_count == 0) {
        put_nothing(pg->data, S("stands"));
        return;
    }
    struct tmap *m = tmap_new(pg->arena);
    put_text(m, S("href"),
             page_link(pg, is_action ? S("manage/actions.html") : S("audit/programme.html")));
    put_text(m, S("label"), is_action ? S("Action log") : S("Audit programme"));
    if (table_has_heads(t))
        put_table(pg, m, S("content"), page_first_rows(pg, t), NULL);
    else
        put_fields(pg, m, S("content"), t);
    tmap_put(pg->data, S("stands"), tmap_value(m));
}

void fill_RECORD(struct page *pg)
{
    const struct record *r = pg->ref->record;
    const struct record_fields *fields = record_fields(pg->arena, r);
    pg->title = r->title.n > 0 ? r->title : r->id;
    put_text(pg->data, S("code"), id_and_type(pg->arena, r));
    put_fields(pg, pg->data, S("fields"), fields->values);
    struct items sections = items_new(pg);
    for (size_t i = 0; i < fields->prose_count; i++)
        add_prose(pg, &sections, &fields->prose[i]);
    for (size_t i = 0; i < fields->part_count; i++)
        add_parts(pg, &sections, grid_of(pg, fields->parts[i]));
    add_record_tables(pg, &sections);
    put_items(pg, pg->data, S("sections"), &sections);
    put_findings(pg);
    put_recovery(pg);
    put_form(pg);
    put_binder(pg);
    put_flow_down(pg);
    put_reports(pg);
    put_standing_of(pg);
    put_own_part(pg);
    put_loss(pg);
    put_record_map(pg);
    put_users(pg);
}
