/* write/pdf/pdf: a controlled document, or a register, as a PDF file. */
#include "write/pdf/pdf.h"

#include "write/pdf/emit_int.h"
#include "write/pdf/front_int.h"
#include "write/pdf/note_int.h"
#include "write/pdf/paginate_int.h"

struct pdf_fonts {
    struct fonts *faces;
    struct pdf_hyphens *hyphens; /* NULL: none */
    str language;                /* of the hyphens */
};

struct pdf_fonts *pdf_fonts_open(struct arena *a, struct fonts *faces, str language)
{
    struct pdf_fonts *f = NEW(a, struct pdf_fonts);
    *f = (struct pdf_fonts){faces, hyphen_open(a, language), str_dup(a, language)};
    return f;
}

void pdf_fonts_close(struct pdf_fonts *f)
{
    hyphen_close(f->hyphens);
    f->hyphens = NULL;
}

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
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
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

/* The second list without the sheet that it began with. */
static struct vlist join(const struct vlist *front, const struct vlist *body)
{
    struct vlist all = {.arena = front->arena, .n = front->n + body->n - 1};
    all.cap = all.n;
    all.v = NEW_ARRAY(all.arena, struct vitem, all.n);
    for (size_t i = 0; i < all.n; i++)
        all.v[i] = i < front->n ? front->v[i] : body->v[i - front->n + 1];
    return all;
}

/* The body first: whether it needs a list of contents depends on its length. */
static void lay_out(struct pdf_layout *l, bool is_landscape)
{
    l->is_landscape = is_landscape;
    block_sheet(l, is_landscape);
    struct block b = block_body(l);
    block_children(l, &b, l->doc->body);
    front_signatures(l);
    struct vlist body = l->flow.list;
    l->flow = (struct flow){.list = {.arena = l->arena}};
    l->section = TAG_DOCUMENT;
    block_sheet(l, is_landscape);
    front_set(l, vlist_height(&body, 0, body.n));
    vlist_space(&l->flow.list, l->flow.gap, NULL);
    l->flow.list = join(&l->flow.list, &body);
}

static const struct pdf_bookmark *bookmarks(struct pdf_layout *l)
{
    const struct doc *d = l->doc;
    struct pdf_bookmark *list = NEW_ARRAY(l->arena, struct pdf_bookmark, d->heading_count);
    for (size_t i = 0; i < d->heading_count; i++) {
        const struct doc_heading *h = &d->headings[i];
        str text = h->number.n == 0 ? h->text
                                    : str_fmt(l->arena, STR_FMT " " STR_FMT, STR_ARG(h->number),
                                              STR_ARG(h->text));
        list[i] = (struct pdf_bookmark){h->level - l->top_level, text, h->id};
    }
    return list;
}

static void emit(struct pdf_layout *l, const struct pdf_pages *pages, struct buf *out)
{
    const struct doc *d = l->doc;
    struct pdf_emission e = {
        .faces = l->faces,
        .shaper = l->shaper,
        .pages = pages,
        .tags = l->tags,
        .pictures = l->picture_list,
        .picture_count = l->picture_count,
        .bookmarks = bookmarks(l),
        .bookmark_count = d->heading_count,
        .title = d->title,
        .author = d->organisation,
        .subject = d->code,
        .language = d->language.n > 0 ? d->language : S("en"),
        .dated = d->version_date,
        .is_draft = d->is_draft,
    };
    emit_file(l->arena, &e, out);
}

static bool set(struct arena *a, struct diags *d, struct pdf_fonts *fonts,
                const struct pdf_options *o, const struct doc *doc, bool is_landscape,
                struct buf *out)
{
    bool same_language = str_eq(main_language(doc->language), main_language(fonts->language));
    struct pdf_layout l = {
        .arena = a,
        .scratch = arena_new("paragraph", PDF_SCRATCH_BYTES),
        .diags = d,
        .faces = fonts->faces,
        .shaper = font_shaper_new(a, fonts->faces, doc->language),
        .hyphens = same_language ? fonts->hyphens : NULL,
        .options = o,
        .doc = doc,
        .tags = tag_table(a),
        .is_rtl = runs_right_to_left(doc->language),
        .section = TAG_DOCUMENT,
        .top_level = top_level(doc),
        .pictures = map_in(a),
        .flow = {.list = {.arena = a}},
    };
    struct pdf_pages pages = {0};
    note_collect(&l, doc->body);
    lay_out(&l, is_landscape);
    paginate(&l, &l.flow.list, &pages);
    furniture_add(&l, &pages);
    emit(&l, &pages, out);
    arena_free(l.scratch);
    return !l.is_broken;
}

bool pdf_document(struct arena *a, struct diags *d, struct pdf_fonts *fonts,
                  const struct pdf_options *o, const struct doc *doc, struct buf *out)
{
    return set(a, d, fonts, o, doc, false, out);
}

bool pdf_table_document(struct arena *a, struct diags *d, struct pdf_fonts *fonts,
                        const struct pdf_options *o, const struct doc *about,
                        const struct table *table, struct buf *out)
{
    enum { UPRIGHT_COLUMNS_MAX = 6 };
    struct doc doc = *about;
    doc.body = md_new(a, MD_DOCUMENT, (struct span){0});
    doc.headings = NULL;
    doc.heading_count = 0;
    struct md_node *node = md_new(a, MD_FORM_TABLE, (struct span){0});
    node->table = table;
    md_append(doc.body, node);
    return set(a, d, fonts, o, &doc, table->column_count > UPRIGHT_COLUMNS_MAX, out);
}
