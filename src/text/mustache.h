/* text/mustache: templates, compiled once, rendered many times.
 *
 * The language is Mustache as its public specification has it: comments,
 * delimiters, interpolation, sections, inverted sections, partials, the
 * optional inheritance ({{<parent}}, {{$block}}) and dynamic names
 * ({{>*name}}). No lambdas.
 *
 * Two modes. Strict, for every template of ours and every document: an unknown
 * name is an error at its place, raw output ({{{x}}} and {{&x}}) is refused.
 * Lenient, only for the specification's own suite: unknown is empty, raw works.
 *
 * A compiled template is a flat list of operations over its source text, which
 * is borrowed; it is never changed by rendering. Nesting is limited. */
#ifndef TEXT_MUSTACHE_H
#define TEXT_MUSTACHE_H

#include "base/buf.h"
#include "base/diag.h"
#include "text/tval.h"

/* Escaping is chosen by the language that the template is written in. */
enum template_language { TEMPLATE_HTML, TEMPLATE_MARKDOWN, TEMPLATE_TEXT };

enum {
    TEMPLATE_DEPTH_MAX = 64,     /* sections, partials and parents together */
    TEMPLATE_OUTPUT_BYTES_MAX = 64 * 1024 * 1024,
};

struct template;

/* Compiles the text of source `file` from byte `off` on (front matter ends
 * there). Reports every mistake; what is broken becomes literal text, so that
 * the result can always be rendered. True when there was no mistake. */
struct template *template_compile(struct arena *a, struct diags *d, uint32_t file, str text,
                                  size_t off, enum template_language language, bool lenient);
/* True when the template has no tag at all: then its output is its text. */
bool template_is_plain(const struct template *t);

/* Where a template finds others, by the name in {{>name}} or {{<name}}; NULL
 * when there is none. */
struct template_loader {
    void *self;
    const struct template *(*find)(void *self, str name);
};

/* From a position in the output to the place in the source it came from; what
 * a value printed maps to its tag. Segments are in order of `out`. */
struct template_map {
    struct template_segment {
        size_t out;
        struct span from;
        bool verbatim; /* then positions inside advance together */
    } *segments;
    size_t count, cap;
};

/* Renders into out. `map` may be NULL. False when something was reported. */
bool template_render(const struct template *t, struct tval data,
                     const struct template_loader *loader, struct diags *d, struct buf *out,
                     struct template_map *map);
struct span template_map_find(const struct template_map *map, size_t out_offset);

/* The escapers, for writers and tests. HTML: & < > " ' become entities.
 * Markdown: every ASCII punctuation character that could start markup gets a
 * backslash, a line break becomes a blank, so a value can never open a
 * block, a link or HTML. */
void escape_html(struct buf *out, str text);
void escape_markdown(struct buf *out, str text);

#endif
