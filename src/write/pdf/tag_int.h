/* write/pdf/tag_int: what the parts of a page are, for screen readers.
 *
 * A tag is an element of the structure tree, named by a number. It joins its
 * parent when its first operation is written, so the tree stands in reading
 * order however the layout came about. Tag 0 is decoration.
 *
 * Headings get their level then, too: the first one is H1, and none is more than one
 * level below the one before it, whatever levels the author left out; headings that
 * the author gave one level keep one. A link that leads nowhere becomes a mere span. */
#ifndef WRITE_PDF_TAG_INT_H
#define WRITE_PDF_TAG_INT_H

#include "write/pdf/file_int.h"

enum pdf_role {
    ROLE_DOCUMENT,
    ROLE_SECTION,
    ROLE_H1,
    ROLE_H2,
    ROLE_H3,
    ROLE_H4,
    ROLE_H5,
    ROLE_H6,
    ROLE_P,
    ROLE_QUOTE,
    ROLE_CODE,
    ROLE_LIST,
    ROLE_NUMBERED_LIST,
    ROLE_ITEM,
    ROLE_LABEL,
    ROLE_ITEM_BODY,
    ROLE_TABLE,
    ROLE_ROW,
    ROLE_COLUMN_HEAD,
    ROLE_ROW_HEAD,
    ROLE_CELL,
    ROLE_CAPTION,
    ROLE_FIGURE,
    ROLE_LINK,
    ROLE_SPAN,
    ROLE_INSERTED,
    ROLE_DELETED,
    ROLE_NOTE,
    ROLE_CONTENTS,
    ROLE_CONTENTS_ITEM,
    ROLE_REFERENCE,
    ROLE_INDEX,
    ROLE_FORM,
    ROLE_COUNT
};

enum { TAG_NONE = 0, TAG_DOCUMENT = 1 };
/* Keys of the parent tree below this are pages (/StructParents), the others
 * annotations (/StructParent); so annotations need not wait for the last page. */
enum { TAG_ANNOTATION_KEYS = 1 << 20 };

struct pdf_tags;
struct pdf_tags *tag_table(struct arena *a);
unsigned tag_new(struct pdf_tags *t, enum pdf_role role, unsigned parent);
/* The words that stand for a figure or a sign (a box to tick); of a link, what its
 * annotation says of it. */
void tag_describe(struct pdf_tags *t, unsigned tag, str words);
str tag_words(const struct pdf_tags *t, unsigned tag); /* may be empty */
unsigned tag_parent(const struct pdf_tags *t, unsigned tag);
bool tag_is_said(const struct pdf_tags *t, unsigned tag); /* it has joined its parent */
/* The outline of a figure on its page: x, y, width, height as PDF counts. */
void tag_frame(struct pdf_tags *t, unsigned tag, const double box[4]);

/* While pages are written, in order. */
const char *tag_name(const struct pdf_tags *t, unsigned tag);     /* "P", for content streams */
unsigned tag_mark(struct pdf_tags *t, unsigned tag, size_t page); /* number of the marked content */
void tag_touch(struct pdf_tags *t, unsigned tag);                 /* it exists, without content */
/* The annotation belongs to the tag; gives its key in the parent tree. */
unsigned tag_annotation(struct pdf_tags *t, unsigned tag, size_t page, HPDF_Dict annotation);

/* Afterwards: the tree, into the catalog. pages: the page objects. */
void tag_write(struct pdf_tags *t, struct pdf_file *f, HPDF_Dict const *pages, size_t page_count);

#endif
