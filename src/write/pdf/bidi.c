/* write/pdf/bidi: writing from right to left (Unicode annex 9), through FriBidi. */
#include "write/pdf/para_int.h"

#include <fribidi.h>

#include "base/fatal.h"

/* One code point and where it stands. */
struct place {
    unsigned chunk;
    unsigned from; /* byte in the chunk's text */
};

struct bidi_text {
    FriBidiChar *chars;
    struct place *places;
    size_t n;
};

/* Hebrew begins at U+0590: D6 90. No character that needs this is earlier, and
 * of the later ones only the blocks up to U+08FF, the marks U+200F to U+2069,
 * presentation forms and the plane of ancient scripts count; a false alarm
 * costs little. */
static bool may_need_bidi(const struct chunks *c)
{
    for (size_t i = 0; i < c->n; i++)
        for (size_t k = 0; k < c->v[i].text.n; k++) {
            unsigned char b = (unsigned char)c->v[i].text.p[k];
            if ((b >= 0xD6 && b <= 0xDF) || b == 0xE0 || b == 0xE2 || b == 0xEF || b == 0xF0)
                return true;
        }
    return false;
}

static struct bidi_text text_of(struct pdf_layout *l, const struct chunks *c)
{
    size_t most = 0;
    for (size_t i = 0; i < c->n; i++)
        most += c->v[i].text.n + 1;
    struct bidi_text t = {NEW_ARRAY(l->scratch, FriBidiChar, most),
                          NEW_ARRAY(l->scratch, struct place, most), 0};
    for (size_t i = 0; i < c->n; i++) {
        if (c->v[i].text.n == 0) { /* a picture, or the end of a line */
            t.places[t.n] = (struct place){(unsigned)i, 0};
            t.chars[t.n++] = c->v[i].kind == CHUNK_BREAK ? 0x2028 : 0xFFFC;
        }
        for (size_t at = 0; at < c->v[i].text.n; t.n++) {
            t.places[t.n] = (struct place){(unsigned)i, (unsigned)at};
            t.chars[t.n] = utf8_next(c->v[i].text, &at);
        }
    }
    return t;
}

/* The chunk again, in as many parts as it has levels. */
static void split(struct pdf_layout *l, const struct chunks *old, const struct bidi_text *t,
                  const FriBidiLevel *levels, struct chunks *out)
{
    for (size_t i = 0; i < t->n;) {
        size_t end = i + 1;
        while (end < t->n && t->places[end].chunk == t->places[i].chunk && levels[end] == levels[i])
            end++;
        struct chunk part = old->v[t->places[i].chunk];
        bool is_last = end == t->n || t->places[end].chunk != t->places[i].chunk;
        part.text =
            str_from_to(part.text, t->places[i].from, is_last ? part.text.n : t->places[end].from);
        part.level = (unsigned char)levels[i];
        part.note = is_last ? part.note : NULL;
        PUSH(l->scratch, out->v, out->n, out->cap, struct chunk) = part;
        i = end;
    }
}

void bidi_resolve(struct pdf_layout *l, struct chunks *c)
{
    c->is_rtl = l->is_rtl && c->n == 0;
    if (c->n == 0 || (!l->is_rtl && !may_need_bidi(c)))
        return;
    struct bidi_text t = text_of(l, c);
    FriBidiCharType *types = NEW_ARRAY(l->scratch, FriBidiCharType, t.n);
    FriBidiBracketType *brackets = NEW_ARRAY(l->scratch, FriBidiBracketType, t.n);
    FriBidiLevel *levels = NEW_ARRAY(l->scratch, FriBidiLevel, t.n);
    fribidi_get_bidi_types(t.chars, (FriBidiStrIndex)t.n, types);
    fribidi_get_bracket_types(t.chars, (FriBidiStrIndex)t.n, types, brackets);
    /* The first strong letter decides; without one, the document's language. */
    FriBidiParType direction = l->is_rtl ? FRIBIDI_PAR_WRTL : FRIBIDI_PAR_WLTR;
    if (!fribidi_get_par_embedding_levels_ex(types, brackets, (FriBidiStrIndex)t.n, &direction,
                                             levels))
        fatal("out of memory for the directions of a paragraph");
    c->is_rtl = FRIBIDI_IS_RTL(direction);
    struct chunks parts = {.is_rtl = c->is_rtl, .origin = c->origin};
    split(l, c, &t, levels, &parts);
    *c = parts;
}

/* From the highest level down to the lowest odd one, every stretch of at least
 * that level is turned round. */
void bidi_order(const unsigned char *levels, size_t count, size_t *order)
{
    unsigned highest = 0;
    for (size_t i = 0; i < count; i++) {
        order[i] = i;
        highest = levels[i] > highest ? levels[i] : highest;
    }
    for (unsigned level = highest; level > 0; level--)
        for (size_t from = 0; from < count; from++) {
            size_t to = from;
            while (to < count && levels[order[to]] >= level)
                to++;
            for (size_t a = from, b = to; a + 1 < b; a++) {
                size_t other = order[a];
                order[a] = order[--b];
                order[b] = other;
            }
            from = to > from ? to - 1 : from;
        }
}
