/* write/pdf/lists_of: the lists of tables and of maps behind the table of contents. */
#include "write/pdf/front_int.h"

struct captions {
    struct pdf_entry *v;
    size_t n, cap;
};

static void add(struct pdf_layout *l, struct captions *list, str text, str id)
{
    if (text.n > 0 && id.n > 0)
        PUSH(l->arena, list->v, list->n, list->cap, struct pdf_entry) =
            (struct pdf_entry){.rank = 1, .text = text, .anchor = id};
}

static void collect(struct pdf_layout *l, struct captions *tables, struct captions *figures)
{
    for (struct md_walk w = md_walk(l->doc->body); md_step(&w);) {
        const struct md_node *n = w.node;
        if (!w.enter)
            continue;
        if (n->kind == MD_FORM_TABLE)
            add(l, tables, n->table->caption, n->table->id);
        if (n->kind == MD_PARA && figure_is_alone(n))
            add(l, figures, figure_title(n), figure_anchor(l, n));
        if (n->kind != MD_FORM_DRAWING)
            continue;
        add(l, figures, n->drawing->title, n->drawing->id);
        for (size_t i = 0; i < n->drawing->part_count; i++)
            add(l, figures, n->drawing->parts[i]->title, n->drawing->parts[i]->id);
    }
}

static void set_list(struct pdf_layout *l, str title, const struct captions *list)
{
    struct block body = block_body(l), b = block_wide(l, &body);
    const struct pdf_heading_style *h = &heading_style[2];
    if (list->n == 0)
        return;
    struct look *look = look_new(l, h->style, (double)h->size, COLOR_ACCENT,
                                 tag_new(l->tags, ROLE_H2, TAG_DOCUMENT));
    struct para_style style = {{h->size, h->leading}, PARA_LEFT, b.width, false};
    block_gap(l, (double)h->before);
    block_text(l, &b, title, look, &style);
    block_gap(l, (double)h->after);
    block_keep(l);
    unsigned contents = tag_new(l->tags, ROLE_CONTENTS, TAG_DOCUMENT);
    for (size_t i = 0; i < list->n; i++)
        contents_entry(l, &b, &list->v[i], contents);
}

void lists_of_set(struct pdf_layout *l)
{
    enum { CAPTIONS_MIN = 4 }; /* fewer are found by leafing through */
    struct captions tables = {0}, figures = {0};
    if (l->part_count > 0 || l->doc->is_report) /* an index, or the contents, know more */
        return;
    collect(l, &tables, &figures);
    if (tables.n + figures.n < CAPTIONS_MIN)
        return;
    set_list(l, S("Tables"), &tables);
    set_list(l, S("Maps and drawings"), &figures);
}
