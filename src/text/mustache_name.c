/* text/mustache_name: what a name in a template means, and what to say when it means nothing. */
#include "text/mustache_int.h"

#include "text/rules.h"

static const struct tval unknown = {.kind = TV_UNKNOWN};

static struct tval get(struct renderer *r, struct tval in, name_id name)
{
    if (in.kind == TV_WITHHELD)
        return in;
    return in.kind == TV_MAP ? in.of.ops->get(in.of.self, name, r->out->arena) : unknown;
}

/* The innermost context that knows the first part decides; a name is never
 * looked for elsewhere because a later part is missing. *reached is the value
 * of the parts before the one that is unknown, or of all. */
static struct tval follow(struct renderer *r, const struct op *op, size_t *part,
                          struct tval *reached)
{
    struct tval v = unknown;
    const name_id *parts = r->t->parts + op->name;
    *reached = unknown;
    *part = 0;
    for (size_t i = r->context_count; i > 0 && v.kind == TV_UNKNOWN; i--) {
        v = get(r, r->contexts[i - 1], parts[0]);
        render_spend(r, 1);
    }
    for (*part = 1; *part < op->part_count && v.kind != TV_UNKNOWN && v.kind != TV_NULL; ++*part) {
        *reached = v;
        v = get(r, v, parts[*part]);
    }
    return v;
}

struct tval render_lookup(struct renderer *r, const struct op *op)
{
    struct tval reached;
    size_t part;
    if (op->part_count == 0) {
        struct tval v = r->contexts[r->context_count - 1];
        return v.kind == TV_UNKNOWN ? (struct tval){.kind = TV_NULL} : v; /* a list's own slip */
    }
    return follow(r, op, &part, &reached);
}

/* -- Reports ----------------------------------------------------------------------------------- */

static struct span span_of(const struct renderer *r, const struct op *op)
{
    return template_span(r->t, op->off, op->len);
}

/* In a loop each round would say the same. */
static bool is_first_report(struct renderer *r, const struct op *op)
{
    r->failed = true;
    for (size_t i = 0; i < r->reported_count; i++) {
        if (r->reported[i] == op)
            return false;
    }
    if (r->reported_count == REPORTED_TAGS_MAX)
        return false;
    r->reported[r->reported_count++] = op;
    return true;
}

/* An argument is written where it is reported; only what another template
 * brought in needs to be traced. */
static void relate_include(struct renderer *r)
{
    for (size_t i = r->depth; i > 0; i--) {
        const struct frame *f = &r->frames[i - 1];
        if (f->kind == FRAME_BLOCK && f->t != r->t)
            return;
        if (f->kind != FRAME_TEMPLATE)
            continue;
        const struct op *op = &f->t->ops[f->op];
        diag_related(r->diags, template_span(f->t, op->off, op->len), "brought in from here");
        return;
    }
}

static str path_of(struct renderer *r, const struct op *op)
{
    struct buf b = buf_in(r->out->arena, 0);
    if (op->part_count == 0)
        buf_char(&b, '.');
    for (size_t i = 0; i < op->part_count; i++) {
        if (i != 0)
            buf_char(&b, '.');
        buf_add(&b, name_text(r->t->parts[op->name + i]));
    }
    return template_shown(buf_str(&b));
}

/* How many slips of the pen still make it the same word. */
static size_t slips_max(str word)
{
    return word.n < 3 ? 0 : word.n < 6 ? 1 : word.n < 10 ? 2 : 3;
}

struct nearest {
    str word, name; /* what was written, what is known */
    size_t slips;
};

static void look_near(struct nearest *n, struct tval in)
{
    if (in.kind != TV_MAP || in.of.ops->name_at == NULL)
        return;
    name_id name;
    for (size_t i = 0; (name = in.of.ops->name_at(in.of.self, i)) != NAME_NONE; i++) {
        size_t slips = str_distance(n->word, name_text(name), n->slips);
        if (slips < n->slips) {
            n->slips = slips;
            n->name = name_text(name);
        }
    }
}

static void report_unknown(struct renderer *r, const struct op *op)
{
    struct tval reached;
    size_t count;
    if (!is_first_report(r, op))
        return;
    follow(r, op, &count, &reached);
    str part = name_text(r->t->parts[op->name + count - 1]);
    struct nearest n = {.word = part, .slips = slips_max(part) + 1};
    if (op->part_count == 1)
        diag(r->diags, TEXT_RULE(MU_UNKNOWN), span_of(r, op), "unknown name '" STR_FMT "'",
             STR_ARG(template_shown(part)));
    else
        diag(r->diags, TEXT_RULE(MU_UNKNOWN), span_of(r, op),
             "unknown name '" STR_FMT "' in '" STR_FMT "'", STR_ARG(template_shown(part)),
             STR_ARG(path_of(r, op)));
    look_near(&n, reached);
    for (size_t i = count == 1 ? r->context_count : 0; i > 0; i--)
        look_near(&n, r->contexts[i - 1]);
    if (n.name.n != 0)
        diag_hint(r->diags, "did you mean '" STR_FMT "'?", STR_ARG(template_shown(n.name)));
    relate_include(r);
}

struct tval render_lookup_known(struct renderer *r, const struct op *op)
{
    struct tval v = render_lookup(r, op);
    if (v.kind == TV_UNKNOWN && !r->t->lenient)
        report_unknown(r, op);
    return v;
}

void render_report_no_text(struct renderer *r, const struct op *op, struct tval value)
{
    if (!is_first_report(r, op))
        return;
    str path = path_of(r, op);
    bool list = value.kind == TV_LIST;
    diag(r->diags, TEXT_RULE(MU_UNKNOWN), span_of(r, op),
         "'" STR_FMT "' is a %s and cannot be printed itself", STR_ARG(path),
         list ? "list" : "group of values");
    if (list)
        diag_hint(r->diags, "print its items one by one: {{#" STR_FMT "}} … {{/" STR_FMT "}}",
                  STR_ARG(path), STR_ARG(path));
    else if (op->part_count == 0)
        diag_hint(r->diags, "name one of its values");
    else
        diag_hint(r->diags, "name one of its values, as in {{" STR_FMT ".name}}", STR_ARG(path));
    relate_include(r);
}

void render_report_no_template(struct renderer *r, const struct op *op, str name)
{
    if (!is_first_report(r, op))
        return;
    if (name.p != NULL)
        diag(r->diags, TEXT_RULE(MU_UNKNOWN), span_of(r, op),
             "there is no template '" STR_FMT "'", STR_ARG(template_shown(name)));
    else
        diag(r->diags, TEXT_RULE(MU_UNKNOWN), span_of(r, op),
             "'" STR_FMT "' is no text, so it names no template", STR_ARG(path_of(r, op)));
    relate_include(r);
}

void render_report_limit(struct renderer *r, const struct op *op, const char *what, size_t limit,
                         const char *unit)
{
    r->failed = r->stopped = true;
    diag(r->diags, TEXT_RULE(MU_LIMIT), span_of(r, op), "%s: at most %zu %s", what, limit, unit);
    relate_include(r);
}
