/* write/pdf/file: the PDF file as libharu's objects. */
#include "write/pdf/file_int.h"

#include <assert.h>
#include <hpdf_doc.h>
#include <hpdf_pages.h>
#include <string.h>
#include <zlib.h>

#include "base/fatal.h"
#include "base/hash.h"

enum {
    KIDS_MAX = 100, /* pages in one node: few nodes, short arrays */
    ID_BYTES = 16,
    TEXT_UNITS_MAX = 16000, /* UTF-16 units in a string: FILE_STRING_BYTES_MAX, mark and pairs */
};

struct pdf_file {
    struct arena *arena;
    HPDF_Doc doc;
    z_stream zip; /* kept: its tables cost more than a short stream */
    struct buf deflated;
    HPDF_Binary id[2];
};

struct raw {
    str entries;
};

static void on_error(HPDF_STATUS error, HPDF_STATUS detail, void *self)
{
    (void)self;
    fatal("the PDF library refused an object (0x%lx, %lu)", (unsigned long)error,
          (unsigned long)detail);
}

static HPDF_Binary add_id(struct pdf_file *f, HPDF_Array ids)
{
    HPDF_BYTE nothing[ID_BYTES] = {0};
    HPDF_Binary id = HPDF_Binary_New(f->doc->mmgr, nothing, ID_BYTES);
    HPDF_Array_Add(ids, id);
    return id;
}

struct pdf_file *file_open(struct arena *a)
{
    struct pdf_file *f = NEW(a, struct pdf_file);
    f->arena = a;
    f->doc = HPDF_New(on_error, NULL);
    if (!f->doc || deflateInit(&f->zip, Z_DEFAULT_COMPRESSION) != Z_OK)
        fatal("out of memory for a PDF file");
    f->deflated = buf_in(a, 4096);
    f->doc->pdf_version = HPDF_VER_17;
    HPDF_Array ids = file_array(f);
    for (size_t i = 0; i < 2; i++)
        f->id[i] = add_id(f, ids);
    HPDF_Dict_Add(f->doc->trailer, "ID", ids);
    return f;
}

/* Behind the last "trailer", so that no other zeros are taken for the /ID. */
static size_t trailer_at(str file)
{
    size_t from = file.n > 1024 ? file.n - 1024 : 0, at = SIZE_MAX;
    while ((from = str_find(file, S("trailer"), from)) != SIZE_MAX)
        at = from++;
    assert(at != SIZE_MAX);
    return at;
}

/* The file names itself: the digits of its /ID, still zero, are replaced by
 * the hash of everything. The trailer is at the end, so the search is short. */
static void set_id(struct arena *a, str file)
{
    char zeros[2 * ID_BYTES];
    memset(zeros, '0', sizeof zeros);
    str hex = sha256_hex(a, sha256_of(file));
    size_t from = trailer_at(file);
    for (size_t i = 0; i < 2; i++) {
        size_t at = str_find(file, (str){zeros, sizeof zeros}, from);
        assert(at != SIZE_MAX);
        memcpy((char *)file.p + at, hex.p, sizeof zeros);
    }
}

void file_close(struct pdf_file *f, struct buf *out)
{
    HPDF_SaveToStream(f->doc);
    HPDF_UINT32 size = HPDF_GetStreamSize(f->doc);
    char *room = buf_room(out, size);
    HPDF_ResetStream(f->doc);
    HPDF_ReadFromStream(f->doc, (HPDF_BYTE *)room, &size);
    out->n += size;
    set_id(f->arena, (str){room, size});
    HPDF_Free(f->doc);
    deflateEnd(&f->zip);
}

/* libharu's list of all objects grows by the same number each time and is then copied
 * byte by byte: with half a million objects that took a tenth of all time. */
static void grow_by_half(HPDF_List objects)
{
    HPDF_UINT half = objects->block_siz / 2;
    if (half > objects->items_per_block)
        objects->items_per_block = half;
}

HPDF_Dict file_inner_dict(struct pdf_file *f)
{
    return HPDF_Dict_New(f->doc->mmgr);
}

HPDF_Dict file_dict(struct pdf_file *f)
{
    HPDF_Dict dict = file_inner_dict(f);
    grow_by_half(f->doc->xref->entries);
    HPDF_Xref_Add(f->doc->xref, dict);
    return dict;
}

HPDF_Array file_array(struct pdf_file *f)
{
    return HPDF_Array_New(f->doc->mmgr);
}

HPDF_Dict file_catalog(struct pdf_file *f)
{
    return f->doc->catalog;
}

HPDF_Dict file_info(struct pdf_file *f)
{
    return f->doc->info;
}

static HPDF_STATUS write_raw(HPDF_Dict dict, HPDF_Stream stream)
{
    const struct raw *raw = dict->attr;
    return HPDF_Stream_Write(stream, (const HPDF_BYTE *)raw->entries.p, (HPDF_UINT)raw->entries.n);
}

