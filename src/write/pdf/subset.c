/* write/pdf/subset: the glyphs that a document uses, as embedded fonts. */
#include "write/pdf/subset_int.h"

#include <assert.h>
#include <hb-subset.h>
#include <math.h>
#include <string.h>

#include "base/fatal.h"
#include "base/hash.h"
#include "base/map.h"

struct code {
    uint16_t glyph;
    str text;
    double width;
};

struct subset {
    struct code *codes; /* by number; 0 is the glyph for "missing" */
    size_t count, cap;
    uint16_t *code_of_glyph; /* its first code, by glyph; 0: none */
    struct map code_of_pair; /* glyph and text, once a glyph has two texts */
};

struct pdf_subsets {
    struct arena *arena;
    const struct fonts *faces;
    struct subset **v; /* by face; NULL: not used */
};

enum {
    CODES_MAX = 65535,
    SYMBOLIC = 4, /* which a font without an encoding is */
};

struct pdf_subsets *subset_new(struct arena *a, const struct fonts *faces)
{
    struct pdf_subsets *s = NEW(a, struct pdf_subsets);
    *s = (struct pdf_subsets){a, faces, NEW_ARRAY(a, struct subset *, font_file_count)};
    return s;
}

/* Rounded once, here: the file states these widths, and what advances by them
 * must not drift from what the reader's program computes. */
static double width_of(const struct pdf_subsets *s, unsigned face, unsigned glyph)
{
    return round(font_glyph_width(s->faces, face, glyph) * 100) / 100;
}

static uint16_t add_code(struct pdf_subsets *s, unsigned face, unsigned glyph, str text)
{
    struct subset *set = s->v[face];
    assert(set->count < CODES_MAX);
    PUSH(s->arena, set->codes, set->count, set->cap, struct code) =
        (struct code){(uint16_t)glyph, text, width_of(s, face, glyph)};
    return (uint16_t)(set->count - 1);
}

static struct subset *set_for(struct pdf_subsets *s, unsigned face)
{
    if (!s->v[face]) {
        s->v[face] = NEW(s->arena, struct subset);
        unsigned glyphs = hb_face_get_glyph_count(font_face(s->faces, face)->hb);
        s->v[face]->code_of_glyph = NEW_ARRAY(s->arena, uint16_t, glyphs);
        s->v[face]->code_of_pair = map_in(s->arena);
        add_code(s, face, 0, S(""));
    }
    return s->v[face];
}

/* A glyph's second text: pairs are rare, so they share one map. When codes run
 * out (a document of 65,000 distinct pairs) the glyph is still the right one. */
static uint16_t pair_code(struct pdf_subsets *s, unsigned face, unsigned glyph, str text)
{
    struct subset *set = s->v[face];
    str key = str_fmt(s->arena, "%u " STR_FMT, glyph, STR_ARG(text));
    uint16_t *known = map_find(&set->code_of_pair, key);
    if (known)
        return *known;
    if (set->count == CODES_MAX)
        return set->code_of_glyph[glyph];
    uint16_t *code = NEW(s->arena, uint16_t);
    *code = add_code(s, face, glyph, text);
    map_put(&set->code_of_pair, key, code);
    return *code;
}

uint16_t subset_code(struct pdf_subsets *s, unsigned face, unsigned glyph, str text)
{
    struct subset *set = set_for(s, face);
    uint16_t first = set->code_of_glyph[glyph];
    if (first && str_eq(set->codes[first].text, text))
        return first;
    if (first)
        return pair_code(s, face, glyph, text);
    if (set->count == CODES_MAX)
        return 0;
    return set->code_of_glyph[glyph] = add_code(s, face, glyph, text);
}

double subset_width(const struct pdf_subsets *s, unsigned face, uint16_t code)
{
    return s->v[face]->codes[code].width;
}

bool subset_is_used(const struct pdf_subsets *s, unsigned face)
{
    return s->v[face] != NULL;
}

struct hb_subset_input_t *subset_input(void)
{
    static const char drop[][4] = {"GSUB", "GPOS", "GDEF", "kern", "name", "post", "cmap", "OS/2",
                                   "DSIG", "meta", "gasp", "VORG", "vhea", "vmtx", "MATH", "BASE"};
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input)
        fatal("out of memory for a font subset");
    hb_set_t *dropped = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (size_t i = 0; i < COUNT_OF(drop); i++)
        hb_set_add(dropped, HB_TAG(drop[i][0], drop[i][1], drop[i][2], drop[i][3]));
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
    return input;
}

