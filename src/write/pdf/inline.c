/* write/pdf/inline: the inline nodes of a paragraph as words with a look. */
#include "write/pdf/para_int.h"

#include "write/pdf/figure_int.h"
#include "write/pdf/note_int.h"
#include "write/pdf/reference_int.h"

/* Looks of the elements that are open, innermost last; a list, because authors
 * nest emphasis as deep as they like. */
struct open_look {
    struct open_look *outer;
    const struct md_node *node;
    const struct look *look;
};

struct inline_pass {
    struct pdf_layout *layout;
    struct chunks chunks;
    struct open_look *open;
    size_t first_reference; /* of what is set now */
};

struct look *look_new(struct pdf_layout *l, enum font_style style, double size,
                      enum pdf_color color, unsigned tag)
{
    struct look *look = NEW(l->scratch, struct look);
    *look = (struct look){.style = style, .size = (float)size, .color = color, .tag = tag};
    return look;
}

static void add(struct pdf_layout *l, struct chunks *c, struct chunk chunk)
{
    PUSH(l->scratch, c->v, c->n, c->cap, struct chunk) = chunk;
}

void chunks_space(struct pdf_layout *l, struct chunks *c, const struct look *look, bool is_fixed)
{
    if (c->n > 0 && c->v[c->n - 1].kind == CHUNK_SPACE)
        return;
    add(l, c,
        (struct chunk){.kind = CHUNK_SPACE, .text = S(" "), .look = look, .is_fixed = is_fixed});
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

/* Where a piece of at most that size ends, between two characters. */
static size_t piece_end(str text, size_t from, size_t size)
{
    if (text.n - from <= size)
        return text.n;
    size_t end = from + size;
    while (end > from + 1 && ((unsigned char)text.p[end] & 0xC0) == 0x80)
        end--;
    return end;
}

void chunks_word(struct pdf_layout *l, struct chunks *c, str word, const struct look *look)
{
    enum { PIECE_BYTES_MAX = 4096 }; /* of letters without a blank, which nobody reads */
    for (size_t from = 0, to; from < word.n; from = to) {
        to = piece_end(word, from, PIECE_BYTES_MAX);
        add(l, c,
            (struct chunk){.kind = CHUNK_WORD,
                           .text = str_from_to(word, from, to),
                           .look = look,
                           .origin = c->origin});
    }
}

void chunks_text(struct pdf_layout *l, struct chunks *c, str text, const struct look *look,
                 bool is_fixed)
{
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        while (at < text.n && is_blank(text.p[at]))
            at++;
        if (at > from)
            chunks_space(l, c, look, is_fixed);
        for (from = at; at < text.n && !is_blank(text.p[at]);)
            at++;
        chunks_word(l, c, str_from_to(text, from, at), look);
    }
}

static enum font_style with_bold(enum font_style style)
{
    static const enum font_style bold[FONT_STYLE_COUNT] = {
        FONT_BOLD, FONT_BOLD, FONT_BOLD_ITALIC, FONT_BOLD_ITALIC, FONT_MONO_BOLD, FONT_MONO_BOLD,
    };
    return bold[style];
}

/* Emphasis within emphasis stands upright again. */
static enum font_style with_italic(enum font_style style)
{
    static const enum font_style italic[FONT_STYLE_COUNT] = {
        FONT_ITALIC, FONT_BOLD_ITALIC, FONT_REGULAR, FONT_BOLD, FONT_MONO, FONT_MONO_BOLD,
    };
    return italic[style];
}

static enum font_style with_mono(enum font_style style)
{
    return style == FONT_BOLD || style == FONT_BOLD_ITALIC || style == FONT_MONO_BOLD
               ? FONT_MONO_BOLD
               : FONT_MONO;
}

static struct look *look_from(struct inline_pass *p)
{
    struct look *look = NEW(p->layout->scratch, struct look);
    *look = *p->open->look;
    return look;
}

