/* write/html/html_int: what the writers of documents, links and tables share. */
#ifndef WRITE_HTML_HTML_INT_H
#define WRITE_HTML_HTML_INT_H

#include "write/html/html.h"

struct blank;

/* "name:" before any '/', '?' or '#'. */
bool html_url_has_scheme(str url);

/* The id that a node or mark of a tree has on its page. */
str html_page_id(const struct html_context *ctx, str id);
/* Opens <a>; false, and nothing is written, when the link may lead nowhere. */
bool html_link_open(struct html *h, const struct html_context *ctx, const struct md_node *link);
/* Where the picture is, relative to the page; empty: it cannot be shown. */
str html_picture_url(const struct html *h, const struct html_context *ctx,
                     const struct md_node *image);

/* The region around a table. */
void html_scroll_open(struct html *h, str label);
/* html_table, of which the region is called otherwise than the table. */
void html_table_called(struct html *h, const struct html_context *ctx, const struct table *t,
                       const char *css_class, str name);
void html_scroll_close(struct html *h);

/* A form to be filled in by hand: lines for its head, a table of empty rows (html_blank.c). */
void html_blank(struct html *h, const struct html_context *ctx, const struct blank *b);

#endif
