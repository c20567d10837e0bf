/* cli/import_links: links between imported files, in the form that finds them where they are now.
 */
#include "cli/import_int.h"

#include <stdlib.h>

#include "base/path.h"
#include "text/md.h"

enum {
    LOOK_BYTES_MAX = 8 * 1024, /* an address stands near the words of its link */
    DEFINITIONS_MAX = 64,      /* each is looked for in the whole text */
};

struct edit {
    size_t from, to;
    str text;
};

struct links {
    struct import *im;
    struct import_item *item;
    str body;
    uint32_t lines_before;
    const struct diags *diags;
    struct map ids; /* of its headings */
    struct edit *edits;
    size_t count, cap;
    size_t definitions;
};

static int hex_of(char c)
{
    c = ascii_lower(c);
    return ascii_is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "site%20plan.md" is "site plan.md". */
static str decoded(struct arena *a, str url)
{
    struct buf b = buf_in(a, url.n + 1);
    for (size_t i = 0; i < url.n; i++) {
        int high = url.p[i] == '%' && i + 2 < url.n ? hex_of(url.p[i + 1]) : -1;
        int low = high >= 0 ? hex_of(url.p[i + 2]) : -1;
        int c = low >= 0 ? high * 16 + low : (unsigned char)url.p[i];
        buf_char(&b, (char)(c != 0 ? c : '%'));
        i += low >= 0 && c != 0 ? 2 : 0;
    }
    return buf_str(&b);
}

static bool is_elsewhere(str url)
{
    size_t colon = str_find_char(url, ':', 0), slash = str_find_char(url, '/', 0);
    return url.n == 0 || url.p[0] == '#' || str_starts(url, S("//")) ||
           (colon != SIZE_MAX && (slash == SIZE_MAX || colon < slash));
}

static str without_page_ending(str path)
{
    static const str endings[] = {S_INIT(".html"), S_INIT(".htm"), S_INIT("/")};
    for (size_t i = 0; i < COUNT_OF(endings); i++)
        if (path.n > endings[i].n && str_ends(path, endings[i]))
            return str_from_to(path, 0, path.n - endings[i].n);
    return path;
}

/* The file that site generators take for such an address. */
static const struct import_item *item_at(struct links *l, str path)
{
    static const str endings[] = {S_INIT(""),          S_INIT(".md"),        S_INIT(".markdown"),
                                  S_INIT("/index.md"), S_INIT("/README.md"), S_INIT("/_index.md"),
                                  S_INIT("/readme.md")};
    struct arena *a = l->im->arena;
    str base = without_page_ending(path);
    const struct import_item *found = map_find(&l->im->by_source, path);
    for (size_t i = 0; i < COUNT_OF(endings) && found == NULL; i++)
        found = map_find(&l->im->by_source,
                         str_fmt(a, STR_FMT STR_FMT, STR_ARG(base), STR_ARG(endings[i])));
    if (found == NULL && base.n == 0)
        found = map_find(&l->im->by_source, S("index.md"));
    if (found == NULL) /* sites name pages by their ids, too */
        found = map_find(&l->im->by_id, path_name(base));
    return found;
}

static const struct import_item *find_item(struct links *l, str url)
{
    struct arena *a = l->im->arena;
    str path, full;
    str_cut(url, '#', &path);
    str_cut(path, '?', &path);
    path = decoded(a, path);
    if (path.n != 0 && path.p[0] == '/') /* of the site that it was */
        return item_at(l, str_skip(path, 1));
    str plain = path.n > 1 && path.p[path.n - 1] == '/' ? str_from_to(path, 0, path.n - 1) : path;
    return path_resolve(a, l->item->source, plain, &full) ? item_at(l, full) : NULL;
}

/* Where the address stands in the source; SIZE_MAX: not found. */
static size_t place_of_url(struct links *l, const struct md_node *n)
{
    size_t end = (size_t)n->span.off + LOOK_BYTES_MAX;
    str near = str_from_to(l->body, 0, end < l->body.n ? end : l->body.n);
    for (size_t at = n->span.off; (at = str_find(near, n->url, at)) != SIZE_MAX; at++)
        if (at != 0 && (near.p[at - 1] == '(' || near.p[at - 1] == '<'))
            return at;
    if (l->definitions++ >= DEFINITIONS_MAX)
        return SIZE_MAX;
    str definition = str_fmt(l->im->arena, "]: " STR_FMT, STR_ARG(n->url));
    size_t at = str_find(l->body, definition, 0);
    return at == SIZE_MAX ? SIZE_MAX : at + 3;
}

static str as_address(struct arena *a, str path, bool has_brackets)
{
    bool is_plain = true;
    for (size_t i = 0; i < path.n; i++)
        is_plain &= path.p[i] != ' ' && path.p[i] != '(' && path.p[i] != ')';
    return is_plain || has_brackets ? path : str_fmt(a, "<" STR_FMT ">", STR_ARG(path));
}

static void lead_to(struct links *l, const struct md_node *n, const struct import_item *to)
{
    struct arena *a = l->im->arena;
    size_t hash = str_find_char(n->url, '#', 0), at = place_of_url(l, n);
    str fragment = hash == SIZE_MAX ? S("") : str_skip(n->url, hash);
    str path = path_relative(a, l->item->target, to->target);
    str now = str_fmt(a, STR_FMT STR_FMT, STR_ARG(path), STR_ARG(fragment));
    if (at == SIZE_MAX || str_eq(now, n->url))
        return; /* as it is, or else the check of the whole finds it */
    bool has_brackets = at != 0 && l->body.p[at - 1] == '<';
    PUSH(a, l->edits, l->count, l->cap, struct edit) =
        (struct edit){at, at + n->url.n, as_address(a, now, has_brackets)};
}

static bool is_taken_picture(const struct import_item *to)
{
    return to != NULL && str_eq(to->kind, S("picture"));
}

/* The first "[[…]]" of the paragraph from there on: a text that has other marks in it, too, is
 * known by its beginning alone. */
static struct edit plain_brackets(str text, size_t from)
{
    size_t end = str_find(text, S("\n\n"), from);
    str near = str_from_to(text, 0, end != SIZE_MAX ? end : text.n);
    size_t open = str_find(near, S("[["), from);
    size_t close = open != SIZE_MAX ? str_find(near, S("]]"), open) : SIZE_MAX;
    if (close == SIZE_MAX || (open != 0 && near.p[open - 1] == '`'))
        return (struct edit){SIZE_MAX, SIZE_MAX, S("")};
    return (struct edit){open, close + 2, S("")}; /* with marks of code around it */
}

/* A mark that makes plain text of what stands at a place: its address, or its beginning. */
static struct edit plain_edit(str text, size_t place)
{
    size_t at = place, end = at;
    if (at < text.n && text.p[at] == '!')
        at++;
    if (at < text.n && text.p[at] == '<')
        return (struct edit){at, at + 1, S("&lt;")};
    if (str_starts(str_skip(text, at), S("[[")) && (end = str_find(text, S("]]"), at)) != SIZE_MAX)
        return (struct edit){at, end + 2, S("")}; /* with marks of code around it */
    if (at < text.n && text.p[at] == '[')
        return (struct edit){at, at, S("\\")};
    size_t angle = at != 0 && text.p[at - 1] == '<' ? at - 1 : SIZE_MAX;
    while (at != 0 && str_find_char(S(" <`\n"), text.p[at - 1], 0) != SIZE_MAX)
        at--;
    if (at != 0 && text.p[at - 1] == '[') /* its words are its address */
        return (struct edit){at - 1, at - 1, S("\\")};
    if (at > 1 && text.p[at - 1] == '(' && text.p[at - 2] == ']')
        return (struct edit){at - 2, at - 2, S("\\")};
    if (angle != SIZE_MAX) /* "<ftp://…>" */
        return (struct edit){angle, angle + 1, S("&lt;")};
    return plain_brackets(text, place);
}

static void keep_picture_as_text(struct links *l, const struct md_node *n)
{
    struct edit e = plain_edit(l->body, n->span.off);
    if (e.from == SIZE_MAX)
        return;
    PUSH(l->im->arena, l->edits, l->count, l->cap, struct edit) = e;
    import_note(l->im, l->item, l->lines_before + diags_line_number(l->diags, n->span), n->url,
                "no picture that can be shown (PNG, JPEG) is there: its words and address stay");
}

/* "#2.-Who-decides" is the heading that we call "h-2-who-decides". */
static void lead_inside(struct links *l, const struct md_node *n)
{
    struct arena *a = l->im->arena;
    str id = md_heading_id(a, decoded(a, str_skip(n->url, 1)));
    size_t at = place_of_url(l, n);
    if (map_find(&l->ids, str_skip(n->url, 1)) == NULL && map_find(&l->ids, id) != NULL &&
        at != SIZE_MAX)
        PUSH(a, l->edits, l->count, l->cap, struct edit) =
            (struct edit){at, at + n->url.n, str_fmt(a, "#" STR_FMT, STR_ARG(id))};
}

static void look_at(struct links *l, const struct md_node *n)
{
    const struct import_item *to = is_elsewhere(n->url) ? NULL : find_item(l, n->url);
    if (n->kind == MD_LINK && n->url.n > 1 && n->url.p[0] == '#')
        lead_inside(l, n);
    else if (n->kind == MD_IMAGE && !is_taken_picture(to))
        keep_picture_as_text(l, n);
    else if (to != NULL && to->target.n != 0 && (to->id.n != 0 || n->kind == MD_IMAGE))
        lead_to(l, n, to);
}

/* What gets no other words becomes code: brackets there are no link. */
static void put_edit(struct buf *out, str text, const struct edit *e)
{
    if (e->text.n != 0)
        buf_add(out, e->text);
    else
        buf_fmt(out, "`" STR_FMT "`", STR_ARG(str_from_to(text, e->from, e->to)));
}

static int by_place(const void *a, const void *b)
{
    const struct edit *left = a, *right = b;
    return left->from < right->from ? -1 : left->from > right->from;
}

static str apply(struct links *l)
{
    struct buf out = buf_in(l->im->arena, l->body.n + 64 * l->count + 1);
    size_t done = 0;
    if (l->count == 0)
        return l->body;
    qsort(l->edits, l->count, sizeof *l->edits, by_place);
    for (size_t i = 0; i < l->count; i++) {
        const struct edit *e = &l->edits[i];
        if (e->from < done)
            continue; /* one definition that several links use */
        buf_add(&out, str_from_to(l->body, done, e->from));
        put_edit(&out, l->body, e);
        done = e->to;
    }
    buf_add(&out, str_skip(l->body, done));
    return buf_str(&out);
}

str import_links(struct import *im, struct import_item *it, str body, uint32_t lines_before)
{
    struct arena *scratch = arena_new("links", 1024 * 1024 * 1024);
    struct diags *d = diags_new(scratch);
    uint32_t file = diags_source(d, it->source, body);
    struct links l = {.im = im, .item = it, .body = body, .lines_before = lines_before, .diags = d};
    struct md_node *tree = md_parse(scratch, d, body, file, 0, NULL);
    l.ids = map_in(scratch);
    for (struct md_walk w = md_walk(tree); md_step(&w);)
        if (w.enter && w.node->id.n != 0)
            map_put(&l.ids, w.node->id, w.node);
    for (struct md_walk w = md_walk(tree); md_step(&w);)
        if (w.enter && (w.node->kind == MD_LINK || w.node->kind == MD_IMAGE))
            look_at(&l, w.node);
    str out = apply(&l);
    arena_free(scratch);
    return out;
}

str import_as_text(struct arena *a, str text, const size_t *places, size_t count, size_t *done)
{
    struct buf out = buf_in(a, text.n + 8 * count + 1);
    size_t at = 0;
    *done = 0;
    for (size_t i = 0; i < count; i++) {
        struct edit e = plain_edit(text, places[i]);
        if (e.from == SIZE_MAX || e.from < at)
            continue;
        buf_add(&out, str_from_to(text, at, e.from));
        put_edit(&out, text, &e);
        at = e.to;
        ++*done;
    }
    buf_add(&out, str_skip(text, at));
    return buf_str(&out);
}
