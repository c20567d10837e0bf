/* text/md_convert: the parser's tree becomes ours.
 *
 * One walk without recursion. Each container of the parser has a frame; it says
 * whether a node of ours stands for it or it is dissolved: its children then go
 * into what is open around it. */
#include "text/md_int.h"

#include <assert.h>
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include "text/rules.h"

enum { LINK_WINDOW_BYTES = 2048 }; /* how far behind its text an address is sought */

struct frame {
    struct md_node *node;  /* NULL: dissolved */
    struct md_node *outer; /* what was open before */
    enum md_kind kind;
    size_t html_outer;
};

struct converter {
    struct md_build *b;
    struct frame *frames;
    size_t count, cap;
    struct md_note **notes; /* in the order of their text */
    size_t note_count, notes_cap, notes_done;
};

/* Where a node begins, in the parser's lines and columns. It loses count where a
 * paragraph goes over into a table: the paragraph is said to begin at line 0, the
 * table's head at the line of the paragraph. */
struct place {
    int line, col;
};

static struct place place_of(const struct md_build *b, cmark_node *n)
{
    if (b->line_fixed != 0)
        return (struct place){b->line_fixed, 1};
    return (struct place){cmark_node_get_start_line(n) + b->line_shift,
                          cmark_node_get_start_column(n)};
}

static size_t offset_of(const struct md_build *b, cmark_node *n)
{
    struct place p = place_of(b, n);
    return md_offset(b->source, p.line, p.col);
}

static struct span block_span(const struct md_build *b, cmark_node *n)
{
    struct place p = place_of(b, n);
    return md_line_span(b->source, p.line, p.col);
}

static struct span inline_span(const struct md_build *b, cmark_node *n)
{
    size_t at = offset_of(b, n);
    return md_words_span(b->source, at, at, (str){NULL, 0});
}

static bool goes_over_into_table(cmark_node *n)
{
    return n != NULL && cmark_node_get_type(n) == CMARK_NODE_PARAGRAPH &&
           cmark_node_get_start_line(n) == 0 && cmark_node_next(n) != NULL;
}

/* The line of a table's head: two above its second row, or one above its end. */
static int head_line(cmark_node *table)
{
    cmark_node *second = cmark_node_next(cmark_node_first_child(table));
    if (second != NULL)
        return cmark_node_get_start_line(second) - 2;
    return cmark_node_get_end_line(table) - 1;
}

static str keep(const struct md_build *b, const char *text)
{
    return str_dup(b->arena, md_unhold(b->source, str_from(text)));
}

/* -- Opening ---------------------------------------------------------------- */

static void push(struct converter *c, enum md_kind kind, struct md_node *node)
{
    struct md_build *b = c->b;
    PUSH(b->source->arena, c->frames, c->count, c->cap, struct frame) =
        (struct frame){node, b->at, kind, md_html_enter(b)};
    if (node != NULL)
        b->at = node;
}

/* Where only inlines may stand, blocks are parted by line breaks. */
static void put_break(struct md_build *b)
{
    md_words_trim(b);
    md_words_end(b);
    const struct md_node *last = b->at->last;
    if (last != NULL && !(last->kind == MD_ELEMENT && last->element == ELEMENT_BR))
        md_put(b, MD_ELEMENT, b->at->span)->element = ELEMENT_BR;
}

/* A block, or nothing when it must be dissolved. */
static struct md_node *put_block(struct md_build *b, enum md_kind kind, cmark_node *n)
{
    if (md_html_room_for_block(b))
        return md_put(b, kind, block_span(b, n));
    put_break(b);
    return NULL;
}

static bool is_too_deep(struct md_build *b, cmark_node *n)
{
    if (b->depth < MD_DEPTH_MAX)
        return false;
    if (!b->depth_reported && b->source->diags != NULL)
        diag(b->source->diags, TEXT_RULE(MD_LIMIT), block_span(b, n),
             "quotes or lists are nested more than %d deep", MD_DEPTH_MAX);
    b->depth_reported = true;
    return true;
}

