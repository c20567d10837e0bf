/* text/font: the fonts of paper and drawings: files, fallback, shaping, widths. */
#include "text/font.h"

#include <assert.h>
#include <errno.h>
#include <hb-ot.h>

#include "text/font_int.h"

/* One row a face. The styles come first, in the order of enum font_style; then
 * a pair (regular, bold) for each script; then the faces that have a bit of
 * everything, in the order they are asked. A script without a bold face names
 * its regular face twice. Chinese and Japanese need no pair, because nothing
 * before Droid Sans Fallback has them; that one, unlike Noto CJK, has TrueType
 * outlines, so its subsets embed like all others. */
#define NOTO   "/usr/share/fonts/truetype/noto/"
#define DEJAVU "/usr/share/fonts/truetype/dejavu/"
#define SANS(name, style)                                                                          \
    {                                                                                              \
        NOTO "NotoSans" name "-" style ".ttf", "fonts-noto-core", false                            \
    }
#define PAIR(name) SANS(name, "Regular"), SANS(name, "Bold")

enum { SCRIPT_FIRST = FONT_STYLE_COUNT, SCRIPT_COUNT = 27 };
enum { COMMON_FIRST = SCRIPT_FIRST + 2 * SCRIPT_COUNT };

const struct font_file font_file[] = {
    {NOTO "NotoSans-Regular.ttf", "fonts-noto-core", true},
    {NOTO "NotoSans-Bold.ttf", "fonts-noto-core", true},
    {NOTO "NotoSans-Italic.ttf", "fonts-noto-core", true},
    {NOTO "NotoSans-BoldItalic.ttf", "fonts-noto-core", true},
    {NOTO "NotoSansMono-Regular.ttf", "fonts-noto-mono", true},
    {NOTO "NotoSansMono-Bold.ttf", "fonts-noto-mono", true},
    PAIR("Arabic"),
    PAIR("Armenian"),
    PAIR("Bengali"),
    PAIR("CanadianAboriginal"),
    PAIR("Cherokee"),
    PAIR("Devanagari"),
    PAIR("Ethiopic"),
    PAIR("Georgian"),
    PAIR("Gujarati"),
    PAIR("Gurmukhi"),
    PAIR("Hebrew"),
    PAIR("Kannada"),
    PAIR("Khmer"),
    PAIR("Lao"),
    PAIR("Malayalam"),
    PAIR("Myanmar"),
    PAIR("Oriya"),
    PAIR("Sinhala"),
    PAIR("Tamil"),
    PAIR("Telugu"),
    PAIR("Thaana"),
    PAIR("Thai"),
    SANS("Mongolian", "Regular"),
    SANS("Mongolian", "Regular"),
    SANS("NKo", "Regular"),
    SANS("NKo", "Regular"),
    SANS("Syriac", "Regular"),
    SANS("Syriac", "Regular"),
    SANS("Tifinagh", "Regular"),
    SANS("Tifinagh", "Regular"),
    {"/usr/share/fonts/truetype/nanum/NanumGothic.ttf", "fonts-nanum", false},
    {"/usr/share/fonts/truetype/nanum/NanumGothicBold.ttf", "fonts-nanum", false},
    SANS("Math", "Regular"),
    SANS("Symbols", "Regular"),
    SANS("Symbols2", "Regular"),
    {DEJAVU "DejaVuSans.ttf", "fonts-dejavu-core", true},
    {"/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf", "fonts-droid-fallback", false},
    {"/usr/share/fonts/truetype/ancient-scripts/Symbola_hint.ttf", "fonts-symbola", false},
};
const size_t font_file_count = COUNT_OF(font_file);

enum { FACE_BOX = COMMON_FIRST + 3 }; /* DejaVu Sans */

static const hb_script_t script_of_pair[] = {
    HB_SCRIPT_ARABIC,   HB_SCRIPT_ARMENIAN,   HB_SCRIPT_BENGALI,   HB_SCRIPT_CANADIAN_SYLLABICS,
    HB_SCRIPT_CHEROKEE, HB_SCRIPT_DEVANAGARI, HB_SCRIPT_ETHIOPIC,  HB_SCRIPT_GEORGIAN,
    HB_SCRIPT_GUJARATI, HB_SCRIPT_GURMUKHI,   HB_SCRIPT_HEBREW,    HB_SCRIPT_KANNADA,
    HB_SCRIPT_KHMER,    HB_SCRIPT_LAO,        HB_SCRIPT_MALAYALAM, HB_SCRIPT_MYANMAR,
    HB_SCRIPT_ORIYA,    HB_SCRIPT_SINHALA,    HB_SCRIPT_TAMIL,     HB_SCRIPT_TELUGU,
    HB_SCRIPT_THAANA,   HB_SCRIPT_THAI,       HB_SCRIPT_MONGOLIAN, HB_SCRIPT_NKO,
    HB_SCRIPT_SYRIAC,   HB_SCRIPT_TIFINAGH,   HB_SCRIPT_HANGUL,
};
_Static_assert(COUNT_OF(script_of_pair) == SCRIPT_COUNT, "each pair of faces has its script");
_Static_assert(COUNT_OF(font_file) == COMMON_FIRST + 6, "each script has its pair of faces");

