/* text/mustache: renders compiled templates.
 *
 * One loop over the operations with a stack of frames for what to go back to:
 * no recursion, no allocation but the output's own. */
#include "text/mustache_int.h"

#include <assert.h>
#include <string.h>

static void (*const escape[])(struct buf *out, str text) = {
    [TEMPLATE_HTML] = escape_html,
    [TEMPLATE_MARKDOWN] = escape_markdown,
    [TEMPLATE_TEXT] = buf_add,
};

/* What was printed from `out` on came from this place in the template. */
static void trace(struct renderer *r, size_t out, size_t off, size_t len, bool verbatim)
{
    if (r->map != NULL && out != r->out->n)
        template_map_add(r->map, r->out->arena, out, template_span(r->t, off, len), verbatim);
}

static void print_source(struct renderer *r, size_t off, size_t len)
{
    size_t out = r->out->n;
    buf_add(r->out, str_from_to(r->t->text, off, off + len));
    trace(r, out, off, len, true);
}

/* -- Indentation ------------------------------------------------------------------------------- */

/* At the head of a line of the template; `off` and `len` say what comes next. */
static void indent(struct renderer *r, size_t off, size_t len)
{
    if (r->mid_line) {
        r->mid_line = false;
        return;
    }
    size_t out = r->out->n;
    for (size_t i = r->indent_from; i < r->indent_count; i++)
        buf_add(r->out, r->indents[i]);
    trace(r, out, off, len, false);
}

static bool begins_with_break(str s)
{
    return s.n != 0 && (s.p[0] == '\n' || (s.p[0] == '\r' && s.n > 1 && s.p[1] == '\n'));
}

/* Each line is indented but empty ones, so that none ends in blanks. */
static void print_text(struct renderer *r, const struct op *op)
{
    if (r->indent_from == r->indent_count) {
        print_source(r, op->off, op->len);
        return;
    }
    size_t end = op->off + op->len;
    for (size_t from = op->off; from < end;) {
        str rest = str_from_to(r->t->text, from, end);
        size_t at = str_find_char(rest, '\n', 0);
        size_t len = at == SIZE_MAX ? rest.n : at + 1;
        bool head = from != op->off || (op->flags & OP_LINE_START) != 0;
        if (head && !begins_with_break(rest))
            indent(r, from, 0);
        print_source(r, from, len);
        from += len;
    }
}

/* -- Frames ------------------------------------------------------------------------------------ */

static struct frame *push(struct renderer *r, enum frame_kind kind, const struct op *op)
{
    if (r->depth == TEMPLATE_DEPTH_MAX) {
        render_report_limit(r, op, "too deep", TEMPLATE_DEPTH_MAX,
                            "templates and sections in each other");
        return NULL;
    }
    struct frame *f = &r->frames[r->depth++];
    *f = (struct frame){.kind = kind,
                        .t = r->t,
                        .op = (size_t)(op - r->t->ops),
                        .out = r->out->n,
                        .args = r->args,
                        .indent_from = r->indent_from,
                        .indent_count = r->indent_count};
    return f;
}

/* Back to where the innermost frame was entered, behind its end. */
static void pop(struct renderer *r)
{
    const struct frame *f = &r->frames[--r->depth];
    const struct op *op = &f->t->ops[f->op];
    r->t = f->t;
    r->pc = (op->kind == OP_PARTIAL ? f->op : op->end) + 1;
    r->args = f->args;
    r->indent_from = f->indent_from;
    r->indent_count = f->indent_count;
}

static void add_indent(struct renderer *r, const struct op *op)
{
    if (op->indent_len != 0)
        r->indents[r->indent_count++] =
            str_from_to(r->t->text, op->indent_off, op->indent_off + op->indent_len);
}

/* -- Values ------------------------------------------------------------------------------------ */

/* What a value prints; anything but text, markup, a boolean or nothing has no
 * text. */
static struct tval text_of(struct renderer *r, struct tval v)
{
    if ((v.kind == TV_MAP || v.kind == TV_LIST) && v.of.ops->text != NULL)
        v = v.of.ops->text(v.of.self, r->out->arena);
    if (v.kind == TV_BOOL)
        v = tval_text(v.yes ? S("true") : S("false"));
    return v;
}

static void print_text_value(struct renderer *r, const struct op *op, struct tval v)
{
    if ((v.kind == TV_MAP || v.kind == TV_LIST) && !r->t->lenient)
        render_report_no_text(r, op, v);
    if (v.kind != TV_TEXT && v.kind != TV_MARKUP && v.kind != TV_WITHHELD)
        return;
    size_t out = r->out->n;
    if (v.kind == TV_MARKUP || op->kind == OP_RAW)
        buf_add(r->out, v.text);
    else
        escape[r->t->language](r->out, v.text);
    trace(r, out, op->off, op->len, false);
}

