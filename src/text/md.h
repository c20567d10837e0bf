/* text/md: Markdown as a tree of our own, parsed by cmark-gfm.
 *
 * cmark-gfm only parses (tables, strikethrough, task lists, footnotes; never
 * its autolink, which reads out of bounds). The tree lives in an arena, knows
 * its places in the source, and is safe to walk without recursion by its
 * links. Two more passes run here: inert HTML is rebuilt as MD_ELEMENT nodes,
 * balanced, everything else of HTML becomes visible text with a warning,
 * comments vanish; bare http(s) and www addresses and e-mail addresses in text
 * become links. No word of the author is lost. */
#ifndef TEXT_MD_H
#define TEXT_MD_H

#include "base/diag.h"
#include "text/mustache.h"

enum md_kind {
    /* blocks; lists, quotes, footnotes, details, parts and indexes hold blocks, all others
       inlines */
    MD_DOCUMENT,
    MD_QUOTE,
    MD_LIST,       /* ordered, start, tight */
    MD_ITEM,       /* task: none, open, done */
    MD_CODE_BLOCK, /* text, info; of a comparison: its lines are children, `text` is empty */
    MD_PARA,
    MD_HEADING, /* level 1-6, id */
    MD_RULE,
    MD_TABLE,         /* columns, align; holds rows of exactly so many cells */
    MD_ROW,           /* is_head: at most the first; a table rebuilt from HTML may have none */
    MD_CELL,          /* index of its column */
    MD_FOOTNOTE,      /* number, id, nth: how often it is referred to; these stand at the end
                         of the document, in order of number */
    MD_BLOCK_ELEMENT, /* `element`: details (holds blocks), summary (holds inlines) */
    MD_PART, /* a tab of a binder begins and lasts to the next: `text` is its mark, a letter or two,
                `title` its words, `id` its anchor; holds the blocks of its divider sheet */
    MD_INDEX, /* holds paragraphs, its entries: words, then links that are is_folio */
    /* inlines */
    MD_TEXT, /* text */
    MD_SOFTBREAK,
    MD_BREAK,
    MD_CODE, /* text */
    MD_EMPH,
    MD_STRONG,
    MD_STRIKE,
    MD_LINK,         /* url, title; target once resolved */
    MD_IMAGE,        /* url, title; children are the alternative text */
    MD_FOOTNOTE_REF, /* number, id of the note, `nth` reference to it, from 1 */
    MD_ELEMENT,      /* sub sup kbd mark abbr br: `element`; title for abbr */
    MD_INSERTED,     /* of a comparison: words that only the later text has, and */
    MD_DELETED,      /* words that only the earlier one has */
    /* neutral forms, put in by form/doc */
    MD_FORM_TABLE,   /* table */
    MD_FORM_DRAWING, /* drawing, then its table */
    MD_FORM_BLANK,   /* blank: a sheet to write on */
    MD_CONTENTS,     /* where the table of contents goes */
    MD_PAGE_BREAK,   /* page_break */
    MD_GAP,          /* a placeholder left in a draft, shown as a to-do: text */
    MD_KIND_COUNT
};

enum md_element {
    ELEMENT_BR,
    ELEMENT_SUB,
    ELEMENT_SUP,
    ELEMENT_KBD,
    ELEMENT_MARK,
    ELEMENT_ABBR,
    ELEMENT_DETAILS,
    ELEMENT_SUMMARY,
    ELEMENT_COUNT
};
enum md_align { ALIGN_NONE, ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };
enum md_task { TASK_NONE, TASK_OPEN, TASK_DONE };

struct record;
struct table;
struct drawing;
struct blank;

