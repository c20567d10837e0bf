/* cli/query: some rows and columns of a table, as a command line asks for them.
 *
 * A condition is FIELD OP VALUE with = != ~ < <= > >=. Words are compared without case, with what
 * people read and with what the data says; `FIELD=` asks for what is empty. What nobody knows
 * (written over since, or not in this copy) fits no condition: such rows are counted apart. */
#ifndef CLI_QUERY_H
#define CLI_QUERY_H

#include "cli/cli.h"
#include "form/table/table.h"

/* What is asked, and the table that answers. */
struct query {
    struct arena *arena;
    const struct model *model;
    const struct type_def *type; /* of a register; NULL: a list, whose columns are asked by key */
    const struct table *list;    /* of a list */
    const struct options *options;
    bool is_brief; /* without --columns: those that tell records apart; else all */
    /* The answer. */
    const struct table *table;
    size_t row_count, unknown_count; /* of all rows; of those that nobody can judge */
};

/* False after a usage line that names what there is no field or column of. */
bool query_run(struct query *q);

#endif
