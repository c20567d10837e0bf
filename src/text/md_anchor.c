/* text/md_anchor: ids of headings, and the links that lead to them. */
#include "text/md_int.h"

#include "text/rules.h"

struct md_id {
    int count; /* headings that wanted it so far */
};

static bool is_high(char c)
{
    return (unsigned char)c >= 0x80;
}

/* As GitHub makes anchors: letters, digits, '-' and '_' stay, in lower case, a
 * blank becomes '-', all else goes. What is not ASCII stays only with `wide`. */
static void put_slug(struct buf *out, str text, bool wide)
{
    bool latin = false;
    char *room = buf_room(out, text.n);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = ascii_lower(text.p[i]);
        if (ascii_is_alnum(c) || c == '-' || c == '_')
            room[n++] = c;
        else if (ascii_is_space(c))
            room[n++] = '-';
        else if (wide && is_high(c)) /* À to Þ, the capitals of Latin-1, in lower case */
            room[n++] = latin && (unsigned char)c <= 0x9E ? (char)(c + 0x20) : c;
        latin = (unsigned char)c == 0xC3;
    }
    out->n += n;
}

static str wide_slug(struct arena *a, str text)
{
    struct buf b = buf_in(a, text.n + 1);
    put_slug(&b, text, true);
    return buf_str(&b);
}

str md_heading_id(struct arena *a, str text)
{
    struct buf b = buf_in(a, text.n + S("h-section").n);
    buf_lit(&b, "h-");
    put_slug(&b, text, false);
    for (size_t i = 2; i < b.n; i++)
        if (b.p[i] != '-')
            return buf_str(&b);
    return S("h-section");
}

static str unique_id(struct md_build *b, str text)
{
    struct arena *scratch = b->source->arena;
    str base = md_heading_id(b->arena, text), id = base;
    struct md_id *first = map_find(&b->ids, base);
    while (map_find(&b->ids, id) != NULL)
        id = str_fmt(b->arena, STR_FMT "-%d", STR_ARG(base), ++first->count);
    struct md_id *mine = NEW(scratch, struct md_id);
    mine->count = 1;
    map_put(&b->ids, id, mine);
    return id;
}

void md_heading_done(struct md_build *b, struct md_node *heading)
{
    struct arena *scratch = b->source->arena;
    str text = md_text(scratch, heading);
    int level = heading->heading.level, before = b->heading_level;
    heading->id = unique_id(b, text);
    PUSH(scratch, b->headings, b->heading_count, b->heading_cap, struct md_node *) = heading;
    b->heading_level = level;
    /* A document may begin at level two: its title is in the front matter. */
    if (level > (before ? before : 1) + 1 && md_may_report(b))
        diag(b->source->diags, TEXT_RULE(MD_HEADING), heading->span,
             before ? "a heading of level %d follows one of level %d"
                    : "the first heading is of level %d; begin at level 1 or 2",
             level, before);
}

static int hex_digit(char c)
{
    c = ascii_lower(c);
    return ascii_is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static str percent_decoded(struct arena *a, str text)
{
    struct buf b = buf_in(a, text.n);
    for (size_t i = 0; i < text.n; i++) {
        int high = text.p[i] == '%' && i + 2 < text.n ? hex_digit(text.p[i + 1]) : -1;
        int low = high >= 0 ? hex_digit(text.p[i + 2]) : -1;
        buf_char(&b, low >= 0 ? (char)(high * 16 + low) : text.p[i]);
        i += low >= 0 ? 2 : 0;
    }
    return buf_str(&b);
}

void md_anchors_resolve(struct md_build *b)
{
    struct arena *scratch = b->source->arena;
    struct map by_slug = map_in(scratch); /* the first of a kind */
    for (size_t i = 0; b->anchor_count != 0 && i < b->heading_count; i++)
        map_put(&by_slug, wide_slug(scratch, md_text(scratch, b->headings[i])), b->headings[i]);
    for (size_t i = 0; i < b->anchor_count; i++) {
        struct md_node *link = b->anchors[i];
        str anchor = percent_decoded(scratch, str_skip(link->url, 1));
        if (map_find(&b->ids, anchor) != NULL)
            continue;
        const struct md_node *heading = map_find(&by_slug, wide_slug(scratch, anchor));
        if (heading != NULL)
            link->url = str_fmt(b->arena, "#" STR_FMT, STR_ARG(heading->id));
    }
}
