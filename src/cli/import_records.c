/* cli/import_records: a table becomes records of one type. */
#include "cli/import_int.h"

int import_records(struct import *im)
{
    (void)im;
    return EXIT_USAGE;
}
