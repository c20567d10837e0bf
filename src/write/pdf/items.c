/* write/pdf/items: chunks as boxes, glue and penalties; where words may end a line. */
#include "write/pdf/para_int.h"

#include <math.h>

/* Costs of ending a line; a space costs nothing. */
enum {
    COST_HYPHEN = 50,   /* a hyphen that was not there */
    COST_MARK = 20,     /* behind one that is there, a dash or a slash */
    COST_LONG = 120,    /* inside a long name or address */
    COST_LETTER = 2000, /* between any two letters, of a word wider than the line */
    LONG_LETTERS = 14,  /* bytes from where on '.', '_' and the like count */
};

struct builder {
    struct pdf_layout *layout;
    struct items items;
    double width; /* of the line: a wider word breaks anywhere */
    bool with_hyphens;
    bool is_ragged; /* spaces keep their width */
};

static void add(struct builder *b, struct item item)
{
    PUSH(b->layout->work, b->items.v, b->items.n, b->items.cap, struct item) = item;
}

static void add_penalty(struct builder *b, int penalty)
{
    add(b, (struct item){.kind = ITEM_PENALTY, .penalty = (short)penalty});
}

const struct font_text *item_shape(struct pdf_layout *l, const struct chunk *c, unsigned from,
                                   unsigned to)
{
    return font_shape(l->shaper, str_from_to(c->text, from, to), c->look->style, c->level % 2);
}

static bool is_ideograph(uint32_t c)
{
    return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFF00 && c <= 0xFFEF) ||
           (c >= 0x20000 && c <= 0x3FFFF);
}

static bool is_among(uint32_t c, str set)
{
    for (size_t at = 0; at < set.n;)
        if (utf8_next(set, &at) == c)
            return true;
    return false;
}

/* What may not begin, and what may not end, a line of Chinese or Japanese. */
static const str never_first =
    S_INIT("、。，．・：；？！゛゜ヽヾゝゞ々ー）］｝〕〉》」』】｡､ぁぃぅぇぉっゃゅょ"
           "ゎァィゥェォッャュョヮヵヶ%)]},.:;?!’”…");
static const str never_last = S_INIT("（［｛〔〈《「『【｢([{‘“");

static bool is_letter(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= 0xC0 && c < 0x2000 && c != 0xD7);
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

/* The cost of ending a line between two characters, ITEM_NEVER if forbidden. */
static int cost_between(uint32_t before, uint32_t after, bool is_long)
{
    if (before == 0x200B || before == ' ') /* put there for this; a blank within code */
        return 0;
    if (is_ideograph(before) || is_ideograph(after))
        return is_among(after, never_first) || is_among(before, never_last) ? ITEM_NEVER : 0;
    if (before == '-' || before == 0x2010 || before == 0x2013)
        return is_letter(after) || (is_long && is_digit(after)) ? COST_MARK : ITEM_NEVER;
    if (before == 0x2014 || (before == '/' && after != '/'))
        return is_letter(after) || is_digit(after) ? COST_MARK : ITEM_NEVER;
    if (is_long && is_among(before, S("._?&=:@#%+,;|\\~")) && (is_letter(after) || is_digit(after)))
        return COST_LONG;
    return ITEM_NEVER;
}

/* Where a word may be divided, in the order of the text. */
struct cut {
    unsigned at; /* byte */
    short cost;
    bool is_hyphen;
};

struct cuts {
    struct cut *v;
    size_t n, cap;
};

static void add_cut(struct builder *b, struct cuts *cuts, size_t at, int cost, bool is_hyphen)
{
    PUSH(b->layout->work, cuts->v, cuts->n, cuts->cap, struct cut) =
        (struct cut){(unsigned)at, (short)cost, is_hyphen};
}

static bool is_capitals(str letters)
{
    for (size_t i = 0; i < letters.n; i++)
        if (letters.p[i] < 'A' || letters.p[i] > 'Z')
            return false;
    return true;
}

/* The letters that begin at `from`; gives where they end. Abbreviations in
 * capitals are not divided. */
static size_t hyphenate(struct builder *b, str word, size_t from, struct cuts *cuts)
{
    size_t end = from;
    for (size_t next = from; next < word.n; end = next)
        if (!is_letter(utf8_next(word, &next)))
            break;
    str letters = str_from_to(word, from, end);
    unsigned short at[HYPHEN_WORD_MAX];
    size_t count = is_capitals(letters) ? 0 : hyphen_find(b->layout->hyphens, letters, at);
    for (size_t i = 0; i < count; i++)
        add_cut(b, cuts, from + at[i], COST_HYPHEN, true);
    return end;
}

