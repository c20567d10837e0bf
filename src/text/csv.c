/* text/csv: RFC 4180 through libcsv; the first row names the columns. */
#include "text/csv.h"

#include <csv.h>
#include <string.h>

#include "base/fatal.h"
#include "text/rules.h"

/* `a.b.c`: a record holds parts, which may hold parts; nothing goes deeper. */
enum { NAME_PARTS_MAX = 6 };

struct cell {
    str text;
    struct span span; /* without the quotes */
    bool quoted;
};

/* The columns as a tree: what stands before a dot is a map. */
struct node {
    str name;
    struct span span; /* of the whole column name */
    size_t column;    /* of a leaf */
    struct node *children;
    size_t child_count, child_cap;
};

struct reader {
    struct arena *arena;
    struct diags *diags;
    uint32_t file;
    str source;
    size_t cell_off, end_off; /* the cell that libcsv hands over is between them */
    size_t row_off;
    struct cell cells[CSV_COLUMNS_MAX];
    size_t cell_count; /* of the row; those beyond the limit are only counted */
    bool has_head;
    size_t column_count;
    bool nameless[CSV_COLUMNS_MAX];
    struct node head;
    struct value list;
    size_t list_cap;
};

static struct span span_of(const struct reader *r, size_t from, size_t to)
{
    return (struct span){r->file, (uint32_t)from, (uint32_t)(to - from)};
}

/* -- The head -------------------------------------------------------------------------------- */

static struct node *child_of(const struct node *n, str name)
{
    for (size_t i = 0; i < n->child_count; i++)
        if (str_eq(n->children[i].name, name))
            return &n->children[i];
    return NULL;
}

static struct node *child_new(struct reader *r, struct node *n, str name, struct span span)
{
    struct node *child = &PUSH(r->arena, n->children, n->child_count, n->child_cap, struct node);
    *child = (struct node){.name = name, .span = span, .column = SIZE_MAX};
    return child;
}

static void refuse_column(struct reader *r, const struct cell *c, const char *why)
{
    str name = diag_quote(c->text);
    diag(r->diags, TEXT_RULE(CSV_HEAD), c->span, "the column '" STR_FMT "' %s", STR_ARG(name), why);
}

static bool name_is_fine(struct reader *r, const struct cell *c)
{
    size_t parts = 0;
    str part, rest = c->text;
    do {
        rest = str_cut(rest, '.', &part);
        parts++;
    } while (part.n != 0 && rest.p != NULL);
    if (part.n == 0)
        refuse_column(r, c, "has an empty part");
    else if (parts > NAME_PARTS_MAX)
        refuse_column(r, c, "has too many parts");
    return part.n != 0 && parts <= NAME_PARTS_MAX;
}

static void take_column(struct reader *r, size_t column)
{
    const struct cell *c = &r->cells[column];
    struct node *n = &r->head;
    str part, rest = c->text;
    r->nameless[column] = c->text.n == 0;
    if (c->text.n == 0 || !name_is_fine(r, c))
        return;
    for (;;) {
        rest = str_cut(rest, '.', &part);
        struct node *child = child_of(n, part);
        bool last = rest.p == NULL, leaf = child != NULL && child->column != SIZE_MAX;
        if (child != NULL && (last || leaf)) {
            refuse_column(r, c,
                          last && leaf ? "is here again"
                                       : "is a value in one place and a map in another");
            diag_related(r->diags, child->span, "the other one is here");
            return;
        }
        if (child == NULL)
            child = child_new(r, n, part, c->span);
        if (last) {
            child->column = column;
            return;
        }
        n = child;
    }
}

static void take_head(struct reader *r)
{
    size_t count = r->cell_count;
    if (count > CSV_COLUMNS_MAX) {
        diag(r->diags, TEXT_RULE(CSV_HEAD), span_of(r, r->row_off, r->row_off),
             "there are %zu columns, more than %d", count, CSV_COLUMNS_MAX);
        diag_hint(r->diags, "remove columns that no field asks for");
        count = CSV_COLUMNS_MAX;
    }
    for (size_t i = 0; i < count; i++)
        take_column(r, i);
    r->column_count = r->cell_count;
    r->has_head = true;
}

/* -- Rows ------------------------------------------------------------------------------------ */

