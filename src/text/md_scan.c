/* text/md_scan: one look at the text before the parser: limits, footnotes, lines.
 *
 * The parser has a dozen ways to take time or memory that grows with the square
 * or the cube of a block of lines. Each is counted here, times what it was
 * measured to cost; the sum must stay within MD_COST_MAX for the document. */
#include "text/md_int.h"

#include "text/rules.h"

/* Nanoseconds. */
enum {
    COST_LINE = 1600,            /* 400, and memory worth three times that */
    COST_LEVEL_LINE = 13,        /* every line asks every open quote and list */
    COST_MARKER = 1000,          /* a list, an item and a paragraph */
    COST_BRACKET_DELIMITER = 10, /* each link looks through the open emphases */
    COST_BRACKET_PICTURE = 8,    /* each link looks through the open pictures */
    COST_TILDE_DELIMITER = 1,
    COST_DECLARATION_BYTE = 3, /* the ends of "<!" and "<?" are sought in all of it */
    COST_TABLE_BYTE = 1,       /* a second row of a table copies what stands above */
    TABLE_LINES_PER_COST = 2,  /* … and looks at each line for each byte */
};

enum {
    LABEL_BYTES_MAX = 999,
    HELD_BYTES = 12, /* about what stands for a footnote mark in what the parser gets */
};

struct note_place {
    size_t at;
    bool is_definition;
};

struct block {
    size_t from, to, blank_from; /* its first and last byte; where the blank lines begin */
    size_t lines, blank_lines, line_bytes_max;
    size_t depth, blank_depth; /* the blank lines before it ask what was open above */
    size_t markers, markers_max;
    size_t closes, pictures, delimiters, tildes, declarations;
    size_t columns, cells;
    uint64_t table_cost, table_bytes;
    size_t notes_from, definitions;
    size_t references, references_kept, reference_bytes_max;
};