static hb_subset_input_t *what_to_keep(const struct subset *set)
{
    hb_subset_input_t *input = subset_input();
    hb_set_t *glyphs = hb_subset_input_glyph_set(input);
    for (size_t i = 0; i < set->count; i++)
        hb_set_add(glyphs, set->codes[i].glyph);
    return input;
}

str subset_bytes(struct arena *a, struct hb_face_t *cut)
{
    hb_blob_t *blob = hb_face_reference_blob(cut);
    unsigned size;
    const char *bytes = hb_blob_get_data(blob, &size);
    str font = str_dup(a, (str){bytes, size});
    hb_blob_destroy(blob);
    return font;
}

/* The subset's bytes; new_glyph is filled by code. */
static str cut_font(struct arena *a, const struct font_face *face, const struct subset *set,
                    uint16_t *new_glyph)
{
    hb_subset_input_t *input = what_to_keep(set);
    hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(face->hb, input);
    hb_face_t *cut = plan ? hb_subset_plan_execute_or_fail(plan) : NULL;
    if (!cut)
        fatal("the font '" STR_FMT "' cannot be subset", STR_ARG(face->name));
    const hb_map_t *map = hb_subset_plan_old_to_new_glyph_mapping(plan);
    for (size_t i = 0; i < set->count; i++)
        new_glyph[i] = (uint16_t)hb_map_get(map, set->codes[i].glyph);
    str font = subset_bytes(a, cut);
    hb_face_destroy(cut);
    hb_subset_plan_destroy(plan);
    hb_subset_input_destroy(input);
    return font;
}

const char *subset_name(struct arena *a, const struct font_face *face, str font)
{
    struct sha256 hash = sha256_of(font);
    struct buf b = buf_in(a, 80);
    for (size_t i = 0; i < 6; i++)
        buf_char(&b, (char)('A' + hash.byte[i] % 26));
    buf_fmt(&b, "+" STR_FMT, STR_ARG(face->name));
    return str_c(a, buf_str(&b));
}

HPDF_Dict subset_descriptor(struct pdf_file *f, struct arena *a, const struct subset_font *font)
{
    const struct font_face *face = font->face;
    HPDF_Dict file = file_stream(f, font->bytes);
    HPDF_Dict_AddNumber(file, "Length1", (HPDF_INT32)font->bytes.n);
    HPDF_Dict d = file_dict(f);
    HPDF_Dict_AddName(d, "Type", "FontDescriptor");
    HPDF_Dict_AddName(d, "FontName", font->name);
    /* Flags: 1 fixed width; 64 italic. */
    HPDF_Dict_AddNumber(d, "Flags",
                        font->flag + (face->is_mono ? 1 : 0) + (face->italic_angle < 0 ? 64 : 0));
    struct buf b = buf_in(a, 160);
    buf_lit(&b, "/FontBBox [");
    for (size_t i = 0; i < 4; i++) {
        buf_number(&b, face->bbox[i], 0);
        buf_char(&b, i < 3 ? ' ' : ']');
    }
    buf_lit(&b, "\n/ItalicAngle ");
    buf_number(&b, face->italic_angle, 0);
    buf_lit(&b, "\n/Ascent ");
    buf_number(&b, face->ascent, 0);
    buf_lit(&b, "\n/Descent ");
    buf_number(&b, -face->descent, 0);
    buf_lit(&b, "\n/CapHeight ");
    buf_number(&b, face->cap_height, 0);
    buf_fmt(&b, "\n/StemV %d\n", face->is_bold ? 140 : 80);
    file_raw(f, d, buf_str(&b));
    HPDF_Dict_Add(d, "FontFile2", file);
    return d;
}

static str widths(struct arena *a, const struct subset *set)
{
    struct buf b = buf_in(a, set->count * 5 + 32);
    buf_lit(&b, "/W [0 [");
    for (size_t i = 0; i < set->count; i++) {
        if (i > 0)
            buf_char(&b, i % 16 ? ' ' : '\n');
        buf_number(&b, set->codes[i].width, 2);
    }
    buf_lit(&b, "]]\n");
    return buf_str(&b);
}

