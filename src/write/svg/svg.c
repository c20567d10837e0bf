/* write/svg: a drawing as SVG, inside a page or as a file of its own. */
#include "write/svg/svg.h"

#include <assert.h>

#include "text/mustache.h"

static const char *const ink_name[] = {
    [INK_NONE] = "none",
    [INK_TEXT] = "text",
    [INK_MUTED] = "muted",
    [INK_LINE] = "line",
    [INK_SURFACE] = "surface",
    [INK_SUNKEN] = "sunken",
    [INK_ACCENT] = "accent",
    [INK_ACCENT_FILL] = "accent-fill",
    [INK_GOOD] = "good",
    [INK_WARN] = "warn",
    [INK_BAD] = "bad",
    [INK_GOOD_FILL] = "good-fill",
    [INK_WARN_FILL] = "warn-fill",
    [INK_BAD_FILL] = "bad-fill",
};
_Static_assert(COUNT_OF(ink_name) == INK_COUNT, "a new ink needs a name here");

/* On white paper: text at least 4.5 : 1, lines 3 : 1, also in grey. */
static const char *const ink_color[] = {
    [INK_NONE] = "none",         [INK_TEXT] = "#1b1f24",        [INK_MUTED] = "#57606a",
    [INK_LINE] = "#768390",      [INK_SURFACE] = "#ffffff",     [INK_SUNKEN] = "#eff2f5",
    [INK_ACCENT] = "#1f5fa8",    [INK_ACCENT_FILL] = "#e3edf8", [INK_GOOD] = "#1d6b3a",
    [INK_WARN] = "#8a5a00",      [INK_BAD] = "#b3261e",         [INK_GOOD_FILL] = "#e4f2e9",
    [INK_WARN_FILL] = "#fcf1da", [INK_BAD_FILL] = "#fae5e3",
};
_Static_assert(COUNT_OF(ink_color) == INK_COUNT, "a new ink needs a colour here");

enum { GROUP_DEPTH_MAX = 8 }; /* groups in each other; our drawings use two */

struct svg {
    struct buf *out;
    const struct drawing *drawing;
    const struct svg_links *links;
    bool is_file;
    const char *close[GROUP_DEPTH_MAX]; /* end tags of the open groups */
    size_t depth;
};

/* The only door for text. Characters that XML does not know, even escaped, become
 * U+FFFD. */
static void put_text(struct svg *s, str text)
{
    struct buf clean = buf_in(s->out->arena, text.n + 16);
    for (size_t at = 0; at < text.n;) {
        size_t start = at;
        uint32_t c = utf8_next(text, &at);
        bool is_control = (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7f && c < 0xa0);
        if (is_control || c == 0xfffe || c == 0xffff || c == 0xfffd)
            buf_lit(&clean, "\xef\xbf\xbd");
        else
            buf_add(&clean, str_from_to(text, start, at));
    }
    escape_html(s->out, buf_str(&clean));
}

static void put_attribute(struct svg *s, const char *name, str value)
{
    buf_fmt(s->out, " %s=\"", name);
    put_text(s, value);
    buf_char(s->out, '"');
}

static void put_number(struct svg *s, const char *name, double value)
{
    buf_fmt(s->out, " %s=\"", name);
    buf_number(s->out, value, 2);
    buf_char(s->out, '"');
}

static void put_point(struct svg *s, struct point p)
{
    buf_number(s->out, p.x, 2);
    buf_char(s->out, ' ');
    buf_number(s->out, p.y, 2);
}

/* Colours of a shape. In a page the attributes are what shows when the style
 * sheet is missing: outlines and words, so a box never hides its words. */
