/* verify/pdf: is this PDF whole, as it was signed, and nothing but what was signed. */
#include "verify/pdf.h"

#include "verify/der_int.h"
#include "verify/pdf_int.h"

#include <string.h>

#include "verify/format.h"

const char *pdf_fault_words(enum pdf_fault fault)
{
    static const char *const words[] = {
#define PDF_FAULT(name, text) [PDF_##name] = text,
#include "verify/pdf.def"
    };
    return words[fault];
}

static bool find_text(const struct pdf *p, const struct pdf_value *dict, str key, str expected)
{
    struct pdf_value v;
    return pdf_find(p, dict, key, &v) && str_eq(pdf_text(p, &v), expected);
}

/* The value of a key, or of the object that it refers to. */
static bool find_dict(const struct pdf *p, const struct pdf_value *dict, str key,
                      struct pdf_value *out)
{
    if (!pdf_find(p, dict, key, out))
        return false;
    *out = pdf_resolve(p, *out);
    return out->kind == PDF_DICT;
}

/* An array of exactly one item. */
static bool only_item(const struct pdf *p, const struct pdf_value *array, struct pdf_value *out)
{
    struct pdf_value second;
    size_t at = 0;
    return array->kind == PDF_ARRAY && pdf_next(p, array, &at, out) &&
           !pdf_next(p, array, &at, &second);
}

/* From the catalog to the one field, and to the number of its signature's object. */
static enum pdf_fault find_field(const struct pdf *p, const struct pdf_value *catalog,
                                 int64_t *signature)
{
    struct pdf_value form, fields, field, value;
    if (!find_dict(p, catalog, S("AcroForm"), &form) || p->ranges == 0)
        return PDF_UNSIGNED;
    if (!pdf_keys_are(p, &form, S("Fields SigFlags")) ||
        !find_text(p, &form, S("SigFlags"), S("3")) || !pdf_find(p, &form, S("Fields"), &fields))
        return PDF_FORM;
    fields = pdf_resolve(p, fields);
    if (!only_item(p, &fields, &field) || field.kind != PDF_REFERENCE)
        return PDF_FORM;
    field = pdf_resolve(p, field);
    if (!find_text(p, &field, S("FT"), S("/Sig")) ||
        !find_text(p, &field, S("Subtype"), S("/Widget")) || p->fields != 1 || p->widgets != 1)
        return PDF_FORM;
    if (!pdf_find(p, &field, S("V"), &value) || value.kind != PDF_REFERENCE)
        return PDF_UNSIGNED;
    *signature = value.number;
    return p->ranges == 1 ? PDF_NONE : PDF_SIGNATURE_DICT;
}

/* DocMDP with P = 1: no change of any kind is allowed after this signature. */
static bool certifies(const struct pdf *p, const struct pdf_value *dict)
{
    struct pdf_value list, reference, how;
    return pdf_find(p, dict, S("Reference"), &list) && only_item(p, &list, &reference) &&
           pdf_keys_are(p, &reference, S("Type TransformMethod TransformParams")) &&
           find_text(p, &reference, S("TransformMethod"), S("/DocMDP")) &&
           pdf_find(p, &reference, S("TransformParams"), &how) &&
           pdf_keys_are(p, &how, S("Type P V")) && find_text(p, &how, S("P"), S("1")) &&
           find_text(p, &how, S("V"), S("/1.2"));
}

static bool is_permission(const struct pdf *p, const struct pdf_value *catalog, int64_t signature)
{
    struct pdf_value permissions, reference;
    return find_dict(p, catalog, S("Perms"), &permissions) &&
           pdf_keys_are(p, &permissions, S("DocMDP")) &&
           pdf_find(p, &permissions, S("DocMDP"), &reference) && reference.kind == PDF_REFERENCE &&
           reference.number == signature;
}

static bool is_signature_dict(const struct pdf *p, const struct pdf_value *dict)
{
    return pdf_keys_are(p, dict,
                        S("Type Filter SubFilter M Name Reason Reference ByteRange Contents")) &&
           find_text(p, dict, S("Type"), S("/Sig")) &&
           find_text(p, dict, S("Filter"), S("/Adobe.PPKLite")) &&
           find_text(p, dict, S("SubFilter"), S("/ETSI.CAdES.detached"));
}

