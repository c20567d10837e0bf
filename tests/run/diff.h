/* run/diff: what was expected against what came. */
#ifndef TESTS_RUN_DIFF_H
#define TESTS_RUN_DIFF_H

#include "base/buf.h"

/* Lines before and after the difference are left out but for three; between them
 * first what was expected (-), then what came (+). Long texts are cut. */
void diff_add(struct buf *out, str name, str expected, str came);

#endif