/* Quotes and lists. */
static void open_nest(struct converter *c, enum md_kind kind, cmark_node *n)
{
    struct md_node *node = is_too_deep(c->b, n) ? NULL : put_block(c->b, kind, n);
    if (node != NULL && kind == MD_LIST) {
        node->list.ordered = cmark_node_get_list_type(n) == CMARK_ORDERED_LIST;
        node->list.tight = cmark_node_get_list_tight(n);
        node->list.start = node->list.ordered ? cmark_node_get_list_start(n) : 0;
    }
    push(c, kind, node);
    c->b->depth++;
}

/* Items, rows and cells share the fate of what they are part of. */
static struct md_node *open_part(struct converter *c, enum md_kind kind, cmark_node *n)
{
    struct md_node *node = NULL;
    if (c->frames[c->count - 1].node != NULL)
        node = md_put(c->b, kind, block_span(c->b, n));
    else if (kind != MD_CELL)
        md_words_end(c->b);
    else
        put_break(c->b);
    push(c, kind, node);
    return node;
}

static void open_item(struct converter *c, cmark_node *n)
{
    struct md_node *item = open_part(c, MD_ITEM, n);
    if (item != NULL && cmark_node_get_syntax_extension(n) != NULL)
        item->item.task = cmark_gfm_extensions_get_tasklist_item_checked(n) ? TASK_DONE : TASK_OPEN;
}

static void open_heading(struct converter *c, cmark_node *n)
{
    struct md_node *node = put_block(c->b, MD_HEADING, n);
    if (node != NULL)
        node->heading.level = cmark_node_get_heading_level(n);
    push(c, MD_HEADING, node);
}

static void open_inline(struct converter *c, enum md_kind kind, cmark_node *n)
{
    struct md_build *b = c->b;
    struct md_node *node = NULL;
    if (b->inlines_depth < MD_INLINES_DEPTH_MAX)
        node = md_put(b, kind, inline_span(b, n));
    b->inlines_depth++;
    push(c, kind, node);
}

static void open_link(struct converter *c, enum md_kind kind, cmark_node *n)
{
    struct md_build *b = c->b;
    open_inline(c, kind, n);
    b->links_open++;
    struct md_node *link = c->frames[c->count - 1].node;
    if (link == NULL)
        return;
    link->url = keep(b, cmark_node_get_url(n));
    if (b->source->reference_count != 0)
        map_put(&b->urls, link->url, link);
    link->title = keep(b, cmark_node_get_title(n));
    size_t at = offset_of(b, n);
    link->span = md_words_span(b->source, at, at + LINK_WINDOW_BYTES, link->url);
    if (kind == MD_LINK && link->url.n > 1 && link->url.p[0] == '#')
        PUSH(b->source->arena, b->anchors, b->anchor_count, b->anchor_cap, struct md_node *) = link;
}

/* -- Tables ----------------------------------------------------------------- */

static void open_table(struct converter *c, cmark_node *n)
{
    if (goes_over_into_table(cmark_node_previous(n)))
        c->b->line_fixed = head_line(n);
    struct md_node *table = put_block(c->b, MD_TABLE, n);
    if (table != NULL) {
        int columns = cmark_gfm_extensions_get_table_columns(n);
        const uint8_t *align = cmark_gfm_extensions_get_table_alignments(n);
        table->grid.columns = columns;
        table->grid.align = NEW_ARRAY(c->b->arena, enum md_align, (size_t)columns);
        for (int i = 0; i < columns; i++)
            table->grid.align[i] = align[i] == 'l'   ? ALIGN_LEFT
                                   : align[i] == 'c' ? ALIGN_CENTER
                                   : align[i] == 'r' ? ALIGN_RIGHT
                                                     : ALIGN_NONE;
    }
    push(c, MD_TABLE, table);
}

static void open_row(struct converter *c, cmark_node *n)
{
    struct md_node *row = open_part(c, MD_ROW, n);
    if (row != NULL)
        row->row.is_head = cmark_gfm_extensions_get_table_row_is_header(n);
}

