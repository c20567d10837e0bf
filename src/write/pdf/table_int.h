/* write/pdf/table_int: what the steps of setting a table share. */
#ifndef WRITE_PDF_TABLE_INT_H
#define WRITE_PDF_TABLE_INT_H

#include "write/pdf/block_int.h"

/* What a column needs: at least, so that no word breaks; at most, so that no line
 * breaks; and its weight where it must share. All above 0, least <= most. */
struct column_need {
    double least, weight, most;
    double whole; /* with which no line below the head breaks */
};

/* Some rows of a table: its cells row by row. */
struct row_sample {
    size_t rows, columns;
    struct para_extent *cell;
    double scale; /* what their widths are to be multiplied with */
    double pad;   /* of a column's width on each side of its cells */
};

/* A table of Markdown or of records, seen as cells. Row 0 is the head. */
struct grid {
    struct pdf_layout *layout;
    struct block block;
    size_t columns, rows;      /* rows with the head */
    const struct table *table; /* one of the two */
    struct md_node **cells;    /* row by row; NULL: the author left it out */
    enum para_align *align;
    bool *is_fixed; /* the column's spaces don't break, */
    bool *is_date;  /* except the one before the year */
    bool has_head_column;
    bool is_form; /* empty cells stay empty, rows leave room to write */
    struct pdf_font_size size;
    double pad;        /* between the text of a cell and its column's edge */
    double *width, *x; /* of the columns with their padding; x on the sheet */
    struct column_need *need;
    struct row_sample sample;
    unsigned tag;
};

/* cells.c: the content of a cell in chunks, belonging to the tag. */
struct chunks cell_chunks(struct grid *g, size_t row, size_t column, unsigned tag);

/* columns.c: what the columns need; the first step. */
void columns_measure(struct grid *g);
/* The columns up to which there is room on a sheet, beside the first, for those
 * from that one on: all, if at any size of letters no word need break. */
size_t columns_part(const struct grid *g, const struct block *b, size_t from);
/* Finds the size of the letters, the columns and where they stand. Smaller
 * letters first, then the sheet is turned, then words break. True when the sheet
 * was turned for this table. */
bool columns_find(struct grid *g, const struct block *b);

/* parts.c: a table that is too wide for any sheet, in parts one below the other,
 * each with the first column. */
struct grid grid_part(const struct grid *g, size_t from, size_t to);

/* widths.c: divides the room. Together the columns are as wide as it, or as
 * wide as they need; when even the least is too much, words will break. The
 * needs are changed on the way. */
void widths_share(struct column_need *need, size_t count, double room, double *width);

/* settle.c: moves room from one column to another as long as that makes the rows
 * lower. No column becomes narrower than its least. */
void widths_settle(struct arena *a, const struct column_need *need, const struct row_sample *sample,
                   double *width);

#endif
