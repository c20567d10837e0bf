/* text/md_html: the author's HTML: inert elements are rebuilt, all other markup is shown as text.
 *
 * A stack holds the elements that are open; nodes go where its top says. Words
 * between blocks get a paragraph, words between rows a cell, so that none is
 * lost. An end tag that is missing is added, one too many is shown. */
#include "text/md_int.h"

#include "text/rules.h"

enum tag_role {
    ROLE_INLINE = 1, /* stands in running text */
    ROLE_BARE = 2,   /* its end tag may be missing, as in HTML */
};

static const unsigned char tag_role[TAG_COUNT] = {
    [TAG_BR] = ROLE_INLINE,   [TAG_IMG] = ROLE_INLINE,    [TAG_SUB] = ROLE_INLINE,
    [TAG_SUP] = ROLE_INLINE,  [TAG_KBD] = ROLE_INLINE,    [TAG_MARK] = ROLE_INLINE,
    [TAG_ABBR] = ROLE_INLINE, [TAG_COLGROUP] = ROLE_BARE, [TAG_THEAD] = ROLE_BARE,
    [TAG_TBODY] = ROLE_BARE,  [TAG_TFOOT] = ROLE_BARE,    [TAG_TR] = ROLE_BARE,
    [TAG_TH] = ROLE_BARE,     [TAG_TD] = ROLE_BARE,       [TAG_LI] = ROLE_BARE,
    [TAG_PARA] = ROLE_BARE,
};

struct open_tag {
    enum md_tag tag;
    struct md_node *node;  /* NULL: <thead> and its like have none */
    struct md_node *outer; /* what was open before */
    struct span span;
};

struct md_html {
    struct arena *arena;
    struct open_tag *open;
    size_t count, cap;
    size_t base;          /* below are those of blocks around this one */
    size_t rows, columns; /* of the table that is open: no cell holds another */
    bool has_data_on_top; /* a <td> stands in its first row */
    size_t cells;         /* of the tables before */
};

struct md_html *md_html_new(struct arena *a)
{
    struct md_html *h = NEW(a, struct md_html);
    h->arena = a;
    return h;
}

/* -- Opening and closing ---------------------------------------------------- */

static struct open_tag *top(struct md_html *h)
{
    return h->count > h->base ? &h->open[h->count - 1] : NULL;
}

static void push(struct md_build *b, enum md_tag tag, struct md_node *node, struct span span)
{
    struct md_html *h = b->html;
    PUSH(h->arena, h->open, h->count, h->cap, struct open_tag) =
        (struct open_tag){tag, node, b->at, span};
    if (node != NULL)
        b->at = node;
}

static struct md_node *push_new(struct md_build *b, enum md_tag tag, enum md_kind kind,
                                struct span span)
{
    struct md_node *n = md_put(b, kind, span);
    push(b, tag, n, span);
    return n;
}

static bool holds_running_text(enum md_tag tag)
{
    return tag == TAG_PARA || tag == TAG_TD || tag == TAG_TH || tag == TAG_SUMMARY;
}

static size_t cell_count(const struct md_node *row)
{
    return row->last ? (size_t)row->last->cell.column + 1 : 0;
}

/* Whether the row may have one more cell, and the others as many. */
static bool has_room(const struct md_html *h, const struct md_node *row)
{
    size_t columns = cell_count(row) + 1;
    if (columns <= h->columns || columns == 1)
        return true;
    return columns <= MD_COLUMNS_MAX && h->cells + h->rows * columns <= MD_CELLS_MAX;
}

static struct md_node *put_cell(struct md_build *b, struct md_node *row, struct span span)
{
    struct md_node *cell = md_new(b->arena, MD_CELL, span);
    cell->cell.column = (int)cell_count(row);
    md_append(row, cell);
    if (cell_count(row) > b->html->columns)
        b->html->columns = cell_count(row);
    return cell;
}

