/* cli/manual: what is told of each command beyond its summary. */
#include "cli/manual.h"

static const struct manual_row manual_row[] = {
#define MANUAL(command, words, about) {S_INIT(command), S_INIT(words), S_INIT(about)},
#include "cli/manual.def"
};

struct manual_row manual_of(const struct command *c)
{
    for (size_t i = 0; i < COUNT_OF(manual_row); i++)
        if (str_eq(manual_row[i].command, str_from(c->name)))
            return manual_row[i];
    return (struct manual_row){{0}, {0}, {0}};
}
