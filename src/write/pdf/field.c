/* write/pdf/field: the field of a seal, as objects of the file. */
#include "write/pdf/field_int.h"

#include <assert.h>
#include <string.h>

struct pdf_seal pdf_seal_by(struct arena *a, const struct signer *s, date as_of, str reason)
{
    struct ymd on = date_ymd(as_of);
    return (struct pdf_seal){
        .signer = signer_name(s),
        .is_demo = signer_is_demo(s),
        .day = date_long(a, as_of),
        .moment = str_fmt(a, "D:%04d%02d%02d000000Z", on.year, on.month, on.day),
        .reason = reason,
        .reserve_bytes = signer_reserve_bytes(s),
    };
}

static void add_text(struct buf *b, const char *key, str text)
{
    if (text.n == 0)
        return;
    buf_fmt(b, "/%s <", key);
    file_utf16_hex(b, text, true);
    buf_lit(b, ">\n");
}

/* All values stand in the dictionary itself, as signatures must. */
struct field field_new(struct pdf_file *f, struct arena *a, const struct pdf_seal *seal)
{
    size_t zeros = 2 * seal->reserve_bytes;
    struct buf b = buf_in(a, zeros + 1024);
    buf_fmt(&b,
            "/Type /Sig\n/Filter /Adobe.PPKLite\n/SubFilter /ETSI.CAdES.detached\n/M (" STR_FMT
            ")\n",
            STR_ARG(seal->moment));
    add_text(&b, "Name", seal->signer);
    add_text(&b, "Reason", seal->reason);
    buf_lit(&b, "/Reference [<</Type /SigRef /TransformMethod /DocMDP /TransformParams "
                "<</Type /TransformParams /P 1 /V /1.2>>>>]\n");
    buf_add(&b, S(SIGN_HOLE));
    memset(buf_room(&b, zeros), '0', zeros);
    b.n += zeros;
    buf_lit(&b, ">\n");
    struct field field = {.signature = file_dict(f)};
    file_raw(f, field.signature, buf_str(&b));
    return field;
}

/* Paints nothing: what is to be seen is content of the page. */
static HPDF_Dict appearance(struct pdf_file *f, struct arena *a, double width, double height)
{
    HPDF_Dict form = file_stream(f, S(""));
    HPDF_Dict_AddName(form, "Type", "XObject");
    HPDF_Dict_AddName(form, "Subtype", "Form");
    struct buf b = buf_in(a, 80);
    buf_lit(&b, "/BBox [0 0 ");
    buf_number(&b, width, 2);
    buf_char(&b, ' ');
    buf_number(&b, height, 2);
    buf_lit(&b, "]\n/Resources <<>>\n");
    file_raw(f, form, buf_str(&b));
    return form;
}

HPDF_Dict field_place(struct pdf_file *f, struct arena *a, struct field *field, HPDF_Dict page,
                      const double corners[4])
{
    enum { PRINTED_AND_LOCKED = 132 };
    struct buf b = buf_in(a, 512);
    assert(!field->widget);
    HPDF_Dict form = appearance(f, a, corners[2] - corners[0], corners[3] - corners[1]);
    field->widget = file_dict(f);
    buf_fmt(&b, "/Type /Annot\n/Subtype /Widget\n/FT /Sig\n/F %d\n/P %u 0 R\n/V %u 0 R\n",
            PRINTED_AND_LOCKED, file_number(page), file_number(field->signature));
    buf_fmt(&b, "/AP <</N %u 0 R>>\n/Rect [", file_number(form));
    for (size_t i = 0; i < 4; i++) {
        buf_number(&b, corners[i], 2);
        buf_char(&b, i < 3 ? ' ' : ']');
    }
    buf_char(&b, '\n');
    add_text(&b, "T", S("Seal"));
    add_text(&b, "TU", S("Electronic seal"));
    add_text(&b, "Contents", S("Electronic seal"));
    field->entries = buf_str(&b);
    return field->widget;
}

void field_tag(struct pdf_file *f, struct arena *a, const struct field *field, unsigned key)
{
    file_raw(f, field->widget,
             str_fmt(a, STR_FMT "/StructParent %u\n", STR_ARG(field->entries), key));
}

void field_catalog(struct pdf_file *f, struct arena *a, const struct field *field, struct buf *out)
{
    assert(field->widget);
    HPDF_Dict form = file_dict(f);
    file_raw(f, form, str_fmt(a, "/Fields [%u 0 R]\n/SigFlags 3\n", file_number(field->widget)));
    buf_fmt(out, "/AcroForm %u 0 R\n/Perms <</DocMDP %u 0 R>>\n", file_number(form),
            file_number(field->signature));
}
