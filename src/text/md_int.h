/* text/md_int: what the parts of text/md share.
 *
 * md_source   the text, what of it the parser gets to see, and where what it
 *             tells stands in the source
 * md_build    the tree as it grows
 *
 * Both live in one arena, md_scratch(), which starts anew with each document. */
#ifndef TEXT_MD_INT_H
#define TEXT_MD_INT_H

#include "base/map.h"
#include "text/md.h"

/* What the parser must not see as it is: in its text a number between two marks
 * stands for it. */
enum md_held_kind {
    HELD_BLOCK,      /* lines over a limit: a paragraph of text */
    HELD_TEXT,       /* goes back as it was */
    HELD_NOTE,       /* [^label] in running text */
    HELD_DEFINITION, /* the label of a line that begins with [^label]: */
};

struct md_held {
    enum md_held_kind kind;
    str text;  /* as it was written */
    size_t at; /* where, in the source */
};

/* "[label]: address" at the beginning of a line: perhaps a definition. */
struct md_reference {
    str label;
    size_t at;
};

/* A stretch of the source that the parser sees otherwise. */
struct md_edit {
    size_t at, bytes;
    size_t held; /* the piece that stands there */
    size_t fed_at, fed_bytes;
};

struct md_source {
    struct arena *arena;
    struct diags *diags; /* NULL: nothing is reported */
    str text;
    uint32_t file;
    size_t off;
    const struct template_map *map;

    str fed;         /* what the parser gets */
    uint32_t *lines; /* where each line of it begins */
    size_t line_count, line_cap;
    size_t preamble_lines, preamble_bytes; /* of fed, before the author's first */
    struct md_edit *edits;                 /* in order */
    size_t edit_count, edit_cap;
    struct md_held *held;
    size_t held_count, held_cap;
    struct md_reference *references;
    size_t reference_count, reference_cap;
    str mark;
    bool is_held;  /* all of it: the tree is one text */
    bool may_link; /* an address could stand in the text */
};

/* Memory of a parse, the parser's own as well. */
struct arena *md_scratch(void);

/* Measures the text against the limits and marks for holding back what is over
 * them, and footnotes, whose marks and labels the parser would lose or mistake. */
void md_scan(struct md_source *s);
/* Makes what the parser gets, and finds its lines unless md_scan did. */
void md_feed(struct md_source *s);

void md_line_add(struct md_source *s, size_t at);
static inline bool md_is_line_end(char c)
{
    return c == '\n' || c == '\r';
}
size_t md_after_line_end(str text, size_t at); /* past \n, \r or \r\n */

/* Cuts `rest` at its first held piece: gives what stands before it and the
 * piece, or NULL and all. */
struct md_held *md_held_next(const struct md_source *s, str *rest, str *before);
/* Puts every held piece back, in an attribute or in code. */
str md_unhold(const struct md_source *s, str text);

/* Places. Line and column as the parser counts, from 1; the answer is an offset
 * in the source text and is always inside it. */
size_t md_offset(const struct md_source *s, int line, int col);
/* From there to the end of the line. */
struct span md_line_span(const struct md_source *s, int line, int col);
/* The span of `words` at `at`, or where they are found between there and `to`;
 * else the place `at`, with length 0. */
struct span md_words_span(const struct md_source *s, size_t at, size_t to, str words);

/* -- The tree as it grows --------------------------------------------------- */

struct md_note {
    struct md_node *node;
    int number, marks; /* 0: nothing refers to it */
    bool is_double;    /* another of its label came first */
};

struct md_html; /* elements of the author that are open */

struct md_build {
    struct arena *arena; /* of the tree */
    const struct md_source *source;
    bool plain, bare_links;
    struct md_node *root;
    struct md_node *at; /* what comes next goes in here */
    struct buf words;   /* text that has no node yet, from words_at on */
    size_t words_at;
    size_t links_open; /* no link stands in a link */
    size_t depth, inlines_depth;
    bool depth_reported;
    int line_shift, line_fixed; /* where the parser lost count of lines; else 0 */
    size_t reports;             /* of HTML, cells and notes */
    struct md_html *html;
    struct map notes; /* normal label → struct md_note */
    int note_number;
    struct map ids; /* id → struct md_id */
    struct md_node **headings;
    size_t heading_count, heading_cap;
    int heading_level;
    struct map urls;          /* of links, when there are references */
    struct md_node **anchors; /* links to "#…", to be resolved at the end */
    size_t anchor_count, anchor_cap;
};

