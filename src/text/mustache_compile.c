/* text/mustache_compile: from the text of a template to its operations. */
#include "text/mustache_compile_int.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

#include "text/rules.h"

enum { MISTAKES_MAX = 1000 }; /* told of one template; nobody mends more in one go */

struct span template_span(const struct template *t, size_t off, size_t len)
{
    return (struct span){t->file, (uint32_t)(t->off + off), (uint32_t)len};
}

str template_shown(str text)
{
    enum { SHOWN_BYTES_MAX = 80 };
    if (text.n <= SHOWN_BYTES_MAX)
        return text;
    size_t n = SHOWN_BYTES_MAX;
    while (n > 0 && ((unsigned char)text.p[n] & 0xC0) == 0x80)
        n--;
    return str_from_to(text, 0, n);
}

/* -- Reports ----------------------------------------------------------------------------------- */

__attribute__((format(printf, 4, 5)))
static void mistake(struct compiler *c, const struct rule *rule, const struct tag *tag,
                    const char *format, ...)
{
    if (++c->mistakes > MISTAKES_MAX)
        return;
    char message[300]; /* names in it are shortened */
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    diag(c->diags, rule, template_span(c->t, tag->off, tag->len), "%s", message);
}

static void hint(struct compiler *c, const char *text)
{
    if (c->mistakes <= MISTAKES_MAX)
        diag_hint(c->diags, "%s", text);
}

static void related(struct compiler *c, const struct tag *tag, const char *text)
{
    if (c->mistakes <= MISTAKES_MAX)
        diag_related(c->diags, template_span(c->t, tag->off, tag->len), "%s", text);
}

static str tag_text(const struct compiler *c, const struct tag *tag)
{
    return template_shown(str_from_to(c->t->text, tag->off, tag->off + tag->len));
}

/* What a parent would swallow is a mistake, though the specification allows it. */
void compiler_tell_lost(struct compiler *c, const struct tag *what)
{
    struct open *parent = compiler_innermost(c);
    while (parent->ignored)
        parent--;
    if (c->t->lenient || parent->told)
        return;
    parent->told = true;
    mistake(c, TEXT_RULE(MU_SYNTAX), what,
            "this stands in '" STR_FMT "' outside its blocks and would never show",
            STR_ARG(tag_text(c, &parent->tag)));
    hint(c, "put it into one of the blocks, or outside the parent");
}

/* -- Names ------------------------------------------------------------------------------------- */

static const char *name_fault(str name)
{
    if (name.n == 0)
        return "the tag has no name";
    for (size_t i = 0; i < name.n; i++) {
        if (ascii_is_space(name.p[i]))
            return "a name has no blanks in it";
    }
    return NULL;
}

static bool check_name(struct compiler *c, const struct tag *tag)
{
    const char *fault = name_fault(tag->name);
    if (fault == NULL)
        return true;
    mistake(c, TEXT_RULE(MU_SYNTAX), tag, "%s", fault);
    return false;
}

/* Splits a dotted name and makes its parts known. */
static bool take_path(struct compiler *c, const struct tag *tag, struct op *op)
{
    struct template *t = c->t;
    op->name = (uint32_t)t->part_count;
    if (str_eq(tag->name, S(".")))
        return true;
    str rest = tag->name, part;
    while (rest.p != NULL) {
        rest = str_cut(rest, '.', &part);
        if (part.n == 0) {
            mistake(c, TEXT_RULE(MU_SYNTAX), tag, "a part of the name '" STR_FMT "' is empty",
                    STR_ARG(template_shown(tag->name)));
            return false;
        }
        if (op->part_count == TEMPLATE_NAME_PARTS_MAX) {
            mistake(c, TEXT_RULE(MU_LIMIT), tag, "too long: at most %d parts of a name",
                    TEMPLATE_NAME_PARTS_MAX);
            return false;
        }
        PUSH(c->arena, t->parts, t->part_count, t->part_cap, name_id) = name_of(part);
        op->part_count++;
    }
    return true;
}

/* The name of a value, or of another template or block. */
static bool take_name(struct compiler *c, const struct tag *tag, struct op *op)
{
    if (!check_name(c, tag))
        return false;
    bool path = op->kind == OP_VALUE || op->kind == OP_RAW || op->kind == OP_SECTION ||
                op->kind == OP_INVERTED || tag->dynamic;
    if (path)
        return take_path(c, tag, op);
    op->name = name_of(tag->name);
    return true;
}

/* -- Tags -------------------------------------------------------------------------------------- */

static struct op tag_op(enum op_kind kind, const struct tag *tag)
{
    return (struct op){.kind = (uint8_t)kind,
                       .flags = tag->dynamic ? OP_DYNAMIC : 0,
                       .off = (uint32_t)tag->off,
                       .len = (uint32_t)tag->len};
}

