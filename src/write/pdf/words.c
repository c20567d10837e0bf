/* write/pdf/words: words of ours at a place of a sheet, in no flow. */
#include "write/pdf/words_int.h"

static struct chunks chunks_of(struct pdf_layout *l, str text, const struct words *how)
{
    struct chunks c = {0};
    struct look *look = look_new(l, how->style, (double)how->size.size, how->color, how->tag);
    chunks_text(l, &c, text, look, false);
    bidi_resolve(l, &c);
    return c;
}

static struct para set(struct pdf_layout *l, str text, const struct words *how, double width)
{
    struct chunks c = chunks_of(l, text, how);
    struct para_style style = {
        .size = how->size, .align = how->align, .width = width, .can_hyphenate = true};
    if (how->align == PARA_LEFT && l->is_rtl)
        style.align = PARA_RIGHT;
    return para_set(l, &c, &style);
}

/* At most `size` bytes of it, whole characters. */
static str first_bytes(str text, size_t size)
{
    while (size > 0 && ((unsigned char)text.p[size] & 0xC0) == 0x80)
        size--;
    return str_trim(str_from_to(text, 0, size));
}

/* Shorter until it fits, in steps of what is too much. */
static struct para set_cut(struct pdf_layout *l, str text, const struct words *how, double width)
{
    struct para p = set(l, text, how, width);
    str kept = text;
    while (how->lines_max > 0 && p.count > how->lines_max && kept.n > 1) {
        size_t fit = kept.n * how->lines_max / p.count;
        kept = first_bytes(kept, fit < kept.n - 1 ? fit : kept.n - 1);
        p = set(l, str_fmt(l->arena, STR_FMT "\u2026", STR_ARG(kept)), how, width);
    }
    return p;
}

double words_put(struct pdf_layout *l, struct pdf_ops *ops, str text, const struct words *how,
                 double x, double y, double width)
{
    double height = 0;
    if (text.n > 0) {
        struct para p = set_cut(l, text, how, width);
        for (size_t i = 0; i < p.count; height += p.lines[i++].height)
            op_copy(l->arena, ops, p.lines[i].ops.v, p.lines[i].ops.n, x, y + height);
    }
    arena_reset(l->scratch);
    return height;
}

double words_width(struct pdf_layout *l, str text, const struct words *how, double *narrowest)
{
    struct chunks c = chunks_of(l, text, how);
    struct para_style style = {.size = how->size, .align = PARA_LEFT, .width = 1e6};
    struct para_extent extent = para_measure(l, &c, &style, NULL);
    *narrowest = extent.narrowest;
    arena_reset(l->scratch);
    return extent.widest;
}