/* Reports, but not for ever: a document of another kind would drown the rest. */
bool md_may_report(struct md_build *b);

/* A node at the end of what is open, after the words before it. */
struct md_node *md_put(struct md_build *b, enum md_kind kind, struct span span);
/* Text of the parser's: held pieces go back, footnote marks become nodes. */
void md_put_text(struct md_build *b, str text, size_t at);
/* Words as they are; `at` is where they stand in the source. */
void md_put_words(struct md_build *b, str words, size_t at);
/* Makes nodes of the words so far: text and bare links. */
void md_words_end(struct md_build *b);

/* Takes white space off the end: it means nothing in a paragraph or cell. */
void md_words_trim(struct md_build *b);

/* The next bare address in the text, at or after `from`: gives its bytes and
 * whether "http://" or "mailto:" must stand before it. */
struct md_bare_link {
    size_t from, to;
    str prefix;
};
bool md_bare_link_next(str text, size_t from, struct md_bare_link *link);

/* HTML of the author. What it opens stays open until its end tag, or the end of
 * what the parser has around it: enter and leave stand around those. */
struct md_html *md_html_new(struct arena *a);
size_t md_html_enter(struct md_build *b);
void md_html_leave(struct md_build *b, size_t outer);
/* One tag, comment or other piece inside a paragraph. */
void md_html_inline(struct md_build *b, str html, size_t at);
/* A block of lines of HTML, from this line on. */
void md_html_block(struct md_build *b, str html, int line);
/* Called before a block of the parser's: closes what cannot hold it. False when
 * it must be dissolved because only inlines may stand here (in a cell). */
bool md_html_room_for_block(struct md_build *b);

/* What a token of HTML is; `tag` is one of those below, or TAG_OTHER. */
enum md_tag {
    TAG_OTHER,
    TAG_BR,
    TAG_IMG, /* empty */
    TAG_SUB,
    TAG_SUP,
    TAG_KBD,
    TAG_MARK,
    TAG_ABBR, /* hold inlines */
    TAG_DETAILS,
    TAG_SUMMARY,
    TAG_TABLE,
    TAG_THEAD,
    TAG_TBODY,
    TAG_TFOOT,
    TAG_TR,
    TAG_TH,
    TAG_TD,
    TAG_COL,
    TAG_COLGROUP,
    TAG_UL,
    TAG_OL,
    TAG_LI,
    TAG_PARA, /* never written: stands around bare words between blocks */
    TAG_COUNT
};
enum md_token_kind { TOKEN_TEXT, TOKEN_OPEN, TOKEN_CLOSE, TOKEN_COMMENT };

struct md_token {
    enum md_token_kind kind;
    enum md_tag tag;
    str raw; /* as written, whole */
};

extern const char *const md_tag_name[TAG_COUNT];

/* Behind the last "-->" of the text, or 0: so that comments that never end are
 * not sought again and again. */
size_t md_comments_end(str html);
/* The token at `at`; its raw is never empty. */
struct md_token md_token_at(str html, size_t at, size_t comments_end);
/* An attribute of a token of kind TOKEN_OPEN, its entities resolved. */
bool md_token_attribute(const struct md_token *t, struct arena *a, str name, str *value);
/* "&amp;" and its like become what they stand for. */
str md_unescape(struct arena *a, str text);

/* The parser's own tree of a text; it stays until md_scratch() is reset. */
struct cmark_node;
struct cmark_node *md_parser_run(str text, bool footnotes);
/* Our tree, below b->root, from the parser's. */
void md_convert(struct md_build *b, struct cmark_node *from);
/* Gives a finished heading its id. */
void md_heading_done(struct md_build *b, struct md_node *heading);
/* Finds where "#anchors" lead, once every heading has its id. */
void md_anchors_resolve(struct md_build *b);

#endif
