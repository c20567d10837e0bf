/* write/pdf/block_int: block elements into the vertical list. */
#ifndef WRITE_PDF_BLOCK_INT_H
#define WRITE_PDF_BLOCK_INT_H

#include "write/pdf/para_int.h"

/* Where blocks stand: inside which column, frame and element. */
struct block {
    double x, width; /* from the left edge of the sheet */
    const struct vframe *frame;
    unsigned tag; /* the element that what is set now belongs to */
    int list_depth;
    double gap; /* between paragraphs */
    struct pdf_font_size size;
    enum pdf_color color;
    bool is_top; /* directly in the document: may use the margin, may turn the sheet */
};

/* The column of the document's text on the sheet in use. */
struct block block_body(const struct pdf_layout *l);
void block_children(struct pdf_layout *l, const struct block *b, struct md_node *parent);

/* The next box comes at least this far below what stands before it. */
void block_gap(struct pdf_layout *l, double gap);
/* The next box stays on the page of the one before it. */
void block_keep(struct pdf_layout *l);
/* What comes next is what the heading and the few lines before it lead to: they stay together. */
void block_hold_lead(struct pdf_layout *l);
void block_box(struct pdf_layout *l, struct vitem box);
void block_columns(struct pdf_layout *l, const struct vcolumns *columns);
/* Begins a new sheet; of another format than the one in use, or just a new one. */
void block_sheet(struct pdf_layout *l, bool is_landscape);
/* Begins a right-hand page; part: that begins there, from 1, or 0. */
void block_sheet_right(struct pdf_layout *l, unsigned part);

/* The same, turned, for what comes next: a heading and a few lines that lead to it
 * go with it, for alone they would stand at the foot of the page before. */
void block_turn(struct pdf_layout *l);
/* How much of the sheet in use is taken by what block_turn brought along. */
double block_led(const struct pdf_layout *l);

/* Upright again for what follows, unless that is so little that it can stand below
 * what was turned. */
void block_turn_back(struct pdf_layout *l);

/* A paragraph of these chunks with widow and orphan control; resets nothing. */
void block_lines(struct pdf_layout *l, const struct block *b, struct chunks *c,
                 const struct para_style *style);
/* One paragraph of text of ours in one look; resets the scratch arena. */
void block_text(struct pdf_layout *l, const struct block *b, str text, const struct look *look,
                const struct para_style *style);
void block_target(struct pdf_layout *l, str anchor); /* marks where the next box begins */
struct para_style block_style(const struct block *b, enum para_align align);

/* From margin to margin, for blocks of the text itself: tables, drawings. */
struct block block_wide(const struct pdf_layout *l, const struct block *b);
/* Narrower by an indent on the side where lines begin. */
struct block block_indented(const struct pdf_layout *l, const struct block *b, double indent);

/* code.c */
void code_set(struct pdf_layout *l, const struct block *b, struct md_node *block);

/* list.c */
void list_set(struct pdf_layout *l, const struct block *b, struct md_node *list);

/* table.c */
void table_set_markdown(struct pdf_layout *l, const struct block *b, struct md_node *table);
void table_set_form(struct pdf_layout *l, const struct block *b, const struct table *table);
/* To be written in by hand: empty cells stay empty and rows are tall. */
void table_set_blank(struct pdf_layout *l, const struct block *b, const struct table *table);

/* part.c: the divider sheet. */
void part_set(struct pdf_layout *l, struct md_node *node);

/* index.c */
void index_set(struct pdf_layout *l, const struct block *b, struct md_node *index);
/* blank.c: a sheet of its own, upright or turned; afterwards the sheet is as before. */
void blank_set(struct pdf_layout *l, const struct md_node *node);

/* figure.c */
bool figure_is_alone(const struct md_node *para); /* a paragraph that is one picture */
str figure_title(const struct md_node *para);     /* of that picture; may be empty */
str figure_anchor(struct pdf_layout *l, const struct md_node *para);
void figure_set_picture(struct pdf_layout *l, const struct block *b, struct md_node *para);
void figure_set_drawing(struct pdf_layout *l, const struct block *b, const struct md_node *node);

#endif