struct scan {
    struct md_source *source;
    str text;
    struct block block;
    size_t content;  /* where the line's own text begins */
    bool may_define; /* the line begins with '[', and no ']' came yet */
    uint64_t cost;
    size_t cells, references, definitions;
    uint64_t table_bytes;
    size_t closes_total; /* SIZE_MAX: not counted yet */
    struct note_place *notes;
    size_t note_count, note_cap;
    size_t reports;
    size_t caret; /* the piece that stands for "^", + 1; 0: not there yet */
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static char byte_at(str text, size_t at)
{
    return at < text.n ? text.p[at] : '\n';
}

static bool ends_marker(str text, size_t at)
{
    return at >= text.n || is_blank(text.p[at]) || md_is_line_end(text.p[at]);
}

/* The label in "[^label]" at `at`; empty when it is none. */
static str note_label(str text, size_t at)
{
    size_t from = at + 2, end = from;
    while (end < text.n && end - from <= LABEL_BYTES_MAX) {
        char c = text.p[end];
        if (c == ']')
            return str_from_to(text, from, end);
        if (c == '[' || c == '\\' || c == '`' || ascii_is_space(c))
            break;
        end++;
    }
    return (str){text.p, 0};
}

static bool is_note(str text, size_t at)
{
    return at + 1 < text.n && text.p[at] == '[' && text.p[at + 1] == '^';
}

static void note_add(struct scan *s, size_t at, bool is_definition)
{
    PUSH(s->source->arena, s->notes, s->note_count, s->note_cap, struct note_place) =
        (struct note_place){at, is_definition};
    s->block.definitions += is_definition;
}

/* Passes a list marker, or returns `at`. */
static size_t marker_end(str text, size_t at)
{
    char c = text.p[at];
    if (c == '-' || c == '+' || c == '*')
        return ends_marker(text, at + 1) ? at + 1 : at;
    size_t i = at;
    while (i < text.n && i - at < 9 && ascii_is_digit(text.p[i]))
        i++;
    bool dotted = i > at && i < text.n && (text.p[i] == '.' || text.p[i] == ')');
    return dotted && ends_marker(text, i + 1) ? i + 1 : at;
}

static size_t task_end(str text, size_t at)
{
    bool task = text.n - at >= 3 && text.p[at] == '[' && text.p[at + 2] == ']' &&
                (text.p[at + 1] == ' ' || text.p[at + 1] == 'x' || text.p[at + 1] == 'X');
    return task && ends_marker(text, at + 3) ? at + 3 : at;
}

/* Passes "[^label]:" and remembers it, or returns `at`. */
static size_t definition_end(struct scan *s, size_t at)
{
    if (!is_note(s->text, at))
        return at;
    str label = note_label(s->text, at);
    size_t end = at + 2 + label.n + 1;
    if (label.n == 0 || end >= s->text.n || s->text.p[end] != ':')
        return at;
    note_add(s, at, true);
    return end + 1;
}

/* "- - - -" and "* * *" are rules, however long. */
static bool is_rule(str text, size_t from, size_t to)
{
    char first = 0;
    for (size_t i = from; i < to; i++) {
        if (is_blank(text.p[i]))
            continue;
        if (first == 0)
            first = text.p[i];
        if (text.p[i] != first)
            return false;
    }
    return first == '-' || first == '*';
}

/* Passes what opens or continues quotes, lists and footnotes. How deep the line
 * stands is at most a level for two columns of indentation and one a marker. */
static size_t scan_prefix(struct scan *s, size_t from)
{
    str text = s->text;
    size_t at = from, columns = 0, markers = 0, depth = 0;
    while (at < text.n && !md_is_line_end(text.p[at])) {
        size_t next = at;
        if (is_blank(text.p[at])) {
            columns = text.p[at] == '\t' ? (columns / 4 + 1) * 4 : columns + 1;
            at++;
            continue;
        }
        if (markers == 0)
            depth = columns / 2;
        if (text.p[at] == '>')
            next = at + 1;
        if (next == at)
            next = marker_end(text, at);
        if (next == at && markers != 0)
            next = task_end(text, at);
        if (next == at)
            next = definition_end(s, at);
        if (next == at)
            break;
        at = next;
        markers++;
    }
    bool whole = at >= text.n || md_is_line_end(text.p[at]);
    if (whole && is_rule(text, from, at))
        return at;
    struct block *b = &s->block;
    b->markers += markers;
    if (markers > b->markers_max)
        b->markers_max = markers;
    if (depth + markers > b->depth)
        b->depth = depth + markers;
    return at;
}

/* "| - | :-: |", with or without the outer bars: how many columns, or 0. Nothing
 * but dashes is a rule, or makes a heading of what stands above. */
static size_t table_columns(str text, size_t at)
{
    size_t columns = 0;
    bool dashed = false, barred = false;
    for (; at < text.n && !md_is_line_end(text.p[at]); at++) {
        char c = text.p[at];
        barred |= c == '|' || c == ':';
        if (c == '-') {
            columns += !dashed;
            dashed = true;
        } else if (c == '|') {
            dashed = false;
        } else if (c != ':' && !is_blank(c)) {
            return 0;
        }
    }
    return barred ? columns : 0;
}

/* A line that could be the second of a table: the parser reads all lines of the
 * paragraph above as its head. */
static void scan_table(struct scan *s, size_t at)
{
    struct block *b = &s->block;
    size_t columns = table_columns(s->text, at);
    if (columns == 0)
        return;
    uint64_t above = at - b->from;
    b->table_bytes += above;
    b->table_cost += above * COST_TABLE_BYTE + above * b->lines / TABLE_LINES_PER_COST;
    if (columns > b->columns)
        b->columns = columns;
}

/* Blanks and at most one line end. */
static size_t skip_space(str text, size_t at)
{
    while (at < text.n && is_blank(text.p[at]))
        at++;
    if (at == text.n || !md_is_line_end(text.p[at]))
        return at;
    at = md_after_line_end(text, at);
    while (at < text.n && is_blank(text.p[at]))
        at++;
    return at;
}

/* How much is written out for each use of the definition whose "]:" is at `at`:
 * its address and its title, which may go on for lines. */
static size_t reference_bytes(str text, size_t at)
{
    size_t from = skip_space(text, at + 2), end = from;
    while (end < text.n && !ascii_is_space(text.p[end]))
        end++;
    size_t title = skip_space(text, end);
    char open = byte_at(text, title);
    if (open != '"' && open != '\'' && open != '(')
        return end - from;
    size_t far = title + MD_BLOCK_BYTES_MAX;
    str block = str_from_to(text, 0, far < text.n ? far : text.n);
    size_t close = str_find_char(block, open == '(' ? ')' : open, title + 1);
    size_t blank = str_find(block, S("\n\n"), title);
    size_t to = close < blank ? close : blank;
    return (to == SIZE_MAX ? block.n : to) - from;
}

static void scan_reference(struct scan *s, size_t at)
{
    struct md_source *src = s->source;
    size_t bytes = reference_bytes(s->text, at);
    str label = str_from_to(s->text, s->content + 1, at);
    s->block.references++;
    if (bytes > s->block.reference_bytes_max)
        s->block.reference_bytes_max = bytes;
    /* A label with a bracket in it is none, or one so odd that it need not be checked. */
    if (label.n > LABEL_BYTES_MAX || str_find_char(label, '[', 0) != SIZE_MAX)
        return;
    s->block.references_kept++;
    PUSH(src->arena, src->references, src->reference_count, src->reference_cap,
         struct md_reference) = (struct md_reference){label, s->content};
}

enum { ORDINARY, LINE_END, OPEN, CLOSE, BANG, EMPHASIS, TILDE, LESS, COLON, AT, LETTER_W };
static const unsigned char byte_class[256] = {
    ['\n'] = LINE_END, ['\r'] = LINE_END, ['['] = OPEN,     [']'] = CLOSE,
    ['!'] = BANG,      ['*'] = EMPHASIS,  ['_'] = EMPHASIS, ['~'] = TILDE,
    ['<'] = LESS,      [':'] = COLON,     ['@'] = AT,       ['w'] = LETTER_W,
};

/* The next byte that means something. Prose is mostly bytes that don't. */
static size_t skip_ordinary(str text, size_t at)
{
    const unsigned char *p = (const unsigned char *)text.p;
    while (text.n - at >= 4 && !(byte_class[p[at]] | byte_class[p[at + 1]] | byte_class[p[at + 2]] |
                                 byte_class[p[at + 3]]))
        at += 4;
    while (at < text.n && byte_class[p[at]] == ORDINARY)
        at++;
    return at;
}

/* Passes a run of one delimiter; inside a word '_' is only a letter. */
static size_t scan_delimiters(struct scan *s, size_t at, bool tilde)
{
    str text = s->text;
    size_t end = at;
    while (end < text.n && text.p[end] == text.p[at])
        end++;
    bool in_word = text.p[at] == '_' && at > 0 && ascii_is_alnum(text.p[at - 1]) &&
                   ascii_is_alnum(byte_at(text, end));
    s->block.delimiters += !in_word;
    s->block.tildes += tilde;
    return end;
}

static bool is_escaped(str text, size_t at)
{
    size_t slashes = 0;
    while (slashes < at && text.p[at - slashes - 1] == '\\')
        slashes++;
    return slashes % 2 == 1;
}

/* One byte that means something, at `at`; returns where to go on. */
static size_t scan_byte(struct scan *s, size_t at)
{
    str text = s->text;
    struct block *b = &s->block;
    char next = byte_at(text, at + 1);
    switch (byte_class[(unsigned char)text.p[at]]) {
    case OPEN:
        if (next == '^' && !is_escaped(text, at))
            note_add(s, at, false);
        break;
    case CLOSE:
        b->closes++;
        if (s->may_define && !is_escaped(text, at)) {
            s->may_define = false;
            if (next == ':')
                scan_reference(s, at);
        }
        break;
    case BANG:
        b->pictures += next == '[';
        break;
    case EMPHASIS:
        return scan_delimiters(s, at, false);
    case TILDE:
        return scan_delimiters(s, at, true);
    case LESS:
        b->declarations += next == '!' || next == '?';
        break;
    case COLON:
        s->source->may_link |= next == '/' && byte_at(text, at + 2) == '/';
        break;
    case AT:
        s->source->may_link = true;
        break;
    case LETTER_W:
        s->source->may_link |= next == 'w' && byte_at(text, at + 2) == 'w';
        break;
    default:
        break;
    }
    return at + 1;
}

/* -- Blocks ---------------------------------------------------------------- */

static uint64_t block_cost(const struct block *b, size_t bytes)
{
    return (uint64_t)b->lines * (COST_LINE + COST_LEVEL_LINE * b->depth) +
           (uint64_t)b->blank_lines * COST_LEVEL_LINE * (1 + b->blank_depth) +
           (uint64_t)b->markers * COST_MARKER +
           (uint64_t)b->closes * b->delimiters * COST_BRACKET_DELIMITER +
           (uint64_t)b->closes * b->pictures * COST_BRACKET_PICTURE +
           (uint64_t)b->tildes * b->delimiters * COST_TILDE_DELIMITER +
           (uint64_t)b->declarations * bytes * COST_DECLARATION_BYTE + b->table_cost;
}

static size_t closes_total(struct scan *s)
{
    if (s->closes_total == SIZE_MAX) {
        s->closes_total = 0;
        for (size_t i = 0; i < s->text.n; i++)
            s->closes_total += s->text.p[i] == ']';
    }
    return s->closes_total;
}

/* What of the document's limits the block would break, for people; or NULL. */
static const char *block_fault(struct scan *s, size_t bytes, uint64_t cost)
{
    const struct block *b = &s->block;
    if (b->line_bytes_max > MD_LINE_BYTES_MAX)
        return "a line is longer than 64 KB";
    if (bytes > MD_BLOCK_BYTES_MAX)
        return "a block of lines is longer than 64 KB; put a blank line between paragraphs";
    if (b->markers_max > MD_DEPTH_MAX)
        return "quotes or lists are nested more than 32 deep";
    if (b->columns > MD_COLUMNS_MAX)
        return "a table has more than 64 columns";
    if (s->cells + b->cells > MD_CELLS_MAX)
        return "the tables of this document have more than 65536 cells";
    if (s->references + b->references > MD_REFERENCES_MAX)
        return "this document defines more than 2048 link addresses";
    if (s->definitions + b->definitions > MD_REFERENCES_MAX)
        return "this document has more than 2048 footnotes";
    if (b->reference_bytes_max != 0 &&
        (uint64_t)b->reference_bytes_max * closes_total(s) > MD_EXPANSION_BYTES_MAX)
        return "an address or title this long is used too often";
    if (s->cost + cost > MD_COST_MAX || s->table_bytes + b->table_bytes > MD_EXPANSION_BYTES_MAX)
        return "so many brackets, marks, levels or lines would take the parser minutes";
    return NULL;
}

static void edit_add(struct scan *s, size_t at, size_t bytes, size_t held)
{
    struct md_source *src = s->source;
    PUSH(src->arena, src->edits, src->edit_count, src->edit_cap, struct md_edit) =
        (struct md_edit){.at = at, .bytes = bytes, .held = held};
}

/* Takes a piece out of what the parser sees. */
static void hold(struct scan *s, enum md_held_kind kind, size_t at, size_t bytes)
{
    struct md_source *src = s->source;
    edit_add(s, at, bytes, src->held_count);
    PUSH(src->arena, src->held, src->held_count, src->held_cap, struct md_held) =
        (struct md_held){kind, str_from_to(s->text, at, at + bytes), at};
}

/* A mark that cannot be a footnote's loses its "^" to a piece, so that the
 * parser takes the bracket as any other. */
static void hold_caret(struct scan *s, size_t at)
{
    if (s->caret == 0) {
        hold(s, HELD_TEXT, at, 1);
        s->caret = s->source->held_count;
    } else {
        edit_add(s, at, 1, s->caret - 1);
    }
}

static void hold_notes(struct scan *s)
{
    for (size_t i = s->block.notes_from; i < s->note_count; i++) {
        struct note_place n = s->notes[i];
        str label = note_label(s->text, n.at);
        size_t end = n.at + 2 + label.n + 1;
        if (n.is_definition)
            hold(s, HELD_DEFINITION, n.at + 2, label.n);
        else if (label.n == 0 || byte_at(s->text, end) == '(')
            hold_caret(s, n.at + 1);
        else
            hold(s, HELD_NOTE, n.at, end - n.at);
    }
}

/* Once a limit of the document is reached, every block after it breaks it too. */
static void limit(struct scan *s, size_t at, const char *fault)
{
    enum { SHOWN_BYTES = 80, REPORTS_MAX = 20 };
    if (++s->reports > REPORTS_MAX)
        return;
    str rest = str_skip(s->text, at), line = {rest.p, 0};
    while (line.n < rest.n && line.n < SHOWN_BYTES && !md_is_line_end(rest.p[line.n]))
        line.n++;
    diag(s->source->diags, TEXT_RULE(MD_LIMIT), md_words_span(s->source, at, s->text.n, line), "%s",
         fault);
}

static void block_keep(struct scan *s, uint64_t cost)
{
    const struct block *b = &s->block;
    hold_notes(s);
    s->cost += cost;
    s->cells += b->cells;
    s->references += b->references;
    s->definitions += b->definitions;
    s->table_bytes += b->table_bytes;
}

static void block_end(struct scan *s, size_t to)
{
    struct block *b = &s->block;
    if (b->lines == 0 && b->blank_lines == 0)
        return;
    size_t own = b->lines != 0 ? b->to - b->from : 0;
    size_t bytes = own + (s->note_count - b->notes_from) * HELD_BYTES;
    uint64_t cost = block_cost(b, bytes);
    const char *fault = block_fault(s, bytes, cost);
    if (fault != NULL) {
        limit(s, b->from, fault);
        hold(s, HELD_BLOCK, b->blank_from, to - b->blank_from);
        s->source->reference_count -= b->references_kept;
    } else {
        block_keep(s, cost);
    }
    s->block = (struct block){
        .from = to, .blank_from = to, .notes_from = s->note_count, .blank_depth = b->depth};
}

/* Reads one line and returns where the next begins. */
static size_t scan_line(struct scan *s, size_t from)
{
    str text = s->text;
    struct block *b = &s->block;
    size_t at = from;
    md_line_add(s->source, from);
    while (at < text.n && is_blank(text.p[at]))
        at++;
    if (at == text.n || md_is_line_end(text.p[at])) {
        if (b->lines != 0)
            block_end(s, from);
        b->blank_lines++;
        return b->from = md_after_line_end(text, at);
    }
    at = scan_prefix(s, from);
    s->content = at;
    s->may_define = byte_at(text, at) == '[';
    char first = byte_at(text, at);
    if (first == '|' || first == '-' || first == ':')
        scan_table(s, at);
    while ((at = skip_ordinary(text, at)) < text.n && !md_is_line_end(text.p[at]))
        at = scan_byte(s, at);
    b->lines++;
    b->to = at;
    b->cells += b->columns > 1 ? b->columns : 0;
    if (at - from > b->line_bytes_max)
        b->line_bytes_max = at - from;
    return md_after_line_end(text, at);
}

void md_scan(struct md_source *src)
{
    struct scan s = {.source = src, .text = src->text, .closes_total = SIZE_MAX};
    if (src->text.n > MD_BYTES_MAX) {
        limit(&s, 0, "the document is longer than 2 MB");
        src->is_held = true;
        return;
    }
    size_t at = 0;
    while (at < src->text.n)
        at = scan_line(&s, at);
    block_end(&s, src->text.n);
}
