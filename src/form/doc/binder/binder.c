/* form/doc/binder/binder: the crisis binder, put together from records. */
#include "form/doc/binder/binder_int.h"

#include "base/path.h"
#include "form/doc/report.h"
#include "form/doc/report_template.h"
#include "form/table/cells.h"
#include "model/classes.h"

str binder_path(struct arena *a, const struct record *binder)
{
    return str_fmt(a, "binder/" STR_FMT, STR_ARG(path_slug(a, binder->id)));
}

/* -- Trees that are put together ------------------------------------------------------------- */

static bool is_inner_link(const struct md_node *n)
{
    return n->kind == MD_LINK && n->url.n > 1 && n->url.p[0] == '#';
}

/* Of a section, which others may refer to. */
static bool is_section(const struct binding *b, str anchor)
{
    return map_find(&b->sections, anchor) != NULL;
}

/* Anchors are unique in one tree; in many they are with the name of theirs in front. A link to
 * another record that is no document has no place here. */
static void rename_anchors(struct binding *b, struct md_node *tree, const struct record *own,
                           str prefix)
{
    for (struct md_walk w = md_walk(tree); md_step(&w);) {
        struct md_node *n = w.node;
        if (!w.enter)
            continue;
        if (n->id.n != 0)
            n->id = str_fmt(b->arena, STR_FMT "-" STR_FMT, STR_ARG(prefix), STR_ARG(n->id));
        if (is_inner_link(n) && !is_section(b, str_skip(n->url, 1)) &&
            (n->target == NULL || n->target == own)) {
            n->url = str_fmt(b->arena, "#" STR_FMT "-" STR_FMT, STR_ARG(prefix),
                             STR_ARG(str_skip(n->url, 1)));
            n->target = NULL;
        }
    }
}

/* Footnotes stand at the end of the whole. */
static void move_children(struct md_node *tree, struct md_node *to, struct md_node *notes)
{
    while (tree->first != NULL) {
        struct md_node *n = tree->first;
        md_remove(n);
        md_append(n->kind == MD_FOOTNOTE ? notes : to, n);
    }
}

void binder_break(struct binding *b, bool is_right)
{
    struct md_node *n = report_node(b->arena, MD_PAGE_BREAK);
    n->page_break.right = is_right;
    md_append(b->doc->body, n);
}

static void add_title(struct binding *b, str title, str id)
{
    report_heading(b->arena, b->doc->body, 1, title)->id = id;
}

/* -- Sections ------------------------------------------------------------------------------- */

static void resolve(struct binding *b, struct md_node *tree)
{
    struct doc part = {.record = b->wish->binder, .source = S(""), .code = S(""), .body = tree};
    struct doc_pass p = {.arena = b->arena,
                         .diags = b->diags,
                         .world = b->world,
                         .doc = &part,
                         .around = &b->sections,
                         .lose = b->lose};
    doc_directives(&p);
    doc_links(&p);
    b->lose = p.lose;
}

/* Each item of such a section begins a page, but the first stands below the title. */
static void drop_first_break(struct md_node *tree)
{
    if (tree->first != NULL && tree->first->kind == MD_PAGE_BREAK)
        md_remove(tree->first);
}

static bool add_section(struct binding *b, str key, str prefix, struct md_node *notes)
{
    str name = str_fmt(b->arena, "binder/" STR_FMT, STR_ARG(key));
    struct md_node *tree =
        report_template(b->arena, b->diags, b->wish->place, name, binder_data(b), NULL);
    if (tree == NULL)
        return false;
    resolve(b, tree);
    drop_first_break(tree);
    rename_anchors(b, tree, NULL, prefix);
    add_title(b, binder_section_title(key), prefix);
    move_children(tree, b->doc->body, notes);
    return true;
}

/* -- Whole documents ------------------------------------------------------------------------ */

/* Names of pictures are those of files below content/, of which there is one each. */
static void take_pictures(struct binding *b, const struct doc *doc)
{
    struct doc *to = b->doc;
    struct doc_picture *all =
        NEW_ARRAY(b->arena, struct doc_picture, to->picture_count + doc->picture_count + 1);
    for (size_t i = 0; i < to->picture_count; i++)
        all[i] = to->pictures[i];
    for (size_t i = 0; i < doc->picture_count; i++) {
        all[to->picture_count + i] = doc->pictures[i];
        all[to->picture_count + i].url = doc->pictures[i].source;
    }
    to->pictures = all;
    to->picture_count += doc->picture_count;
    for (struct md_walk w = md_walk(doc->body); md_step(&w);)
        for (size_t i = 0; w.enter && w.node->kind == MD_IMAGE && i < doc->picture_count; i++)
            if (str_eq(w.node->url, doc->pictures[i].url)) {
                w.node->url = doc->pictures[i].source;
                break;
            }
}

