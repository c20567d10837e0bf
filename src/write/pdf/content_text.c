/* write/pdf/content_text: words as codes, moves and the texts they stand for. */
#include "write/pdf/content_int.h"

#include <math.h>

#include "write/pdf/content_state_int.h"

void content_end_text(struct pdf_content *c)
{
    if (c->in_text)
        buf_lit(&c->out, "ET\n");
    c->in_text = false;
}

/* Inside a TJ array a string is always open: "[(…". */
static void code_byte(struct buf *b, unsigned byte)
{
    if (byte == '(' || byte == ')' || byte == '\\') {
        buf_char(b, '\\');
        buf_char(b, (char)byte);
    } else if (byte == '\r') { /* readers turn a bare one into a line feed */
        buf_lit(b, "\\r");
    } else {
        buf_char(b, (char)byte);
    }
}

/* Moves the pen: thousandths, positive to the left as TJ counts. */
static void adjust(struct pdf_content *c, double by)
{
    buf_char(&c->out, ')');
    buf_number(&c->out, by, 0);
    buf_char(&c->out, '(');
}

static void set_face(struct pdf_content *c, unsigned face, double size)
{
    if (c->face == face && c->size == size)
        return;
    c->face = face;
    c->size = size;
    buf_fmt(&c->out, "/F%u ", face);
    content_number(c, size);
    buf_lit(&c->out, "Tf\n");
}

static void operator_begin(struct pdf_content *c)
{
    c->is_plain = false;
    buf_lit(&c->out, ")]TJ\n");
}

static void operator_end(struct pdf_content *c)
{
    buf_lit(&c->out, "[(");
}

static void set_rise(struct pdf_content *c, double rise)
{
    operator_begin(c);
    content_number(c, rise);
    buf_lit(&c->out, "Ts\n");
    operator_end(c);
}

/* Where the text of the cluster at `cluster` ends: at the nearest greater one. */
static size_t cluster_end(const struct font_text *t, const struct font_run *run, size_t glyph)
{
    uint32_t cluster = run->glyphs[glyph].cluster;
    for (size_t i = glyph; i < run->glyph_count && !t->is_rtl; i++)
        if (run->glyphs[i].cluster != cluster)
            return run->glyphs[i].cluster;
    for (size_t i = glyph; i-- > 0 && t->is_rtl;)
        if (run->glyphs[i].cluster != cluster)
            return run->glyphs[i].cluster;
    /* The last of its run: the next run begins where this one's text ends. */
    size_t end = t->text.n;
    for (size_t r = 0; r < t->run_count; r++)
        for (size_t i = 0; i < t->runs[r].glyph_count; i++)
            if (t->runs[r].glyphs[i].cluster > cluster && t->runs[r].glyphs[i].cluster < end)
                end = t->runs[r].glyphs[i].cluster;
    return end;
}

static size_t cluster_glyphs(const struct font_run *run, size_t glyph)
{
    size_t end = glyph + 1;
    while (end < run->glyph_count && run->glyphs[end].cluster == run->glyphs[glyph].cluster)
        end++;
    return end - glyph;
}

/* Several glyphs say one text together: readers are told so. */
static void open_span(struct pdf_content *c, str text)
{
    operator_begin(c);
    buf_lit(&c->out, "/Span <</ActualText <");
    file_utf16_hex(&c->out, text, true);
    buf_lit(&c->out, ">>> BDC\n");
    operator_end(c);
}

/* The pen, in thousandths from the start of the operation: where the shaper
 * wants it and where the reader's program will have it. */
struct pen {
    double want, is;
};

static void put_glyph(struct pdf_content *c, const struct font_run *run, const struct font_glyph *g,
                      str text, struct pen *pen)
{
    double by = round(pen->is - pen->want - (double)g->dx);
    if (by != 0) {
        adjust(c, by);
        pen->is -= by;
    }
    if (g->dy != 0)
        set_rise(c, (double)g->dy * c->size / 1000);
    uint16_t code = subset_code(c->subsets, run->face, g->id, text);
    code_byte(&c->out, code >> 8);
    code_byte(&c->out, code & 255u);
    if (g->dy != 0)
        set_rise(c, 0);
    pen->is += subset_width(c->subsets, run->face, code);
    pen->want += (double)g->advance;
}

