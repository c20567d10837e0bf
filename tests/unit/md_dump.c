/* unit/md_dump: a Markdown tree and its findings as short text. */
#include "md_dump.h"

#include "base/diag_int.h"

static const char *const kind_name[MD_KIND_COUNT] = {
    [MD_DOCUMENT] = "doc",   [MD_QUOTE] = "quote",     [MD_LIST] = "list",
    [MD_ITEM] = "item",      [MD_CODE_BLOCK] = "pre",  [MD_PARA] = "para",
    [MD_HEADING] = "h",      [MD_RULE] = "rule",       [MD_TABLE] = "table",
    [MD_ROW] = "row",        [MD_CELL] = "cell",       [MD_FOOTNOTE] = "note",
    [MD_BLOCK_ELEMENT] = "", [MD_PART] = "part",       [MD_INDEX] = "index",
    [MD_TEXT] = "",          [MD_SOFTBREAK] = "soft",  [MD_BREAK] = "break",
    [MD_CODE] = "code",      [MD_EMPH] = "em",         [MD_STRONG] = "strong",
    [MD_STRIKE] = "del",     [MD_INSERTED] = "in",     [MD_DELETED] = "out",
    [MD_LINK] = "link",      [MD_IMAGE] = "image",     [MD_FOOTNOTE_REF] = "mark",
    [MD_ELEMENT] = "",       [MD_FORM_TABLE] = "form", [MD_FORM_DRAWING] = "draw",
    [MD_CONTENTS] = "toc",   [MD_PAGE_BREAK] = "page", [MD_GAP] = "gap",
    [MD_FORM_BLANK] = "blank",
};
static const char *const element_name[ELEMENT_COUNT] = {"br",   "sub",  "sup",     "kbd",
                                                        "mark", "abbr", "details", "summary"};

static void put_grid(struct buf *out, const struct md_node *n)
{
    static const char sign[] = "-lcr";
    buf_char(out, ' ');
    for (int i = 0; i < n->grid.columns; i++)
        buf_char(out, sign[n->grid.align[i]]);
}

static void put_details(struct buf *out, const struct md_node *n)
{
    if (n->kind == MD_HEADING)
        buf_fmt(out, "%d", n->heading.level);
    if (n->kind == MD_LIST && n->list.ordered)
        buf_fmt(out, " %d", n->list.start);
    if (n->kind == MD_LIST && !n->list.tight)
        buf_lit(out, " loose");
    if (n->kind == MD_ITEM && n->item.task != TASK_NONE)
        buf_add(out, n->item.task == TASK_DONE ? S(" done") : S(" open"));
    if (n->kind == MD_ROW && n->row.is_head)
        buf_lit(out, " head");
    if (n->kind == MD_TABLE)
        put_grid(out, n);
    if (n->kind == MD_FOOTNOTE || n->kind == MD_FOOTNOTE_REF)
        buf_fmt(out, " %d.%d", n->note.number, n->note.nth);
    if (n->kind == MD_PAGE_BREAK && n->page_break.right)
        buf_lit(out, " right");
    if (n->is_folio)
        buf_lit(out, " folio");
    if (n->kind == MD_CODE_BLOCK && n->code.info.n != 0)
        buf_fmt(out, " " STR_FMT, STR_ARG(n->code.info));
    if (n->url.n != 0)
        buf_fmt(out, " <" STR_FMT ">", STR_ARG(n->url));
    if (n->title.n != 0)
        buf_fmt(out, " \"" STR_FMT "\"", STR_ARG(n->title));
    if (n->id.n != 0)
        buf_fmt(out, " #" STR_FMT, STR_ARG(n->id));
}

str md_dump(struct arena *a, const struct md_node *root)
{
    struct buf out = buf_in(a, 256);
    for (struct md_walk w = md_walk(root); md_step(&w);) {
        const struct md_node *n = w.node;
        bool element = n->kind == MD_ELEMENT || n->kind == MD_BLOCK_ELEMENT;
        if (!w.enter && n->kind != MD_TEXT)
            buf_char(&out, ')');
        if (!w.enter)
            continue;
        if (n->prev != NULL || n->parent != NULL)
            buf_char(&out, ' ');
        if (n->kind != MD_TEXT) {
            buf_char(&out, '(');
            buf_add(&out, str_from(element ? element_name[n->element] : kind_name[n->kind]));
            put_details(&out, n);
        }
        if (n->kind == MD_TEXT || n->text.n != 0)
            buf_fmt(&out, n->kind == MD_TEXT ? "'" STR_FMT "'" : " '" STR_FMT "'",
                    STR_ARG(n->text));
    }
    return buf_str(&out);
}

str md_findings(struct arena *a, const struct diags *d)
{
    struct buf out = buf_in(a, 256);
    for (size_t i = 0; i < d->count; i++) {
        const struct finding *f = &d->findings[i];
        uint32_t line, col;
        diags_place(d, f->at, &line, &col);
        buf_fmt(&out, "%s %u:%u+%u " STR_FMT "\n", f->rule->id, line, col, f->at.len,
                STR_ARG(f->text));
    }
    return buf_str(&out);
}
