/* cli/place: where the program's own templates and assets are. */
#ifndef CLI_PLACE_H
#define CLI_PLACE_H

#include "base/diag.h"

/* Opens the folder that holds templates/ and assets/: beside an installed
 * program (PREFIX/share/continuo), else the source tree that it was built in.
 * -1 after a report. */
int place_open(struct arena *a, struct diags *d);

#endif