void file_raw(struct pdf_file *f, HPDF_Dict dict, str entries)
{
    struct raw *raw = NEW(f->arena, struct raw);
    if (dict->attr) /* of a stream: its filter */
        entries = str_fmt(f->arena, STR_FMT STR_FMT, STR_ARG(((struct raw *)dict->attr)->entries),
                          STR_ARG(entries));
    raw->entries = entries;
    dict->attr = raw;
    dict->write_fn = write_raw;
}

unsigned file_number(HPDF_Dict dict)
{
    return dict->header.obj_id & 0x00FFFFFF; /* the high byte holds libharu's flags */
}

/* libharu would remove /Filter from a dictionary whose own filter is none, so
 * the name goes in as a raw entry. */
HPDF_Dict file_encoded_stream(struct pdf_file *f, str data, const char *filter)
{
    grow_by_half(f->doc->xref->entries);
    HPDF_Dict dict = HPDF_DictStream_New(f->doc->mmgr, f->doc->xref);
    dict->filter = HPDF_STREAM_FILTER_NONE;
    HPDF_Stream_Write(dict->stream, (const HPDF_BYTE *)data.p, (HPDF_UINT)data.n);
    if (filter)
        file_raw(f, dict, str_fmt(f->arena, "/Filter /%s\n", filter));
    return dict;
}

static str deflate_all(struct pdf_file *f, str data)
{
    assert(data.n <= UINT32_MAX / 2);
    deflateReset(&f->zip);
    size_t room = deflateBound(&f->zip, (uLong)data.n);
    f->deflated.n = 0;
    char *out = buf_room(&f->deflated, room);
    f->zip.next_in = (Bytef *)data.p;
    f->zip.avail_in = (uInt)data.n;
    f->zip.next_out = (Bytef *)out;
    f->zip.avail_out = (uInt)room;
    int status = deflate(&f->zip, Z_FINISH);
    assert(status == Z_STREAM_END);
    return (str){out, room - f->zip.avail_out};
}

HPDF_Dict file_stream(struct pdf_file *f, str data)
{
    return file_encoded_stream(f, deflate_all(f, data), "FlateDecode");
}

/* Gives one or two UTF-16 units. */
static int utf16_units(uint32_t c, unsigned units[2])
{
    if (c < 0x10000) {
        units[0] = c;
        return 1;
    }
    units[0] = 0xD800 + ((c - 0x10000) >> 10);
    units[1] = 0xDC00 + (c & 0x3FF);
    return 2;
}

void file_utf16_hex(struct buf *b, str text, bool with_mark)
{
    static const char digit[] = "0123456789ABCDEF";
    if (with_mark)
        buf_lit(b, "FEFF");
    size_t end = b->n + 4 * TEXT_UNITS_MAX;
    for (size_t at = 0; at < text.n && b->n < end;) {
        unsigned units[2];
        int count = utf16_units(utf8_next(text, &at), units);
        for (int i = 0; i < count; i++)
            for (int shift = 12; shift >= 0; shift -= 4)
                buf_char(b, digit[units[i] >> shift & 15]);
    }
}

void file_add_text(HPDF_Dict dict, const char *key, str text)
{
    HPDF_BYTE bytes[2 + 2 * TEXT_UNITS_MAX + 2] = {0xFE, 0xFF};
    HPDF_UINT n = 2;
    for (size_t at = 0; at < text.n && n < 2 * TEXT_UNITS_MAX;) {
        unsigned units[2];
        int count = utf16_units(utf8_next(text, &at), units);
        for (int i = 0; i < count; i++) {
            bytes[n++] = (HPDF_BYTE)(units[i] >> 8);
            bytes[n++] = (HPDF_BYTE)(units[i] & 255);
        }
    }
    HPDF_Dict_Add(dict, key, HPDF_Binary_New(dict->mmgr, bytes, n));
}

void file_add_real(HPDF_Array array, double value)
{
    HPDF_Array_AddReal(array, (HPDF_REAL)value);
}

/* Recursion as deep as the tree: 100 pages one level, a million three. */
static void add_pages(struct pdf_file *f, HPDF_Pages parent, HPDF_Dict *pages, size_t count)
{
    HPDF_Array kids = HPDF_Dict_GetItem(parent, "Kids", HPDF_OCLASS_ARRAY);
    size_t share = 1; /* pages below each kid */
    while (share * KIDS_MAX < count)
        share *= KIDS_MAX;
    for (size_t i = 0; i < count; i += share) {
        if (share == 1) {
            pages[i]->header.obj_class |= HPDF_OSUBCLASS_PAGE; /* libharu counts these */
            HPDF_Dict_Add(pages[i], "Parent", parent);
            HPDF_Array_Add(kids, pages[i]);
        } else {
            HPDF_Pages node = HPDF_Pages_New(f->doc->mmgr, parent, f->doc->xref);
            add_pages(f, node, pages + i, count - i < share ? count - i : share);
        }
    }
}

void file_add_pages(struct pdf_file *f, HPDF_Dict *pages, size_t count)
{
    add_pages(f, f->doc->root_pages, pages, count);
}
