/* form/table/blank: an empty form to write in, computed once, drawn by every writer.
 *
 * A form is one sheet: words about it, labelled lines for its head, and a table
 * of empty rows. How many rows a sheet holds is for the writer to say; the
 * form only wishes. Everything is borrowed from one arena. */
#ifndef FORM_BLANK_H
#define FORM_BLANK_H

#include "base/str.h"

struct record;

/* What is written in a column, as its words tell. */
enum blank_kind {
    BLANK_NUMBER, /* the number of the row, which is printed */
    BLANK_SHORT,  /* a time, a day, initials, a tick */
    BLANK_NAME,   /* a few words */
    BLANK_TEXT,   /* sentences */
};

struct blank_column {
    str head; /* for people */
    str key;  /* "reason-and-options-set-aside": unique among the columns */
    enum blank_kind kind;
};

/* A line in the head of the sheet. */
struct blank_line {
    str label, key;
};

struct blank {
    str id, title, purpose; /* purpose may be empty */
    struct blank_line *lines;
    size_t line_count;
    struct blank_column *columns;
    size_t column_count;
    size_t rows;  /* wanted; 0: as many as fit */
    str left_out; /* the names of lines and columns that a sheet has no room for */
};

enum {
    BLANK_COLUMNS_MAX = 14, /* of a turned sheet: narrower ones cannot be written in */
    BLANK_LINES_MAX = 12,
    BLANK_UPRIGHT_COLUMNS_MAX = 6, /* with more the sheet is turned */
    BLANK_ROWS = 15,               /* where a screen has to choose */
};

/* How much is written below a head, in lower case, as its words tell. */
enum blank_kind blank_kind_of(str head, bool is_first);
const struct blank *blank_form(struct arena *a, const struct record *form);
str form_path(struct arena *a, const struct record *form); /* its PDF: "forms/frm-002.pdf" */
/* A sentence that says what has no room on the sheet; mostly empty. */
str blank_left_out(struct arena *a, const struct blank *b);

static inline bool blank_is_turned(const struct blank *b)
{
    return b->column_count > BLANK_UPRIGHT_COLUMNS_MAX;
}

#endif
