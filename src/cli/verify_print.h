/* cli/verify_print: what verifying found, for people and for programs. */
#ifndef CLI_VERIFY_PRINT_H
#define CLI_VERIFY_PRINT_H

#include "cli/cli.h"
#include "verify/verify.h"

struct verify_printing {
    struct arena *arena;
    const struct options *options;
    const struct verify_result *result;
    bool trusted; /* a list was given */
    int64_t milliseconds;
};
/* The table, the findings, and last the verdict in one line. */
void verify_print_text(const struct verify_printing *p);
void verify_print_json(const struct verify_printing *p);

#endif
