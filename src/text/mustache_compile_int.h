/* text/mustache_compile_int: a template while it is being compiled.
 *
 * Tags come from the scanner in order; the text between them is taken line by
 * line, because a line with nothing but silent tags must vanish, and whether it
 * is one shows only at its end. So its blanks are kept as operations of their
 * own until then, and emptied if it vanishes; the last pass removes what is
 * empty and joins each opening with its end.
 *
 * An argument ({{$block}} directly in {{<parent}}) has lines of its own: around
 * it is nothing that would be printed. */
#ifndef TEXT_MUSTACHE_COMPILE_INT_H
#define TEXT_MUSTACHE_COMPILE_INT_H

#include "text/mustache_int.h"

/* The line that is being read. Indexes of operations are + 1, 0 for none. */
struct line {
    size_t first;    /* index of its first operation, plain */
    size_t blanks;   /* the last of its blanks; each holds the one before in `end` */
    size_t producer; /* a partial or parent that has the line for itself so far */
    size_t tags;
    size_t lead_off, lead_len; /* the blanks at its head */
    bool begun;      /* its head was seen */
    bool visible;    /* something on it is printed: it stays */
    bool indented;   /* an operation has OP_LINE_START for it */
    bool shared;     /* an argument that begins behind its tag: not a line of its own */
};

/* What is open. */
struct open {
    enum op_kind kind;
    struct tag tag;
    size_t op;
    bool ignored;     /* it stands in a parent, outside its blocks */
    bool argument;    /* a block directly in a parent */
    bool leads;       /* a block with nothing before it on its line */
    bool told;        /* what a parent loses was reported once */
    struct line line; /* around a parent; as a block found it */
    str dedent;       /* around a parent */
};

struct compiler {
    struct arena *arena;
    struct diags *diags;
    struct template *t;
    struct scanner scanner;
    size_t from; /* text from here on was not taken yet */
    struct line line;
    str dedent; /* what lines of this argument lose */
    struct open open[TEMPLATE_DEPTH_MAX];
    size_t depth, too_deep;
    size_t mistakes;
};

static inline void op_set_indent(struct op *op, size_t off, size_t len)
{
    op->indent_off = (uint32_t)off;
    op->indent_len = (uint32_t)len;
}

/* -- Lines, in mustache_lines.c ---------------------------------------------------------------- */

struct open *compiler_innermost(struct compiler *c); /* NULL at the top */
/* Between the arguments of a parent nothing is printed. */
bool compiler_is_lost(struct compiler *c);
size_t compiler_push(struct compiler *c, struct op op);
/* The same for what stands on a line. */
size_t compiler_emit(struct compiler *c, struct op op);
/* Text from c->from to `to`. */
void compiler_take_text(struct compiler *c, size_t to);
void compiler_take_literally(struct compiler *c, const struct tag *tag);

/* The head of a line is seen: its blanks, less what this argument loses. Gives
 * where the rest begins. */
size_t line_begin(struct compiler *c, size_t from, size_t to);
void line_mark_visible(struct compiler *c);
void line_drop_blanks(struct compiler *c);
void line_new(struct compiler *c);
/* The last line of the template or of an argument. */
void lines_end(struct compiler *c, size_t at, bool argument);

/* Behind the blanks from `from` on. */
size_t blanks_end(str text, size_t from, size_t to);
/* Where the next line begins when nothing but blanks is before it, else SIZE_MAX. */
size_t line_end_at(str text, size_t from);
/* The blanks at the head of the first line from `from` on that holds anything;
 * false when that is the end tag of what begins here. */
bool content_indent(struct compiler *c, size_t from, str *indent);

/* -- Mistakes, in mustache_compile.c ----------------------------------------------------------- */

/* What a parent would swallow is one, though the specification allows it. */
void compiler_tell_lost(struct compiler *c, const struct tag *what);

#endif
