/* unit/dump: value trees and findings as short text, for tables of cases. */
#ifndef UNIT_DUMP_H
#define UNIT_DUMP_H

#include "text/value.h"

/* {key: plain, other: ["quoted", ()]}, where () is nothing; a line end inside text shows as \n. */
str dump_value(struct arena *a, const struct value *v);
/* One "line:col ID text" each, joined by " | ", in the order of printing. */
str dump_findings(struct arena *a, struct diags *d);
/* The bytes of the source that a span covers, behind "line:col ". */
str dump_span(struct arena *a, const struct diags *d, struct span at);

/* A table of cases: what is read, the tree that comes of it and the findings. */
struct dump_row {
    str text;
    const char *tree, *findings;
};
struct dump {
    str tree, findings;
};
/* Prints every row that gives something else, then fails. */
void dump_check(const struct dump_row *row, size_t count, struct dump (*of)(str text));

#endif
