/* write/pdf/emit: pages, tags and facts about a document become a file. */
#include "write/pdf/emit_int.h"

#include <assert.h>

#include "write/pdf/archive_int.h"
#include "write/pdf/content_int.h"
#include "write/pdf/field_int.h"
#include "write/pdf/input_int.h"
#include "write/pdf/picture_int.h"

struct emitter {
    struct arena *arena;
    const struct pdf_emission *job;
    struct pdf_file *file;
    struct pdf_content *content;
    HPDF_Dict resources;
    HPDF_Dict *pages;      /* by index; NULL: left out */
    size_t last;           /* page that is written */
    bool *is_used;         /* pictures, by number */
    struct field field;    /* of a seal */
    struct inputs *inputs; /* NULL: none */
};

bool emit_reaches(const struct pdf_pages *pages, HPDF_Dict const *objects, str anchor)
{
    const struct pdf_target *t = page_target(pages, anchor);
    return t && objects[t->page];
}

bool emit_destination(struct buf *b, const struct pdf_pages *pages, HPDF_Dict const *objects,
                      str anchor)
{
    if (!emit_reaches(pages, objects, anchor))
        return false;
    const struct pdf_target *t = page_target(pages, anchor);
    const struct pdf_page *page = pages->v[t->page];
    buf_fmt(b, "[%u 0 R /XYZ 0 ", file_number(objects[t->page]));
    buf_number(b, (page->height - t->y) * page->scale, 2);
    buf_lit(b, " null]"); /* null: keep the zoom, which libharu's own call refuses */
    return true;
}

/* Bytes that a URI may not hold become %XX; the string is then plain ASCII. False:
 * it is longer than a string may be. */
static bool add_uri(struct buf *b, str uri)
{
    static const char digit[] = "0123456789ABCDEF";
    size_t from = b->n;
    buf_lit(b, "/A <</Type /Action /S /URI /URI (");
    for (size_t i = 0; i < uri.n; i++) {
        unsigned char c = (unsigned char)uri.p[i];
        if (c <= ' ' || c >= 127) {
            buf_char(b, '%');
            buf_char(b, digit[c >> 4]);
            buf_char(b, digit[c & 15]);
        } else {
            if (c == '(' || c == ')' || c == '\\')
                buf_char(b, '\\');
            buf_char(b, (char)c);
        }
    }
    buf_lit(b, ")>>\n");
    return b->n - from <= FILE_STRING_BYTES_MAX;
}

/* False: the anchor is nowhere, or cannot be said; so the words stay plain. */
static bool link_target(struct emitter *e, struct buf *b, const struct pdf_op *op)
{
    if (op->link.uri)
        return add_uri(b, *op->link.uri);
    buf_lit(b, "/Dest ");
    bool found = emit_destination(b, e->job->pages, e->pages, op->link.anchor);
    buf_char(b, '\n');
    return found;
}

/* From the left edge of the sheet and its lower one. */
static void corners_of(const struct pdf_page *page, const struct pdf_op *op, double x, double y,
                       double corners[4])
{
    corners[0] = x * page->scale;
    corners[1] = (page->height - y - (double)op->h) * page->scale;
    corners[2] = (x + (double)op->w) * page->scale;
    corners[3] = (page->height - y) * page->scale;
}

static void add_annotation(struct emitter *e, HPDF_Array list, size_t page, const struct pdf_op *op,
                           double x, double y)
{
    struct buf b = buf_in(e->arena, 160);
    double corners[4];
    corners_of(e->job->pages->v[page], op, x, y, corners);
    buf_lit(&b, "/Type /Annot /Subtype /Link /F 4 /Border [0 0 0] /Rect [");
    for (size_t i = 0; i < 4; i++) {
        buf_number(&b, corners[i], 2);
        buf_char(&b, i < 3 ? ' ' : ']');
    }
    buf_char(&b, '\n');
    if (!link_target(e, &b, op))
        return;
    HPDF_Dict object = file_dict(e->file);
    if (op->tag != TAG_NONE)
        buf_fmt(&b, "/StructParent %u\n", tag_annotation(e->job->tags, op->tag, page, object));
    str words = tag_words(e->job->tags, op->tag);
    buf_lit(&b, "/Contents <");
    file_utf16_hex(&b, words.n > 0 ? words : op->link.uri ? *op->link.uri : op->link.anchor, true);
    buf_lit(&b, ">\n");
    file_raw(e->file, object, buf_str(&b));
    HPDF_Array_Add(list, object);
}

