/* text/md: from text to tree, and front matter. */
#include "text/md_int.h"

#include <assert.h>

static void put_as_it_is(struct md_build *b, str text)
{
    b->at = md_put(b, MD_PARA, b->root->span);
    struct md_node *words = md_put(b, MD_TEXT, b->root->span);
    words->text = str_dup(b->arena, text);
}

static struct md_node *parse(struct md_source *s, struct arena *a, bool plain, bool bare_links)
{
    assert(a != s->arena);
    if (plain)
        s->may_link = bare_links;
    else
        md_scan(s);
    md_feed(s);
    struct md_build b = {
        .arena = a,
        .source = s,
        .plain = plain,
        .bare_links = bare_links,
        .words = buf_in(s->arena, 4096),
        .html = md_html_new(s->arena),
        .notes = map_in(s->arena),
        .ids = map_in(s->arena),
        .urls = map_in(s->arena),
    };
    b.root = b.at = md_new(a, MD_DOCUMENT, md_line_span(s, 1, 1));
    md_convert(&b, md_parser_run(s->fed, !plain));
    md_anchors_resolve(&b);
    if (s->is_held)
        put_as_it_is(&b, s->text);
    return b.root;
}

struct md_node *md_parse(struct arena *a, struct diags *d, str text, uint32_t file, size_t off,
                         const struct template_map *map)
{
    arena_reset(md_scratch());
    struct md_source s = {
        .arena = md_scratch(), .diags = d, .text = text, .file = file, .off = off, .map = map};
    return parse(&s, a, false, true);
}

struct md_node *md_parse_plain(struct arena *a, str text, bool bare_links)
{
    arena_reset(md_scratch());
    struct md_source s = {.arena = md_scratch(), .text = text};
    return parse(&s, a, true, bare_links);
}

/* Takes a line of three dashes off *rest. */
static bool dashes(str *rest)
{
    str line, after = *rest;
    if (!str_line(&after, &line) || !str_starts(line, S("---")) || !str_is_blank(str_skip(line, 3)))
        return false;
    *rest = after;
    return true;
}

bool md_front_matter(str text, size_t *yaml_from, size_t *yaml_to, size_t *body_from)
{
    *yaml_from = *yaml_to = *body_from = 0;
    str rest = text, line;
    if (str_starts(rest, S("\xEF\xBB\xBF")))
        rest = str_skip(rest, 3);
    if (!dashes(&rest))
        return true;
    size_t from = text.n - rest.n;
    do {
        size_t to = text.n - rest.n;
        if (dashes(&rest)) {
            *yaml_from = from;
            *yaml_to = to;
            *body_from = text.n - rest.n;
            return true;
        }
    } while (str_line(&rest, &line));
    return false;
}
