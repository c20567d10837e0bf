/* write/html/html_tree: a document tree as HTML, one function a kind of node.
 *
 * With h->plain the result is that of the CommonMark reference writer, which
 * the suites compare with; else it is what the portal shows. */
#include "write/html/html_int.h"

#include <assert.h>

#include "form/draw/drawing.h"
#include "form/table/table.h"
#include "text/md.h"

struct tree {
    struct html *h;
    const struct html_context *ctx;
    struct md_walk walk;
    const struct md_node *link;    /* <a> is open for it: links don't nest */
    const struct md_node *heading; /* the last one: it names what stands below */
    int tables, tasks;
    bool has_body; /* of the table that is open */
};

typedef void write_node(struct tree *t, const struct md_node *n, bool enter);

/* Nothing below the node is written. */
static void skip_children(struct tree *t)
{
    t->walk.enter = false;
}

static void open_line(struct html *h, const char *element)
{
    html_newline(h);
    html_open(h, element);
}

static void close_line(struct html *h, const char *element)
{
    html_close(h, element);
    html_newline(h);
}

/* An element whose content stands on lines of its own. */
static void block(struct html *h, const char *element, bool enter)
{
    html_newline(h);
    if (enter)
        html_open(h, element);
    else
        html_close(h, element);
    html_newline(h);
}

static void inline_element(struct html *h, const char *element, bool enter)
{
    if (enter)
        html_open(h, element);
    else
        html_close(h, element);
}

/* -- Blocks ----------------------------------------------------------------- */

static void document(struct tree *t, const struct md_node *n, bool enter)
{
    (void)n;
    if (!enter)
        html_newline(t->h);
}

static void quote(struct tree *t, const struct md_node *n, bool enter)
{
    (void)n;
    block(t->h, "blockquote", enter);
}

static bool has_tasks(const struct md_node *list)
{
    for (const struct md_node *item = list->first; item != NULL; item = item->next)
        if (item->item.task != TASK_NONE)
            return true;
    return false;
}

static void list(struct tree *t, const struct md_node *n, bool enter)
{
    const char *element = n->list.ordered ? "ol" : "ul";
    if (!enter) {
        close_line(t->h, element);
        return;
    }
    open_line(t->h, element);
    if (n->list.ordered && n->list.start != 1)
        html_attr_number(t->h, "start", n->list.start);
    if (!t->h->plain && has_tasks(n))
        html_attr(t->h, "class", S("task-list"));
    html_newline(t->h);
}

static str page_id(struct tree *t, str id)
{
    return html_page_id(t->ctx, id);
}

static str task_id(struct tree *t)
{
    return page_id(t, str_fmt(t->ctx->arena, "task-%d", t->tasks));
}

/* The paragraph that says what is to be done, if any. */
static const struct md_node *task_words(const struct md_node *item)
{
    return item->first != NULL && item->first->kind == MD_PARA ? item->first : NULL;
}

static void task_box(struct tree *t, const struct md_node *item)
{
    html_void(t->h, "input");
    if (item->item.task == TASK_DONE)
        html_flag(t->h, "checked");
    if (t->h->plain)
        html_flag(t->h, "disabled");
    html_attr(t->h, "type", S("checkbox"));
    if (t->h->plain) {
        html_text(t->h, S(" "));
        return;
    }
    t->tasks++;
    html_attr(t->h, "id", task_id(t));
    if (task_words(item) == NULL)
        html_attr(t->h, "aria-label", S("Done"));
}

static void item(struct tree *t, const struct md_node *n, bool enter)
{
    if (!enter) {
        close_line(t->h, "li");
        return;
    }
    open_line(t->h, "li");
    if (n->item.task != TASK_NONE)
        task_box(t, n);
}

/* The first word of an info string names the language. */
static str language(str info)
{
    size_t end = 0;
    while (end < info.n && !ascii_is_space(info.p[end]))
        end++;
    return str_from_to(info, 0, end);
}

