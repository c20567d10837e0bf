/* text/mustache_lines: which lines of a template vanish, and what is indented by what. */
#include "text/mustache_compile_int.h"

struct open *compiler_innermost(struct compiler *c)
{
    return c->depth ? &c->open[c->depth - 1] : NULL;
}

bool compiler_is_lost(struct compiler *c)
{
    const struct open *o = compiler_innermost(c);
    return o != NULL && (o->ignored || o->kind == OP_PARENT);
}

size_t compiler_push(struct compiler *c, struct op op)
{
    struct template *t = c->t;
    PUSH(c->arena, t->ops, t->count, t->cap, struct op) = op;
    return t->count - 1;
}

size_t compiler_emit(struct compiler *c, struct op op)
{
    if (c->line.visible && !c->line.indented) {
        op.flags |= OP_LINE_START;
        c->line.indented = true;
    }
    return compiler_push(c, op);
}

static bool joins(const struct op *before, size_t off)
{
    return before->kind == OP_TEXT && before->len != 0 && before->off + before->len == off;
}

/* The line stays. Blanks at its head that follow on from the text before join
 * it, so that plain stretches are one operation. */
void line_mark_visible(struct compiler *c)
{
    struct line *line = &c->line;
    struct template *t = c->t;
    if (line->visible)
        return;
    line->visible = true;
    if (t->count == line->first)
        return;
    struct op *first = &t->ops[line->first];
    line->indented = true;
    if (line->first > 0 && t->count == line->first + 1 && first->kind == OP_TEXT &&
        joins(first - 1, first->off)) {
        first[-1].len += first->len;
        t->count--;
    } else {
        first->flags |= OP_LINE_START;
    }
}

static void emit_text(struct compiler *c, size_t from, size_t to)
{
    struct template *t = c->t;
    if (from == to)
        return;
    if (t->count > 0 && joins(&t->ops[t->count - 1], from)) {
        t->ops[t->count - 1].len += (uint32_t)(to - from);
        c->line.indented = true;
        return;
    }
    struct op op = {.kind = OP_TEXT, .off = (uint32_t)from, .len = (uint32_t)(to - from)};
    compiler_emit(c, op);
}

static void emit_blanks(struct compiler *c, size_t from, size_t to)
{
    if (from == to)
        return;
    size_t op = compiler_emit(c, (struct op){.kind = OP_TEXT,
                                    .off = (uint32_t)from,
                                    .len = (uint32_t)(to - from),
                                    .end = (uint32_t)c->line.blanks});
    c->line.blanks = op + 1;
}

size_t blanks_end(str text, size_t from, size_t to)
{
    while (from < to && (text.p[from] == ' ' || text.p[from] == '\t'))
        from++;
    return from;
}

size_t line_end_at(str text, size_t from)
{
    size_t at = blanks_end(text, from, text.n);
    if (at < text.n && text.p[at] == '\r')
        at++;
    if (at == text.n)
        return at;
    return text.p[at] == '\n' ? at + 1 : SIZE_MAX;
}

static size_t common_head(str a, str b)
{
    size_t n = 0;
    while (n < a.n && n < b.n && a.p[n] == b.p[n])
        n++;
    return n;
}

bool content_indent(struct compiler *c, size_t from, str *indent)
{
    str text = c->t->text;
    for (size_t next; from < text.n && (next = line_end_at(text, from)) != SIZE_MAX;)
        from = next;
    size_t at = blanks_end(text, from, text.n);
    *indent = str_from_to(text, from, at);
    str rest = str_skip(text, at);
    if (!str_starts(rest, c->scanner.open))
        return rest.n != 0;
    rest = str_skip(rest, c->scanner.open.n);
    while (rest.n != 0 && ascii_is_space(rest.p[0]))
        rest = str_skip(rest, 1);
    return rest.n == 0 || rest.p[0] != '/';
}

