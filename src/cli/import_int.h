/* cli/import_int: what the parts of `continuo import` share.
 *
 * Nothing is lost: what has no place in the new form stays as a comment, in `notes` or as text,
 * and is told in the report. Nothing is written before all of it is known to be free to write,
 * and a file that is there is never written over. */
#ifndef CLI_IMPORT_INT_H
#define CLI_IMPORT_INT_H

#include "cli/cli.h"

enum { IMPORT_FILES_MAX = 20 * 1000, IMPORT_DEPTH_MAX = 16 };

/* Something that the reader of the report should look at. */
struct import_note {
    uint32_t line, col; /* in the file that was read; 0: no place */
    str what;           /* a key, a column, an address */
    str why;
};

/* One file that was read, and what became of it. */
struct import_item {
    str source; /* below the imported folder */
    str target; /* below content/; "": it was not taken */
    str id, kind, title;
    str bytes; /* that are written */
    struct import_note *notes;
    size_t note_count, note_cap;
    size_t count;   /* records in it; documents are one */
    size_t body;    /* of a document: where its text begins in `bytes` */
    size_t *places; /* of findings about links, while they are collected */
    size_t place_count, place_cap;
    int64_t lines_gained; /* of a line of the text against that of the source */
};

struct import {
    const struct options *options;
    struct arena *arena;
    const char *from; /* as it was named */
    int root;         /* its folder, open */
    str into;         /* below content/, where all of it goes */
    struct import_item **items;
    size_t count, cap;
    struct map by_source, by_id; /* items; by_id documents alone */
};

void import_note(struct import *im, struct import_item *it, uint32_t line, str what,
                 const char *why, ...) __attribute__((format(printf, 5, 6)));
struct import_item *import_item(struct import *im, str source);

/* -- Text: import_text.c -------------------------------------------------------------- */

/* As UTF-8 with line ends of \n and without a mark at its beginning; *encoding says what it was
 * when it was not that ("Windows-1252"), else "". */
str import_text(struct arena *a, str bytes, str *encoding);

enum import_date { IMPORT_DATE, IMPORT_NO_DATE, IMPORT_AMBIGUOUS };
/* "2025-12-31", "2025-12-31T10:00", "31.12.2025", "31 December 2025", "Dec 31, 2025", "12/31/2025";
 * what may be two days (03/04/2025) is ambiguous. */
enum import_date import_date(str text, date *day);
/* "4 hours", "2 d", "1h 30 min", "90 minutes": in the form of base/duration. False: it is none. */
bool import_duration(struct arena *a, str text, str *out);

/* How many line ends it has. */
uint32_t import_lines(str text);

/* -- Kinds and codes: import_codes.c -------------------------------------------------- */

/* By words of its title, file name or folder; says by which. */
void import_guess_kind(struct import *im, struct import_item *it);
/* A run of codes: "POL-", three digits, the last number that is taken. */
struct series {
    str prefix;
    size_t digits;
    unsigned long last;
};

/* The series that the house uses for this kind; else a usual one. `all` remembers them by kind. */
struct series *import_series(struct import *im, const struct model *m, struct map *all, str kind);
/* Could it be the code of a document? */
bool import_is_code(const struct model *m, str id);
/* False: it is taken, or its address is. */
bool import_take_code(struct import *im, struct map *codes, str id);

/* -- Front matter: import_front.c ----------------------------------------------------- */

struct front_pair {
    str key, value; /* lists with commas; what is nested in braces */
    uint32_t line;
};
struct front {
    const char *kind; /* "YAML", "TOML", "JSON"; NULL: there is none */
    struct front_pair *pairs;
    size_t count, cap;
    str raw;       /* when it could not be read: all of it, and no pairs */
    size_t body;   /* where the text begins */
    uint32_t line; /* lines before it */
};
struct front import_front(struct arena *a, str text);

/* -- Links: import_links.c ------------------------------------------------------------ */

/* The body with links that lead to the imported files where those are now. What leads nowhere
 * stays as text. */
str import_links(struct import *im, struct import_item *it, str body, uint32_t lines_before);
/* The text with the links at these places, in order, as plain text: each place is where a finding
 * about a link stands. All words stay. *done counts those that could be made so. */
str import_as_text(struct arena *a, str text, const size_t *places, size_t count, size_t *done);

/* -- The two kinds of import ---------------------------------------------------------- */

int import_documents(struct import *im);
int import_records(struct import *im);
/* Writes all items, or nothing. False after a message. */
bool import_write(struct import *im, int content);

#endif
