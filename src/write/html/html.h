/* write/html/html: HTML that is balanced and escaped by construction.
 *
 * A struct html writes into a buf. Elements are opened and closed on a stack;
 * attributes follow the html_open or html_void they belong to, before any
 * content. Names of elements and attributes are literals of ours; whatever an
 * author wrote enters by one of three doors, html_text, html_attr or html_url.
 *
 *   struct html h = html_into(&out);
 *   html_open(&h, "p");
 *   html_attr(&h, "class", S("note"));
 *   html_text(&h, words);
 *   html_close(&h, "p");
 *   html_done(&h);
 *
 * Nothing here can fail: misuse (a close that does not match, an attribute
 * after content, an attribute that a strict Content-Security-Policy forbids)
 * is a bug and ends in assert. */
#ifndef WRITE_HTML_HTML_H
#define WRITE_HTML_HTML_H

#include "base/buf.h"

struct md_node;
struct table;
struct drawing;
struct record;

struct html {
    struct buf *out;
    const char **open; /* names of the elements that are open; in out's arena */
    size_t depth, cap;
    bool in_tag;  /* a start tag still takes attributes */
    bool is_void; /* and it is one of html_void */
    bool plain;   /* XHTML-like, as the CommonMark suite expects: <br /> */
};

struct html html_into(struct buf *out);
/* Ends the last tag and asserts that every element was closed. */
void html_done(struct html *h);

void html_open(struct html *h, const char *element);
/* The name is for the reader and is checked: it must be the innermost one. */
void html_close(struct html *h, const char *element);
/* <br>, <hr>, <img>, <input>: takes attributes, has no content or end. */
void html_void(struct html *h, const char *element);
/* An element that holds nothing but text. */
void html_element(struct html *h, const char *element, const char *css_class, str text);

/* The three doors. */
void html_text(struct html *h, str text);
/* Refuses (assert) `style`, `on…` and the attributes that hold addresses. */
void html_attr(struct html *h, const char *name, str value);
/* Writes name="address", percent-encoding what an address cannot hold. False,
 * and nothing is written, when html_url_is_safe says no. */
bool html_url(struct html *h, const char *name, str url);

void html_attr_number(struct html *h, const char *name, long long value);
void html_flag(struct html *h, const char *name); /* checked, hidden, open */
void html_newline(struct html *h);

/* What an address may be: http, https, mailto or tel, or relative inside the
 * tree (never absolute, never "//host"), or only "#anchor". */
bool html_url_is_safe(str url);
bool html_url_is_external(str url); /* http or https */

/* Markup that a writer of ours made (an SVG drawing, a rendered template):
 * balanced by that writer's own stack. Never anything an author wrote. */
void html_raw(struct html *h, str markup);

/* What the writers below need to know of the world around them. Every function
 * but href may be NULL. */
struct html_context {
    void *self;    /* handed to the functions */
    str page_path; /* of the page in the output tree: "d/bcp-001.html" */
    /* Where a record's page is in the output tree ("r/sup-004.html"); empty:
     * this audience does not see it, so its text is written without a link. */
    str (*href)(void *self, struct arena *a, const struct record *r);
    /* Where the picture that the document calls `url` is in the output tree;
     * empty: not there, its alternative text is written. NULL: as written. */
    str (*picture)(void *self, struct arena *a, str url);
    /* Writes what stands at the beginning of a heading. NULL: its number. */
    void (*heading)(void *self, struct html *h, const struct md_node *heading);
    /* Writes the figure of a drawing: SVG is another writer, which this folder
     * may not see. The table that says the same is written after it. */
    void (*drawing)(void *self, struct html *h, const struct drawing *d);
    /* Writes the table of contents, where the document asks for it. */
    void (*contents)(void *self, struct html *h);
    /* Begins every id of a tree, and every "#id" in it: for pages with several
     * trees, whose headings and footnotes would have the same ids. */
    str ids;
    struct arena *arena; /* scratch for the page */
};

/* A document tree (text/md.h). Headings have the ids of their nodes and carry
 * their number when they have one. Classes: external, task-list, footnotes,
 * footnote-ref, gap, page-break, heading-number, align-center, align-right. */
void html_tree(struct html *h, const struct html_context *ctx, const struct md_node *root);

/* A table in a region that scrolls and that the keyboard can reach (class
 * scroll). css_class is put on the table; NULL: none. Cells have the class of
 * their column's kind (code-cell, number, date, words), an empty one has the
 * class none (the style sheet shows a dash), chips are `chip good` and so on. */
void html_table(struct html *h, const struct html_context *ctx, const struct table *t,
                const char *css_class);

/* A link to a record when the audience sees it, else its text alone. Where the
 * text doesn't say the record's id, paper shows it beside the link (data-id). */
void html_record(struct html *h, const struct html_context *ctx, const struct record *r, str text);

#endif
