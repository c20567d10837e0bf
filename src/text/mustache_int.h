/* text/mustache_int: what the compiler and the renderer of templates share.
 *
 * A template is one array of operations. What opens something (section,
 * inverted section, parent, block) is followed by its content and closed by its
 * OP_END; both know each other's index. A parent holds nothing but blocks: the
 * arguments that it gives. OP_RETURN stands last. */
#ifndef TEXT_MUSTACHE_INT_H
#define TEXT_MUSTACHE_INT_H

#include "text/mustache.h"

enum op_kind {
    OP_TEXT,
    OP_VALUE,
    OP_RAW,
    OP_SECTION,
    OP_INVERTED,
    OP_PARTIAL,
    OP_PARENT,
    OP_BLOCK,
    OP_END,
    OP_RETURN,
};

enum op_flag {
    OP_LINE_START = 1, /* the first of its line: the indentation in force comes before it */
    OP_STANDALONE = 2, /* its line is gone: what it brings in begins on a line of its own */
    OP_OWN_LINES = 4,  /* a block that shares its lines with nothing */
    OP_DYNAMIC = 8,    /* a partial or parent that is named by a value */
};

struct op {
    uint8_t kind, flags;
    uint16_t part_count; /* of a dotted name; 0 is {{.}} */
    uint32_t off, len;   /* in the template's text: what to print, or the tag; of the end of a
                            block with OP_OWN_LINES the line break behind it */
    uint32_t name;       /* the first of its parts; else the name_id of a partial, parent, block */
    uint32_t end;        /* of the OP_END that closes it; of OP_END what it closes */
    uint32_t indent_off, indent_len; /* what indents each line that it brings in */
};

struct template {
    str text;
    uint32_t file;
    size_t off; /* of text in file */
    enum template_language language;
    bool lenient;
    size_t tag_count;
    struct op *ops;
    size_t count, cap;
    name_id *parts; /* of all dotted names */
    size_t part_count, part_cap;
};

/* A place in a template's text, as a place in its file. */
struct span template_span(const struct template *t, size_t off, size_t len);
/* Author text for a message: at most 80 bytes. */
str template_shown(str text);
void template_map_add(struct template_map *map, struct arena *a, size_t out, struct span from,
                      bool verbatim);

/* -- Scanning: where tags are and what they say ------------------------------------------------ */

enum tag_kind {
    TAG_VALUE,
    TAG_RAW,
    TAG_SECTION,
    TAG_INVERTED,
    TAG_END,
    TAG_PARTIAL,
    TAG_PARENT,
    TAG_BLOCK,
    TAG_SILENT, /* a comment or new delimiters */
    TAG_BROKEN, /* fault says why */
};

struct tag {
    enum tag_kind kind;
    size_t off, len; /* with its delimiters; of TAG_BROKEN what is to be shown as text */
    str name;        /* without blanks around it and without the asterisk */
    bool dynamic;
    const char *fault;
};

/* The next place of a word, kept until the scanner has passed it: broken tags
 * must not make the search start over and over. */
struct needle {
    str word;
    size_t at;
    bool known;
};

struct scanner {
    struct arena *arena;
    str text;
    size_t at;
    str open;
    struct needle close, close_raw, close_delimiters; /* `}}`, `}}}`, `=}}` */
};

struct scanner scanner_on(struct arena *a, str text);
/* Finds the next tag at or after s->at and moves behind it; false when there is
 * none. New delimiters are in force at once. */
bool scanner_next(struct scanner *s, struct tag *tag);

/* -- Rendering --------------------------------------------------------------------------------- */

enum frame_kind { FRAME_TEMPLATE, FRAME_SECTION, FRAME_BLOCK };

/* What to go back to. */
struct frame {
    enum frame_kind kind;
    const struct template *t; /* where it was entered, at operation `op` */
    size_t op;
    struct tval list;    /* FRAME_SECTION over a list, else TV_UNKNOWN */
    size_t index, count; /* in that list */
    size_t out;          /* FRAME_BLOCK: where its output begins */
    size_t args, indent_from, indent_count; /* as they were */
};

enum { REPORTED_TAGS_MAX = 100 }; /* of one rendering; further ones wait for the next run */

struct renderer {
    const struct template *t;
    size_t pc; /* of the operation after this one */
    const struct template_loader *loader;
    struct diags *diags;
    struct buf *out;
    struct template_map *map;
    size_t out_max, steps_left;

    struct frame frames[TEMPLATE_DEPTH_MAX];
    size_t depth;
    struct tval contexts[TEMPLATE_DEPTH_MAX + 1]; /* innermost last */
    size_t context_count;
    /* The indentation in force: the slices from indent_from on, in order. */
    str indents[TEMPLATE_DEPTH_MAX];
    size_t indent_from, indent_count;
    bool mid_line; /* an argument was put into a line: its first line is not indented */
    /* The innermost frame of a parent whose arguments are seen, + 1. */
    size_t args;

    const struct op *reported[REPORTED_TAGS_MAX];
    size_t reported_count;
    bool failed, stopped;
};

/* Work that is not an operation, but might be much. */
static inline void render_spend(struct renderer *r, size_t steps)
{
    r->steps_left -= steps < r->steps_left ? steps : r->steps_left;
}

/* The value of the dotted name of op; TV_UNKNOWN when nobody knows it. */
struct tval render_lookup(struct renderer *r, const struct op *op);
/* The same; what is unknown in a strict template is reported. */
struct tval render_lookup_known(struct renderer *r, const struct op *op);

/* These report at the tag of op, once in a rendering. */
void render_report_no_text(struct renderer *r, const struct op *op, struct tval value);
void render_report_no_template(struct renderer *r, const struct op *op, str name);
/* This ends the rendering. "too deep", 64, "levels". */
void render_report_limit(struct renderer *r, const struct op *op, const char *what, size_t limit,
                         const char *unit);

#endif
