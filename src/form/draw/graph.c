/* form/draw/graph: boxes and arrows, their words cleaned, wrapped and measured. */
#include "form/draw/graph.h"

#include <assert.h>

#include "base/buf.h"

struct graph *graph_new(struct arena *a, struct ruler ruler, enum graph_flow flow)
{
    struct graph *g = NEW(a, struct graph);
    g->arena = a;
    g->ruler = ruler;
    g->flow = flow;
    g->wrap_width = 118;
    g->node_gap = 18;
    g->rank_gap = 40;
    g->readable_max = GRAPH_READABLE_MAX;
    return g;
}

struct graph_node *graph_node(struct graph *g, const struct record *link)
{
    struct graph_node *n = &PUSH(g->arena, g->nodes, g->node_count, g->node_cap, struct graph_node);
    *n = (struct graph_node){.link = link, .fill = INK_SURFACE, .stroke = INK_LINE};
    n->line_width = 1;
    n->badge_ink = INK_MUTED;
    return n;
}

struct graph_edge *graph_edge(struct graph *g, size_t from, size_t to)
{
    assert(from < g->node_count && to < g->node_count);
    struct graph_edge *e = &PUSH(g->arena, g->edges, g->edge_count, g->edge_cap, struct graph_edge);
    *e = (struct graph_edge){.from = from, .to = to, .ink = INK_MUTED};
    return e;
}

size_t graph_cluster(struct graph *g, str title)
{
    struct graph_cluster *c =
        &PUSH(g->arena, g->clusters, g->cluster_count, g->cluster_cap, struct graph_cluster);
    *c = (struct graph_cluster){.block = {.count = 0}};
    graph_say(g, &c->block, title, (struct graph_style){11, true, INK_TEXT, 0}, 400);
    return g->cluster_count;
}

size_t graph_group(struct graph *g, str title)
{
    PUSH(g->arena, g->groups, g->group_count, g->group_cap, struct graph_group) =
        (struct graph_group){title};
    return g->group_count;
}

void graph_legend(struct graph *g, str badge, enum ink ink, bool dashed, str text)
{
    struct mark mark = {.letters = badge, .ink = ink, .dashed = dashed};
    mark.kind = badge.n != 0 ? MARK_LETTER : MARK_LINE;
    PUSH(g->arena, g->legend, g->legend_count, g->legend_cap, struct legend_entry) =
        (struct legend_entry){mark, text};
}

