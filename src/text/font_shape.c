/* text/font_shape: text becomes glyphs and widths, remembered word by word. */
#include "text/font.h"

#include <assert.h>
#include <string.h>

#include "base/map.h"
#include "text/font_int.h"

struct font_shaper {
    struct arena *arena;
    struct fonts *fonts;
    hb_language_t language;
    struct map known[FONT_STYLE_COUNT][2]; /* by style and direction: text to font_text */
    struct font_text *hyphens[FONT_STYLE_COUNT];
    uint32_t count;
};

static double upem_of(const struct fonts *f, unsigned face)
{
    return hb_face_get_upem(f->faces[face].face.hb);
}

/* Leaves the glyphs of a run in the buffer. */
static void shape_run(struct fonts *f, str text, const struct face_run *run, bool is_rtl,
                      hb_language_t language)
{
    hb_buffer_t *b = f->buffer;
    hb_buffer_clear_contents(b);
    if (run->missing) {
        for (size_t at = run->from; at < run->to;) {
            unsigned cluster = (unsigned)at;
            utf8_next(text, &at);
            hb_buffer_add(b, 0x25A1, cluster);
        }
        hb_buffer_set_content_type(b, HB_BUFFER_CONTENT_TYPE_UNICODE);
    } else {
        hb_buffer_add_utf8(b, text.p, (int)text.n, (unsigned)run->from, (int)(run->to - run->from));
    }
    hb_buffer_set_direction(b, is_rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_script(b, run->missing ? HB_SCRIPT_COMMON : run->script);
    hb_buffer_set_language(b, language);
    hb_shape(f->faces[run->face].font, b, NULL, 0);
}

static double run_width(struct fonts *f, unsigned face)
{
    unsigned count;
    const hb_glyph_position_t *pos = hb_buffer_get_glyph_positions(f->buffer, &count);
    int64_t units = 0;
    for (unsigned i = 0; i < count; i++)
        units += pos[i].x_advance;
    return (double)units * 1000 / upem_of(f, face);
}

double font_text_width(struct fonts *f, str text, double size, bool bold)
{
    double width = 0;
    struct face_run run;
    for (size_t at = 0; font_run_next(f, text, bold ? FONT_BOLD : FONT_REGULAR, &at, &run);) {
        shape_run(f, text, &run, false, hb_language_from_string("en", 2));
        width += run_width(f, run.face);
    }
    return width * size / 1000;
}

static const struct font_glyph *copy_glyphs(struct font_shaper *s, unsigned face, size_t *count)
{
    unsigned n;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(s->fonts->buffer, &n);
    const hb_glyph_position_t *pos = hb_buffer_get_glyph_positions(s->fonts->buffer, NULL);
    double scale = 1000 / upem_of(s->fonts, face);
    struct font_glyph *glyphs = NEW_ARRAY(s->arena, struct font_glyph, n);
    for (unsigned i = 0; i < n; i++) {
        glyphs[i] = (struct font_glyph){
            .cluster = info[i].cluster,
            .id = (uint16_t)info[i].codepoint, /* TrueType has no more than 65,535 glyphs */
            .advance = (float)(pos[i].x_advance * scale),
            .dx = (float)(pos[i].x_offset * scale),
            .dy = (float)(pos[i].y_offset * scale),
        };
    }
    *count = n;
    return glyphs;
}

static void reverse_runs(struct font_run *runs, size_t count)
{
    for (size_t i = 0; i + 1 < count - i; i++) {
        struct font_run other = runs[i];
        runs[i] = runs[count - 1 - i];
        runs[count - 1 - i] = other;
    }
}

static struct font_text *shape_text(struct font_shaper *s, str text, enum font_style style,
                                    bool is_rtl)
{
    struct font_text *t = NEW(s->arena, struct font_text);
    *t = (struct font_text){.text = text, .is_rtl = is_rtl, .number = s->count++};
    struct font_run *runs = NULL;
    size_t cap = 0;
    double width = 0;
    struct face_run part;
    for (size_t at = 0; font_run_next(s->fonts, text, style, &at, &part);) {
        shape_run(s->fonts, text, &part, is_rtl, s->language);
        struct font_run run = {.face = part.face, .is_box = part.missing != 0};
        run.glyphs = copy_glyphs(s, part.face, &run.glyph_count);
        width += run_width(s->fonts, part.face);
        if (part.missing && !t->missing)
            t->missing = part.missing;
        PUSH(s->arena, runs, t->run_count, cap, struct font_run) = run;
    }
    if (is_rtl)
        reverse_runs(runs, t->run_count);
    t->runs = runs;
    t->width = (float)width;
    return t;
}

struct font_shaper *font_shaper_new(struct arena *a, struct fonts *f, str language)
{
    struct font_shaper *s = NEW(a, struct font_shaper);
    s->arena = a;
    s->fonts = f;
    s->language = hb_language_from_string(language.n > 0 ? language.p : "en",
                                          language.n > 0 ? (int)language.n : 2);
    for (size_t i = 0; i < FONT_STYLE_COUNT; i++)
        for (size_t rtl = 0; rtl < 2; rtl++)
            s->known[i][rtl] = map_in(a);
    return s;
}

const struct font_text *font_shape(struct font_shaper *s, str text, enum font_style style,
                                   bool is_rtl)
{
    assert(style < FONT_STYLE_COUNT && text.n <= INT32_MAX);
    struct map *known = &s->known[style][is_rtl];
    struct font_text *t = map_find(known, text);
    if (!t) {
        t = shape_text(s, text, style, is_rtl);
        map_put(known, text, t);
    }
    return t;
}

const struct font_text *font_hyphen(struct font_shaper *s, enum font_style style)
{
    if (!s->hyphens[style]) {
        s->hyphens[style] = shape_text(s, S("-"), style, false);
        s->hyphens[style]->text = S("\xC2\xAD");
    }
    return s->hyphens[style];
}