/* `words` are what a link says. */
static void lead_to(struct inline_pass *p, struct look *look, str words, str uri, str anchor)
{
    if (uri.n == 0 && anchor.n == 0)
        return;
    look->is_link = true;
    look->anchor = anchor;
    if (uri.n > 0) {
        str *kept = NEW(p->layout->arena, str);
        *kept = uri;
        look->uri = kept;
    }
    look->link_tag = TAG_NONE;
    if (look->tag != TAG_NONE) {
        look->link_tag = tag_new(p->layout->tags, ROLE_LINK, look->tag);
        tag_describe(p->layout->tags, look->link_tag, words);
    }
    look->tag = look->link_tag;
}

static bool is_outside(str url)
{
    static const str scheme[] = {S_INIT("http://"), S_INIT("https://"), S_INIT("mailto:"),
                                 S_INIT("tel:")};
    for (size_t i = 0; i < COUNT_OF(scheme); i++)
        if (str_starts(url, scheme[i]))
            return true;
    return false;
}

/* Leads to another place of this document. */
static bool is_inner(const struct inline_pass *p, const struct md_node *n)
{
    bool is_own = !n->target || n->target == p->layout->doc->record;
    return n->kind == MD_LINK && is_own && n->url.n > 1 && n->url.p[0] == '#';
}

/* A link that leads nowhere from paper (into the tree of files) is plain text. */
static void look_of_link(struct inline_pass *p, const struct md_node *n, struct look *look)
{
    const struct pdf_options *o = p->layout->options;
    str words = md_text(p->layout->arena, n);
    if (is_inner(p, n)) {
        lead_to(p, look, words, S(""), str_skip(n->url, 1));
    } else if (n->target) {
        if (o->href)
            lead_to(p, look, words, o->href(o->self, p->layout->arena, n->target), S(""));
    } else if (is_outside(n->url)) {
        lead_to(p, look, words, n->url, S(""));
    }
    if (look->is_link) {
        look->color = COLOR_ACCENT;
        look->is_underlined = true;
    }
}

static void look_of_element(const struct md_node *n, struct look *look)
{
    switch (n->element) {
    case ELEMENT_SUB:
        look->rise -= look->size * 0.16f;
        look->size *= 0.72f;
        break;
    case ELEMENT_SUP:
        look->rise += look->size * 0.36f;
        look->size *= 0.72f;
        break;
    case ELEMENT_KBD:
        look->style = with_mono(look->style);
        look->size *= 0.88f;
        look->is_key = true;
        break;
    case ELEMENT_MARK:
        look->is_mark = true;
        break;
    case ELEMENT_ABBR:
    case ELEMENT_BR:
    case ELEMENT_DETAILS:
    case ELEMENT_SUMMARY:
    case ELEMENT_COUNT:
        break;
    }
}

void look_revise(struct pdf_layout *l, struct look *look, bool is_inserted)
{
    look->color = is_inserted ? COLOR_GOOD : COLOR_BAD;
    look->is_inserted = is_inserted;
    look->is_strike = look->is_strike || !is_inserted;
    if (look->tag != TAG_NONE)
        look->tag = tag_new(l->tags, is_inserted ? ROLE_INSERTED : ROLE_DELETED, look->tag);
}

static const struct look *look_of(struct inline_pass *p, const struct md_node *n)
{
    struct look *look = look_from(p);
    switch (n->kind) {
    case MD_EMPH:
        look->style = with_italic(look->style);
        break;
    case MD_STRONG:
        look->style = with_bold(look->style);
        break;
    case MD_STRIKE:
        look->is_strike = true;
        break;
    case MD_INSERTED:
    case MD_DELETED:
        look_revise(p->layout, look, n->kind == MD_INSERTED);
        break;
    case MD_LINK:
        look_of_link(p, n, look);
        break;
    case MD_ELEMENT:
        look_of_element(n, look);
        break;
    default:
        break;
    }
    return look;
}

/* What is painted around words needs room on both sides. */
static void add_room(struct inline_pass *p, const struct look *look)
{
    if (look->is_key || look->is_gap)
        add(p->layout, &p->chunks,
            (struct chunk){.kind = CHUNK_PICTURE, .look = look, .width = 2.5f});
}

static void code(struct inline_pass *p, const struct md_node *n)
{
    struct look *look = look_from(p);
    look->style = with_mono(look->style);
    look->size *= 0.92f;
    look->is_code = true;
    chunks_text(p->layout, &p->chunks, n->text, look, false);
}