static void print_value(struct renderer *r, const struct op *op)
{
    print_text_value(r, op, text_of(r, render_lookup_known(r, op)));
}

static size_t list_count(struct tval list)
{
    return list.of.ops->count(list.of.self);
}

static bool is_truthy(struct tval v)
{
    switch (v.kind) {
    case TV_UNKNOWN:
    case TV_NULL:
    case TV_WITHHELD:
        return false;
    case TV_BOOL:
        return v.yes;
    case TV_TEXT:
    case TV_MARKUP:
        return v.text.n != 0;
    case TV_LIST:
        return list_count(v) != 0;
    case TV_MAP:
        return true;
    }
    return false;
}

/* -- Sections ---------------------------------------------------------------------------------- */

/* Readers see that something is left out here. At the head of a line the notice
 * takes the whole line, since the section's own lines are gone. */
static void print_withheld(struct renderer *r, const struct op *op, struct tval v)
{
    bool is_head = r->out->n == 0 || r->out->p[r->out->n - 1] == '\n';
    print_text_value(r, op, v);
    if (is_head)
        buf_char(r->out, '\n');
}

static void enter_section(struct renderer *r, const struct op *op)
{
    struct tval v = render_lookup_known(r, op);
    if (v.kind == TV_WITHHELD)
        print_withheld(r, op, v);
    if (!is_truthy(v)) {
        r->pc = op->end + 1;
        return;
    }
    struct frame *f = push(r, FRAME_SECTION, op);
    if (f == NULL)
        return;
    if (v.kind == TV_LIST) {
        f->list = v;
        f->count = list_count(v);
        v = v.of.ops->at(v.of.self, 0, r->out->arena);
    }
    r->contexts[r->context_count++] = v;
}

static void enter_inverted(struct renderer *r, const struct op *op)
{
    struct tval v = render_lookup_known(r, op);
    /* An unknown name was reported; its text would only hide the hole. */
    if (is_truthy(v) || v.kind == TV_WITHHELD || (v.kind == TV_UNKNOWN && !r->t->lenient)) {
        r->pc = op->end + 1;
        return;
    }
    if (push(r, FRAME_SECTION, op) == NULL)
        return;
    r->contexts[r->context_count] = r->contexts[r->context_count - 1];
    r->context_count++;
}

static void leave_section(struct renderer *r, struct frame *f)
{
    if (++f->index < f->count) {
        r->contexts[r->context_count - 1] =
            f->list.of.ops->at(f->list.of.self, f->index, r->out->arena);
        r->pc = f->op + 1;
        return;
    }
    r->context_count--;
    pop(r);
}

/* -- Partials and parents ---------------------------------------------------------------------- */

/* The template that a partial or parent names; NULL when there is none, which
 * a strict template reports. */
static const struct template *find_template(struct renderer *r, const struct op *op)
{
    str name;
    if ((op->flags & OP_DYNAMIC) == 0) {
        name = name_text(op->name);
    } else {
        struct tval v = text_of(r, render_lookup_known(r, op));
        if (v.kind == TV_UNKNOWN || v.kind == TV_NULL)
            return NULL; /* reported, or known to be nothing */
        bool is_text = v.kind == TV_TEXT || v.kind == TV_MARKUP;
        name = is_text ? v.text : (str){NULL, 0};
    }
    const struct template *found =
        name.p == NULL || r->loader == NULL ? NULL : r->loader->find(r->loader->self, name);
    if (found == NULL && !r->t->lenient)
        render_report_no_template(r, op, name);
    return found;
}

static void enter_template(struct renderer *r, const struct op *op)
{
    const struct template *found = find_template(r, op);
    if (found == NULL) {
        if (op->kind == OP_PARENT)
            r->pc = op->end + 1;
        return;
    }
    if (push(r, FRAME_TEMPLATE, op) == NULL)
        return;
    if (op->flags & OP_STANDALONE)
        add_indent(r, op);
    else
        r->indent_from = r->indent_count;
    if (op->kind == OP_PARENT)
        r->args = r->depth;
    r->t = found;
    r->pc = 0;
}

/* -- Blocks ------------------------------------------------------------------------------------ */

/* What replaces a block: the argument of the outermost parent that gives one.
 * *giver is the frame of that parent. */
