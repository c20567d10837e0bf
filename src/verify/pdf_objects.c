/* verify/pdf_objects: table, trailer and objects, which together are the whole file. */
#include "verify/pdf_int.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "verify/format.h"

enum {
    ENTRY_BYTES = 20,    /* of the table: "0000000015 00000 n\r\n" */
    TAIL_BYTES_MAX = 40, /* "startxref", an offset and the end */
};

static bool read_header(struct pdf *p)
{
    static const str version[] = {S_INIT("%PDF-1.4\n"), S_INIT("%PDF-1.5\n"), S_INIT("%PDF-1.6\n"),
                                  S_INIT("%PDF-1.7\n"), S_INIT("%PDF-2.0\n")};
    bool known = false;
    for (size_t i = 0; !known && i < COUNT_OF(version); i++)
        known = pdf_has(p, version[i]);
    /* Four bytes above ASCII tell transports that this is no text. */
    str mark = str_skip(p->file, p->at);
    if (!known || mark.n < 6 || mark.p[0] != '%' || mark.p[5] != '\n')
        return pdf_fail(p, PDF_HEADER, p->at);
    for (size_t i = 1; i < 5; i++)
        if ((unsigned char)mark.p[i] < 0x80)
            return pdf_fail(p, PDF_HEADER, p->at + i);
    p->at += 6;
    return true;
}

/* The last lines: "startxref", where the table is, the end. */
static bool read_tail(struct pdf *p, size_t *table, size_t *tail)
{
    str end = S("\n%%EOF\n"), key = S("startxref\n");
    if (p->file.n < TAIL_BYTES_MAX || !str_ends(p->file, end))
        return pdf_fail(p, PDF_END, p->file.n);
    size_t to = p->file.n - end.n, from = to;
    while (from > 0 && to - from < 12 && ascii_is_digit(p->file.p[from - 1]))
        from--;
    uint64_t value = 0;
    bool fine = format_number(str_from_to(p->file, from, to), p->file.n, &value) && from >= key.n &&
                str_ends(str_from_to(p->file, 0, from), key);
    *table = (size_t)value;
    *tail = fine ? from - key.n : 0;
    return fine && *table < *tail ? true : pdf_fail(p, PDF_END, from);
}

/* "0000000015 00000 n" and two bytes for the line's end. */
static bool read_entry(struct pdf *p, size_t index)
{
    str line = str_from_to(p->file, p->at, p->at + ENTRY_BYTES);
    uint64_t offset = 0;
    str tail = index == 0 ? S(" 65535 f") : S(" 00000 n");
    bool end = line.p[18] == '\r' || line.p[18] == ' ';
    for (size_t i = 0; i < 10; i++) {
        if (!ascii_is_digit(line.p[i]))
            return pdf_fail(p, PDF_XREF, p->at);
        offset = offset * 10 + (uint64_t)(line.p[i] - '0');
    }
    if (!str_eq(str_from_to(line, 10, 18), tail) || !end || line.p[19] != '\n' ||
        (index == 0 && offset != 0) || offset >= p->file.n)
        return pdf_fail(p, PDF_XREF, p->at);
    p->objects[index].from = (size_t)offset;
    p->at += ENTRY_BYTES;
    return true;
}

static bool read_table(struct pdf *p, size_t tail)
{
    uint64_t count = 0;
    size_t at = p->at;
    bool head = pdf_has(p, S("xref\n0 "));
    size_t n = str_find_char(p->file, '\n', p->at);
    if (!head || n == SIZE_MAX || n > tail ||
        !format_number(str_from_to(p->file, p->at, n), PDF_OBJECTS_MAX, &count) || count < 2)
        return pdf_fail(p, PDF_XREF, at);
    p->at = n + 1;
    if (count > (tail - p->at) / ENTRY_BYTES)
        return pdf_fail(p, PDF_XREF, at);
    p->object_count = (size_t)count;
    p->objects = NEW_ARRAY(p->arena, struct pdf_object, p->object_count);
    for (size_t i = 0; i < p->object_count; i++)
        if (!read_entry(p, i))
            return false;
    return true;
}

static bool read_trailer(struct pdf *p, size_t tail)
{
    struct pdf_value size, root;
    size_t at = p->at;
    if (!pdf_has(p, S("trailer\n")) || !pdf_scan_value(p, &p->trailer))
        return pdf_fail(p, PDF_TRAILER, at);
    pdf_skip_space(p);
    bool fine = p->at == tail && pdf_keys_are(p, &p->trailer, S("Size Root Info ID")) &&
                pdf_find(p, &p->trailer, S("Size"), &size) && size.kind == PDF_INTEGER &&
                (uint64_t)size.number == p->object_count &&
                pdf_find(p, &p->trailer, S("Root"), &root) && root.kind == PDF_REFERENCE;
    return fine ? true : pdf_fail(p, PDF_TRAILER, at);
}

/* -- Objects ---------------------------------------------------------------------------------- */

