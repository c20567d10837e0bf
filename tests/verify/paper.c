/* verify/paper: small signed PDFs for tests, right ones and wrong ones. */
#include "paper.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

enum { OBJECTS_MAX = 20, HOLE_BYTES = 3000, RANGE_BYTES = 50 };

struct paper {
    struct buf b;
    size_t offset[OBJECTS_MAX];
    size_t count; /* with the free one, 0 */
    size_t range_at, hole_from, hole_to;
};

static void object(struct paper *p, const char *body)
{
    assert(p->count < OBJECTS_MAX);
    p->offset[p->count] = p->b.n;
    buf_fmt(&p->b, "%zu 0 obj\n%s\nendobj\n", p->count, body);
    p->count++;
}

static const char *either(const char *given, const char *usual)
{
    return given ? given : usual;
}

static void put_pages(struct paper *p, const struct paper_spec *s)
{
    struct arena *a = p->b.arena;
    struct buf text = buf_in(a, 200 + s->text_bytes);
    buf_fmt(&text, "BT /F0 12 Tf 50 800 Td (%s) Tj ET\n", either(s->title, "Plan"));
    while (text.n < s->text_bytes)
        buf_lit(&text, "0 0 m 1 1 l S % more\n");
    object(p, "<<\n/Type /Pages\n/Kids [ 3 0 R ]\n/Count 1\n>>");
    object(p, str_c(a, str_fmt(a,
                               "<<\n/Type /Page\n/Parent 2 0 R\n/MediaBox [ 0 0 595.28 841.89 ]\n"
                               "/Contents 4 0 R\n/Annots [ 8 0 R ]\n%s>>",
                               either(s->page, ""))));
    p->offset[p->count++] = p->b.n;
    buf_lit(&p->b, "4 0 obj\n<<\n/Length 5 0 R\n>>\nstream\r\n");
    buf_add(&p->b, buf_str(&text));
    buf_lit(&p->b, "\nendstream\nendobj\n");
    object(p, str_c(a, str_fmt(a, "%zu", text.n)));
    buf_add(&p->b, str_from(either(s->between, "")));
    object(p, str_c(a, str_fmt(a, "<<\n/Title (%s \\( 1 \\))\n/Producer (test)\n>>",
                               either(s->title, "Plan"))));
}

static const char usual_signature[] =
    "/Type /Sig\n/Filter /Adobe.PPKLite\n/SubFilter /ETSI.CAdES.detached\n"
    "/M (D:20260630000000Z)\n/Name (Test)\n/Reason (Published)\n"
    "/Reference [<</Type /SigRef /TransformMethod /DocMDP /TransformParams "
    "<</Type /TransformParams /P 1 /V /1.2>>>>]\n";

static void put_signature(struct paper *p, const struct paper_spec *s)
{
    size_t hole = s->hole_bytes ? s->hole_bytes : HOLE_BYTES;
    p->offset[p->count] = p->b.n;
    buf_fmt(&p->b, "%zu 0 obj\n<<\n%s/ByteRange ", p->count++,
            either(s->signature, usual_signature));
    p->range_at = p->b.n;
    for (size_t i = 0; i < RANGE_BYTES; i++)
        buf_char(&p->b, ' ');
    buf_lit(&p->b, "\n/Contents ");
    p->hole_from = p->b.n;
    buf_char(&p->b, '<');
    for (size_t i = 0; i < 2 * hole; i++)
        buf_char(&p->b, '0');
    buf_char(&p->b, '>');
    p->hole_to = p->b.n;
    buf_fmt(&p->b, "\n%s>>\nendobj\n", either(s->more_signature, ""));
}

static void put_table(struct paper *p, const struct paper_spec *s)
{
    size_t at = p->b.n;
    if (s->table != NULL)
        buf_add(&p->b, str_from(s->table));
    else
        buf_fmt(&p->b, "xref\n0 %zu\n", p->count);
    buf_lit(&p->b, "0000000000 65535 f\r\n");
    for (size_t i = 1; i < p->count; i++)
        buf_fmt(&p->b, "%010zu 00000 %c\r\n", p->offset[i] + (s->wrong_offset && i == 6),
                s->entry_is_free && i == 6 ? 'f' : 'n');
    buf_fmt(&p->b,
            "trailer\n<<\n/Root 1 0 R\n/Info 6 0 R\n/Size %zu\n%s>>\nstartxref\n%zu\n%%%%EOF\n",
            p->count, either(s->trailer, ""), at);
}

static void fill(struct paper *p, const struct forger *f, const struct paper_spec *s)
{
    struct arena *a = p->b.arena;
    size_t range[4] = {0, p->hole_from, p->hole_to, p->b.n - p->hole_to};
    if (s->range[1] != 0)
        memcpy(range, s->range, sizeof range);
    str text = str_fmt(a, "[%zu %zu %zu %zu", range[0], range[1], range[2], range[3]);
    memcpy(p->b.p + p->range_at, text.p, text.n);
    p->b.p[p->range_at + RANGE_BYTES - 1] = ']';
    str whole = buf_str(&p->b);
    for (size_t i = 0; i < 4; i += 2) { /* the numbers may lie, what is signed cannot */
        range[i] = range[i] < whole.n ? range[i] : whole.n;
        range[i + 1] = range[i + 1] < whole.n - range[i] ? range[i + 1] : whole.n - range[i];
    }
    str der = forge_cms(a, f, str_from_to(whole, range[0], range[0] + range[1]),
                        str_from_to(whole, range[2], range[2] + range[3]), s->how);
    assert(2 * der.n <= p->hole_to - p->hole_from - 2);
    for (size_t i = 0; i < der.n; i++) {
        char hex[3];
        snprintf(hex, sizeof hex, s->lower_hex ? "%02x" : "%02X", (unsigned char)der.p[i]);
        memcpy(p->b.p + p->hole_from + 1 + 2 * i, hex, 2);
    }
    if (s->padding_junk)
        p->b.p[p->hole_to - 2] = 'A';
}

str paper_make(struct arena *a, const struct forger *f, const struct paper_spec *spec)
{
    static const struct paper_spec usual;
    const struct paper_spec *s = spec ? spec : &usual;
    struct paper p = {.b = buf_in(a, 16 * 1024), .count = 1};
    buf_add(&p.b, str_from(either(s->header, "%PDF-1.7\n%\xB7\xBE\xAD\xAA\n")));
    object(&p, str_c(a, str_fmt(a, "<<\n/Type /Catalog\n/Pages 2 0 R\n%s%s%s>>",
                                either(s->form, "/AcroForm 7 0 R\n"),
                                either(s->perms, "/Perms <</DocMDP 9 0 R>>\n"),
                                either(s->catalog, ""))));
    put_pages(&p, s);
    object(&p, "<<\n/Fields [8 0 R]\n/SigFlags 3\n>>");
    object(&p, either(s->field, "<<\n/Type /Annot\n/Subtype /Widget\n/FT /Sig\n/T (Seal)\n"
                                "/Rect [0 0 0 0]\n/F 132\n/P 3 0 R\n/V 9 0 R\n>>"));
    put_signature(&p, s);
    for (size_t i = 0; i < 4 && s->object[i] != NULL; i++)
        object(&p, s->object[i]);
    if (s->unlisted_object)
        buf_lit(&p.b, "99 0 obj\n(hidden)\nendobj\n");
    put_table(&p, s);
    fill(&p, f, s);
    return buf_str(&p.b);
}