struct md_node {
    enum md_kind kind;
    bool is_html;  /* MD_TEXT: markup as written; only md_parse_plain makes it */
    bool is_folio; /* MD_LINK of an index entry, to "#anchor": paper says the label of that page
                      in place of its words, each page once; a comma goes before each link */
    struct md_node *parent, *prev, *next, *first, *last;
    struct span span;            /* a block: its first line. An inline: where it begins; its len is
                                    that of `text` only if the source says the very same there */
    str text;                    /* MD_TEXT, MD_CODE, MD_CODE_BLOCK, MD_GAP, MD_PART */
    str url, title;              /* links and pictures; title also of abbr, of parts, and the
                                    number of a heading, once form/doc has counted */
    str id;                      /* headings, parts, footnotes: an anchor, unique in the document */
    const struct record *target; /* MD_LINK: the record it leads to, once resolved */
    const struct table *table;
    const struct drawing *drawing;
    const struct blank *blank;
    union {
        struct {
            int level;
        } heading;
        struct {
            bool ordered, tight;
            int start;
        } list;
        struct {
            enum md_task task;
        } item;
        struct {
            str info;
        } code;
        struct {
            int columns;
            enum md_align *align;
        } grid;
        struct {
            bool is_head;
        } row;
        struct {
            int column;
        } cell;
        struct {
            int number, nth;
        } note;
        struct {
            bool right; /* the next sheet is a right-hand page, where both sides are printed */
        } page_break;
        enum md_element element;
    };
};

/* What is over a limit is reported (MD1) and stands in the tree as text, as it
 * was written; the parser never sees it. Each limit keeps the parser from taking
 * time that grows faster than the text. */
enum {
    MD_BYTES_MAX = 2 * 1024 * 1024,
    MD_LINE_BYTES_MAX = 64 * 1024,
    MD_BLOCK_BYTES_MAX = 64 * 1024,           /* lines up to a blank one */
    MD_COLUMNS_MAX = 64,                      /* of a table */
    MD_CELLS_MAX = 64 * 1024,                 /* of all tables: short rows are filled up */
    MD_DEPTH_MAX = 32,                        /* quotes, lists and HTML elements in each other */
    MD_INLINES_DEPTH_MAX = 32,                /* emphasis in emphasis; deeper, the words stay */
    MD_REFERENCES_MAX = 2048,                 /* link definitions, and as many footnotes */
    MD_EXPANSION_BYTES_MAX = 8 * 1024 * 1024, /* addresses written out for each use */
    MD_COST_MAX = 400 * 1000 * 1000,          /* of the document: nanoseconds, as estimated */
};

/* Parses `text`; places are found through `map` (NULL: the text is the source
 * itself, which begins at byte `off` of `file`). Never NULL. Reports what is
 * over a limit, HTML that is shown as text, cells and notes that belong nowhere,
 * definitions that nothing uses, and headings that skip a level. Links are not
 * judged here, but "#anchor" gets the id of the heading it means. One parse at a
 * time in a process. */
struct md_node *md_parse(struct arena *a, struct diags *d, str text, uint32_t file, size_t off,
                         const struct template_map *map);
/* For the CommonMark and GFM suites: HTML passes as MD_TEXT nodes with is_html,
 * headings get no ids, nothing is reported. */
struct md_node *md_parse_plain(struct arena *a, str text, bool bare_links);

/* The id of a heading: "h-" and the text in ASCII letters, digits, '-' and '_',
 * as on GitHub ("Who decides?" gives "h-who-decides"); "h-section" when nothing
 * is left. The prefix keeps it apart from every id and name of the page itself.
 * In a document the second of a kind ends in "-2". */
str md_heading_id(struct arena *a, str text);

/* Front matter: a first line of three dashes up to the next such line. Gives the
 * bytes of the YAML and where the body begins; no front matter gives 0, 0, 0.
 * False when it is not closed. */
bool md_front_matter(str text, size_t *yaml_from, size_t *yaml_to, size_t *body_from);

/* Tree surgery for form/doc. */
struct md_node *md_new(struct arena *a, enum md_kind kind, struct span span);
void md_append(struct md_node *parent, struct md_node *child);
void md_insert_before(struct md_node *place, struct md_node *added);
void md_remove(struct md_node *node);

/* Enter and exit of every node, without recursion:
 *   for (struct md_walk w = md_walk(root); md_step(&w);) … w.node, w.enter
 * Nodes without children are entered and exited too. On entering, w.enter = false
 * passes over what is below, and over the exit. Between two steps the node's
 * children and neighbours may be added and removed, but not the node itself. The
 * nodes are as const as the caller has them. */
struct md_walk {
    struct md_node *root, *node;
    bool enter, started;
};
struct md_walk md_walk(const struct md_node *root);
bool md_step(struct md_walk *w);

/* All text below a node, blanks for breaks and between blocks: titles, alternative
 * text, search. Footnote marks are left out. */
str md_text(struct arena *a, const struct md_node *node);

#endif