static void code_block(struct tree *t, const struct md_node *n, bool enter)
{
    if (!enter) {
        html_close(t->h, "code");
        close_line(t->h, "pre");
        return;
    }
    str name = language(n->code.info);
    open_line(t->h, "pre");
    if (!t->h->plain)
        html_attr_number(t->h, "tabindex", 0); /* it may scroll, so the keyboard must get there */
    html_open(t->h, "code");
    if (name.n != 0)
        html_attr(t->h, "class", str_fmt(t->ctx->arena, "language-" STR_FMT, STR_ARG(name)));
    html_text(t->h, n->text);
}

static bool is_task_words(const struct tree *t, const struct md_node *n)
{
    const struct md_node *parent = n->parent;
    return !t->h->plain && parent != NULL && parent->kind == MD_ITEM &&
           parent->item.task != TASK_NONE && task_words(parent) == n;
}

static bool is_tight(const struct md_node *n)
{
    const struct md_node *item_node = n->parent;
    return item_node != NULL && item_node->kind == MD_ITEM && item_node->parent != NULL &&
           item_node->parent->list.tight;
}

static void note_links(struct tree *t, const struct md_node *n);

static bool ends_note(const struct md_node *n)
{
    return n->parent != NULL && n->parent->kind == MD_FOOTNOTE && n->next == NULL;
}

static bool is_index_entry(const struct md_node *n)
{
    return n->parent != NULL && n->parent->kind == MD_INDEX;
}

static void para(struct tree *t, const struct md_node *n, bool enter)
{
    if (is_index_entry(n)) {
        (enter ? open_line : close_line)(t->h, "li");
        return;
    }
    bool tight = is_tight(n), words = is_task_words(t, n);
    if (enter && !tight)
        open_line(t->h, "p");
    if (words && enter) {
        html_open(t->h, "label");
        html_attr(t->h, "for", task_id(t));
    }
    if (enter)
        return;
    if (words)
        html_close(t->h, "label");
    if (ends_note(n))
        note_links(t, n->parent);
    if (!tight)
        close_line(t->h, "p");
}

static void heading(struct tree *t, const struct md_node *n, bool enter)
{
    static const char *const element[] = {"h1", "h2", "h3", "h4", "h5", "h6"};
    assert(n->heading.level >= 1 && n->heading.level <= 6);
    const char *name = element[n->heading.level - 1];
    if (!enter) {
        close_line(t->h, name);
        return;
    }
    t->heading = n;
    open_line(t->h, name);
    if (n->id.n != 0)
        html_attr(t->h, "id", page_id(t, n->id));
    if (t->ctx->heading != NULL) {
        t->ctx->heading(t->ctx->self, t->h, n);
    } else if (n->title.n != 0) {
        html_element(t->h, "span", "heading-number", n->title);
        html_text(t->h, S(" "));
    }
}

static void rule(struct tree *t, const struct md_node *n, bool enter)
{
    if (!enter)
        return;
    html_newline(t->h);
    html_void(t->h, "hr");
    if (n->kind == MD_PAGE_BREAK)
        html_attr(t->h, "class", S("page-break"));
    html_newline(t->h);
}

static void block_element(struct tree *t, const struct md_node *n, bool enter)
{
    if (n->element == ELEMENT_DETAILS)
        block(t->h, "details", enter);
    else if (enter)
        open_line(t->h, "summary");
    else
        close_line(t->h, "summary");
}

/* On screen a part is a heading with what stands on its divider; its text follows. */
static void part(struct tree *t, const struct md_node *n, bool enter)
{
    if (!enter) {
        close_line(t->h, "section");
        return;
    }
    open_line(t->h, "section");
    html_attr(t->h, "class", S("part"));
    open_line(t->h, "h2");
    if (n->id.n != 0)
        html_attr(t->h, "id", page_id(t, n->id));
    html_element(t->h, "span", "heading-number", n->text);
    html_text(t->h, S(" "));
    html_text(t->h, n->title);
    close_line(t->h, "h2");
}

static void index_list(struct tree *t, const struct md_node *n, bool enter)
{
    if (enter) {
        open_line(t->h, "ul");
        html_attr(t->h, "class", S("index"));
        html_newline(t->h);
    } else {
        close_line(t->h, "ul");
    }
    (void)n;
}

