/* write/pdf/para_int: from inline nodes to the lines of a paragraph.
 *
 * Chunks are what was written: words and what stands between them, each with
 * its look. Items are chunks as the line breaker sees them: boxes of a width,
 * glue that stretches, penalties. Lines are operations again. Chunks, looks
 * and items live in the scratch arena, operations in the document's. */
#ifndef WRITE_PDF_PARA_INT_H
#define WRITE_PDF_PARA_INT_H

#include "write/pdf/layout_int.h"

/* How a stretch of text looks and where it leads. One object for each element
 * of the source: the ends of underlines and link areas follow from it. Lives in
 * the scratch arena, until its paragraph is set. */
struct look {
    enum font_style style;
    enum pdf_color color;
    float size, rise;
    unsigned tag;
    bool is_code, is_strike, is_mark, is_key, is_gap, is_underlined, is_chip;
    bool is_inserted;      /* a heavy line below: told from a link's also in black and white */
    bool is_prose;         /* addresses that links hide are printed behind them */
    enum pdf_color ground; /* of a chip */
    bool is_link;
    const str *uri; /* of the link; NULL: anchor */
    str anchor;
    unsigned link_tag;
};

/* Where the author wrote a word, for messages; NULL: in the block being set. Lives
 * in the scratch arena. */
struct origin {
    struct span span;            /* the stretch in which it stands, or where that begins */
    const struct record *record; /* what the word is of, when `span` does not say */
};

enum chunk_kind { CHUNK_WORD, CHUNK_SPACE, CHUNK_BREAK, CHUNK_PICTURE };

struct chunk {
    unsigned char kind;
    unsigned char level; /* bidirectional, from 0 */
    bool is_fixed;       /* a space where no line may end */
    str text;
    const struct look *look;
    const struct pdf_picture *picture; /* NULL: mere room, of that width */
    const struct pdf_reference *reference; /* whose mark and label stand in the room */
    float width, height;
    struct vnote *note; /* what the word refers to, at its first mention */
    const struct origin *origin;
};

struct chunks {
    struct chunk *v;
    size_t n, cap;
    bool is_rtl;                 /* the paragraph's own direction */
    const struct origin *origin; /* of what is appended next */
};

enum item_kind { ITEM_BOX, ITEM_GLUE, ITEM_PENALTY };
enum { ITEM_NEVER = 10000, ITEM_FORCED = -10000 };

struct item {
    unsigned char kind;
    bool is_hyphen; /* a penalty that shows one when a line ends there */
    short penalty;
    float width, stretch, shrink;
    unsigned from, to;         /* bytes of the chunk's text, of a box */
    const struct chunk *chunk; /* NULL: glue between ideographs */
};

struct items {
    struct item *v;
    size_t n, cap;
};

enum para_align { PARA_LEFT, PARA_JUSTIFIED, PARA_CENTER, PARA_RIGHT };

struct para_style {
    struct pdf_font_size size;
    enum para_align align;
    double width;
    bool can_hyphenate;
};

struct para_line {
    struct pdf_ops ops; /* from the top left of the line */
    double height;
    double width; /* of what stands in it */
    bool ends_in_word;
    struct vnote *notes;
};

struct para {
    struct para_line *lines;
    size_t count;
    double height;
    bool is_rtl;
};

/* inline.c: words that a comparison put in or took out. */
void look_revise(struct pdf_layout *l, struct look *look, bool is_inserted);
/* The inline nodes below `node` as chunks. */
struct chunks inline_chunks(struct pdf_layout *l, struct md_node *node, const struct look *look);
/* Text of ours or of a table: appended; spaces of a fixed text don't break. */
void chunks_text(struct pdf_layout *l, struct chunks *c, str text, const struct look *look,
                 bool is_fixed);
/* One word, or a line of code with its blanks; in pieces when it is endless. */
void chunks_word(struct pdf_layout *l, struct chunks *c, str word, const struct look *look);
void chunks_space(struct pdf_layout *l, struct chunks *c, const struct look *look, bool is_fixed);
struct look *look_new(struct pdf_layout *l, enum font_style style, double size,
                      enum pdf_color color, unsigned tag);

/* bidi.c: directions; splits chunks where they change. Called once all are in. */
void bidi_resolve(struct pdf_layout *l, struct chunks *c);
/* Visual order of `count` pieces with these levels (UAX 9, rule L2). */
void bidi_order(const unsigned char *levels, size_t count, size_t *order);

/* missing.c: reports the characters of the text that no font has, each once a
 * document, at its place. */
void missing_tell(struct pdf_layout *l, const struct font_text *t, const struct origin *origin);

/* items.c: width is the longest a box may be; a longer word breaks anywhere. */
struct items items_of(struct pdf_layout *l, const struct chunks *c, const struct para_style *style,
                      bool with_hyphens);
const struct font_text *item_shape(struct pdf_layout *l, const struct chunk *c, unsigned from,
                                   unsigned to);

/* breaks.c: the items at which lines end, the last being items.n. */
struct breaks {
    size_t *v;
    size_t n, cap;
};
/* False: not within the tolerance; then the caller tries another way. */
bool breaks_best(struct arena *a, const struct items *items, double width, bool is_justified,
                 double tolerance, double emergency, struct breaks *out);
void breaks_first(struct arena *a, const struct items *items, double width, struct breaks *out);
/* Where the line that begins behind break `at` has its first item. */
size_t breaks_next_start(const struct items *items, size_t at);

/* para.c */
struct para para_set(struct pdf_layout *l, struct chunks *c, const struct para_style *style);
/* What never breaks, and the space behind it; INFINITY: there its line ends. */
struct para_part {
    float width, space;
};
struct para_extent {
    double widest;           /* without any break */
    double narrowest;        /* the widest part */
    struct para_part *parts; /* in the arena that was given; NULL: none was */
    size_t count;
};
struct para_extent para_measure(struct pdf_layout *l, struct chunks *c,
                                const struct para_style *style, struct arena *keep);

#endif
