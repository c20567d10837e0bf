/* cli/logo: the picture that stands for the house on every page and sheet (`logo:`). */
#ifndef CLI_LOGO_H
#define CLI_LOGO_H

#include "model/model.h"

bool logo_is_named(const struct model *m);
/* The bytes of its file below `content`; empty after a report. */
str logo_read(struct arena *a, struct diags *d, const struct model *m, int content);

#endif