/* -- Tables ----------------------------------------------------------------- */

/* A region needs a name of its own, so that a list of regions makes sense. */
static str table_label(struct tree *t)
{
    if (t->heading == NULL)
        return str_fmt(t->ctx->arena, "Table %d", t->tables);
    str words = md_text(t->ctx->arena, t->heading);
    return str_fmt(t->ctx->arena, "Table %d, " STR_FMT, t->tables, STR_ARG(words));
}

static void table(struct tree *t, const struct md_node *n, bool enter)
{
    (void)n;
    if (enter) {
        t->tables++;
        t->has_body = false;
        if (!t->h->plain)
            html_scroll_open(t->h, table_label(t));
        block(t->h, "table", true);
        return;
    }
    if (t->has_body)
        close_line(t->h, "tbody");
    close_line(t->h, "table");
    if (!t->h->plain)
        html_scroll_close(t->h);
}

static void row(struct tree *t, const struct md_node *n, bool enter)
{
    if (enter && n->row.is_head)
        open_line(t->h, "thead");
    if (enter && !n->row.is_head && !t->has_body) {
        t->has_body = true;
        open_line(t->h, "tbody");
    }
    if (enter)
        block(t->h, "tr", true);
    else
        close_line(t->h, "tr");
    if (!enter && n->row.is_head)
        close_line(t->h, "thead");
}

static void align(struct tree *t, enum md_align how)
{
    static const char *const plain[] = {NULL, "left", "center", "right"};
    static const char *const css_class[] = {NULL, NULL, "align-center", "align-right"};
    const char *value = t->h->plain ? plain[how] : css_class[how];
    if (value != NULL)
        html_attr(t->h, t->h->plain ? "align" : "class", str_from(value));
}

static void cell(struct tree *t, const struct md_node *n, bool enter)
{
    const struct md_node *in_row = n->parent, *grid = in_row->parent;
    /* An empty head is no head: screen readers would announce nothing. */
    bool heads = in_row->row.is_head && (t->h->plain || n->first != NULL);
    if (!enter) {
        close_line(t->h, heads ? "th" : "td");
        return;
    }
    open_line(t->h, heads ? "th" : "td");
    if (heads && !t->h->plain)
        html_attr(t->h, "scope", S("col"));
    if (n->cell.column < grid->grid.columns)
        align(t, grid->grid.align[n->cell.column]);
}

/* -- Footnotes -------------------------------------------------------------- */

/* The id of the nth mark of a note. */
static str mark_id(struct tree *t, int number, int nth)
{
    struct arena *a = t->ctx->arena;
    return page_id(t, nth == 1 ? str_fmt(a, "fnref-%d", number)
                               : str_fmt(a, "fnref-%d-%d", number, nth));
}

static str to_anchor(struct tree *t, str id)
{
    return str_fmt(t->ctx->arena, "#" STR_FMT, STR_ARG(id));
}

static void footnote_ref(struct tree *t, const struct md_node *n, bool enter)
{
    if (!enter)
        return;
    html_open(t->h, "sup");
    html_attr(t->h, "class", S("footnote-ref"));
    html_open(t->h, "a");
    html_url(t->h, "href", to_anchor(t, page_id(t, n->id)));
    html_attr(t->h, "id", mark_id(t, n->note.number, n->note.nth));
    html_attr(t->h, "aria-label", str_fmt(t->ctx->arena, "Footnote %d", n->note.number));
    html_text(t->h, str_fmt(t->ctx->arena, "%d", n->note.number));
    html_close(t->h, "a");
    html_close(t->h, "sup");
}

/* From the note back to each of its marks. */
static void note_links(struct tree *t, const struct md_node *n)
{
    for (int nth = 1; nth <= n->note.nth; nth++) {
        html_text(t->h, S(" "));
        html_open(t->h, "a");
        html_url(t->h, "href", to_anchor(t, mark_id(t, n->note.number, nth)));
        html_attr(t->h, "aria-label",
                  nth == 1
                      ? str_fmt(t->ctx->arena, "Back to mark %d", n->note.number)
                      : str_fmt(t->ctx->arena, "Back to mark %d, place %d", n->note.number, nth));
        html_text(t->h, S("↩"));
        html_close(t->h, "a");
    }
}