static void put_inks(struct svg *s, const struct draw_op *op)
{
    bool is_solid = op->kind == DRAW_TEXT || op->kind == DRAW_POLYGON;
    if (s->is_file) {
        if (op->fill != INK_NONE)
            buf_fmt(s->out, " fill=\"%s\"", ink_color[op->fill]);
        if (op->stroke != INK_NONE)
            buf_fmt(s->out, " stroke=\"%s\"", ink_color[op->stroke]);
    } else {
        buf_lit(s->out, " class=\"");
        if (op->fill != INK_NONE)
            buf_fmt(s->out, "fill-%s", ink_name[op->fill]);
        if (op->stroke != INK_NONE)
            buf_fmt(s->out, "%sstroke-%s", op->fill != INK_NONE ? " " : "", ink_name[op->stroke]);
        buf_lit(s->out, "\"");
        if (is_solid && op->fill != INK_NONE)
            buf_lit(s->out, " fill=\"currentColor\"");
        if (op->stroke != INK_NONE)
            buf_lit(s->out, " stroke=\"currentColor\"");
    }
    if (op->stroke != INK_NONE && op->line_width != 1)
        put_number(s, "stroke-width", op->line_width);
    if (op->stroke != INK_NONE && op->dashed)
        buf_lit(s->out, " stroke-dasharray=\"4 3\"");
}

/* Links lead inside the tree, so nothing with a scheme is one. */
static bool is_inside(str href)
{
    for (size_t i = 0; i < href.n; i++) {
        if (href.p[i] == ':')
            return false;
        if (href.p[i] == '/' || href.p[i] == '#' || href.p[i] == '?')
            break;
    }
    return href.n != 0;
}

/* A file of its own holds no other part. */
static str href_of(const struct svg *s, const struct draw_op *op)
{
    const struct record *r = op->link;
    if (op->target.n != 0 && !s->is_file)
        return str_fmt(s->out->arena, "#" STR_FMT, STR_ARG(op->target));
    if (r == NULL || s->links == NULL || s->links->href == NULL)
        return S("");
    str href = s->links->href(s->links->self, s->out->arena, r);
    return is_inside(href) ? href : S("");
}

/* Decoration does not count: the group is then one picture. */
static bool holds_groups(const struct svg *s, const struct draw_op *group)
{
    const struct draw_op *end = s->drawing->ops + s->drawing->count;
    size_t depth = 1;
    for (const struct draw_op *op = group + 1; op < end && depth != 0; op++) {
        if (op->kind == DRAW_GROUP && op->text.n != 0)
            return true;
        depth += op->kind == DRAW_GROUP;
        depth -= op->kind == DRAW_END;
    }
    return false;
}

/* A link is called by the words inside it, as it is for those who see it. */
static void group(struct svg *s, const struct draw_op *op)
{
    assert(s->depth < GROUP_DEPTH_MAX);
    str href = href_of(s, op);
    s->close[s->depth++] = href.n != 0 ? "</a>\n" : "</g>\n";
    if (href.n != 0) {
        buf_lit(s->out, "<a class=\"node\"");
        put_attribute(s, "href", href);
    } else if (op->text.n == 0) {
        buf_lit(s->out, "<g aria-hidden=\"true\"");
    } else {
        buf_fmt(s->out, "<g role=\"%s\"", holds_groups(s, op) ? "group" : "img");
        put_attribute(s, "aria-label", op->text);
    }
    buf_lit(s->out, ">\n");
}

static void end(struct svg *s, const struct draw_op *op)
{
    (void)op;
    assert(s->depth != 0);
    buf_add(s->out, str_from(s->close[--s->depth]));
}

static void rect(struct svg *s, const struct draw_op *op)
{
    buf_lit(s->out, "<rect");
    put_number(s, "x", op->x);
    put_number(s, "y", op->y);
    put_number(s, "width", op->w);
    put_number(s, "height", op->h);
    if (op->radius > 0)
        put_number(s, "rx", op->radius);
    put_inks(s, op);
    buf_lit(s->out, "/>\n");
}

static void path(struct svg *s, const struct draw_op *op)
{
    buf_lit(s->out, "<path d=\"");
    for (size_t i = 0; i < op->point_count; i++) {
        buf_add(s->out, i == 0 ? S("M") : i == 1 ? S("C") : S(" "));
        put_point(s, op->points[i]);
    }
    buf_lit(s->out, "\"");
    put_inks(s, op);
    buf_lit(s->out, "/>\n");
}

