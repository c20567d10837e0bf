/* form/diff/report: changes as documents, for every writer. */
#include "form/diff/report_int.h"

#include "base/path.h"
#include "form/diff/redline.h"
#include "form/table/cells.h"

/* -- Names ------------------------------------------------------------------------------------ */

static void add_link(struct arena *a, struct md_node *to, const struct record *target, str url,
                     str text)
{
    struct md_node *link = report_node(a, MD_LINK);
    link->target = target;
    link->url = url;
    report_text(a, link, text);
    md_append(to, link);
}

static const struct state_record *record_of(const struct change *change)
{
    return change->after != NULL ? change->after : change->before;
}

static str full_name(struct arena *a, const struct state_record *r)
{
    if (r->title.n == 0 || str_eq(r->title, r->id))
        return r->id;
    return str_fmt(a, STR_FMT " " STR_FMT, STR_ARG(r->id), STR_ARG(r->title));
}

/* A link to its page where it has one. */
static void add_name(struct arena *a, const struct changes *c, const struct change *change,
                     struct md_node *to)
{
    const struct state_record *r = record_of(change);
    const struct record *target =
        c->model != NULL && change->after != NULL ? model_find(c->model, r->id) : NULL;
    if (target != NULL)
        add_link(a, to, target, S(""), full_name(a, r));
    else
        report_text(a, to, full_name(a, r));
}

/* -- Paths and sentences --------------------------------------------------------------------- */

str changes_document_path(struct arena *a, const struct change *change)
{
    return str_fmt(a, "changes/" STR_FMT ".html", STR_ARG(path_slug(a, record_of(change)->id)));
}

str changes_type_path(struct arena *a, const struct change_list *list)
{
    return str_fmt(a, "changes/type-" STR_FMT ".html", STR_ARG(path_slug(a, list->key)));
}

str state_display(struct arena *a, const struct state *s)
{
    const char *what = str_eq(s->name, S("draft")) ? "the" : "edition";
    if (s->as_of == DATE_NONE)
        return str_fmt(a, "%s " STR_FMT, what, STR_ARG(s->name));
    return str_fmt(a, "%s " STR_FMT " (" STR_FMT ")", what, STR_ARG(s->name),
                   STR_ARG(date_long(a, s->as_of)));
}

/* "3 documents changed, 1 was added" */
static void put_counts(struct buf *b, const size_t *of_kind, const char *noun)
{
    static const enum change_kind order[] = {CHANGE_CHANGED, CHANGE_ADDED, CHANGE_WITHDRAWN};
    bool is_first = true;
    for (size_t i = 0; i < 3; i++) {
        size_t n = of_kind[order[i]];
        if (n == 0)
            continue;
        if (is_first)
            buf_fmt(b, "%zu %s%s ", n, noun, n == 1 ? "" : "s");
        else
            buf_fmt(b, ", %zu ", n);
        if (order[i] != CHANGE_CHANGED)
            buf_fmt(b, "%s ", n == 1 ? "was" : "were");
        buf_add(b, str_from(change_word(order[i])));
        is_first = false;
    }
}

str changes_sentence(struct arena *a, const struct changes *c)
{
    struct buf b = buf_in(a, 96);
    put_counts(&b, c->documents.of_kind, "document");
    if (c->documents.n > 0 && c->type_count > 0)
        buf_lit(&b, "; ");
    put_counts(&b, c->of_kind, "record");
    if (b.n == 0)
        buf_lit(&b, "Nothing has changed");
    buf_char(&b, '.');
    return buf_str(&b);
}

/* -- Summary
 * --------------------------------------------------------------------------------------- */

/* "3.0 → 3.1", or the one value that there is. */
static str then_and_now(struct arena *a, const struct change *change, str field)
{
    str before = change->before ? state_field_text(change->before, field) : S("");
    str after = change->after ? state_field_text(change->after, field) : S("");
    if (before.n == 0 || after.n == 0 || str_eq(before, after))
        return after.n > 0 ? after : before;
    return str_fmt(a, STR_FMT " → " STR_FMT, STR_ARG(before), STR_ARG(after));
}