size_t line_begin(struct compiler *c, size_t from, size_t to)
{
    struct line *line = &c->line;
    if (line->begun)
        return from;
    line->begun = true;
    from += common_head(c->dedent, str_from_to(c->t->text, from, to));
    line->lead_off = from;
    line->lead_len = blanks_end(c->t->text, from, to) - from;
    return from;
}

void line_drop_blanks(struct compiler *c)
{
    for (size_t i = c->line.blanks; i != 0; i = c->t->ops[i - 1].end)
        c->t->ops[i - 1].len = 0;
    c->line.blanks = 0;
}

/* Blocks that open on a line that vanishes hand on the indentation of their
 * content, or their own when they have none. */
static void indent_open_blocks(struct compiler *c, size_t next_line)
{
    for (size_t i = c->depth; i > 0 && c->open[i - 1].op >= c->line.first; i--) {
        struct open *o = &c->open[i - 1];
        if (o->kind != OP_BLOCK || o->argument)
            continue;
        struct op *op = &c->t->ops[o->op];
        op->flags |= OP_STANDALONE;
        str indent;
        op_set_indent(op, c->line.lead_off, c->line.lead_len);
        if (!content_indent(c, next_line, &indent))
            continue;
        size_t lost = common_head(c->dedent, indent);
        op_set_indent(op, (size_t)(indent.p - c->t->text.p) + lost, indent.n - lost);
    }
}

/* A line with tags alone vanishes; a partial or parent must be the only one. */
static bool vanishes(const struct line *line)
{
    return !line->visible && line->tags > 0 && (line->producer == 0 || line->tags == 1);
}

static void vanish(struct compiler *c, size_t next_line)
{
    line_drop_blanks(c);
    if (c->line.producer != 0) {
        struct op *op = &c->t->ops[c->line.producer - 1];
        op->flags |= OP_STANDALONE;
        op_set_indent(op, c->line.lead_off, c->line.lead_len);
    }
    indent_open_blocks(c, next_line);
}

void line_new(struct compiler *c)
{
    c->line = (struct line){.first = c->t->count};
}

/* The blanks before the end tag of an argument are not its own, if the tag has
 * a line for itself. */
void lines_end(struct compiler *c, size_t at, bool argument)
{
    if (vanishes(&c->line))
        vanish(c, at);
    else if (argument && !c->line.visible && c->line.tags == 0 && !c->line.shared)
        line_drop_blanks(c);
    else
        line_mark_visible(c);
}

/* -- Text -------------------------------------------------------------------------------------- */

static void lose_text(struct compiler *c, size_t from, size_t to)
{
    while (from < to && ascii_is_space(c->t->text.p[from]))
        from++;
    while (from < to && ascii_is_space(c->t->text.p[to - 1]))
        to--;
    if (from < to)
        compiler_tell_lost(c, &(struct tag){.off = from, .len = to - from});
}

/* One line of text or a part of it; `ends` when the line ends with it. */
static void take_piece(struct compiler *c, size_t from, size_t to, bool ends)
{
    bool blank = str_is_blank(str_from_to(c->t->text, from, to));
    size_t line_from = line_begin(c, from, to);
    if (blank && ends && vanishes(&c->line)) {
        vanish(c, to);
    } else if (blank && !ends && !c->line.visible) {
        emit_blanks(c, line_from, to);
    } else {
        line_mark_visible(c);
        emit_text(c, line_from, to);
    }
    if (ends)
        line_new(c);
}

void compiler_take_text(struct compiler *c, size_t to)
{
    str text = c->t->text;
    if (compiler_is_lost(c)) {
        lose_text(c, c->from, to);
        c->from = to;
    }
    while (c->from < to) {
        size_t end = str_find_char(str_from_to(text, 0, to), '\n', c->from);
        size_t stop = end == SIZE_MAX ? to : end + 1;
        take_piece(c, c->from, stop, end != SIZE_MAX);
        c->from = stop;
    }
}

void compiler_take_literally(struct compiler *c, const struct tag *tag)
{
    if (compiler_is_lost(c))
        return;
    line_mark_visible(c);
    emit_text(c, tag->off, tag->off + tag->len);
}