/* Addresses and names of files would seem to hold the hyphen. */
static bool is_prose_word(str word)
{
    for (size_t i = 0; i < word.n; i++)
        if (word.p[i] == '/' || word.p[i] == '@' || word.p[i] == '_' || word.p[i] == '\\' ||
            (word.p[i] == '.' && i + 1 < word.n && ascii_is_alnum(word.p[i + 1])))
            return false;
    return true;
}

static struct cuts cuts_of(struct builder *b, const struct chunk *c)
{
    struct cuts cuts = {0};
    str word = c->text;
    bool is_long = word.n >= LONG_LETTERS,
         hyphenates = b->with_hyphens && !c->look->is_code && is_prose_word(word);
    uint32_t before = 0;
    for (size_t at = 0; at < word.n;) {
        size_t next = at;
        uint32_t letter = utf8_next(word, &next);
        int cost = at == 0 ? ITEM_NEVER : cost_between(before, letter, is_long);
        if (at > 0 && before == 0xAD)
            add_cut(b, &cuts, at, COST_HYPHEN, true);
        else if (cost < ITEM_NEVER)
            add_cut(b, &cuts, at, cost, false);
        if (hyphenates && is_letter(letter) && !is_letter(before)) {
            next = hyphenate(b, word, at, &cuts);
            letter = 'a'; /* what stands before the next character is a letter */
        }
        before = letter;
        at = next;
    }
    return cuts;
}

/* Of a word shaped in one piece: how wide everything before each byte is, and
 * which bytes begin a cluster, inside which nothing may be divided. A ligature
 * across a cut counts for its first letter. */
struct ruler {
    float *width;
    bool *is_start;
};

static struct ruler ruler_of(struct builder *b, const struct font_text *t, double size)
{
    struct ruler r = {NEW_ARRAY(b->layout->work, float, t->text.n + 1),
                      NEW_ARRAY(b->layout->work, bool, t->text.n + 1)};
    for (size_t k = 0; k < t->run_count; k++)
        for (size_t i = 0; i < t->runs[k].glyph_count; i++) {
            const struct font_glyph *g = &t->runs[k].glyphs[i];
            r.width[g->cluster + 1] += (float)((double)g->advance * size / 1000);
            r.is_start[g->cluster] = true;
        }
    for (size_t i = 0; i < t->text.n; i++)
        r.width[i + 1] += r.width[i];
    return r;
}

static void add_box(struct builder *b, const struct chunk *c, size_t from, size_t to, double width)
{
    add(b, (struct item){.kind = ITEM_BOX,
                         .chunk = c,
                         .from = (unsigned)from,
                         .to = (unsigned)to,
                         .width = (float)width});
}

/* No word is lost for being long: what is wider than the line ends anywhere. */
static void add_letters(struct builder *b, const struct chunk *c, const struct ruler *r,
                        size_t from, size_t to)
{
    while (from < to) {
        size_t end = from + 1;
        while (end < to && !r->is_start[end])
            end++;
        add_box(b, c, from, end, (double)(r->width[end] - r->width[from]));
        if (end < to)
            add_penalty(b, COST_LETTER);
        from = end;
    }
}

static void add_part(struct builder *b, const struct chunk *c, const struct ruler *r, size_t from,
                     size_t to)
{
    double width = (double)(r->width[to] - r->width[from]);
    if (width > b->width)
        add_letters(b, c, r, from, to);
    else
        add_box(b, c, from, to, width);
}

static void add_cut_item(struct builder *b, const struct chunk *c, const struct cut *cut)
{
    if (cut->is_hyphen) {
        const struct font_text *hyphen = font_hyphen(b->layout->shaper, c->look->style);
        add(b, (struct item){.kind = ITEM_PENALTY,
                             .penalty = cut->cost,
                             .is_hyphen = true,
                             .chunk = c,
                             .width = hyphen->width * c->look->size / 1000});
    } else if (cut->cost == 0 && !b->is_ragged) { /* ideographs move apart a little */
        add(b, (struct item){.kind = ITEM_GLUE, .stretch = c->look->size * 0.06f});
    } else {
        add_penalty(b, cut->cost);
    }
}