static void take_value(struct compiler *c, const struct tag *tag)
{
    struct op op = tag_op(tag->kind == TAG_RAW ? OP_RAW : OP_VALUE, tag);
    if (compiler_is_lost(c)) {
        compiler_tell_lost(c, tag);
    } else if (op.kind == OP_RAW && !c->t->lenient) {
        mistake(c, TEXT_RULE(MU_RAW), tag, "'" STR_FMT "' asks for raw output",
                STR_ARG(tag_text(c, tag)));
        compiler_take_literally(c, tag);
    } else if (!take_name(c, tag, &op)) {
        compiler_take_literally(c, tag);
    } else {
        line_mark_visible(c);
        compiler_emit(c, op);
    }
}

/* A partial or parent has its line for itself, or makes it visible. */
static void note_producer(struct compiler *c, size_t op)
{
    c->line.tags++;
    if (c->line.producer != 0 || c->line.shared)
        line_mark_visible(c);
    else
        c->line.producer = op + 1;
}

static void take_partial(struct compiler *c, const struct tag *tag)
{
    struct op op = tag_op(OP_PARTIAL, tag);
    if (compiler_is_lost(c))
        compiler_tell_lost(c, tag);
    else if (!take_name(c, tag, &op))
        compiler_take_literally(c, tag);
    else
        note_producer(c, compiler_emit(c, op));
}

/* An argument begins: on the next line when nothing follows its tag, and then
 * its lines lose the indentation of the first. */
static void begin_argument(struct compiler *c)
{
    size_t next_line = line_end_at(c->t->text, c->from);
    line_new(c);
    c->dedent = S("");
    c->line.shared = next_line == SIZE_MAX;
    if (c->line.shared)
        return;
    if (!content_indent(c, next_line, &c->dedent))
        c->dedent = S("");
    c->from = c->scanner.at = next_line;
}

static void take_opening(struct compiler *c, enum op_kind kind, const struct tag *tag)
{
    const struct open *around = compiler_innermost(c);
    struct op op = tag_op(kind, tag);
    struct open o = {.kind = kind, .tag = *tag, .dedent = c->dedent};
    bool in_parent = around != NULL && around->kind == OP_PARENT && !around->ignored;
    o.argument = kind == OP_BLOCK && in_parent;
    o.ignored = compiler_is_lost(c) && !o.argument;
    o.leads = kind == OP_BLOCK && !c->line.visible && c->line.tags == 0 && !c->line.shared;
    if (o.ignored)
        compiler_tell_lost(c, tag);
    if (c->too_deep == 0 && !take_name(c, tag, &op)) {
        compiler_take_literally(c, tag);
        return;
    }
    if (c->depth == TEMPLATE_DEPTH_MAX) {
        if (c->too_deep++ == 0)
            mistake(c, TEXT_RULE(MU_LIMIT), tag,
                    "too deep: at most %d sections and blocks in each other", TEMPLATE_DEPTH_MAX);
        return;
    }
    if (!o.ignored)
        o.op = o.argument ? compiler_push(c, op) : compiler_emit(c, op);
    o.line = c->line;
    c->open[c->depth++] = o;
    if (o.argument)
        begin_argument(c);
    else if (!o.ignored && kind != OP_PARENT)
        c->line.tags++;
}

/* A block that has its lines for itself: the blanks before it become the
 * indentation of what replaces it, the line break behind it belongs to it. */
static void close_own_lines(struct compiler *c, const struct open *o, struct op *end)
{
    struct op *op = &c->t->ops[o->op];
    if ((op->flags & OP_STANDALONE) == 0) {
        op_set_indent(op, o->line.lead_off, o->line.lead_len);
        op->flags &= (uint8_t)~OP_LINE_START;
        if (o->line.lead_len != 0)
            c->t->ops[o->op - 1].len = 0;
    }
    op->flags |= OP_OWN_LINES;
    if (!c->line.visible)
        line_drop_blanks(c);
    size_t next_line = line_end_at(c->t->text, c->from);
    size_t at = blanks_end(c->t->text, c->from, next_line);
    end->off = (uint32_t)at;
    end->len = (uint32_t)(next_line - at);
    c->from = c->scanner.at = next_line;
}

static void close_block(struct compiler *c, const struct open *o, struct op end)
{
    bool same_line = o->op >= c->line.first;
    if (o->leads && line_end_at(c->t->text, c->from) != SIZE_MAX) {
        close_own_lines(c, o, &end);
        compiler_emit(c, end);
        line_new(c);
        return;
    }
    c->t->ops[o->op].indent_len = 0;
    if (same_line)
        line_mark_visible(c);
    compiler_emit(c, end);
    c->line.tags++;
}

/* Closes the innermost, at its end tag or where the template ends. */
static void close_innermost(struct compiler *c, size_t at)
{
    struct open o = c->open[--c->depth];
    struct op end = {.kind = OP_END, .off = (uint32_t)at};
    if (o.ignored)
        return;
    if (o.argument) {
        lines_end(c, at, true);
        compiler_push(c, end);
    } else if (o.kind == OP_BLOCK) {
        close_block(c, &o, end);
    } else if (o.kind == OP_PARENT) {
        compiler_push(c, end);
        c->line = o.line;
        c->dedent = o.dedent;
        note_producer(c, o.op);
    } else {
        compiler_emit(c, end);
        c->line.tags++;
    }
}