static void add_field(struct emitter *e, HPDF_Array list, size_t page, const struct pdf_op *op,
                      double x, double y)
{
    double corners[4];
    corners_of(e->job->pages->v[page], op, x, y, corners);
    HPDF_Dict widget = field_place(e->file, e->arena, &e->field, e->pages[page], corners);
    field_tag(e->file, e->arena, &e->field, tag_annotation(e->job->tags, op->tag, page, widget));
    HPDF_Array_Add(list, widget);
}

static void add_input(struct emitter *e, HPDF_Array list, size_t page, const struct pdf_op *op,
                      double x, double y)
{
    assert(!e->job->seal); /* the seal allows no change, and one field */
    double height = e->job->pages->v[page]->height;
    double corners[4] = {x, height - y - (double)op->h, x + (double)op->w, height - y};
    HPDF_Dict widget = file_dict(e->file);
    unsigned key = tag_annotation(e->job->tags, op->tag, page, widget);
    if (!e->inputs)
        e->inputs = inputs_new(e->arena, e->file);
    inputs_add(e->inputs, widget, e->pages[page], op->input, corners, key);
    HPDF_Array_Add(list, widget);
}

typedef void add_fn(struct emitter *e, HPDF_Array list, size_t page, const struct pdf_op *op,
                    double x, double y);

/* NULL: the operation is no annotation. */
static add_fn *adder_of(const struct pdf_op *op)
{
    switch ((enum pdf_op_kind)op->kind) {
    case OP_LINK:
        return add_annotation;
    case OP_FIELD:
        return add_field;
    case OP_INPUT:
        return add_input;
    default:
        return NULL;
    }
}

static HPDF_Array annotations(struct emitter *e, size_t page)
{
    HPDF_Array list = NULL;
    const struct pdf_page *p = e->job->pages->v[page];
    for (size_t i = 0; i < p->count; i++) {
        const struct pdf_placed *group = &p->placed[i];
        for (size_t k = 0; k < group->count && !group->is_decoration; k++) {
            const struct pdf_op *op = &group->ops[k];
            add_fn *add = adder_of(op);
            if (!add)
                continue;
            if (!list)
                list = file_array(e->file);
            add(e, list, page, op, group->x + (double)op->x, group->y + (double)op->y);
        }
    }
    /* A signature needs its field even where the page that shows it is left out. */
    if (e->job->seal && page == e->last && !e->field.widget) {
        struct pdf_op hidden = {.tag = tag_new(e->job->tags, ROLE_FORM, TAG_DOCUMENT)};
        list = list ? list : file_array(e->file);
        add_field(e, list, page, &hidden, 0, p->height);
    }
    return list;
}

static void write_page(struct emitter *e, size_t i)
{
    const struct pdf_page *p = e->job->pages->v[i];
    HPDF_Dict page = e->pages[i];
    HPDF_Dict_AddName(page, "Type", "Page");
    HPDF_Array box = file_array(e->file);
    file_add_real(box, 0);
    file_add_real(box, 0);
    file_add_real(box, p->width * p->scale);
    file_add_real(box, p->height * p->scale);
    HPDF_Dict_Add(page, "MediaBox", box);
    HPDF_Dict_Add(page, "Resources", e->resources);
    str stream = content_page(e->content, i, e->job->mark.n > 0);
    HPDF_Dict_Add(page, "Contents", file_stream(e->file, stream));
    HPDF_Dict_AddNumber(page, "StructParents", (HPDF_INT32)i);
    HPDF_Array list = annotations(e, i);
    if (list) {
        HPDF_Dict_Add(page, "Annots", list);
        HPDF_Dict_AddName(page, "Tabs", "S");
    }
}

static void write_watermark(struct emitter *e, HPDF_Dict objects)
{
    double width, size;
    str shape = content_watermark(e->arena, e->job->faces, e->job->mark, &width, &size);
    struct buf b = buf_in(e->arena, shape.n + 64);
    buf_lit(&b, "0.91 0.914 0.92 rg 1 0 0 1 ");
    buf_number(&b, -width / 2, 2);
    buf_char(&b, ' ');
    buf_number(&b, -0.36 * size, 2); /* half the height of its capitals */
    buf_lit(&b, " cm\n");
    buf_add(&b, shape);
    HPDF_Dict form = file_stream(e->file, buf_str(&b));
    HPDF_Dict_AddName(form, "Type", "XObject");
    HPDF_Dict_AddName(form, "Subtype", "Form");
    str box =
        str_fmt(e->arena, "/BBox [%d -200 %d 200]\n/Resources <<>>\n", (int)-width, (int)width);
    file_raw(e->file, form, box);
    HPDF_Dict_Add(objects, "Mark", form);
}