static void add_word(struct builder *b, const struct chunk *c)
{
    const struct font_text *t = item_shape(b->layout, c, 0, (unsigned)c->text.n);
    if (t->missing)
        missing_tell(b->layout, t, c->origin);
    double size = (double)c->look->size, width = (double)t->width * size / 1000;
    struct cuts cuts = cuts_of(b, c);
    if (cuts.n == 0 && width <= b->width) {
        add_box(b, c, 0, c->text.n, width);
        return;
    }
    struct ruler r = ruler_of(b, t, size);
    size_t from = 0;
    for (size_t i = 0; i < cuts.n; i++) {
        add_part(b, c, &r, from, cuts.v[i].at);
        add_cut_item(b, c, &cuts.v[i]);
        from = cuts.v[i].at;
    }
    add_part(b, c, &r, from, c->text.n);
}

static void add_space(struct builder *b, const struct chunk *c, bool is_fixed)
{
    const struct font_text *space = item_shape(b->layout, c, 0, (unsigned)c->text.n);
    float width = space->width * c->look->size / 1000;
    if (is_fixed)
        add_penalty(b, ITEM_NEVER);
    add(b, (struct item){.kind = ITEM_GLUE,
                         .chunk = c,
                         .to = (unsigned)c->text.n,
                         .width = width,
                         .stretch = b->is_ragged ? 0 : width * 0.6f,
                         .shrink = b->is_ragged ? 0 : width * 0.25f});
}

/* "1632", "(0)", "960-184,"; with what ends a number at its end it is the last. */
static bool is_group(str word, bool *is_last)
{
    size_t digits = 0;
    *is_last = word.n > 0 && is_among((unsigned char)word.p[word.n - 1], S(",;:."));
    for (size_t i = 0; i + *is_last < word.n; i++)
        if (is_digit((unsigned char)word.p[i]))
            digits++;
        else if (!is_among((unsigned char)word.p[i], S("()-/")))
            return false;
    return digits > 0;
}

/* What is dialled from paper stays in one line, where it has room: "+44 1632 960184". Gives the
 * last chunk of the number that begins at i, or i. */
static size_t number_end(const struct builder *b, const struct chunks *c, size_t i)
{
    enum { DIGITS_MAX = 24 }; /* with spaces; the longest there are have 15 */
    const struct chunk *first = &c->v[i];
    size_t end = i, bytes = first->text.n;
    bool is_last = false;
    if (bytes < 2 || first->text.p[0] != '+' || !is_group(str_skip(first->text, 1), &is_last))
        return i;
    while (!is_last && end + 2 < c->n && c->v[end + 1].kind == CHUNK_SPACE &&
           c->v[end + 2].kind == CHUNK_WORD && is_group(c->v[end + 2].text, &is_last)) {
        end += 2;
        bytes += 1 + c->v[end].text.n;
    }
    bool has_room = (double)bytes * (double)first->look->size * 0.6 < b->width;
    return bytes <= DIGITS_MAX && has_room ? end : i;
}

/* The end of a line that the author or the end of the paragraph asks for. */
static void add_end(struct builder *b)
{
    while (b->items.n > 0 && b->items.v[b->items.n - 1].kind == ITEM_GLUE)
        b->items.n--; /* a space there would want a line of its own */
    add_penalty(b, ITEM_FORCED);
}

struct items items_of(struct pdf_layout *l, const struct chunks *c, const struct para_style *style,
                      bool with_hyphens)
{
    struct builder b = {.layout = l,
                        .width = style->width,
                        .with_hyphens = with_hyphens && l->hyphens,
                        .is_ragged = style->align != PARA_JUSTIFIED};
    for (size_t i = 0, number = 0; i < c->n; i++) {
        const struct chunk *chunk = &c->v[i];
        if (chunk->kind == CHUNK_WORD) {
            number = i > number || i == 0 ? number_end(&b, c, i) : number;
            add_word(&b, chunk);
        } else if (chunk->kind == CHUNK_SPACE) {
            add_space(&b, chunk, chunk->is_fixed || i < number);
        } else if (chunk->kind == CHUNK_PICTURE) {
            add_box(&b, chunk, 0, 0, fmin((double)chunk->width, style->width));
        } else {
            add_end(&b);
        }
    }
    add_end(&b);
    return b.items;
}
