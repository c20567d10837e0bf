/* write/pdf/note: footnotes. */
#include "write/pdf/note_int.h"

#include "write/pdf/block_int.h"

struct note {
    struct md_node *node;
    bool is_set;
};

void note_collect(struct pdf_layout *l, struct md_node *body)
{
    l->notes = map_in(l->arena);
    for (struct md_node *n = body->first; n; n = n->next) {
        if (n->kind != MD_FOOTNOTE)
            continue;
        struct note *note = NEW(l->arena, struct note);
        note->node = n;
        map_put(&l->notes, n->id, note);
    }
}

static void add_number(struct pdf_layout *l, const struct block *b, const struct md_node *node,
                       unsigned tag)
{
    str number = str_fmt(l->arena, "%d", node->note.number);
    struct pdf_op op = {
        .fill = COLOR_TEXT, .tag = tag_new(l->tags, ROLE_LABEL, tag), .y = b->size.leading * 0.62f};
    double width = label_words(l, number, FONT_REGULAR, (double)b->size.size * 0.85, &op);
    op.x = (float)(l->is_rtl ? b->x + b->width - width : b->x);
    op_add(l->arena, &l->flow.label, op);
}

static void set_note(struct pdf_layout *l, struct md_node *node)
{
    struct block b = block_body(l);
    b.size = text_size[SIZE_SMALL];
    unsigned tag = tag_new(l->tags, ROLE_NOTE, b.tag);
    block_target(l, node->id);
    add_number(l, &b, node, tag);
    struct block inner = block_indented(l, &b, 13);
    inner.tag = tag;
    inner.gap = 2;
    block_children(l, &inner, node);
    if (l->flow.label.n > 0) /* an empty note */
        block_box(l, (struct vitem){.x = (float)inner.x, .height = b.size.leading});
}

/* A note is set like the body, in a column of its own. The paragraph that
 * mentions it still stands in the scratch arena, so it gets its own of these. */
static struct vlist set_apart(struct pdf_layout *l, struct md_node *node)
{
    struct flow outer = l->flow;
    struct arena *scratch = l->scratch;
    l->flow = (struct flow){.list = {.arena = l->arena}};
    l->scratch = arena_new("note", PDF_SCRATCH_BYTES);
    set_note(l, node);
    struct vlist lines = l->flow.list;
    arena_free(l->scratch);
    l->scratch = scratch;
    l->flow = outer;
    return lines;
}

struct vnote *note_first_mention(struct pdf_layout *l, const struct md_node *mark)
{
    struct note *note = map_find(&l->notes, mark->id);
    if (!note || note->is_set || l->is_measuring)
        return NULL;
    note->is_set = true;
    struct vnote *v = NEW(l->arena, struct vnote);
    v->lines = set_apart(l, note->node);
    return v;
}

void note_rest(struct pdf_layout *l)
{
    for (size_t i = 0; i < l->notes.count; i++) {
        struct note *note = l->notes.entries[i].value;
        if (note->is_set)
            continue;
        note->is_set = true;
        block_gap(l, BLOCK_GAP);
        set_note(l, note->node);
    }
}