static double metric(hb_font_t *font, hb_ot_metrics_tag_t tag, double upem, double otherwise)
{
    hb_position_t value;
    return hb_ot_metrics_get_position(font, tag, &value) ? value * 1000.0 / upem : otherwise;
}

/* The corners of the box around all glyphs, from the table `head`. */
static void read_bbox(hb_face_t *hb, double upem, double bbox[4])
{
    hb_blob_t *head = hb_face_reference_table(hb, HB_TAG('h', 'e', 'a', 'd'));
    unsigned size;
    const char *bytes = hb_blob_get_data(head, &size);
    for (size_t i = 0; i < 4 && size >= 44; i++) {
        const unsigned char *at = (const unsigned char *)bytes + 36 + 2 * i;
        bbox[i] = (int16_t)(uint16_t)(at[0] << 8 | at[1]) * 1000.0 / upem;
    }
    hb_blob_destroy(head);
}

static str read_name(struct arena *a, hb_face_t *hb)
{
    char name[64]; /* the specification allows 63 letters */
    unsigned size = sizeof name;
    hb_ot_name_get_utf8(hb, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &size, name);
    return size > 0 ? str_dup(a, (str){name, size}) : S("Font");
}

static void read_metrics(struct arena *a, struct face_state *s)
{
    struct font_face *f = &s->face;
    double upem = hb_face_get_upem(f->hb);
    f->name = read_name(a, f->hb);
    f->ascent = metric(s->font, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER, upem, 900);
    f->descent = -metric(s->font, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER, upem, -250);
    f->cap_height = metric(s->font, HB_OT_METRICS_TAG_CAP_HEIGHT, upem, 714);
    f->underline_y = metric(s->font, HB_OT_METRICS_TAG_UNDERLINE_OFFSET, upem, -100);
    f->underline_size = metric(s->font, HB_OT_METRICS_TAG_UNDERLINE_SIZE, upem, 50);
    f->strike_y = metric(s->font, HB_OT_METRICS_TAG_STRIKEOUT_OFFSET, upem, 320);
    f->italic_angle = hb_style_get_value(s->font, HB_STYLE_TAG_SLANT_ANGLE);
    f->is_bold = str_find(f->name, S("Bold"), 0) != SIZE_MAX;
    f->is_mono = str_find(f->name, S("Mono"), 0) != SIZE_MAX;
    read_bbox(f->hb, upem, f->bbox);
}

/* Only TrueType outlines: subsets are written as CIDFontType2. */
static bool has_outlines(hb_face_t *hb)
{
    hb_blob_t *glyf = hb_face_reference_table(hb, HB_TAG('g', 'l', 'y', 'f'));
    bool found = hb_blob_get_length(glyf) > 0;
    hb_blob_destroy(glyf);
    return found;
}

static bool open_face(struct fonts *f, size_t number)
{
    struct face_state *s = &f->faces[number];
    if (s->is_tried)
        return s->face.hb;
    s->is_tried = true;
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(font_file[number].path);
    if (!blob)
        return false;
    hb_face_t *hb = hb_face_create(blob, 0);
    hb_blob_destroy(blob); /* the face holds it */
    if (!has_outlines(hb)) {
        hb_face_destroy(hb);
        return false;
    }
    s->face.hb = hb;
    s->font = hb_font_create(hb); /* its scale is the units of the em */
    read_metrics(f->arena, s);
    return true;
}

struct fonts *font_open(struct arena *a, struct diags *d)
{
    struct fonts *f = NEW(a, struct fonts);
    *f = (struct fonts){a, NEW_ARRAY(a, struct face_state, font_file_count), hb_buffer_create()};
    for (size_t i = 0; i < font_file_count; i++) {
        if (font_file[i].is_needed && !open_face(f, i)) {
            str doing = str_fmt(a, "open the font of the Debian package %s", font_file[i].package);
            diag_os(d, str_from(font_file[i].path), ENOENT, str_c(a, doing));
            font_close(f);
            return NULL;
        }
    }
    return f;
}

void font_close(struct fonts *f)
{
    for (size_t i = 0; i < font_file_count; i++) {
        hb_font_destroy(f->faces[i].font); /* NULL is fine with both */
        hb_face_destroy(f->faces[i].face.hb);
    }
    hb_buffer_destroy(f->buffer);
    f->buffer = NULL;
}

