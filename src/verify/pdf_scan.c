/* verify/pdf_scan: the values of a PDF, one after the other. */
#include "verify/pdf_int.h"

#include <stdlib.h>
#include <string.h>

/* Names that have no business in what we sign, as key or as value: actions, files,
 * layers, scripts, foreign tables and other content from outside. */
static const str active[] = {
    S_INIT("/JavaScript"),
    S_INIT("/JS"),
    S_INIT("/Launch"),
    S_INIT("/EmbeddedFile"),
    S_INIT("/EmbeddedFiles"),
    S_INIT("/EF"),
    S_INIT("/Filespec"),
    S_INIT("/FileAttachment"),
    S_INIT("/OpenAction"),
    S_INIT("/AA"),
    S_INIT("/XFA"),
    S_INIT("/OCG"),
    S_INIT("/OCGs"),
    S_INIT("/OCMD"),
    S_INIT("/OC"),
    S_INIT("/OCProperties"),
    S_INIT("/GoToR"),
    S_INIT("/GoToE"),
    S_INIT("/SubmitForm"),
    S_INIT("/ResetForm"),
    S_INIT("/ImportData"),
    S_INIT("/Movie"),
    S_INIT("/Sound"),
    S_INIT("/Rendition"),
    S_INIT("/RichMedia"),
    S_INIT("/Named"),
    S_INIT("/Hide"),
    S_INIT("/SetOCGState"),
    S_INIT("/GoTo3DView"),
    S_INIT("/Trans"),
    S_INIT("/Thread"),
    S_INIT("/OPI"),
    S_INIT("/ObjStm"),
    S_INIT("/XRef"),
    S_INIT("/XRefStm"),
    S_INIT("/Encrypt"),
    S_INIT("/FFilter"),
    S_INIT("/Collection"),
    S_INIT("/NeedAppearances"),
};

bool pdf_fail(struct pdf *p, enum pdf_fault fault, size_t at)
{
    if (p->fault == PDF_NONE) {
        p->fault = fault;
        p->fault_at = at;
    }
    return false;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0;
}

static bool is_regular(char c)
{
    return !is_space(c) && memchr("()<>[]{}/%", c, 10) == NULL;
}

static char peek(const struct pdf *p)
{
    return p->at < p->file.n ? p->file.p[p->at] : ' ';
}

/* Comments are no space here: nothing of ours writes them. */
void pdf_skip_space(struct pdf *p)
{
    while (p->at < p->file.n && is_space(p->file.p[p->at]))
        p->at++;
}

bool pdf_has(struct pdf *p, str word)
{
    if (!str_starts(str_skip(p->file, p->at), word))
        return false;
    p->at += word.n;
    return true;
}

str pdf_text(const struct pdf *p, const struct pdf_value *v)
{
    return str_from_to(p->file, v->from, v->to);
}

/* -- Simple values ---------------------------------------------------------------------------- */

bool pdf_scan_digits(struct pdf *p, int64_t *value)
{
    size_t from = p->at;
    *value = 0;
    for (; p->at < p->file.n && ascii_is_digit(p->file.p[p->at]); p->at++) {
        if (p->at - from >= 15)
            return pdf_fail(p, PDF_SYNTAX, p->at);
        *value = *value * 10 + (p->file.p[p->at] - '0');
    }
    return p->at > from;
}

/* "12 0 R"; the cursor stays behind the first number when it is none. */
static bool reference(struct pdf *p, struct pdf_value *out)
{
    size_t back = p->at;
    if (pdf_has(p, S(" 0 R")) && !is_regular(peek(p))) {
        out->kind = PDF_REFERENCE;
        if (out->number <= 0 || (uint64_t)out->number >= p->object_count)
            return pdf_fail(p, PDF_XREF, out->from);
        PUSH(p->arena, p->references, p->reference_count, p->reference_cap, uint32_t) =
            (uint32_t)out->number;
        return true;
    }
    p->at = back;
    return true;
}

static bool number(struct pdf *p, struct pdf_value *out)
{
    int64_t fraction;
    bool minus = pdf_has(p, S("-")), sign = minus || pdf_has(p, S("+"));
    bool whole = pdf_scan_digits(p, &out->number), part = false;
    out->kind = PDF_INTEGER;
    if (pdf_has(p, S("."))) {
        out->kind = PDF_REAL;
        part = pdf_scan_digits(p, &fraction);
    }
    if ((!whole && !part) || is_regular(peek(p)))
        return pdf_fail(p, PDF_SYNTAX, out->from);
    if (minus)
        out->number = -out->number;
    return out->kind == PDF_REAL || sign || reference(p, out);
}