/* Every row gets as many cells as the widest. A first row of nothing but <th>
 * heads the table even without <thead>. */
static void table_done(struct md_build *b, struct md_node *table)
{
    struct md_html *h = b->html;
    if (table->first == NULL) {
        md_remove(table);
        return;
    }
    if (!h->has_data_on_top)
        table->first->row.is_head = true;
    size_t columns = h->columns ? h->columns : 1;
    table->grid.columns = (int)columns;
    table->grid.align = NEW_ARRAY(b->arena, enum md_align, columns);
    for (struct md_node *row = table->first; row != NULL; row = row->next) {
        while (cell_count(row) < columns)
            put_cell(b, row, row->span);
    }
    h->cells += h->rows * columns;
    h->rows = h->columns = 0;
    h->has_data_on_top = false;
}

static void pop(struct md_build *b)
{
    struct md_html *h = b->html;
    struct open_tag t = h->open[h->count - 1];
    if (holds_running_text(t.tag))
        md_words_trim(b);
    md_words_end(b);
    b->at = t.outer;
    h->count--;
    if (t.tag == TAG_TABLE)
        table_done(b, t.node);
    if (t.tag == TAG_PARA && t.node->first == NULL)
        md_remove(t.node);
}

static void close_to(struct md_build *b, size_t mark)
{
    while (b->html->count > mark) {
        const struct open_tag *t = &b->html->open[b->html->count - 1];
        if (!(tag_role[t->tag] & ROLE_BARE) && md_may_report(b))
            diag(b->source->diags, TEXT_RULE(MD_HTML), t->span, "<%s> is not closed",
                 md_tag_name[t->tag]);
        pop(b);
    }
}

size_t md_html_enter(struct md_build *b)
{
    size_t outer = b->html->base;
    b->html->base = b->html->count;
    return outer;
}

void md_html_leave(struct md_build *b, size_t outer)
{
    close_to(b, b->html->base);
    b->html->base = outer;
}

/* Inlines and the paragraph around them end where a block begins. */
static void close_running_text(struct md_build *b)
{
    struct md_html *h = b->html;
    while (top(h) != NULL && (tag_role[top(h)->tag] & ROLE_INLINE || top(h)->tag == TAG_PARA))
        close_to(b, h->count - 1);
}

/* -- Room ------------------------------------------------------------------- */

static bool holds_blocks(const struct md_node *n)
{
    switch (n->kind) {
    case MD_DOCUMENT:
    case MD_QUOTE:
    case MD_ITEM:
    case MD_FOOTNOTE:
        return true;
    case MD_BLOCK_ELEMENT:
        return n->element == ELEMENT_DETAILS;
    default:
        return false;
    }
}

static bool in_head(const struct md_html *h)
{
    return h->count > h->base && h->open[h->count - 1].tag == TAG_THEAD;
}

static void report_full(struct md_build *b, struct span span)
{
    if (md_may_report(b))
        diag(b->source->diags, TEXT_RULE(MD_LIMIT), span,
             "a table has more than %d columns, or all have more than %d cells", MD_COLUMNS_MAX,
             MD_CELLS_MAX);
}

/* A table that is full goes on in its last row, and that in its last cell. */
static void open_row(struct md_build *b, struct span span)
{
    struct md_html *h = b->html;
    struct md_node *table = b->at;
    bool is_head = in_head(h) && table->first == NULL;
    if (table->last != NULL && h->cells + (h->rows + 1) * h->columns > MD_CELLS_MAX) {
        push(b, TAG_TR, table->last, span);
        return;
    }
    push_new(b, TAG_TR, MD_ROW, span)->row.is_head = is_head;
    h->rows++;
}

static void open_cell(struct md_build *b, enum md_tag tag, struct span span)
{
    struct md_node *row = b->at;
    bool has_cell = has_room(b->html, row);
    if (tag == TAG_TD && row->prev == NULL)
        b->html->has_data_on_top = true;
    push(b, tag, has_cell ? put_cell(b, row, span) : row->last, span);
    if (!has_cell) {
        report_full(b, span);
        md_put_words(b, S(" "), b->words_at);
    }
}