static void write_resources(struct emitter *e)
{
    HPDF_Dict objects = file_inner_dict(e->file);
    HPDF_Dict_Add(e->resources, "XObject", objects);
    for (size_t i = 0; i < e->job->picture_count; i++)
        if (e->is_used[i])
            HPDF_Dict_Add(objects, str_c(e->arena, str_fmt(e->arena, "I%zu", i)),
                          picture_write(e->file, e->arena, e->job->pictures[i]));
    if (e->job->mark.n > 0)
        write_watermark(e, objects);
}

/* Programs call pages what their feet say, also where some are left out. */
static void write_labels(struct emitter *e)
{
    const struct pdf_page *before = NULL;
    struct buf b = buf_in(e->arena, 256);
    buf_lit(&b, "/Nums [");
    for (size_t i = 0, index = 0; i < e->job->pages->n; i++) {
        const struct pdf_page *page = e->job->pages->v[i];
        if (!e->pages[i])
            continue;
        if (!before || before->part != page->part || before->number + 1 != page->number) {
            bool is_roman = e->job->has_parts && page->part == 0;
            buf_fmt(&b, "%zu <</S /%s /P <", index, is_roman ? "r" : "D");
            file_utf16_hex(&b, page->prefix, true);
            buf_fmt(&b, "> /St %zu>>\n", page->number);
        }
        before = page;
        index++;
    }
    buf_lit(&b, "]\n");
    HPDF_Dict labels = file_dict(e->file);
    file_raw(e->file, labels, buf_str(&b));
    HPDF_Dict_Add(file_catalog(e->file), "PageLabels", labels);
}

static void write_catalog(struct emitter *e)
{
    HPDF_Dict catalog = file_catalog(e->file);
    struct buf b = buf_in(e->arena, 160);
    buf_lit(&b, "/MarkInfo <</Marked true>>\n/ViewerPreferences <</DisplayDocTitle true>>\n");
    if (e->job->seal)
        field_catalog(e->file, e->arena, &e->field, &b);
    if (e->inputs)
        inputs_catalog(e->inputs, e->job->faces, &b);
    file_raw(e->file, catalog, buf_str(&b));
    archive_facts(e->file, e->arena, e->job);
    archive_colors(e->file, e->arena);
    if (e->job->has_parts || e->job->only)
        write_labels(e);
    outline_write(e->file, e->arena, e->job, e->pages);
    tag_write(e->job->tags, e->file, e->pages, e->job->pages->n);
}

static bool is_written(const struct pdf_emission *job, size_t page)
{
    return !job->only || (page < job->only_count && job->only[page]);
}

static void add_pages(struct emitter *e)
{
    size_t count = e->job->pages->n, written = 0;
    HPDF_Dict *list = NEW_ARRAY(e->arena, HPDF_Dict, count);
    e->pages = NEW_ARRAY(e->arena, HPDF_Dict, count);
    for (size_t i = 0; i < count; i++)
        if (is_written(e->job, i)) {
            list[written++] = e->pages[i] = file_dict(e->file);
            e->last = i;
        }
    assert(written > 0);
    file_add_pages(e->file, list, written);
}

static void find_pictures(struct emitter *e, const struct pdf_placed *group)
{
    for (size_t k = 0; k < group->count; k++)
        if (group->ops[k].kind == OP_PICTURE)
            e->is_used[group->ops[k].picture->number] = true;
}

void emit_file(struct arena *a, const struct pdf_emission *job, struct buf *out)
{
    size_t count = job->pages->n;
    assert(count > 0);
    struct emitter e = {.arena = a, .job = job, .file = file_open(a)};
    struct pdf_subsets *subsets = subset_new(a, job->faces);
    e.content = content_new(a, job->shaper, subsets, job->tags, job->pages);
    e.resources = file_dict(e.file);
    e.is_used = NEW_ARRAY(a, bool, job->picture_count);
    add_pages(&e);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; e.pages[i] && k < job->pages->v[i]->count; k++)
            find_pictures(&e, &job->pages->v[i]->placed[k]);
    if (job->seal)
        e.field = field_new(e.file, a, job->seal);
    for (size_t i = 0; i < count; i++)
        if (e.pages[i])
            write_page(&e, i);
    write_resources(&e);
    subset_embed(subsets, e.file, e.resources);
    write_catalog(&e);
    file_close(e.file, out);
}