const struct font_face *font_face(const struct fonts *f, unsigned face)
{
    assert(face < font_file_count && f->faces[face].face.hb);
    return &f->faces[face].face;
}

unsigned font_style_face(enum font_style style)
{
    return (unsigned)style;
}

double font_glyph_width(const struct fonts *f, unsigned face, unsigned glyph)
{
    const struct face_state *s = &f->faces[face];
    return hb_font_get_glyph_h_advance(s->font, glyph) * 1000.0 / hb_face_get_upem(s->face.hb);
}

double font_ascent(const struct fonts *f, double size)
{
    return f->faces[FONT_REGULAR].face.ascent * size / 1000;
}

double font_descent(const struct fonts *f, double size)
{
    return f->faces[FONT_REGULAR].face.descent * size / 1000;
}

static bool face_has(struct fonts *f, size_t face, hb_codepoint_t c)
{
    hb_codepoint_t glyph;
    return open_face(f, face) && hb_font_get_nominal_glyph(f->faces[face].font, c, &glyph);
}

/* The face for one character, or font_file_count when no font has it. */
static size_t face_for(struct fonts *f, hb_codepoint_t c, hb_script_t script, enum font_style style)
{
    bool is_bold = style == FONT_BOLD || style == FONT_BOLD_ITALIC || style == FONT_MONO_BOLD;
    if (face_has(f, style, c))
        return style;
    if (style == FONT_MONO && face_has(f, FONT_REGULAR, c))
        return FONT_REGULAR;
    if (style == FONT_MONO_BOLD && face_has(f, FONT_BOLD, c))
        return FONT_BOLD;
    for (size_t i = 0; i < SCRIPT_COUNT; i++) {
        size_t pair = SCRIPT_FIRST + 2 * i;
        if (script_of_pair[i] == script && is_bold && face_has(f, pair + 1, c))
            return pair + 1;
        if (script_of_pair[i] == script && face_has(f, pair, c))
            return pair;
    }
    size_t face = COMMON_FIRST;
    while (face < font_file_count && !face_has(f, face, c))
        face++;
    return face;
}

/* Marks, joiners and variation selectors belong to the letter before them. */
static bool sticks(hb_codepoint_t c)
{
    switch (hb_unicode_general_category(hb_unicode_funcs_get_default(), c)) {
    case HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK:
    case HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK:
    case HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK:
    case HB_UNICODE_GENERAL_CATEGORY_FORMAT:
        return true;
    default:
        return false;
    }
}

/* Format characters draw nothing, so that no font has one is no fault. */
static bool is_silent(hb_codepoint_t c)
{
    return hb_unicode_general_category(hb_unicode_funcs_get_default(), c) ==
               HB_UNICODE_GENERAL_CATEGORY_FORMAT ||
           (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

static bool is_open_script(hb_script_t script)
{
    return script == HB_SCRIPT_COMMON || script == HB_SCRIPT_INHERITED;
}

static bool is_ascii(str text, size_t from)
{
    for (size_t i = from; i < text.n; i++)
        if ((unsigned char)text.p[i] - 0x20u >= 0x5Fu)
            return false;
    return true;
}

static struct face_run run_of_character(struct fonts *f, hb_codepoint_t c, enum font_style style)
{
    struct face_run run = {0};
    run.script = hb_unicode_script(hb_unicode_funcs_get_default(), c);
    size_t face = face_for(f, c, run.script, style);
    if (face == font_file_count && is_silent(c))
        face = style;
    run.missing = face == font_file_count ? c : 0;
    run.face = run.missing ? FACE_BOX : (unsigned)face;
    return run;
}

/* True when the character can continue the run; then the run's script may
 * become the character's. */
static bool run_extend(struct fonts *f, struct face_run *run, hb_codepoint_t c,
                       enum font_style style)
{
    if (sticks(c) && !run->missing && (is_silent(c) || face_has(f, run->face, c)))
        return true;
    struct face_run next = run_of_character(f, c, style);
    if (next.face != run->face || (next.missing != 0) != (run->missing != 0))
        return false;
    if (is_open_script(next.script) || next.script == run->script)
        return true;
    if (!is_open_script(run->script))
        return false;
    run->script = next.script;
    return true;
}

bool font_run_next(struct fonts *f, str text, enum font_style style, size_t *at,
                   struct face_run *run)
{
    if (*at >= text.n)
        return false;
    size_t from = *at;
    if (is_ascii(text, from)) { /* nearly every word of most documents */
        *run = (struct face_run){from, text.n, style, HB_SCRIPT_LATIN, 0};
        *at = text.n;
        return true;
    }
    *run = run_of_character(f, utf8_next(text, at), style);
    run->from = from;
    for (size_t next = *at; next < text.n; *at = next)
        if (!run_extend(f, run, utf8_next(text, &next), style))
            break;
    run->to = *at;
    return true;
}
