/* form/doc: a controlled document, assembled and ready for any writer. */
#include "form/doc/doc_int.h"

#include "base/path.h"
#include "form/table/cells.h"
#include "model/classes.h"
#include "model/lifecycle.h"

/* Source text without {{ is no template: the parse then borrows it as it is. */
static bool has_tags(str text)
{
    return str_find(text, S("{{"), 0) != SIZE_MAX;
}

/* A template's text, and through `map` where each of its bytes comes from. */
static str render_body(struct arena *a, struct diags *d, uint32_t file, str body, size_t off,
                       struct tval data, struct template_map *map)
{
    const struct template *t = template_compile(a, d, file, body, off, TEMPLATE_MARKDOWN, false);
    struct buf out = buf_in(a, body.n + body.n / 4);
    template_render(t, data, NULL, d, &out, map);
    return buf_str(&out);
}

/* `off` is where the body begins in its file. */
static struct md_node *parse_body(struct doc_pass *p, uint32_t file, str body, size_t off,
                                  struct tval data)
{
    struct template_map map = {0};
    bool is_template = data.kind != TV_UNKNOWN && has_tags(body);
    p->text = is_template ? render_body(p->arena, p->diags, file, body, off, data, &map) : body;
    p->doc->text = p->text;
    return md_parse(p->arena, p->diags, p->text, file, off, is_template ? &map : NULL);
}

str doc_text(struct arena *a, struct diags *d, const struct model *m, const struct record *r)
{
    str body = r->document->body;
    if (!has_tags(body))
        return body;
    return render_body(a, d, r->span.file, body, r->document->body_off, model_tval(m, r, a), NULL);
}

static void run_passes(struct doc_pass *p)
{
    doc_directives(p);
    doc_headings(p);
    doc_links(p);
    doc_gaps(p);
    doc_control(p);
}

/* What nobody may overlook, so that they take no sheet of it for one that holds. */
static str mark_of(const struct doc_world *world, const struct lifecycle *life)
{
    if (!world->is_edition || life == NULL)
        return S("DRAFT");
    if (life_is_over(life))
        return life->status == LIFE_WITHDRAWN ? S("WITHDRAWN") : S("SUPERSEDED");
    if (!life_is_bound(life))
        return S("DRAFT");
    return life->status == LIFE_NOT_YET_VALID ? S("NOT YET VALID") : S("");
}

enum doc_paper doc_paper_of(str word)
{
    return str_eq(word, S("letter")) ? DOC_LETTER : str_eq(word, S("a5")) ? DOC_A5 : DOC_A4;
}

void doc_put_house(struct doc *doc, const struct model *m)
{
    const struct record *w = m->workspace;
    str language = rec_text(w, WORKSPACE_LANGUAGE);
    doc->organisation = model_organisation(m);
    doc->language = language.n != 0 ? language : S("en");
    doc->footer = rec_text(w, WORKSPACE_FOOTER);
    doc->paper = doc_paper_of(rec_text(w, WORKSPACE_PAPER));
    doc->is_duplex = rec_bool(w, WORKSPACE_DUPLEX);
    doc->is_large = rec_bool(w, WORKSPACE_LARGE_TYPE);
}

static struct doc *doc_of_record(struct arena *a, const struct doc_world *world,
                                 const struct record *r)
{
    const struct model *m = world->model;
    struct doc *doc = NEW(a, struct doc);
    doc->record = r;
    doc->source = r->document->path;
    doc->title = r->title;
    doc->code = r->id;
    doc->version = rec_text(r, DOCUMENT_VERSION);
    doc->version_date = rec_date(r, DOCUMENT_VERSION_DATE);
    doc->status = word_for_people(a, rec_text(r, DOCUMENT_STATUS));
    doc->class_ = class_word(r->class_level);
    doc_put_house(doc, m);
    if (rec_has(r, DOCUMENT_LANGUAGE))
        doc->language = rec_text(r, DOCUMENT_LANGUAGE);
    bool holds = r->life == NULL || r->life->status == LIFE_APPROVED;
    doc->valid_until = holds ? date_long(a, rec_date(r, COMMON_NEXT_REVIEW)) : S("");
    doc->mark = mark_of(world, r->life);
    doc->hash = r->life != NULL ? r->life->text_sha256 : S("");
    return doc;
}

struct doc *doc_assemble(struct arena *a, struct diags *d, const struct doc_world *world,
                         const struct record *r)
{
    struct doc *doc = doc_of_record(a, world, r);
    struct doc_pass p = {
        .arena = a, .diags = d, .world = world, .doc = doc, .is_approved = life_is_bound(r->life)};
    doc->body = parse_body(&p, r->span.file, r->document->body, r->document->body_off,
                           model_tval(world->model, r, a));
    run_passes(&p);
    return doc;
}

static str first_heading(struct arena *a, struct md_node *body)
{
    for (struct md_node *n = body->first; n != NULL; n = n->next)
        if (n->kind == MD_HEADING)
            return md_text(a, n);
    return S("");
}

struct doc *doc_from_file(struct arena *a, struct diags *d, uint32_t file, struct tval data)
{
    static const struct doc_world nowhere = {.model = NULL, .content = -1};
    struct doc *doc = NEW(a, struct doc);
    struct doc_pass p = {.arena = a, .diags = d, .world = &nowhere, .doc = doc};
    str text = diags_source_text(d, file);
    size_t from, to, off = 0;
    if (!md_front_matter(text, &from, &to, &off))
        off = 0; /* three dashes may also be a rule: nothing is lost */
    doc->source = diags_source_path(d, file);
    doc->language = S("en");
    doc->version_date = DATE_NONE;
    doc->body = parse_body(&p, file, str_skip(text, off), off, data);
    doc->title = first_heading(a, doc->body);
    if (doc->title.n == 0)
        doc->title = path_name(doc->source);
    run_passes(&p);
    return doc;
}

struct md_node *doc_prose(struct arena *a, struct diags *d, const struct doc_world *world,
                          struct span span, str text)
{
    struct doc *doc = NEW(a, struct doc);
    struct doc_pass p = {.arena = a, .diags = d, .world = world, .doc = doc};
    doc->source = S("");
    doc->body = md_parse(a, d, text, span.file, span.off, NULL);
    doc_links(&p);
    return doc->body;
}
