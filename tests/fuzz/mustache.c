/* fuzz/mustache: compiles and renders templates, in every language and both modes.
 *
 * The unit separator (U+001F) cuts the text into templates: the first is
 * rendered, the others are called "a", "b", … Besides surviving, the map must
 * tell the truth: verbatim output is, byte for byte, what stands at its place. */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "text/mustache.h"

enum { OTHERS_MAX = 6 };

struct templates {
    struct arena *arena;
    struct diags *diags;
    uint32_t file;
    str text;
    size_t off[OTHERS_MAX + 2]; /* of each piece; the next begins one byte after its end */
    const struct template *compiled[OTHERS_MAX + 1];
    size_t count;
};

static const struct template *find(void *self, str name)
{
    const struct templates *t = self;
    size_t i = name.n == 1 ? (size_t)(name.p[0] - 'a') + 1 : 0;
    return i != 0 && i < t->count ? t->compiled[i] : NULL;
}

static void compile(struct templates *t, enum template_language language, bool lenient)
{
    for (size_t i = 0; i < t->count; i++) {
        str piece = str_from_to(t->text, t->off[i], t->off[i + 1] - 1);
        t->compiled[i] =
            template_compile(t->arena, t->diags, t->file, piece, t->off[i], language, lenient);
    }
}

/* Names of one letter, found at once by mutation. Of two lists one has items
 * that hide it, the other a single item: loops in each other would only take
 * time. */
static struct tval context(struct arena *a)
{
    struct tmap *m = tmap_new(a), *inner = tmap_new(a), *item = tmap_new(a);
    struct tlist *l = tlist_new(a), *w = tlist_new(a), *none = tlist_new(a);
    tmap_put(inner, S("x"), tval_text(S("<a href='#'>|*_` \n- b\r\n")));
    tmap_put(inner, S("b"), tval_bool(true));
    tmap_put(item, S("l"), tlist_value(none));
    tmap_put(item, S("x"), tval_markup(S("<i>&amp;</i>\n")));
    tlist_add(l, tmap_value(item));
    tlist_add(l, tmap_value(item));
    tlist_add(w, tval_text(S("a")));
    tmap_put(m, S("m"), tmap_value(inner));
    tmap_put(m, S("l"), tlist_value(l));
    tmap_put(m, S("w"), tlist_value(w));
    tmap_put(m, S("e"), tlist_value(none));
    tmap_put(m, S("f"), tval_bool(false));
    tmap_put(m, S("n"), (struct tval){.kind = TV_NULL});
    tmap_put(m, S("a"), tval_text(S("a")));
    tmap_put(m, S("t"), tval_text(S("")));
    tmap_put(m, S("r"), tval_text(S("\r\n")));
    return tmap_value(m);
}

static void check_map(const struct templates *t, str out, const struct template_map *map)
{
    for (size_t i = 0; i < map->count; i++) {
        const struct template_segment *s = &map->segments[i];
        size_t end = i + 1 < map->count ? map->segments[i + 1].out : out.n;
        bool in_order = s->out < end && s->from.file == t->file;
        bool in_file = (size_t)s->from.off + s->from.len <= t->text.n;
        if (!in_order || !in_file || (s->verbatim && s->from.len != end - s->out))
            abort();
        if (s->verbatim && memcmp(out.p + s->out, t->text.p + s->from.off, s->from.len) != 0)
            abort();
    }
}

static void render(struct templates *t, enum template_language language, bool lenient)
{
    struct template_loader loader = {t, find};
    struct template_map map = {0};
    struct buf out = buf_in(t->arena, 0);
    compile(t, language, lenient);
    template_render(t->compiled[0], context(t->arena), &loader, t->diags, &out, &map);
    check_map(t, buf_str(&out), &map);
    if (template_is_plain(t->compiled[0]) &&
        !str_eq(buf_str(&out), str_from_to(t->text, 0, t->off[1] - 1)))
        abort();
}

void fuzz_mustache(struct arena *a, struct diags *d, uint32_t file, str text)
{
    struct templates t = {.arena = a, .diags = d, .file = file, .text = text};
    for (size_t at = 0; at <= text.n && t.count <= OTHERS_MAX;) {
        size_t end = str_find_char(text, '\x1F', at);
        t.off[t.count++] = at;
        at = (end == SIZE_MAX ? text.n : end) + 1;
        t.off[t.count] = at;
    }
    for (int language = TEMPLATE_HTML; language <= TEMPLATE_TEXT; language++) {
        render(&t, (enum template_language)language, false);
        render(&t, (enum template_language)language, true);
    }
}
