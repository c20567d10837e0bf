/* write/pdf/table_int: what the steps of setting a table share. */
#ifndef WRITE_PDF_TABLE_INT_H
#define WRITE_PDF_TABLE_INT_H

#include "write/pdf/block_int.h"

/* A table of Markdown or of records, seen as cells. Row 0 is the head. */
struct grid {
    struct pdf_layout *layout;
    struct block block;
    size_t columns, rows;      /* rows with the head */
    const struct table *table; /* one of the two */
    struct md_node **cells;    /* row by row; NULL: the author left it out */
    enum para_align *align;
    bool *is_fixed; /* the column's spaces don't break */
    bool has_head_column;
    bool is_form; /* empty cells stay empty, rows leave room to write */
    struct pdf_font_size size;
    double pad;        /* between the text of a cell and its column's edge */
    double *width, *x; /* of the columns with their padding; x on the sheet */
    unsigned tag;
};

/* cells.c: the content of a cell in chunks, belonging to the tag. */
struct chunks cell_chunks(struct grid *g, size_t row, size_t column, unsigned tag);

/* widths.c: columns between what they need at least and what they need to have
 * no line break, together `room` wide if that can be; else words will break. */
void widths_share(const double *least, const double *most, size_t count, double room,
                  double *width);

#endif