static const struct op *find_argument(struct renderer *r, name_id name, const struct frame **giver)
{
    const struct op *found = NULL;
    for (size_t i = r->args; i != 0; i = r->frames[i - 1].args) {
        const struct frame *f = &r->frames[i - 1];
        const struct op *ops = f->t->ops;
        render_spend(r, 1);
        for (size_t at = f->op + 1; at < ops[f->op].end; at = ops[at].end + 1) {
            render_spend(r, 1);
            if (ops[at].name != name)
                continue;
            found = &ops[at];
            *giver = f;
            break;
        }
    }
    return found;
}

static bool is_empty(const struct template *t, const struct op *op)
{
    return op->end == (size_t)(op - t->ops) + 1;
}

/* What an argument's own blocks stand for was decided outside the template in
 * which it is written: it sees the arguments that its parent saw. */
static void enter_argument(struct renderer *r, const struct op *op, const struct op *argument,
                           const struct frame *giver)
{
    add_indent(r, op);
    r->mid_line = (op->flags & OP_STANDALONE) == 0;
    r->args = giver->args;
    r->t = giver->t;
    r->pc = (size_t)(argument - giver->t->ops) + 1;
}

static void enter_block(struct renderer *r, const struct op *op)
{
    const struct frame *giver = NULL;
    const struct op *argument = find_argument(r, op->name, &giver);
    if (argument ? is_empty(giver->t, argument) : is_empty(r->t, op)) {
        r->pc = op->end + 1;
        return;
    }
    if (push(r, FRAME_BLOCK, op) == NULL)
        return;
    if ((op->flags & (OP_OWN_LINES | OP_STANDALONE)) == OP_OWN_LINES) {
        indent(r, op->off, op->len);
        print_source(r, op->indent_off, op->indent_len);
    }
    if (argument != NULL)
        enter_argument(r, op, argument, giver);
}

/* A block that owns its lines ends its last one. */
static void leave_block(struct renderer *r, const struct frame *f)
{
    size_t began = f->out;
    pop(r);
    r->mid_line = false;
    const struct op *end = &r->t->ops[r->pc - 1];
    const struct buf *out = r->out;
    if (out->n > began && out->p[out->n - 1] != '\n')
        print_source(r, end->off, end->len);
}

static void leave(struct renderer *r)
{
    struct frame *f = &r->frames[r->depth - 1];
    if (f->kind == FRAME_SECTION)
        leave_section(r, f);
    else
        leave_block(r, f);
}

/* -- The loop ---------------------------------------------------------------------------------- */

static bool within_limits(struct renderer *r, const struct op *op)
{
    if (r->out->n > r->out_max)
        render_report_limit(r, op, "too long", TEMPLATE_OUTPUT_BYTES_MAX, "bytes of output");
    else if (r->steps_left == 0)
        render_report_limit(r, op, "too much work", TEMPLATE_STEPS_MAX, "steps");
    else
        r->steps_left--;
    return !r->stopped;
}

/* One operation; false at the end of the template that was asked for. */
static bool step(struct renderer *r)
{
    const struct op *op = &r->t->ops[r->pc++];
    if (!within_limits(r, op))
        return false;
    if ((op->flags & OP_LINE_START) != 0 && op->kind != OP_TEXT)
        indent(r, op->off, op->len);
    switch ((enum op_kind)op->kind) {
    case OP_TEXT:
        print_text(r, op);
        break;
    case OP_VALUE:
    case OP_RAW:
        print_value(r, op);
        break;
    case OP_SECTION:
        enter_section(r, op);
        break;
    case OP_INVERTED:
        enter_inverted(r, op);
        break;
    case OP_PARTIAL:
    case OP_PARENT:
        enter_template(r, op);
        break;
    case OP_BLOCK:
        enter_block(r, op);
        break;
    case OP_END:
        leave(r);
        break;
    case OP_RETURN:
        if (r->depth == 0)
            return false;
        pop(r);
        break;
    }
    return !r->stopped;
}

bool template_render(const struct template *t, struct tval data,
                     const struct template_loader *loader, struct diags *d, struct buf *out,
                     struct template_map *map)
{
    struct renderer r;
    memset(&r, 0, sizeof r);
    r.t = t;
    r.loader = loader;
    r.diags = d;
    r.out = out;
    r.map = map;
    r.out_max = out->n + TEMPLATE_OUTPUT_BYTES_MAX;
    r.steps_left = TEMPLATE_STEPS_MAX;
    r.contexts[r.context_count++] = data;
    while (step(&r))
        ;
    assert(r.stopped || (r.depth == 0 && r.context_count == 1));
    return !r.failed;
}