static bool is_footnote(const struct md_node *n)
{
    return n != NULL && n->kind == MD_FOOTNOTE;
}

static void footnote(struct tree *t, const struct md_node *n, bool enter)
{
    if (enter && !is_footnote(n->prev)) {
        open_line(t->h, "section");
        html_attr(t->h, "class", S("footnotes"));
        html_attr(t->h, "aria-label", S("Footnotes"));
        block(t->h, "ol", true);
    }
    if (enter) {
        open_line(t->h, "li");
        html_attr(t->h, "id", page_id(t, n->id));
        return;
    }
    if (n->last == NULL || n->last->kind != MD_PARA)
        note_links(t, n);
    close_line(t->h, "li");
    if (!is_footnote(n->next)) {
        close_line(t->h, "ol");
        close_line(t->h, "section");
    }
}

/* -- Inlines ---------------------------------------------------------------- */

static void text(struct tree *t, const struct md_node *n, bool enter)
{
    if (!enter)
        return;
    if (!n->is_html) {
        html_text(t->h, n->text);
        return;
    }
    assert(t->h->plain);
    bool is_block = n->parent != NULL && n->parent->kind != MD_PARA && n->parent->kind < MD_PARA;
    if (is_block)
        html_newline(t->h);
    html_raw(t->h, n->text);
    if (is_block)
        html_newline(t->h);
}

static void softbreak(struct tree *t, const struct md_node *n, bool enter)
{
    (void)n;
    if (enter)
        html_raw(t->h, S("\n"));
}

static void line_break(struct tree *t, const struct md_node *n, bool enter)
{
    (void)n;
    if (!enter)
        return;
    html_void(t->h, "br");
    html_raw(t->h, S("\n"));
}

static void code(struct tree *t, const struct md_node *n, bool enter)
{
    if (enter)
        html_element(t->h, "code", NULL, n->text);
}

static void emphasis(struct tree *t, const struct md_node *n, bool enter)
{
    inline_element(t->h, n->kind == MD_EMPH ? "em" : "strong", enter);
}

/* Words that no longer hold; <del> is for what a comparison took out. */
static void strike(struct tree *t, const struct md_node *n, bool enter)
{
    (void)n;
    inline_element(t->h, t->h->plain ? "del" : "s", enter);
}

/* What changed: the style sheet adds the words "inserted" and "deleted" for ears. */
static void revision(struct tree *t, const struct md_node *n, bool enter)
{
    inline_element(t->h, n->kind == MD_INSERTED ? "ins" : "del", enter);
}

static void element(struct tree *t, const struct md_node *n, bool enter)
{
    static const char *const name[ELEMENT_COUNT] = {
        [ELEMENT_BR] = "br",           [ELEMENT_SUB] = "sub",         [ELEMENT_SUP] = "sup",
        [ELEMENT_KBD] = "kbd",         [ELEMENT_MARK] = "mark",       [ELEMENT_ABBR] = "abbr",
        [ELEMENT_DETAILS] = "details", [ELEMENT_SUMMARY] = "summary",
    };
    if (n->element == ELEMENT_BR) {
        if (enter)
            html_void(t->h, "br");
        return;
    }
    inline_element(t->h, name[n->element], enter);
    if (enter && n->title.n != 0)
        html_attr(t->h, "title", n->title);
}

/* Without a place to go to, the words of a link are just words. */
static void link(struct tree *t, const struct md_node *n, bool enter)
{
    if (enter && n->is_folio && n->prev != NULL)
        html_text(t->h, S(", "));
    if (enter && t->link == NULL && html_link_open(t->h, t->ctx, n))
        t->link = n;
    if (!enter && t->link == n) {
        html_close(t->h, "a");
        t->link = NULL;
    }
}

