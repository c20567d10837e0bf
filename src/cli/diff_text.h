/* cli/diff_text: changes as text for a terminal.
 *
 *   Since edition 2026.1 (30 June 2026): 1 document changed; 2 records changed.
 *
 *   changed    BCP-001 Claims plan, version 1.0 → 1.1, +3 −1 words
 *   …
 *
 *   == BCP-001 Claims plan
 *   Version: 1.0 -> 1.1
 *   Call the [-team-]{+crisis team+} now.
 *
 * Marks are those of `git diff --word-diff`. Control characters of what was written are shown as
 * '?', so that no edition can steer a terminal. */
#ifndef CLI_DIFF_TEXT_H
#define CLI_DIFF_TEXT_H

#include "base/buf.h"
#include "form/diff/changes.h"

void diff_text(struct arena *a, const struct changes *c, bool has_color, struct buf *out);

#endif
