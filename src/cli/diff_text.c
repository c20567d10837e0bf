/* cli/diff_text: changes as text for a terminal. */
#include "cli/diff_text.h"

#include "cli/terminal.h"

#define RED   "\x1b[31m"
#define GREEN "\x1b[32m"
#define BOLD  "\x1b[1m"
#define PLAIN "\x1b[0m"

struct printer {
    struct buf *out;
    bool has_color;
    size_t indent; /* blanks at the beginning of a line */
    bool in_line;
    bool has_gap; /* an empty line stands before what comes next */
};

/* -- Lines
 * ------------------------------------------------------------------------------------------ */

static void begin(struct printer *p)
{
    if (p->in_line)
        return;
    p->in_line = true;
    for (size_t i = 0; i < p->indent; i++)
        buf_char(p->out, ' ');
}

static void end_line(struct printer *p)
{
    if (p->in_line)
        buf_char(p->out, '\n');
    p->has_gap = p->has_gap && !p->in_line;
    p->in_line = false;
}

/* Blocks stand apart. */
static void end_block(struct printer *p)
{
    end_line(p);
    if (!p->has_gap)
        buf_char(p->out, '\n');
    p->has_gap = true;
}

static void words(struct printer *p, str text)
{
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t c = utf8_next(text, &at);
        if (c == '\n') {
            end_line(p);
            continue;
        }
        begin(p);
        if (terminal_obeys(c))
            buf_char(p->out, c == '\t' ? ' ' : '?');
        else
            buf_add(p->out, str_from_to(text, from, at));
    }
}

static void color(struct printer *p, const char *code)
{
    if (p->has_color)
        buf_add(p->out, str_from(code));
}

/* -- Nodes
 * -------------------------------------------------------------------------------------------- */

/* A mark that ends in a line end closes before it. */
static void mark(struct printer *p, const struct md_node *n, bool enter)
{
    bool is_in = n->kind == MD_INSERTED;
    if (enter) {
        begin(p);
        color(p, is_in ? GREEN : RED);
        buf_add(p->out, is_in ? S("{+") : S("[-"));
        return;
    }
    bool ends_line = !p->in_line;
    if (ends_line && p->out->n > 0)
        p->out->n--;
    buf_add(p->out, is_in ? S("+}") : S("-]"));
    color(p, PLAIN);
    if (ends_line)
        buf_char(p->out, '\n');
}

static void item(struct printer *p, const struct md_node *n, bool enter)
{
    if (enter) {
        begin(p);
        buf_add(p->out, n->item.task == TASK_DONE   ? S("[x] ")
                        : n->item.task == TASK_OPEN ? S("[ ] ")
                                                    : S("- "));
        p->indent += 2;
    } else {
        p->indent -= 2;
        end_line(p);
    }
}

static void heading(struct printer *p, const struct md_node *n, bool enter)
{
    if (!enter) {
        color(p, PLAIN);
        end_block(p);
        return;
    }
    begin(p);
    color(p, BOLD);
    for (int i = 0; i < n->heading.level; i++)
        buf_char(p->out, '#');
    buf_char(p->out, ' ');
}

static void para(struct printer *p, const struct md_node *n, bool enter)
{
    bool is_tight = n->parent != NULL && n->parent->kind == MD_ITEM;
    if (!enter && is_tight)
        end_line(p);
    else if (!enter)
        end_block(p);
}

static void leaf(struct printer *p, const struct md_node *n)
{
    if (n->kind == MD_BREAK || (n->kind == MD_ELEMENT && n->element == ELEMENT_BR))
        words(p, S(" / "));
    else if (n->kind == MD_SOFTBREAK)
        words(p, S(" "));
    else
        words(p, n->text);
}

static void cell(struct printer *p, const struct md_node *n, bool enter)
{
    if (!enter)
        return;
    begin(p);
    buf_add(p->out, n->prev != NULL ? S(" | ") : S("| "));
}