static struct value cell_value(const struct reader *r, size_t column)
{
    if (column >= r->cell_count || r->cells[column].text.n == 0)
        return (struct value){.kind = VALUE_NULL};
    const struct cell *c = &r->cells[column];
    return (struct value){
        .kind = VALUE_SCALAR, .plain = !c->quoted, .span = c->span, .text = c->text};
}

/* What the row says of a column, or of several with one beginning: VALUE_NULL
 * when all its cells are empty. Depth is at most NAME_PARTS_MAX. */
static struct value value_of(const struct reader *r, const struct node *n)
{
    if (n->column != SIZE_MAX)
        return cell_value(r, n->column);
    struct value v = {.kind = VALUE_MAP};
    v.keys = NEW_ARRAY(r->arena, struct key, n->child_count);
    v.items = NEW_ARRAY(r->arena, struct value, n->child_count);
    for (size_t i = 0; i < n->child_count; i++) {
        struct value item = value_of(r, &n->children[i]);
        if (item.kind == VALUE_NULL)
            continue;
        v.keys[v.count] = (struct key){n->children[i].name, n->children[i].span};
        v.items[v.count++] = item;
    }
    if (v.count == 0)
        return (struct value){.kind = VALUE_NULL};
    v.span = v.items[0].span;
    return v;
}

static void take_row(struct reader *r)
{
    if (r->cell_count != r->column_count)
        diag(r->diags, TEXT_RULE(CSV_COLUMNS), span_of(r, r->row_off, r->row_off),
             "this row has %zu cell%s, the head has %zu", r->cell_count,
             r->cell_count == 1 ? "" : "s", r->column_count);
    for (size_t i = 0; i < r->cell_count && i < CSV_COLUMNS_MAX; i++)
        if (r->nameless[i] && r->cells[i].text.n != 0)
            diag(r->diags, TEXT_RULE(CSV_HEAD), r->cells[i].span,
                 "the column of this cell has no name");
    struct value row = value_of(r, &r->head);
    if (row.kind == VALUE_NULL)
        row.kind = VALUE_MAP;
    row.span = span_of(r, r->row_off, r->row_off);
    PUSH(r->arena, r->list.items, r->list.count, r->list_cap, struct value) = row;
}

/* Spreadsheets leave rows of nothing but commas behind. */
static bool row_is_blank(const struct reader *r)
{
    size_t shown = r->cell_count < CSV_COLUMNS_MAX ? r->cell_count : CSV_COLUMNS_MAX;
    for (size_t i = 0; i < shown; i++)
        if (r->cells[i].text.n != 0)
            return false;
    return true;
}

/* -- libcsv ---------------------------------------------------------------------------------- */

/* libcsv gives no places. It is fed up to one delimiter or line end at a time,
 * so a cell it hands over lies between the last one and the end of the feed. */
static struct span cell_span(const struct reader *r, bool *quoted)
{
    str raw = str_trim(str_from_to(r->source, r->cell_off, r->end_off));
    *quoted = raw.n > 1 && raw.p[0] == '"' && raw.p[raw.n - 1] == '"';
    size_t at = raw.n ? (size_t)(raw.p - r->source.p) : r->end_off;
    return *quoted ? span_of(r, at + 1, at + raw.n - 1) : span_of(r, at, at + raw.n);
}

/* Lines inside a cell end in \n, whatever the spreadsheet wrote. */
static str cell_text(const struct reader *r, struct span at, str text)
{
    bool odd_lines = str_find_char(text, '\r', 0) != SIZE_MAX;
    if (!odd_lines && text.n == at.len && memcmp(r->source.p + at.off, text.p, text.n) == 0)
        return str_from_to(r->source, at.off, at.off + at.len);
    char *copy = NEW_ARRAY(r->arena, char, text.n);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] != '\r' || i + 1 == text.n || text.p[i + 1] != '\n')
            copy[n++] = text.p[i] == '\r' ? '\n' : text.p[i];
    return (str){copy, n};
}

static void on_cell(void *text, size_t n, void *self)
{
    struct reader *r = self;
    bool quoted;
    struct span at = cell_span(r, &quoted);
    if (r->cell_count == 0)
        r->row_off = at.off - quoted;
    if (r->cell_count < CSV_COLUMNS_MAX)
        r->cells[r->cell_count] = (struct cell){cell_text(r, at, (str){text, n}), at, quoted};
    r->cell_count++;
    r->cell_off = r->end_off + 1;
}