static void gap(struct inline_pass *p, const struct md_node *n)
{
    struct look *look = look_from(p);
    look->style = with_bold(look->style);
    look->is_gap = true;
    add_room(p, look);
    chunks_text(p->layout, &p->chunks, n->text, look, false);
    add_room(p, look);
}

static void note_mark(struct inline_pass *p, const struct md_node *n)
{
    struct look *look = look_from(p);
    str number = str_fmt(p->layout->arena, "%d", n->note.number);
    lead_to(p, look, str_fmt(p->layout->arena, "Note " STR_FMT, STR_ARG(number)), S(""), n->id);
    look->rise += look->size * 0.36f;
    look->size *= 0.72f;
    add(p->layout, &p->chunks,
        (struct chunk){.kind = CHUNK_WORD,
                       .look = look,
                       .text = number,
                       .note = note_first_mention(p->layout, n)});
}

static void picture(struct inline_pass *p, struct md_node *n)
{
    struct figure_size size;
    const struct pdf_picture *picture = figure_picture(p->layout, n, &size);
    struct look *look = look_from(p);
    if (!picture) { /* already reported: its words stand for it */
        look->is_gap = true;
        str words = md_text(p->layout->arena, n);
        chunks_text(p->layout, &p->chunks, words.n > 0 ? words : n->url, look, false);
        return;
    }
    size = figure_among_words(p->layout, size);
    if (look->tag != TAG_NONE)
        look->tag = figure_tag(p->layout, look->tag, md_text(p->layout->arena, n));
    add(p->layout, &p->chunks,
        (struct chunk){.kind = CHUNK_PICTURE,
                       .look = look,
                       .picture = picture,
                       .width = (float)size.width,
                       .height = (float)size.height});
}

/* Room for the label of a page, as wide as it was in the pass before. */
static void add_reference(struct inline_pass *p, const struct pdf_reference *r,
                          const struct look *look)
{
    const struct font_text *label = font_shape(p->layout->shaper, r->label, look->style, false);
    add(p->layout, &p->chunks,
        (struct chunk){.kind = CHUNK_PICTURE,
                       .look = look,
                       .reference = r,
                       .width = r->is_shown ? label->width * look->size / 1000 : 0});
}

/* In an index the label stands for the link's words. */
static void folio(struct inline_pass *p, const struct md_node *n)
{
    struct pdf_layout *l = p->layout;
    const struct look *plain = p->open->look;
    struct look *look = look_from(p);
    str anchor = str_skip(n->url, 1);
    const struct pdf_reference *r = reference_next(l, anchor, true, p->first_reference);
    if (r->is_shown && p->chunks.n > 0) {
        chunks_word(l, &p->chunks, S(","), plain);
        chunks_space(l, &p->chunks, plain, false);
    }
    lead_to(p, look, str_fmt(l->arena, "Page " STR_FMT, STR_ARG(r->label)), S(""), anchor);
    look->color = COLOR_ACCENT;
    add_reference(p, r, look);
}

/* Where an abbreviation ends, print adds what the screen shows on hovering. */
static void close_element(struct inline_pass *p, const struct md_node *n)
{
    if (n->kind != MD_ELEMENT || n->element != ELEMENT_ABBR || n->title.n == 0)
        return;
    str words = str_fmt(p->layout->arena, " (" STR_FMT ")", STR_ARG(n->title));
    chunks_text(p->layout, &p->chunks, words, p->open->look, false);
}

static bool is_folio(const struct inline_pass *p, const struct md_node *n)
{
    return n->is_folio && is_inner(p, n);
}

static void open_node(struct inline_pass *p, const struct md_node *n)
{
    struct open_look *open = NEW(p->layout->scratch, struct open_look);
    *open = (struct open_look){p->open, n, look_of(p, n)};
    p->open = open;
    if (n->kind == MD_ELEMENT)
        add_room(p, open->look);
}