static str word_counts(struct arena *a, const struct change *change)
{
    if (change->kind != CHANGE_CHANGED || !change->has_text_change)
        return S("–");
    return str_fmt(a, "+%zu −%zu", change->words_in, change->words_out);
}

static str redline_url(struct arena *a, const struct change *change, const struct change_view *view)
{
    str slug = path_slug(a, record_of(change)->id);
    return view->is_paper ? str_fmt(a, "#change-" STR_FMT, STR_ARG(slug))
                          : str_fmt(a, STR_FMT ".html", STR_ARG(slug));
}

static void add_document(struct arena *a, const struct changes *c, const struct change *change,
                         const struct change_view *view, bool has_redline, struct md_node *table)
{
    struct md_node *cell = report_row(a, table);
    str word = str_from(change_word(change->kind));
    add_name(a, c, change, cell);
    if (change->kind == CHANGE_CHANGED && has_redline)
        add_link(a, cell->next, NULL, redline_url(a, change, view),
                 str_fmt(a, "changed" STR_FMT, STR_ARG(view->is_paper ? S("") : S(": compare"))));
    else
        report_text(a, cell->next, word);
    cell = cell->next->next;
    report_text(a, cell, then_and_now(a, change, S("version")));
    report_text(a, cell->next, word_for_people(a, then_and_now(a, change, S("status"))));
    report_text(a, cell->next->next, word_counts(a, change));
}

static void add_documents(struct arena *a, const struct changes *c, const struct change_view *view,
                          struct md_node *to)
{
    const str heads[] = {S("Document"), S("Change"), S("Version"), S("Status"),
                         S("Words of the text")};
    if (c->documents.n == 0)
        return;
    report_heading(a, to, 2, S("Documents"));
    struct md_node *table = report_table(a, to, heads, 5);
    size_t redlines = 0;
    for (size_t i = 0; i < c->documents.n; i++) {
        bool has_redline = !view->is_paper || redlines < CHANGES_PAPER_MAX;
        redlines += c->documents.v[i].kind == CHANGE_CHANGED;
        add_document(a, c, &c->documents.v[i], view, has_redline, table);
    }
}

static str list_name(struct arena *a, const struct change_list *list)
{
    return list->type != NULL ? list->type->plural
                              : str_fmt(a, "Type " STR_FMT, STR_ARG(list->key));
}

static str type_url(struct arena *a, const struct change_list *list, const struct change_view *view)
{
    str slug = path_slug(a, list->key);
    return view->is_paper ? str_fmt(a, "#type-" STR_FMT, STR_ARG(slug))
                          : str_fmt(a, "type-" STR_FMT ".html", STR_ARG(slug));
}

static void add_types(struct arena *a, const struct changes *c, const struct change_view *view,
                      struct md_node *to)
{
    const str heads[] = {S("Records"), S("Changed"), S("Added"), S("Withdrawn")};
    static const enum change_kind order[] = {CHANGE_CHANGED, CHANGE_ADDED, CHANGE_WITHDRAWN};
    if (c->type_count == 0)
        return;
    report_heading(a, to, 2, S("Records"));
    struct md_node *table = report_table(a, to, heads, 4);
    for (size_t i = 1; i < 4; i++)
        table->grid.align[i] = ALIGN_RIGHT;
    for (size_t i = 0; i < c->type_count; i++) {
        const struct change_list *list = &c->types[i];
        struct md_node *cell = report_row(a, table);
        add_link(a, cell, NULL, type_url(a, list, view), list_name(a, list));
        for (size_t k = 0; k < 3; k++) {
            cell = cell->next;
            report_text(a, cell, str_fmt(a, "%zu", list->of_kind[order[k]]));
        }
    }
}

