/* write/pdf/latin: the font that fields are typed with.
 *
 * Programs that fill in forms write codes of one byte: a simple TrueType font
 * in WinAnsiEncoding is what all of them know. */
#include "write/pdf/input_int.h"

#include <hb-subset.h>
#include <hb.h>

#include "base/fatal.h"

enum { FIRST = 32, LAST = 255 };

/* Codes 128 to 159; the others are those of Unicode. 0: not in the encoding. */
static const uint16_t high[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static unsigned unicode_of(unsigned code)
{
    if (code == 127)
        return 0;
    return code >= 128 && code < 160 ? high[code - 128] : code;
}

static str cut(struct arena *a, const struct font_face *face)
{
    hb_subset_input_t *input = subset_input();
    hb_set_t *characters = hb_subset_input_unicode_set(input);
    for (unsigned code = FIRST; code <= LAST; code++)
        if (unicode_of(code) != 0)
            hb_set_add(characters, unicode_of(code));
    hb_set_del(hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG),
               HB_TAG('c', 'm', 'a', 'p'));
    hb_face_t *small = hb_subset_or_fail(face->hb, input);
    if (small == NULL)
        fatal("the font '" STR_FMT "' cannot be subset", STR_ARG(face->name));
    str font = subset_bytes(a, small);
    hb_face_destroy(small);
    hb_subset_input_destroy(input);
    return font;
}

static str widths(struct arena *a, const struct fonts *faces, unsigned number)
{
    struct buf b = buf_in(a, 1200);
    hb_font_t *font = hb_font_create(font_face(faces, number)->hb);
    buf_fmt(&b, "/FirstChar %d\n/LastChar %d\n/Widths [", FIRST, LAST);
    for (unsigned code = FIRST; code <= LAST; code++) {
        hb_codepoint_t glyph = 0;
        bool is_there =
            unicode_of(code) != 0 && hb_font_get_nominal_glyph(font, unicode_of(code), &glyph);
        buf_number(&b, is_there ? font_glyph_width(faces, number, glyph) : 0, 2);
        buf_char(&b, code % 16 == 15 ? '\n' : ' ');
    }
    hb_font_destroy(font);
    buf_lit(&b, "]\n/Encoding /WinAnsiEncoding\n");
    return buf_str(&b);
}

/* The way back to characters, which the encoding gives already: some readers look here alone. */
static HPDF_Dict to_unicode(struct pdf_file *f, struct arena *a)
{
    struct buf b = buf_in(a, 6000), lines = buf_in(a, 3000);
    size_t count = 0;
    subset_begin_cmap(&b, S("<00> <FF>"));
    for (unsigned code = FIRST; code <= LAST; code++) {
        if (unicode_of(code) != 0) {
            buf_fmt(&lines, "<%02X> <%04X>\n", code, unicode_of(code));
            count++;
        }
        if (count == CMAP_LINES_MAX || (code == LAST && count > 0))
            subset_cmap_section(&b, &lines, &count);
    }
    subset_end_cmap(&b);
    return file_stream(f, buf_str(&b));
}

HPDF_Dict latin_font(struct pdf_file *f, struct arena *a, const struct fonts *faces)
{
    enum { NONSYMBOLIC = 32 };
    unsigned number = font_style_face(FONT_REGULAR);
    const struct font_face *face = font_face(faces, number);
    str bytes = cut(a, face);
    const char *name = subset_name(a, face, bytes);
    HPDF_Dict font = file_dict(f);
    HPDF_Dict_AddName(font, "Type", "Font");
    HPDF_Dict_AddName(font, "Subtype", "TrueType");
    HPDF_Dict_AddName(font, "BaseFont", name);
    HPDF_Dict_Add(font, "FontDescriptor",
                  subset_descriptor(f, a, &(struct subset_font){face, name, bytes, NONSYMBOLIC}));
    HPDF_Dict_Add(font, "ToUnicode", to_unicode(f, a));
    file_raw(f, font, widths(a, faces, number));
    return font;
}