static void open_cell(struct converter *c, cmark_node *n)
{
    struct md_node *cell = open_part(c, MD_CELL, n);
    if (cell != NULL && cell->prev != NULL)
        cell->cell.column = cell->prev->cell.column + 1;
}

/* What stands in the row behind its first `columns` cells, as the parser reads
 * rows; it drops this. */
static str cells_beyond(str row, int columns)
{
    int seen = 0;
    row = str_trim(row);
    if (str_starts(row, S("|")))
        row = str_skip(row, 1);
    for (size_t i = 0; i < row.n; i++) {
        if (row.p[i] == '\\')
            i++;
        else if (row.p[i] == '|' && ++seen == columns)
            return str_trim(str_skip(row, i + 1));
    }
    return (str){NULL, 0};
}

static str fed_line(const struct md_source *s, int line, int col)
{
    str rest = str_skip(s->fed, s->lines[line - 1] + (size_t)(col > 0 ? col - 1 : 0));
    size_t end = 0;
    while (end < rest.n && !md_is_line_end(rest.p[end]))
        end++;
    return str_from_to(rest, 0, end);
}

/* No word is lost: cells that the head has no column for go on in the last. */
static void keep_cells_beyond(struct md_build *b, struct md_node *row, cmark_node *n)
{
    int line = cmark_node_get_start_line(n), col = cmark_node_get_start_column(n);
    if (b->plain || row == NULL || row->last == NULL || line < 1 || row->row.is_head)
        return;
    str rest = cells_beyond(fed_line(b->source, line, col), row->last->cell.column + 1);
    if (rest.n == 0)
        return;
    size_t at = md_offset(b->source, line, col);
    if (md_may_report(b))
        diag(b->source->diags, TEXT_RULE(MD_TABLE), md_line_span(b->source, line, col),
             "this row has more cells than the table has columns");
    if (str_ends(rest, S("|")))
        rest = str_trim(str_from_to(rest, 0, rest.n - 1));
    b->at = row->last;
    md_put_words(b, row->last->first ? S(" | ") : S("| "), at);
    md_put_text(b, rest, at);
    md_words_end(b);
    b->at = row;
}

/* -- Footnotes -------------------------------------------------------------- */

static bool is_preamble(const struct md_build *b, cmark_node *n)
{
    return n != NULL && b->source->preamble_lines != 0 &&
           cmark_node_get_type(n) == CMARK_NODE_PARAGRAPH && cmark_node_get_start_line(n) > 0 &&
           (size_t)cmark_node_get_start_line(n) <= b->source->preamble_lines;
}

static void note_add(struct converter *c, const struct md_held *held)
{
    struct md_build *b = c->b;
    struct md_note *note = NEW(b->source->arena, struct md_note);
    struct span span = md_words_span(b->source, held->at, held->at + held->text.n, held->text);
    note->node = md_new(b->arena, MD_FOOTNOTE, span);
    note->is_double = map_put(&b->notes, str_lower(b->source->arena, held->text), note) != NULL;
    if (note->is_double && md_may_report(b))
        diag(b->source->diags, TEXT_RULE(MD_FOOTNOTE), span,
             "the note '" STR_FMT "' is written twice; marks lead to the first",
             STR_ARG(held->text));
    PUSH(b->source->arena, c->notes, c->note_count, c->notes_cap, struct md_note *) = note;
}

/* The notes stand at the end of the parser's tree, in the order of the marks in
 * the preamble. Such a mark is text when what looked like a note was none, as in
 * a block of code. Returns what follows those marks. */
static cmark_node *notes_find(struct converter *c, cmark_node *n)
{
    const struct md_source *s = c->b->source;
    for (size_t i = 0; i < s->held_count && is_preamble(c->b, n); i++) {
        if (s->held[i].kind != HELD_DEFINITION)
            continue;
        cmark_node *mark = cmark_node_first_child(n);
        if (mark != NULL && cmark_node_get_type(mark) == CMARK_NODE_FOOTNOTE_REFERENCE)
            note_add(c, &s->held[i]);
        n = cmark_node_next(n);
    }
    return n;
}