static void image(struct tree *t, const struct md_node *n, bool enter)
{
    if (!enter)
        return;
    str alt = md_text(t->ctx->arena, n), url = html_picture_url(t->h, t->ctx, n);
    skip_children(t);
    if (url.n == 0 && !t->h->plain) {
        html_text(t->h, alt);
        return;
    }
    html_void(t->h, "img");
    html_url(t->h, "src", url);
    html_attr(t->h, "alt", alt);
    if (n->title.n != 0)
        html_attr(t->h, "title", n->title);
    if (!t->h->plain)
        html_attr(t->h, "loading", S("lazy"));
}

static void gap(struct tree *t, const struct md_node *n, bool enter)
{
    if (!enter)
        return;
    html_open(t->h, "mark");
    html_attr(t->h, "class", S("gap"));
    html_text(t->h, S("to do: "));
    html_text(t->h, n->text);
    html_close(t->h, "mark");
}

/* -- Neutral forms ---------------------------------------------------------- */

static void form_table(struct tree *t, const struct md_node *n, bool enter)
{
    if (!enter || n->table == NULL)
        return;
    t->tables++;
    html_table_called(t->h, t->ctx, n->table, NULL,
                      n->table->caption.n != 0 ? n->table->caption : table_label(t));
}

static void form_blank(struct tree *t, const struct md_node *n, bool enter)
{
    if (enter && n->blank != NULL)
        html_blank(t->h, t->ctx, n->blank);
}

static void form_drawing(struct tree *t, const struct md_node *n, bool enter)
{
    if (!enter || n->drawing == NULL)
        return;
    const struct drawing *d = n->drawing;
    html_newline(t->h);
    if (t->ctx->drawing != NULL) {
        t->ctx->drawing(t->ctx->self, t->h, d);
        for (size_t i = 0; i < d->part_count; i++)
            t->ctx->drawing(t->ctx->self, t->h, d->parts[i]);
    }
    html_table(t->h, t->ctx, d->table, NULL);
}

static void contents(struct tree *t, const struct md_node *n, bool enter)
{
    (void)n;
    if (!enter || t->ctx->contents == NULL)
        return;
    html_newline(t->h);
    t->ctx->contents(t->ctx->self, t->h);
}

/* -- The table of kinds ----------------------------------------------------- */

static write_node *const node_html[] = {
    [MD_DOCUMENT] = document,
    [MD_QUOTE] = quote,
    [MD_LIST] = list,
    [MD_ITEM] = item,
    [MD_CODE_BLOCK] = code_block,
    [MD_PARA] = para,
    [MD_HEADING] = heading,
    [MD_RULE] = rule,
    [MD_TABLE] = table,
    [MD_ROW] = row,
    [MD_CELL] = cell,
    [MD_FOOTNOTE] = footnote,
    [MD_BLOCK_ELEMENT] = block_element,
    [MD_PART] = part,
    [MD_INDEX] = index_list,
    [MD_TEXT] = text,
    [MD_SOFTBREAK] = softbreak,
    [MD_BREAK] = line_break,
    [MD_CODE] = code,
    [MD_EMPH] = emphasis,
    [MD_STRONG] = emphasis,
    [MD_STRIKE] = strike,
    [MD_LINK] = link,
    [MD_IMAGE] = image,
    [MD_FOOTNOTE_REF] = footnote_ref,
    [MD_ELEMENT] = element,
    [MD_INSERTED] = revision,
    [MD_DELETED] = revision,
    [MD_FORM_TABLE] = form_table,
    [MD_FORM_DRAWING] = form_drawing,
    [MD_FORM_BLANK] = form_blank,
    [MD_CONTENTS] = contents,
    [MD_PAGE_BREAK] = rule,
    [MD_GAP] = gap,
};
_Static_assert(COUNT_OF(node_html) == MD_KIND_COUNT, "a new md_kind needs a row here");

void html_tree(struct html *h, const struct html_context *ctx, const struct md_node *root)
{
    struct tree t = {.h = h, .ctx = ctx, .walk = md_walk(root)};
    size_t depth = h->depth;
    while (md_step(&t.walk))
        node_html[t.walk.node->kind](&t, t.walk.node, t.walk.enter);
    assert(h->depth == depth);
}