/* "Approved on 27 May 2026 by …, valid until …": the sheet's foot is that of the binder. */
static void add_standing(struct binding *b, const struct doc *doc)
{
    struct arena *a = b->arena;
    struct buf line = buf_in(a, 128);
    buf_fmt(&line, STR_FMT ", version " STR_FMT ", " STR_FMT, STR_ARG(doc->code),
            STR_ARG(doc->version), STR_ARG(text_inside_sentence(a, doc->status)));
    if (doc->approved_by.n != 0)
        buf_fmt(&line, ". Approved by " STR_FMT, STR_ARG(doc->approved_by));
    if (doc->valid_until.n != 0)
        buf_fmt(&line, ". Next review on " STR_FMT, STR_ARG(doc->valid_until));
    if (doc->in_force.n != 0)
        buf_fmt(&line, ". In force is " STR_FMT, STR_ARG(doc->in_force));
    buf_char(&line, '.');
    report_para(a, b->doc->body, buf_str(&line));
}

/* What holds no more, and what this copy does not hold, is named in its place. */
static void add_notice(struct binding *b, const struct field_value *v)
{
    const struct record *r = v->record;
    str words = r == NULL ? text_not_in_copy(b->arena, S(""))
                          : str_fmt(b->arena, STR_FMT ", " STR_FMT ": it holds no more.",
                                    STR_ARG(r->id), STR_ARG(r->title));
    report_para(b->arena, b->doc->body, words);
}

static void add_document(struct binding *b, const struct field_value *v, str prefix,
                         struct md_node *notes)
{
    const struct record *r = v->record;
    if (!binder_prints(r)) {
        add_notice(b, v);
        return;
    }
    struct doc *doc = doc_assemble(b->arena, b->diags, b->world, r);
    take_pictures(b, doc);
    rename_anchors(b, doc->body, r, prefix);
    add_title(b, r->title, prefix);
    add_standing(b, doc);
    move_children(doc->body, b->doc->body, notes);
}

/* -- Tabs ----------------------------------------------------------------------------------- */

static void add_part(struct binding *b, const struct binder_tab *tab, size_t number)
{
    struct md_node *part = report_node(b->arena, MD_PART);
    part->text = tab->mark;
    part->title = tab->title;
    part->id = str_fmt(b->arena, "tab-%zu", number + 1);
    md_append(b->doc->body, part);
}

static bool add_tab(struct binding *b, const struct binder_tab *tab, size_t number,
                    struct md_node *notes)
{
    size_t count = 0, added = 0;
    const struct field_value *v =
        tab->record != NULL ? rec_items(tab->record, BINDER_TAB_DOCUMENTS, &count) : NULL;
    bool has_sheets = false; /* the section before */
    add_part(b, tab, number);
    binder_put_forms(b, tab->record);
    for (size_t i = 0; i < tab->section_count; i++, added++) {
        bool is_right = has_sheets;
        has_sheets = binder_section_is_sheets(tab->sections[i]);
        if (added != 0)
            binder_break(b, is_right || has_sheets);
        if (!add_section(b, tab->sections[i], binder_anchor(b->arena, number, added), notes))
            return false;
    }
    for (size_t i = 0; i < count; i++, added++) {
        if (added != 0)
            binder_break(b, has_sheets);
        has_sheets = false;
        add_document(b, &v[i], binder_anchor(b->arena, number, added), notes);
    }
    return true;
}

/* -- The label of the copy ------------------------------------------------------------------ */

static void add_row(struct arena *a, struct table *t, const char *label, str value)
{
    struct cell *cells = table_row(a, t);
    cells[0] = cell_text(a, str_from(label));
    if (value.n != 0)
        cells[1] = cell_text(a, value);
}

static str names_of(struct binding *b, const struct chosen *c)
{
    str *names = NEW_ARRAY(b->arena, str, c->count + 1);
    for (size_t i = 0; i < c->count; i++)
        names[i] = c->items[i]->title;
    return str_join(b->arena, names, c->count, S(", "));
}

