/* cli/terminal: text of authors on its way to a terminal.
 *
 * A terminal obeys some characters instead of showing them; so do the controls of right-to-left
 * text, which can make a line say what it does not. */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include "form/table/table.h"

/* Columns of what stdout is; the usual ones where it is no terminal. */
size_t terminal_width(void);
bool terminal_obeys(uint32_t code_point);
/* One line: line ends and tabs are blanks, what a terminal obeys is '?'. */
str terminal_line(struct arena *a, str text);

/* The same of every cell, and of a cell its text alone. */
const struct table *terminal_table(struct arena *a, const struct table *all);

#endif