static void put_run(struct pdf_content *c, const struct font_text *t, const struct font_run *run,
                    struct pen *pen)
{
    if (run->face != c->face) {
        operator_begin(c);
        set_face(c, run->face, c->size);
        operator_end(c);
    }
    for (size_t i = 0; i < run->glyph_count;) {
        size_t count = cluster_glyphs(run, i);
        str text = str_from_to(t->text, run->glyphs[i].cluster, cluster_end(t, run, i));
        if (count > 1)
            open_span(c, text);
        for (size_t k = 0; k < count; k++)
            put_glyph(c, run, &run->glyphs[i + k], k == 0 ? text : S(""), pen);
        if (count > 1) {
            operator_begin(c);
            buf_lit(&c->out, "EMC\n");
            operator_end(c);
        }
        i += count;
    }
}

static struct encoded *encoded_of(struct pdf_content *c, const struct font_text *t)
{
    if (t->number >= c->encoded_cap) {
        size_t cap = t->number + t->number / 2 + 256;
        struct encoded *more = NEW_ARRAY(c->arena, struct encoded, cap);
        for (size_t i = 0; i < c->encoded_cap; i++)
            more[i] = c->encoded[i];
        c->encoded = more;
        c->encoded_cap = cap;
    }
    return &c->encoded[t->number];
}

/* Within a word the pen begins exactly where it is, so that its bytes are the
 * same at every place. */
static void put_word(struct pdf_content *c, const struct font_text *t, struct pen *pen)
{
    struct encoded *known = encoded_of(c, t);
    if (known->bytes.n > 0 && t->runs[0].face == c->face) {
        buf_add(&c->out, known->bytes);
        pen->is += known->advance;
        return;
    }
    struct pen inner = {0, 0};
    c->is_plain = true;
    size_t from = c->out.n;
    for (size_t r = 0; r < t->run_count; r++)
        put_run(c, t, &t->runs[r], &inner);
    if (c->is_plain) {
        known->bytes = str_dup(c->arena, (str){c->out.p + from, c->out.n - from});
        known->advance = inner.is;
    }
    pen->is += inner.is;
}

static void begin_line(struct pdf_content *c, const struct pdf_op *op, double x, double y,
                       unsigned face)
{
    content_mark(c, op->tag);
    if (!c->in_text)
        buf_lit(&c->out, "BT\n");
    c->in_text = true;
    content_color(c, op->fill, false);
    set_face(c, face, (double)op->size);
    buf_lit(&c->out, "1 0 0 1 ");
    content_point(c, x, y);
    buf_lit(&c->out, "Tm\n[(");
}

void content_text(struct pdf_content *c, const struct pdf_op *op, double x, double y)
{
    if (op->text.count == 0)
        return;
    begin_line(c, op, x, y, font_style_face(op->style));
    struct pen pen = {0, 0};
    for (size_t i = 0; i < op->text.count; i++) {
        const struct pdf_word *w = &op->text.words[i];
        double by = round(pen.is - (double)w->x * 1000 / (double)op->size);
        if (by != 0) {
            adjust(c, by);
            pen.is -= by;
        }
        put_word(c, w->text, &pen);
    }
    buf_lit(&c->out, ")]TJ\n");
}

void content_folio(struct pdf_content *c, const struct pdf_op *op, double x, double y)
{
    const struct pdf_target *target = page_target(c->pages, op->link.anchor);
    if (!target)
        return;
    str label = c->pages->v[target->page]->label;
    const struct font_text *t = font_shape(c->shaper, label, op->style, false);
    struct pdf_word word = {t, 0};
    struct pdf_op line = *op;
    line.text.words = &word;
    line.text.count = 1;
    content_text(c, &line, x - (double)(t->width * op->size / 1000), y);
}