static void node(struct printer *p, const struct md_node *n, bool enter)
{
    switch (n->kind) {
    case MD_INSERTED:
    case MD_DELETED:
        mark(p, n, enter);
        break;
    case MD_HEADING:
        heading(p, n, enter);
        break;
    case MD_ITEM:
        item(p, n, enter);
        break;
    case MD_PARA:
        para(p, n, enter);
        break;
    case MD_CELL:
        cell(p, n, enter);
        break;
    case MD_ROW:
        if (!enter)
            end_line(p);
        break;
    case MD_TABLE:
    case MD_LIST:
    case MD_CODE_BLOCK:
    case MD_BLOCK_ELEMENT:
        if (enter)
            words(p, n->text);
        else
            end_block(p);
        break;
    default:
        if (enter && n->first == NULL)
            leaf(p, n);
    }
}

static void tree(struct printer *p, const struct md_node *root)
{
    for (struct md_walk w = md_walk(root); md_step(&w);)
        node(p, w.node, w.enter);
}

/* -- All of it
 * ------------------------------------------------------------------------------------------- */

static const struct state_record *record_of(const struct change *change)
{
    return change->after != NULL ? change->after : change->before;
}

static void name(struct printer *p, const struct change *change)
{
    words(p, record_of(change)->id);
    words(p, S(" "));
    words(p, record_of(change)->title);
}

static void list_one(struct printer *p, const struct change *change)
{
    begin(p);
    buf_fmt(p->out, "%-10s ", change_word(change->kind));
    name(p, change);
    if (change->has_text_change)
        buf_fmt(p->out, ", +%zu −%zu words", change->words_in, change->words_out);
    end_line(p);
}

static void list_all(struct printer *p, const struct changes *c)
{
    for (size_t i = 0; i < c->documents.n; i++)
        list_one(p, &c->documents.v[i]);
    for (size_t t = 0; t < c->type_count; t++)
        for (size_t i = 0; i < c->types[t].n; i++)
            list_one(p, &c->types[t].v[i]);
    end_block(p);
}

static void title(struct printer *p, const struct change *change)
{
    begin(p);
    color(p, BOLD);
    buf_lit(p->out, "== ");
    name(p, change);
    color(p, PLAIN);
    end_line(p);
}

/* What is wholly different needs no marks: the arrow says it. */
static void value(struct printer *p, const struct md_node *cell)
{
    const struct md_node *only = cell->first == cell->last ? cell->first : NULL;
    bool is_mark = only != NULL && (only->kind == MD_INSERTED || only->kind == MD_DELETED);
    for (const struct md_node *n = is_mark ? only->first : cell->first; n != NULL; n = n->next)
        tree(p, n);
}

/* One line for each row behind the head. */
static void fields(struct printer *p, struct arena *a, const struct changes *c,
                   const struct change *change)
{
    const struct md_node *table = changes_of_fields(a, c, change)->first;
    for (const struct md_node *row = table ? table->first->next : NULL; row; row = row->next) {
        tree(p, row->first->first);
        words(p, S(": "));
        value(p, row->first->next);
        words(p, S(" -> "));
        value(p, row->last);
        end_line(p);
    }
    end_block(p);
}

static void texts(struct printer *p, struct arena *a, const struct changes *c)
{
    for (size_t i = 0; i < c->documents.n; i++) {
        const struct change *change = &c->documents.v[i];
        if (change->kind != CHANGE_CHANGED)
            continue;
        title(p, change);
        fields(p, a, c, change);
        if (change->has_text_change)
            tree(p, changes_text(a, c, change));
    }
}

void diff_text(struct arena *a, const struct changes *c, bool has_color, struct buf *out)
{
    struct printer p = {.out = out, .has_color = has_color};
    words(&p, str_fmt(a, "From " STR_FMT " to " STR_FMT ": " STR_FMT,
                      STR_ARG(state_display(a, c->before)), STR_ARG(state_display(a, c->after)),
                      STR_ARG(changes_sentence(a, c))));
    if (changes_are_none(c)) {
        end_line(&p);
        return;
    }
    end_block(&p);
    list_all(&p, c);
    texts(&p, a, c);
    for (size_t t = 0; t < c->type_count; t++)
        for (size_t i = 0; i < c->types[t].n; i++)
            if (c->types[t].v[i].kind == CHANGE_CHANGED) {
                title(&p, &c->types[t].v[i]);
                fields(&p, a, c, &c->types[t].v[i]);
            }
    if (p.has_gap && out->n > 0)
        out->n--; /* nothing comes behind it */
}