static bool name(struct pdf *p, struct pdf_value *out)
{
    out->kind = PDF_NAME;
    for (p->at++; is_regular(peek(p)); p->at++)
        /* An escape is for what cannot stand in a name; a letter behind one hides. */
        if (peek(p) == '#') {
            const char *high = p->at + 2 < p->file.n ? &p->file.p[p->at + 1] : "00";
            if (high[0] >= '3' && high[0] <= '7')
                return pdf_fail(p, PDF_DISGUISE, out->from);
        }
    str text = str_from_to(p->file, out->from, p->at);
    for (size_t i = 0; i < COUNT_OF(active); i++)
        if (text.n == active[i].n && text.p[1] == active[i].p[1] && str_eq(text, active[i]))
            return pdf_fail(p, PDF_ACTIVE, out->from);
    return true;
}

static bool string(struct pdf *p, struct pdf_value *out)
{
    size_t open = 0;
    out->kind = PDF_STRING;
    for (; p->at < p->file.n; p->at++) {
        char c = p->file.p[p->at];
        open += c == '(';
        if (c == '\\')
            p->at++;
        else if (c == ')' && --open == 0) {
            p->at++;
            return true;
        }
    }
    p->at = p->file.n;
    return pdf_fail(p, PDF_SYNTAX, out->from);
}

static bool hex(struct pdf *p, struct pdf_value *out)
{
    out->kind = PDF_HEX;
    for (p->at++; p->at < p->file.n; p->at++) {
        char c = p->file.p[p->at];
        if (c == '>') {
            p->at++;
            return true;
        }
        if (memchr("0123456789ABCDEFabcdef \n\r", c, 25) == NULL)
            break;
    }
    return pdf_fail(p, PDF_SYNTAX, out->from);
}

static bool word(struct pdf *p, struct pdf_value *out)
{
    out->kind = PDF_BOOLEAN;
    bool fine = pdf_has(p, S("true")) || pdf_has(p, S("false"));
    if (!fine && pdf_has(p, S("null"))) {
        out->kind = PDF_NULL;
        fine = true;
    }
    return fine && !is_regular(peek(p)) ? true : pdf_fail(p, PDF_SYNTAX, out->from);
}

/* -- Arrays and dictionaries ------------------------------------------------------------------ */

/* What is open while values nest. */
struct level {
    bool is_dict;
    size_t from;
    str *keys;
    size_t key_count, key_cap;
    bool has_rect, wants_value; /* a key was read */
    struct pdf_value subtype;
};

static int by_bytes(const void *a, const void *b)
{
    return str_cmp(*(const str *)a, *(const str *)b);
}

static bool keys_are_different(struct level *l)
{
    if (l->key_count != 0)
        qsort(l->keys, l->key_count, sizeof *l->keys, by_bytes);
    for (size_t i = 1; i < l->key_count; i++)
        if (str_eq(l->keys[i - 1], l->keys[i]))
            return false;
    return true;
}

/* Dictionaries with a rectangle and a subtype are annotations. */
static bool close_dict(struct pdf *p, struct level *l)
{
    str subtype = pdf_text(p, &l->subtype);
    bool widget = str_eq(subtype, S("/Widget"));
    if (l->wants_value)
        return pdf_fail(p, PDF_SYNTAX, l->from);
    if (!keys_are_different(l))
        return pdf_fail(p, PDF_TWICE, l->from);
    if (l->has_rect && subtype.n != 0 && !widget && !str_eq(subtype, S("/Link")))
        return pdf_fail(p, PDF_ANNOTATION, l->from);
    p->widgets += widget;
    return true;
}

/* A key or a value of the dictionary has been read. */
static bool take_in_dict(struct pdf *p, struct level *l, const struct pdf_value *v)
{
    str text = pdf_text(p, v);
    if (l->wants_value) {
        if (str_eq(l->keys[l->key_count - 1], S("/Subtype")))
            l->subtype = *v;
        l->wants_value = false;
        return true;
    }
    if (v->kind != PDF_NAME)
        return pdf_fail(p, PDF_SYNTAX, v->from);
    if (l->key_count == PDF_KEYS_MAX)
        return pdf_fail(p, PDF_DEPTH, v->from);
    PUSH(p->arena, l->keys, l->key_count, l->key_cap, str) = text;
    l->has_rect |= str_eq(text, S("/Rect"));
    p->fields += str_eq(text, S("/FT"));
    p->ranges += str_eq(text, S("/ByteRange"));
    l->wants_value = true;
    return true;
}

