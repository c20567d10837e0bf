/* write/pdf/watermark: a word like DRAFT as outlines, so that no program takes it for text. */
#include <hb.h>

#include "write/pdf/content_int.h"

/* Points: a short word fills the diagonal of A4, a long one is set smaller. */
enum { LETTER_SIZE = 150, WORD_WIDTH = 720 };

struct pen {
    struct buf *out;
    double x, scale; /* of the letter's origin; points for a font unit */
};

static void put(struct pen *p, float x, float y)
{
    buf_number(p->out, p->x + (double)x * p->scale, 2);
    buf_char(p->out, ' ');
    buf_number(p->out, (double)y * p->scale, 2);
    buf_char(p->out, ' ');
}

static void move_to(hb_draw_funcs_t *funcs, void *self, hb_draw_state_t *state, float x, float y,
                    void *user)
{
    (void)funcs, (void)state, (void)user;
    put(self, x, y);
    buf_lit(((struct pen *)self)->out, "m\n");
}

static void line_to(hb_draw_funcs_t *funcs, void *self, hb_draw_state_t *state, float x, float y,
                    void *user)
{
    (void)funcs, (void)state, (void)user;
    put(self, x, y);
    buf_lit(((struct pen *)self)->out, "l\n");
}

/* HarfBuzz turns the quadratic curves of TrueType into these. */
static void curve_to(hb_draw_funcs_t *funcs, void *self, hb_draw_state_t *state, float x1, float y1,
                     float x2, float y2, float x, float y, void *user)
{
    (void)funcs, (void)state, (void)user;
    put(self, x1, y1);
    put(self, x2, y2);
    put(self, x, y);
    buf_lit(((struct pen *)self)->out, "c\n");
}

static void close_path(hb_draw_funcs_t *funcs, void *self, hb_draw_state_t *state, void *user)
{
    (void)funcs, (void)state, (void)user;
    buf_lit(((struct pen *)self)->out, "h\n");
}

static void draw_word(hb_font_t *font, hb_draw_funcs_t *funcs, str word, struct pen *pen)
{
    for (size_t i = 0; i < word.n; i++) {
        hb_codepoint_t glyph = 0;
        hb_font_get_nominal_glyph(font, (unsigned char)word.p[i], &glyph);
        hb_font_get_glyph_shape(font, glyph, funcs, pen);
        pen->x += hb_font_get_glyph_h_advance(font, glyph) * pen->scale;
    }
}

static double width_of(hb_font_t *font, str word)
{
    double units = 0;
    for (size_t i = 0; i < word.n; i++) {
        hb_codepoint_t glyph = 0;
        hb_font_get_nominal_glyph(font, (unsigned char)word.p[i], &glyph);
        units += hb_font_get_glyph_h_advance(font, glyph);
    }
    return units;
}

str content_watermark(struct arena *a, const struct fonts *faces, str word, double *width,
                      double *size)
{
    struct buf out = buf_in(a, 4096);
    hb_face_t *face = font_face(faces, font_style_face(FONT_BOLD))->hb;
    hb_font_t *font = hb_font_create(face);
    hb_draw_funcs_t *funcs = hb_draw_funcs_create();
    hb_draw_funcs_set_move_to_func(funcs, move_to, NULL, NULL);
    hb_draw_funcs_set_line_to_func(funcs, line_to, NULL, NULL);
    hb_draw_funcs_set_cubic_to_func(funcs, curve_to, NULL, NULL);
    hb_draw_funcs_set_close_path_func(funcs, close_path, NULL, NULL);
    double upem = hb_face_get_upem(face), fitting = WORD_WIDTH * upem / width_of(font, word);
    *size = fitting < LETTER_SIZE ? fitting : LETTER_SIZE;
    struct pen pen = {&out, 0, *size / upem};
    draw_word(font, funcs, word, &pen);
    *width = pen.x;
    hb_draw_funcs_destroy(funcs);
    hb_font_destroy(font);
    buf_lit(&out, "f\n");
    return buf_str(&out);
}