/* "[0 840 960 240   ]": the file without the hole, and the hole is the token. */
static bool range_is_whole(const struct pdf *p, const struct pdf_value *range,
                           const struct pdf_value *hole)
{
    str text = pdf_text(p, range), one;
    uint64_t expected[4] = {0, hole->from, hole->to, p->file.n - hole->to}, number;
    if (range->kind != PDF_ARRAY)
        return false;
    text = str_from_to(text, 1, text.n - 1);
    for (size_t i = 0; i < 4; i++) {
        while (i > 0 && text.n > 0 && text.p[0] == ' ')
            text = str_skip(text, 1);
        text = str_cut(text, ' ', &one);
        if (!format_number(one, p->file.n, &number) || number != expected[i])
            return false;
    }
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] != ' ')
            return false;
    return true;
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The signature in the hole, without the zeros behind it. */
static bool read_hole(const struct pdf *p, const struct pdf_value *hole, str *der)
{
    str text = pdf_text(p, hole);
    size_t size = (text.n - 2) / 2;
    if (hole->kind != PDF_HEX || text.n % 2 != 0 || size > PDF_CONTENTS_BYTES_MAX)
        return false;
    char *bytes = NEW_ARRAY(p->arena, char, size + 1);
    for (size_t i = 0; i < size; i++) {
        int high = hex_digit(text.p[1 + 2 * i]), low = hex_digit(text.p[2 + 2 * i]);
        if (high < 0 || low < 0)
            return false;
        bytes[i] = (char)(high * 16 + low);
    }
    *der = (str){bytes, der_size((str){bytes, size})};
    for (size_t i = der->n; i < size; i++)
        if (bytes[i] != 0)
            return false;
    return der->n != 0;
}

static bool judge_form(struct pdf *p, struct pdf_value *hole)
{
    struct pdf_value catalog, dict, range;
    int64_t signature = 0;
    if (!find_dict(p, &p->trailer, S("Root"), &catalog) ||
        !find_text(p, &catalog, S("Type"), S("/Catalog")))
        return pdf_fail(p, PDF_TRAILER, p->trailer.from);
    enum pdf_fault fault = find_field(p, &catalog, &signature);
    if (fault != PDF_NONE)
        return pdf_fail(p, fault, catalog.from);
    dict = p->objects[signature].value;
    if (!is_signature_dict(p, &dict))
        return pdf_fail(p, PDF_SIGNATURE_DICT, dict.from);
    if (!is_permission(p, &catalog, signature) || !certifies(p, &dict))
        return pdf_fail(p, PDF_PERMISSION, dict.from);
    if (!pdf_find(p, &dict, S("Contents"), hole) || !pdf_find(p, &dict, S("ByteRange"), &range))
        return pdf_fail(p, PDF_SIGNATURE_DICT, dict.from);
    return range_is_whole(p, &range, hole) ? true : pdf_fail(p, PDF_RANGE, range.from);
}

static void judge(struct pdf *p, const struct pdf_question *q, struct cms_verdict *v)
{
    struct pdf_value hole;
    str der;
    if (!pdf_read(p) || !judge_form(p, &hole))
        return;
    if (!read_hole(p, &hole, &der)) {
        pdf_fail(p, PDF_CONTENTS, hole.from);
        return;
    }
    struct cms_question question = {
        .der = der,
        .part = {str_from_to(q->bytes, 0, hole.from), str_skip(q->bytes, hole.to)},
        .trust = q->trust,
        .as_of = q->as_of,
        .today = q->today};
    *v = cms_judge(p->arena, &question);
    if (v->fault != CMS_NONE)
        pdf_fail(p, PDF_SIGNER, hole.from);
}

struct pdf_verdict pdf_judge(struct arena *a, const struct pdf_question *q)
{
    struct pdf p = {.arena = a, .file = q->bytes};
    struct pdf_verdict v = {0};
    if (q->bytes.n == 0 || q->bytes.n > PDF_BYTES_MAX)
        pdf_fail(&p, PDF_SIZE, 0);
    else
        judge(&p, q, &v.signer);
    v.fault = p.fault;
    v.at = p.fault_at;
    return v;
}
