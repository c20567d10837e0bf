/* cli/manual: what is told of each command beyond its summary.
 *
 * The command table, the options and the rows of manual.def are the one source of `--help`,
 * manual pages (cmd_manual) and completions (cmd_completion). */
#ifndef CLI_MANUAL_H
#define CLI_MANUAL_H

#include "cli/cli.h"

struct manual_row {
    str command, words, about; /* see manual.def */
};

/* A command without a row is a slip that tests find: then words and about are empty. */
struct manual_row manual_of(const struct command *c);

#endif