/* Inside a list or table only an item or cell can hold anything. */
static void open_what_holds(struct md_build *b, struct span span)
{
    if (b->at->kind == MD_LIST)
        push_new(b, TAG_LI, MD_ITEM, span);
    if (b->at->kind == MD_TABLE)
        open_row(b, span);
    if (b->at->kind == MD_ROW)
        open_cell(b, TAG_TD, span);
}

static void room_for_inline(struct md_build *b, struct span span)
{
    open_what_holds(b, span);
    if (holds_blocks(b->at))
        push_new(b, TAG_PARA, MD_PARA, span);
}

bool md_html_room_for_block(struct md_build *b)
{
    close_running_text(b);
    if (b->html->count > b->html->base)
        open_what_holds(b, b->at->span);
    return holds_blocks(b->at);
}

/* -- Words ------------------------------------------------------------------ */

static bool ends_in_blank(const struct md_build *b)
{
    if (b->words.n != 0)
        return b->words.p[b->words.n - 1] == ' ';
    const struct md_node *last = b->at->last;
    return last == NULL || last->kind == MD_SOFTBREAK;
}

static void put_space(struct md_build *b, str space, size_t at)
{
    enum md_kind kind = b->at->kind;
    bool between = kind == MD_LIST || kind == MD_TABLE || kind == MD_ROW || holds_blocks(b->at);
    if (between || ends_in_blank(b))
        return;
    if (str_find_char(space, '\n', 0) != SIZE_MAX)
        md_put(b, MD_SOFTBREAK, b->at->span);
    else
        md_put_words(b, S(" "), at);
}

/* White space runs together, as in HTML; entities are what they stand for. */
static void put_html_words(struct md_build *b, str text, size_t at, bool resolve)
{
    for (size_t i = 0; i < text.n;) {
        size_t from = i;
        bool space = ascii_is_space(text.p[i]);
        while (i < text.n && ascii_is_space(text.p[i]) == space)
            i++;
        str run = str_from_to(text, from, i);
        if (space) {
            put_space(b, run, at + from);
            continue;
        }
        room_for_inline(b, md_words_span(b->source, at + from, at + i, run));
        if (resolve)
            md_put_text(b, md_unescape(b->source->arena, run), at + from);
        else
            md_put_text(b, run, at + from);
    }
}

static struct span token_span(struct md_build *b, const struct md_token *t, size_t at)
{
    enum { WINDOW_BYTES = 256 };
    return md_words_span(b->source, at, at + t->raw.n + WINDOW_BYTES, t->raw);
}

static void show(struct md_build *b, const struct md_token *t, size_t at)
{
    str raw = md_unhold(b->source, t->raw);
    if (md_may_report(b))
        diag(b->source->diags, TEXT_RULE(MD_HTML), token_span(b, t, at),
             "'" STR_FMT "' is shown as text", STR_ARG(raw));
    put_html_words(b, raw, at, false);
}

/* -- Tags ------------------------------------------------------------------- */

static const enum md_element tag_element[TAG_COUNT] = {
    [TAG_BR] = ELEMENT_BR,           [TAG_SUB] = ELEMENT_SUB,         [TAG_SUP] = ELEMENT_SUP,
    [TAG_KBD] = ELEMENT_KBD,         [TAG_MARK] = ELEMENT_MARK,       [TAG_ABBR] = ELEMENT_ABBR,
    [TAG_DETAILS] = ELEMENT_DETAILS, [TAG_SUMMARY] = ELEMENT_SUMMARY,
};

static str attribute(struct md_build *b, const struct md_token *t, str name)
{
    str value = S("");
    if (md_token_attribute(t, b->source->arena, name, &value))
        value = str_dup(b->arena, md_unhold(b->source, value));
    return value;
}