/* A definition is shown nowhere; one that no link uses may have been meant as
 * text. `n` is the first paragraph of the preamble that asks for references. */
static void references_check(struct md_build *b, cmark_node *n)
{
    const struct md_source *s = b->source;
    for (size_t i = 0; i < s->reference_count && is_preamble(b, n); i++) {
        const struct md_reference *r = &s->references[i];
        cmark_node *link = cmark_node_first_child(n);
        n = cmark_node_next(n);
        if (link == NULL || cmark_node_get_type(link) != CMARK_NODE_LINK ||
            map_find(&b->urls, md_unhold(s, str_from(cmark_node_get_url(link)))) != NULL ||
            !md_may_report(b))
            continue;
        diag(s->diags, TEXT_RULE(MD_REFERENCE),
             md_words_span(s, r->at, r->at + r->label.n + 2,
                           (str){s->text.p + r->at, r->label.n + 2}),
             "no link uses the address of '[" STR_FMT "]'", STR_ARG(r->label));
    }
}

/* What HTML left open in the text doesn't go on in the notes. */
static void note_open(struct converter *c)
{
    md_html_leave(c->b, 0);
    assert(c->notes_done < c->note_count);
    push(c, MD_FOOTNOTE, c->notes[c->notes_done++]->node);
}

/* By number; what nothing refers to comes last. */
static void notes_done(struct converter *c)
{
    struct md_build *b = c->b;
    struct md_node **by_number = NEW_ARRAY(b->source->arena, struct md_node *, c->note_count + 1);
    for (size_t i = 0; i < c->note_count; i++) {
        struct md_note *note = c->notes[i];
        if (note->number == 0) {
            note->number = ++b->note_number;
            note->node->id = str_fmt(b->arena, "fn-%d", note->number);
            if (!note->is_double && md_may_report(b))
                diag(b->source->diags, TEXT_RULE(MD_FOOTNOTE), note->node->span,
                     "nothing refers to this note");
        }
        note->node->note.number = note->number;
        note->node->note.nth = note->marks;
        by_number[note->number - 1] = note->node;
    }
    for (size_t i = 0; i < c->note_count; i++)
        md_append(b->root, by_number[i]);
}

/* -- Leaves ----------------------------------------------------------------- */

static void put_code_block(struct md_build *b, cmark_node *n)
{
    struct md_node *node = put_block(b, MD_CODE_BLOCK, n);
    if (node == NULL)
        node = md_put(b, MD_CODE, block_span(b, n));
    else
        node->code.info = keep(b, cmark_node_get_fence_info(n));
    node->text = keep(b, cmark_node_get_literal(n));
}

static void put_code(struct md_build *b, cmark_node *n)
{
    str text = keep(b, cmark_node_get_literal(n));
    size_t at = offset_of(b, n);
    md_put(b, MD_CODE, md_words_span(b->source, at, at + text.n + 2, text))->text = text;
}

static void put_html(struct md_build *b, cmark_node *n, bool is_block)
{
    str html = str_from(cmark_node_get_literal(n));
    if (b->plain) {
        struct md_node *node = md_put(b, MD_TEXT, inline_span(b, n));
        node->text = str_dup(b->arena, html);
        node->is_html = true;
    } else if (is_block) {
        md_html_block(b, html, cmark_node_get_start_line(n));
    } else {
        md_html_inline(b, html, offset_of(b, n));
    }
}

/* -- The walk --------------------------------------------------------------- */

/* Kinds of the extensions have no fixed number. */
static void enter_extension(struct converter *c, cmark_node *n)
{
    str type = str_from(cmark_node_get_type_string(n));
    if (str_eq(type, S("table_cell")))
        open_cell(c, n);
    else if (str_eq(type, S("table_row")) || str_eq(type, S("table_header")))
        open_row(c, n);
    else if (str_eq(type, S("table")))
        open_table(c, n);
    else if (str_eq(type, S("strikethrough")))
        open_inline(c, MD_STRIKE, n);
    else
        push(c, MD_DOCUMENT, NULL);
}