static const struct table *label(struct binding *b)
{
    static const struct column columns[] = {COLUMN("label", "Label", TEXT),
                                            COLUMN("value", "Value", TEXT)};
    struct arena *a = b->arena;
    const struct record *r = b->wish->binder, *copy = b->wish->copy;
    struct table *t = table_new(a, S("copy-label"), S("Label of this copy"), columns, 2);
    add_row(a, t, "Copy", binder_copy(a, b->model, b->wish));
    add_row(a, t, "Holder", rec_display(a, copy, COPY_HOLDER));
    add_row(a, t, "Kept at", rec_display(a, copy, COPY_PLACE));
    add_row(a, t, "Version", binder_version(b));
    add_row(a, t, "Edition", b->wish->edition.n != 0 ? b->wish->edition : S("draft"));
    add_row(a, t, "As of", date_long(a, b->model->as_of));
    add_row(a, t, "Valid until", b->doc->valid_until);
    add_row(a, t, "Confidentiality level", b->doc->class_);
    add_row(a, t, "For", rec_text(r, BINDER_AUDIENCE));
    if (!b->is_whole)
        add_row(a, t, "Only what concerns",
                b->only.count != 0 ? names_of(b, &b->only) : text_not_in_copy(a, S("")));
    add_row(a, t, "Owner", rec_display(a, r, COMMON_OWNER));
    add_row(a, t, "If found, return to", rec_text(r, BINDER_RETURN_TO));
    return t;
}

/* As close as the closest record of the kinds that a binder prints. */
static str class_of_contents(const struct binding *b)
{
    static const enum type_id printed[] = {
        TYPE_SITE,      TYPE_ROLE,       TYPE_PERSON,     TYPE_TEAM,      TYPE_CONTACT,
        TYPE_ACTIVITY,  TYPE_RESOURCE,   TYPE_SUPPLIER,   TYPE_SERVICE,   TYPE_PLAN,
        TYPE_TASK,      TYPE_SCENARIO,   TYPE_PRODUCT,    TYPE_THRESHOLD, TYPE_MESSAGE,
        TYPE_CALL_TREE, TYPE_BINDER,     TYPE_BATTLE_BOX, TYPE_FORM,      TYPE_DOCUMENT,
        TYPE_STRATEGY,  TYPE_OBLIGATION, TYPE_BIA};
    enum class_level highest = b->wish->binder->class_level;
    for (size_t t = 0; t < COUNT_OF(printed); t++) {
        const struct record_list *list = model_list(b->model, printed[t]);
        for (size_t i = 0; i < list->count; i++)
            if (list->items[i]->class_level > highest)
                highest = list->items[i]->class_level;
    }
    return class_word(highest);
}

/* A binder has its own sheets, sides and type. */
static struct doc *new_doc(struct binding *b)
{
    const struct record *r = b->wish->binder;
    bool is_draft = b->wish->edition.n == 0;
    str note = rec_text(r, BINDER_RETURN_TO);
    struct doc *doc = NEW(b->arena, struct doc);
    *doc = (struct doc){
        .title = r->title,
        .code = r->id,
        .version = binder_version(b),
        .status = is_draft ? S("draft") : S("issued"),
        .class_ = class_of_contents(b),
        .source = S(""),
        .mark = is_draft ? S("DRAFT") : S(""),
        .sheet_note =
            note.n != 0 ? str_fmt(b->arena, "If found, return to: " STR_FMT, STR_ARG(note)) : S(""),
        .version_date = b->model->as_of,
        .valid_until = date_long(b->arena, rec_date(r, COMMON_NEXT_REVIEW)),
        .body = report_node(b->arena, MD_DOCUMENT)};
    doc_put_house(doc, b->model);
    if (rec_has(r, BINDER_PAPER))
        doc->paper = doc_paper_of(rec_text(r, BINDER_PAPER));
    if (rec_has(r, BINDER_LARGE_TYPE))
        doc->is_large = rec_bool(r, BINDER_LARGE_TYPE);
    doc->is_duplex = !rec_bool(r, BINDER_ONE_SIDED);
    return doc;
}

/* -- All of it ------------------------------------------------------------------------------ */

struct doc *doc_binder(struct arena *a, struct diags *d, const struct doc_world *world,
                       const struct binder_wish *wish)
{
    struct binding b = {
        .arena = a, .diags = d, .world = world, .model = world->model, .wish = wish};
    struct md_node *notes = report_node(a, MD_DOCUMENT);
    b.tabs = binder_tabs(a, wish->binder, &b.tab_count);
    b.papers = paper_copies(a, b.model, wish->binder);
    binder_choose(&b);
    binder_fill(&b);
    b.doc = new_doc(&b);
    b.doc->cover = label(&b);
    for (size_t i = 0; i < b.tab_count; i++)
        if (!add_tab(&b, &b.tabs[i], i, notes))
            return NULL;
    binder_index(&b);
    move_children(notes, b.doc->body, b.doc->body);
    doc_list_headings(a, b.doc);
    return b.doc;
}