struct md_node *changes_summary(struct arena *a, const struct changes *c,
                                const struct change_view *view)
{
    struct md_node *body = report_node(a, MD_DOCUMENT);
    add_documents(a, c, view, body);
    add_types(a, c, view, body);
    return body;
}

/* -- One document
 * ----------------------------------------------------------------------------------- */

/* The text's own headings go on below that of the page. */
static void settle_levels(struct md_node *body, int level)
{
    enum { LEVEL_MAX = 6 };
    int highest = LEVEL_MAX;
    for (struct md_walk w = md_walk(body); md_step(&w);)
        if (w.enter && w.node->kind == MD_HEADING && w.node->heading.level < highest)
            highest = w.node->heading.level;
    for (struct md_walk w = md_walk(body); md_step(&w);)
        if (w.enter && w.node->kind == MD_HEADING) {
            int now = w.node->heading.level - highest + level;
            w.node->heading.level = now < LEVEL_MAX ? now : LEVEL_MAX;
        }
}

static void move_children(struct md_node *to, struct md_node *from)
{
    while (from->first != NULL) {
        struct md_node *child = from->first;
        md_remove(child);
        md_append(to, child);
    }
}

struct md_node *changes_text(struct arena *a, const struct changes *c, const struct change *change)
{
    struct redline_request r = {.before = change->before->text,
                                .after = change->after->text,
                                .before_in = c->before,
                                .after_in = c->after,
                                .model = c->model};
    return redline_make(a, &r).body;
}

static void add_redline(struct arena *a, const struct changes *c, const struct change *change,
                        int level, struct md_node *to)
{
    struct md_node *text = changes_text(a, c, change);
    report_heading(a, to, level, S("Text"));
    if (!change->before->has_text)
        report_para(a, to,
                    str_fmt(a, "Its text was not part of " STR_FMT ".",
                            STR_ARG(state_display(a, c->before))));
    if (change->is_coarse)
        report_para(a, to,
                    S("Some passages differ too much to be compared word by word; there the "
                      "old text is followed by the new."));
    settle_levels(text, level + 1);
    move_children(to, text);
}

struct md_node *changes_of_fields(struct arena *a, const struct changes *c,
                                  const struct change *change)
{
    struct md_node *body = report_node(a, MD_DOCUMENT);
    report_fields(a, c, change, body);
    return body;
}

static void add_one_document(struct arena *a, const struct changes *c, const struct change *change,
                             int level, struct md_node *to)
{
    struct md_node *data = changes_of_fields(a, c, change);
    if (data->first != NULL) {
        report_heading(a, to, level, S("Control data"));
        move_children(to, data);
    }
    if (change->has_text_change)
        add_redline(a, c, change, level, to);
}

struct md_node *changes_of_document(struct arena *a, const struct changes *c,
                                    const struct change *change, const struct change_view *view)
{
    struct md_node *body = report_node(a, MD_DOCUMENT);
    (void)view;
    if (change->kind == CHANGE_CHANGED)
        add_one_document(a, c, change, 2, body);
    else
        report_para(a, body, str_fmt(a, "This document was %s.", change_word(change->kind)));
    return body;
}

/* -- Records of one type
 * ------------------------------------------------------------------------------ */

static void add_rest(struct arena *a, size_t count, size_t shown, struct md_node *to)
{
    if (count > shown)
        report_para(a, to, str_fmt(a, "… and %zu more.", count - shown));
}

static void add_changed(struct arena *a, const struct changes *c, const struct change_list *list,
                        int level, struct md_node *to)
{
    size_t shown = 0;
    for (size_t i = 0; i < list->n && shown < CHANGES_RECORDS_MAX; i++) {
        if (list->v[i].kind != CHANGE_CHANGED)
            continue;
        add_name(a, c, &list->v[i], report_heading(a, to, level, S("")));
        report_fields(a, c, &list->v[i], to);
        shown++;
    }
    add_rest(a, list->of_kind[CHANGE_CHANGED], shown, to);
}