static bool scan_simple(struct pdf *p, struct pdf_value *out)
{
    char c = peek(p);
    bool fine = c == '/'                                 ? name(p, out)
                : c == '('                               ? string(p, out)
                : c == '<'                               ? hex(p, out)
                : memchr("+-.0123456789", c, 13) != NULL ? number(p, out)
                                                         : word(p, out);
    out->to = p->at;
    return fine && p->fault == PDF_NONE;
}

/* Opens or closes what nests. False: it is a simple value. */
static bool scan_bracket(struct pdf *p, bool *opens, bool *is_dict)
{
    *opens = true;
    *is_dict = pdf_has(p, S("<<"));
    if (*is_dict || pdf_has(p, S("[")))
        return true;
    *opens = false;
    *is_dict = pdf_has(p, S(">>"));
    return *is_dict || pdf_has(p, S("]"));
}

static bool close_level(struct pdf *p, struct level *l, bool is_dict, struct pdf_value *out)
{
    if (l->is_dict != is_dict)
        return pdf_fail(p, PDF_SYNTAX, p->at);
    *out = (struct pdf_value){is_dict ? PDF_DICT : PDF_ARRAY, l->from, p->at, 0};
    return !is_dict || close_dict(p, l);
}

bool pdf_scan_value(struct pdf *p, struct pdf_value *out)
{
    struct level open[PDF_DEPTH_MAX];
    size_t depth = 0;
    do {
        pdf_skip_space(p);
        bool opens, is_dict;
        size_t from = p->at;
        *out = (struct pdf_value){PDF_NULL, from, from, 0};
        if (p->at >= p->file.n)
            return pdf_fail(p, PDF_SYNTAX, from);
        if (scan_bracket(p, &opens, &is_dict)) {
            if (opens ? depth == PDF_DEPTH_MAX : depth == 0)
                return pdf_fail(p, opens ? PDF_DEPTH : PDF_SYNTAX, from);
            if (opens) {
                open[depth++] = (struct level){.is_dict = is_dict, .from = from};
                continue;
            }
            if (!close_level(p, &open[--depth], is_dict, out))
                return false;
        } else if (!scan_simple(p, out)) {
            return false;
        }
        if (depth > 0 && open[depth - 1].is_dict && !take_in_dict(p, &open[depth - 1], out))
            return false;
    } while (depth > 0);
    return true;
}

/* -- Looking again ---------------------------------------------------------------------------- */

/* A second look at what was fine at the first: counts go nowhere. */
static struct pdf again(const struct pdf *p, const struct pdf_value *v)
{
    struct pdf copy = *p;
    copy.references = NULL;
    copy.reference_count = copy.reference_cap = 0;
    copy.file.n = v->to - (v->kind == PDF_DICT ? 2 : 1);
    copy.at = v->from + (v->kind == PDF_DICT ? 2 : 1);
    return copy;
}

bool pdf_next(const struct pdf *p, const struct pdf_value *array, size_t *at, struct pdf_value *out)
{
    struct pdf copy = again(p, array);
    if (array->kind != PDF_ARRAY && array->kind != PDF_DICT)
        return false;
    if (*at != 0)
        copy.at = *at;
    pdf_skip_space(&copy);
    if (copy.at >= copy.file.n || !pdf_scan_value(&copy, out))
        return false;
    *at = copy.at;
    return true;
}

bool pdf_find(const struct pdf *p, const struct pdf_value *dict, str key, struct pdf_value *out)
{
    struct pdf_value k;
    size_t at = 0;
    if (dict->kind != PDF_DICT)
        return false;
    while (pdf_next(p, dict, &at, &k) && pdf_next(p, dict, &at, out))
        if (str_eq(str_skip(pdf_text(p, &k), 1), key))
            return true;
    return false;
}

bool pdf_keys_are(const struct pdf *p, const struct pdf_value *dict, str allowed)
{
    struct pdf_value k, v;
    size_t at = 0;
    if (dict->kind != PDF_DICT)
        return false;
    while (pdf_next(p, dict, &at, &k) && pdf_next(p, dict, &at, &v)) {
        str rest = allowed, one;
        bool found = false;
        while (!found && rest.n != 0) {
            rest = str_cut(rest, ' ', &one);
            found = str_eq(one, str_skip(pdf_text(p, &k), 1));
        }
        if (!found)
            return false;
    }
    return true;
}