static bool open_image(struct md_build *b, const struct md_token *t, struct span span)
{
    str url = attribute(b, t, S("src")), alt = attribute(b, t, S("alt"));
    if (url.n == 0)
        return false;
    room_for_inline(b, span);
    struct md_node *image = md_put(b, MD_IMAGE, span);
    image->url = url;
    image->title = attribute(b, t, S("title"));
    if (alt.n != 0) {
        struct md_node *text = md_new(b->arena, MD_TEXT, span);
        text->text = alt;
        md_append(image, text);
    }
    return true;
}

static bool open_inline(struct md_build *b, const struct md_token *t, struct span span)
{
    if (t->tag == TAG_IMG)
        return open_image(b, t, span);
    room_for_inline(b, span);
    struct md_node *n;
    if (t->tag == TAG_BR)
        n = md_put(b, MD_ELEMENT, span);
    else
        n = push_new(b, t->tag, MD_ELEMENT, span);
    n->element = tag_element[t->tag];
    if (t->tag == TAG_ABBR)
        n->title = attribute(b, t, S("title"));
    return true;
}

static bool is_part_of_table(enum md_tag tag)
{
    return tag >= TAG_THEAD && tag <= TAG_COLGROUP;
}

/* How many are open up to and with the innermost of `outer` or `other`, looking
 * only through what it may hold; 0 when there is none. */
static size_t find_open(const struct md_html *h, enum md_tag outer, enum md_tag other)
{
    for (size_t i = h->count; i > h->base; i--) {
        enum md_tag tag = h->open[i - 1].tag;
        if (tag == outer || tag == other)
            return i;
        bool inside = tag_role[tag] & (ROLE_INLINE | ROLE_BARE);
        if (!inside)
            break;
    }
    return 0;
}

static size_t columns_spanned(struct md_build *b, const struct md_token *t)
{
    str value = attribute(b, t, S("colspan"));
    size_t n = 0;
    for (size_t i = 0; i < value.n && ascii_is_digit(value.p[i]) && n <= MD_COLUMNS_MAX; i++)
        n = n * 10 + (size_t)(value.p[i] - '0');
    return n > 1 ? n : 1;
}

/* A cell across columns is followed by empty ones, so that the others stay in
 * their columns. */
static void open_cells(struct md_build *b, const struct md_token *t, struct span span)
{
    if (b->at->kind == MD_TABLE)
        open_row(b, span);
    open_cell(b, t->tag, span);
    struct md_node *row = b->at->parent;
    for (size_t n = columns_spanned(b, t); n > 1 && has_room(b->html, row); n--)
        put_cell(b, row, span);
}

static bool open_part_of_table(struct md_build *b, const struct md_token *t, struct span span)
{
    struct md_html *h = b->html;
    size_t table = find_open(h, TAG_TABLE, TAG_TABLE), inner = table;
    if (table == 0)
        return false;
    if (t->tag == TAG_COL || t->tag == TAG_COLGROUP)
        return true;
    for (size_t i = table; i < h->count; i++) {
        enum md_tag tag = h->open[i].tag;
        bool section = tag == TAG_THEAD || tag == TAG_TBODY || tag == TAG_TFOOT;
        bool cell = t->tag == TAG_TD || t->tag == TAG_TH;
        if ((section && (cell || t->tag == TAG_TR)) || (tag == TAG_TR && cell))
            inner = i + 1;
    }
    close_to(b, inner);
    if (t->tag == TAG_TR)
        open_row(b, span);
    else if (t->tag == TAG_TD || t->tag == TAG_TH)
        open_cells(b, t, span);
    else
        push(b, t->tag, NULL, span);
    return true;
}