/* What moves the reader's eye elsewhere, or nothing at all, is no text. */
static bool is_unseen(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 ||
           (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff ||
           (c >= 0xfffe && c <= 0xffff);
}

str graph_clean(struct arena *a, str text)
{
    struct buf out = buf_in(a, text.n + 1);
    bool blank = false;
    for (size_t at = 0; at < text.n;) {
        size_t start = at;
        uint32_t c = utf8_next(text, &at);
        if (c == ' ' || is_unseen(c)) {
            blank = out.n != 0;
            continue;
        }
        if (blank)
            buf_char(&out, ' ');
        blank = false;
        buf_add(&out, str_from_to(text, start, at));
    }
    return buf_str(&out);
}

/* Never within a character. */
static size_t cut_at(str text, size_t bytes_max)
{
    size_t at = 0, end = 0;
    while (at < text.n) {
        utf8_next(text, &at);
        if (at > bytes_max)
            break;
        end = at;
    }
    return end;
}

static double width_of(const struct graph *g, str text, const struct graph_style *style)
{
    return g->ruler.width(g->ruler.self, text, style->size, style->bold);
}

/* Text as measured words. A word too long for a line is cut into pieces, of
 * which only the first begins with a blank. */
struct words {
    struct word {
        str text;
        double width;
        bool glued; /* no blank before it */
    } * items;
    size_t count, cap;
    double blank;
};

/* How many bytes of a word fit; at least one character. */
static size_t fitting(const struct graph *g, str word, const struct graph_style *style, double max)
{
    size_t at = 0, end = 0;
    while (at < word.n) {
        utf8_next(word, &at);
        if (end != 0 && width_of(g, str_from_to(word, 0, at), style) > max)
            break;
        end = at;
    }
    return end;
}

static struct words words_of(const struct graph *g, str text, const struct graph_style *style,
                             double max)
{
    struct words w = {.blank = width_of(g, S(" "), style)};
    for (str rest = text, word; rest.n != 0;) {
        rest = str_cut(rest, ' ', &word);
        for (bool glued = false; word.n != 0; glued = true) {
            double width = width_of(g, word, style);
            size_t bytes = width <= max ? word.n : fitting(g, word, style, max);
            str piece = str_from_to(word, 0, bytes);
            if (bytes != word.n)
                width = width_of(g, piece, style);
            PUSH(g->arena, w.items, w.count, w.cap, struct word) =
                (struct word){piece, width, glued};
            word = str_skip(word, bytes);
        }
    }
    return w;
}

/* The first word of the next line. */
static size_t line_end(const struct words *w, size_t first, double max)
{
    double width = w->items[first].width;
    size_t i = first + 1;
    for (; i < w->count; i++) {
        width += w->items[i].width + (w->items[i].glued ? 0 : w->blank);
        if (width > max)
            break;
    }
    return i;
}

static size_t lines_needed(const struct words *w, double max)
{
    size_t count = 0;
    for (size_t i = 0; i < w->count; count++)
        i = line_end(w, i, max);
    return count;
}

/* The narrowest width with as few lines as the widest: lines of like length
 * read better in a box than a full one and a single word. */
static double balanced(const struct words *w, double max)
{
    enum { STEPS = 7 };
    size_t need = lines_needed(w, max);
    if (need < 2 || need > GRAPH_LINES_MAX)
        return max;
    double low = max / 3, high = max;
    for (int i = 0; i < STEPS; i++) {
        double middle = (low + high) / 2;
        if (lines_needed(w, middle) > need)
            low = middle;
        else
            high = middle;
    }
    return high;
}

static str words_join(struct arena *a, const struct words *w, size_t first, size_t end, bool cut)
{
    struct buf text = buf_in(a, 32);
    for (size_t i = first; i < end; i++) {
        if (i != first && !w->items[i].glued)
            buf_char(&text, ' ');
        buf_add(&text, w->items[i].text);
    }
    if (cut)
        buf_lit(&text, "…");
    return buf_str(&text);
}

static void line_add(const struct graph *g, struct graph_block *block, str text,
                     struct graph_style style, double indent)
{
    double width = width_of(g, text, &style);
    PUSH(g->arena, block->lines, block->count, block->cap, struct graph_line) =
        (struct graph_line){text, style, width, indent};
    if (width + indent > block->width)
        block->width = width + indent;
    block->height += style.size * GRAPH_LINE_HEIGHT;
}

void graph_say(const struct graph *g, struct graph_block *block, str text, struct graph_style style,
               double wrap_width)
{
    str clean = graph_clean(g->arena, text);
    if (clean.n > GRAPH_TEXT_BYTES_MAX)
        clean = str_fmt(g->arena, STR_FMT "…",
                        STR_ARG(str_from_to(clean, 0, cut_at(clean, GRAPH_TEXT_BYTES_MAX))));
    double max = wrap_width - style.hang;
    struct words w = words_of(g, clean, &style, max);
    double width = g->left ? max : balanced(&w, max);
    for (size_t i = 0, end, line = 1; i < w.count && line <= GRAPH_LINES_MAX; i = end, line++) {
        end = line_end(&w, i, width);
        bool cut = line == GRAPH_LINES_MAX && end < w.count;
        line_add(g, block, words_join(g->arena, &w, i, end, cut), style, line > 1 ? style.hang : 0);
    }
}

static double at_least(double value, double least)
{
    return value < least ? least : value;
}

/* Height of a further field of a node, with the room around it. */
double graph_field_height(const struct graph_block *block)
{
    return block->count == 0 ? 0 : block->height + GRAPH_PAD_Y + 2;
}

void graph_stack(struct graph *g)
{
    enum { ROW_DOWN = 6, ROW_RIGHT = 12 };
    size_t row = g->flow == GRAPH_DOWN ? ROW_DOWN : ROW_RIGHT, count = 0;
    bool *joined = NEW_ARRAY(g->arena, bool, g->node_count);
    size_t *loose = NEW_ARRAY(g->arena, size_t, g->node_count);
    for (size_t i = 0; i < g->edge_count; i++)
        joined[g->edges[i].from] = joined[g->edges[i].to] = true;
    for (size_t i = 0; i < g->node_count; i++)
        if (!joined[i])
            loose[count++] = i;
    for (size_t i = row; i < count; i++)
        graph_edge(g, loose[i - row], loose[i])->hidden = true;
}

void graph_settle(struct graph *g)
{
    double widest = 0;
    for (size_t i = 0; i < g->node_count; i++) {
        struct graph_node *n = &g->nodes[i];
        /* The letter's field stands beside the words; as much is left free on
         * the other side when they are to be in the middle. */
        double letter = (n->rounded ? GRAPH_INSET_ROUND : GRAPH_INSET) + MARK_SIDE + 1;
        double side = n->badge.n != 0 ? letter : GRAPH_PAD_X;
        double other = n->flag.n != 0 ? letter : GRAPH_PAD_X;
        if (!g->left)
            side = other = at_least(side, other);
        double field = at_least(n->above.width, n->below.width) * TEXT_SLACK + 2 * GRAPH_PAD_X;
        n->width = at_least(at_least(n->block.width * TEXT_SLACK + side + other, field), 40);
        n->height = at_least(n->block.height + 2 * GRAPH_PAD_Y, 26) +
                    graph_field_height(&n->above) + graph_field_height(&n->below);
        widest = at_least(widest, n->width);
    }
    for (size_t i = 0; g->same_width && i < g->node_count; i++)
        g->nodes[i].width = widest;
}