/* "12 0 obj" */
static bool read_object_head(struct pdf *p, size_t number)
{
    char head[40];
    int n = snprintf(head, sizeof head, "%zu 0 obj", number);
    return pdf_has(p, (str){head, (size_t)n}) ? true : pdf_fail(p, PDF_COVER, p->at);
}

/* A stream's length may stand in an object of its own. */
static bool length_of(struct pdf *p, const struct pdf_value *dict, size_t *length)
{
    struct pdf_value v;
    if (!pdf_find(p, dict, S("Length"), &v))
        return false;
    if (v.kind == PDF_REFERENCE) {
        struct pdf there = *p;
        there.at = p->objects[v.number].from;
        if (!read_object_head(&there, (size_t)v.number))
            return false;
        /* A number and nothing else: many streams may refer to one large object. */
        pdf_skip_space(&there);
        if (!pdf_scan_digits(&there, &v.number))
            return false;
        pdf_skip_space(&there);
        v.kind = pdf_has(&there, S("endobj")) ? PDF_INTEGER : PDF_NULL;
    }
    *length = (size_t)v.number;
    return v.kind == PDF_INTEGER && v.number >= 0 && (uint64_t)v.number <= p->file.n - p->at;
}

static bool read_stream(struct pdf *p, const struct pdf_value *dict)
{
    size_t at = p->at, length;
    struct pdf_value outside;
    if (dict->kind != PDF_DICT || (!pdf_has(p, S("\r\n")) && !pdf_has(p, S("\n"))))
        return pdf_fail(p, PDF_SYNTAX, at);
    /* /F would take the bytes from another file. */
    if (!length_of(p, dict, &length) || pdf_find(p, dict, S("F"), &outside))
        return pdf_fail(p, PDF_SYNTAX, at);
    p->at += length;
    if (!pdf_has(p, S("\r\n")))
        pdf_has(p, S("\n"));
    return pdf_has(p, S("endstream")) ? true : pdf_fail(p, PDF_SYNTAX, p->at);
}

static bool read_object(struct pdf *p, size_t number)
{
    struct pdf_object *o = &p->objects[number];
    if (!read_object_head(p, number))
        return false;
    o->first_reference = p->reference_count;
    if (!pdf_scan_value(p, &o->value))
        return false;
    o->reference_count = p->reference_count - o->first_reference;
    pdf_skip_space(p);
    if (pdf_has(p, S("stream")) && !read_stream(p, &o->value))
        return false;
    pdf_skip_space(p);
    if (!pdf_has(p, S("endobj")))
        return pdf_fail(p, PDF_SYNTAX, p->at);
    o->to = p->at;
    pdf_skip_space(p);
    return true;
}

struct place {
    size_t from, number;
};

static int by_place(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    return (x->from > y->from) - (x->from < y->from);
}

/* Objects in the order of the file: each begins where the one before ends. */
static bool read_objects(struct pdf *p, size_t table)
{
    size_t count = p->object_count - 1;
    struct place *order = NEW_ARRAY(p->arena, struct place, count);
    for (size_t i = 0; i < count; i++)
        order[i] = (struct place){p->objects[i + 1].from, i + 1};
    qsort(order, count, sizeof *order, by_place);
    for (size_t i = 0; i < count; i++) {
        if (order[i].from != p->at)
            return pdf_fail(p, PDF_COVER, p->at);
        if (!read_object(p, order[i].number))
            return false;
    }
    return p->at == table ? true : pdf_fail(p, PDF_COVER, p->at);
}

/* -- Reachable from the trailer --------------------------------------------------------------- */

static void reach(struct pdf *p, uint32_t *waiting, size_t *count, size_t number)
{
    if (p->objects[number].reached)
        return;
    p->objects[number].reached = true;
    waiting[(*count)++] = (uint32_t)number;
}

static bool all_reachable(struct pdf *p, size_t trailer_from, size_t trailer_to)
{
    uint32_t *waiting = NEW_ARRAY(p->arena, uint32_t, p->object_count);
    size_t count = 0;
    for (size_t i = trailer_from; i < trailer_to; i++)
        reach(p, waiting, &count, p->references[i]);
    while (count > 0) {
        const struct pdf_object *o = &p->objects[waiting[--count]];
        for (size_t i = 0; i < o->reference_count; i++)
            reach(p, waiting, &count, p->references[o->first_reference + i]);
    }
    for (size_t i = 1; i < p->object_count; i++)
        if (!p->objects[i].reached)
            return pdf_fail(p, PDF_UNREACHABLE, p->objects[i].from);
    return true;
}

bool pdf_read(struct pdf *p)
{
    size_t table = 0, tail = 0;
    if (!read_header(p) || !read_tail(p, &table, &tail))
        return false;
    size_t body = p->at;
    p->at = table;
    if (!read_table(p, tail) || !read_trailer(p, tail))
        return false;
    size_t of_trailer = p->reference_count;
    p->at = body;
    return read_objects(p, table) && all_reachable(p, 0, of_trailer);
}

struct pdf_value pdf_resolve(const struct pdf *p, struct pdf_value v)
{
    return v.kind == PDF_REFERENCE ? p->objects[v.number].value : v;
}