static int list_start(struct md_build *b, const struct md_token *t)
{
    str value = attribute(b, t, S("start"));
    int n = 0;
    for (size_t i = 0; i < value.n && i < 9; i++) {
        if (!ascii_is_digit(value.p[i]))
            return 1;
        n = n * 10 + (value.p[i] - '0');
    }
    return value.n ? n : 1;
}

static bool open_item(struct md_build *b, struct span span)
{
    size_t list = find_open(b->html, TAG_UL, TAG_OL);
    if (list == 0)
        return false;
    close_to(b, list);
    push_new(b, TAG_LI, MD_ITEM, span);
    return true;
}

static bool open_block(struct md_build *b, const struct md_token *t, struct span span)
{
    if (t->tag == TAG_LI)
        return open_item(b, span);
    if (is_part_of_table(t->tag))
        return open_part_of_table(b, t, span);
    if (t->tag == TAG_SUMMARY) {
        bool first = b->at->kind == MD_BLOCK_ELEMENT && b->at->element == ELEMENT_DETAILS &&
                     b->at->first == NULL;
        if (!first)
            return false;
        push_new(b, t->tag, MD_BLOCK_ELEMENT, span)->element = ELEMENT_SUMMARY;
        return true;
    }
    if (!md_html_room_for_block(b))
        return false;
    if (t->tag == TAG_DETAILS) {
        push_new(b, t->tag, MD_BLOCK_ELEMENT, span)->element = ELEMENT_DETAILS;
    } else if (t->tag == TAG_TABLE) {
        push_new(b, t->tag, MD_TABLE, span);
    } else {
        struct md_node *list = push_new(b, t->tag, MD_LIST, span);
        list->list.tight = true;
        list->list.ordered = t->tag == TAG_OL;
        list->list.start = list->list.ordered ? list_start(b, t) : 0;
    }
    return true;
}

static bool close_tag(struct md_build *b, const struct md_token *t)
{
    struct md_html *h = b->html;
    if (t->tag == TAG_COL || t->tag == TAG_COLGROUP)
        return find_open(h, TAG_TABLE, TAG_TABLE) != 0;
    for (size_t i = h->count; i > h->base && t->tag != TAG_OTHER; i--) {
        if (h->open[i - 1].tag != t->tag)
            continue;
        close_to(b, i);
        pop(b);
        return true;
    }
    return false;
}

static void take_token(struct md_build *b, const struct md_token *t, size_t at, bool in_block)
{
    bool taken = false;
    bool may = in_block || tag_role[t->tag] & ROLE_INLINE;
    struct span span = token_span(b, t, at);
    if (t->kind == TOKEN_COMMENT)
        return;
    if (t->kind == TOKEN_TEXT) {
        put_html_words(b, t->raw, at, true);
        return;
    }
    if (t->kind == TOKEN_CLOSE)
        taken = may && close_tag(b, t);
    else if (t->tag != TAG_OTHER && may && b->html->count + b->depth < MD_DEPTH_MAX)
        taken = tag_role[t->tag] & ROLE_INLINE ? open_inline(b, t, span) : open_block(b, t, span);
    if (!taken)
        show(b, t, at);
}

void md_html_inline(struct md_build *b, str html, size_t at)
{
    struct md_token t = md_token_at(html, 0, md_comments_end(html));
    if (t.raw.n != html.n) /* an instruction or CDATA with brackets inside */
        t = (struct md_token){.kind = TOKEN_OPEN, .tag = TAG_OTHER, .raw = html};
    take_token(b, &t, at, false);
}

void md_html_block(struct md_build *b, str html, int line)
{
    size_t comments_end = md_comments_end(html), line_from = 0;
    for (size_t at = 0; at < html.n;) {
        struct md_token t = md_token_at(html, at, comments_end);
        take_token(b, &t, md_offset(b->source, line, (int)(at - line_from) + 1), true);
        for (size_t end = at + t.raw.n; at < end; at++) {
            if (html.p[at] == '\n') {
                line++;
                line_from = at + 1;
            }
        }
    }
    close_running_text(b);
}
