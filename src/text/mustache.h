/* text/mustache: templates, compiled once, rendered many times.
 *
 * The language is Mustache as its public specification has it: comments,
 * delimiters, interpolation, sections, inverted sections, partials, the
 * optional inheritance ({{<parent}}, {{$block}}) and dynamic names
 * ({{>*name}}). No lambdas.
 *
 * Two modes. Strict, for every template of ours and every document: an unknown
 * name is an error at its place, raw output ({{{x}}} and {{&x}}) is refused, and
 * so is what stands in {{<parent}} outside its blocks and would never show. A
 * known name without a value (TV_NULL) prints nothing, whatever is asked of it.
 * Lenient, only for the specification's own suite: unknown is empty, raw works.
 *
 * White space. A line with nothing but tags that print nothing leaves no line
 * behind; so does a partial or parent alone on its line, and what it brings in
 * is indented like its tag, blank lines apart. A {{$block}} that shares its
 * lines with nothing gives its own indentation to what replaces it and ends the
 * line if it prints anything. An argument loses the indentation of its first
 * line.
 *
 * An argument may hold blocks; they are parameters of the template in which it
 * is written. Where several callers give an argument, the outermost wins.
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
    TEMPLATE_DEPTH_MAX = 64, /* sections, blocks, partials and parents in each other, together */
    TEMPLATE_NAME_PARTS_MAX = 32,      /* of a dotted name */
    TEMPLATE_DELIMITER_BYTES_MAX = 16, /* longer ones make the search for tags quadratic */
#ifdef STRESS
    TEMPLATE_OUTPUT_BYTES_MAX = 4 * 1024 * 1024,
    TEMPLATE_STEPS_MAX = 2 * 1000 * 1000,
#else
    TEMPLATE_OUTPUT_BYTES_MAX = 64 * 1024 * 1024, /* of one rendering */
    /* Operations of one rendering, about a second: nested loops that print
     * nothing would reach no other limit. */
    TEMPLATE_STEPS_MAX = 50 * 1000 * 1000,
#endif
};

struct template;

/* Compiles `text`, which is borrowed and stands at byte `off` of source `file`:
 * a body after its front matter, or a whole file with `off` 0. Never NULL.
 * Every mistake is reported (MU1, MU3, MU4); a broken tag becomes literal text
 * and what is left open ends with the template, so that the result can always
 * be rendered. */
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
 * a value or an indentation printed maps to its tag. Segments are in order of
 * `out`, each reaches to the next; they live in the arena of the output. */
struct template_map {
    struct template_segment {
        size_t out; /* in the whole buffer, which may have held text before */
        struct span from;
        bool verbatim; /* then positions inside advance together */
    } *segments;
    size_t count, cap;
};

/* Appends to out. `loader` and `map` may be NULL; a map may be continued by the
 * next rendering into the same buffer. False when something was reported: MU2,
 * then the tag printed nothing, or MU3, then the output ends there. */
bool template_render(const struct template *t, struct tval data,
                     const struct template_loader *loader, struct diags *d, struct buf *out,
                     struct template_map *map);
/* Verbatim text: the very byte, with length 0. A value: its whole tag. */
struct span template_map_find(const struct template_map *map, size_t out_offset);

/* The escapers, for writers and tests. HTML: & < > " ' become entities.
 * Markdown: punctuation gets a backslash where it could start or end markup, a
 * line break becomes a blank (at either end it vanishes), a blank at either end
 * an entity. So a value can never open a block, a link or HTML, nor leave the
 * cell, line or link text it stands in, whatever stands around it. Bare
 * addresses in it are linked like those in any text. Inside code Markdown knows
 * no escapes: there the backslashes show. */
void escape_html(struct buf *out, str text);
void escape_markdown(struct buf *out, str text);

#endif
