/* form/table: a table, computed once, drawn by every writer.
 *
 * HTML, PDF and CSV draw the same rows. A cell is a short list of pieces, each
 * text with an optional record it leads to; its sort key makes dates, numbers
 * and ids sort as what they are. Everything is borrowed from one arena. */
#ifndef FORM_TABLE_H
#define FORM_TABLE_H

#include "base/str.h"

struct record;

enum tone { TONE_NONE, TONE_GOOD, TONE_WARN, TONE_BAD, TONE_MUTED };

struct piece {
    str text;
    const struct record *link; /* NULL: plain text */
    enum tone tone;            /* shown as a chip, never by colour alone */
};

struct cell {
    const struct piece *pieces;
    size_t count; /* 0: empty, printed as a dash */
    str sort;     /* compares bytewise in the right order; empty: the text itself */
    str data;     /* what CSV and JSON say when it differs from the text; e.g. ISO dates */
    str page;     /* "audit/checks.html#DP1": where it leads on screen, when that is no record */
    bool is_text; /* its pieces are one text; else they are joined by ", " */
};

enum column_kind {
    COLUMN_TEXT,
    COLUMN_CODE,
    COLUMN_NUMBER,
    COLUMN_DATE,
    COLUMN_CHIP,
    COLUMN_PROSE,
    COLUMN_BLANK, /* to be written in by hand: what is empty stays empty, without a dash */
    COLUMN_ANSWER /* the same, with room for words */
};

struct column {
    str key;  /* machine name: CSV head, JSON key */
    str head; /* for people */
    enum column_kind kind;
};

#define COLUMN(key, head, kind)                                                                    \
    {                                                                                              \
        S_INIT(key), S_INIT(head), COLUMN_##kind                                                   \
    }

struct table {
    str id; /* file name and anchor: "register-supplier" */
    str caption;
    str note; /* one line under it, may be empty: what was left out, or "nothing recorded" */
    struct column *columns;
    size_t column_count;
    struct cell *cells; /* row by row */
    size_t row_count;
    bool head_column; /* the first column heads its row */
    const str *row_anchors; /* on paper a place of each row, for who refers to it; NULL: none */
};

static inline bool column_is_blank(enum column_kind kind)
{
    return kind == COLUMN_BLANK || kind == COLUMN_ANSWER;
}

struct table *table_new(struct arena *a, str id, str caption, const struct column *columns,
                        size_t column_count);
/* Room for one more row: column_count empty cells. Valid until the next row. */
struct cell *table_row(struct arena *a, struct table *t);
/* Some of its columns, in the order of `shown`; without caption and note. */
struct table *table_pick(struct arena *a, const struct table *t, str id, const size_t *shown,
                         size_t count);
bool table_has_column(const struct table *t, str key);
const struct cell *table_cell(const struct table *t, size_t row, size_t column);
/* Its columns have heads; labels and values need none. */
bool table_has_heads(const struct table *t);
/* Cells of one piece. */
struct cell cell_text(struct arena *a, str text);
struct cell cell_link(struct arena *a, const struct record *r, str text);
struct cell cell_chip(struct arena *a, str text, enum tone tone);
str cell_plain(struct arena *a, const struct cell *c);

#endif
