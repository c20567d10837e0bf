/* cli/reader: for whom a command answers. */
#ifndef CLI_READER_H
#define CLI_READER_H

#include "cli/cli.h"

/* The whole content, unless an audience is named; then what that audience sees. `audience` is
 * whose portal the addresses lead to: the one named, else who sees all; empty: there is none.
 * NULL after a usage line. */
const struct model *reader_model(const struct workspace *w, const struct options *o,
                                 const char *command, str *audience);

#endif