static void enter(struct inline_pass *p, struct md_node *n)
{
    struct origin *origin = NEW(p->layout->scratch, struct origin);
    origin->span = n->span;
    p->chunks.origin = origin;
    const struct look *look = p->open->look;
    switch (n->kind) {
    case MD_TEXT:
        chunks_text(p->layout, &p->chunks, n->text, look, false);
        break;
    case MD_SOFTBREAK:
        chunks_space(p->layout, &p->chunks, look, false);
        break;
    case MD_BREAK:
        add(p->layout, &p->chunks, (struct chunk){.kind = CHUNK_BREAK, .look = look});
        break;
    case MD_CODE:
        code(p, n);
        break;
    case MD_GAP:
        gap(p, n);
        break;
    case MD_FOOTNOTE_REF:
        note_mark(p, n);
        break;
    case MD_IMAGE:
        picture(p, n);
        break;
    case MD_LINK:
        if (is_folio(p, n))
            folio(p, n);
        else
            open_node(p, n);
        break;
    case MD_ELEMENT:
        if (n->element == ELEMENT_BR)
            add(p->layout, &p->chunks, (struct chunk){.kind = CHUNK_BREAK, .look = look});
        else
            open_node(p, n);
        break;
    default:
        open_node(p, n);
        break;
    }
}

/* "https://example.org/crisis/" as people say it. */
static str spoken_address(str url)
{
    str bare = str_skip(url, str_starts(url, S("https://")) ? 8 : 7);
    return str_ends(bare, S("/")) ? str_from_to(bare, 0, bare.n - 1) : bare;
}

/* Nobody can follow a link on paper, so its address stands behind its words,
 * unless they say it themselves. */
static void close_link(struct inline_pass *p, const struct md_node *n)
{
    bool is_web = str_starts(n->url, S("https://")) || str_starts(n->url, S("http://"));
    if (n->kind != MD_LINK || n->target || !is_web || !p->open->look->is_prose)
        return;
    str address = spoken_address(n->url);
    if (str_find(md_text(p->layout->scratch, n), address, 0) != SIZE_MAX)
        return;
    struct look *look = look_from(p);
    look->color = COLOR_MUTED;
    look->size *= 0.86f;
    str words = str_fmt(p->layout->arena, " (" STR_FMT ")", STR_ARG(address));
    chunks_text(p->layout, &p->chunks, words, look, false);
}

/* On paper a link within the document says on which page it ends, unless that is
 * this one. */
static void close_inner_link(struct inline_pass *p, const struct md_node *n)
{
    struct pdf_layout *l = p->layout;
    if (!p->open->look->is_prose || !is_inner(p, n))
        return;
    const struct pdf_reference *r =
        reference_next(l, str_skip(n->url, 1), false, p->first_reference);
    struct look *look = look_from(p);
    look->color = COLOR_MUTED;
    look->size *= 0.92f;
    if (r->is_shown) {
        chunks_space(l, &p->chunks, look, false);
        chunks_word(l, &p->chunks, S("(page"), look);
        chunks_space(l, &p->chunks, look, true);
        add_reference(p, r, look);
        chunks_word(l, &p->chunks, S(")"), look);
    } else {
        add_reference(p, r, look);
    }
}

static void leave(struct inline_pass *p, const struct md_node *n)
{
    if (p->open->node != n)
        return;
    if (n->kind == MD_ELEMENT)
        add_room(p, p->open->look);
    p->open = p->open->outer;
    close_element(p, n);
    close_link(p, n);
    close_inner_link(p, n);
}

struct chunks inline_chunks(struct pdf_layout *l, struct md_node *node, const struct look *look)
{
    struct open_look base = {NULL, NULL, look};
    struct inline_pass p = {.layout = l, .open = &base, .first_reference = l->reference_next};
    const struct md_node *inside = NULL; /* a picture or page label: it says its words as a whole */
    for (struct md_walk w = md_walk(node); md_step(&w);) {
        struct md_node *n = w.node;
        if (n == node || (inside && n != inside))
            continue;
        if (w.enter) {
            enter(&p, n);
            inside = n->kind == MD_IMAGE || is_folio(&p, n) ? n : NULL;
        } else {
            inside = NULL;
            leave(&p, n);
        }
    }
    bidi_resolve(l, &p.chunks);
    return p.chunks;
}
