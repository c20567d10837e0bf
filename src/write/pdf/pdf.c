/* write/pdf/pdf: a controlled document, or a register, as a PDF file. */
#include "write/pdf/pdf.h"

#include "form/table/blank.h"
#include "write/pdf/digest_int.h"
#include "write/pdf/emit_int.h"
#include "write/pdf/layout_int.h"
#include "write/pdf/picture_int.h"

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

static const struct pdf_bookmark *bookmarks(struct pdf_layout *l)
{
    struct pdf_bookmark *list = NEW_ARRAY(l->arena, struct pdf_bookmark, l->entry_count);
    for (size_t i = 0; i < l->entry_count; i++) {
        const struct pdf_entry *e = &l->entries[i];
        str text = e->number.n == 0 ? e->text
                                    : str_fmt(l->arena, STR_FMT " " STR_FMT, STR_ARG(e->number),
                                              STR_ARG(e->text));
        list[i] = (struct pdf_bookmark){e->rank, text, e->anchor};
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
        .bookmark_count = l->entry_count,
        .title = d->title.n > 0 ? d->title : d->source,
        .author = d->organisation,
        .subject = d->code,
        .language = d->language.n > 0 ? d->language : S("en"),
        .dated = d->version_date,
        .mark = d->mark,
        .seal = l->options->seal,
        .has_parts = l->part_count > 0,
        .only = l->options->only,
        .only_count = l->options->only_count,
    };
    emit_file(l->arena, &e, out);
}

/* out: NULL when only the sheets are asked for. */
static bool set(struct arena *a, struct diags *d, struct pdf_fonts *fonts,
                const struct pdf_options *o, const struct doc *doc, bool is_landscape,
                struct buf *out)
{
    struct pdf_layout l = {.arena = a, .diags = d, .faces = fonts->faces, .options = o, .doc = doc};
    struct pdf_pages pages = {0};
    layout_open(&l, fonts->hyphens, fonts->language);
    layout_pages(&l, is_landscape, &pages);
    if (o->sheets)
        digest_pages(&l, &pages, o->sheets);
    if (out)
        emit(&l, &pages, out);
    layout_close(&l);
    return !l.is_broken;
}

str pdf_picture_fault(struct arena *a, str bytes)
{
    struct picture_fault fault = {0};
    return picture_read(a, bytes, &fault) != NULL ? S("") : fault.text;
}

bool pdf_document(struct arena *a, struct diags *d, struct pdf_fonts *fonts,
                  const struct pdf_options *o, const struct doc *doc, struct buf *out)
{
    return set(a, d, fonts, o, doc, false, out);
}

bool pdf_document_sheets(struct arena *a, struct diags *d, struct pdf_fonts *fonts,
                         const struct pdf_options *o, const struct doc *doc,
                         struct pdf_sheets *sheets)
{
    struct pdf_options asked = *o;
    asked.sheets = sheets;
    return set(a, d, fonts, &asked, doc, false, NULL);
}

/* `about` with no headings and a body of one node; none when it is NULL. */
static struct doc with_body(struct arena *a, const struct doc *about, struct md_node *node)
{
    struct doc doc = *about;
    doc.body = md_new(a, MD_DOCUMENT, (struct span){0});
    doc.headings = NULL;
    doc.heading_count = 0;
    if (node)
        md_append(doc.body, node);
    return doc;
}

bool pdf_card(struct arena *a, struct diags *d, struct pdf_fonts *fonts,
              const struct pdf_options *o, const struct doc *about, const struct card *card,
              struct buf *out)
{
    struct doc doc = with_body(a, about, NULL);
    struct pdf_layout l = {
        .arena = a, .diags = d, .faces = fonts->faces, .options = o, .doc = &doc};
    struct pdf_pages pages = {0};
    layout_open(&l, fonts->hyphens, fonts->language);
    card_pages(&l, card, &pages);
    emit(&l, &pages, out);
    layout_close(&l);
    return !l.is_broken;
}

bool pdf_form(struct arena *a, struct diags *d, struct pdf_fonts *fonts,
              const struct pdf_options *o, const struct doc *about, const struct blank *form,
              struct buf *out)
{
    struct pdf_options options = *o;
    struct md_node *node = md_new(a, MD_FORM_BLANK, (struct span){0});
    node->blank = form;
    struct doc doc = with_body(a, about, node);
    options.is_form = true;
    options.seal = NULL;
    return set(a, d, fonts, &options, &doc, blank_is_turned(form), out);
}

bool pdf_table_document(struct arena *a, struct diags *d, struct pdf_fonts *fonts,
                        const struct pdf_options *o, const struct doc *about,
                        const struct table *table, struct buf *out)
{
    enum { UPRIGHT_COLUMNS_MAX = 6 };
    struct md_node *node = md_new(a, MD_FORM_TABLE, (struct span){0});
    struct table plain = *table;
    if (str_eq(plain.caption, about->title)) /* said by the head of the page */
        plain.caption = S("");
    node->table = &plain;
    struct doc doc = with_body(a, about, node);
    return set(a, d, fonts, o, &doc, table->column_count > UPRIGHT_COLUMNS_MAX, out);
}
