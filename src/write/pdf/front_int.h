/* write/pdf/front_int: what stands before the text and after it. */
#ifndef WRITE_PDF_FRONT_INT_H
#define WRITE_PDF_FRONT_INT_H

#include "write/pdf/block_int.h"

/* Organisation, title, control data, change history. */
void front_set(struct pdf_layout *l);
/* Where people sign. */
void front_signatures(struct pdf_layout *l);

/* contents.c */
/* The table of contents, when the body is long enough to need one. */
void contents_set(struct pdf_layout *l, double body_height);
/* A line of the list on a divider sheet; contents: the tag of the list. */
void contents_divider_entry(struct pdf_layout *l, const struct block *b, const struct pdf_entry *e,
                            unsigned contents);
/* One line: text, leader, page; below the element `contents`. */
void contents_entry(struct pdf_layout *l, const struct block *b, const struct pdf_entry *e,
                    unsigned contents);

/* lists_of.c */
/* Behind the contents: where the tables, maps and pictures that have a caption
 * are, when there are several. */
void lists_of_set(struct pdf_layout *l);

#endif