static HPDF_Dict descendant(struct pdf_file *f, struct arena *a, const struct subset *set,
                            const struct font_face *face, const char **name)
{
    uint16_t *new_glyph = NEW_ARRAY(a, uint16_t, set->count);
    str font = cut_font(a, face, set, new_glyph);
    *name = subset_name(a, face, font);
    char *map = NEW_ARRAY(a, char, 2 * set->count);
    for (size_t i = 0; i < set->count; i++) {
        map[2 * i] = (char)(new_glyph[i] >> 8);
        map[2 * i + 1] = (char)(new_glyph[i] & 255);
    }
    HPDF_Dict d = file_dict(f);
    HPDF_Dict_AddName(d, "Type", "Font");
    HPDF_Dict_AddName(d, "Subtype", "CIDFontType2");
    HPDF_Dict_AddName(d, "BaseFont", *name);
    HPDF_Dict_Add(d, "FontDescriptor",
                  subset_descriptor(f, a, &(struct subset_font){face, *name, font, SYMBOLIC}));
    HPDF_Dict_Add(d, "CIDToGIDMap", file_stream(f, (str){map, 2 * set->count}));
    str info = S("/CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>>\n");
    str parts[] = {info, widths(a, set)};
    file_raw(f, d, str_join(a, parts, 2, S("")));
    return d;
}

void subset_begin_cmap(struct buf *b, str range)
{
    buf_lit(b, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
               "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
               "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n");
    buf_fmt(b, "1 begincodespacerange\n" STR_FMT "\nendcodespacerange\n", STR_ARG(range));
}

void subset_cmap_section(struct buf *b, struct buf *lines, size_t *line_count)
{
    buf_fmt(b, "%zu beginbfchar\n", *line_count);
    buf_add(b, buf_str(lines));
    buf_lit(b, "endbfchar\n");
    lines->n = *line_count = 0;
}

void subset_end_cmap(struct buf *b)
{
    buf_lit(b, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
}

/* Programs read up to 255 digits: enough for all but letters under heaps of marks. */
static str start_of(str text)
{
    enum { CHARACTERS_MAX = 30 }; /* of two units at most, of four digits each */
    size_t at = 0;
    for (int i = 0; i < CHARACTERS_MAX && at < text.n; i++)
        utf8_next(text, &at);
    return str_from_to(text, 0, at);
}

/* Every glyph says something, though it be nothing (U+200B): of a glyph that
 * belongs to its neighbour's text the text around both says it. Byte order marks
 * and what is no character (U+FFFE) may not stand for a glyph. */
static void add_meaning(struct buf *b, str text)
{
    buf_char(b, '<');
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t c = utf8_next(text, &at);
        bool is_none = c == 0 || c == 0xFEFF || c == 0xFFFE || c == 0xFFFF;
        file_utf16_hex(b, is_none ? S("\u200B") : str_from_to(text, from, at), false);
    }
    buf_add(b, text.n == 0 ? S("200B>\n") : S(">\n"));
}

static HPDF_Dict to_unicode(struct pdf_file *f, struct arena *a, const struct subset *set)
{
    struct buf lines = buf_in(a, 2048), b = buf_in(a, set->count * 16 + 512);
    size_t line_count = 0;
    subset_begin_cmap(&b, S("<0000> <FFFF>"));
    for (size_t i = 1; i <= set->count; i++) {
        if (i < set->count) {
            buf_fmt(&lines, "<%04zX> ", i);
            add_meaning(&lines, start_of(set->codes[i].text));
            line_count++;
        }
        if (line_count == CMAP_LINES_MAX || (i == set->count && line_count > 0))
            subset_cmap_section(&b, &lines, &line_count);
    }
    subset_end_cmap(&b);
    return file_stream(f, buf_str(&b));
}

void subset_embed(struct pdf_subsets *s, struct pdf_file *f, HPDF_Dict resources)
{
    HPDF_Dict fonts = file_inner_dict(f);
    HPDF_Dict_Add(resources, "Font", fonts);
    for (unsigned i = 0; i < font_file_count; i++) {
        if (!s->v[i])
            continue;
        const char *name;
        HPDF_Dict below = descendant(f, s->arena, s->v[i], font_face(s->faces, i), &name);
        HPDF_Dict font = file_dict(f);
        HPDF_Dict_AddName(font, "Type", "Font");
        HPDF_Dict_AddName(font, "Subtype", "Type0");
        HPDF_Dict_AddName(font, "BaseFont", name);
        HPDF_Dict_AddName(font, "Encoding", "Identity-H");
        HPDF_Array list = file_array(f);
        HPDF_Array_Add(list, below);
        HPDF_Dict_Add(font, "DescendantFonts", list);
        HPDF_Dict_Add(font, "ToUnicode", to_unicode(f, s->arena, s->v[i]));
        HPDF_Dict_Add(fonts, str_c(s->arena, str_fmt(s->arena, "F%u", i)), font);
    }
}
