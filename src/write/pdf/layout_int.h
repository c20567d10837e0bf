/* write/pdf/layout_int: what every step of the layout of one document shares. */
#ifndef WRITE_PDF_LAYOUT_INT_H
#define WRITE_PDF_LAYOUT_INT_H

#include "write/pdf/hyphen_int.h"
#include "write/pdf/page_int.h"
#include "write/pdf/pdf.h"
#include "write/pdf/style_int.h"
#include "write/pdf/tag_int.h"
#include "write/pdf/vlist_int.h"

struct card;
struct pdf_picture;
struct pdf_reference;

/* A tab of the document. */
struct pdf_part {
    const struct md_node *node;
    str mark, anchor;
    size_t headings, headings_end; /* of its text, without those of its divider */
};

/* What contents and outline list: parts and headings, in order. */
struct pdf_entry {
    int rank;   /* 0 the highest */
    str number; /* of a heading; the mark of a part; or empty */
    str text, anchor;
};

/* One column being filled: the document's, or a footnote's. */
struct flow {
    struct vlist list; /* what is laid out so far */
    double gap;        /* wanted before the next box; the greatest wish counts */
    bool is_kept;      /* the next box stays with the one before it */
    int penalty;       /* of a page that ends before the next box, unless it has a greater one */
    const struct vframe *frame_before; /* of the last box */
    struct pdf_ops label;              /* of a list item, absolute in x: goes with the next box */
    size_t lead;   /* where the last heading of the text begins in the list, which goes with */
    bool has_lead; /* what it leads to; false: no heading came since the sheet began */
};

/* The chunks of a document that is one paragraph of 2 MB take about 150 MB. */
#define PDF_SCRATCH_BYTES ((size_t)512 * 1024 * 1024)

struct pdf_layout {
    struct arena *arena;   /* lives as long as the document */
    struct arena *scratch; /* of one paragraph; whoever calls para_* resets it */
    struct arena *work;    /* of one call of para_*, which resets it itself */
    struct diags *diags;
    struct fonts *faces;
    struct font_shaper *shaper;
    const struct pdf_hyphens *hyphens; /* NULL: none */
    const struct pdf_options *options;
    const struct doc *doc;
    struct pdf_paper paper;
    struct pdf_tags *tags;
    bool is_rtl;               /* the document's language runs right to left */
    bool is_broken;            /* an error was reported */
    struct map missing;        /* characters that no font has, once they were reported */
    const struct md_node *top; /* the block of the text being set; NULL: none */
    struct span at;            /* the block being set; file 0: what the document says of itself */

    struct flow flow;
    unsigned section;      /* tag of the chapter being set */
    unsigned part_section; /* and of the part that it is in; TAG_DOCUMENT before the first */
    int top_level;         /* of the highest heading: 1 to 6 */
    struct pdf_part *parts;
    size_t part_count;
    struct pdf_entry *entries;
    size_t entry_count;
    bool has_numbers; /* at least one of them has */
    bool is_landscape;
    struct map pictures; /* url to struct pdf_picture, as read; a broken one is no_picture */
    const struct pdf_picture *logo;
    const struct drawing *qr; /* the permanent address; NULL: none */
    const struct pdf_picture **picture_list;
    size_t picture_count, picture_cap;
    struct map figures; /* address of a paragraph that is one picture to its anchor */
    struct map notes;   /* id of a footnote to its struct note */
    bool is_measuring;  /* what is set now will be set again: no notes, no reports */
    /* References to pages, in the order in which they are set; kept from one pass
     * of the layout to the next, which knows the labels that the last one gave. */
    struct pdf_reference **references;
    size_t reference_count, reference_cap, reference_next;
};

/* The caller sets arena, diags, faces, options and doc before. hyphens may be
 * NULL; they are used when the document is in their language. */
void layout_open(struct pdf_layout *l, const struct pdf_hyphens *hyphens, str hyphen_language);
void layout_close(struct pdf_layout *l);
/* The whole document with heads and feet, on upright or turned sheets. */
void layout_pages(struct pdf_layout *l, bool is_landscape, struct pdf_pages *pages);

/* part.c: learns the parts and what is to be listed. */
void part_collect(struct pdf_layout *l);

/* The sheet in use, as its front is printed. */
struct pdf_sheet layout_sheet(const struct pdf_layout *l);

/* The crisis card instead of a document (card.c): one turned sheet. */
void card_pages(struct pdf_layout *l, const struct card *card, struct pdf_pages *pages);

/* A number or bullet that stands beside text, with the space that keeps the two
 * apart for who reads the page aloud; gives the width of its letters. */
double label_words(struct pdf_layout *l, str text, enum font_style style, double size,
                   struct pdf_op *op);

#endif