static void corners(struct svg *s, const struct draw_op *op)
{
    buf_add(s->out, op->kind == DRAW_POLYGON ? S("<polygon points=\"") : S("<polyline points=\""));
    for (size_t i = 0; i < op->point_count; i++) {
        if (i != 0)
            buf_char(s->out, ' ');
        put_point(s, op->points[i]);
    }
    buf_lit(s->out, "\"");
    put_inks(s, op);
    buf_lit(s->out, "/>\n");
}

static void text(struct svg *s, const struct draw_op *op)
{
    buf_lit(s->out, "<text");
    put_number(s, "x", op->x);
    put_number(s, "y", op->y);
    put_number(s, "font-size", op->size);
    if (op->anchor == ANCHOR_MIDDLE)
        buf_lit(s->out, " text-anchor=\"middle\"");
    if (op->anchor == ANCHOR_END)
        buf_lit(s->out, " text-anchor=\"end\"");
    if (op->bold)
        buf_lit(s->out, " font-weight=\"bold\"");
    put_inks(s, op);
    buf_lit(s->out, ">");
    put_text(s, op->text);
    buf_lit(s->out, "</text>\n");
}

static void (*const write_op[])(struct svg *s, const struct draw_op *op) = {
    [DRAW_GROUP] = group,     [DRAW_END] = end,      [DRAW_RECT] = rect, [DRAW_PATH] = path,
    [DRAW_POLYGON] = corners, [DRAW_LINE] = corners, [DRAW_TEXT] = text,
};
_Static_assert(COUNT_OF(write_op) == DRAW_TEXT + 1, "a new draw_kind needs a row");

static void write_root(struct svg *s, str id)
{
    const double pixels = 96.0 / 72; /* of one point */
    const struct drawing *d = s->drawing;
    struct arena *a = s->out->arena;
    str title_id = str_fmt(a, STR_FMT "-title", STR_ARG(id));
    str description_id = str_fmt(a, STR_FMT "-desc", STR_ARG(id));
    buf_lit(s->out, "<svg role=\"group\"");
    if (s->is_file)
        buf_lit(s->out, " xmlns=\"http://www.w3.org/2000/svg\"");
    put_attribute(s, "aria-labelledby", title_id);
    put_attribute(s, "aria-describedby", description_id);
    buf_lit(s->out, " viewBox=\"0 0 ");
    put_point(s, (struct point){d->width, d->height});
    buf_lit(s->out, "\"");
    put_number(s, "width", d->width * pixels);
    put_number(s, "height", d->height * pixels);
    buf_lit(s->out, " fill=\"none\" font-family=\"sans-serif\">\n<title");
    put_attribute(s, "id", title_id);
    buf_lit(s->out, ">");
    put_text(s, d->title);
    buf_lit(s->out, "</title>\n<desc");
    put_attribute(s, "id", description_id);
    buf_lit(s->out, ">");
    put_text(s, d->description);
    buf_lit(s->out, "</desc>\n");
}

static void write_all(struct svg *s, str id)
{
    write_root(s, id);
    if (s->is_file)
        buf_fmt(s->out, "<rect width=\"100%%\" height=\"100%%\" fill=\"%s\"/>\n",
                ink_color[INK_SURFACE]);
    for (size_t i = 0; i < s->drawing->count; i++)
        write_op[s->drawing->ops[i].kind](s, &s->drawing->ops[i]);
    assert(s->depth == 0);
    buf_lit(s->out, "</svg>\n");
}

void svg_inline(struct buf *out, const struct drawing *d, const struct svg_links *links, str id)
{
    struct svg s = {.out = out, .drawing = d, .links = links};
    if (d->count != 0)
        write_all(&s, id.n != 0 ? id : d->id);
}

void svg_file(struct buf *out, const struct drawing *d, const struct svg_links *links)
{
    struct svg s = {.out = out, .drawing = d, .links = links, .is_file = true};
    if (d->count == 0)
        return;
    buf_lit(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    write_all(&s, d->id);
}