static void on_row(int end, void *self)
{
    (void)end;
    struct reader *r = self;
    if (!row_is_blank(r)) {
        if (r->has_head)
            take_row(r);
        else
            take_head(r);
    }
    r->cell_count = 0;
}

static void start(struct csv_parser *p, char delimiter)
{
    if (csv_init(p, CSV_STRICT | CSV_STRICT_FINI) != 0)
        fatal("out of memory while reading CSV");
    csv_set_delim(p, (unsigned char)delimiter);
}

static void report(struct reader *r, struct csv_parser *p, size_t off)
{
    if (csv_error(p) != CSV_EPARSE)
        fatal("out of memory while reading CSV");
    if (off == r->source.n) {
        str raw = str_trim(str_skip(r->source, r->cell_off));
        size_t at = (size_t)(raw.p - r->source.p);
        diag(r->diags, TEXT_RULE(CSV_SYNTAX), span_of(r, at, at + 1),
             "the quote that opens here is not closed");
        return;
    }
    diag(r->diags, TEXT_RULE(CSV_SYNTAX), span_of(r, off, off + 1), "%s",
         r->source.p[off] == '"' ? "a quote stands inside a cell without quotes"
                                 : "text stands behind the closing quote");
    diag_hint(r->diags, "put the whole cell in quotes and write each quote inside it twice");
}

/* Where the next cell or row may end; the end of the source when nowhere. */
static size_t next_end(str s, size_t at, char delimiter)
{
    while (at < s.n && s.p[at] != delimiter && s.p[at] != '\n' && s.p[at] != '\r')
        at++;
    return at;
}

/* A broken row is left out, reading goes on with the next line. */
static size_t skip_row(struct reader *r, struct csv_parser *p, size_t off, char delimiter)
{
    size_t line_end = str_find_char(r->source, '\n', off);
    csv_free(p);
    start(p, delimiter);
    r->cell_count = 0;
    return r->cell_off = line_end == SIZE_MAX ? r->source.n : line_end + 1;
}

static void read_rows(struct reader *r, size_t off, char delimiter)
{
    struct csv_parser p;
    start(&p, delimiter);
    r->cell_off = off;
    while (off < r->source.n) {
        r->end_off = next_end(r->source, off, delimiter);
        size_t n = r->end_off - off + (r->end_off < r->source.n);
        size_t done = csv_parse(&p, r->source.p + off, n, on_cell, on_row, r);
        if (done == n) {
            off += n;
            continue;
        }
        report(r, &p, off + done);
        if (!r->has_head) { /* without a head the rows mean nothing */
            csv_free(&p);
            return;
        }
        off = skip_row(r, &p, off + done, delimiter);
    }
    r->end_off = r->source.n;
    if (csv_fini(&p, on_cell, on_row, r) != 0)
        report(r, &p, r->source.n);
    csv_free(&p);
}

/* More semicolons than commas outside quotes in the first line that says
 * something: the export of a spreadsheet whose decimal sign is the comma. */
static char delimiter_of(str source, size_t off)
{
    size_t commas = 0, semicolons = 0;
    bool quoted = false, seen = false;
    for (; off < source.n && (quoted || !seen || source.p[off] != '\n'); off++) {
        char c = source.p[off];
        seen = seen || !ascii_is_space(c);
        quoted ^= c == '"';
        commas += c == ',' && !quoted;
        semicolons += c == ';' && !quoted;
    }
    return semicolons > commas ? ';' : ',';
}

struct value *csv_parse_rows(struct arena *a, struct diags *d, uint32_t file)
{
    struct reader *r = NEW(a, struct reader);
    r->arena = a;
    r->diags = d;
    r->file = file;
    r->source = diags_source_text(d, file);
    r->head.column = SIZE_MAX;
    r->list = (struct value){.kind = VALUE_LIST, .span = span_of(r, 0, 0)};
    size_t off = str_starts(r->source, S("\xEF\xBB\xBF")) ? 3 : 0;
    read_rows(r, off, delimiter_of(r->source, off));
    return &r->list;
}