/* True when a frame was opened. */
static bool enter(struct converter *c, cmark_node *n)
{
    struct md_build *b = c->b;
    switch (cmark_node_get_type(n)) {
    case CMARK_NODE_TEXT:
        md_put_text(b, str_from(cmark_node_get_literal(n)), offset_of(b, n));
        return false;
    case CMARK_NODE_SOFTBREAK:
        md_put(b, MD_SOFTBREAK, b->at->span);
        return false;
    case CMARK_NODE_LINEBREAK:
        md_put(b, MD_BREAK, b->at->span);
        return false;
    case CMARK_NODE_CODE:
        put_code(b, n);
        return false;
    case CMARK_NODE_HTML_INLINE:
        put_html(b, n, false);
        return false;
    case CMARK_NODE_HTML_BLOCK:
        put_html(b, n, true);
        return false;
    case CMARK_NODE_CODE_BLOCK:
        put_code_block(b, n);
        return false;
    case CMARK_NODE_THEMATIC_BREAK:
        put_block(b, MD_RULE, n);
        return false;
    case CMARK_NODE_PARAGRAPH:
        if (goes_over_into_table(n))
            b->line_shift = cmark_node_get_start_line(cmark_node_next(n));
        push(c, MD_PARA, put_block(b, MD_PARA, n));
        return true;
    case CMARK_NODE_HEADING:
        open_heading(c, n);
        return true;
    case CMARK_NODE_BLOCK_QUOTE:
        open_nest(c, MD_QUOTE, n);
        return true;
    case CMARK_NODE_LIST:
        open_nest(c, MD_LIST, n);
        return true;
    case CMARK_NODE_ITEM:
        open_item(c, n);
        return true;
    case CMARK_NODE_FOOTNOTE_DEFINITION:
        note_open(c);
        return true;
    case CMARK_NODE_EMPH:
        open_inline(c, MD_EMPH, n);
        return true;
    case CMARK_NODE_STRONG:
        open_inline(c, MD_STRONG, n);
        return true;
    case CMARK_NODE_LINK:
        open_link(c, MD_LINK, n);
        return true;
    case CMARK_NODE_IMAGE:
        open_link(c, MD_IMAGE, n);
        return true;
    default:
        enter_extension(c, n);
        return true;
    }
}

static void leave(struct converter *c, cmark_node *n)
{
    struct md_build *b = c->b;
    struct frame f = c->frames[c->count - 1];
    md_words_end(b);
    md_html_leave(b, f.html_outer);
    if (f.kind == MD_ROW)
        keep_cells_beyond(b, f.node, n);
    if (f.kind == MD_ROW)
        b->line_fixed = 0; /* only the head has lost its line */
    if (f.kind == MD_PARA)
        b->line_shift = 0;
    b->at = f.outer;
    c->count--;
    b->depth -= f.kind == MD_QUOTE || f.kind == MD_LIST;
    b->inlines_depth -= f.kind >= MD_TEXT;
    b->links_open -= f.kind == MD_LINK || f.kind == MD_IMAGE;
    if (f.kind == MD_HEADING && f.node != NULL && !b->plain)
        md_heading_done(b, f.node);
}

static void convert_tree(struct converter *c, cmark_node *top)
{
    cmark_node *n = top;
    bool entering = true;
    for (;;) {
        bool framed = entering ? enter(c, n) : true;
        cmark_node *child = entering && framed ? cmark_node_first_child(n) : NULL;
        if (child != NULL) {
            n = child;
            continue;
        }
        if (framed)
            leave(c, n);
        if (n == top)
            return;
        entering = cmark_node_next(n) != NULL;
        n = entering ? cmark_node_next(n) : cmark_node_parent(n);
    }
}

void md_convert(struct md_build *b, struct cmark_node *from)
{
    struct converter c = {.b = b};
    cmark_node *questions = notes_find(&c, cmark_node_first_child(from));
    for (cmark_node *n = cmark_node_first_child(from); n != NULL; n = cmark_node_next(n))
        if (!is_preamble(b, n))
            convert_tree(&c, n);
    md_html_leave(b, 0);
    notes_done(&c);
    references_check(b, questions);
}
