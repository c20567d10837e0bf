/* write/pdf/layout: a document becomes pages. */
#include "write/pdf/layout_int.h"

#include <math.h>

#include "form/draw/qr.h"
#include "write/pdf/front_int.h"
#include "write/pdf/note_int.h"
#include "write/pdf/paginate_int.h"
#include "write/pdf/reference_int.h"
#include "write/pdf/seal_int.h"

static str main_language(str tag)
{
    str first;
    str_cut(tag, '-', &first);
    return first;
}

static bool runs_right_to_left(str language)
{
    static const str list[] = {S_INIT("ar"), S_INIT("he"), S_INIT("fa"), S_INIT("ur"),
                               S_INIT("yi"), S_INIT("ps"), S_INIT("sd"), S_INIT("dv")};
    str first = main_language(language);
    for (size_t i = 0; i < COUNT_OF(list); i++)
        if (str_eq(first, list[i]))
            return true;
    return false;
}

static int top_level(const struct doc *doc)
{
    int top = 6;
    for (size_t i = 0; i < doc->heading_count; i++)
        top = doc->headings[i].level < top ? doc->headings[i].level : top;
    return top;
}

/* The body first: whether it needs a list of contents depends on its length. */
static void lay_out(struct pdf_layout *l, bool is_landscape)
{
    l->is_landscape = is_landscape;
    struct block b = block_body(l);
    block_children(l, &b, l->doc->body);
    note_rest(l);
    front_signatures(l);
    if (l->part_count == 0)
        seal_set(l);
    struct vlist body = l->flow.list;
    l->flow = (struct flow){.list = {.arena = l->arena}};
    l->section = l->part_section = TAG_DOCUMENT;
    block_sheet(l, is_landscape);
    if (!l->options->is_form)
        front_set(l);
    if (l->part_count > 0) /* pages that are exchanged are the same, sealed or not */
        seal_set(l);
    contents_set(l, vlist_height(&body, 0, body.n));
    vlist_space(&l->flow.list, fmax(l->flow.gap, l->is_landscape ? 14 : 24), NULL);
    vlist_append(&l->flow.list, &body);
}

static struct pdf_paper paper_of(struct pdf_layout *l)
{
    const struct doc *doc = l->doc;
    struct pdf_paper paper = {
        .size = doc->paper,
        .is_duplex = doc->is_duplex,
        .is_large = doc->is_large,
        .is_bound_right = l->is_rtl && (doc->is_duplex || l->part_count > 0),
        .has_tabs = l->part_count > 0,
    };
    paper.note_lines = furniture_note_lines(l, &paper);
    return paper;
}

struct pdf_sheet layout_sheet(const struct pdf_layout *l)
{
    return style_sheet(&l->paper, l->is_landscape, false);
}

void layout_open(struct pdf_layout *l, const struct pdf_hyphens *hyphens, str hyphen_language)
{
    const struct doc *doc = l->doc;
    bool same_language = str_eq(main_language(doc->language), main_language(hyphen_language));
    l->scratch = arena_new("paragraph", PDF_SCRATCH_BYTES);
    l->work = arena_new("lines", PDF_SCRATCH_BYTES);
    l->shaper = font_shaper_new(l->arena, l->faces, doc->language);
    l->hyphens = same_language ? hyphens : NULL;
    l->is_rtl = runs_right_to_left(doc->language);
    l->top_level = top_level(doc);
    part_collect(l);
    l->paper = paper_of(l);
    l->pictures = map_in(l->arena);
    l->figures = map_in(l->arena);
    l->missing = map_in(l->arena);
}

void layout_close(struct pdf_layout *l)
{
    arena_free(l->scratch);
    arena_free(l->work);
    l->scratch = l->work = NULL;
}

static void begin_pass(struct pdf_layout *l, struct pdf_pages *pages)
{
    *pages = (struct pdf_pages){0};
    l->tags = tag_table(l->arena);
    l->section = l->part_section = TAG_DOCUMENT;
    l->flow = (struct flow){.list = {.arena = l->arena}};
    l->reference_next = 0;
    note_collect(l, l->doc->body);
}

/* What refers to a page says its label, and how long that is decides where pages
 * end. So a document with references is laid out again with the labels that came
 * out, until they stay. */
void layout_pages(struct pdf_layout *l, bool is_landscape, struct pdf_pages *pages)
{
    l->qr = draw_qr(l->arena, l->options->address);
    for (unsigned pass = 1;; pass++) {
        begin_pass(l, pages);
        lay_out(l, is_landscape);
        paginate(l, &l->flow.list, pages);
        label_pages(l, pages);
        if (reference_settle(l, pages, pass))
            break;
    }
    tab_add(l, pages);
    furniture_add(l, pages);
}
