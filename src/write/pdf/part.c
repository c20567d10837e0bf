/* write/pdf/part: the tabs of a binder: their divider sheets, and what is to be listed. */
#include <math.h>

#include "write/pdf/block_int.h"
#include "write/pdf/front_int.h"

/* Headings of the document that stand in `node`; `at` is the next one to come. */
static size_t headings_in(const struct doc *doc, const struct md_node *node, size_t at)
{
    size_t from = at;
    for (struct md_walk w = md_walk(node); md_step(&w);)
        if (w.enter && at < doc->heading_count && doc->headings[at].node == w.node)
            at++;
    return at - from;
}

static void add_entry(struct pdf_layout *l, size_t *cap, struct pdf_entry entry)
{
    PUSH(l->arena, l->entries, l->entry_count, *cap, struct pdf_entry) = entry;
    l->has_numbers = l->has_numbers || entry.number.n > 0;
}

static void add_entries(struct pdf_layout *l, size_t *cap, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        const struct doc_heading *h = &l->doc->headings[i];
        int rank = h->level - l->top_level + (l->part_count > 0);
        add_entry(l, cap, (struct pdf_entry){rank, h->number, h->text, h->id});
    }
}

static struct pdf_part *add_part(struct pdf_layout *l, size_t *cap, size_t *entry_cap,
                                 const struct md_node *n)
{
    str anchor = n->id.n > 0 ? n->id : str_fmt(l->arena, "part-" STR_FMT, STR_ARG(n->text));
    add_entry(l, entry_cap, (struct pdf_entry){0, n->text, n->title, anchor});
    struct pdf_part *part = &PUSH(l->arena, l->parts, l->part_count, *cap, struct pdf_part);
    *part = (struct pdf_part){.node = n, .mark = n->text, .anchor = anchor};
    return part;
}

void part_collect(struct pdf_layout *l)
{
    const struct doc *doc = l->doc;
    size_t part_cap = 0, entry_cap = 0, at = 0;
    for (const struct md_node *n = doc->body->first; n; n = n->next) {
        struct pdf_part *part = n->kind == MD_PART ? add_part(l, &part_cap, &entry_cap, n) : NULL;
        size_t count = headings_in(doc, n, at);
        add_entries(l, &entry_cap, at, at + count);
        at += count;
        if (part)
            part->headings = at;
        if (l->part_count > 0)
            l->parts[l->part_count - 1].headings_end = at;
    }
}

/* -- The divider ---------------------------------------------------------------------------- */

enum { ABOVE = 56, MARK_SIZE = 92, TITLE_SIZE = 28, TITLE_LEADING = 34 };

/* On small sheets the divider is smaller, so that it stays one page. */
static double share_of_size(const struct pdf_layout *l)
{
    enum { FULL_HEIGHT = 700 };
    return fmin(1, layout_sheet(l).height / FULL_HEIGHT);
}

static void room(struct pdf_layout *l, const struct block *b, double height)
{
    block_box(l, (struct vitem){.x = (float)b->x, .height = (float)height});
}

/* As large as it can be; a long one is set smaller. */
static void mark(struct pdf_layout *l, const struct block *b, str text, unsigned tag)
{
    struct pdf_op *op = NEW(l->arena, struct pdf_op);
    double size = MARK_SIZE * share_of_size(l);
    double width = label_words(l, text, FONT_BOLD, size, op);
    size = fmin(size, size * b->width / fmax(width, 1));
    width = label_words(l, text, FONT_BOLD, size, op);
    str spaced = str_fmt(l->arena, STR_FMT " ", STR_ARG(text)); /* before the title, when read */
    label_words(l, spaced, FONT_BOLD, size, op);
    op->fill = COLOR_TEXT;
    op->tag = tag;
    op->x = (float)(l->is_rtl ? b->width - width : 0);
    op->y = (float)(size * 0.8);
    block_box(l, (struct vitem){.x = (float)b->x, .height = (float)size, .ops = op, .count = 1});
    block_keep(l);
}

static void title(struct pdf_layout *l, const struct block *b, str text, unsigned tag)
{
    struct block inner = *b;
    float share = (float)fmax(share_of_size(l), 0.75);
    inner.size = (struct pdf_font_size){TITLE_SIZE * share, TITLE_LEADING * share};
    struct look *look = look_new(l, FONT_BOLD, (double)inner.size.size, COLOR_TEXT, tag);
    struct para_style style = block_style(&inner, PARA_LEFT);
    block_gap(l, 8);
    block_text(l, &inner, text, look, &style);
    block_keep(l);
}

static void bar(struct pdf_layout *l, const struct block *b)
{
    struct pdf_op *op = NEW(l->arena, struct pdf_op);
    *op = (struct pdf_op){.kind = OP_RECT, .fill = COLOR_TEXT, .w = (float)b->width, .h = 3};
    block_gap(l, 10);
    block_box(l, (struct vitem){.x = (float)b->x, .height = 3, .ops = op, .count = 1});
    block_gap(l, 16);
}

static int highest_level(const struct doc *doc, const struct pdf_part *part)
{
    int level = 6;
    for (size_t i = part->headings; i < part->headings_end; i++)
        level = doc->headings[i].level < level ? doc->headings[i].level : level;
    return level;
}

/* What is behind the divider: the headings of the highest rank there. */
static void list(struct pdf_layout *l, const struct block *b, const struct pdf_part *part)
{
    unsigned tag = tag_new(l->tags, ROLE_CONTENTS, b->tag);
    int level = highest_level(l->doc, part);
    for (size_t i = part->headings; i < part->headings_end; i++) {
        const struct doc_heading *h = &l->doc->headings[i];
        struct pdf_entry entry = {0, h->number, h->text, h->id};
        if (h->level == level && h->id.n > 0)
            contents_divider_entry(l, b, &entry, tag);
    }
    block_gap(l, 18);
}

static unsigned ordinal_of(const struct pdf_layout *l, const struct md_node *node)
{
    for (size_t i = 0; i < l->part_count; i++)
        if (l->parts[i].node == node)
            return (unsigned)(i + 1);
    return 0;
}

void part_set(struct pdf_layout *l, struct md_node *node)
{
    unsigned ordinal = ordinal_of(l, node);
    if (ordinal == 0) { /* inside of another block: no tab begins there */
        struct block body = block_body(l);
        block_children(l, &body, node);
        return;
    }
    const struct pdf_part *part = &l->parts[ordinal - 1];
    block_sheet_right(l, ordinal);
    l->section = l->part_section = tag_new(l->tags, ROLE_SECTION, TAG_DOCUMENT);
    struct block body = block_body(l), b = block_wide(l, &body);
    unsigned head = tag_new(l->tags, ROLE_H2, b.tag);
    room(l, &b, ABOVE * share_of_size(l));
    block_keep(l);
    block_target(l, part->anchor);
    mark(l, &b, part->mark, head);
    title(l, &b, node->title, head);
    bar(l, &b);
    list(l, &b, part);
    b.is_top = false; /* nothing turns the divider or reaches beyond it */
    block_children(l, &b, node);
    block_sheet(l, false);
}