static void tell_unclosed(struct compiler *c)
{
    const struct tag *tag = &compiler_innermost(c)->tag;
    mistake(c, TEXT_RULE(MU_SYNTAX), tag, "'" STR_FMT "' has no end", STR_ARG(tag_text(c, tag)));
}

static void take_end(struct compiler *c, const struct tag *tag)
{
    if (c->too_deep != 0) {
        c->too_deep--;
        return;
    }
    size_t match = c->depth;
    while (match > 0 && !(str_eq(c->open[match - 1].tag.name, tag->name) &&
                          c->open[match - 1].tag.dynamic == tag->dynamic))
        match--;
    if (match == 0) {
        mistake(c, TEXT_RULE(MU_SYNTAX), tag, "'" STR_FMT "' ends nothing that is open",
                STR_ARG(tag_text(c, tag)));
        if (c->depth != 0)
            related(c, &compiler_innermost(c)->tag, "this is open");
        compiler_take_literally(c, tag);
        return;
    }
    for (; c->depth > match; close_innermost(c, tag->off)) {
        tell_unclosed(c);
        related(c, tag, "this ends what is around it");
    }
    close_innermost(c, tag->off);
}

static void take_broken(struct compiler *c, const struct tag *tag)
{
    mistake(c, TEXT_RULE(MU_SYNTAX), tag, "%s", tag->fault);
    hint(c, "to print the braces themselves, change the delimiters: {{=<% %>=}}");
    compiler_take_literally(c, tag);
}

static void take_tag(struct compiler *c, const struct tag *tag)
{
    c->t->tag_count++;
    if (!compiler_is_lost(c))
        line_begin(c, tag->off, tag->off);
    c->from = tag->kind == TAG_BROKEN ? tag->off + tag->len : c->scanner.at;
    switch (tag->kind) {
    case TAG_VALUE:
    case TAG_RAW:
        take_value(c, tag);
        break;
    case TAG_SECTION:
        take_opening(c, OP_SECTION, tag);
        break;
    case TAG_INVERTED:
        take_opening(c, OP_INVERTED, tag);
        break;
    case TAG_PARENT:
        take_opening(c, OP_PARENT, tag);
        break;
    case TAG_BLOCK:
        take_opening(c, OP_BLOCK, tag);
        break;
    case TAG_END:
        take_end(c, tag);
        break;
    case TAG_PARTIAL:
        take_partial(c, tag);
        break;
    case TAG_SILENT:
        c->line.tags++;
        break;
    case TAG_BROKEN:
        take_broken(c, tag);
        break;
    }
}

/* -- The last pass ----------------------------------------------------------------------------- */

static bool opens(enum op_kind kind)
{
    return kind == OP_SECTION || kind == OP_INVERTED || kind == OP_PARENT || kind == OP_BLOCK;
}

static void link_ops(struct template *t)
{
    uint32_t open[TEMPLATE_DEPTH_MAX];
    size_t depth = 0, kept = 0;
    for (size_t i = 0; i < t->count; i++) {
        struct op op = t->ops[i];
        if (op.kind == OP_TEXT && op.len == 0)
            continue;
        if (opens(op.kind)) {
            assert(depth < TEMPLATE_DEPTH_MAX);
            open[depth++] = (uint32_t)kept;
        } else if (op.kind == OP_END) {
            assert(depth > 0);
            op.end = open[--depth];
            t->ops[op.end].end = (uint32_t)kept;
        }
        t->ops[kept++] = op;
    }
    assert(depth == 0);
    t->count = kept;
}

struct template *template_compile(struct arena *a, struct diags *d, uint32_t file, str text,
                                  size_t off, enum template_language language, bool lenient)
{
    assert(text.n < UINT32_MAX / 2 && off < UINT32_MAX / 2);
    struct template *t = NEW(a, struct template);
    *t = (struct template){.text = text, .file = file, .off = off, .language = language,
                           .lenient = lenient};
    struct compiler c = {.arena = a, .diags = d, .t = t, .scanner = scanner_on(a, text)};
    for (struct tag tag; scanner_next(&c.scanner, &tag);) {
        compiler_take_text(&c, tag.off);
        take_tag(&c, &tag);
    }
    compiler_take_text(&c, text.n);
    while (c.depth != 0) {
        tell_unclosed(&c);
        close_innermost(&c, text.n);
    }
    lines_end(&c, text.n, false);
    link_ops(t);
    compiler_push(&c, (struct op){.kind = OP_RETURN});
    return t;
}

bool template_is_plain(const struct template *t)
{
    return t->tag_count == 0;
}