static void add_names(struct arena *a, const struct changes *c, const struct change_list *list,
                      enum change_kind kind, struct md_node *to)
{
    size_t shown = 0;
    struct md_node *names = report_node(a, MD_LIST);
    names->list.tight = true;
    for (size_t i = 0; i < list->n && shown < CHANGES_NAMES_MAX; i++) {
        if (list->v[i].kind != kind)
            continue;
        struct md_node *item = report_node(a, MD_ITEM), *para = report_node(a, MD_PARA);
        add_name(a, c, &list->v[i], para);
        md_append(item, para);
        md_append(names, item);
        shown++;
    }
    md_append(to, names);
    add_rest(a, list->of_kind[kind], shown, to);
}

static void add_type(struct arena *a, const struct changes *c, const struct change_list *list,
                     int level, struct md_node *to)
{
    if (list->of_kind[CHANGE_CHANGED] > 0) {
        report_heading(a, to, level, S("Changed"));
        add_changed(a, c, list, level + 1, to);
    }
    if (list->of_kind[CHANGE_ADDED] > 0) {
        report_heading(a, to, level, S("Added"));
        add_names(a, c, list, CHANGE_ADDED, to);
    }
    if (list->of_kind[CHANGE_WITHDRAWN] > 0) {
        report_heading(a, to, level, S("Withdrawn"));
        add_names(a, c, list, CHANGE_WITHDRAWN, to);
    }
}

struct md_node *changes_of_type(struct arena *a, const struct changes *c,
                                const struct change_list *list, const struct change_view *view)
{
    struct md_node *body = report_node(a, MD_DOCUMENT);
    (void)view;
    add_type(a, c, list, 2, body);
    return body;
}

/* -- On paper
 * ------------------------------------------------------------------------------------------ */

static struct md_node *add_chapter(struct arena *a, struct md_node *to, str text, const char *kind,
                                   str name)
{
    struct md_node *h = report_heading(a, to, 2, text);
    h->id = str_fmt(a, "%s-" STR_FMT, kind, STR_ARG(path_slug(a, name)));
    return h;
}

static void add_marked(struct arena *a, struct md_node *to, enum md_kind kind, str text)
{
    struct md_node *mark = report_node(a, kind);
    report_text(a, mark, text);
    md_append(to, mark);
}

static void add_legend(struct arena *a, struct md_node *to)
{
    struct md_node *para = report_para(a, to, S("Inserted words are "));
    add_marked(a, para, MD_INSERTED, S("underlined"));
    report_text(a, para, S(", deleted words "));
    add_marked(a, para, MD_DELETED, S("struck through"));
    report_text(a, para, S("."));
}

struct md_node *changes_paper(struct arena *a, const struct changes *c)
{
    const struct change_view view = {.is_paper = true};
    struct md_node *body = report_node(a, MD_DOCUMENT);
    report_para(a, body, changes_sentence(a, c));
    if (c->documents.of_kind[CHANGE_CHANGED] + c->of_kind[CHANGE_CHANGED] > 0)
        add_legend(a, body);
    move_children(body, changes_summary(a, c, &view));
    size_t shown = 0;
    for (size_t i = 0; i < c->documents.n && shown < CHANGES_PAPER_MAX; i++) {
        const struct change *change = &c->documents.v[i];
        if (change->kind != CHANGE_CHANGED)
            continue;
        add_chapter(a, body, full_name(a, change->after), "change", change->after->id);
        add_one_document(a, c, change, 3, body);
        shown++;
    }
    if (c->documents.of_kind[CHANGE_CHANGED] > shown)
        report_para(a, body,
                    str_fmt(a, "%zu more documents changed; the portal compares them.",
                            c->documents.of_kind[CHANGE_CHANGED] - shown));
    for (size_t i = 0; i < c->type_count; i++) {
        add_chapter(a, body, list_name(a, &c->types[i]), "type", c->types[i].key);
        add_type(a, c, &c->types[i], 3, body);
    }
    return body;
}
